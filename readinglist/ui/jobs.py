"""Run plain functions outside the window's thread and bring their results back to it.

A lane is one worker thread with a queue. The functions know nothing of Qt: they take a `Progress` and return
a value. Results, errors and progress arrive as calls in the window's thread. Knows no paper and no library.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot

from readinglist.errors import ReadingListError
from readinglist.library import in_plain_words
from readinglist.progress import Cancelled, Progress

log = logging.getLogger(__name__)

T = TypeVar("T")

_REPORT_EVERY_S = 1 / 30


@dataclass(frozen=True, slots=True)
class Step:
    """How far a job is: `done` of `total` (None: unknown)."""

    done: int
    total: int | None
    text: str


class Job:
    """One call on its way; also the `Progress` that the called function is given."""

    def __init__(
        self,
        lane: Lane,
        call: Callable[[Progress], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[Exception], None] | None,
        cancelled: Callable[[], None] | None,
        progressed: Callable[[Step], None] | None,
    ) -> None:
        self._lane = lane
        self._call = call
        self._done = done
        self._failed = failed
        self._cancelled = cancelled
        self._progressed = progressed
        self._stop = threading.Event()
        self._last_report = 0.0
        self.finished = False

    def cancel(self) -> None:
        """Ask the job to stop; its `cancelled` is called, never its `done`."""
        self._stop.set()

    def step(self, done: int, total: int | None, text: str = "") -> None:
        """Report progress from the worker thread (`Progress`), 30 times a second at most."""
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if self._progressed is None or (now - self._last_report < _REPORT_EVERY_S and done != total):
            return
        self._last_report = now
        self._lane.reported.emit(_Report(self, step=Step(done, total, text)))

    def work(self) -> None:
        """Make the call in the worker thread."""
        value: Any = None
        error: BaseException | None = None
        try:
            if self._stop.is_set():
                raise Cancelled
            value = self._call(self)
        except BaseException as caught:  # noqa: BLE001 - carried to the window's thread, never lost
            error = caught
        self._call = _nothing  # lets go of what the function holds, in the thread that used it
        self._lane.reported.emit(_Report(self, value=value, error=error, final=True))

    def receive(self, report: _Report) -> None:
        """Call back, in the window's thread."""
        if not report.final:
            if self._progressed is not None and not self._stop.is_set() and report.step is not None:
                self._progressed(report.step)
            return
        self.finished = True
        error = report.error
        if isinstance(error, Cancelled) or self._stop.is_set():
            if self._cancelled is not None:
                self._cancelled()
        elif error is None:
            if self._done is not None:
                self._done(report.value)
        else:
            if not isinstance(error, ReadingListError):
                log.error("a job failed", exc_info=error)
            if not isinstance(error, Exception):
                raise error  # KeyboardInterrupt and its like are not answers
            if self._failed is not None:
                self._failed(in_plain_words(error) or error)


@dataclass(frozen=True, slots=True)
class _Report:
    job: Job
    step: Step | None = None
    value: Any = None
    error: BaseException | None = None
    final: bool = False


def _nothing(_progress: Progress) -> None:
    """Stand in for a call that was made."""


class Lane(QObject):
    """Jobs of one kind, run one after another in one thread (so one connection, no locks)."""

    reported = Signal(object)
    """Emitted in the worker thread, received in the window's."""

    went_idle = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._waiting: set[Job] = set()
        self._latest: Job | None = None
        self._open = True
        self.given_s = 0.0
        """When it was last given a job, by the monotonic clock."""
        self.reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name=f"lane-{name}", daemon=True)

    @property
    def busy(self) -> bool:
        """Return True while a job runs, waits, or has not been called back."""
        return bool(self._waiting)

    def run(
        self,
        call: Callable[[Progress], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        progressed: Callable[[Step], None] | None = None,
    ) -> Job:
        """Start `call(progress)` after what waits; exactly one of `done`, `failed`, `cancelled` is called."""
        job = Job(self, call, done, failed, cancelled, progressed)
        if not self._open:
            job.cancel()
            job.finished = True
            return job
        if self._thread.ident is None:  # not before there is work: at the start every thread costs its milliseconds
            self._thread.start()
        self._waiting.add(job)
        self.given_s = time.monotonic()
        self._queue.put(job)
        return job

    def run_latest(
        self,
        call: Callable[[Progress], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        progressed: Callable[[Step], None] | None = None,
    ) -> Job:
        """Like `run`, but first cancel the job that `run_latest` started before."""
        if self._latest is not None:
            self._latest.cancel()
        self._latest = self.run(call, done=done, failed=failed, cancelled=cancelled, progressed=progressed)
        return self._latest

    def settle(self, *, timeout_s: float = 30.0) -> bool:
        """Wait until every job has run and was called back; say whether that was within the time."""
        until = time.monotonic() + timeout_s
        while self._waiting and time.monotonic() < until:
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)
            if self._waiting:
                time.sleep(0.001)
        return not self._waiting

    def close(self, *, finish: bool = False) -> None:
        """End the thread; return when it has. With `finish` what waits is still done, else it is cancelled.

        Nobody is called back afterwards.
        """
        if not self._open:
            return
        self._open = False
        if not finish:
            for job in self._waiting:
                job.cancel()
        if self._thread.ident is not None:
            self._queue.put(None)
            self._thread.join()
        self._waiting.clear()

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            job.work()
            del job  # else the last one would live, with all it holds, until the next

    @Slot(object)
    def _on_reported(self, report: _Report) -> None:
        job = report.job
        if not self._open:
            return
        if report.final:
            self._waiting.discard(job)
            if job is self._latest:
                self._latest = None
        job.receive(report)
        if report.final and not self._waiting:
            self.went_idle.emit()


class Lanes:
    """The lanes of a window: edits are never behind anything long, and a search never behind another question.

    `aside`: what is told beside the list, its numbers and the papers like the one that is read.
    """

    def __init__(self, parent: QObject) -> None:
        self.edits = Lane("edits", parent)
        self.search = Lane("search", parent)
        self.aside = Lane("aside", parent)
        self.background = Lane("background", parent)

    @property
    def busy(self) -> bool:
        """Return True while any job is on its way."""
        return self.edits.busy or self.search.busy or self.aside.busy or self.background.busy

    def close(self) -> None:
        """Write what was edited, give up the rest, end the threads."""
        self.search.close()
        self.aside.close()
        self.edits.close(finish=True)
        self.background.close()
