"""Texts cut to the room they have."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from readinglist.ui.row_painting import text_lines
from readinglist.ui.theme import LIGHT


@pytest.mark.parametrize("width", [40, 120, 400])
@pytest.mark.parametrize("text", ["word " * 200, "i" * 2_000, "m" * 500, "😀 fog " * 90])
def test_a_long_text_fills_its_lines_and_ends_in_dots(qapp: QApplication, text: str, width: int) -> None:
    font = LIGHT.font(13)
    lines = text_lines(text, font, width, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(QFontMetrics(font).horizontalAdvance(line) <= width + 1 for line in lines)


def test_a_short_text_is_whole(qapp: QApplication) -> None:
    assert text_lines("Fog\nand  ships", LIGHT.font(13), 400, 3) == ["Fog and ships"]
