"""Many papers at once: selected without a look at each, edited with progress, stopped, undone."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from readinglist.library import Library
from readinglist.paper import Status

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
COUNT = 2_400


@pytest.fixture
def crowd(make_bench: Callable[[list[dict[str, object]]], Bench]) -> Bench:
    """Return a window on so many papers that an edit of all of them is watched."""
    bench = make_bench([{"title": f"Paper {n:04}"} for n in range(COUNT)])
    bench.go("queue:inbox")
    return bench


def selected(bench: Bench) -> str:
    label = bench.find("selectedCount")
    assert isinstance(label, QLabel)
    return label.text()


def test_the_count_of_what_is_selected_stands_in_the_status_line(bench: Bench) -> None:
    bench.go("view:all")
    assert selected(bench) == ""
    papers = bench.window.pane.papers
    bench.key(Qt.Key.Key_Down, SHIFT)
    bench.key(Qt.Key.Key_Down, SHIFT)
    bench.settle()
    assert selected(bench) == "3 selected"
    header = papers.verticalHeader()
    point = QPoint(50, header.sectionViewportPosition(4) + 20)
    QTest.mouseClick(papers.viewport(), Qt.MouseButton.LeftButton, CTRL, point)
    bench.settle()
    assert selected(bench) == "4 selected"
    bench.key("a", CTRL)
    bench.settle()
    assert selected(bench) == "6 selected"
    bench.key("j")
    bench.settle()
    assert selected(bench) == ""


def test_everything_is_selected_without_reading_it(crowd: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    model = crowd.window.pane.papers.papers
    fetch = model._fetch
    monkeypatch.setattr(model, "_fetch", lambda ids: asked.append(len(ids)) or fetch(ids))
    crowd.key("a", CTRL)
    crowd.settle()
    assert selected(crowd) == f"{COUNT:,} selected"
    assert sum(asked) < 200


def test_an_edit_of_many_shows_how_far_it_is_and_one_undo_takes_it_back(crowd: Bench) -> None:
    steps: list[tuple[int, int | None]] = []

    def watch(shown: object) -> None:
        work = shown.work  # type: ignore[attr-defined]
        if work is not None:
            steps.append((work.step.done, work.step.total))

    crowd.window._editing.work_changed.connect(watch)
    crowd.key("a", CTRL)
    crowd.key("u")
    crowd.settle()
    assert steps
    assert {total for _, total in steps} == {COUNT}
    assert not crowd.find("progressBar").isVisible()
    assert f"{COUNT:,} papers" in crowd.window.pane.toast.text()
    undo = crowd.find("undoButton")
    assert isinstance(undo, QAbstractButton)
    with crowd.library() as library:
        assert library.counts().next == COUNT
    undo.click()
    crowd.settle()
    with crowd.library() as library:
        assert library.counts().inbox == COUNT


def test_an_edit_of_many_can_be_stopped_and_then_nothing_is_done(crowd: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = Library._wanted

    def slow(*args: object, **more: object) -> object:
        time.sleep(0.05)
        return wanted(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Library, "_wanted", slow)
    crowd.key("a", CTRL)
    crowd.key("e")
    cancel = crowd.find("cancelButton")
    assert isinstance(cancel, QAbstractButton)
    crowd.qtbot.waitUntil(cancel.isVisible, timeout=3_000)
    cancel.click()
    crowd.settle()
    assert not cancel.isVisible()
    assert "Nothing was changed" in crowd.window.pane.toast.text()
    with crowd.library() as library:
        assert library.counts().inbox == COUNT


def test_the_window_answers_while_many_are_edited(crowd: Bench) -> None:
    crowd.key("a", CTRL)
    crowd.key("s")
    papers = crowd.window.pane.papers
    papers.select_row(10)
    crowd.key("j")
    assert papers.currentIndex().row() == 11
    crowd.settle()
    assert papers.currentIndex().row() == 11
    with crowd.library() as library:
        assert library.counts().starred == COUNT


def test_a_key_pressed_meanwhile_comes_after_it(crowd: Bench) -> None:
    crowd.key("a", CTRL)
    crowd.key("s")
    crowd.window.pane.papers.select_row(0)
    number = crowd.window.pane.papers.current_id()
    crowd.key("e")
    crowd.key(Qt.Key.Key_Z, CTRL)
    crowd.settle()
    assert number is not None
    with crowd.library() as library:
        assert library.paper(number).status is Status.INBOX
        assert library.counts().starred == COUNT
