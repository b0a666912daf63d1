"""Feeds in the window: refreshed when asked or at the chosen interval, added, removed, taken from lists. Knows no page.

A refresh has a lane of its own: it waits for servers, and nothing else should wait with it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from readinglist.library import Library
from readinglist.progress import Progress
from readinglist.settings import FEED_HOURS, Settings
from readinglist.ui import feed_words
from readinglist.ui.actions import Actions
from readinglist.ui.editing import Done, Editing
from readinglist.ui.jobs import Job, Lane, Step
from readinglist.ui.preferences import Preferences
from readinglist.ui.saving import write_text
from readinglist.ui.status_line import Work, WorkShown
from readinglist.ui.views import FEEDS
from readinglist.ui.wording import told

if TYPE_CHECKING:
    from readinglist.library import AddedFeeds, Edited, Feed, Refreshed

log = logging.getLogger(__name__)

REFRESH = "feeds"
"""The name of a refresh as a piece of work."""

LOOK_EVERY_MS = 5 * 60 * 1000
FIRST_LOOK_MS = 15 * 1000


class FeedKeeper(QObject):
    """Does what the reader wants of feeds, and tells what came of it."""

    changed = Signal()
    """Feeds or their states are not what they were."""

    work_changed = Signal(object)
    """A `WorkShown`."""

    done = Signal(object)
    """A `Done`: what a refresh brought."""

    told = Signal(str)

    view_asked = Signal(str)
    """The key of a view to go to."""

    add_asked = Signal()
    """The reader wants to name a new feed."""

    def __init__(
        self,
        library: Library,
        search: Lane,
        editing: Editing,
        actions: Actions,
        preferences: Preferences,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._library = library
        self._search = search
        self._editing = editing
        self._actions = actions
        self._preferences = preferences
        self._window = window
        self._lane = Lane("feeds", self)
        self._job: Job | None = None
        self._dialog: QFileDialog | None = None
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self._on_time)
        preferences.changed.connect(self._follow)
        actions["actionFeedsRefresh"].triggered.connect(lambda: self.refresh())
        actions["actionFeedAdd"].triggered.connect(self._on_add)
        actions["actionFeedsImport"].triggered.connect(self.ask_for_list)
        actions["actionFeedsExport"].triggered.connect(self.ask_where_to)
        actions["actionFeedsSeen"].triggered.connect(self.mark_all_seen)
        self._follow(preferences.settings)

    @property
    def busy(self) -> bool:
        """Return whether feeds are being refreshed."""
        return self._lane.busy

    # -- refreshing -------------------------------------------------------------------------------

    def refresh(self, numbers: Sequence[int] | None = None, *, by_itself: bool = False) -> None:
        """Ask feeds (None: all) for what is new; one refresh at a time. `by_itself`: tell only of what came."""
        if self.busy:
            return
        library = self._library
        title = self.tr("Refreshing feeds")
        at = -1
        stopped: list[Refreshed] = []  # what is returned by a call that was asked to stop is not handed on

        def call(progress: Progress) -> Refreshed:
            stopped.append(library.refresh_feeds(numbers, progress))
            return stopped[0]

        def stepped(step: Step) -> None:
            nonlocal at
            named = self.tr("Refreshing {name}").format(name=step.text) if step.text else title
            self.work_changed.emit(WorkShown(REFRESH, Work(named, step)))
            if step.done != at:
                at = step.done
                self.changed.emit()

        def done(refreshed: Refreshed) -> None:
            self._end()
            self._tell(refreshed, by_itself)

        def failed(error: Exception) -> None:
            self._end()
            if by_itself:
                log.warning("the feeds were not refreshed: %s", error)
            else:
                self.told.emit(told(error))

        def cancelled() -> None:
            self._end()
            if stopped:
                self._tell(stopped[0], by_itself=False)

        self._actions["actionFeedsRefresh"].setEnabled(False)
        self.work_changed.emit(WorkShown(REFRESH, Work(title)))
        self._job = self._lane.run(call, done=done, failed=failed, cancelled=cancelled, progressed=stepped)

    def cancel(self, name: str) -> None:
        """Stop the refresh, if it is the work called `name`; what has come in stays."""
        if name == REFRESH and self._job is not None:
            self._job.cancel()

    def close(self) -> None:
        """Stop what runs and ask nobody any more."""
        self.timer.stop()
        self._lane.close()

    def _end(self) -> None:
        self._actions["actionFeedsRefresh"].setEnabled(True)
        self.work_changed.emit(WorkShown(REFRESH, None))
        self.changed.emit()

    def _tell(self, refreshed: Refreshed, by_itself: bool) -> None:
        if not (refreshed.outcomes or refreshed.stopped or by_itself):
            self.told.emit(self.tr("There are no feeds yet. Add one on the page Feeds."))
            return
        entries = refreshed.entries
        if by_itself and not refreshed.added and not refreshed.revised:
            return
        if entries:
            self._editing.bind(entries)
        self.done.emit(Done(feed_words.came(refreshed), entries[0] if entries else None))

    def _follow(self, settings: Settings) -> None:
        """Look for feeds that are due from now on, or no longer."""
        if not FEED_HOURS[settings.refresh_feeds] or self._library.read_only:
            self.timer.stop()
        elif not self.timer.isActive():
            self.timer.start(FIRST_LOOK_MS)

    def _on_time(self) -> None:
        hours = FEED_HOURS[self._preferences.settings.refresh_feeds]
        if not hours:
            return
        self.timer.start(LOOK_EVERY_MS)
        library, every = self._library, timedelta(hours=hours)

        def due(_progress: Progress) -> list[int]:
            return library.feeds_due(every)

        def found(numbers: list[int]) -> None:
            if numbers:
                self.refresh(numbers, by_itself=True)

        self._search.run(due, done=found, failed=lambda error: log.warning("no look at the feeds: %s", error))

    # -- what there is ----------------------------------------------------------------------------

    def add(self, typed: str) -> None:
        """Subscribe to what the reader has typed; what is no address is told."""
        library = self._library

        def change(_progress: Progress) -> Edited:
            return library.add_feed(typed, folder=Path.home())[0]

        self._editing.do(change, self.tr("Added the feed. It is fetched when you refresh it."), then=self._on_edited)

    def remove(self, feed: Feed) -> None:
        """Unsubscribe from a feed."""
        library, number = self._library, feed.number
        words = self.tr("Removed the feed “{name}”. Its papers stay.").format(name=feed.name)
        self._editing.do(lambda _: library.remove_feed(number), words, then=self._on_edited)

    def rename(self, feed: Feed, name: str) -> None:
        """Give a feed another name; "" its own."""
        library, number = self._library, feed.number
        self._editing.do(lambda _: library.rename_feed(number, name), self.tr("Renamed the feed"), then=self._on_edited)

    def mark_seen(self, number: int) -> None:
        """Say that the reader has looked at what changed in a paper."""
        library = self._library
        words = self.tr("Marked what changed as seen")
        self._editing.do(lambda _: library.mark_seen([number]), words, then=self._on_edited)

    def mark_all_seen(self) -> None:
        """Say that the reader has looked at every paper that changed since it was read."""
        library = self._library

        def change(_progress: Progress) -> Edited:
            return library.mark_seen([told.paper for told in library.revisions()])

        self._editing.do(change, self.tr("Marked what changed as seen"), then=self._on_edited)

    def _on_edited(self, _edited: Edited) -> None:
        self.changed.emit()

    def _on_add(self) -> None:
        self.view_asked.emit(FEEDS)
        self.add_asked.emit()

    # -- lists ------------------------------------------------------------------------------------

    def ask_for_list(self) -> None:
        """Ask which list of feeds to take in."""
        dialog = self._made_dialog("feedsImportDialog", self.tr("Import a list of feeds"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setOption(QFileDialog.Option.ReadOnly)  # Qt's own dialog would delete files at Del
        dialog.fileSelected.connect(lambda name: self.import_list(Path(name)))
        dialog.open()

    def import_list(self, path: Path) -> None:
        """Subscribe to the feeds of an OPML list."""
        library = self._library

        def call(_progress: Progress) -> AddedFeeds:
            return library.import_feeds(path)

        def done(taken: AddedFeeds) -> None:
            failed = sum(problem.kind == "failed" for problem in taken.problems)
            parts = [self.tr("Added %Ln feeds", "", len(taken.feeds))]
            if taken.here:
                parts.append(self.tr("%Ln already here", "", taken.here))
            if failed:
                parts.append(self.tr("%Ln could not be taken", "", failed))
            self.done.emit(Done(" · ".join(parts), taken.edited.entry))
            self.changed.emit()

        self._search.run(call, done=done, failed=lambda error: self.told.emit(told(error)))

    def ask_where_to(self) -> None:
        """Ask where to write the list of feeds."""
        dialog = self._made_dialog("feedsExportDialog", self.tr("Export the list of feeds"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("opml")
        dialog.selectFile("feeds.opml")
        dialog.fileSelected.connect(lambda name: self.export_list(Path(name)))
        dialog.open()

    def export_list(self, path: Path) -> None:
        """Write the feeds as an OPML list."""
        library = self._library

        def call(_progress: Progress) -> int:
            write_text(path, [library.export_feeds()])
            return sum(feed.has_secret for feed in library.feeds())

        def done(secret: int) -> None:
            words = self.tr("Exported the feeds to {name}.").format(name=path.name)
            if secret:
                words += " " + self.tr("It holds a password or a token: mind who gets it.")
            self.told.emit(words)

        self._search.run(call, done=done, failed=lambda error: self.told.emit(told(error)))

    def _made_dialog(self, name: str, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setObjectName(name)
        dialog.setNameFilters([self.tr("Lists of feeds (*.opml *.xml)"), self.tr("All files (*)")])
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        return dialog
