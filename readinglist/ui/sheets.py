"""The sheets that lie over the window, each imported and made when first needed. Knows nothing of what they show."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from readinglist.ui.actions import Actions
from readinglist.ui.overlay import Sheet
from readinglist.ui.preferences import Preferences
from readinglist.ui.theme import Theme, ThemeSwitch

if TYPE_CHECKING:
    from readinglist.ui.duplicates_view import DuplicatesView
    from readinglist.ui.import_sheet import ImportSheet
    from readinglist.ui.key_sheet import KeySheet
    from readinglist.ui.palette import Palette
    from readinglist.ui.settings_sheet import SettingsSheet
    from readinglist.ui.tag_sheet import TagSheet
    from readinglist.ui.version_sheet import VersionSheet


class Sheets(QObject):
    """Makes them with the theme in force, and keeps those there are in step with it."""

    import_accepted = Signal(object)
    """An `ImportChoice`."""

    tags_accepted = Signal(object)
    """A `TagsForMany`."""

    command_taken = Signal(str)
    """The key of what was chosen in the palette."""

    def __init__(self, *, switch: ThemeSwitch, window: QWidget, actions: Actions, preferences: Preferences) -> None:
        super().__init__(window)
        self._switch = switch
        self._window = window
        self._actions = actions
        self._preferences = preferences
        self._made: list[Sheet] = []

    @cached_property
    def import_sheet(self) -> ImportSheet:
        """The sheet that shows what is about to be taken in."""
        from readinglist.ui.import_sheet import ImportSheet

        sheet = ImportSheet(self._switch.theme, self._window)
        sheet.accepted.connect(self.import_accepted)
        self._made.append(sheet)
        return sheet

    @cached_property
    def key_sheet(self) -> KeySheet:
        """The sheet of all keys."""
        from readinglist.ui.key_sheet import KeySheet

        sheet = KeySheet(self._switch.theme, self._window)
        sheet.set_actions(self._actions)
        self._made.append(sheet)
        return sheet

    @cached_property
    def palette(self) -> Palette:
        """The command palette."""
        from readinglist.ui.palette import Palette

        sheet = Palette(self._switch.theme, self._window)
        sheet.taken.connect(self.command_taken)
        self._made.append(sheet)
        return sheet

    @cached_property
    def settings_sheet(self) -> SettingsSheet:
        """The sheet of all settings."""
        from readinglist.ui.settings_sheet import SettingsSheet

        sheet = SettingsSheet(self._switch.theme, self._window, self._preferences, self._actions)
        self._made.append(sheet)
        return sheet

    @cached_property
    def tag_sheet(self) -> TagSheet:
        """The sheet that tags several papers."""
        from readinglist.ui.tag_sheet import TagSheet

        sheet = TagSheet(self._switch.theme, self._window)
        sheet.accepted.connect(self.tags_accepted)
        self._made.append(sheet)
        return sheet

    def show_keys_of(self, actions: Actions) -> None:
        """Show the keys that these actions have now."""
        if "key_sheet" in self.__dict__:
            self.key_sheet.set_actions(actions)

    @cached_property
    def duplicates_view(self) -> DuplicatesView:
        """The sheet in which duplicates are merged."""
        from readinglist.ui.duplicates_view import DuplicatesView

        sheet = DuplicatesView(self._switch.theme, self._window)
        self._made.append(sheet)
        return sheet

    @cached_property
    def version_sheet(self) -> VersionSheet:
        """The sheet of earlier versions of a note."""
        from readinglist.ui.version_sheet import VersionSheet

        sheet = VersionSheet(self._switch.theme, self._window)
        self._made.append(sheet)
        return sheet

    def show_keys(self) -> None:
        """Open the sheet of all keys."""
        self.key_sheet.show_keys()

    def show_settings(self) -> None:
        """Open the sheet of all settings."""
        self.settings_sheet.show_settings()

    def put_away(self) -> None:
        """Let go of the sheets that are closed: they are made anew when they are wanted."""
        for name in ("import_sheet", "key_sheet", "palette", "settings_sheet", "tag_sheet"):
            sheet: Sheet | None = self.__dict__.get(name)
            if sheet is not None and not sheet.isVisible():
                del self.__dict__[name]
                self._made.remove(sheet)
                sheet.deleteLater()

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        for sheet in self._made:
            sheet.set_theme(theme)
