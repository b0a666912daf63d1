"""Focus: only the reader, until it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from readinglist.paper import Status

if TYPE_CHECKING:
    from tests.ui.conftest import Bench


def focused(bench: Bench) -> bool:
    return not bench.find("paperList").isVisible() and bench.find("reader").isVisible()


@pytest.mark.parametrize("leave", ["f", Qt.Key.Key_Escape])
def test_f_leaves_only_the_reader_and_comes_back(bench: Bench, leave: str | Qt.Key) -> None:
    bench.go("view:all")
    widths = bench.window.frame.widths()
    bench.key("f")
    bench.settle()
    assert focused(bench)
    assert not bench.find("sidebar").isVisible()
    assert not bench.find("readerBar").isVisible()
    reader, abstract = bench.find("reader"), bench.find("abstractView")
    assert reader.width() == bench.window.width()
    assert abstract.mapTo(reader, abstract.rect().topLeft()).x() > 150  # wide margins
    bench.key(leave)
    bench.settle()
    assert not focused(bench)
    assert bench.find("sidebar").isVisible()
    assert bench.find("readerBar").isVisible()
    assert bench.window.frame.widths() == widths
    assert bench.window.pane.papers.hasFocus()


def test_j_and_k_go_on_in_focus(bench: Bench) -> None:
    bench.go("queue:next")
    bench.key("f")
    bench.key("j")
    bench.settle()
    label = bench.find("titleLabel")
    assert label.text() == "Ropes"  # type: ignore[attr-defined]
    bench.key("k")
    bench.settle()
    assert label.text().startswith("Four")  # type: ignore[attr-defined]
    assert focused(bench)


def test_what_is_done_in_focus_is_told_there(bench: Bench) -> None:
    bench.go("queue:next")
    number = bench.window.pane.papers.current_id()
    bench.key("f")
    bench.key("e")
    bench.settle()
    toast = bench.window.pane.toast
    assert toast.isVisible()
    assert bench.find("reader").isAncestorOf(toast)
    assert number is not None
    with bench.library() as library:
        assert library.paper(number).status is Status.ARCHIVED
    bench.key("f")
    bench.settle()
    assert bench.current() == "Ropes"


def test_escape_leaves_the_note_first(bench: Bench) -> None:
    bench.go("queue:next")
    bench.key("f")
    bench.key("n")
    QTest.keyClicks(QApplication.focusWidget(), "a fish f")
    bench.key(Qt.Key.Key_Escape)
    bench.settle()
    assert focused(bench)
    bench.key(Qt.Key.Key_Escape)
    bench.settle()
    assert not focused(bench)


@pytest.mark.parametrize("keys", ["gu", "/"])
def test_going_to_a_list_leaves_focus(bench: Bench, keys: str) -> None:
    bench.key("f")
    for key in keys:
        bench.key(key)
    bench.settle()
    assert not focused(bench)


def test_narrow_window_keeps_its_sidebar_folded_after_focus(bench: Bench) -> None:
    bench.window.resize(900, 700)
    bench.settle()
    bench.key("f")
    bench.key("f")
    bench.settle()
    assert not bench.find("sidebar").isVisible()


def test_triage_from_focus_and_closing_in_focus(bench: Bench) -> None:
    widths = bench.window.frame.widths()
    bench.go("queue:inbox")
    bench.key("f")
    bench.key("t", Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    assert bench.find("triageView").isVisible()
    bench.key(Qt.Key.Key_Escape)
    bench.key("f")
    bench.settle()
    bench.window.close()
    bench.open()
    assert not focused(bench)
    assert bench.find("sidebar").isVisible()
    assert bench.window.frame.widths() == widths
