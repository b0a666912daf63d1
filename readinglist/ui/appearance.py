"""How everything looks and which keys it listens to: what the View menu offers, and what the settings say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from readinglist.settings import RANGES, Settings
from readinglist.ui.actions import Actions
from readinglist.ui.preferences import Preferences
from readinglist.ui.theme import READER_PX, USUAL_PX, ThemeSwitch

_THEMES = {
    "actionThemeSystem": "system",
    "actionThemeLight": "light",
    "actionThemeDark": "dark",
}


class Appearance(QObject):
    """Turns actions into choices, and choices into the theme, the keys and checked actions."""

    told = Signal(str)
    """A sentence for the reader."""

    def __init__(self, actions: Actions, switch: ThemeSwitch, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._chosen_keys: Mapping[str, Sequence[str]] = {}
        self._actions = actions
        self._switch = switch
        self._preferences = preferences
        for name in _THEMES:
            actions[name].triggered.connect(self._choose_theme)
        actions["actionLarger"].triggered.connect(self.enlarge)
        actions["actionSmaller"].triggered.connect(self.shrink)
        actions["actionUsualSize"].triggered.connect(self.reset_size)
        actions["actionReaderLarger"].triggered.connect(self.enlarge_reader)
        actions["actionReaderSmaller"].triggered.connect(self.shrink_reader)
        actions["actionCompact"].triggered.connect(self._choose_density)
        preferences.changed.connect(self._follow)
        preferences.changed.connect(self.follow_keys)
        self._follow(preferences.settings)

    def follow_keys(self, settings: Settings) -> None:
        """Give the actions the keys that were chosen; tell of a key that two of them want."""
        clashes = self._actions.set_keys(settings.keys).clashes
        if clashes and settings.keys != self._chosen_keys:
            self.told.emit(self._actions.clash_text(clashes[0]))
        self._chosen_keys = settings.keys

    def enlarge(self) -> None:
        """Draw everything a step larger."""
        self._step("text_size", 1)

    def shrink(self) -> None:
        """Draw everything a step smaller."""
        self._step("text_size", -1)

    def enlarge_reader(self) -> None:
        """Write abstracts and notes a step larger."""
        self._step("reader_text_size", 1)

    def shrink_reader(self) -> None:
        """Write abstracts and notes a step smaller."""
        self._step("reader_text_size", -1)

    def reset_size(self) -> None:
        """Draw everything at its usual size."""
        self._preferences.change(text_size=USUAL_PX, reader_text_size=READER_PX)

    def _step(self, name: str, by: int) -> None:
        least, most = RANGES[name]
        self._preferences.change(**{name: min(most, max(least, getattr(self._preferences.settings, name) + by))})

    def _choose_theme(self) -> None:
        self._preferences.change(theme=_THEMES[self.sender().objectName()])

    def _choose_density(self) -> None:
        compact = self._actions["actionCompact"].isChecked()
        self._preferences.change(density="compact" if compact else "comfortable")

    def _follow(self, settings: Settings) -> None:
        for name, choice in _THEMES.items():
            self._actions[name].setChecked(choice == settings.theme)
        self._actions["actionCompact"].setChecked(settings.density == "compact")
        self._switch.follow(settings)
