"""How long a reader waits after a key: in the list, in triage, with everything selected, with thousands edited.

    python tests/bench/window_keys.py LIBRARY

LIBRARY is an existing library; work on a copy, it is edited and the edits are undone. Prints, in milliseconds, for each
key: until the next paper is painted (median, 95th percentile, worst), how much of that the window's thread computed
(median; the rest is other programs), and the longest time the window did not look at its events until all was written.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from readinglist.ui.app import open_window
from readinglist.ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
NO_KEY = Qt.KeyboardModifier.NoModifier
MANY = 10_000


class Beat:
    """The longest time between two beats of the window's event loop."""

    def __init__(self) -> None:
        self._timer = QTimer(interval=2)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self.reset()

    def reset(self) -> None:
        """Begin anew."""
        self._last, self.longest_s = time.perf_counter(), 0.0

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest_s = max(self.longest_s, now - self._last)
        self._last = now


class Run:
    """A window that keys are pressed in."""

    def __init__(self, folder: Path) -> None:
        self.app = QApplication([])
        self.window: MainWindow = open_window(folder)
        self.window.resize(1440, 900)
        self.window.activateWindow()
        self._beat = Beat()
        self.settle()

    def settle(self) -> None:
        """Wait until the window has nothing left to do."""
        for _ in range(2):
            while not self.window.idle():
                self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)

    def go(self, view: str) -> None:
        """Go to a list."""
        self.window.go_to(view)
        self.settle()
        self.window.pane.papers.setFocus()

    def key(self, key: str | Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
        """Press a key and paint what is seen."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        for part in (self.window.pane.papers.viewport(), self.window.reader):
            if part.isVisible():
                part.repaint()

    def measure(self, name: str, press: Callable[[], None], times: int, *, burst: bool = False) -> None:
        """Do something some times, each time until all is written unless in a `burst`; print what it took."""
        painted, computed = [], []
        self._beat.reset()
        for _ in range(times):
            begun, thread = time.perf_counter(), time.thread_time()
            press()
            painted.append((time.perf_counter() - begun) * 1000)
            computed.append((time.thread_time() - thread) * 1000)
            if burst:
                self.app.processEvents()
            else:
                self.settle()
        self.settle()
        painted.sort()
        computed.sort()
        print(
            f"{name:34} p50 {painted[times // 2]:6.1f}  p95 {painted[times * 95 // 100]:6.1f}  worst {painted[-1]:6.1f}"
            f"   computed {computed[times // 2]:6.1f}   longest without events {self._beat.longest_s * 1000:6.1f}",
            flush=True,
        )

    def timed(self, name: str, do: Callable[[], None]) -> None:
        """Do one thing and print how long it takes until it is written, and the longest time without events."""
        self._beat.reset()
        begun, process = time.perf_counter(), time.process_time()
        do()
        self.settle()
        took, computed = time.perf_counter() - begun, time.process_time() - process
        longest = self._beat.longest_s * 1000
        print(
            f"{name:34} written and shown in {took:5.2f} s, {computed:5.2f} s of it computed"
            f"   longest without events {longest:6.1f}",
            flush=True,
        )


def main(folder: Path) -> None:
    """Measure, and leave the library as it was."""
    run = Run(folder)
    window, papers = run.window, run.window.pane.papers
    run.go("queue:inbox")
    edits = 0
    print(f"{len(papers.papers.ids):,} papers in the Inbox")
    run.measure("j in the list", lambda: run.key("j"), 40)
    run.measure("e in the list", lambda: run.key("e"), 15)
    edits += 15
    run.measure("into triage and out", lambda: (run.key("t", CTRL), run.key(Qt.Key.Key_Escape)), 10)  # type: ignore[arg-type]
    run.key("t", CTRL)
    run.measure("j in triage", lambda: run.key("j"), 60)
    for key in "eur":
        run.measure(f"{key} in triage", lambda key=key: run.key(key), 15)  # type: ignore[misc]
    run.measure("e in triage, as fast as it goes", lambda: run.key("e"), 100, burst=True)
    edits += 145
    run.measure("Ctrl+Z in triage", lambda: run.key("z", CTRL), 10)
    edits -= 10
    run.key(Qt.Key.Key_Escape)
    run.settle()
    for _ in range(edits):
        run.key("z", CTRL)
    run.settle()
    run.go("view:all")
    run.measure("Ctrl+A", lambda: run.key("a", CTRL), 10)
    run.measure("into focus and out", lambda: (run.key("f"), run.key("f")), 10)  # type: ignore[arg-type]
    run.go("queue:inbox")
    back_and_forward = cycle((Qt.Key.Key_Left, Qt.Key.Key_Right))
    run.measure("back and forward", lambda: run.key(next(back_and_forward), Qt.KeyboardModifier.AltModifier), 10)
    run.go("view:all")
    ids = list(papers.papers.ids[:MANY])
    run.timed(f"tag {len(ids):,}", lambda: window._editing.tag(ids, frozenset(["bench"]), frozenset(), ""))
    run.timed("undo it", lambda: run.key("z", CTRL))
    run.key("a", CTRL)
    run.timed(f"star {len(papers.papers.ids):,}", lambda: run.key("s"))
    run.timed("undo it", lambda: run.key("z", CTRL))
    window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
