"""The reader's choices of how everything looks: light or dark, larger or smaller. Knows no paper."""

from __future__ import annotations

from PySide6.QtCore import QObject

from readinglist.ui.actions import Actions
from readinglist.ui.memory import Memory
from readinglist.ui.theme import Choice, ThemeSwitch

USUAL_PX = 14
"""The size of a title in the list that the design was drawn with."""

_SMALLEST_PX, _LARGEST_PX = 11, 25
_THEMES: dict[str, Choice] = {
    "actionThemeSystem": "system",
    "actionThemeLight": "light",
    "actionThemeDark": "dark",
}


class Appearance(QObject):
    """Does what the View menu offers, and remembers it."""

    def __init__(self, actions: Actions, switch: ThemeSwitch, memory: Memory, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._switch = switch
        self._memory = memory
        for name, choice in _THEMES.items():
            actions[name].setChecked(choice == switch.choice)
            actions[name].triggered.connect(self._choose_theme)
        actions["actionLarger"].triggered.connect(self.enlarge)
        actions["actionSmaller"].triggered.connect(self.shrink)
        actions["actionUsualSize"].triggered.connect(self.reset_size)

    def enlarge(self) -> None:
        """Draw everything a step larger."""
        self._zoom(self._memory.settings.list_font_px + 1)

    def shrink(self) -> None:
        """Draw everything a step smaller."""
        self._zoom(self._memory.settings.list_font_px - 1)

    def reset_size(self) -> None:
        """Draw everything at its usual size."""
        self._zoom(USUAL_PX)

    def _choose_theme(self) -> None:
        choice = _THEMES[self.sender().objectName()]
        self._memory.change(theme=choice)
        self._memory.save()
        self._switch.choose(choice)

    def _zoom(self, list_font_px: int) -> None:
        size = min(_LARGEST_PX, max(_SMALLEST_PX, list_font_px))
        self._memory.change(list_font_px=size)
        self._switch.set_zoom(size / USUAL_PX)
