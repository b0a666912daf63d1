"""Hear of changes to the library, from this window and from other processes, in the window's thread.

Knows nothing of what is shown.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from readinglist.errors import LibraryMoved, ReadingListError
from readinglist.library import Changed, Library
from readinglist.ui.row_text import today

log = logging.getLogger(__name__)

LOOK_EVERY_MS = 500


class Watch(QObject):
    """Tells of what was changed here at once, of what another process changed within half a second."""

    changed = Signal(object)
    """A `Changed` made through this library, in the window's thread."""

    changed_elsewhere = Signal()
    """Another process has written, we do not know what."""

    moved = Signal(object)
    """The `LibraryMoved` that was just met, or None: the library is back in its place."""

    day_changed = Signal()
    """Another day has begun: papers come back from Later, and "today" means another day."""

    _heard = Signal(object)
    """Emitted in whichever thread made the change."""

    def __init__(self, library: Library, parent: QObject | None = None, *, today: Callable[[], date] = today) -> None:
        super().__init__(parent)
        self._library = library
        self._today = today
        self._day: date = today()
        self._moved = False
        self._heard.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = library.subscribe(self._heard.emit)
        library.changed_elsewhere()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def close(self) -> None:
        """Stop looking and listening."""
        self._timer.stop()
        self._unsubscribe()

    @Slot()
    def look(self) -> None:
        """Ask whether somebody else has written."""
        try:
            elsewhere = self._library.changed_elsewhere()
        except LibraryMoved as error:
            if not self._moved:
                self._moved = True
                log.warning("%s", error)
                self.moved.emit(error)
            return
        except ReadingListError as error:
            log.warning("cannot look for changes of others: %s", error)
            return
        if self._moved:
            self._moved = False
            self.moved.emit(None)
        day = self._today()
        if day != self._day:
            self._day = day
            self.day_changed.emit()
        if elsewhere:
            self.changed_elsewhere.emit()

    @Slot(object)
    def _pass_on(self, changed: Changed) -> None:
        self.changed.emit(changed)
