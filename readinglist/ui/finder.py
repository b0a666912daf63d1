"""Opens the command palette with what there is now, and does what is taken from it. Keeps the papers last looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from readinglist.errors import ReadingListError
from readinglist.library import Library
from readinglist.paper import PaperId
from readinglist.ui.actions import Actions
from readinglist.ui.commands import PLACES
from readinglist.ui.memory import Memory
from readinglist.ui.row_text import today
from readinglist.ui.sidebar import Sidebar
from readinglist.ui.views import shown_status

if TYPE_CHECKING:
    from readinglist.ui.palette import Palette
    from readinglist.ui.palette_entries import Entry

_LOOKED_AT_MS = 700
"""A paper that is passed by faster was not looked at."""

_RECENT_KEPT = 30
_HAVE_ACTIONS = frozenset(PLACES.values())


class Finder(QObject):
    """Connects the palette with the window."""

    view_asked = Signal(str)
    """The key of a view to go to."""

    paper_asked = Signal(str, int)
    """The key of the view that a paper stands in, and its number."""

    search_asked = Signal(str)

    def __init__(
        self,
        library: Library,
        actions: Actions,
        sidebar: Sidebar,
        memory: Memory,
        palette: Callable[[], Palette],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._actions = actions
        self._sidebar = sidebar
        self._memory = memory
        self._palette = palette
        self._colours: Mapping[str, str] = {}
        self._views: tuple[object, list[Entry]] | None = None
        self.recent: list[PaperId] = list(memory.place(library.library_id).recent)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_LOOKED_AT_MS)
        self._looking.timeout.connect(self._on_looked_at)
        self._shown: PaperId | None = None
        actions["actionPalette"].triggered.connect(self.open)

    def set_tag_colours(self, colours: Mapping[str, str]) -> None:
        """Take the colours ('#rrggbb') of tags by name."""
        self._colours = colours

    def show_paper(self, paper: PaperId | None) -> None:
        """Hear which paper is in the reader; one that stays there counts as looked at."""
        self._shown = paper
        self._looking.start()

    def open(self) -> None:
        """Open the palette."""
        from readinglist.ui.palette_entries import action_entries

        palette = self._palette()
        entries = [*action_entries(self._actions), *self._listed(), *self._papers()]
        palette.show_entries(entries, self._memory.used, self._actions["actionPalette"].shortcuts())

    def take(self, key: str) -> None:
        """Do what an entry of the palette stands for."""
        kind, _, rest = key.partition(":")
        if kind != "query":
            self._memory.use(key)
        match kind:
            case "action":
                # After the palette has given the focus back, so that the action finds the window as it was.
                QTimer.singleShot(0, self, partial(self._actions[rest].trigger))
            case "paper":
                self._ask_for_paper(int(rest))
            case "query":
                self.search_asked.emit(rest)
            case _:
                self.view_asked.emit(key)

    def _listed(self) -> list[Entry]:
        """Return the lists of the sidebar, made anew only when they are others: there may be thousands of tags."""
        from readinglist.ui.palette_entries import view_entries

        views = [view for view in self._sidebar.views() if view.key not in _HAVE_ACTIONS]
        state = (tuple(view.key for view in views), tuple(self._colours.items()))
        if self._views is None or self._views[0] != state:
            self._views = (state, view_entries(views, dict(self._colours)))
        return self._views[1]

    def _papers(self) -> list[Entry]:
        from readinglist.ui.palette_entries import paper_entries

        try:
            return paper_entries(self._library.papers(self.recent, positions=False))
        except ReadingListError:
            return []  # the library says what is wrong with it where it is asked for more than this

    def _ask_for_paper(self, number: int) -> None:
        for paper in self._library.papers([number], positions=False):
            status = shown_status(paper, today().isoformat())
            self.paper_asked.emit("view:trash" if paper.trashed else f"queue:{status}", number)

    def _on_looked_at(self) -> None:
        paper = self._shown
        if paper is not None:
            self.recent = [paper, *(other for other in self.recent if other != paper)][:_RECENT_KEPT]
