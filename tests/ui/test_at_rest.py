"""A window in which nothing happens does nothing: it paints nothing, no timer ticks, no processor is used.

A label that asked to be painted again in its own painting once kept a core busy in a window at rest, and no test of
what it showed could tell. What ticks by right is named here; carets do not blink, so that they need not be told apart.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from readinglist.ui.collector import Collector
from readinglist.ui.views import built_in_views
from readinglist.ui.watch import Watch
from tests.ui.conftest import Bench

LOOKED_AT_S = 1.0
PATIENCE_S = 12.0
"""What is done once after a while (to be ready for a search) may come first; what has no end is in every second."""

PROCESSOR_S = 0.05
"""Of a second: for what ticks by right, and for looking at it."""

BY_RIGHT = {Collector: 25, Watch: 4}
"""How often the timers may tick in a second that are never still."""

PAGES = [view.key for view in built_in_views() if view.kind == "page"]


@dataclass(slots=True)
class Done:
    """What was done in a while: what was painted and which timers ticked, by class, and seconds of the processor."""

    paints: Counter[str] = field(default_factory=Counter)
    ticks: Counter[type[QObject]] = field(default_factory=Counter)
    processor_s: float = 0.0

    def too_much(self) -> str:
        """Return what should not have been done; "" when nothing is too much."""
        ticks = {kind: times for kind, times in self.ticks.items() if times > BY_RIGHT.get(kind, 0)}
        too_long = self.processor_s > PROCESSOR_S
        if not (self.paints or ticks or too_long):
            return ""
        return f"painted {self.paints}, ticked {ticks}, {self.processor_s:.3f} s of the processor"


class Onlooker(QObject):
    """Counts what is done while it looks."""

    def __init__(self) -> None:
        super().__init__()
        self.done = Done()

    def look(self) -> Done:
        """Look for a second, without asking the window for anything."""
        self.done = Done()
        loop = QEventLoop()
        end = QTimer()
        end.setSingleShot(True)
        end.timeout.connect(loop.quit)
        end.setObjectName("end")
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        begun = time.process_time()
        end.start(round(LOOKED_AT_S * 1000))
        loop.exec()
        self.done.processor_s = time.process_time() - begun
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        return self.done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count (QObject)."""
        if event.type() in (QEvent.Type.Paint, QEvent.Type.UpdateRequest, QEvent.Type.LayoutRequest):
            self.done.paints[f"{type(watched).__name__} {watched.objectName()}"] += 1
        elif event.type() is QEvent.Type.Timer and watched.objectName() != "end":
            owner = watched.parent() if isinstance(watched, QTimer) else None
            self.done.ticks[type(owner if owner is not None else watched)] += 1
        return False


def excess_at_rest(bench: Bench) -> str:
    """Return what the window does though nothing happens; "" as soon as it did nothing for a second."""
    bench.settle()
    onlooker = Onlooker()
    until = time.monotonic() + PATIENCE_S
    while (excess := onlooker.look().too_much()) and time.monotonic() < until:
        pass
    return excess


@pytest.fixture(autouse=True)
def still_caret() -> Iterator[None]:
    """Let no caret blink."""
    before = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    yield
    QApplication.setCursorFlashTime(before)


def test_a_window_with_a_paper_chosen_does_nothing(bench: Bench) -> None:
    bench.go("view:all")
    assert bench.current()
    assert excess_at_rest(bench) == ""


@pytest.mark.parametrize("query", ["bias", "title:herring", "histry", "zzzzqq", "is:foo"])
def test_a_search_with_marks_or_without_an_answer_does_nothing(bench: Bench, query: str) -> None:
    bench.type(query)
    assert excess_at_rest(bench) == ""


@pytest.mark.parametrize("key", PAGES)
def test_an_open_page_does_nothing(bench: Bench, key: str) -> None:
    bench.go(key)
    assert bench.window._pages.is_open
    assert excess_at_rest(bench) == ""


@pytest.mark.parametrize(
    "action",
    [
        *("actionNote", "actionTag", "actionTriageList", "actionFocus", "actionThemeDark", "actionStar"),
        *("actionKeys", "actionSettings", "actionPalette", "actionToLater", "actionDuplicates"),
    ],
)
def test_what_was_opened_or_done_does_nothing_more(bench: Bench, action: str) -> None:
    bench.go("view:all")
    bench.do(action)
    assert excess_at_rest(bench) == ""


class Restless(QWidget):
    """Asks at every painting to be painted again."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ask again (QWidget)."""
        self.update()


def test_painting_without_end_is_seen(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.PATIENCE_S", 2.0)
    restless = Restless(bench.window)
    restless.setGeometry(0, 0, 20, 20)
    restless.show()
    assert "Restless" in excess_at_rest(bench)


def test_a_timer_that_is_never_still_is_seen(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.PATIENCE_S", 2.0)
    timer = QTimer(bench.window)
    timer.start(200)
    assert "MainWindow" in excess_at_rest(bench)
    timer.stop()


def test_a_thread_that_computes_without_end_is_seen(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    monkeypatch.setattr(f"{__name__}.PATIENCE_S", 2.0)
    ended = threading.Event()

    def compute() -> None:
        while not ended.is_set():
            sum(range(10_000))

    thread = threading.Thread(target=compute)
    thread.start()
    try:
        assert excess_at_rest(bench)
    finally:
        ended.set()
        thread.join()
