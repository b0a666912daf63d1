"""A line for a name, which keeps its keys to itself. Knows nothing of what is named."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from readinglist.ui.editing_keys import keep_plain_keys


class NameLine(QLineEdit):
    """Neither the window's single keys nor the widgets around it see what is typed here."""

    escaped = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep plain keys from the window's shortcuts (QObject)."""
        return keep_plain_keys(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of Escape; let no Enter through to what lies behind (QWidget)."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
