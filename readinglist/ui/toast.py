"""A short word over the list about what was just done, with a way to take it back. Knows no library."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFont, QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from readinglist.ui.labels import plain_label
from readinglist.ui.theme import Theme

SHOWN_MS = 8_000
_WIDEST_PX = 560
_LEAST_ROOM_PX = 80
_THREE_LINES = 2.2
"""What is broken between words does not fill its lines."""


class Toast(QFrame):
    """Lies at the bottom of its parent for 8 seconds; longer while the mouse or the focus is on it."""

    undo_asked = Signal(int)
    """The history entry to take back."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("undoToast")
        self.setAccessibleName(self.tr("What was just done"))
        self._over = parent
        parent.installEventFilter(self)
        self._text = ""
        self._entry: int | None = None
        self._label = plain_label(self)
        self._button = QPushButton(self.tr("Undo"), self)
        self._button.setObjectName("undoButton")
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._button.setFlat(True)
        self._button.clicked.connect(self._on_undo)
        self._key = plain_label(self)
        row = QHBoxLayout(self)
        row.setSpacing(0)
        row.addWidget(self._label, 1)
        row.addSpacing(8)
        row.addWidget(self._button)
        row.addWidget(self._key)
        self._row = row
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._on_time_over)
        self.hide()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = theme
        px = theme.px
        self.setStyleSheet(
            f"#undoToast {{ background: {theme.toast}; border-radius: {px(10)}px; }}"
            f"#undoToast QLabel {{ color: {theme.toasttext}; background: transparent; }}"
            f"#undoToast QPushButton {{ color: {theme.toastacc}; background: transparent;"
            f" border: 1px solid transparent; border-radius: {px(5)}px; padding: {px(3)}px {px(6)}px; }}"
            f"#undoToast QPushButton:hover {{ text-decoration: underline; }}"
            f"#undoToast QPushButton:focus {{ border: 1px solid {theme.toastacc}; }}"
        )
        self._row.setContentsMargins(px(16), 0, px(14), 0)
        self._label.setFont(theme.font(13))
        self._button.setFont(theme.font(13, QFont.Weight.DemiBold))
        self._key.setFont(theme.font(11, QFont.Weight.DemiBold))
        self._key.setStyleSheet(f"color: {theme.toastacc};")
        self.place()

    def set_key(self, key: str, tip: str) -> None:
        """Say which key does the same ("Ctrl+Z")."""
        self._key.setText(key)
        self._button.setToolTip(tip)

    def show_text(self, text: str, entry: int | None = None) -> None:
        """Show a sentence; with the number of a history entry, also the button that takes it back."""
        self._text = " ".join(text.split())
        self._entry = entry
        self._button.setVisible(entry is not None)
        self._button.setAccessibleName(self.tr("Undo: {what}").format(what=self._text))
        self.setAccessibleDescription(self._text)
        self.place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def move_over(self, over: QWidget) -> None:
        """Lie over another widget from now on."""
        if over is self._over:
            return
        shown = not self.isHidden()
        self._over.removeEventFilter(self)
        self._over = over
        over.installEventFilter(self)
        self.setParent(over)
        self.place()
        self.setVisible(shown)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the place when the widget below changes its size (QObject)."""
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self.place()
        return False

    def text(self) -> str:
        """Return the whole sentence shown."""
        return self._text

    def entry(self) -> int | None:
        """Return the history entry the button takes back."""
        return self._entry

    def dismiss(self) -> None:
        """Take it away."""
        self._timer.stop()
        self._entry = None
        self.hide()

    def _on_undo(self) -> None:
        entry = self._entry
        self.dismiss()
        if entry is not None:
            self.undo_asked.emit(entry)

    def _on_time_over(self) -> None:
        if self.underMouse() or self._button.hasFocus():
            self._timer.start(1_000)
        else:
            self.dismiss()

    def place(self) -> None:
        """Take the place at the bottom of the parent."""
        parent, px = self._over, self._theme.px
        margins = self._row.contentsMargins()
        beside = margins.left() + margins.right() + 8
        if not self._button.isHidden():
            beside += self._button.sizeHint().width()
        most = min(px(_WIDEST_PX), max(px(120), parent.width() - 2 * px(16)))
        key = self._key.sizeHint().width()
        shows_key = self._entry is not None and bool(self._key.text()) and most - beside - key > px(_LEAST_ROOM_PX)
        self._key.setVisible(shows_key)  # it is named in the tooltip, too
        if shows_key:
            beside += key
        metrics = QFontMetrics(self._label.font())
        room = most - beside
        shown = shortened(self._text, metrics, room)
        wraps = metrics.horizontalAdvance(shown) > room
        self._label.setWordWrap(wraps)
        self._label.setText(shown)
        wide = most if wraps else min(most, metrics.horizontalAdvance(shown) + beside + 6)
        self.setFixedHeight(max(px(42), self._label.heightForWidth(room - 6) + px(20)) if wraps else px(42))
        self.resize(QSize(wide, self.height()))
        self.move((parent.width() - wide) // 2, parent.height() - self.height() - px(16))


def shortened(text: str, metrics: QFontMetrics, room: int) -> str:
    """Return a sentence in one line of `room` pixels, or else in three, by shortening what stands in it in “quotes”."""
    if metrics.horizontalAdvance(text) <= room:
        return text
    start, end = text.find("“") + 1, text.rfind("”")
    if 0 < start < end:
        beside = metrics.horizontalAdvance(text[:start] + text[end:])
        least = metrics.horizontalAdvance("mmmm…")
        left = room - beside
        if left <= least and text.count("“") == 1:  # of what quotes more than a title all is to be read
            left = max(least, round(_THREE_LINES * room - beside))
        if left >= least:
            inner = metrics.elidedText(text[start:end], Qt.TextElideMode.ElideRight, left)
            return text[:start] + inner + text[end:]
    return text
