"""Widgets in rows."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from readinglist.ui.flow import place_in_rows


def _buttons(qtbot: QtBot, count: int) -> list[QPushButton]:
    buttons = [QPushButton("x") for _ in range(count)]
    for button in buttons:
        qtbot.addWidget(button)
        button.setFixedSize(80, 31)
    return buttons


def test_a_fixed_size_is_kept(qtbot: QtBot) -> None:
    (button,) = _buttons(qtbot, 1)
    assert place_in_rows([button], 200, gap=4, row_gap=6) == 31
    assert (button.width(), button.height()) == (80, 31)


def test_what_does_not_fit_goes_into_the_next_row(qtbot: QtBot) -> None:
    buttons = _buttons(qtbot, 3)
    assert place_in_rows(buttons, 200, gap=4, row_gap=6) == 31 + 6 + 31
    assert [(b.x(), b.y()) for b in buttons] == [(0, 0), (84, 0), (0, 37)]
