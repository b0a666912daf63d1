"""Lucide icons in any colour, drawn at the resolution of the screens there are. Knows no widget.

The drawings are in `resources/icons`; each stands there in `currentColor` and 24 by 24.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from readinglist.assets import resource

_FADED = 0.38
"""How strong an icon that cannot be used is drawn."""


def pixmap(name: str, colour: str, size: int, dpr: float = 1.0, *, filled: bool = False) -> QPixmap:
    """Return icon `name` in `colour`, `size` logical pixels wide and high, for a screen of ratio `dpr`.

    `filled` also fills its shape (a star that is set). Raises FileNotFoundError for a name we do not ship.
    """
    return _drawn(name, colour, size, dpr, filled)


def icon(name: str, colour: str, size: int = 17, *, filled: bool = False) -> QIcon:
    """Return an icon of `size` logical pixels, sharp on each screen there is, faded where it is disabled.

    Ask again when a screen of another ratio appears (`MainWindow` does, and sets its theme anew).
    """
    made = QIcon()
    ratios = {1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}
    for dpr in sorted(ratios):
        drawn = _drawn(name, colour, size, dpr, filled)
        made.addPixmap(drawn, QIcon.Mode.Normal)
        made.addPixmap(_faded(drawn), QIcon.Mode.Disabled)
    return made


# WORKAROUND PySide6 6.11: a QIconEngine written in Python, which would draw at any ratio by itself, crashes
# the program when Qt clones it (nothing keeps the clone); so an icon holds one pixmap for each ratio in use.


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    return (_folder() / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _folder() -> Path:
    return resource("icons")


def _drawn(name: str, colour: str, size: int, dpr: float, filled: bool) -> QPixmap:
    # Qt's own cache, not ours: pixmaps must be gone before the application is.
    key = f"lucide {name} {colour} {size} {dpr} {filled}"
    drawn = QPixmap()
    if QPixmapCache.find(key, drawn):
        return drawn
    svg = _drawing(name).replace("currentColor", colour)
    if filled:
        svg = svg.replace('fill="none"', f'fill="{colour}"', 1)
    side = max(1, round(size * dpr))
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    drawn.setDevicePixelRatio(dpr)
    QPixmapCache.insert(key, drawn)
    return drawn


def _faded(drawn: QPixmap) -> QPixmap:
    faded = QPixmap(drawn.size())
    faded.setDevicePixelRatio(drawn.devicePixelRatio())
    faded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(faded)
    painter.setOpacity(_FADED)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return faded
