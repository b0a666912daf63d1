"""A choice of one out of a few, drawn like the chips beside it. Knows nothing of what is chosen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QWidget

from readinglist.ui.icons import pixmap
from readinglist.ui.tag_chip import CHIP_PX
from readinglist.ui.theme import Theme


class ChoiceBox(QComboBox):
    """A choice of one, drawn like the chips beside it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.setFont(theme.font(13))
        self.setFixedHeight(theme.px(CHIP_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a frame, the choice and a sign that there are others (QWidget)."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(theme.acc), 2) if self.hasFocus() else QPen(QColor(theme.line), 1)
        painter.setPen(pen)
        painter.setBrush(QColor(theme.read))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        side = theme.px(14)
        at = self.rect().right() - side - theme.px(6)
        painter.drawPixmap(
            at, (self.height() - side) // 2, pixmap("chevron-down", theme.sub, side, self.devicePixelRatioF())
        )
        painter.setPen(QColor(theme.text))
        room = QRect(theme.px(9), 0, at - theme.px(12), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.currentText())
        painter.end()
