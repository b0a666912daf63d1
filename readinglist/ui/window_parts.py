"""What the main window is made of: makes the parts, in the order in which they need each other, and lays them out.

Connects nothing but what a part connects itself; that, and the end of them, is `window`'s.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QMenuBar, QMessageBox

from readinglist.library import Library
from readinglist.paper import Paper, PaperId
from readinglist.ui.actions import Actions
from readinglist.ui.appearance import Appearance
from readinglist.ui.arrivals import Arrivals
from readinglist.ui.citation import Citing
from readinglist.ui.commands import Commands
from readinglist.ui.completing import Completing
from readinglist.ui.counting import Counting
from readinglist.ui.deduplicating import Deduplicating
from readinglist.ui.edit_requests import EditRequests
from readinglist.ui.editing import Editing
from readinglist.ui.feed_keeping import FeedKeeper
from readinglist.ui.finder import Finder
from readinglist.ui.indexing import IndexKeeper
from readinglist.ui.jobs import Lanes
from readinglist.ui.keeping import Keeping
from readinglist.ui.layout import Frame
from readinglist.ui.list_pane import ListPane
from readinglist.ui.meaning_keeping import MeaningKeeper
from readinglist.ui.memory import Memory, view_called
from readinglist.ui.modes import Modes
from readinglist.ui.navigation import Navigation
from readinglist.ui.neighbours import Neighbours
from readinglist.ui.noting import Noting
from readinglist.ui.page_table import page_makers
from readinglist.ui.pages import Pages
from readinglist.ui.preferences import Preferences
from readinglist.ui.presenter import Presenter
from readinglist.ui.putting_off import PuttingOff
from readinglist.ui.reader import Reader
from readinglist.ui.saved_searches import SavedSearches
from readinglist.ui.screen_place import restore_place
from readinglist.ui.searching import Question, Searching
from readinglist.ui.sheets import Sheets
from readinglist.ui.sidebar import Sidebar
from readinglist.ui.status_line import StatusLine
from readinglist.ui.suggesting import Suggesting
from readinglist.ui.theme import Theme, ThemeSwitch
from readinglist.ui.trail import Trail
from readinglist.ui.triaging import Triaging
from readinglist.ui.updates import Updates
from readinglist.ui.view_menu import ViewMenu
from readinglist.ui.views import queue_views
from readinglist.ui.watch import Watch
from readinglist.ui.welcome import Welcome


class WindowParts(QMainWindow):
    """A window with its parts in place, the first list being asked for, and no style sheet yet."""

    def __init__(self, library: Library, memory: Memory, preferences: Preferences, switch: ThemeSwitch) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.setWindowTitle(self.tr("Reading List"))
        self.setAcceptDrops(True)
        self._library = library
        self._memory = memory
        self.preferences = preferences
        self._switch = switch
        place = memory.place(library.library_id)
        self.first_view = view_called(place.view, library) or queue_views()[0]
        self.lanes = Lanes(self)
        self._searching = Searching(library, self.lanes.search, self.first_view, self)
        # Asked before anything is made, answered while it is: the first list is there when the window is.
        self._searching.show_view(self.first_view, select=place.paper)
        self._make_parts(switch.theme)
        self._lay_out(switch.theme)
        self._make_ways()
        self._join()
        self.setMinimumSize(560, 420)
        restore_place(self, self.frame, memory)

    def _make_parts(self, theme: Theme) -> None:
        library = self._library
        self.actions_by_name = Actions(theme, self)
        actions = self.actions_by_name
        self.sidebar = Sidebar(theme)
        self.pane = ListPane(self._read, theme, actions)
        self.reader = Reader(theme)
        self.reader.set_actions(actions)
        self.status = StatusLine(theme)
        self.status.show_keys_of(actions)
        self.welcome = Welcome(theme, actions)
        self.sheets = Sheets(switch=self._switch, window=self, actions=actions, preferences=self.preferences)
        self._counting = Counting(library, self.lanes.aside, self)
        self._neighbours = Neighbours(library, self.lanes.aside, self)
        self._suggesting = Suggesting(library, self.lanes.background, self._searching, self)
        self._editing = Editing(library, self.lanes.edits, self)
        self._arrivals = Arrivals(library, self.lanes, actions, self.sheets, self.status, self._asked, self)
        self._indexing = IndexKeeper(library, self.lanes.background, self)
        self._meaning = MeaningKeeper(library, self.preferences, self)
        self._watch = Watch(library, self, today=library.today)
        self._completing = Completing(library, self.lanes.background, self)
        self.pane.search.completion.set_source(self._completing)
        self._later = PuttingOff(self._editing, self.pane.later, self.preferences, library.today, self)
        citing = Citing(self.lanes.search, self)
        self._commands = Commands(
            actions, self.pane, self.reader, self._searching, self._editing, self._later, citing, self
        )
        self.pane.papers.rows.clock = library.today
        self.sidebar.set_drag(self.pane.papers.drag)
        self._trail = Trail(actions, self._searching, self.pane, self.sidebar, self)
        self.keeping = Keeping(
            library, self.lanes, actions, self._switch, self.status, self.pane.papers.paper_called, self
        )
        self._searches = SavedSearches(actions, self.sidebar, self.pane.search, self._searching, self._editing, self)
        self._view_menu = ViewMenu(self, actions, self.sidebar, self._searching, self._editing, self._searches, theme)
        self._appearance = Appearance(actions, self._switch, self.preferences, self)
        self._finder = Finder(library, actions, self.sidebar, self._memory, lambda: self.sheets.palette, self)
        self._duplicates = Deduplicating(
            library, self.lanes, actions, self.sheets, self._commands, self._editing, self.pane, self
        )
        self._noting = Noting(
            library, self.lanes, actions, self.sheets, self._editing, self.reader, self._commands, self._memory, self
        )
        self.feeds = FeedKeeper(library, self.lanes.search, self._editing, actions, self.preferences, self)
        self._dialog: QMessageBox | None = None

    def _lay_out(self, theme: Theme) -> None:
        self.frame = Frame(self.sidebar, self.pane, self.reader, self.welcome, self.status, theme)
        self.frame.put_on_top(self.keeping.banner)
        self.setCentralWidget(self.frame)
        self._pages = Pages(
            page_makers(self._library, self.lanes, self.feeds, self.preferences),
            self.frame,
            self._switch,
            self.actions_by_name,
            self,
        )
        self._menu_bar = QMenuBar(self)
        self._menu_bar.setFont(theme.font(13))
        self.setMenuBar(self._menu_bar)
        self.actions_by_name.fill(self._menu_bar)
        for action in self.actions_by_name:
            if action.shortcutContext() == Qt.ShortcutContext.WidgetShortcut:
                self.pane.papers.addAction(action)

    def _make_ways(self) -> None:
        """Make what leads from one thing to another: triage and focus, lists and pages."""
        triaging = Triaging(self._read, lambda: self._library.today().isoformat(), self)
        self._modes = Modes(
            actions=self.actions_by_name,
            frame=self.frame,
            pane=self.pane,
            reader=self.reader,
            commands=self._commands,
            editing=self._editing,
            searching=self._searching,
            triaging=triaging,
            theme=lambda: self._switch.theme,
            parent=self,
        )
        self.navigation = Navigation(
            actions=self.actions_by_name,
            sidebar=self.sidebar,
            pane=self.pane,
            reader=self.reader,
            searching=self._searching,
            commands=self._commands,
            later=self._later,
            finder=self._finder,
            modes=self._modes,
            pages=self._pages,
            parent=self,
        )

    def _join(self) -> None:
        """Make what brings answers to the screen, and what passes on edits, wanted and done."""
        self._presenter = Presenter(
            library=self._library,
            switch=self._switch,
            frame=self.frame,
            sidebar=self.sidebar,
            pane=self.pane,
            reader=self.reader,
            status=self.status,
            welcome=self.welcome,
            searching=self._searching,
            counting=self._counting,
            neighbours=self._neighbours,
            commands=self._commands,
            view_menu=self._view_menu,
            searches=self._searches,
            trail=self._trail,
            finder=self._finder,
            modes=self._modes,
            pages=self._pages,
            suggesting=self._suggesting,
            parent=self,
        )
        self._updates = Updates(
            watch=self._watch,
            editing=self._editing,
            arrivals=self._arrivals,
            feeds=self.feeds,
            keeping=self.keeping,
            pane=self.pane,
            reader=self.reader,
            sheets=self.sheets,
            searching=self._searching,
            counting=self._counting,
            neighbours=self._neighbours,
            suggesting=self._suggesting,
            indexing=self._indexing,
            completing=self._completing,
            duplicates=self._duplicates,
            later=self._later,
            modes=self._modes,
            pages=self._pages,
            navigation=self.navigation,
            presenter=self._presenter,
            parent=self,
        )
        self._edits_asked = EditRequests(
            library=self._library,
            sidebar=self.sidebar,
            pane=self.pane,
            reader=self.reader,
            sheets=self.sheets,
            notes=self.keeping.notes,
            commands=self._commands,
            editing=self._editing,
            feeds=self.feeds,
            presenter=self._presenter,
            parent=self,
        )

    def _read(self, ids: Sequence[PaperId]) -> list[Paper]:
        """Return papers to be shown; nothing here shows their places in Up next."""
        return self._library.papers(ids, positions=False)

    def _asked(self) -> Question:
        return self._searching.answered
