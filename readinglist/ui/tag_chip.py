"""The parts of the tag editor: one tag as a chip, and the field a tag is typed into."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from readinglist.ui.editing_keys import keep_keys, keep_plain_keys
from readinglist.ui.theme import Theme

CHIP_PX = 26
_CHIP_KEYS = frozenset(
    key.value
    for key in (
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Space,
        Qt.Key.Key_Escape,
    )
)


class TagChip(QAbstractButton):
    """One tag: a dot in its colour and its name, and a cross to take it off while the mouse or the focus is on it."""

    remove_wanted = Signal(str)
    step_wanted = Signal(int)
    leave_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.name = ""
        self._dot = QColor(theme.sub)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_tag(self, theme: Theme, name: str, colour: str | None) -> None:
        """Show another tag."""
        self._theme = theme
        self.name = name
        self._dot = QColor(theme.tag_colour(name, colour))
        self.setFont(theme.font(12, QFont.Weight.Medium))
        self.setText(name)
        self.setAccessibleName(self.tr("Tag {name}").format(name=name))
        self.setAccessibleDescription(self.tr("Enter finds papers with it, Delete takes it off"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the whole name, up to 280 pixels (QWidget)."""
        width = QFontMetrics(self.font()).horizontalAdvance(self.name) + self._theme.px(43)
        return QSize(min(width, self._theme.px(280)), self._theme.px(CHIP_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip (QWidget)."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        active = self.underMouse() or self.hasFocus()
        painter.setBrush(QColor(theme.chip))
        painter.setPen(QPen(QColor(theme.acc), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        middle = self.height() / 2
        dot = theme.px(8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._dot)
        painter.drawEllipse(QRectF(theme.px(12), middle - dot / 2, dot, dot))
        painter.setPen(QColor(theme.chiptext))
        left = theme.px(27)
        room = self.width() - left - theme.px(16 if not active else 20)
        text = QFontMetrics(self.font()).elidedText(self.name, Qt.TextElideMode.ElideRight, room + theme.px(3))
        painter.drawText(QRectF(left, 0, room + theme.px(4), self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        if active:
            cross = self._cross()
            painter.setPen(QPen(QColor(theme.sub), 1.6))
            painter.drawLine(cross.topLeft(), cross.bottomRight())
            painter.drawLine(cross.topRight(), cross.bottomLeft())
        painter.end()

    def _cross(self) -> QRectF:
        side = self._theme.px(7)
        return QRectF(self.width() - self._theme.px(11) - side / 2, (self.height() - side) / 2, side, side)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the tag off where the cross was clicked (QWidget)."""
        inside = self.rect().contains(event.position().toPoint())
        if inside and event.position().x() >= self.width() - self._theme.px(20):
            self.setDown(False)
            self.remove_wanted.emit(self.name)
            return
        super().mouseReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep the keys a chip understands (QObject)."""
        return keep_keys(event, _CHIP_KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a neighbour, take the tag off, or find papers with it (QWidget)."""
        key = event.key()
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wanted.emit(self.name)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step_wanted.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key == Qt.Key.Key_Escape:
            self.leave_wanted.emit()
        else:
            super().keyPressEvent(event)


class TagField(QLineEdit):
    """The field a tag is typed into; every plain key is its own."""

    key_pressed = Signal(str)
    """What a key means here: take, create, next, previous, remove, back or leave."""
    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep plain keys and Ctrl+Enter, and Tab while something is typed (QObject)."""
        if isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if event.type() == QEvent.Type.ShortcutOverride and enter:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab and self.text().strip():
                self.key_pressed.emit("take")
                return True
        return keep_plain_keys(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn keys into what they mean here; the rest is typing (QWidget)."""
        key = event.key()
        meaning = {
            Qt.Key.Key_Down: "next",
            Qt.Key.Key_Up: "previous",
            Qt.Key.Key_Escape: "leave",
            Qt.Key.Key_Return: "take",
            Qt.Key.Key_Enter: "take",
        }.get(Qt.Key(key))
        if meaning == "take" and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            meaning = "create"
        elif key == Qt.Key.Key_Backspace and not self.text():
            meaning = "remove"
        elif key == Qt.Key.Key_Left and not self.cursorPosition() and not self.hasSelectedText():
            meaning = "back"
        if meaning is None:
            super().keyPressEvent(event)
        else:
            self.key_pressed.emit(meaning)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left, unless only the window was (QWidget)."""
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        ):
            self.left.emit()
