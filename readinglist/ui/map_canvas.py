"""The map of topics as a picture: points, names of islands, what is selected. Zoomed, gone over, and lassoed.

Points are set in an array and shown as one image: 87,000 of them take some milliseconds, as items of a scene they
would take seconds. Knows no library.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from readinglist.library import Island
from readinglist.ui.editing_keys import keep_keys
from readinglist.ui.theme import Theme

Marks = NDArray[np.bool_]

_FURTHEST, _NEAREST = 0.8, 60.0
_NEAR_PX = 9
_CORNERS = 80
_LABEL_PX = 170
_HALO_PX = 3
_NAMES_KEPT = 500
NAMES_AT_ONCE = 12
"""So many names are drawn for the first time in one paint; the others come with the next ones."""
_STEP = 0.12
_FADED = 0.18
_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Plus,
    Qt.Key.Key_Equal,
    Qt.Key.Key_Minus,
    Qt.Key.Key_0,
)


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: places between -1 and 1, y downwards, and islands, the largest first."""

    x: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    y: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    islands: Sequence[Island] = ()


class MapCanvas(QWidget):
    """Draws a chart. A drag moves it, the wheel zooms it; with Shift, or while `lasso` is on, a drag selects."""

    lassoed = Signal(object, bool)
    """Which points (a mask), and whether they are added to what was selected."""

    pointed = Signal(int, QPoint)
    """The point under the mouse, -1 for none, and where on the screen that is."""

    opened = Signal(int)
    """The point that was double-clicked."""

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mapCanvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(200, 200)
        self.lasso = False
        self._theme = theme
        self._chart = Chart()
        self._names: dict[tuple[str, float], QPixmap] = {}
        self._group: NDArray[np.int8] = np.zeros(0, np.int8)
        self._colours: Sequence[str] = ()
        self._only: int | None = None
        self._selected: Marks = np.zeros(0, np.bool_)
        self._island: int | None = None
        self._middle = QPointF(0, 0)
        self._zoom = 1.0
        self._image: QImage | None = None
        self._pixels: NDArray[Any] | None = None
        self._pressed: QPointF | None = None
        self._moved = False
        self._line: list[QPointF] = []
        self.set_theme(theme)

    # -- what is shown ----------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        if theme != self._theme:
            self._names.clear()
        self._theme = theme
        self._draw_anew()

    def show_chart(self, chart: Chart) -> None:
        """Show another chart, whole."""
        self._chart = chart
        if len(self._names) > _NAMES_KEPT:
            self._names.clear()
        self._group = np.full(len(chart.x), -1, np.int8)
        self._selected = np.zeros(len(chart.x), np.bool_)
        self._island = None
        self.show_whole()

    def show_colours(self, group: NDArray[np.int8], colours: Sequence[str], only: int | None) -> None:
        """Colour points by the number of their group, -1 faintly, below that not at all; `only` one group strongly."""
        self._group, self._colours, self._only = group, colours, only
        self._draw_anew()

    def show_selected(self, selected: Marks) -> None:
        """Ring the points that are selected."""
        self._selected = selected
        self._draw_anew()

    def show_island(self, number: int | None) -> None:
        """Ring an island."""
        self._island = number
        self.update()

    def show_whole(self) -> None:
        """Show the whole map."""
        self._middle, self._zoom = QPointF(0, 0), 1.0
        self._draw_anew()

    def go_to_island(self, number: int) -> None:
        """Zoom to an island."""
        island = self._chart.islands[number]
        self._middle = QPointF(island.x, island.y)
        self._zoom = min(_NEAREST, max(1.0, 0.45 / max(island.radius, 1e-3)))
        self._draw_anew()

    def _draw_anew(self) -> None:
        self._image = None
        self.update()

    # -- places -----------------------------------------------------------------------------------

    def _scale(self) -> float:
        """Return how many pixels the unit of the map is long."""
        return 0.47 * min(self.width(), self.height()) * self._zoom

    def place_of(self, x: float, y: float) -> QPointF:
        """Return where a place of the map is on the widget."""
        scale = self._scale()
        return QPointF(
            self.width() / 2 + (x - self._middle.x()) * scale, self.height() / 2 + (y - self._middle.y()) * scale
        )

    def _on_map(self, place: QPointF) -> QPointF:
        scale = self._scale()
        return QPointF(
            (place.x() - self.width() / 2) / scale + self._middle.x(),
            (place.y() - self.height() / 2) / scale + self._middle.y(),
        )

    def point_at(self, place: QPointF) -> int:
        """Return the nearest point within some pixels that is shown, -1 for none."""
        there = self._on_map(place)
        away = (self._chart.x - there.x()) ** 2 + (self._chart.y - there.y()) ** 2
        away[self._group < -1] = np.inf
        if not len(away):
            return -1
        nearest = int(away.argmin())
        return nearest if away[nearest] ** 0.5 * self._scale() <= _NEAR_PX else -1

    # -- drawing ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw points, names, the lasso and the focus (QWidget)."""
        theme = self._theme
        painter = QPainter(self)
        if self._image is None or self._image.size() != self.size() * self.devicePixelRatioF():
            self._image = self._points()
        painter.drawImage(self.rect(), self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_names(painter)
        if len(self._line) > 1:
            painter.setPen(QPen(QColor(theme.acc), 1.5, Qt.PenStyle.DashLine))
            ground = QColor(theme.acc)
            ground.setAlpha(40)
            painter.setBrush(ground)
            painter.drawPolygon(QPolygonF(self._line))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.acc), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.px(8), theme.px(8))
        painter.end()

    def _points(self) -> QImage:
        """Return the image of the points."""
        ratio = self.devicePixelRatioF()
        width, height = max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))
        scale = self._scale() * ratio
        reach = self._reach(scale)
        margin = reach + 3
        pixels = np.full((height + 2 * margin, width + 2 * margin), _rgb(QColor(self._theme.read)), np.uint32)
        across = (width / 2 + (self._chart.x - self._middle.x()) * scale).astype(np.int32) + margin
        down = (height / 2 + (self._chart.y - self._middle.y()) * scale).astype(np.int32) + margin
        seen = (across >= margin) & (across < width + margin) & (down >= margin) & (down < height + margin)
        seen &= self._group >= -1
        strong = np.ones(len(self._group), np.bool_) if self._only is None else self._group == self._only
        table = np.array([self._faint(), *(_rgb(QColor(colour)) for colour in self._colours)], np.uint32)
        faint = np.flatnonzero(seen & ~(strong & (self._group >= 0)))
        _stamp(pixels, across[faint], down[faint], table[np.zeros(len(faint), np.int64)], reach)
        shown = np.flatnonzero(seen & strong & (self._group >= 0))
        if len(shown):
            sizes = np.bincount(self._group[shown])
            shown = shown[np.argsort(-sizes[self._group[shown]], kind="stable")]  # small groups lie over large ones
            _stamp(pixels, across[shown], down[shown], table[self._group[shown] + 1], reach)
        ringed = np.flatnonzero(seen & self._selected)
        text = np.full(len(ringed), _rgb(QColor(self._theme.text)), np.uint32)
        _stamp(pixels, across[ringed], down[ringed], text, reach + 1)
        if reach:
            _stamp(pixels, across[ringed], down[ringed], table[np.maximum(self._group[ringed] + 1, 0)], reach - 1)
        self._pixels = np.ascontiguousarray(pixels[margin : margin + height, margin : margin + width])
        return QImage(self._pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)

    def _reach(self, scale: float) -> int:
        """Return how far a point reaches from its middle, in pixels: the less, the closer they lie."""
        area = sum(island.radius**2 for island in self._chart.islands) * 3.14159
        apart = scale * (area / max(1, len(self._chart.x))) ** 0.5
        return max(0, min(5, round(0.3 * float(apart))))

    def _faint(self) -> int:
        """Return the colour of points that are in no group, or not looked at."""
        ground, quiet = QColor(self._theme.read), QColor(self._theme.faint)
        part = _FADED * 2
        mixed = (
            round(of + (to - of) * part)
            for of, to in (
                (ground.red(), quiet.red()),
                (ground.green(), quiet.green()),
                (ground.blue(), quiet.blue()),
            )
        )
        return _rgb(QColor(*mixed))

    def _draw_names(self, painter: QPainter) -> None:
        """Draw the names of islands, of those that would lie over each other the larger; and a ring round one."""
        theme = self._theme
        font = theme.font(12, QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        taken: list[QRectF] = []
        new = 0
        numbers = list(range(len(self._chart.islands)))
        if self._island is not None and self._island in numbers:
            numbers.remove(self._island)
            numbers.insert(0, self._island)
        for number in numbers:
            island = self._chart.islands[number]
            place = self.place_of(island.x, island.y)
            if number == self._island:
                painter.setPen(QPen(QColor(theme.acc), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                radius = island.radius * self._scale()
                painter.drawEllipse(place, radius, radius)
            text = metrics.elidedText(island.name.partition(", ")[0], Qt.TextElideMode.ElideRight, theme.px(_LABEL_PX))
            width = metrics.horizontalAdvance(text)
            rect = QRectF(place.x() - width / 2, place.y() - metrics.height() / 2, width, metrics.height())
            if not text or not QRectF(self.rect()).intersects(rect) or any(rect.intersects(other) for other in taken):
                continue
            taken.append(rect.adjusted(-6, -3, 6, 3))
            if (text, self.devicePixelRatioF()) not in self._names:
                new += 1
                if new > NAMES_AT_ONCE:
                    continue
            corner = rect.topLeft() - QPointF(_HALO_PX, _HALO_PX)
            painter.drawPixmap(corner.toPoint(), self._name(text, font, metrics))
        if new > NAMES_AT_ONCE:
            QTimer.singleShot(0, self.update)

    def _name(self, text: str, font: QFont, metrics: QFontMetrics) -> QPixmap:
        """Return a name with a halo; drawn once, as 50 of them take half of all the time that a paint has."""
        ratio = self.devicePixelRatioF()
        if (drawn := self._names.get((text, ratio))) is not None:
            return drawn
        size = QSize(metrics.horizontalAdvance(text), metrics.height()) + QSize(2 * _HALO_PX, 2 * _HALO_PX)
        drawn = QPixmap(size * ratio)
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addText(QPointF(_HALO_PX, _HALO_PX + metrics.ascent()), font, text)
        halo = QPen(QColor(self._theme.read), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.strokePath(path, halo)
        painter.fillPath(path, QColor(self._theme.text))
        painter.end()
        self._names[text, ratio] = drawn
        return drawn

    # -- mouse ------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom where the mouse is (QWidget)."""
        self._zoom_at(event.position(), 1.0015 ** event.angleDelta().y())
        event.accept()

    def _zoom_at(self, place: QPointF, factor: float) -> None:
        before = self._on_map(place)
        self._zoom = min(_NEAREST, max(_FURTHEST, self._zoom * factor))
        self._middle += before - self._on_map(place)
        self._draw_anew()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to move the map, or a lasso (QWidget)."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._moved = event.position(), False
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._line = [event.position()] if shift or self.lasso else []

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the map, draw the lasso, or tell what is under the mouse (QWidget)."""
        if self._pressed is None:
            self.pointed.emit(self.point_at(event.position()), event.globalPosition().toPoint())
            return
        if (event.position() - self._pressed).manhattanLength() > 4:
            self._moved = True
        if self._line:
            self._line.append(event.position())
            self.update()
        elif self._moved:
            self._middle -= (event.position() - self._pressed) / self._scale()
            self._pressed = event.position()
            self._draw_anew()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a lasso, or select the point that was clicked (QWidget)."""
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        adds = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        line, self._line, self._pressed = self._line, [], None
        if line and self._moved:
            self.lassoed.emit(self.inside([self._on_map(place) for place in line]), adds)
        elif not self._moved:
            marks = np.zeros(len(self._chart.x), np.bool_)
            if (point := self.point_at(event.position())) >= 0:
                marks[point] = True
            self.lassoed.emit(marks, adds)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a paper (QWidget)."""
        if (point := self.point_at(event.position())) >= 0:
            self.opened.emit(point)

    def inside(self, line: Sequence[QPointF]) -> Marks:
        """Say of each point that is shown whether it lies in a polygon of the map (even-odd rule)."""
        some = line[:: max(1, len(line) // _CORNERS)]
        xs, ys = np.array([place.x() for place in some]), np.array([place.y() for place in some])
        x, y = self._chart.x, self._chart.y
        near = (x >= xs.min()) & (x <= xs.max()) & (y >= ys.min()) & (y <= ys.max()) & (self._group >= -1)
        if self._only is not None:
            near &= self._group == self._only
        places = np.flatnonzero(near)
        x, y = x[places], y[places]
        odd = np.zeros(len(places), np.bool_)
        for (x1, y1), (x2, y2) in zip(
            zip(xs, ys, strict=True), zip(np.roll(xs, -1), np.roll(ys, -1), strict=True), strict=True
        ):
            if y1 != y2:
                odd ^= ((y1 > y) != (y2 > y)) & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
        marks = np.zeros(len(near), np.bool_)
        marks[places[odd]] = True
        return marks

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more (QWidget)."""
        super().leaveEvent(event)
        self.pointed.emit(-1, QPoint())

    # -- keys -------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move and zoom (QObject)."""
        return keep_keys(event, _KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, zoom with + and -, show the whole with 0 (QWidget)."""
        key = Qt.Key(event.key())
        ways = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        if key in ways:
            by = _STEP / self._zoom
            self._middle += QPointF(ways[key][0] * by, ways[key][1] * by)
            self._draw_anew()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._zoom_at(QPointF(self.rect().center()), 1 / 1.4 if key == Qt.Key.Key_Minus else 1.4)
        elif key == Qt.Key.Key_0:
            self.show_whole()
        else:
            super().keyPressEvent(event)


def _rgb(colour: QColor) -> int:
    return int(colour.rgb() & 0xFFFFFFFF)


def _stamp(
    pixels: NDArray[np.uint32],
    across: NDArray[np.int32],
    down: NDArray[np.int32],
    colours: NDArray[np.uint32],
    reach: int,
) -> None:
    """Set a round spot of so many pixels from its middle for each point."""
    flat, stride = pixels.reshape(-1), pixels.shape[1]
    at = down.astype(np.int64) * stride + across
    for dy in range(-reach, reach + 1):
        for dx in range(-reach, reach + 1):
            if dx * dx + dy * dy <= reach * reach:
                flat[at + (dy * stride + dx)] = colours
