"""Draws one picture of the reading stats with pyqtgraph, and goes through it by key and mouse.

Imported when the page is opened, after pyqtgraph itself was imported in the background.
"""

from __future__ import annotations

from itertools import pairwise

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPen,
)
from PySide6.QtWidgets import QGraphicsRectItem, QLabel, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from readinglist.ui.editing_keys import keep_keys
from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.stats_pictures import Cell, Picture
from readinglist.ui.theme import Theme

_AXIS_PX = 44
_GAP_PX = 6
_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_OTHERS = (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Plot(QWidget):
    """A title, the plot, and a line of words: the whole in a sentence, or the bar one is at."""

    chosen = Signal(str)
    """The search for the papers of a bar."""

    def __init__(self, picture: Picture, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = QLabel(self)
        self._legend = QLabel(self)
        self._words = QLabel(self)
        self._legend.setTextFormat(Qt.TextFormat.RichText)
        for label in (self._title, self._words):
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self._words, self._legend):
            label.setWordWrap(True)
        self._view = pg.PlotWidget(self)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self._view.setMenuEnabled(False)
        self._view.hideButtons()
        self._view.setMouseEnabled(x=False, y=False)
        self._view.viewport().setMouseTracking(True)
        self._view.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.viewport().installEventFilter(self)
        self._view.setAccessibleName(self.tr("Plot"))
        self._here = QGraphicsRectItem()
        self._here.setZValue(10)
        column = QVBoxLayout(self)
        column.addWidget(self._title)
        column.addWidget(self._view)
        column.addWidget(self._legend)
        column.addWidget(self._words)
        column.addStretch(1)
        self._column = column
        self._cell: Cell | None = None
        self.picture = picture
        self.show_picture(picture, theme)

    def show_picture(self, picture: Picture, theme: Theme) -> None:
        """Show a picture in place of the one before; the bar one was at stays when it is still there."""
        self._theme = theme
        self.picture = picture
        self.setObjectName(picture.name)
        self._dress()
        item = self._view.getPlotItem()
        item.clear()
        view = item.getViewBox()
        for place, _ in picture.y_ticks if picture.tall or picture.legend else ():
            item.addItem(pg.InfiniteLine(place, angle=0, pen=pg.mkPen(theme.line, width=1)))
        drawn = [cell for cell in picture.cells if cell.height > 0]
        item.addItem(
            pg.BarGraphItem(
                x0=[cell.x for cell in drawn],
                y0=[cell.y for cell in drawn],
                width=[cell.width for cell in drawn],
                height=[cell.height for cell in drawn],
                brushes=[cell.colour for cell in drawn],
                pen=pg.mkPen(None),
            )
        )
        view.addItem(self._here, ignoreBounds=True)
        view.setRange(QRectF(0, 0, picture.right, picture.top * 1.04), padding=0)
        self._name_columns()
        item.getAxis("left").setTicks([list(picture.y_ticks)])
        was = self._cell
        same = [c for c in picture.cells if was is not None and (c.column, c.row) == (was.column, was.row)]
        self._go(same[0] if same else None)

    def _name_columns(self) -> None:
        """Name as many columns as there is room for: all, or every second, third, …"""
        picture = self.picture
        metrics = QFontMetrics(self._theme.font(11))
        room = max(self._view.viewport().width() - self._theme.px(_AXIS_PX), 1) / picture.right
        ticks = [(place, name) for place, name in picture.x_ticks if name]
        halves = [metrics.horizontalAdvance(name) / 2 + self._theme.px(_GAP_PX) / 2 for _, name in ticks]

        def fits(step: int) -> bool:
            kept = list(zip(ticks, halves, strict=True))[::step]
            return all((right[0] - left[0]) * room >= half + other for (left, half), (right, other) in pairwise(kept))

        step = next(step for step in range(1, len(ticks) + 2) if fits(step))
        self._view.getPlotItem().getAxis("bottom").setTicks([ticks[::step]])

    def _dress(self) -> None:
        theme, px, picture = self._theme, self._theme.px, self.picture
        self.setAccessibleName(picture.title)
        self._column.setContentsMargins(px(18), px(14), px(18), px(12))
        self._column.setSpacing(px(6))
        self._title.setText(picture.title)
        self._title.setFont(theme.font(14, QFont.Weight.DemiBold))
        self._title.setStyleSheet(f"color: {theme.text}; border: 0;")
        self._words.setFont(theme.font(12))
        self._words.setStyleSheet(f"color: {theme.sub}; border: 0;")
        self._legend.setFont(theme.font(12))
        self._legend.setStyleSheet(f"color: {theme.sub}; border: 0;")
        self._legend.setVisible(bool(picture.legend))
        self._legend.setText(
            "&nbsp;&nbsp; ".join(
                f"<span style='color:{colour}'>■</span>&nbsp;{_safe(name)}" for colour, name in picture.legend
            )
        )
        self._view.setBackground(theme.read)
        self._view.setFixedHeight(px(picture.height_px))
        for name in ("bottom", "left"):
            axis = self._view.getPlotItem().getAxis(name)
            axis.setPen(pg.mkPen(theme.line) if name == "bottom" else pg.mkPen(None))
            axis.setTextPen(pg.mkPen(theme.sub))
            axis.setStyle(tickFont=theme.font(11), tickLength=0, tickTextOffset=px(6))
        self._view.getPlotItem().getAxis("left").setWidth(px(_AXIS_PX))
        self._show_focus()

    def _show_focus(self) -> None:
        theme = self._theme
        edge = theme.acc if self.hasFocus() else theme.line
        self.setStyleSheet(
            f"#{self.picture.name} {{ background: {theme.read}; border: 1px solid {edge};"
            f" border-radius: {theme.px(10)}px; }}"
        )

    # -- the bar one is at ------------------------------------------------------------------------

    def current(self) -> Cell | None:
        """Return the bar one is at."""
        return self._cell

    def _go(self, cell: Cell | None) -> None:
        self._cell = cell
        self._here.setVisible(cell is not None)
        if cell is not None:
            pen = QPen(QColor(self._theme.text), 2)
            pen.setCosmetic(True)
            self._here.setPen(pen)
            self._here.setRect(QRectF(cell.x, cell.y, cell.width, max(cell.height, self.picture.top * 0.01)))
        words = cell.words if cell is not None else self.picture.summary
        self._words.setText(words)
        # What is seen is also said: the whole picture in words, and where one is in it.
        self.setAccessibleDescription(f"{cell.words}. {self.picture.summary}" if cell is not None else words)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _step(self, by: tuple[int, int]) -> None:
        cells = self.picture.cells
        if not cells:
            return
        was = self._cell
        if was is None:
            self._go(cells[-1] if by[0] <= 0 and by[1] == 0 else cells[0])
            return
        wanted = (was.column + by[0], was.row + by[1])
        if self.picture.legend:  # the pieces of a bar stand one upon the other
            wanted = (was.column + by[0], was.row - by[1])
        self._go(next((cell for cell in cells if (cell.column, cell.row) == wanted), was))

    def _choose(self) -> None:
        if self._cell is not None and self._cell.query:
            self.chosen.emit(self._cell.query)

    def _cell_at(self, place: QPointF) -> Cell | None:
        view = self._view.getPlotItem().getViewBox()
        at = view.mapSceneToView(self._view.mapToScene(place.toPoint()))
        for cell in self.picture.cells:
            if QRectF(cell.x, cell.y, cell.width, cell.height).contains(at):
                return cell
            if self.picture.tall and cell.x - 0.1 <= at.x() <= cell.x + cell.width + 0.1 and at.y() >= 0:
                return cell
        return None

    # -- events -----------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep the keys that go through the picture (QObject)."""
        if keep_keys(event, (*_MOVES, *_OTHERS)):
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the bars with the arrows, list the papers of one with Enter (QWidget)."""
        key = Qt.Key(event.key())
        if key in _MOVES:
            self._step(_MOVES[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.picture.cells:
            self._go(self.picture.cells[0 if key == Qt.Key.Key_Home else -1])
        elif key in _OTHERS:
            self._choose()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus (QWidget)."""
        super().focusInEvent(event)
        self._show_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the focus no longer (QWidget)."""
        super().focusOutEvent(event)
        self._show_focus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Name the bar under the mouse, list its papers at a click, leave the wheel to the page (QObject)."""
        if event.type() == QEvent.Type.Resize:
            self._name_columns()
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        if isinstance(event, QMouseEvent):
            cell = self._cell_at(event.position())
            if event.type() == QEvent.Type.MouseMove:
                hand = Qt.CursorShape.PointingHandCursor if cell is not None else Qt.CursorShape.ArrowCursor
                self._view.viewport().setCursor(hand)
                if cell is not None:
                    QToolTip.showText(event.globalPosition().toPoint(), tooltip_text(cell.words), self._view)
                else:
                    QToolTip.hideText()
            elif event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                if cell is not None:
                    self._go(cell)
                    self._choose()
            return True
        return False


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(" ", "&nbsp;")
