"""What stands on a widget as text, whoever painted it: Qt's own widgets, delegates, documents."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QPaintDevice, QPaintEngine, QPainter, QRegion
from PySide6.QtWidgets import QWidget

_METRIC = QPaintDevice.PaintDeviceMetric


class PaintedText(NamedTuple):
    """A piece of text, where it stands in the widget, and the colour of its letters."""

    text: str
    place: QRect
    colour: QColor


def own_texts(widget: QWidget) -> list[PaintedText]:
    """Return the pieces of text that a widget paints itself, its children left out."""
    device = _Device(widget.width(), widget.height())
    painter = QPainter(device)
    widget.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawWindowBackground)
    painter.end()
    return device.engine.pieces


def painted_texts(widget: QWidget) -> list[str]:
    """Return the pieces of text that a widget and its children paint, in order.

    A piece has one font and one line; a mnemonic's letter is a piece of its own.
    """
    device = _Device(widget.width(), widget.height())
    painter = QPainter(device)
    widget.render(painter, QPoint())
    painter.end()
    return device.engine.texts


class _Engine(QPaintEngine):
    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.texts: list[str] = []
        self.pieces: list[PaintedText] = []

    def begin(self, _device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def drawTextItem(self, place: Any, item: Any) -> None:  # noqa: N802 - Qt's name
        self.texts.append(item.text())
        painter = self.painter()
        height = item.ascent() + item.descent()
        box = QRectF(place.x(), place.y() - item.ascent(), item.width(), height)
        if painter.hasClipping() and not painter.clipRegion().contains(box.center().toPoint()):
            return  # painted once more in another colour, where it is selected
        self.pieces.append(
            PaintedText(item.text(), painter.transform().mapRect(box).toRect(), QColor(painter.pen().color()))
        )

    def _draw_nothing(self, *_: object) -> None:
        """Only text counts."""

    updateState = drawPixmap = drawImage = drawPolygon = drawPath = drawRects = drawLines = _draw_nothing  # noqa: N815
    drawEllipse = drawTiledPixmap = drawPoints = _draw_nothing  # noqa: N815


class _Device(QPaintDevice):
    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self.engine = _Engine()
        dpi = 96
        self._metrics = {
            _METRIC.PdmWidth: width,
            _METRIC.PdmHeight: height,
            _METRIC.PdmWidthMM: width,
            _METRIC.PdmHeightMM: height,
            _METRIC.PdmDpiX: dpi,
            _METRIC.PdmDpiY: dpi,
            _METRIC.PdmPhysicalDpiX: dpi,
            _METRIC.PdmPhysicalDpiY: dpi,
            _METRIC.PdmNumColors: 2**24,
            _METRIC.PdmDepth: 32,
            _METRIC.PdmDevicePixelRatio: 1,
            _METRIC.PdmDevicePixelRatioScaled: 2**16,
        }

    def paintEngine(self) -> QPaintEngine:  # noqa: N802 - Qt's name
        return self.engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        return self._metrics.get(metric, 1)
