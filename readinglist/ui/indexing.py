"""Keep the index in step while the window is open: small backlogs in the background lane, large ones in a process.

Building an index is busy Python for seconds; in a thread of the window it would make scrolling stutter.
"""

from __future__ import annotations

import logging
import sys

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from readinglist.library import Library
from readinglist.progress import Progress
from readinglist.ui.jobs import Lane, Step
from readinglist.ui.status_line import Work, WorkShown

log = logging.getLogger(__name__)

INDEX = "index"
SMALL = 2_000
"""Up to so many papers are indexed in a thread of the window: some tenths of a second."""

_WAIT_MS = 30
_LOOK_MS = 500
_AGAIN_MS = 5_000
_AGAIN_MOST_MS = 300_000
_END_MS = 3_000
_IDLE_MS = 10_000
"""So long nothing is edited before the index is tidied up."""


class IndexKeeper(QObject):
    """Looks at the backlog after each change and works it off."""

    work_changed = Signal(object)
    """A `WorkShown`."""

    caught_up = Signal()
    """Papers that could not be found by text now can."""

    def __init__(self, library: Library, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._lane = lane
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._look)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE_MS)
        self._idle.timeout.connect(self._tidy)
        self._process: QProcess | None = None
        self._in_process = True
        self._total = 0
        self._watching = QTimer(self)
        self._watching.setInterval(_LOOK_MS)
        self._watching.timeout.connect(self._report_process)
        self._waiting = False
        self._closed = False
        self._again_ms = 0

    @property
    def settled(self) -> bool:
        """Return True when nothing waits to be indexed, or when it just failed and is not tried again at once."""
        return (not self._soon.isActive() or bool(self._again_ms)) and not self._waiting and self._process is None

    def refresh(self) -> None:
        """Something was edited: look soon what there is to do."""
        self._idle.stop()
        if not self._closed and self._process is None and not self._soon.isActive():
            self._soon.start(_WAIT_MS)

    def close(self) -> None:
        """Stop; what is left to do is done when the library is next opened."""
        self._closed = True
        self._soon.stop()
        self._idle.stop()
        self._watching.stop()
        process, self._process = self._process, None
        if process is not None:
            process.finished.disconnect(self._on_process_finished)
            process.terminate()
            if not process.waitForFinished(_END_MS):
                process.kill()
                process.waitForFinished(_END_MS)

    def _look(self) -> None:
        if self._waiting or self._closed:
            return
        self._waiting = True
        library = self._library

        def call(progress: Progress) -> int:
            pending = library.pending()
            if 0 < pending <= SMALL:
                library.update_index(progress)
                return library.pending()
            return pending

        self._lane.run(call, done=self._on_looked, failed=self._on_failed, cancelled=self._on_cancelled)

    def _on_looked(self, pending: int) -> None:
        self._waiting = False
        self._again_ms = 0
        if self._closed:
            return
        if not pending:
            self._idle.start()
            self.work_changed.emit(WorkShown(INDEX, None))
            if self._total:
                self._total = 0
                self.caught_up.emit()
        elif pending <= SMALL:
            self._soon.start(_LOOK_MS)  # another process is at it
        elif self._in_process:
            self._start_process(pending)
        else:
            self._index_here()

    def _on_failed(self, error: Exception) -> None:
        self._waiting = False
        log.warning("the index cannot be brought up to date: %s", error)
        self._again_ms = min(_AGAIN_MOST_MS, 2 * self._again_ms or _AGAIN_MS)
        if not self._closed:
            self._soon.start(self._again_ms)

    def _on_cancelled(self) -> None:
        self._waiting = False

    def _tidy(self) -> None:
        library = self._library

        def call(_progress: Progress) -> None:
            library.tidy_index()

        self._lane.run(call, failed=self._on_untidied)

    def _on_untidied(self, error: Exception) -> None:
        log.warning("the index cannot be tidied up: %s", error)

    # -- in a process of its own ------------------------------------------------------------------

    def _start_process(self, pending: int) -> None:
        self._total = max(self._total, pending)
        process = QProcess(self)
        process.setProgram(sys.executable)
        process.setArguments(["-m", "readinglist", "--library", str(self._library.folder), "index"])
        process.setStandardOutputFile(QProcess.nullDevice())
        process.finished.connect(self._on_process_finished)
        process.errorOccurred.connect(self._on_process_error)
        self._process = process
        self._show(0)
        process.start()
        self._watching.start()

    def _on_process_finished(self, status: int) -> None:
        process, self._process = self._process, None
        self._watching.stop()
        if process is not None:
            if status != 0:
                message = process.readAllStandardError().toStdString().strip()
                log.warning("indexing in a process of its own ended with %s: %s", status, message)
                self._in_process = False
            process.deleteLater()
        self._look()

    def _on_process_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            log.warning("no process can be started for indexing: %s", self._process.errorString())
            process, self._process = self._process, None
            process.deleteLater()
            self._watching.stop()
            self._in_process = False
            self._look()

    def _report_process(self) -> None:
        library = self._library
        if self._waiting or self._lane.busy:
            return
        self._waiting = True

        def call(_progress: Progress) -> int:
            return library.pending()

        self._lane.run(call, done=self._on_counted, failed=self._on_failed, cancelled=self._on_cancelled)

    def _on_counted(self, pending: int) -> None:
        self._waiting = False
        if self._process is not None:
            self._total = max(self._total, pending)
            self._show(self._total - pending)

    def _index_here(self) -> None:
        """Index a large backlog in the background lane after all, for want of a process."""
        self._waiting = True
        library = self._library

        def call(progress: Progress) -> int:
            library.update_index(progress)
            return library.pending()

        self._lane.run(
            call,
            done=self._on_looked,
            failed=self._on_failed,
            cancelled=self._on_cancelled,
            progressed=self._on_step,
        )

    def _on_step(self, step: Step) -> None:
        self._total = max(self._total, step.total or 0)
        self._show(step.done)

    def _show(self, done: int) -> None:
        title = self.tr("Making papers searchable")
        work = Work(title, Step(done, self._total, ""), can_cancel=False)
        self.work_changed.emit(WorkShown(INDEX, work))
