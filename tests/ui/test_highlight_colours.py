"""Colours of highlights can be read on, and told apart without seeing colours."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from readinglist.paper import COLOURS
from readinglist.ui.highlight_colours import add_colours, colour_label, ground, highlight_format, line
from readinglist.ui.theme import DARK, LIGHT, Theme


def luminance(colour: QColor) -> float:
    """Relative luminance, WCAG 2.2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_every_highlight_and_mark(theme: Theme) -> None:
    grounds = [*(ground(theme, colour) for colour in COLOURS), QColor(theme.mark)]
    assert min(contrast(QColor(theme.text), colour) for colour in grounds) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_quiet_text_and_links_can_be_read_where_the_reader_draws_them(theme: Theme) -> None:
    pairs = [
        (theme.faint, theme.read),
        (theme.sub, theme.read),
        (theme.acc, theme.read),
        (theme.acc, theme.side),
        (theme.sub, theme.side),
        (theme.faint, theme.side),
        (theme.danger, theme.side),
        (theme.chiptext, theme.chip),
        (theme.acctext, theme.acc),
    ]
    assert min(contrast(QColor(text), QColor(under)) for text, under in pairs) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_line_of_a_highlight_stands_out_from_the_page(theme: Theme) -> None:
    assert min(contrast(line(theme, colour), QColor(theme.read)) for colour in COLOURS) >= 2.0


def test_each_colour_has_a_line_of_its_own_kind() -> None:
    assert len({highlight_format(LIGHT, colour).underlineStyle() for colour in COLOURS}) == len(COLOURS)


def test_an_unknown_colour_is_drawn_as_the_first() -> None:
    assert ground(LIGHT, "ultraviolet") == ground(LIGHT, COLOURS[0])
    assert colour_label("ultraviolet") == "ultraviolet"


def test_the_menu_ticks_the_colour_there_is_and_tells_the_one_chosen(qtbot: QtBot) -> None:
    menu = QMenu()
    chosen: list[str] = []
    add_colours(menu, LIGHT, "green", chosen.append)
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["Green"]
    next(action for action in menu.actions() if action.text() == "Pink").trigger()
    assert chosen == ["pink"]
