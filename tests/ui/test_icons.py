"""Icons: tinted, sharp, and all there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from readinglist.ui import icons
from readinglist.ui.actions import TABLE
from readinglist.ui.views import built_in_views, queue_views


def colours(image: QImage) -> set[str]:
    """Return the colours of the pixels that are wholly drawn."""
    return {
        QColor(image.pixelColor(x, y)).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def test_an_icon_is_drawn_in_its_colour_at_the_screen_s_resolution(qapp: QApplication) -> None:
    drawn = icons.pixmap("star", "#2a5bd0", 16, 2.0)
    assert (drawn.width(), drawn.devicePixelRatio()) == (32, 2.0)
    assert colours(drawn.toImage()) == {"#2a5bd0"}


def test_a_filled_icon_has_more_of_its_colour(qapp: QApplication) -> None:
    def drawn(filled: bool) -> int:
        image = icons.pixmap("star", "#2a5bd0", 32, filled=filled).toImage()
        return sum(image.pixelColor(x, y).alpha() > 0 for x in range(32) for y in range(32))

    assert drawn(True) > drawn(False) * 1.3


def test_a_disabled_icon_is_fainter(qapp: QApplication) -> None:
    icon = icons.icon("archive", "#000000", 24)
    usual = icon.pixmap(QSize(24, 24), QIcon.Mode.Normal).toImage()
    faded = icon.pixmap(QSize(24, 24), QIcon.Mode.Disabled).toImage()
    strength = [max(i.pixelColor(x, y).alpha() for x in range(24) for y in range(24)) for i in (usual, faded)]
    assert strength[1] < strength[0] / 2


def test_an_icon_that_is_not_shipped_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon", "#000000", 16)


def test_every_icon_that_is_named_is_shipped(qapp: QApplication) -> None:
    names = {row.icon for row in TABLE if row.icon} | {view.icon for view in queue_views() + built_in_views()}
    assert all(not icons.pixmap(name, "#000000", 16).isNull() for name in names)
