"""Collect Python's garbage in the window's thread only.

The automatic collector runs in whichever thread allocates next. In a worker thread it may destroy Qt objects
there, which crashes (3 of 3 runs with PySide6 6.11); so it is off while windows are open, and a timer collects.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 400
_OLD_EVERY = 50
"""The old objects are gone through after so many collections of the middle-aged ones."""


class Collector(QObject):
    """Collects by the collector's own thresholds; the automatic one is back on after `close`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the generations that are due."""
        young, middle, old = gc.get_count()
        limits = gc.get_threshold()
        if old > _OLD_EVERY:
            gc.collect(2)
        elif middle > limits[1]:
            gc.collect(1)
        elif young > limits[0]:
            gc.collect(0)

    def close(self) -> None:
        """Stop, and let the automatic collector do it again."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
