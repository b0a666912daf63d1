"""The main window: makes the parts, connects them, and ends them in the right order."""

from __future__ import annotations

import base64
import logging
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QMainWindow, QMenuBar, QMessageBox

from readinglist.errors import ReadingListError
from readinglist.library import Library, in_plain_words
from readinglist.paper import Paper, PaperId
from readinglist.ui.about import open_about
from readinglist.ui.actions import Actions
from readinglist.ui.appearance import Appearance
from readinglist.ui.arrivals import Arrivals
from readinglist.ui.citation import Citing
from readinglist.ui.commands import Commands
from readinglist.ui.completing import Completing
from readinglist.ui.counting import Counting
from readinglist.ui.deduplicating import Deduplicating
from readinglist.ui.dressing import Dressing
from readinglist.ui.editing import Editing
from readinglist.ui.feed_keeping import FeedKeeper
from readinglist.ui.finder import Finder
from readinglist.ui.going import Going
from readinglist.ui.hearing import Hearing
from readinglist.ui.indexing import IndexKeeper
from readinglist.ui.jobs import Lanes
from readinglist.ui.keeping import Keeping
from readinglist.ui.layout import Frame
from readinglist.ui.list_pane import ListPane
from readinglist.ui.memory import Memory, Place, view_called
from readinglist.ui.modes import Modes
from readinglist.ui.neighbours import Neighbours
from readinglist.ui.noting import Noting
from readinglist.ui.page_table import page_makers
from readinglist.ui.pages import Pages
from readinglist.ui.preferences import Preferences
from readinglist.ui.putting_off import PuttingOff
from readinglist.ui.reader import Reader
from readinglist.ui.saved_searches import SavedSearches
from readinglist.ui.searching import Question, Searching
from readinglist.ui.sheets import Sheets
from readinglist.ui.showing import Showing
from readinglist.ui.sidebar import Sidebar
from readinglist.ui.status_line import StatusLine
from readinglist.ui.style_sheet import dress
from readinglist.ui.suggesting import Suggesting
from readinglist.ui.theme import Theme, ThemeSwitch
from readinglist.ui.trail import Trail
from readinglist.ui.triaging import Triaging
from readinglist.ui.view_menu import ViewMenu
from readinglist.ui.views import queue_views
from readinglist.ui.watch import Watch
from readinglist.ui.welcome import Welcome
from readinglist.ui.wording import told

log = logging.getLogger(__name__)

WIDTH_PX, HEIGHT_PX = 1440, 900
_SHARED_TAGS_OF = 500


class MainWindow(QMainWindow):
    """One window on one library. `close` saves what is typed and ends every thread."""

    closed = Signal()

    restore_asked = Signal(object)
    """The Path of a backup that is to take the place of this library, once the window is closed."""

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
        self._closed = False
        self._leave_unsaved = False
        place = memory.place(library.library_id)
        view = view_called(place.view, library) or queue_views()[0]
        self.lanes = Lanes(self)
        self._searching = Searching(library, self.lanes.search, view, self)
        # Asked before anything is made, answered while it is: the first list is there when the window is.
        self._searching.show_view(view, select=place.paper)
        self._make_parts(switch.theme)
        self._lay_out(switch.theme)
        # After the parts are in place: each widget that moves under a style sheet costs a look at all its rules.
        dress(self, switch.theme)
        self.reader.set_theme(switch.theme)  # its labels' own colours and fonts, over those of the application
        self._connect()
        if self.keeping.read_only is not None:
            self.reader.forbid_writing()
        self.sidebar.choose(view.key)
        self._counting.refresh()
        self._indexing.refresh()
        self.pane.papers.setFocus(Qt.FocusReason.OtherFocusReason)
        self._showing.show_welcome(self._is_empty())
        self._appearance.follow_keys(self.preferences.settings)
        self._tell(" ".join(self.preferences.problems))

    # -- making it --------------------------------------------------------------------------------

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
        self._counting = Counting(library, self.lanes.search, self)
        self._neighbours = Neighbours(library, self.lanes.search, self)
        self._suggesting = Suggesting(library, self.lanes.background, self._searching, self)
        self._editing = Editing(library, self.lanes.edits, self)
        self._arrivals = Arrivals(library, self.lanes.background, actions, self.sheets, self.status, self._asked, self)
        self._indexing = IndexKeeper(library, self.lanes.background, self)
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
        memory = self._memory
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
        self.going = Going(
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
        self._showing = Showing(
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
        self._hearing = Hearing(
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
            going=self.going,
            showing=self._showing,
            parent=self,
        )
        self._menu_bar = QMenuBar(self)
        self._menu_bar.setFont(theme.font(13))
        self.setMenuBar(self._menu_bar)
        self.actions_by_name.fill(self._menu_bar)
        for action in self.actions_by_name:
            if action.shortcutContext() == Qt.ShortcutContext.WidgetShortcut:
                self.pane.papers.addAction(action)
        self.setMinimumSize(560, 420)
        self.frame.want_sidebar(memory.sidebar_open)
        geometry = QByteArray(base64.b64decode(memory.window.encode("ascii", "ignore"), validate=False))
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            room = QGuiApplication.primaryScreen().availableGeometry()
            self.resize(min(WIDTH_PX, max(1000, room.width())), min(HEIGHT_PX, max(640, room.height())))
        self.frame.set_widths(memory.splitter_px)

    def _connect(self) -> None:
        actions = self.actions_by_name
        self._dressing = Dressing(self, (self._put_away, partial(dress, self), self._dress_frame, self._dress_rest))
        for sentence in (
            self._searching.failed,
            self._counting.failed,
            self._neighbours.failed,
            self._suggesting.failed,
            self._editing.failed,
            self._searches.failed,
            self.pane.papers.papers.fetch_failed,
            self._commands.told,
            self._modes.told,
            self._arrivals.told,
            self._duplicates.told,
            self._noting.told,
            self.feeds.told,
            self._pages.told,
            self._appearance.told,
            self.preferences.told,
            self.keeping.told,
        ):
            sentence.connect(self._tell)
        self.frame.sidebar_shown.connect(self._on_sidebar_shown)
        self.pane.search.query_changed.connect(self._searching.search)
        self.pane.everywhere_chosen.connect(self._searching.look_everywhere)
        self.pane.toast.undo_asked.connect(self._editing.undo)
        self._trail.went.connect(self._modes.leave)
        self.sidebar.papers_dropped.connect(self._commands.drop_on)
        self._editing.work_changed.connect(self._arrivals.show_work)
        self.feeds.work_changed.connect(self._arrivals.show_work)
        self.feeds.changed.connect(self._pages.refresh)
        self.feeds.view_asked.connect(self.going.go_to)
        self.status.cancel_asked.connect(self.feeds.cancel)
        self.status.cancel_asked.connect(self._editing.cancel)
        self._commands.tags_asked.connect(self._on_tags_asked)
        self.sheets.tags_accepted.connect(self._commands.tag_many)
        self.reader.tags_changed.connect(self._editing.tag_one)
        self.reader.note_changed.connect(self.keeping.notes.write)
        self.keeping.notes.send.connect(self._editing.write_note)
        self.keeping.restore_asked.connect(self.restore_asked)
        self.reader.highlight_requested.connect(self._editing.highlight)
        self.reader.highlight_removed.connect(self._editing.remove_highlight)
        self.reader.highlight_edited.connect(self._editing.change_highlight)
        self.reader.revision_seen.connect(self.feeds.mark_seen)
        self.reader.link_opened.connect(self._commands.open_address)
        self._indexing.work_changed.connect(self._arrivals.show_work)
        self._indexing.caught_up.connect(self._searching.refresh)
        self._indexing.caught_up.connect(self._neighbours.refresh)
        self._indexing.caught_up.connect(self._pages.refresh)
        self._indexing.caught_up.connect(self._suggesting.refresh)
        self.status.action_asked.connect(self._trigger)
        self.welcome.samples_asked.connect(self._arrivals.importing.take_samples)
        self.going.page_closed.connect(self._showing.show_papers)
        self._showing.view_gone.connect(self.going.go_to)
        self.sheets.command_taken.connect(self._finder.take)
        self._switch.theme_changed.connect(self._dressing.dress)
        actions.keys_changed.connect(self._show_keys)
        for name, do in (
            ("actionQuit", self.close),
            ("actionKeys", self.sheets.show_keys),
            ("actionSettings", self.sheets.show_settings),
            ("actionAbout", self._show_about),
        ):
            actions[name].triggered.connect(do)
        actions["actionSidebar"].toggled.connect(self.frame.want_sidebar)
        actions["actionFullScreen"].toggled.connect(self._on_full_screen)

    # -- what a test and the program ask ----------------------------------------------------------

    def idle(self) -> bool:
        """Return True when no job runs and nothing waits to be written, indexed, counted or painted."""
        if self._closed:
            return True
        self._watch.look()
        return (
            self._hearing.notes_settled
            and not self.lanes.busy
            and not self.feeds.busy
            and not self._arrivals.importing.busy
            and self._searching.settled
            and self._counting.settled
            and self._neighbours.settled
            and self._suggesting.settled
            and self._indexing.settled
            and self.pane.search.settled
            and self.preferences.settled
            and self._pages.settled
            and self.pane.papers.settled
            and self.keeping.settled
            and self._showing.settled
            and self._dressing.settled
            and self.reader.settled
            and (not self.isVisible() or self.pane.papers.painted or not self.pane.papers.isVisible())
        )

    def go_to(self, key: str) -> None:
        """Show the view with a key, with nothing typed."""
        self.going.go_to(key)

    def _read(self, ids: Sequence[PaperId]) -> list[Paper]:
        """Return papers to be shown; nothing here shows their places in Up next."""
        return self._library.papers(ids, positions=False)

    def _asked(self) -> Question:
        return self._searching.question

    # -- what happens -----------------------------------------------------------------------------

    def _on_tags_asked(self) -> None:
        ids = self._commands.selected()
        try:
            shared = self._library.shared_tags(ids) if len(ids) <= _SHARED_TAGS_OF else frozenset()
        except ReadingListError as error:
            self._tell(told(error))
            return
        known = self._showing.known_tags()
        self.sheets.tag_sheet.show_tags(ids, shared, known, self._showing.colours)

    # -- going about ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave triage and focus with Escape, where nothing nearer wants it (QWidget)."""
        if event.key() == Qt.Key.Key_Escape and self._modes.active:
            self._modes.leave()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go back and forward through the lists with the buttons made for it (QWidget)."""
        if event.button() == Qt.MouseButton.BackButton:
            self._trail.back()
        elif event.button() == Qt.MouseButton.ForwardButton:
            self._trail.forward()
        else:
            super().mousePressEvent(event)

    # -- taking in --------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files and text (QWidget)."""
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what was dropped (QWidget)."""
        if self._arrivals.take_dropped(event.mimeData()):
            event.acceptProposedAction()

    def _trigger(self, name: str) -> None:
        self.actions_by_name[name].trigger()

    # -- saying -----------------------------------------------------------------------------------

    def _tell(self, words: str) -> None:
        if words:
            self.pane.toast.show_text(words)

    def _show_about(self) -> None:
        self._dialog = open_about(self, self._library.folder)

    # -- the look ---------------------------------------------------------------------------------

    def _show_keys(self) -> None:
        for part in (self.pane, self.reader, self.welcome, self.status, self.sheets):
            part.show_keys_of(self.actions_by_name)

    def _put_away(self, _theme: Theme) -> None:
        """Let go of what can be made anew when it is next wanted, so that it need not be dressed."""
        self.sheets.put_away()
        self._pages.put_away()
        self.actions_by_name.renew_menus()
        self.sidebar.await_theme()

    def _dress_frame(self, theme: Theme) -> None:
        self.actions_by_name.set_theme(theme)
        self._menu_bar.setFont(theme.font(13))
        self._modes.set_theme(theme)  # before the reader, whose fonts its style sheet would set back
        # The frame after the sidebar, whose names need their room.
        for part in (self.sidebar, self.frame, self.pane, self.status):
            part.set_theme(theme)

    def _dress_rest(self, theme: Theme) -> None:
        for part in (self.reader, self.welcome, self.sheets, self.keeping, self._view_menu, self._pages):
            part.set_theme(theme)
        self._counting.refresh()  # the tags' colours are the theme's

    def _on_sidebar_shown(self, shown: bool) -> None:
        action = self.actions_by_name["actionSidebar"]
        action.blockSignals(True)
        action.setChecked(shown)
        action.blockSignals(False)
        self.pane.show_unfold(not shown)

    def _on_full_screen(self, full: bool) -> None:
        if full:
            self.showFullScreen()
        else:
            self.showNormal()

    def _is_empty(self) -> bool:
        try:
            return not self._library.has_papers()
        except Exception as error:
            if (plain := in_plain_words(error)) is None and not isinstance(error, ReadingListError):
                raise
            log.warning("%s", plain or error)
            return False

    # -- the end ----------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is typed, end the threads, close the library (QWidget).

        A note that cannot be saved keeps the window open, once, and says why.
        """
        if self._closed:
            event.accept()
            return
        self.reader.flush()
        self.lanes.edits.settle()
        if self.reader.unsaved_notes() and not self._leave_unsaved:
            self._leave_unsaved = True
            self._tell(self._unsaved_words())
            event.ignore()
            return
        self._closed = True
        self._remember()
        self.preferences.close()
        self.keeping.stop()
        self._watch.close()
        self._arrivals.stop()
        self.feeds.close()
        self._indexing.close()
        self.lanes.close()
        self.keeping.close()
        self._library.close()
        self.closed.emit()
        event.accept()

    def _unsaved_words(self) -> str:
        if self.keeping.notes.all_kept:
            return self.tr(
                "A note could not be saved. It is kept, and offered at the next start. Close once more to leave."
            )
        return self.tr("A note could not be saved. Copy it, or close once more to leave it.")

    def _remember(self) -> None:
        self._modes.leave()
        place = Place(self._searching.question.view.key, self.pane.papers.current_id(), self._finder.recent)
        self._memory.set_place(self._library.library_id, place)
        geometry = base64.b64encode(self.saveGeometry().data()).decode("ascii")
        self._memory.window = geometry
        self._memory.splitter_px = self.frame.widths()
        self._memory.sidebar_open = self.frame.sidebar_wanted
        self._memory.save()
