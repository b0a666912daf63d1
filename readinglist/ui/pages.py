"""The pages that stand in place of list and reader, each made when it is first wanted; not what is on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from readinglist.ui.actions import Actions
from readinglist.ui.commands import Stand
from readinglist.ui.layout import Frame
from readinglist.ui.theme import Theme, ThemeSwitch

if TYPE_CHECKING:
    from readinglist.ui.page import Page


class Pages(QObject):
    """Opens one page at a time, and closes it when the reader goes elsewhere; what it asks for is passed on."""

    search_asked = Signal(str)
    papers_asked = Signal(object)
    paper_asked = Signal(int)
    left = Signal()
    told = Signal(str)
    selection_changed = Signal()

    def __init__(
        self,
        makers: Mapping[str, Callable[[Theme], Page]],
        frame: Frame,
        switch: ThemeSwitch,
        actions: Actions,
        parent: QObject,
    ) -> None:
        """`makers` has what makes a page by the key of its view."""
        super().__init__(parent)
        self._makers = makers
        self._frame = frame
        self._switch = switch
        self._actions = actions
        self._made: dict[str, Page] = {}
        self._dressed: dict[str, Theme] = {}
        """The theme that each page was dressed in when it was last on the screen."""

    @property
    def open_page(self) -> Page | None:
        """Return the page that is shown in place of the papers, if one is."""
        return next((page for page in self._made.values() if self._frame.page is page), None)

    @property
    def is_open(self) -> bool:
        """Return whether a page is shown in place of the papers."""
        return self.open_page is not None

    @property
    def stand(self) -> Stand | None:
        """Return where the reader stands on the page that is open, if it has papers."""
        return self.open_page.stand if self.open_page is not None else None

    @property
    def settled(self) -> bool:
        """Return False while a page is being drawn."""
        return all(page.settled for page in self._made.values())

    def open(self, key: str) -> None:
        """Show the page of a view, as things are now."""
        page = self._made.get(key) or self._make(key)
        self._frame.show_in_place(page)
        theme = self._switch.theme
        if self._dressed.get(key) != theme:
            page.set_theme(theme)  # after it is shown: its labels' own fonts, over those of the application
            self._dressed[key] = theme
        page.refresh()
        page.focus_first()

    def close(self) -> None:
        """Show the papers again."""
        if self.is_open:
            self._frame.show_in_place(None)

    def refresh(self) -> None:
        """Let the page that is open ask again: papers have changed."""
        if (page := self.open_page) is not None:
            page.refresh()

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._dressed.clear()
        for key, page in self._made.items():
            page.set_theme(theme)
            if page is self.open_page:
                self._dressed[key] = theme

    def put_away(self) -> None:
        """Let go of the pages that are not shown: they are made anew when they are wanted."""
        shown = self.open_page
        for key, page in list(self._made.items()):
            if page is not shown and page.settled:
                del self._made[key]
                self._dressed.pop(key, None)
                page.deleteLater()

    def _make(self, key: str) -> Page:
        page = self._made[key] = self._makers[key](self._switch.theme)
        page.search_asked.connect(self.search_asked)
        page.papers_asked.connect(self.papers_asked)
        page.paper_asked.connect(self.paper_asked)
        page.action_asked.connect(self._on_action_asked)
        page.left.connect(self.left)
        page.told.connect(self.told)
        page.selection_changed.connect(self.selection_changed)
        return page

    def _on_action_asked(self, name: str) -> None:
        self._actions[name].trigger()
