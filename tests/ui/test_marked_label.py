"""Plain text with marks in it: where they are, and that nothing is cut off."""

from __future__ import annotations

from typing import Any, cast

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.ui.marked_label import MarkedLabel, reads_leftwards
from readinglist.ui.theme import LIGHT

WIDTH = 300


def label(qtbot: QtBot, text: str, marks: list[tuple[int, int]]) -> MarkedLabel:
    made = MarkedLabel()
    qtbot.addWidget(made)
    made.set_look(LIGHT.font(22), "#000000", "#ffff00")
    made.show_text(text, marks)
    made.setGeometry(0, 0, WIDTH, made.heightForWidth(WIDTH))
    made.show()
    return made


def ink_within(made: MarkedLabel) -> list[bool]:
    """Tell for each mark whether there are letters under it, in the picture."""
    QApplication.processEvents()
    picture = made.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rects = [cast("Any", rect).toRect() for rect in made._mark_rects()]
    return [_is_dark(picture, rect) for rect in rects]


def _is_dark(picture: QImage, rect: QRect) -> bool:
    columns = range(rect.left() + 2, rect.right() - 1)
    dark = [any(picture.pixelColor(x, y).value() < 80 for y in range(rect.top(), rect.bottom())) for x in columns]
    return sum(dark) > len(dark) / 2


@pytest.mark.parametrize(
    "text", ["שלום עולם: מאמר על כיווניות של טקסט", "ورقة عن اتجاه النص مع كلمات GPT-4 في المنتصف"]
)
def test_marks_lie_under_the_letters_of_texts_that_read_leftwards(qtbot: QtBot, text: str) -> None:
    for start, word in ((text.index(word), word) for word in text.split()):
        made = label(qtbot, text, [(start, start + len(word))])
        assert ink_within(made), word
        assert all(ink_within(made)), word


def test_a_word_that_is_wider_than_the_label_is_broken(qtbot: QtBot) -> None:
    text = "doi " + "supercalifragilistic" * 6 + " end"
    made = label(qtbot, text, [(100, len(text))])
    assert made.height() > 3 * made.fontMetrics().height()
    assert all(rect.right() <= WIDTH for rect in made._mark_rects())
    made.show_text(text + " and more", [])
    assert made.heightForWidth(WIDTH) >= made.height()
    made.show_text("short")
    assert made.heightForWidth(WIDTH) < 2 * made.fontMetrics().height()


def test_the_first_letter_with_a_direction_decides() -> None:
    assert reads_leftwards("(12) שלום hello")
    assert not reads_leftwards("12 hello שלום")
    assert not reads_leftwards("2024 · 12")


def test_a_label_at_rest_paints_nothing(qtbot: QtBot) -> None:
    paints: list[int] = []

    class Counted(MarkedLabel):
        def paintEvent(self, event: QPaintEvent) -> None:
            paints.append(1)
            super().paintEvent(event)

    made = Counted()
    qtbot.addWidget(made)
    made.show_text("a few words " + "supercalifragilistic" * 6, [(2, 5)])
    made.setGeometry(0, 0, WIDTH, 120)
    made.show()
    qtbot.wait(100)
    assert paints
    paints.clear()
    qtbot.wait(100)
    assert paints == []
