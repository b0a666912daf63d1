"""Where the reader goes: to a list, a page, a paper, a search. Everything that leads somewhere ends here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from readinglist.paper import PaperId
from readinglist.ui.actions import Actions
from readinglist.ui.commands import Commands
from readinglist.ui.finder import Finder
from readinglist.ui.list_pane import ListPane
from readinglist.ui.modes import Modes
from readinglist.ui.pages import Pages
from readinglist.ui.putting_off import PuttingOff
from readinglist.ui.reader import Reader
from readinglist.ui.searching import Searching
from readinglist.ui.sidebar import Sidebar
from readinglist.ui.views import View, picked_view


class Navigation(QObject):
    """Brings the reader there, and what lies in front out of the way."""

    page_closed = Signal()
    """The papers are in sight again."""

    def __init__(
        self,
        *,
        actions: Actions,
        sidebar: Sidebar,
        pane: ListPane,
        reader: Reader,
        searching: Searching,
        commands: Commands,
        later: PuttingOff,
        finder: Finder,
        modes: Modes,
        pages: Pages,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._sidebar = sidebar
        self._pane = pane
        self._searching = searching
        self._commands = commands
        self._later = later
        self._modes = modes
        self._pages = pages
        sidebar.view_chosen.connect(self.show_view)
        sidebar.left.connect(commands.focus_list)
        pane.empty_asked.connect(self.take_offer)
        reader.search_requested.connect(self.search)
        reader.paper_wanted.connect(self.show_paper)
        commands.view_asked.connect(self.go_to)
        commands.list_wanted.connect(self.leave_page)
        modes.inbox_wanted.connect(self.go_to_inbox)
        finder.view_asked.connect(self._on_view_asked)
        finder.paper_asked.connect(self._on_paper_asked)
        finder.search_asked.connect(self.search)
        pages.search_asked.connect(self.search)
        pages.papers_asked.connect(self._on_papers_of_page)
        pages.paper_asked.connect(self._on_paper_of_page)
        pages.left.connect(self._on_page_left)
        pages.selection_changed.connect(self._on_selection_of_page)
        for name in ("actionTriage", "actionTriageList", "actionFocus"):
            actions[name].triggered.connect(self.leave_page)

    # -- to a list or a page ----------------------------------------------------------------------

    def go_to(self, key: str, *, select: PaperId | None = None) -> None:
        """Show the view with a key, with nothing typed, and in it a paper."""
        view = self._sidebar.view(key)
        if view is not None:
            self._sidebar.choose(key)
            self.show_view(view, select=select)

    def go_to_inbox(self) -> None:
        """Show the Inbox."""
        self.go_to("queue:inbox")

    def show_view(self, view: View, *, select: PaperId | None = None) -> None:
        """Show a list with nothing typed, and in it a paper; or a page."""
        self._modes.leave()
        self._later.dismiss()
        if view.kind == "page":
            self._pages.open(view.key)
            self._commands.stand_at(self._pages.stand, with_reader=False)
            self._lay_over(self._pages.open_page or self._pane)
            self._on_selection_of_page()
            return
        self.leave_page()
        self._sidebar.choose(view.key)
        self._searching.show_view(view, select=select)
        self._pane.search.clear()
        self._pane.show_scope(self._searching.question)

    def leave_page(self) -> None:
        """Show the papers again, with the list they are of marked in the sidebar."""
        if self._pages.is_open:
            self._pages.close()
            self._commands.stand_at(None)
            self._lay_over(self._pane)
            self._sidebar.choose(self._searching.question.view.key)
            self.page_closed.emit()

    def _lay_over(self, over: QWidget) -> None:
        """Put what lies over the list over what is there in its place."""
        self._pane.later.move_over(over)
        self._pane.toast.move_over(over)

    def _on_selection_of_page(self) -> None:
        stand = self._pages.stand
        self._commands.update_enabled(stand.selected_count() if stand is not None else 0)

    def _on_page_left(self) -> None:
        self.leave_page()
        self._commands.focus_list()

    def _on_view_asked(self, key: str) -> None:
        self.go_to(key)
        if not self._pages.is_open:
            self._commands.focus_list()

    # -- to a paper -------------------------------------------------------------------------------

    def show_paper(self, number: int, *, key: str = "view:all") -> None:
        """Show a paper where it stands: in this list, or else in the view with a key."""
        self._commands.focus_list()
        if not self._pane.papers.select_id(PaperId(number)):
            self.go_to(key, select=PaperId(number))

    def _on_paper_asked(self, key: str, number: int) -> None:
        self.show_paper(number, key=key)

    def _on_paper_of_page(self, number: int) -> None:
        self.show_paper(number)

    def _on_papers_of_page(self, papers: Sequence[PaperId]) -> None:
        self.show_view(picked_view(papers))
        self._commands.focus_list()

    # -- to a search ------------------------------------------------------------------------------

    def search(self, query: str) -> None:
        """Search all papers for a query, which stands in the field then."""
        self.leave_page()
        self._searching.look_everywhere(True)
        self._pane.search.set_text(query)
        self._commands.focus_list()

    def take_offer(self, what: str) -> None:
        """Take what an empty list offers: clear the search, look everywhere, another search, an action."""
        if what == "clear":
            self._pane.search.clear()
        elif what == "everywhere":
            self._searching.look_everywhere(True)
        elif what.startswith("search:"):
            self._pane.search.set_text(what.removeprefix("search:"))
        elif what:
            self._actions[what].trigger()
