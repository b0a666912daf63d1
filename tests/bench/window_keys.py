"""How long a reader waits: for keys in the list and in triage, scrolling, sorting, other views, thousands at once.

    python tests/bench/window_keys.py LIBRARY [FILE]

LIBRARY is an existing library; work on a copy, it is edited and the edits are undone. FILE is imported at the end while
keys are pressed, and taken back. Prints, in milliseconds, for each key: until what it asks for is painted (median, 95th
percentile, worst), how much of that the window's thread computed (median; the rest is lanes and other programs), and
the longest turn of the event loop until all was written and counted: as it was felt (see `tests/ui/stalls.py`), and by
the clock. First and last, how many times as slow as a quiet desktop machine this one is. How long a letter typed takes
to its painted list: `keystroke.py`; the start: `window_start.py`.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from readinglist.ui.app import open_window
from readinglist.ui.window import MainWindow
from tests.ui.stalls import Watchdog, slowness

CTRL = Qt.KeyboardModifier.ControlModifier
NO_KEY = Qt.KeyboardModifier.NoModifier
MANY = 10_000


class Run:
    """A window that keys are pressed in."""

    def __init__(self, folder: Path) -> None:
        self.app = QApplication([])
        self.window: MainWindow = open_window(folder)
        self.window.resize(1440, 900)
        self.window.activateWindow()
        self.watchdog = Watchdog()
        self._taken: dict[str, list[tuple[float, float]]] = {}
        self._felt: dict[str, list[tuple[float, float]]] = {}
        self.settle()

    def wait(self, true: Callable[[], bool]) -> None:
        """Let the event loop run as in the program until something holds; it is asked every 5 ms."""
        loop = QEventLoop()
        looking = QTimer(interval=5)
        looking.timeout.connect(lambda: loop.quit() if true() else None)
        looking.start()
        loop.exec()

    def settle(self) -> None:
        """Wait until the window has nothing left to do."""
        for _ in range(2):
            self.wait(self.window.idle)

    def go(self, view: str) -> None:
        """Go to a list."""
        self.window.go_to(view)
        self.settle()
        self.window.pane.papers.setFocus()

    def show(self) -> None:
        """Paint what is seen of list and paper."""
        for part in (self.window.pane.papers.viewport(), self.window.reader):
            if part.isVisible():
                part.repaint()

    def key(self, key: str | Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
        """Press a key and paint what is seen."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.show()

    def listed(self, do: Callable[[], object]) -> None:
        """Do what asks for another list, and wait until that is painted."""
        answers: list[object] = []
        connection = self.window._searching.listed.connect(answers.append)
        do()
        while not answers:
            self.app.processEvents(
                QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
            )
        self.window._searching.listed.disconnect(connection)
        self.show()

    def measure(self, name: str, press: Callable[[], object], times: int, *, burst: bool = False) -> None:
        """Do something some times, each time until all is written unless in a `burst`; print what it took."""
        painted, computed = [], []
        felt, clock = 0.0, 0.0
        for _ in range(times):
            self.watchdog.start()
            begun, thread = time.perf_counter(), time.thread_time()
            press()
            painted.append((time.perf_counter() - begun) * 1000)
            computed.append((time.thread_time() - thread) * 1000)
            if burst:
                self.app.processEvents()
            else:
                self.settle()
            felt = max(felt, self.watchdog.stop().felt_ms)
            clock = max(clock, *self.watchdog.clock)
        self.settle()
        painted.sort()
        computed.sort()
        print(
            f"{name:34} p50 {painted[times // 2]:6.1f}  p95 {painted[times * 95 // 100]:6.1f}  worst {painted[-1]:6.1f}"
            f"   computed {computed[times // 2]:6.1f}   longest turn {felt:6.1f}, {clock:6.1f} by the clock",
            flush=True,
        )

    def timed(self, name: str, do: Callable[[], object], back: Callable[[], object], times: int) -> None:
        """Do one thing and take it back, some times; print how long it takes until it is written, and all is shown."""
        acts = {name: do, "  and take it back": back}
        self._taken = {what: [] for what in acts}
        self._felt = {what: [] for what in acts}
        for _ in range(times):
            for what, act in acts.items():
                done: list[float] = []
                connection = self.window._editing.done.connect(lambda _: done.append(time.perf_counter()))  # noqa: B023
                self.watchdog.start()
                begun = time.perf_counter()
                act()
                self.wait(lambda: bool(done))  # noqa: B023
                self.settle()
                shown = time.perf_counter()
                self._felt[what].append((self.watchdog.stop().felt_ms, max(self.watchdog.clock)))
                self.window._editing.done.disconnect(connection)
                self._taken[what].append((done[0] - begun, shown - begun))
        for what, taken in self._taken.items():
            written, shown_s = sorted(w for w, _ in taken), sorted(s for _, s in taken)
            most = times * 95 // 100
            print(
                f"{what:34} written p50 {written[times // 2]:5.2f} s  p95 {written[most]:5.2f} s   and all counted anew"
                f" p50 {shown_s[times // 2]:5.2f} s  p95 {shown_s[most]:5.2f} s   longest turn"
                f" {max(f for f, _ in self._felt[what]):6.1f}, {max(c for _, c in self._felt[what]):6.1f} by the clock",
                flush=True,
            )


def main(folder: Path, file: Path | None) -> None:
    """Measure, and leave the library as it was."""
    run = Run(folder)
    window, papers = run.window, run.window.pane.papers
    run.go("queue:inbox")
    edits = 0
    print(f"{len(papers.papers.ids):,} papers in the Inbox, a machine {slowness():.1f} times as slow as a quiet one")
    run.measure("j in the list", lambda: run.key("j"), 40)
    run.measure("page down", lambda: run.key(Qt.Key.Key_PageDown), 40)
    run.measure("e in the list", lambda: run.key("e"), 15)
    edits += 15
    run.measure("into triage and out", lambda: (run.key("t", CTRL), run.key(Qt.Key.Key_Escape)), 10)
    run.key("t", CTRL)
    run.measure("j in triage", lambda: run.key("j"), 40)
    for key in "eur":
        run.measure(f"{key} in triage", lambda key=key: run.key(key), 15)  # type: ignore[misc]
    run.measure("e in triage, as fast as it goes", lambda: run.key("e"), 60, burst=True)
    edits += 105
    run.measure("Ctrl+Z in triage", lambda: run.key("z", CTRL), 10)
    edits -= 10
    run.key(Qt.Key.Key_Escape)
    run.settle()
    for _ in range(edits):
        run.key("z", CTRL)
    run.settle()
    run.go("view:all")
    run.measure("Ctrl+A", lambda: run.key("a", CTRL), 20)
    run.measure("into focus and out", lambda: (run.key("f"), run.key("f")), 10)
    run.go("view:all")
    sorts = cycle(f"actionSort{name}" for name in ("Title", "Year", "Oldest", "Added"))
    run.measure("sort", lambda: run.listed(window.actions_by_name[next(sorts)].trigger), 20)
    views = cycle(f"actionGo{name}" for name in ("Next", "Inbox", "Read", "All"))
    run.measure("another list", lambda: run.listed(window.actions_by_name[next(views)].trigger), 20)
    back_and_forward = cycle((Qt.Key.Key_Left, Qt.Key.Key_Right))
    run.measure("back and forward", lambda: run.key(next(back_and_forward), Qt.KeyboardModifier.AltModifier), 10)
    run.go("view:all")
    ids, tag = list(papers.papers.ids[:MANY]), frozenset(["bench"])
    undo = window.actions_by_name["actionUndo"].trigger
    run.timed(f"tag {len(ids):,}", lambda: window._editing.tag(ids, tag, frozenset(), ""), undo, 9)
    every = list(papers.papers.ids)
    run.timed(f"star {len(every):,}", lambda: window._editing.star(every, True, ""), undo, 1)
    if file is not None:
        import_while_reading(run, file)
    print(f"a machine {slowness():.1f} times as slow as a quiet one")
    window.close()


def import_while_reading(run: Run, file: Path) -> None:
    """Take a file in while keys are pressed; take it back."""
    importing = run.window._arrivals.importing
    keys: list[float] = []
    run.watchdog.start()
    begun = time.perf_counter()
    importing._import([file], file.name, None, ())
    while importing.busy:
        pressed = time.perf_counter()
        run.key("j")
        keys.append((time.perf_counter() - pressed) * 1000)
        loop = QEventLoop()
        QTimer.singleShot(30, loop.quit)
        loop.exec()
    seconds = time.perf_counter() - begun
    worst = run.watchdog.stop()
    keys.sort()
    middle, most = keys[len(keys) // 2], keys[len(keys) * 95 // 100]
    print(
        f"j while an import runs ({seconds:.1f} s)  p50 {middle:6.1f}  p95 {most:6.1f}"
        f"  worst {keys[-1]:6.1f}   longest turn {worst.felt_ms:6.1f}, {max(run.watchdog.clock):6.1f} by the clock"
    )
    run.settle()
    run.window.actions_by_name["actionUndo"].trigger()
    run.settle()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
