"""How long the window takes from the start of the process to its first painted list, and a page scroll after that.

    python tests/bench/window_start.py LIBRARY [RUNS]

LIBRARY is an existing library (`readinglist --library LIBRARY import FILE` makes one). Ours is started as people start
it, with its command line. An empty PySide6 window is started in turn with it, so that the machine's mood hits both.
Prints milliseconds: median and worst of RUNS (7).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

_EMPTY = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow, QLabel
class Label(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time(), flush=True)
        QApplication.exit(0)
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(Label("x"))
window.resize(1440, 900)
window.show()
app.exec()
"""

_OURS = """
import sys, time
from readinglist.cli import display
from readinglist.__main__ import main

def watched(loop):
    # Note when the list is painted with papers in it, then scroll, then go.
    from PySide6.QtCore import QEvent, QObject, Qt
    from PySide6.QtWidgets import QAbstractItemView, QApplication
    app = QApplication.instance()
    window = next(w for w in app.topLevelWidgets() if w.objectName() == "mainWindow")
    window.resize(1440, 900)
    view = window.findChild(QAbstractItemView, "paperList")
    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint and view.model().rowCount():
                app.exit(0)
            return False
    watch = Watch()
    view.viewport().installEventFilter(watch)
    loop()
    view.viewport().removeEventFilter(watch)
    view.viewport().repaint()
    print(time.time(), flush=True)
    from PySide6.QtTest import QTest
    while not window.idle():
        app.processEvents()
    times = []
    for _ in range(60):
        begun = time.perf_counter()
        QTest.keyClick(view, Qt.Key.Key_PageDown)
        view.viewport().repaint()
        times.append((time.perf_counter() - begun) * 1000)
        app.processEvents()
    print(" ".join(f"{t:.2f}" for t in times), flush=True)
    window.close()
    return 0

def why_no_display(environment, real=display.why_no_display):
    reason = real(environment)
    from PySide6.QtWidgets import QApplication  # what the program imports next
    loop = QApplication.exec
    QApplication.exec = staticmethod(lambda: watched(loop))
    return reason

display.why_no_display = why_no_display
sys.argv = ["readinglist", *sys.argv[1:]]
main()
"""


def main(library: Path, runs: int) -> None:
    """Start both in turn and print what they took."""
    starts: dict[str, list[float]] = {"empty PySide6 window": [], "readinglist, first painted list": []}
    scrolls: list[float] = []
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # would compile every module again at every start
    for _ in range(runs):
        for name, script, arguments in zip(starts, (_EMPTY, _OURS), ([], ["--library", str(library)]), strict=True):
            begun = time.time()
            done = subprocess.run(
                [sys.executable, "-c", script, *arguments],
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            )
            first, *rest = done.stdout.splitlines()
            starts[name].append((float(first) - begun) * 1000)
            if rest:
                scrolls += map(float, rest[0].split())
    for name, times in starts.items():
        print(f"{name:32} {statistics.median(times):7.0f} ms   worst {max(times):7.0f} ms")
    scrolls.sort()
    middle, most = scrolls[len(scrolls) // 2], scrolls[len(scrolls) * 95 // 100]
    print(f"{'page scroll, painted':32} {middle:7.1f} ms   p95   {most:7.1f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 7)
