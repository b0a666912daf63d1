"""The look of the window as a value: two palettes, the font, pixel sizes. Knows no widget and no paper.

Colours are '#rrggbb' text, so that they serve painters and style sheets alike. Pixel sizes are those of the
design at the usual size of the system's font and grow with `scale`.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette

from readinglist.assets import resource
from readinglist.settings import THEMES, Settings

FAMILY = "Inter"
FONT_FILES = (
    "Inter-Regular.otf",
    "Inter-Medium.otf",
    "Inter-SemiBold.otf",
    "Inter-Bold.otf",
    "Inter-Italic.otf",
)

USUAL_PX, READER_PX = 14, 17
"""The sizes of a title in the list and of an abstract that the design was drawn with."""

SEEN = 3.0
"""The contrast that a sign needs to be seen; text needs 4.5 (see `tests/ui/test_contrast.py`)."""

Choice = Literal["system", "light", "dark"]
"""What the reader asked for."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour and size the window draws with.

    `side`, `list`, `read` are the backgrounds of the three columns; `sub` and `faint` are quieter text (on a
    selection use `sub`); `acc` is the accent, for links, focus and what is new; `sel` and `hover` lie under
    rows; `mark` under a match of a search. `highlights` and `tags` go from a colour's name to its colour.
    Abstracts and notes are written in `reader_family`, `reader_scale` larger than the rest. `compact`: rows of the
    list are low.
    """

    name: str
    dark: bool
    side: str
    list: str
    read: str
    text: str
    sub: str
    faint: str
    line: str
    acc: str
    acctext: str
    sel: str
    hover: str
    chip: str
    chiptext: str
    toast: str
    toasttext: str
    toastacc: str
    star: str
    mark: str
    danger: str
    highlights: Mapping[str, str]
    tags: Mapping[str, str]
    scale: float = 1.0
    family: str = FAMILY
    reader_family: str = FAMILY
    reader_scale: float = 1.0
    compact: bool = False

    def px(self, size: float) -> int:
        """Return a size of the design in pixels of this theme."""
        return max(1, round(size * self.scale))

    def font(self, px: float, weight: QFont.Weight = QFont.Weight.Normal, *, italic: bool = False) -> QFont:
        """Return the program's font at `px` pixels of the design (scaled here)."""
        font = QFont(self.family)
        font.setPixelSize(self.px(px))
        font.setWeight(weight)
        font.setItalic(italic)
        return font

    def reader_font(self, px: float) -> QFont:
        """Return the font of abstracts and notes at `px` pixels of the design."""
        font = QFont(self.reader_family)
        font.setPixelSize(self.px(px * self.reader_scale))
        return font

    def tag_colour(self, tag: str, colour: str | None = None) -> str:
        """Return the colour of a tag's dot: the one it was given, else one made from its name.

        A library keeps the light palette's colours; in the dark the same name's colour stands for each. Any other
        colour is made darker or lighter until it can be seen on every ground (3 to 1; WCAG 2.2, 1.4.11).
        """
        if colour is None:
            names = [name for name in self.tags if name != "grey"]
            return self.tags[names[zlib.crc32(tag.casefold().encode()) % len(names)]]
        if colour in self.tags:
            return self.tags[colour]
        for name, light in LIGHT.tags.items():
            if light.casefold() == colour.casefold():
                return self.tags[name]
        return _seen_on((self.chip, self.side, self.read, self.list, self.sel, self.hover), colour, self.dark)

    def palette(self) -> QPalette:
        """Return the colours for Qt's own widgets."""
        palette = QPalette()
        role = QPalette.ColorRole
        for colour_role, colour in (
            (role.Window, self.side),
            (role.Base, self.list),
            (role.AlternateBase, self.side),
            (role.Text, self.text),
            (role.WindowText, self.text),
            (role.Button, self.side),
            (role.ButtonText, self.text),
            (role.BrightText, self.danger),
            (role.Highlight, self.sel),
            (role.HighlightedText, self.text),
            (role.Accent, self.acc),
            (role.PlaceholderText, self.faint),
            (role.Link, self.acc),
            (role.LinkVisited, self.acc),
            (role.ToolTipBase, self.toast),
            (role.ToolTipText, self.toasttext),
            (role.Light, self.read),
            (role.Midlight, self.hover),
            (role.Mid, self.line),
            (role.Dark, self.line),
            (role.Shadow, self.line),
        ):
            palette.setColor(colour_role, QColor(colour))
        for colour_role in (role.Text, role.WindowText, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, colour_role, QColor(self.faint))
        return palette


LIGHT = Theme(
    name="light",
    dark=False,
    side="#F4F4F2",
    list="#FBFBFA",
    read="#FFFFFF",
    text="#1C1D20",
    sub="#5A5E66",
    faint="#666A72",
    line="#E3E3DF",
    acc="#2A5BD0",
    acctext="#FFFFFF",
    sel="#E3EBFB",
    hover="#ECECE9",
    chip="#EEF0F3",
    chiptext="#3D424B",
    toast="#2B2D31",
    toasttext="#FFFFFF",
    toastacc="#9DBBFF",
    star="#B7791F",
    mark="#FFE9A6",
    danger="#B3261E",
    highlights=MappingProxyType(
        {
            "yellow": "#FFF0A8",
            "green": "#CFF0D2",
            "blue": "#D2E5FF",
            "pink": "#FFD9E5",
            "orange": "#FFE2C2",
        }
    ),
    tags=MappingProxyType(
        {
            "green": "#2F7D5B",
            "purple": "#8A4FBF",
            "orange": "#B5651D",
            "blue": "#2A5BD0",
            "red": "#B23A58",
            "teal": "#0F7C8A",
            "yellow": "#8A6D00",
            "pink": "#C2408F",
            "grey": "#6B7280",
        }
    ),
)

DARK = Theme(
    name="dark",
    dark=True,
    side="#1D1E21",
    list="#222326",
    read="#18191B",
    text="#E9EAEC",
    sub="#AEB2BA",
    faint="#9398A1",
    line="#33353A",
    acc="#8FB3FF",
    acctext="#10131A",
    sel="#2B3A5A",
    hover="#2A2C30",
    chip="#2C2F35",
    chiptext="#D0D4DB",
    toast="#3A3D44",
    toasttext="#FFFFFF",
    toastacc="#A9C4FF",
    star="#F0C05A",
    mark="#5E4E16",
    danger="#FF9A93",
    highlights=MappingProxyType(
        {
            "yellow": "#5C4E14",
            "green": "#22492F",
            "blue": "#24416B",
            "pink": "#5E2A42",
            "orange": "#603C17",
        }
    ),
    tags=MappingProxyType(
        {
            "green": "#56B98A",
            "purple": "#B98AE6",
            "orange": "#E0924A",
            "blue": "#6E9BFF",
            "red": "#E86F8E",
            "teal": "#3FB4C4",
            "yellow": "#D6AE3C",
            "pink": "#E67FBE",
            "grey": "#9AA1AD",
        }
    ),
)


@lru_cache(maxsize=1024)
def _seen_on(grounds: tuple[str, ...], colour: str, lighter: bool) -> str:
    """Return a colour, made lighter or darker as little as is needed for it to be seen on all the grounds."""
    shown = QColor(colour)
    while min(contrast(shown.name(), ground) for ground in grounds) < SEEN:
        lightness = shown.lightnessF() + (0.02 if lighter else -0.02)
        if not 0 <= lightness <= 1:
            break
        shown.setHslF(max(0.0, shown.hslHueF()), shown.hslSaturationF(), lightness)
    return shown.name()


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def load_fonts() -> None:
    """Make the shipped font known to Qt; call once, after the QApplication is made."""
    for name in FONT_FILES:
        QFontDatabase.addApplicationFont(str(resource(f"fonts/{name}")))


def system_scale() -> float:
    """Return how much larger than usual the system's font is, 1.0 to 2.0.

    Desktops ship 9 to 11 points (macOS: 13); only what a reader has set beyond that counts.
    """
    points = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    usual = 13.0 if QGuiApplication.platformName() == "cocoa" else 11.0
    return min(2.0, max(1.0, points / usual))


class ThemeSwitch(QObject):
    """Says which theme is in force: the reader's choice, or the system's while the choice is "system"."""

    theme_changed = Signal(object)
    """The new `Theme`."""

    def __init__(self, choice: Choice = "system", zoom: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice: Choice = choice
        self._zoom = zoom
        self._look: dict[str, Any] = {}
        self.theme = self._wanted()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._refresh)

    @property
    def choice(self) -> Choice:
        """Return what the reader asked for."""
        return self._choice

    @property
    def zoom(self) -> float:
        """Return how much larger than the system's size the reader wants the text."""
        return self._zoom

    def choose(self, choice: Choice) -> None:
        """Take the reader's choice."""
        self._choice = choice
        self._refresh()

    def set_zoom(self, zoom: float) -> None:
        """Set how much larger or smaller than usual everything is drawn, 0.8 to 1.8."""
        self._zoom = min(1.8, max(0.8, zoom))
        self._refresh()

    def follow(self, settings: Settings) -> None:
        """Take all of the reader's choices at once."""
        if settings.theme in THEMES:
            self._choice = settings.theme  # type: ignore[assignment]
        self._zoom = settings.text_size / USUAL_PX
        family = settings.font or FAMILY
        self._look = {
            "family": family,
            "reader_family": settings.reader_font or family,
            "reader_scale": settings.reader_text_size / READER_PX,
            "compact": settings.density == "compact",
        }
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        theme = self._wanted()
        if theme != self.theme:
            self.theme = theme
            self.theme_changed.emit(theme)

    def _wanted(self) -> Theme:
        dark = self._choice == "dark"
        if self._choice == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return replace(DARK if dark else LIGHT, scale=system_scale() * self._zoom, **self._look)
