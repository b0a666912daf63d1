"""What the delegates of small lists draw alike: the ground, a sign, words at the right, texts cut to their room.

Knows no list and no paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption

from readinglist.ui.icons import pixmap

_CHARACTERS_LAID_OUT = 4_000


@contextmanager
def smooth(painter: QPainter) -> Iterator[None]:
    """Draw with smooth edges, and leave the painter as it was."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield
    finally:
        painter.restore()


def draw_ground(painter: QPainter, rect: QRectF, colour: str, *, radius: float = 6, edge: str | None = None) -> None:
    """Draw what lies under a row that is selected or has the focus; `edge` is a line around it."""
    painter.setPen(QPen(QColor(edge), 1.5) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(rect, radius, radius)


def draw_sign(painter: QPainter, name: str, colour: str, at: QPoint, side: int) -> None:
    """Draw the icon `name` with its upper left corner at `at`."""
    device = painter.device()
    dpr = device.devicePixelRatioF() if device is not None else 1.0
    painter.drawPixmap(at, pixmap(name, colour, side, dpr))


def draw_at_right(painter: QPainter, rect: QRect, text: str, font: QFont, colour: str) -> int:
    """Write at the right end of `rect`; return how wide that is."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    return QFontMetrics(font).horizontalAdvance(text)


def draw_elided(
    painter: QPainter,
    rect: QRect,
    text: str,
    font: QFont,
    colour: str,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> int:
    """Write one line from the left of `rect`, with … for what has no room; return how wide that is."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, mode, max(0, rect.width()))
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)


def text_lines(text: str, font: QFont, width: int, most: int) -> list[str]:
    """Cut a text into at most `most` lines of `width` pixels; the last one ends in … where more follows."""
    # More than there is room for, even of the narrowest letters, need not be laid out.
    text = " ".join(text[: min(_CHARACTERS_LAID_OUT, most * max(20, width) // 2)].split())
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    units = text.encode("utf-16-le")
    found: list[str] = []
    while (made := layout.createLine()).isValid():
        made.setLineWidth(width)
        start = made.textStart()
        if len(found) + 1 == most:
            rest = units[2 * start :].decode("utf-16-le", "replace")
            found.append(QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        found.append(units[2 * start : 2 * (start + made.textLength())].decode("utf-16-le", "replace").rstrip())
    layout.endLayout()
    return found


def draw_lines(painter: QPainter, text: str, font: QFont, rect: QRect, most: int) -> None:
    """Write a text into `rect` in at most `most` lines, in the painter's pen."""
    if not text:
        return
    metrics = QFontMetrics(font)
    painter.setFont(font)
    y = rect.top() + metrics.ascent()
    for made in text_lines(text, font, rect.width(), most):
        painter.drawText(rect.left(), y, made)
        y += metrics.lineSpacing()
