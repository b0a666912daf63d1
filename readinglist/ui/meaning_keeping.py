"""Keep the vectors of what papers mean in step while the window is open, where the reader chose them. Knows no widget.

Made in a lane of their own, shown and stopped like an import; what edits change comes with the index.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Signal

from readinglist.library import Library
from readinglist.progress import Progress
from readinglist.settings import Settings
from readinglist.ui.jobs import Job, Lane, Step
from readinglist.ui.preferences import Preferences
from readinglist.ui.status_line import Work, WorkShown
from readinglist.ui.wording import told

log = logging.getLogger(__name__)

MEANING = "meaning"
"""The name of this work."""

_WAIT_MS = 400


class MeaningKeeper(QObject):
    """Looks whether vectors are lacking, and has them made."""

    work_changed = Signal(object)
    """A `WorkShown`."""

    changed = Signal()
    """Other papers may be similar now."""

    told = Signal(str)

    def __init__(self, library: Library, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._lane = Lane("meaning", self)
        self._job: Job | None = None
        self._stopped = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_WAIT_MS)
        self._soon.timeout.connect(self._look)
        preferences.changed.connect(self._follow)
        library.by_meaning = preferences.settings.similar_by == "meaning"
        self.refresh()

    @property
    def settled(self) -> bool:
        """Return False while there is something to look for or to do."""
        return not self._soon.isActive() and not self._lane.busy

    def refresh(self) -> None:
        """Look soon whether anything is lacking: papers have changed, or come into the index."""
        if self._library.by_meaning and not self._stopped:
            self._soon.start()

    def follow_index(self, shown: WorkShown) -> None:
        """Look when the index has taken in what there was."""
        if shown.work is None:
            self.refresh()

    def cancel(self, name: str) -> None:
        """Stop for this session, if it is the work called `name`; what is done stays, and counts."""
        if name == MEANING and self._job is not None:
            self._stopped = True
            self._job.cancel()

    def close(self) -> None:
        """Stop; what is lacking is made when the library is next opened."""
        self._soon.stop()
        self._lane.close()

    def _follow(self, settings: Settings) -> None:
        wanted = settings.similar_by == "meaning"
        if wanted == self._library.by_meaning:
            return
        self._library.by_meaning = wanted
        self._stopped = False
        if wanted:
            self._soon.start()
        elif self._job is not None:
            self._job.cancel()
        self.changed.emit()

    def _look(self) -> None:
        if self._job is not None:
            self._soon.start()
            return
        library = self._library

        def call(progress: Progress) -> int:
            # What waits for the index comes with it.
            return library.update_embeddings(progress) if library.embeddings_behind() else -1

        self._job = self._lane.run(
            call, done=self._on_done, failed=self._on_failed, cancelled=self._end, progressed=self._on_step
        )

    def _on_step(self, step: Step) -> None:
        self.work_changed.emit(WorkShown(MEANING, Work(self.tr("Learning what papers mean"), step)))

    def _on_done(self, made: int) -> None:
        self._end()
        if made > 0:
            self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        log.warning("vectors of meaning could not be made: %s", error)
        self._end()
        self.told.emit(told(error))

    def _end(self) -> None:
        self._job = None
        self.work_changed.emit(WorkShown(MEANING, None))
