"""Where the window stands on the screen and how its parts share the room, from one run to the next."""

from __future__ import annotations

import base64

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from readinglist.ui.layout import Frame
from readinglist.ui.memory import Memory

WIDTH_PX, HEIGHT_PX = 1440, 900
_LEAST_PX = (1000, 640)


def restore_place(window: QWidget, frame: Frame, memory: Memory) -> None:
    """Put the window where it was; at first, or where that is no more, in the size it was designed for."""
    frame.want_sidebar(memory.sidebar_open)
    geometry = QByteArray(base64.b64decode(memory.window.encode("ascii", "ignore"), validate=False))
    if geometry.isEmpty() or not window.restoreGeometry(geometry):
        room = QGuiApplication.primaryScreen().availableGeometry()
        least_width, least_height = _LEAST_PX
        window.resize(min(WIDTH_PX, max(least_width, room.width())), min(HEIGHT_PX, max(least_height, room.height())))
    frame.set_widths(memory.splitter_px)


def remember_place(window: QWidget, frame: Frame, memory: Memory) -> None:
    """Take note where the window stands; nothing is written yet."""
    memory.window = base64.b64encode(window.saveGeometry().data()).decode("ascii")
    memory.splitter_px = frame.widths()
    memory.sidebar_open = frame.sidebar_wanted
