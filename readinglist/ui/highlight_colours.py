"""The colours of highlights on the screen: their names, how each is underlined, a menu of them.

Each colour has a line of its own kind, so that they can be told apart without seeing colours.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QAction, QActionGroup, QColor, QIcon, QPainter, QPen, QPixmap, QTextCharFormat
from PySide6.QtWidgets import QMenu

from readinglist.paper import COLOURS
from readinglist.ui.theme import Theme

_UNDERLINES = {
    "yellow": QTextCharFormat.UnderlineStyle.SingleUnderline,
    "green": QTextCharFormat.UnderlineStyle.DashUnderline,
    "blue": QTextCharFormat.UnderlineStyle.DotLine,
    "pink": QTextCharFormat.UnderlineStyle.DashDotLine,
    "orange": QTextCharFormat.UnderlineStyle.WaveUnderline,
}


def colour_label(colour: str) -> str:
    """Return what a colour of `COLOURS` is called in the reader's language."""
    labels = {
        "yellow": QCoreApplication.translate("HighlightColours", "Yellow"),
        "green": QCoreApplication.translate("HighlightColours", "Green"),
        "blue": QCoreApplication.translate("HighlightColours", "Blue"),
        "pink": QCoreApplication.translate("HighlightColours", "Pink"),
        "orange": QCoreApplication.translate("HighlightColours", "Orange"),
    }
    return labels.get(colour, colour)


def ground(theme: Theme, colour: str) -> QColor:
    """Return the colour that lies under a highlighted text; an unknown name counts as the first."""
    return QColor(theme.highlights.get(colour, theme.highlights[COLOURS[0]]))


def line(theme: Theme, colour: str) -> QColor:
    """Return the stronger colour of a highlight's line."""
    under = ground(theme, colour)
    return QColor.fromHslF(under.hslHueF(), min(1.0, under.hslSaturationF() * 0.85), 0.72 if theme.dark else 0.42)


def highlight_format(theme: Theme, colour: str) -> QTextCharFormat:
    """Return how a text highlighted in `colour` is drawn."""
    how = QTextCharFormat()
    how.setBackground(ground(theme, colour))
    how.setUnderlineStyle(_UNDERLINES.get(colour, QTextCharFormat.UnderlineStyle.SingleUnderline))
    how.setUnderlineColor(line(theme, colour))
    return how


def swatch(theme: Theme, colour: str, side: int = 14) -> QIcon:
    """Return a small round patch of a colour."""
    drawn = QPixmap(side * 2, side * 2)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(ground(theme, colour))
    painter.setPen(QPen(line(theme, colour), 2.5))
    painter.drawEllipse(QRectF(2, 2, side * 2 - 4, side * 2 - 4))
    painter.end()
    drawn.setDevicePixelRatio(2)
    return QIcon(drawn)


def add_colours(menu: QMenu, theme: Theme, current: str | None, chosen: Callable[[str], object]) -> None:
    """Add an entry for each colour to `menu`, the `current` one ticked; `chosen` is called with its name."""
    group = QActionGroup(menu)
    for colour in COLOURS:
        action = QAction(swatch(theme, colour), colour_label(colour), menu)
        action.setCheckable(current is not None)
        action.setChecked(colour == current)
        action.setData(colour)
        group.addAction(action)
        menu.addAction(action)
    group.triggered.connect(lambda action: chosen(str(action.data())))
