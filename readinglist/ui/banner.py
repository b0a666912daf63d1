"""A calm strip over the papers: what is wrong in one sentence, and what can be done about it. Knows no library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from readinglist.ui import icons
from readinglist.ui.labels import plain_label
from readinglist.ui.theme import Theme

About = Literal["notes", "moved", "damage", "left", "restored", "read-only"]
_ORDER: tuple[About, ...] = ("notes", "moved", "damage", "left", "restored", "read-only")
"""What a notice can be about; the most urgent first."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence, and what its button says; "" for none. Without `can_close` it stays until what it says is over.

    `good`: nothing is wrong, it is only to be known.
    """

    sentence: str
    offer: str = ""
    can_close: bool = True
    good: bool = False


class Banner(QWidget):
    """Shows one notice at a time, the most urgent; the next one when that is over or closed."""

    asked = Signal(str)
    """The button of the notice about this was pressed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._notices: dict[About, Notice] = {}
        self._shown: Notice | None = None
        self._icon = QLabel(self)
        self._sentence = plain_label(self, name="bannerSentence", wraps=True)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton(self)
        self._button.setObjectName("bannerButton")
        self._button.setAccessibleName(self.tr("What to do about it"))
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._button.clicked.connect(self._on_clicked)
        self._close = QToolButton(self)
        self._close.setObjectName("bannerClose")
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.setToolTip(self.tr("Close this notice"))
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self._on_closed)
        row = QHBoxLayout(self)
        row.addWidget(self._icon)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        self._row = row
        self.hide()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = theme
        px = theme.px
        self._show_icon()
        self._close.setIcon(icons.icon("x", theme.sub, px(15)))
        self._close.setIconSize(QSize(px(15), px(15)))
        self._sentence.setFont(theme.font(13))
        self._button.setFont(theme.font(13, QFont.Weight.Medium))
        self._row.setContentsMargins(px(16), px(7), px(10), px(7))
        self._row.setSpacing(px(10))
        self.setStyleSheet(
            f"#banner {{ background: {theme.chip}; border-bottom: 1px solid {theme.line}; }}"
            f"#banner QLabel {{ color: {theme.text}; background: transparent; }}"
            f"#bannerButton {{ color: {theme.acc}; background: {theme.read}; border: 1px solid {theme.line};"
            f" border-radius: {px(7)}px; padding: {px(4)}px {px(12)}px; }}"
            f"#bannerButton:hover {{ background: {theme.hover}; }}"
            f"#bannerButton:focus {{ border: 1px solid {theme.acc}; }}"
            f"#bannerClose {{ border: 1px solid transparent; border-radius: {px(5)}px; padding: {px(3)}px;"
            f" background: transparent; }}"
            f"#bannerClose:hover {{ background: {theme.hover}; }}"
            f"#bannerClose:focus {{ border: 1px solid {theme.acc}; }}"
        )

    def show_notice(self, about: About, notice: Notice | None) -> None:
        """Show a notice in place of an earlier one about the same; None: it is over."""
        if notice is None:
            self._notices.pop(about, None)
        else:
            self._notices[about] = notice
        self._show()

    def notice(self, about: About) -> Notice | None:
        """Return the notice about something, also while another one is shown."""
        return self._notices.get(about)

    def sentence(self) -> str:
        """Return the sentence that is shown, "" when there is none."""
        return self._shown.sentence if self._shown is not None else ""

    def _show_icon(self) -> None:
        theme, size = self._theme, self._theme.px(16)
        good = self._shown is not None and self._shown.good
        name, colour = ("info", theme.acc) if good else ("triangle-alert", theme.danger)
        self._icon.setPixmap(icons.pixmap(name, colour, size, self.devicePixelRatioF()))
        self._icon.setFixedSize(QSize(size, size))

    def _first(self) -> About | None:
        return next((about for about in _ORDER if about in self._notices), None)

    def _show(self) -> None:
        first = self._first()
        shown = self._notices[first] if first is not None else None
        if shown == self._shown:
            return
        self._shown = shown
        if shown is not None:
            self._show_icon()
            self._sentence.setText(" ".join(shown.sentence.split()))
            self._button.setText(shown.offer)
            self._button.setAccessibleName(shown.offer or self.tr("What to do about it"))
            self._button.setVisible(bool(shown.offer))
            self._close.setVisible(shown.can_close)
            self.setAccessibleName(shown.sentence)
        self.setVisible(shown is not None)
        if shown is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _on_clicked(self) -> None:
        if (first := self._first()) is not None:
            self.asked.emit(first)

    def _on_closed(self) -> None:
        if (first := self._first()) is not None:
            self.show_notice(first, None)
