"""The command palette, by keys and mouse, in the real window."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from readinglist.paper import Status
from readinglist.ui import finder
from readinglist.ui.palette import Palette
from tests.ui.conftest import Bench
from tests.ui.stalls import slowness

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(bench: Bench) -> Palette:
    bench.key(Qt.Key.Key_K, CTRL)
    palette = bench.find("commandPalette")
    assert isinstance(palette, Palette)
    assert palette.isVisible()
    assert QApplication.focusWidget() is palette.line
    return palette


def titles(palette: Palette) -> list[str]:
    return [found.entry.title for found in palette.model.rows]


def take(bench: Bench, typed: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), typed)
    bench.key(Qt.Key.Key_Return)
    QApplication.processEvents()
    bench.settle()


def test_enter_does_what_was_found(bench: Bench) -> None:
    bench.go("queue:next")
    bench.window.pane.papers.select_row(1)
    title = bench.current()
    palette = opened(bench)
    take(bench, "archiv")
    assert not palette.isVisible()
    with bench.library() as library:
        assert [paper.title.split()[0] for paper in library.papers(library.search("is:archived").ids)] == [title]


def test_escape_and_the_same_key_give_the_focus_back(bench: Bench) -> None:
    bench.go("view:all")
    for widget in (bench.window.pane.papers, bench.window.pane.search.line, bench.window.sidebar):
        widget.setFocus()
        palette = opened(bench)
        bench.key(Qt.Key.Key_Escape)
        assert not palette.isVisible()
        assert QApplication.focusWidget() is widget
        opened(bench)
        bench.key(Qt.Key.Key_K, CTRL)
        assert not palette.isVisible()
        assert QApplication.focusWidget() is widget


def test_it_opens_over_a_note_without_deleting_what_is_written(bench: Bench) -> None:
    bench.go("view:all")
    bench.do("actionNote")
    note = QApplication.focusWidget()
    QTest.keyClicks(note, "fog")
    bench.key(Qt.Key.Key_Home)
    opened(bench)
    bench.key(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is note
    QTest.keyClicks(note, "thick ")
    bench.settle()
    with bench.library() as library:
        assert [paper.note for paper in library.papers(library.search("note:fog").ids)] == ["thick fog"]


def test_tags_and_lists_are_gone_to(bench: Bench) -> None:
    opened(bench)
    take(bench, "fish")
    assert bench.titles() == ["Four"]
    assert bench.window.sidebar.current_view().title == "fish"  # type: ignore[union-attr]
    assert QApplication.focusWidget() is bench.window.pane.papers
    opened(bench)
    take(bench, "go up next")
    assert bench.titles() == ["Four", "Ropes", "Knots"]


def test_a_saved_search_is_found(bench: Bench) -> None:
    with bench.library() as library:
        library.save_search("old rope", "ropes")
    bench.settle()
    bench.qtbot.waitUntil(lambda: bench.window.sidebar.view("search:old rope") is not None)
    opened(bench)
    take(bench, "orope")
    assert bench.titles() == ["Ropes"]


def test_papers_looked_at_come_back(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.go("queue:next")
    bench.window.pane.papers.select_row(2)
    looked_at = bench.current()
    bench.qtbot.wait(finder._LOOKED_AT_MS + 100)
    bench.go("queue:read")
    assert looked_at not in bench.titles()
    assert looked_at in titles(opened(bench))
    take(bench, "knot")
    assert bench.current() == looked_at == "Knots"
    assert bench.window.sidebar.current_view().key == "queue:next"  # type: ignore[union-attr]


def test_the_last_row_searches(bench: Bench) -> None:
    palette = opened(bench)
    QTest.keyClicks(palette.line, "herring")
    bench.key(Qt.Key.Key_Up)  # round to the last
    bench.key(Qt.Key.Key_Return)
    bench.settle()
    assert bench.window.pane.search.text() == "herring"
    assert bench.titles() == ["Four"]


def test_arrows_move_and_the_row_is_read_out(bench: Bench) -> None:
    palette = opened(bench)
    QTest.keyClicks(palette.line, "archi")
    first = palette.current()
    bench.key(Qt.Key.Key_Down)
    second = palette.current()
    assert first is not None
    assert second is not None
    assert first != second
    assert palette.line.accessibleDescription().startswith(second.title)
    bench.key(Qt.Key.Key_PageUp)
    assert palette.current() == first
    assert "key" in palette.line.accessibleDescription()


def test_a_click_takes_a_row(bench: Bench) -> None:
    bench.go("queue:next")
    palette = opened(bench)
    QTest.keyClicks(palette.line, "star")
    row = 1
    place = palette.list.visualRect(palette.model.index(row)).center()
    taken = palette.model.rows[row].entry
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not palette.isVisible()
    assert bench.window._memory.used[0] == taken.key


def test_what_cannot_be_done_is_not_done(empty_bench: Bench) -> None:
    palette = opened(empty_bench)
    QTest.keyClicks(palette.line, "star")
    index = next(n for n, found in enumerate(palette.model.rows) if found.entry.key == "action:actionStar")
    for _ in range(index):
        empty_bench.key(Qt.Key.Key_Down)
    empty_bench.key(Qt.Key.Key_Return)
    assert palette.isVisible()
    assert "cannot be done now" in palette.line.accessibleDescription()


def test_used_commands_are_remembered_to_the_next_run(bench: Bench) -> None:
    opened(bench)
    take(bench, "compact")
    bench.window.close()
    bench.open()
    palette = opened(bench)
    assert titles(palette)[0] == "Compact rows"
    assert palette.model.rows[0].entry.checked


def test_it_is_quick_with_thousands_of_tags(make_bench: Callable[[list[dict[str, object]]], Bench]) -> None:
    papers: list[dict[str, object]] = [
        {"title": f"Paper {n}", "tags": [f"area {n % 7}/topic {n}-{m}" for m in range(20)]} for n in range(100)
    ]
    bench = make_bench(papers)
    opened(bench)
    bench.key(Qt.Key.Key_Escape)
    times = []  # of this thread: others may be at work on this machine
    for _ in range(3):
        begun = time.thread_time()
        palette = opened(bench)
        QApplication.processEvents()
        times.append(time.thread_time() - begun)
        bench.key(Qt.Key.Key_Escape)
    slow = slowness()
    assert min(times) / slow < 0.05
    opened(bench)
    keys = []
    for letter in "topic 9-1":
        begun = time.thread_time()
        QTest.keyClick(palette.line, letter)
        QApplication.processEvents()
        keys.append(time.thread_time() - begun)
    assert sorted(keys)[len(keys) // 2] / max(slow, slowness()) < 0.016
    assert titles(palette)[0].startswith("area ")


def test_statuses_taken_from_the_palette_are_one_undo_each(bench: Bench) -> None:
    bench.go("queue:next")
    number = bench.window.pane.papers.current_id()
    opened(bench)
    take(bench, "read")  # the action, above the list of the same name
    opened(bench)
    take(bench, "undo")
    with bench.library() as library:
        assert number is not None
        assert library.paper(number).status is Status.NEXT
        assert [entry.kind for entry in library.history(2)] == ["undo", "edit"]
