"""The toast: what it says, for how long, and what its button takes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from readinglist.ui.theme import LIGHT
from readinglist.ui.toast import SHOWN_MS, Toast, shortened


@pytest.fixture
def toast(qtbot: QtBot) -> Toast:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(404, 600)
    made = Toast(LIGHT, parent)
    made.set_key("Ctrl+Z", "Undo (Ctrl+Z)")
    parent.show()
    qtbot.waitExposed(parent)
    return made


def button(toast: Toast) -> QPushButton:
    found = toast.findChild(QPushButton, "undoButton")
    assert found is not None
    return found


def test_it_lies_at_the_bottom_within_its_parent(toast: Toast) -> None:
    toast.show_text("Archived “" + "a very long title " * 20 + "”", 7)
    parent = toast.parentWidget()
    assert parent is not None
    assert parent.rect().contains(toast.geometry())
    assert toast.geometry().bottom() > parent.height() - 40


def test_the_button_takes_back_the_entry_it_was_shown_for(toast: Toast) -> None:
    asked: list[int] = []
    toast.undo_asked.connect(asked.append)
    toast.show_text("One", 1)
    toast.show_text("Two", 2)
    QTest.mouseClick(button(toast), Qt.MouseButton.LeftButton)
    assert asked == [2]
    assert not toast.isVisible()


def test_without_an_entry_there_is_nothing_to_take_back(toast: Toast) -> None:
    toast.show_text("Nothing new")
    assert not button(toast).isVisible()


def test_it_goes_by_itself_after_eight_seconds(toast: Toast, qtbot: QtBot) -> None:
    assert SHOWN_MS == 8_000
    toast._timer.setInterval(20)
    toast.show_text("Archived", 1)
    qtbot.waitUntil(lambda: not toast.isVisible(), timeout=2_000)


def test_it_stays_while_its_button_has_the_focus(toast: Toast, qtbot: QtBot) -> None:
    toast._timer.setInterval(20)
    toast.show_text("Archived", 1)
    button(toast).setFocus()
    qtbot.wait(80)
    assert toast.isVisible()


def test_markup_is_shown_as_it_stands(toast: Toast) -> None:
    toast.show_text("Archived <b>bold</b>\nnext line", 1)
    assert toast.text() == "Archived <b>bold</b> next line"


def test_a_title_gives_way_before_the_sentence_does(toast: Toast) -> None:
    metrics = QFontMetrics(LIGHT.font(13))
    text = "Put “" + "a title that is long " * 5 + "” up next"
    short = shortened(text, metrics, 250)
    assert metrics.horizontalAdvance(short) <= 250
    assert short.startswith("Put “a title")
    assert short.endswith("…” up next")
    assert shortened("Short", metrics, 250) == "Short"


def test_a_long_title_takes_no_more_than_three_lines_where_one_has_no_room() -> None:
    metrics = QFontMetrics(LIGHT.font(22))
    text = "Put “" + "a title that is long " * 8 + "” off until December 7"
    short = shortened(text, metrics, 190)
    assert short.endswith("…” off until December 7")
    flags = Qt.TextFlag.TextWordWrap
    assert metrics.boundingRect(0, 0, 190, 10_000, flags, short).height() < 4 * metrics.height()
