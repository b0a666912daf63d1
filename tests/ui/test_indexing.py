"""The index is kept in step: a little in the window's own lane, much in a process."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from readinglist.errors import ReadingListError
from readinglist.library import Source
from readinglist.ui import indexing
from readinglist.ui.status_line import WorkShown

if TYPE_CHECKING:
    from tests.ui.conftest import Bench


def pour_in(bench: Bench, count: int) -> None:
    """Add papers as another process would."""
    papers = [{"title": f"Invented paper number {n}", "abstract": "Bassoon."} for n in range(count)]
    with bench.library() as library:
        library.import_([Source("many.jsonl", data="\n".join(map(json.dumps, papers)).encode())])


def write_note(bench: Bench) -> None:
    """Write a note, which is searched as text."""
    bench.go("queue:inbox")
    bench.key("n")
    QTest.keyClicks(QApplication.focusWidget(), "a bassoon")
    bench.settle()


def test_an_edit_is_in_the_index_when_the_window_is_idle(bench: Bench) -> None:
    write_note(bench)
    with bench.library() as library:
        assert library.pending() == 0
    bench.type("note:bassoon")
    assert len(bench.titles()) == 1


def test_what_edits_leave_in_the_index_is_folded_in_an_idle_moment(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglist.index.writing.segments_to_fold", lambda live: set())
    keeper, library = bench.window._indexing, bench.window._library
    write_note(bench)
    write_note(bench)
    segments = len(library._opened_index()._state.commit.segments)
    assert segments > 1
    assert keeper._idle.isActive()
    keeper._idle.start(1)
    bench.qtbot.waitUntil(lambda: len(library._opened_index()._state.commit.segments) == 1, timeout=5_000)
    bench.type("note:bassoon")
    assert len(bench.titles()) == 1


def test_a_large_backlog_is_worked_off_by_a_process(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "SMALL", 20)
    shown: list[WorkShown] = []
    bench.window._indexing.work_changed.connect(shown.append)
    pour_in(bench, 60)
    bench.settle()
    assert any(s.work is not None and s.work.step.total for s in shown)
    assert bench.window._indexing._in_process
    bench.type("bassoon")
    assert bench.window.pane._count.text() == "60 matches"


def test_closing_while_a_process_indexes_ends_it(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "SMALL", 1)
    pour_in(bench, 30)
    bench.qtbot.waitUntil(
        lambda: not bench.window.idle() and bench.window._indexing._process is not None, timeout=5_000
    )
    process = bench.window._indexing._process
    assert process is not None
    bench.window.close()
    assert process.state() == process.ProcessState.NotRunning


def test_a_failing_index_does_not_keep_the_window_busy(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> int:
        raise ReadingListError("The disk is full.")

    monkeypatch.setattr(bench.window._library, "update_index", fail)
    write_note(bench)
    assert bench.window._indexing._again_ms > 0
    bench.type("bassoon")
    assert len(bench.titles()) == 1


def test_without_a_process_the_lane_does_it(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "SMALL", 20)
    monkeypatch.setattr(indexing.sys, "executable", "/no/such/program")
    pour_in(bench, 60)
    bench.settle()
    assert not bench.window._indexing._in_process
    with bench.library() as library:
        assert library.pending() == 0
