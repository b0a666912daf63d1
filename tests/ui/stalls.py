"""A watchdog over the window's event loop: how long it did not look at its events, and what it did meanwhile.

A timer beats every 2 ms in the loop; the time between two beats is one turn of it, with everything that a key, a paint
or an answer from a lane made it do. What a person feels is that time by the clock. But on a machine that does other
work too, as in CI, a turn of 5 ms may take 60 because another program had the processor, and a test of it would be a
coin toss. So what is measured is the processor time that the whole process took within the turn, and no more than the
clock's:

- what the window's thread computes counts, wherever it does so;
- waiting for a lock or for Python's own lock counts too, as somebody else in this process computes meanwhile;
- time that other programs took does not count.

Waiting for the disk, or for another process that has the library locked, costs no processor time. It is tested by
itself: with the library locked for some seconds, nothing may take long by the clock.

Processor time depends on the machine as well, and on its mood (caches, clock rate): `slowness` says how many times as
long as on a quiet desktop machine the same piece of work takes now, and whoever judges takes so much off, repeats what
seems too slow, and believes it only when it is slow each time: `tests/ui/test_feel.py`. The monkey in `tests/faults`,
which cannot repeat anything, allows several times as much.
"""

from __future__ import annotations

import linecache
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter

from tests import pace

BEAT_MS = 2
LIMIT_MS = 50.0
"""What a window may take at the most before it looks at its events again."""

_QUIET_PIECE_MS = 2.4
"""What `_piece` takes on a processor of 2021 with nothing else to do."""
_SUSPICIOUS_S, _SAMPLE_S = 0.02, 0.004
_DEPTH = 12


Stack = tuple[tuple[CodeType, int], ...]
"""The innermost calls: the code of each, and the line it was at."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the event loop in milliseconds, and the stacks seen in it, each with how often."""

    felt_ms: float
    clock_ms: float
    stacks: Counter[Stack] = field(default_factory=Counter)

    def place(self) -> str:
        """Return where the window's thread was seen most, in one line."""
        for stack, _ in self.stacks.most_common(1):
            ours = [(code, line) for code, line in stack if "readinglist" in Path(code.co_filename).parts]
            if ours:
                return " > ".join(f"{Path(c.co_filename).name}:{line} {c.co_name}" for c, line in ours[-3:])
        return "in Qt, or not seen"

    def __str__(self) -> str:
        """Say how long it was and where the window's thread was seen most."""
        told = f"{self.felt_ms:.0f} ms without a look at the events ({self.clock_ms:.0f} ms by the clock)"
        for stack, times in self.stacks.most_common(3):
            told += f"\n  seen {times} times:"
            for code, line in stack:
                text = linecache.getline(code.co_filename, line).strip()
                told += f"\n    {code.co_filename}:{line} {code.co_name}: {text}"
        return told


NO_TURN = Turn(0.0, 0.0)


def slowness() -> float:
    """Return how many times as long as on a quiet desktop machine painting and sorting take now, from 1 to 4."""
    return pace.slowness(_piece, _QUIET_PIECE_MS)


def _piece() -> None:
    """Do a piece of what a window does all the time."""
    image = QImage(1440, 900, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for n in range(40):
        painter.drawText(20, 20 * n, f"A line of text that is drawn for the {n}th time, to see how long it takes")
        painter.drawRoundedRect(600, 20 * n, 700, 18, 6, 6)
    painter.end()
    pace.piece()


class Watchdog(QObject):
    """Watches from `start` to `stop`; between them nothing but the window may run in this thread.

    Where the thread is while a turn lasts is seen by a signal (where there are such): its handler runs in the thread
    itself. A second thread that looked at the frames would keep what is in them, and end widgets and timers as its own.
    What runs in Qt is seen as the call into it, or, when Qt's loop itself made the call, as the beat after it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.worst = NO_TURN
        self.turns: list[float] = []
        """How long each turn was felt, in milliseconds."""
        self.clock: list[float] = []
        """How long each turn took by the clock, in milliseconds."""
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self.beat)
        self._stacks: Counter[Stack] = Counter()
        self._last_s = self._last_cpu_s = 0.0
        self._signals = hasattr(signal, "setitimer")

    def start(self) -> None:
        """Begin anew."""
        self.worst, self.turns, self.clock = NO_TURN, [], []
        self._stacks = Counter()
        if self._signals:
            self._before = signal.signal(signal.SIGALRM, self._look)
        self._timer.start()
        self._last_s, self._last_cpu_s = time.perf_counter(), time.process_time()
        self._arm()

    def stop(self) -> Turn:
        """End the last turn; return the worst of all."""
        self.beat()
        self._timer.stop()
        if self._signals:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._before)
        return self.worst

    def beat(self) -> None:
        """End a turn of the loop and begin the next."""
        now, cpu = time.perf_counter(), time.process_time()
        clock_ms = (now - self._last_s) * 1000
        felt_ms = min(clock_ms, (cpu - self._last_cpu_s) * 1000)
        stacks = self._stacks
        if stacks:
            self._stacks = Counter()
        self.turns.append(felt_ms)
        self.clock.append(clock_ms)
        if felt_ms > self.worst.felt_ms:
            self.worst = Turn(felt_ms, clock_ms, stacks)
        self._last_s, self._last_cpu_s = now, cpu
        self._arm()

    def _arm(self) -> None:
        if self._signals:
            signal.setitimer(signal.ITIMER_REAL, _SUSPICIOUS_S, _SAMPLE_S)

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        stack: list[tuple[CodeType, int]] = []
        while frame is not None and len(stack) < _DEPTH:
            stack.append((frame.f_code, frame.f_lineno))
            frame = frame.f_back
        self._stacks[tuple(reversed(stack))] += 1
