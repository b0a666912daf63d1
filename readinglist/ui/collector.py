"""Collect Python's garbage in the window's thread only, and never much at once.

The automatic collector runs in whichever thread allocates next. In a worker thread it may destroy Qt objects
there, which crashes (3 of 3 runs with PySide6 6.11); so it is off while windows are open, and a timer collects.

A collection goes through every object of its generation. What was made by the start is not gone through, young
objects are looked at often, so that there are few, and the older ones while no job runs: a job may hold half a million.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer

_EVERY_MS = 50
_YOUNG = 5_000
"""So many new objects are worth a look; a look at ten times as many takes some milliseconds."""
_MIDDLE_EVERY, _OLD_EVERY = 20, 50
"""The middle-aged objects are gone through after so many looks at the young ones, the old after so many at these."""
_FREEZE_AFTER_S = 2.0
"""So long after a window has taken the place of another, what is there by then is taken out of all further looks."""
_WINDOWS_WERE_OPEN = "readinglistWindowsWereOpen"
_LONGEST_S = 60.0
"""A job may put off the looks at older objects for so long."""


class Collector(QObject):
    """Collects what is due; the automatic collector is back on after `close`. `busy` says whether a job runs."""

    def __init__(self, parent: QObject | None = None, *, busy: Callable[[], bool] = bool) -> None:
        super().__init__(parent)
        self._busy = busy
        self._was_on = gc.isenabled()
        gc.disable()
        app = QCoreApplication.instance()
        self._frozen = app is not None and not app.property(_WINDOWS_WERE_OPEN)
        if self._frozen and app is not None:
            app.setProperty(_WINDOWS_WERE_OPEN, True)
            gc.freeze()
        self._begun_s = self._quiet_s = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the generations that are due."""
        young, middle, old = gc.get_count()
        now = time.monotonic()
        if not self._busy():
            self._quiet_s = now
        may_look_far = now == self._quiet_s or now - self._quiet_s > _LONGEST_S
        if may_look_far and not self._frozen and now - self._begun_s > _FREEZE_AFTER_S:
            gc.collect()  # a window that was open before is to go, and not to be kept for ever
            gc.freeze()
            self._frozen = True
        elif may_look_far and old > _OLD_EVERY:
            gc.collect(2)
        elif may_look_far and middle > _MIDDLE_EVERY:
            gc.collect(1)
        elif young > _YOUNG:
            gc.collect(0)

    def close(self) -> None:
        """Stop, and let the automatic collector do it again."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_on:
            gc.enable()
