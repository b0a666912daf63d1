"""Backups while the window is open: by themselves after changes, and by hand. Knows no widget.

One that fails is told in one line at the bottom, never in the reader's way.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QTimer, Signal

from readinglist.errors import ReadingListError
from readinglist.library import Backup, Library, in_plain_words
from readinglist.progress import Progress, Silent
from readinglist.ui.jobs import Job, Lane, Step
from readinglist.ui.status_line import Work, WorkShown
from readinglist.ui.wording import told

log = logging.getLogger(__name__)

BACKUP = "backup"
EVERY_MS = 30 * 60 * 1000


class BackingUp(QObject):
    """Makes backups in the background lane."""

    work_changed = Signal(object)
    """A `WorkShown`."""

    told = Signal(str)
    """What became of a backup the reader asked for."""

    warned = Signal(str)
    """Why a backup by itself could not be made; "" when one could."""

    def __init__(
        self,
        library: Library,
        lane: Lane,
        chosen: Callable[[], Path | None],
        parent: QObject | None = None,
    ) -> None:
        """`chosen` gives the folder that the reader wants backups in besides the library's own, or None."""
        super().__init__(parent)
        self._library = library
        self._lane = lane
        self._chosen = chosen
        self._job: Job | None = None
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(EVERY_MS)
        self.timer.timeout.connect(self._on_time)
        # What was changed since the last backup by somebody else, or before a crash, is not waited for longer.
        self.changed()

    def changed(self) -> None:
        """Take note that the library was changed: there is a backup of it within half an hour."""
        if not self.timer.isActive() and not self._library.read_only:
            self.timer.start()

    def back_up_now(self) -> None:
        """Make a backup because the reader wants one."""
        if self._job is not None and not self._job.finished:
            return
        library, chosen = self._library, self._chosen()
        title = self.tr("Making a backup")
        self.work_changed.emit(WorkShown(BACKUP, Work(title)))

        def call(progress: Progress) -> Backup:
            made = library.back_up(progress=progress)
            if chosen is not None:
                library.back_up(folder=chosen, progress=progress)
            return made

        def stepped(step: Step) -> None:
            self.work_changed.emit(WorkShown(BACKUP, Work(title, step)))

        self._job = self._lane.run(
            call,
            done=self._on_made,
            failed=self._on_failed,
            cancelled=lambda: self._end(self.tr("The backup was stopped.")),
            progressed=stepped,
        )

    def cancel(self) -> None:
        """Stop the backup the reader asked for."""
        if self._job is not None:
            self._job.cancel()

    def close(self) -> None:
        """Make no more."""
        self.timer.stop()

    def _on_time(self) -> None:
        library, chosen = self._library, self._chosen()

        def call(progress: Progress) -> None:
            back_up_everywhere(library, "time", chosen, progress)

        self._lane.run(call, done=lambda _: self.warned.emit(""), failed=self._on_failed_by_itself)

    def _on_made(self, backup: Backup) -> None:
        size = QLocale().toString(backup.size_bytes / 1_000_000, "f", 1)
        words = self.tr("Made a backup of %Ln papers, {size} MB, checked.", "", backup.papers or 0)
        self._end(words.format(size=size))
        self.warned.emit("")

    def _on_failed(self, error: Exception) -> None:
        self._end(told(error))

    def _end(self, words: str) -> None:
        self.work_changed.emit(WorkShown(BACKUP, None))
        self.told.emit(words)

    def _on_failed_by_itself(self, error: Exception) -> None:
        log.warning("no backup by itself: %s", error)
        self.warned.emit(self.tr("No backup could be made: {why}").format(why=told(error)))
        self.changed()


def back_up_everywhere(library: Library, reason: str, chosen: Path | None, progress: Progress) -> None:
    """Make a backup of what was changed, in the library's own folder and in the chosen one.

    A folder that cannot take it (a disk that is not plugged in) does not keep the other from getting one. Raises the
    first error then, and Cancelled.
    """
    problem: ReadingListError | None = None
    for folder in dict.fromkeys((None, chosen)):
        try:
            library.back_up_if_changed(reason, folder=folder, progress=progress)
        except ReadingListError as error:
            problem = problem or error
    if problem is not None:
        raise problem


def back_up_on_quit(folder: Path, chosen: Path | None, progress: Progress | None = None) -> None:
    """Make a backup of a library that nobody looks at any more, if it was changed. What fails is only logged."""
    try:
        with Library.open(folder, create=False) as library:
            back_up_everywhere(library, "quit", chosen, progress or Silent())
    except Exception as error:
        plain = error if isinstance(error, ReadingListError) else in_plain_words(error)
        if plain is None:
            raise
        log.warning("no backup on quitting: %s", plain)
