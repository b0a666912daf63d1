"""Look after the library while the window is open: once after the start, and when the reader asks. Knows no widget."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from readinglist.library import Finding, Library
from readinglist.progress import Progress
from readinglist.ui.jobs import Job, Lane, Lanes, Step
from readinglist.ui.wording import told

log = logging.getLogger(__name__)

START_MS = 6_000
"""So long after the start, when the reader has the list and the index is in step."""
_GIVES_WAY_S = 0.5
"""So long after a letter the check after the start goes on. Nobody waits for it, and each letter took twice as long."""
_LOOK_S = 0.05


class Checking(QObject):
    """Has the library checked and repaired in the background lane."""

    found_at_start = Signal(object)
    """The findings of the check after the start: what is not all right, or was put right on opening."""

    checked = Signal(object)
    """All findings of a check the reader asked for."""

    failed = Signal(str)
    stopped = Signal()
    progressed = Signal(object)
    """A `Step`."""

    purged = Signal(int)
    """So many papers have been in the trash for long enough."""

    def __init__(
        self, library: Library, lanes: Lanes, chosen: Callable[[], Path | None], parent: QObject | None = None
    ) -> None:
        """`chosen` gives the folder that the reader wants backups in besides the library's own, or None."""
        super().__init__(parent)
        self._library = library
        self._lane, self._search = lanes.background, lanes.search
        self._chosen = chosen
        self._job: Job | None = None
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(START_MS)
        self.timer.timeout.connect(self._on_started)
        self.timer.start()

    @property
    def busy(self) -> bool:
        """Return whether a check the reader asked for runs."""
        return self._job is not None and not self._job.finished

    def check(self, *, repair: bool = False) -> None:
        """Check the library because the reader wants it; with `repair`, mend what can be mended."""
        if self.busy:
            return
        library, chosen = self._library, self._chosen()

        def call(progress: Progress) -> list[Finding]:
            progress.step(0, None, "")
            return library.doctor(repair, progress, folder=chosen)

        self._job = self._lane.run(
            call,
            done=self.checked.emit,
            failed=lambda error: self.failed.emit(told(error)),
            cancelled=self.stopped.emit,
            progressed=self._on_step,
        )

    def cancel(self) -> None:
        """Stop a check the reader asked for."""
        if self._job is not None:
            self._job.cancel()

    def close(self) -> None:
        """Begin no more."""
        self.timer.stop()

    def _on_step(self, step: Step) -> None:
        self.progressed.emit(step)

    def _on_started(self) -> None:
        library, chosen = self._library, self._chosen()
        self._lane.run(lambda _progress: library.purge_trash(), done=self._on_purged, failed=_on_failed)

        def check(progress: Progress) -> list[Finding]:
            return library.doctor(progress=_Patient(progress, self._search), folder=chosen)

        self._lane.run(check, done=self._on_found, failed=_on_failed)

    def _on_purged(self, count: int) -> None:
        if count:
            self.purged.emit(count)

    def _on_found(self, findings: Sequence[Finding]) -> None:
        # That a library is open for reading only is told from the first moment, not here; that others could read it is
        # put right without a word.
        rights = self._library.read_only
        wrong = [
            finding
            for finding in findings
            if (not finding.ok or finding.repaired) and not (finding.check == "rights" and (rights or finding.repaired))
        ]
        self.found_at_start.emit(wrong)


class _Patient:
    """A `Progress` of what nobody waits for: it waits while the reader types a search."""

    def __init__(self, progress: Progress, search: Lane) -> None:
        self._progress = progress
        self._search = search

    def step(self, done: int, total: int | None, text: str = "") -> None:
        """Report, and wait while a search was just asked for."""
        self._progress.step(done, total, text)
        while time.monotonic() - self._search.given_s < _GIVES_WAY_S:
            time.sleep(_LOOK_S)
            self._progress.step(done, total, text)


def _on_failed(error: Exception) -> None:
    log.warning("the check after the start could not be made: %s", error)
