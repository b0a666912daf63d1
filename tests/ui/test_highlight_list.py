"""The list of highlights by keys and mouse."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from readinglist.paper import Highlight
from readinglist.ui.highlight_list import HighlightList
from readinglist.ui.highlight_rows import HighlightPainter
from readinglist.ui.reader_events import HighlightEdited
from readinglist.ui.theme import DARK, LIGHT

FIRST = Highlight("a", "a short quote", "", "", 0, 13, "yellow", "why it matters", "")
SECOND = Highlight("b", "a quote that is longer " * 30, "", "", 20, 80, "green", None, "")
LOST = Highlight("c", "gone from the text", "", "", None, None, "blue", None, "")


class Bench:
    """A list in a window and what it told."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        self.window.resize(560, 400)
        self.list = HighlightList(LIGHT, self.window)
        self.list.setGeometry(0, 0, 540, 380)
        self.list.show_highlights([FIRST, SECOND, LOST])
        self.jumps: list[str] = []
        self.removed: list[str] = []
        self.edits: list[HighlightEdited] = []
        self.list.jump_wanted.connect(self.jumps.append)
        self.list.removed.connect(self.removed.append)
        self.list.edited.connect(self.edits.append)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.list.setFocus()

    def key(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.list, key)

    def click(self, row: int, from_right: int) -> None:
        rect = self.list.visualRect(self.list.model().index(row, 0))
        place = QPoint(rect.right() - from_right, rect.top() + 15)
        self.qtbot.mouseClick(self.list.viewport(), Qt.MouseButton.LeftButton, pos=place)

    @property
    def field(self) -> QLineEdit:
        found = self.list.indexWidget(self.list.currentIndex())
        assert isinstance(found, QLineEdit)
        return found


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_very_many_highlights_are_laid_out_in_steps(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    height = HighlightPainter.sizeHint
    monkeypatch.setattr(HighlightPainter, "sizeHint", lambda *args: (asked.append(1), height(*args))[1])
    made = HighlightList(LIGHT, bench.window)
    made.setGeometry(0, 0, 540, 380)
    many = [replace(FIRST, id=str(number), comment=str(number % 7)) for number in range(2_000)]
    made.show_highlights(many)
    made.show()
    made.doItemsLayout()
    assert len(asked) < 1_000
    last = made.model().index(1_999, 0)
    qtbot.waitUntil(lambda: made.visualRect(last).bottom() + 1 == made.height_for(540))


def test_the_height_of_all_rows_is_found_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    height = HighlightPainter.row_height
    monkeypatch.setattr(HighlightPainter, "row_height", lambda *args: (asked.append(1), height(*args))[1])
    before = bench.list.height_for(500)
    assert (bench.list.height_for(500), len(asked)) == (before, 3)
    assert bench.list.height_for(200) > before
    bench.list.show_highlights([FIRST])
    assert bench.list.height_for(200) < before
    bench.list.edit_comment("a")
    assert bench.list.height_for(500) == bench.list.visualRect(bench.list.currentIndex()).height()
    bench.list.set_theme(replace(LIGHT, scale=2.0))
    assert bench.list.height_for(500) > before / 3


def test_enter_jumps_to_the_place_and_delete_removes(bench: Bench) -> None:
    bench.list.go_to("a")
    bench.key(Qt.Key.Key_Down)
    bench.key(Qt.Key.Key_Return)
    bench.key(Qt.Key.Key_Delete)
    assert (bench.jumps, bench.removed) == (["b"], ["b"])


def test_a_digit_sets_the_colour(bench: Bench) -> None:
    bench.list.go_to("a")
    bench.key(Qt.Key.Key_1)
    bench.key(Qt.Key.Key_4)
    assert bench.edits == [HighlightEdited("a", "why it matters", "pink")]


def test_f2_edits_the_comment_and_enter_tells_it(bench: Bench) -> None:
    bench.list.go_to("a")
    bench.key(Qt.Key.Key_F2)
    assert bench.field.text() == "why it matters"
    bench.field.selectAll()
    bench.qtbot.keyClicks(bench.field, "ask Signe")
    bench.qtbot.keyClick(bench.field, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: bool(bench.edits))
    assert bench.edits == [HighlightEdited("a", "ask Signe", "yellow")]


def test_enter_in_a_comment_does_not_also_act_on_the_row(bench: Bench) -> None:
    bench.list.edit_comment("b")
    bench.qtbot.keyClicks(bench.field, "x")
    bench.qtbot.keyClick(bench.field, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: bool(bench.edits))
    assert bench.jumps == []
    assert bench.list.hasFocus()


def test_escape_leaves_a_comment_as_it_was(bench: Bench) -> None:
    bench.list.edit_comment("b")
    bench.qtbot.keyClicks(bench.field, "no")
    bench.qtbot.keyClick(bench.field, Qt.Key.Key_Escape)
    assert bench.edits == []


def test_an_emptied_comment_is_none(bench: Bench) -> None:
    bench.list.edit_comment("a")
    bench.field.selectAll()
    bench.qtbot.keyClick(bench.field, Qt.Key.Key_Delete)
    bench.qtbot.keyClick(bench.field, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: bool(bench.edits))
    assert bench.edits == [HighlightEdited("a", None, "yellow")]


def test_a_comment_being_typed_survives_an_edit_from_elsewhere(bench: Bench) -> None:
    bench.list.edit_comment("b")
    bench.qtbot.keyClicks(bench.field, "half a th")
    bench.list.show_highlights([SECOND, LOST])
    assert bench.field.text() == "half a th"
    bench.qtbot.keyClick(bench.field, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: bool(bench.edits))
    assert bench.edits == [HighlightEdited("b", "half a th", "green")]


def test_going_on_tells_the_comment_being_typed(bench: Bench) -> None:
    bench.list.edit_comment("b")
    bench.qtbot.keyClicks(bench.field, "half a th")
    bench.list.finish_comment()
    bench.list.show_highlights([FIRST])
    assert bench.edits == [HighlightEdited("b", "half a th", "green")]


def test_a_click_on_a_row_jumps_and_on_its_signs_acts(bench: Bench) -> None:
    bench.click(1, 300)
    bench.click(0, 14)
    bench.click(1, 60)
    assert (bench.jumps, bench.removed) == (["b"], ["a"])
    assert bench.field.isVisible()


def test_a_comment_that_is_being_typed_goes_on_or_is_told_when_one_is_asked_for(bench: Bench, qtlog: Any) -> None:
    bench.list.edit_comment("b")
    bench.qtbot.keyClicks(bench.field, "half a")
    bench.list.edit_comment("b")
    bench.qtbot.keyClicks(bench.field, " thought")
    bench.list.edit_comment("a")
    assert bench.field.text() == "why it matters"
    assert [(e.hid, e.comment) for e in bench.edits] == [("b", "half a thought")]
    assert [record.message for record in qtlog.records if "edit" in record.message] == []


def test_the_menu_recolours_and_removes(bench: Bench) -> None:
    menu = bench.list.context_menu(SECOND)
    colours = next(found for found in menu.findChildren(QMenu) if found.title() == "Colour")
    next(action for action in colours.actions() if action.text() == "Orange").trigger()
    next(action for action in menu.actions() if action.text() == "Remove").trigger()
    assert bench.edits == [HighlightEdited("b", None, "orange")]
    assert bench.removed == ["b"]


def test_a_row_is_told_in_words(bench: Bench) -> None:
    model = bench.list.model()
    said = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in (0, 2)]
    assert said == [
        "Yellow, a short quote, comment: why it matters",
        "Blue, gone from the text, no longer in the abstract",
    ]


def test_a_long_quote_takes_three_lines_at_most(bench: Bench) -> None:
    endless = Highlight("d", "word " * 5_000, "", "", 0, 1, "yellow", None, "")
    bench.list.show_highlights([SECOND])
    long = bench.list.height_for(540)
    bench.list.show_highlights([endless])
    assert bench.list.height_for(540) == long


def test_a_thousand_highlights_are_no_thousand_widgets(bench: Bench) -> None:
    many = [Highlight(str(n), f"quote {n}", "", "", n, n + 5, "yellow", None, "") for n in range(1_000)]
    bench.list.show_highlights(many)
    bench.window.grab()
    assert len(bench.list.findChildren(QWidget)) < 20


def test_rows_are_drawn_in_both_themes(bench: Bench) -> None:
    light = bench.window.grab().toImage()
    bench.list.set_theme(DARK)
    assert bench.window.grab().toImage() != light
