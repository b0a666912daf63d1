"""A quiet button that opens a menu: a word, or a sign for it, and a small arrow after it. Knows nothing of the menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolButton, QWidget

from readinglist.ui import icons
from readinglist.ui.theme import Theme

_ARROW, _GAP, _SIDE = 14, 3, 6


class MenuButton(QToolButton):
    """Draws itself: a style sheet cannot put the arrow after the word at a set distance."""

    def __init__(self, sign: str, parent: QWidget) -> None:
        """`sign` is the icon that stands for the word where there is no room for it."""
        super().__init__(parent)
        self._sign = sign
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._theme: Theme | None = None

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = theme
        self.setFont(theme.font(12))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of word and arrow (QWidget)."""
        px = self._theme.px if self._theme is not None else round
        width = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(width + px(_GAP + _ARROW + 2 * _SIDE), px(24))

    def minimumSizeHint(self) -> QSize:
        """Return the size of sign and arrow (QWidget)."""
        px = self._theme.px if self._theme is not None else round
        return QSize(px(2 * _ARROW + _GAP + 2 * _SIDE), px(24))

    def event(self, event: QEvent) -> bool:
        """Draw anew when the mouse comes or goes (QObject)."""
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the word, the arrow and the focus (QWidget)."""
        theme = self._theme
        if theme is None:
            return
        px = theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(ground, px(5), px(5))
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.acc), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), px(5), px(5))
        painter.setPen(QColor(theme.sub))
        painter.setFont(self.font())
        size = px(_ARROW)
        words = self.rect().adjusted(px(_SIDE), 0, -px(_SIDE) - size - px(_GAP), 0)
        if painter.fontMetrics().horizontalAdvance(self.text()) <= words.width() + 1:
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        else:  # half a word says less than a sign
            sign = icons.pixmap(self._sign, theme.sub, size, self.devicePixelRatioF())
            painter.drawPixmap(max(px(2), words.right() - size), (self.height() - size) // 2, sign)
        arrow = icons.pixmap("chevron-down", theme.sub, size, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - px(_SIDE) - size, (self.height() - size) // 2, arrow)
        painter.end()
