"""Put another theme on the window, one step at a turn of the event loop. Knows nothing of what the steps do.

A style sheet has every widget that was ever shown look at all its rules: with what else there is to do, more than a
window may take at once. What is painted in between is half of one and half of the other, for a few milliseconds. (To
switch painting off meanwhile, by `setUpdatesEnabled`, is no way: Qt 6.11 loses a request to paint that comes then, and
the window is not painted again until its size changes.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from readinglist.ui.theme import Theme

Step = Callable[[Theme], object]


class Dressing(QObject):
    """Takes the steps for the newest theme."""

    def __init__(self, window: QWidget, steps: Sequence[Step]) -> None:
        super().__init__(window)
        self._steps = steps
        self._left: list[Step] = []
        self._theme: Theme | None = None
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._on_turn)

    @property
    def settled(self) -> bool:
        """Return False while a theme is being put on."""
        return not self._left

    def dress(self, theme: Theme) -> None:
        """Put on a theme; one that is being put on gives way to it."""
        self._theme = theme
        self._left = list(self._steps)
        self._next.start()

    def _on_turn(self) -> None:
        if self._theme is None:
            return
        step = self._left.pop(0)
        if self._left:
            self._next.start()
        step(self._theme)
