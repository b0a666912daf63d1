"""Every text that the window paints stands out from what is really under it: 4.5 to 1 at least (WCAG 2.2, 1.4.3).

The colour of the letters is asked of the painter, the ground is read from the picture of the window. Texts of what
cannot be used are excepted there, and so are they here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.painted import PaintedText, own_texts
from tests.ui.scenes import GREEK, SCENES, close_all, go_home, settle_in
from tests.ui.test_theme import contrast

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

LEAST = 4.5
_SHARE = 0.14
"""A colour that takes so much of the place of a text is a ground; the edges of letters are of many colours."""


_ALIKE = [name for name in SCENES if name.startswith("query with")][1:]
"""Scenes in which nothing is drawn otherwise than in others."""


@pytest.fixture
def bench(make_bench: Callable[[list[dict[str, object]]], Bench]) -> Bench:
    made = make_bench(GREEK)
    settle_in(made)
    made.window.resize(1440, 900)
    return made


def test_every_text_stands_out_from_its_ground(bench: Bench) -> None:
    faults: dict[str, set[str]] = {}
    seen = 0
    switch = bench.window._switch
    for name, scene in SCENES.items():
        if name in _ALIKE or name == "dark":
            continue
        go_home(bench)
        scene(bench)
        # Each scene in the theme it was opened in and in the other one; the next one is opened in that.
        for again in (False, True):
            if again:
                switch.choose("light" if switch.theme.dark else "dark")
                bench.settle()
            for fault in _faults():
                seen += 1
                if fault:
                    faults.setdefault(f"{switch.theme.name}: {fault}", set()).add(name)
        close_all(bench)
    assert {fault: sorted(where)[:3] for fault, where in sorted(faults.items())} == {}
    assert seen > 3_000  # so many texts were really looked at


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_the_pointer_is_over_stands_out_too(bench: Bench, theme: str) -> None:
    bench.window._switch.choose(theme)  # type: ignore[arg-type]
    go_home(bench)
    faults = []
    for name, row in (("paperList", 1), ("paperList", 0), ("sidebar", 2), ("similarList", 0), ("highlightList", 0)):
        widget = bench.find(name)
        viewport = widget.findChild(QWidget, "qt_scrollarea_viewport") or widget
        index = _index(widget, row)
        QTest.mouseMove(viewport, index)
        QTest.qWait(20)
        faults += [f"{name} {row}: {fault}" for fault in _faults() if fault]
    for button in bench.find("reader").findChildren(QWidget):
        if button.isVisible() and button.isEnabled() and button.focusPolicy() & Qt.FocusPolicy.TabFocus:
            QTest.mouseMove(button, button.rect().center())
            faults += [f"{button.objectName()}: {fault}" for fault in _faults(button) if fault]
    assert faults == []


def _index(view: QWidget, row: int) -> QPoint:
    model = view.model()  # type: ignore[attr-defined]
    place: QRect = view.visualRect(model.index(row, 0))  # type: ignore[attr-defined]
    return place.center()


def _faults(only: QWidget | None = None) -> Iterator[str]:
    """Yield a sentence for each text that does not stand out, "" for each that does."""
    for top in QApplication.topLevelWidgets():
        if not top.isVisible():
            continue
        image = top.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        for widget in [top, *top.findChildren(QWidget)]:
            if not widget.isVisible() or not widget.isEnabled() or widget.visibleRegion().isEmpty():
                continue
            if only is not None and widget is not only:
                continue
            for piece in own_texts(widget):
                place = _seen(top, widget, piece)
                if place is not None:
                    yield _judged(piece, image, place, widget)


def _seen(top: QWidget, widget: QWidget, piece: PaintedText) -> QRect | None:
    """Return where a text is seen in its window, or None when it is scrolled away, covered, or nothing but room."""
    visible = piece.place & widget.visibleRegion().boundingRect()
    if not piece.text.strip() or visible.width() < 4 or visible.height() < min(8, piece.place.height()):
        return None
    place = QRect(widget.mapTo(top, visible.topLeft()), visible.size())
    for point in (place.center(), place.topLeft(), place.bottomRight()):
        over = top.childAt(point) or top
        if over is not widget and not over.isAncestorOf(widget) and not widget.isAncestorOf(over):
            return None
    return place & top.rect()


def _judged(piece: PaintedText, image: QImage, place: QRect, widget: QWidget) -> str:
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    under = pixels[place.top() : place.bottom() + 1, place.left() : place.right() + 1]
    letters = piece.colour
    for pixel, count in zip(*np.unique(under, return_counts=True), strict=True):
        ground = QColor.fromRgb(int(pixel))
        if count < _SHARE * under.size or _close(ground, letters):
            continue
        ratio = contrast(_over(letters, ground).name(), ground.name())
        if ratio < LEAST:
            name = widget.objectName() or type(widget).__name__
            return f"{name}: {letters.name()} on {ground.name()} is {ratio:.2f}, “{piece.text}”"
    return ""


def _over(letters: QColor, ground: QColor) -> QColor:
    """Return the colour that letters which are not opaque have on a ground."""
    a = letters.alphaF()
    mixed = (round(a * x + (1 - a) * y) for x, y in zip(letters.getRgb()[:3], ground.getRgb()[:3], strict=True))  # type: ignore[arg-type,index]
    return QColor(*mixed)


def _close(one: QColor, other: QColor) -> bool:
    return max(abs(a - b) for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)) < 6  # type: ignore[arg-type,index]
