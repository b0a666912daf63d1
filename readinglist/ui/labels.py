"""Labels that show a text plainly, and colours by palette. Knows no paper.

By palette, not by style sheet: a sheet of its own has a widget, and all that lies under it, look at all rules, and
gives a label on a page that is not shown yet another font.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QLabel, QWidget

Role = QPalette.ColorRole


def plain_label(parent: QWidget | None = None, text: str = "", name: str = "", *, wraps: bool = False) -> QLabel:
    """Return a label that shows its text as it is, whatever in it looks like HTML."""
    label = QLabel(text, parent)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    return label


def dress(label: QLabel, font: QFont, colour: str) -> None:
    """Give a label its font and the colour of its letters."""
    label.setFont(font)
    tint(label, (Role.WindowText, colour))


def tint(widget: QWidget, *colours: tuple[QPalette.ColorRole, str]) -> None:
    """Give a widget colours for these roles."""
    palette = QPalette(widget.palette())
    for role, colour in colours:
        palette.setColor(role, QColor(colour))
    widget.setPalette(palette)
