"""A number to be typed or stepped through, drawn like the choices beside it. Knows nothing of what is counted."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSpinBox, QStyle, QStyleOptionSpinBox, QWidget

from readinglist.ui.icons import pixmap
from readinglist.ui.theme import Theme

_ARROW_PX = 12


class NumberBox(QSpinBox):
    """A number in a frame of the program's own, with two small arrows."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.setFont(theme.font(13))
        self.setFixedHeight(theme.px(30))
        # What the sheet says of fields is not meant for the field within this one.
        self.lineEdit().setStyleSheet(
            f"QLineEdit, QLineEdit:focus {{ border: 0; background: transparent; color: {theme.text};"
            f" min-height: 0; padding: 0 0 0 {theme.px(6)}px;"
            f" selection-background-color: {theme.acc}; selection-color: {theme.acctext}; }}"
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame and the arrows, faint where there is no further to go (QWidget)."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.acc), 2) if self.hasFocus() else QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.read))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        side = theme.px(_ARROW_PX)
        for part, name, can in (
            (QStyle.SubControl.SC_SpinBoxUp, "chevron-up", self.value() < self.maximum()),
            (QStyle.SubControl.SC_SpinBoxDown, "chevron-down", self.value() > self.minimum()),
        ):
            rect = self.style().subControlRect(QStyle.ComplexControl.CC_SpinBox, option, part, self)
            at = QPoint(self.width() - side - theme.px(7), rect.center().y() - side // 2 + 1)
            colour = theme.sub if can else theme.line
            painter.drawPixmap(at, pixmap(name, colour, side, self.devicePixelRatioF()))
        painter.end()
