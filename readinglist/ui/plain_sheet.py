"""A sheet with a title, a sentence, something in the middle and a row of buttons. Knows nothing of what it is about."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from readinglist.ui.overlay import Sheet
from readinglist.ui.theme import Theme


class PlainSheet(Sheet):
    """Filled by `fill`; `words` is the sentence under the title."""

    def __init__(self, theme: Theme, parent: QWidget, title: str, *, card_width: int, card_height: int) -> None:
        super().__init__(theme, parent, card_width=card_width, card_height=card_height)
        self.setAccessibleName(title)
        self.title = QLabel(title, self.card)
        self.words = QLabel(self.card)
        self.words.setWordWrap(True)
        for label in (self.title, self.words):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        self._made: list[QPushButton] = []
        self.body.setContentsMargins(22, 18, 22, 16)
        self.body.setSpacing(10)
        self.body.addWidget(self.title)
        self.body.addWidget(self.words)

    def fill(self, middle: QWidget, *buttons: tuple[str, QPushButton]) -> None:
        """Put in what is in the middle, and the buttons by name; the last one is the one that does what is offered."""
        self.body.addWidget(middle, 1)
        for name, button in buttons:
            button.setObjectName(name)
            self._buttons.addWidget(button)
            self._made.append(button)
        self.body.addLayout(self._buttons)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        super().set_theme(theme)
        self.title.setFont(theme.font(16, QFont.Weight.DemiBold))
        self.title.setStyleSheet(f"color: {theme.text};")
        self.words.setFont(theme.font(13))
        self.words.setStyleSheet(f"color: {theme.sub};")
        dress_buttons(self._made, theme)


def dress_buttons(buttons: list[QPushButton], theme: Theme) -> None:
    """Draw a row of buttons, the last one as the one that does what is offered."""
    px = theme.px
    for button in buttons:
        button.setFont(theme.font(13, QFont.Weight.Medium))
        main = button is buttons[-1]
        ground, text = (theme.acc, theme.acctext) if main else (theme.read, theme.text)
        edge, focus = (theme.acc, theme.text) if main else (theme.line, theme.acc)
        button.setStyleSheet(
            f"QPushButton {{ background: {ground}; color: {text}; border: 2px solid {edge};"
            f" border-radius: {px(8)}px; padding: {px(5)}px {px(14)}px; }}"
            f"QPushButton:hover {{ border-color: {focus}; }}"
            f"QPushButton:focus {{ border: 2px solid {focus}; }}"
            f"QPushButton:disabled {{ background: {theme.chip}; color: {theme.faint}; border-color: {theme.chip}; }}"
        )
