"""What is on the screen: brings what was found, counted and selected into the list, the sidebar and the reader.

Asks nothing of the library but the passage that a search found; who asks are `searching`, `counting` and `neighbours`.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Signal

from readinglist.errors import QueryError
from readinglist.library import Counts, Library, Tag
from readinglist.paper import Paper
from readinglist.ui.commands import Commands
from readinglist.ui.counting import Counted, Counting
from readinglist.ui.finder import Finder
from readinglist.ui.layout import Frame
from readinglist.ui.list_pane import ListPane
from readinglist.ui.modes import Modes
from readinglist.ui.neighbours import Neighbours
from readinglist.ui.pages import Pages
from readinglist.ui.reader import Reader
from readinglist.ui.saved_searches import SavedSearches
from readinglist.ui.searching import Listing, Searching
from readinglist.ui.sidebar import Sidebar
from readinglist.ui.status_line import StatusLine
from readinglist.ui.suggesting import Suggesting
from readinglist.ui.theme import Theme, ThemeSwitch
from readinglist.ui.trail import Trail
from readinglist.ui.view_menu import ViewMenu
from readinglist.ui.views import View, tag_of
from readinglist.ui.welcome import Welcome


class Presenter(QObject):
    """Holds the answers that are shown: the listing, the counts and the colours of the tags."""

    view_gone = Signal(str)
    """The tag or search that was shown is no more; the key of the view to go to instead."""

    def __init__(
        self,
        *,
        library: Library,
        switch: ThemeSwitch,
        frame: Frame,
        sidebar: Sidebar,
        pane: ListPane,
        reader: Reader,
        status: StatusLine,
        welcome: Welcome,
        searching: Searching,
        counting: Counting,
        neighbours: Neighbours,
        commands: Commands,
        view_menu: ViewMenu,
        searches: SavedSearches,
        trail: Trail,
        finder: Finder,
        modes: Modes,
        pages: Pages,
        suggesting: Suggesting,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.listing: Listing | None = None
        self.counts: Counts | None = None
        self.colours: Mapping[str, str] = {}
        self._gone = ""
        self._coloured: tuple[Mapping[str, str], Theme] | None = None
        self._library = library
        self._switch = switch
        self._frame = frame
        self._sidebar = sidebar
        self._pane = pane
        self._reader = reader
        self._status = status
        self._welcome = welcome
        self._searching = searching
        self._counting = counting
        self._neighbours = neighbours
        self._commands = commands
        self._view_menu = view_menu
        self._searches = searches
        self._trail = trail
        self._finder = finder
        self._modes = modes
        self._pages = pages
        self._suggesting = suggesting
        searching.sent.connect(counting.hold)
        searching.sent.connect(neighbours.put_off)
        searching.listed.connect(self._on_listed)
        searching.problem_changed.connect(self._on_problem_changed)
        counting.counted.connect(self._on_counted)
        counting.narrowed.connect(sidebar.show_counts)
        neighbours.found.connect(reader.show_similar)
        pane.papers.selection_settled.connect(self.show_selection)
        modes.paper_shown.connect(self._on_triage_shown)

    @property
    def settled(self) -> bool:
        """Return False until the first list and the first counts are there."""
        return self.listing is not None and self.counts is not None

    def known_tags(self) -> list[Tag]:
        """Return the tags there are, with their counts."""
        return list(self.counts.tags.values()) if self.counts is not None else []

    # -- what was found ---------------------------------------------------------------------------

    def _on_listed(self, listing: Listing) -> None:
        self.listing = listing
        library, hits = self._library, listing.hits

        def snippet(paper: Paper) -> object:
            return library.snippet(hits, paper)

        reason = self._suggesting.snippet if self._suggesting.shown else None
        self._pane.show_listing(listing, snippet, reason)  # type: ignore[arg-type]
        self._pane.show_note(self._suggesting.note if reason is not None else "")
        self._pane.show_scope(listing.question)
        self._view_menu.update_enabled()
        self._counting.narrow(hits.ids if listing.question.searching else None)
        self._trail.show(listing)
        self._modes.show_listing(listing)
        if listing.question.searching:
            milliseconds = max(1, round(hits.seconds * 1000))
            self._status.say(self.tr("Searched in %Ln ms", "", milliseconds))
        else:
            if listing.question.view.key != "view:all":
                self._gone = ""
            self._status.say(self._gone)

    def _on_problem_changed(self, problem: QueryError | None) -> None:
        self._pane.show_problem(problem)
        self._searches.update_enabled()

    # -- what was counted -------------------------------------------------------------------------

    def _on_counted(self, counted: Counted) -> None:
        self.counts = counted.counts
        self._show_colours(counted.colours)
        self._sidebar.show_contents(counted.contents)
        self._pane.search.set_count(counted.counts.total)
        self._pane.search.set_saved(dict(counted.contents.searches))
        self._pane.papers.rows.set_tag_colours(self.colours)
        self._pane.papers.viewport().update()
        self._reader.set_known_tags(counted.contents.tags)
        self.show_welcome(not counted.counts.total and not counted.counts.trash)
        shown = self._searching.question.view
        if shown.kind in ("tag", "search") and self._sidebar.view(shown.key) is None:
            self._gone = self._words_of_gone(shown)
            self.view_gone.emit("view:all")
        elif self._sidebar.current_view() is None:
            self._sidebar.choose(shown.key)  # its row was made anew under another name

    def _words_of_gone(self, view: View) -> str:
        """Return why all papers are shown now: the command line or another window may have done it."""
        if view.kind == "tag":
            return self.tr("The tag “{name}” is there no more: it was renamed or deleted.").format(name=tag_of(view))
        return self.tr("The saved search “{name}” is there no more: it was renamed or deleted.").format(name=view.title)

    def _show_colours(self, chosen: Mapping[str, str]) -> None:
        """Give every tag its colour in this theme; there may be thousands, and mostly they are as they were."""
        theme = self._switch.theme
        if self._coloured == (chosen, theme):
            return
        self._coloured = (chosen, theme)
        self.colours = {name: theme.tag_colour(name, colour) for name, colour in chosen.items()}
        self._finder.set_tag_colours(self.colours)
        self._reader.set_tag_colours(self.colours)

    def show_welcome(self, shown: bool) -> None:
        """Show the welcome in place of list and reader, or these again; a page stays until it is left."""
        if shown == self._frame.welcoming or self._pages.is_open:
            return
        self._frame.show_welcome(shown)
        if shown:
            self._welcome.focus_first()
        else:
            self._pane.papers.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_papers(self) -> None:
        """Show what is behind a page that was left: the papers, or the welcome where there are none."""
        if self.counts is not None:
            self.show_welcome(not self.counts.total and not self.counts.trash)
        self.show_selection()

    # -- what is selected -------------------------------------------------------------------------

    def show_selection(self) -> None:
        """Show the paper that is selected, or how many there are."""
        if self._modes.triaging:
            return
        papers = self._pane.papers
        count = papers.selected_count()
        self._status.show_selected(count)
        if not self._pages.is_open:
            self._commands.update_enabled(count)
        self._view_menu.update_enabled()
        if count > 1:
            self._neighbours.show_for(None)
            self._reader.show_many(count)
            return
        ids = papers.selected_ids()
        self._show_paper(papers.papers.paper(papers.papers.row_of(ids[0])) if ids else None)

    def _on_triage_shown(self, paper: Paper | None) -> None:
        self._status.show_selected(0)
        self._show_paper(paper)

    def _show_paper(self, paper: Paper | None) -> None:
        listing = self.listing
        node = listing.hits.node if listing is not None and listing.question.searching else None
        self._finder.show_paper(paper.id if paper is not None else None)
        self._reader.show_paper(paper, marks_node=node, tag_colours=self.colours)
        self._reader.show_reason(self._suggesting.reason(paper) if paper is not None else None)
        self._neighbours.show_for(paper.id if paper is not None else None)
