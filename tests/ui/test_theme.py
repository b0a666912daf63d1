"""The palettes: every text can be read on what it lies on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from readinglist.paper import COLOURS
from readinglist.store.tags import TAG_COLOURS
from readinglist.ui.theme import DARK, FAMILY, LIGHT, Theme, ThemeSwitch, load_fonts

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@THEMES
def test_text_stands_out_from_every_ground(theme: Theme) -> None:
    pairs = [(text, ground) for text in ("text", "sub", "faint", "acc") for ground in ("side", "list", "read")]
    pairs += [("text", "hover"), ("sub", "hover"), ("text", "sel"), ("sub", "sel"), ("acc", "sel")]
    pairs += [("chiptext", "chip"), ("chiptext", "read"), ("text", "mark"), ("danger", "list"), ("danger", "read")]
    pairs += [("toasttext", "toast"), ("toastacc", "toast"), ("acctext", "acc"), ("faint", "hover")]
    low = {p: round(contrast(getattr(theme, p[0]), getattr(theme, p[1])), 2) for p in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


@THEMES
def test_text_stands_out_from_every_highlight(theme: Theme) -> None:
    assert set(theme.highlights) == set(COLOURS)
    assert all(contrast(theme.text, colour) >= 4.5 for colour in theme.highlights.values())


@THEMES
def test_dots_and_stars_stand_out_from_what_they_lie_on(theme: Theme) -> None:
    for colour in theme.tags.values():
        assert min(contrast(colour, ground) for ground in (theme.chip, theme.side, theme.read)) >= 3
    assert contrast(theme.star, theme.list) >= 3


def test_a_library_s_tag_colours_have_a_counterpart_in_the_dark() -> None:
    for colour in TAG_COLOURS:
        assert LIGHT.tag_colour("x", colour) == colour.upper()
        assert DARK.tag_colour("x", colour) in DARK.tags.values()


def test_any_other_colour_is_made_lighter_in_the_dark() -> None:
    assert luminance(DARK.tag_colour("x", "#202020")) > luminance("#202020")
    assert LIGHT.tag_colour("x", "#202020") == "#202020"


@THEMES
@pytest.mark.parametrize(
    "colour", ["#FFFFAA", "#FFFFFF", "#000000", "#00FF00", "#101010", "#808080", "#0000FF", "#7F7F00"]
)
def test_a_colour_of_the_reader_s_own_is_seen_on_every_ground(theme: Theme, colour: str) -> None:
    shown = theme.tag_colour("x", colour)
    grounds = (theme.chip, theme.side, theme.read, theme.list, theme.sel, theme.hover)
    assert min(contrast(shown, ground) for ground in grounds) >= 3


def test_a_tag_without_a_colour_keeps_the_one_of_its_name() -> None:
    assert LIGHT.tag_colour("Optics") == LIGHT.tag_colour("optics")
    assert LIGHT.tag_colour("optics") in LIGHT.tags.values()


def test_sizes_and_fonts_grow_with_the_scale(qapp: QApplication) -> None:
    load_fonts()
    large = replace(LIGHT, scale=1.5)
    assert (LIGHT.px(12), large.px(12)) == (12, 18)
    assert (large.font(14).pixelSize(), large.font(14).family()) == (21, FAMILY)


def test_the_switch_tells_of_another_theme_once(qapp: QApplication) -> None:
    switch = ThemeSwitch("light")
    heard: list[Theme] = []
    switch.theme_changed.connect(heard.append)
    switch.choose("dark")
    switch.choose("dark")
    switch.set_zoom(1.2)
    assert [(theme.name, theme.scale) for theme in heard] == [("dark", 1.0), ("dark", 1.2)]
