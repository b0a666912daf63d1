"""What stands in the reader in place of a paper: a title, and a sentence under it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from readinglist.ui.labels import Role, dress, plain_label, tint
from readinglist.ui.theme import Theme


class ReaderMessage(QWidget):
    """Two texts in the middle."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("readerMessage")
        self.setAutoFillBackground(True)
        self._title = plain_label(self, name="readerMessageTitle", wraps=True)
        self._text = plain_label(self, name="readerMessageText", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 0, 40, 60)
        column.setSpacing(6)
        column.addStretch(1)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(1)

    def say(self, title: str, text: str) -> None:
        """Show other texts."""
        self._title.setText(title)
        self._text.setText(text)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        dress(self._title, theme.font(17, QFont.Weight.DemiBold), theme.sub)
        dress(self._text, theme.font(13), theme.faint)
        tint(self, (Role.Window, theme.read))
