"""From the key to the list: how long a letter typed into the search field takes until its answer is painted.

    python tests/bench/keystroke.py LIBRARY [QUERIES]

LIBRARY is an existing, indexed library. Pieces of two to four words, drawn from its titles with a fixed seed, are typed
letter by letter into the window (offscreen unless QT_QPA_PLATFORM says otherwise), with a pause after each answer as
between the letters of a fast typist. Prints milliseconds: the very first letter after the start, then median, 95th
percentile and worst of all others, and the same for the parts that a letter goes through. What a machine gives changes
from minute to minute, so before each query is measured how many times as long as on a quiet desktop machine painting
and sorting take; the second line has the times divided by that.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from readinglist.library import Library
from readinglist.ui import searching
from readinglist.ui.app import open_window
from readinglist.ui.paper_list import PaperList
from readinglist.ui.presenter import Presenter
from readinglist.ui.searching import Listing, Question
from readinglist.ui.window import MainWindow
from tests.ui.stalls import slowness

_SEED = 20
_PAUSE_MS = 60
_TO_THE_FIELD_MS = 600  # nobody types sooner after the first list
_PATIENCE_MS = 5_000
_STAGES = ("to the lane", "in the lane", "back from it", "into the model", "to the paint", "painting")


class Stopwatch:
    """Notes when a letter reaches each stage; the window's own methods tell it."""

    def __init__(self) -> None:
        self.text = ""
        self.at: dict[str, float] = {}
        self.loop = QEventLoop()

    def press(self, window: MainWindow, letter: str) -> dict[str, float] | None:
        """Type one letter; return the times of its stages in seconds, or None when it asks nothing new."""
        line = window.pane.search.line
        before = line.text()
        self.text = before + letter
        if self.text.strip() == before.strip():
            QTest.keyClicks(line, letter)
            self.wait(_PAUSE_MS)
            return None
        self.at = {"key": time.perf_counter()}
        QTest.keyClicks(line, letter)
        patience = QTimer()
        patience.setSingleShot(True)
        patience.timeout.connect(self.loop.quit)
        patience.start(_PATIENCE_MS)
        self.loop.exec()
        if "painted" not in self.at:
            raise SystemExit(f"no list was painted for {self.text!r}")
        stages, self.at = self.at, {}
        self.wait(_PAUSE_MS)
        return stages

    def wait(self, pause_ms: int) -> None:
        """Let the window do what it has to, as between two letters."""
        loop = QEventLoop()
        QTimer.singleShot(pause_ms, loop.quit)
        loop.exec()

    def note(self, stage: str) -> None:
        """Note that the letter that is waited for has come to `stage`."""
        if self.at:
            self.at[stage] = time.perf_counter()

    def hook(self) -> None:
        """Be told by the lane, the window and the list."""
        watch = self
        answer: Callable[[Library, Question], Any] = searching.answer
        listed: Callable[[Presenter, Listing], None] = Presenter._on_listed
        paint: Callable[[PaperList, QPaintEvent], None] = PaperList.paintEvent

        def timed_answer(library: Library, question: Question) -> Any:
            mine = question.text == watch.text
            if mine:
                watch.note("asked")
            found = answer(library, question)
            if mine:
                watch.note("answered")
            return found

        def timed_listed(presenter: Presenter, listing: Listing) -> None:
            mine = listing.question.text == watch.text
            if mine:
                watch.note("back")
            listed(presenter, listing)
            if mine:
                watch.note("listed")
                if not listing.hits.ids:  # the list itself is not shown
                    QTimer.singleShot(0, watch.end)

        def timed_paint(view: PaperList, event: QPaintEvent) -> None:
            mine = "listed" in watch.at
            if mine:
                watch.note("paint")
            paint(view, event)
            if mine:
                watch.end()

        searching.answer = timed_answer
        Presenter._on_listed = timed_listed  # type: ignore[method-assign]
        PaperList.paintEvent = timed_paint  # type: ignore[method-assign]

    def end(self) -> None:
        """The answer is on the screen."""
        if self.at and "painted" not in self.at:
            self.at.setdefault("paint", time.perf_counter())
            self.note("painted")
            self.loop.quit()


def queries(folder: Path, count: int) -> list[str]:
    """Return pieces of titles, two to four words each."""
    chance = random.Random(_SEED)
    with Library.open(folder) as library:
        ids = library.search().ids
        titles = [paper.title for paper in library.papers(sorted(chance.sample(ids, min(len(ids), 4 * count))))]
    found = []
    for title in titles:
        words = title.lower().split()
        length = chance.randint(2, 4)
        first = chance.randrange(max(1, len(words) - length))
        piece = " ".join(words[first : first + length])
        if len(words) >= 2 and piece.isascii() and not set(piece) & set('"():*~|'):
            found.append(piece)
    return found[:count]


def main(folder: Path, count: int) -> None:
    """Type, and print."""
    typed = queries(folder, count)
    app = QApplication([])
    watch = Stopwatch()
    watch.hook()
    window = open_window(folder)
    window.resize(1440, 900)
    while not window.idle():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
    watch.wait(_TO_THE_FIELD_MS)
    window.pane.search.focus()
    totals: list[float] = []
    quiet: list[float] = []
    slownesses: list[float] = []
    stages: dict[str, list[float]] = defaultdict(list)
    slow: list[tuple[float, str]] = []
    for query in typed:
        slownesses.append(slowness())
        for letter in query:
            at = watch.press(window, letter)
            if at is None:
                continue
            times = list(at.values())
            totals.append((times[-1] - times[0]) * 1000)
            quiet.append(totals[-1] / slownesses[-1])
            slow.append((totals[-1], watch.text))
            for name, begun, ended in zip(_STAGES, times, times[1:], strict=False):
                stages[name].append((ended - begun) * 1000)
        window.pane.search.clear()
        watch.wait(2 * _PAUSE_MS)
    window.close()
    first, rest = totals[0], totals[1:]
    print(f"{len(totals)} letters of {len(typed)} queries; the first one took {first:.1f} ms")
    times_as_slow = f"{min(slownesses):.1f} to {max(slownesses):.1f}"
    print(f"this machine: {times_as_slow} times as slow as a quiet one, {statistics.median(slownesses):.1f} mostly\n")
    print(f"{'':18}{'median':>8}{'p95':>8}{'worst':>8}   ms")
    both = {"key to painted": rest, " on a quiet one": quiet[1:]}
    for name, times in {**both, **{f"  {n}": t[1:] for n, t in stages.items()}}.items():
        print(f"{name:18}{statistics.median(times):8.1f}{_p95(times):8.1f}{max(times):8.1f}")
    print("\nslowest: " + ", ".join(f"{text!r} {took:.0f}" for took, text in sorted(slow, reverse=True)[:8]))


def _p95(times: list[float]) -> float:
    return sorted(times)[len(times) * 95 // 100]


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 40)
