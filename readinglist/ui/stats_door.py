"""Opens the page of reading stats, made when it is first wanted, and closes it when the reader goes elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from readinglist.library import Library
from readinglist.ui.actions import Actions
from readinglist.ui.jobs import Lane
from readinglist.ui.layout import Frame
from readinglist.ui.stats_page import StatsPage
from readinglist.ui.theme import Theme, ThemeSwitch


class StatsDoor(QObject):
    """Knows whether the page is open; what it asks for is passed on."""

    search_asked = Signal(str)
    left = Signal()
    failed = Signal(str)

    def __init__(
        self, library: Library, lane: Lane, frame: Frame, switch: ThemeSwitch, actions: Actions, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._lane = lane
        self._frame = frame
        self._switch = switch
        self._actions = actions
        self.page: StatsPage | None = None

    @property
    def is_open(self) -> bool:
        """Return whether the page is shown in place of the papers."""
        return self.page is not None and self._frame.page is self.page

    @property
    def settled(self) -> bool:
        """Return False while the page is being drawn."""
        return self.page is None or self.page.settled

    def open(self) -> None:
        """Show the page, with figures of now."""
        if self.page is None:
            self.page = StatsPage(self._library, self._lane, self._switch.theme)
            self.page.search_asked.connect(self.search_asked)
            self.page.action_asked.connect(self._on_action_asked)
            self.page.left.connect(self.left)
            self.page.failed.connect(self.failed)
        self._frame.show_in_place(self.page)
        self.page.set_theme(self._switch.theme)  # its labels' own fonts, over those of the application
        self.page.refresh()
        self.page.focus_first()

    def close(self) -> None:
        """Show the papers again."""
        if self.is_open:
            self._frame.show_in_place(None)

    def refresh(self) -> None:
        """Count again, when the page is open: papers have changed."""
        if self.is_open and self.page is not None:
            self.page.refresh()

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        if self.page is not None:
            self.page.set_theme(theme)

    def _on_action_asked(self, name: str) -> None:
        self._actions[name].trigger()
