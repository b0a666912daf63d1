"""A line under the title of a paper that has changed since it was read: what changed, and a button for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from readinglist.ui import feed_words, icons
from readinglist.ui.labels import plain_label
from readinglist.ui.theme import Theme

if TYPE_CHECKING:
    from readinglist.library import Revision

_HEIGHT_PX = 38


class RevisedLine(QWidget):
    """Shows one revision; nothing when there is none. The column that it stands in gives it its height."""

    seen = Signal(int)
    """The number of a paper whose change the reader has looked at."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("revisedLine")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._number = 0
        self._icon = plain_label(self)
        self._label = plain_label(self, name="revisedWords", wraps=True)
        self._button = QPushButton(self.tr("Seen"), self)
        self._button.setObjectName("revisedSeen")
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._button.clicked.connect(lambda: self.seen.emit(self._number))
        row = QHBoxLayout(self)
        row.addWidget(self._icon)
        row.addWidget(self._label, 1)
        row.addWidget(self._button)
        self._row = row
        self.hide()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme, at once or when there is something to show: mostly there is not."""
        self._theme = theme
        self._dressed = False
        if not self.isHidden():
            self._dress()

    def _dress(self) -> None:
        self._dressed = True
        theme = self._theme
        px = theme.px
        self._row.setContentsMargins(px(12), 0, px(6), 0)
        self._row.setSpacing(px(9))
        self._icon.setPixmap(icons.pixmap("info", theme.acc, px(16), self.devicePixelRatioF()))
        self._label.setFont(theme.font(13))
        self._button.setFont(theme.font(13, QFont.Weight.Medium))
        self.setStyleSheet(
            f"#revisedLine {{ background: {theme.chip}; border-radius: {px(8)}px; }}"
            f"QLabel {{ color: {theme.text}; background: transparent; }}"
            f"QPushButton {{ color: {theme.acc}; background: {theme.read}; border: 1px solid {theme.line};"
            f" border-radius: {px(7)}px; padding: {px(3)}px {px(12)}px; }}"
            f"QPushButton:hover {{ background: {theme.hover}; }}"
            f"QPushButton:focus {{ border: 1px solid {theme.acc}; }}"
        )

    def show_revision(self, revision: Revision | None) -> None:
        """Say what changed; None: nothing."""
        if revision is not None and not self._dressed:
            self._dress()
        self.setVisible(revision is not None)
        if revision is None:
            return
        self._number = int(revision.paper)
        what = feed_words.changed(revision)
        words = self.tr("Changed since you read it: {what}") if what else self.tr("Changed since you read it")
        self._label.setText(words.format(what=what))
        self._button.setAccessibleName(self.tr("I have seen what changed"))
        self._button.setToolTip(self.tr("I have seen what changed"))

    def forbid_writing(self) -> None:
        """Offer nothing: the library can only be read."""
        self._button.hide()

    def tab_order(self) -> list[QWidget]:
        """Return what takes the focus in here."""
        return [self._button]

    def height_for(self, width: int) -> int:
        """Return the height of the sentence at `width`."""
        px = self._theme.px
        margins = self._row.contentsMargins()
        beside = margins.left() + margins.right() + 2 * self._row.spacing() + px(16)
        if not self._button.isHidden():
            beside += self._button.sizeHint().width()
        return max(px(_HEIGHT_PX), self._label.heightForWidth(max(width - beside, px(60))) + px(18))
