"""The main window: connects its parts, hears keys, mouse and drops, and ends everything in the right order."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)

from readinglist.errors import ReadingListError
from readinglist.library import Library, in_plain_words
from readinglist.ui.about import open_about
from readinglist.ui.actions import Actions
from readinglist.ui.dressing import Dressing
from readinglist.ui.memory import Memory, Place
from readinglist.ui.preferences import Preferences
from readinglist.ui.screen_place import remember_place
from readinglist.ui.style_sheet import dress
from readinglist.ui.theme import Theme, ThemeSwitch
from readinglist.ui.window_parts import WindowParts

log = logging.getLogger(__name__)


class MainWindow(WindowParts):
    """One window on one library. `close` saves what is typed and ends every thread."""

    closed = Signal()

    restore_asked = Signal(object)
    """The Path of a backup that is to take the place of this library, once the window is closed."""

    def __init__(self, library: Library, memory: Memory, preferences: Preferences, switch: ThemeSwitch) -> None:
        super().__init__(library, memory, preferences, switch)
        self._closed = False
        self._leave_unsaved = False
        # After the parts are in place: each widget that moves under a style sheet costs a look at all its rules.
        dress(self, switch.theme)
        self.reader.set_theme(switch.theme)  # its labels' own colours and fonts, over those of the application
        self._connect()
        if self.keeping.read_only is not None:
            self.reader.forbid_writing()
        self.sidebar.choose(self.first_view.key)
        self._counting.refresh()
        self._indexing.refresh()
        self.pane.papers.setFocus(Qt.FocusReason.OtherFocusReason)
        self._presenter.show_welcome(self._is_empty())
        self._appearance.follow_keys(self.preferences.settings)
        self._tell(" ".join(self.preferences.problems))

    def _connect(self) -> None:
        self._dressing = Dressing(self, (self._put_away, partial(dress, self), *self._dressers()))
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
            self._edits_asked.told,
            self.feeds.told,
            self._meaning.told,
            self._pages.told,
            self._appearance.told,
            self.preferences.told,
            self.keeping.told,
        ):
            sentence.connect(self._tell)
        self.frame.sidebar_shown.connect(self._on_sidebar_shown)
        self.pane.search.query_changed.connect(self._searching.search)
        self.pane.everywhere_chosen.connect(self._searching.look_everywhere)
        self._trail.went.connect(self._modes.leave)
        self._editing.work_changed.connect(self._arrivals.show_work)
        self.feeds.work_changed.connect(self._arrivals.show_work)
        self.feeds.changed.connect(self._pages.refresh)
        self.feeds.view_asked.connect(self.navigation.go_to)
        self.status.cancel_asked.connect(self.feeds.cancel)
        self.status.cancel_asked.connect(self._editing.cancel)
        self.keeping.restore_asked.connect(self.restore_asked)
        self.reader.link_opened.connect(self._commands.open_address)
        self._indexing.work_changed.connect(self._arrivals.show_work)
        self._indexing.caught_up.connect(self._searching.refresh)
        self._indexing.caught_up.connect(self._neighbours.refresh)
        self._indexing.caught_up.connect(self._pages.refresh)
        self._indexing.caught_up.connect(self._suggesting.refresh)
        self._indexing.work_changed.connect(self._meaning.follow_index)
        self._meaning.work_changed.connect(self._arrivals.show_work)
        self._meaning.changed.connect(self._neighbours.refresh)
        self.status.cancel_asked.connect(self._meaning.cancel)
        self.status.action_asked.connect(self._trigger)
        self.welcome.samples_asked.connect(self._arrivals.importing.take_samples)
        self.navigation.page_closed.connect(self._presenter.show_papers)
        self._presenter.view_gone.connect(self.navigation.go_to)
        self.sheets.command_taken.connect(self._finder.take)
        self._switch.theme_changed.connect(self._dressing.dress)
        self._connect_actions(self.actions_by_name)

    def _connect_actions(self, actions: Actions) -> None:
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
        settled = (
            self._searching,
            self._counting,
            self._neighbours,
            self._suggesting,
            self._indexing,
            self._meaning,
            self.pane.search,
            self.preferences,
            self._pages,
            self.pane.papers,
            self.keeping,
            self._presenter,
            self._dressing,
            self.reader,
        )
        return (
            self._updates.notes_settled
            and not self.lanes.busy
            and not self.feeds.busy
            and not self._arrivals.importing.busy
            and all(part.settled for part in settled)
            and (not self.isVisible() or self.pane.papers.painted or not self.pane.papers.isVisible())
        )

    def go_to(self, key: str) -> None:
        """Show the view with a key, with nothing typed."""
        self.navigation.go_to(key)

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

    def _dressers(self) -> Iterator[Callable[[Theme], None]]:
        """Return what puts a theme on the parts of the window, one after another."""
        yield self._dress_bar
        # The frame after the sidebar, whose names need their room.
        yield from (part.set_theme for part in (self.sidebar, self.frame, self.pane, self.status, self.reader))
        yield from (part.set_theme for part in (self.welcome, self.sheets, self.keeping, self._view_menu, self._pages))
        yield lambda _theme: self._counting.refresh()  # the tags' colours are the theme's

    def _dress_bar(self, theme: Theme) -> None:
        self.actions_by_name.set_theme(theme)
        self._menu_bar.setFont(theme.font(13))
        self._modes.set_theme(theme)  # before the reader, whose fonts its style sheet would set back

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
        self._meaning.close()
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
        remember_place(self, self.frame, self._memory)
        self._memory.save()
