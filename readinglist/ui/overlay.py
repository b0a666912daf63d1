"""A sheet that lies over the window: the window dimmed, a card in its middle. Knows nothing of what it shows.

While a sheet is open the keys are its own: Tab stays inside, Escape closes it, and no shortcut of the window fires.
"""

from __future__ import annotations

from itertools import product
from math import hypot

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPixmapCache
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from readinglist.ui.editing_keys import give_focus_back
from readinglist.ui.theme import Theme

_SHADES, _DROP, _RADIUS = 22, 5, 12
_SEEN_THROUGH = 1 - 2 / 255


class Sheet(QWidget):
    """Covers its parent. Fill `body`; `card_width` and `card_height` are the most the card takes, in pixels."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget, *, card_width: int, card_height: int) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self._wanted = (card_width, card_height)
        self._back_to: QWidget | None = None
        self.card = QWidget(self)
        self.body = QVBoxLayout(self.card)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        parent.installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self._place()
        self.update()

    def open_sheet(self, first: QWidget, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Show the sheet over its parent with the focus on `first`.

        An editor that the focus is taken from closes, unless the reason is that of a popup.
        """
        if not self.isVisible():
            self._back_to = self._over.window().focusWidget()
        self._place()
        self.show()
        self.raise_()
        first.setFocus(reason)

    def close_sheet(self) -> None:
        """Take the sheet away and go back to where the reader was."""
        if not self.isVisible():
            return
        self.hide()
        give_focus_back(self._back_to)
        self._back_to = None
        self.closed.emit()

    def _place(self) -> None:
        self.setGeometry(self._over.rect())
        width = min(self._theme.px(self._wanted[0]), self.width() - 32)
        height = min(self._theme.px(self._wanted[1]), self.height() - 32)
        self.card.setGeometry(
            QRect((self.width() - width) // 2, max(16, (self.height() - height) * 2 // 5), width, height)
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the size of the parent (QObject)."""
        if event.type() == QEvent.Type.Resize and watched is self.parent() and self.isVisible():
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        """Let no shortcut of the window fire (QObject)."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close at Escape; swallow what nobody in the sheet wants (QWidget)."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close at a click beside the card (QWidget)."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.close_sheet()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Go round within the sheet (QWidget)."""
        inside = self._stops()
        if not inside:
            return True
        now = QApplication.focusWidget()
        at = inside.index(now) if now in inside else (-1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        inside[(at + (1 if forward else -1)) % len(inside)].setFocus(reason)
        return True

    def _stops(self) -> list[QWidget]:
        """Return where Tab stops in the sheet, in order.

        The chain is followed no further than to the last of them. PySide takes what `nextInFocusChain` returns for a
        child of the widget that was asked: a window at its end would never be freed.
        """
        left = {
            widget
            for widget in self.card.findChildren(QWidget)
            if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        }
        stops: list[QWidget] = []
        widget = self.card.nextInFocusChain() if left else None
        while left and widget is not None and widget is not self.card:
            if widget in left:
                left.remove(widget)
                stops.append(widget)
            widget = widget.nextInFocusChain() if left else None
        return stops

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what lies below, and draw the card with its shadow (QWidget)."""
        painter = QPainter(self)
        card = self.card.geometry()
        if card.adjusted(_RADIUS, _RADIUS, -_RADIUS, -_RADIUS).contains(event.rect()):
            painter.fillRect(event.rect(), QColor(self._theme.read))  # something in the card has changed
            painter.end()
            return
        painter.fillRect(self.rect(), QColor(0, 0, 0, 120 if self._theme.dark else 70))
        self._draw_shadow(painter, card)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.setBrush(QColor(self._theme.read))
        painter.drawRoundedRect(card, _RADIUS, _RADIUS)
        painter.end()

    def _draw_shadow(self, painter: QPainter, card: QRect) -> None:
        """Draw the shadow of the card from the corners and edges of a small one; what is under the card is left out."""
        ratio = self.devicePixelRatioF()
        shadow = _small_shadow(ratio)
        corner = _SHADES + _RADIUS + 1
        outer = card.adjusted(-_SHADES, _DROP - _SHADES, _SHADES, _DROP + _SHADES)
        lefts = (outer.left(), outer.left() + corner, outer.right() + 1 - corner)
        tops = (outer.top(), outer.top() + corner, outer.bottom() + 1 - corner)
        widths, heights = ((corner, side - 2 * corner, corner) for side in (outer.width(), outer.height()))
        firsts, sizes = (0, corner, corner + 1), (corner, 1, corner)
        for column, row in product(range(3), range(3)):
            if (column, row) != (1, 1):
                target = QRectF(lefts[column], tops[row], widths[column], heights[row])
                place, size = (firsts[column], firsts[row]), (sizes[column], sizes[row])
                source = QRectF(place[0] * ratio, place[1] * ratio, size[0] * ratio, size[1] * ratio)
                painter.drawPixmap(target, shadow, source)


def _small_shadow(ratio: float) -> QPixmap:
    """Return the shadow of a card so small that its edges are one pixel between the corners.

    It is as dark as if the card had been drawn `_SHADES` times, each a pixel larger and hardly to be seen, which takes
    Qt twenty times as long.
    """
    kept = f"sheet-shadow:{ratio}"
    shadow = QPixmap()
    if QPixmapCache.find(kept, shadow):
        return shadow
    middle, whole = _SHADES + _RADIUS, 2 * (_SHADES + _RADIUS + 1) + 1
    pixels = range(round(whole * ratio))
    places = [(pixel + 0.5) / ratio for pixel in pixels]
    beyond = [max(0.0, middle - min(place, whole - place)) for place in places]
    shades = [[min(max(_SHADES + _RADIUS - hypot(x, y), 0.0), _SHADES) for x in beyond] for y in beyond]
    data = b"".join(bytes((0, 0, 0, round(255 * (1 - _SEEN_THROUGH**n)))) for row in shades for n in row)
    image = QImage(data, len(pixels), len(pixels), QImage.Format.Format_ARGB32_Premultiplied)
    shadow = QPixmap.fromImage(image)
    shadow.setDevicePixelRatio(ratio)
    QPixmapCache.insert(kept, shadow)
    return shadow
