"""Put papers off until a day: by what was chosen last at once, and then ask. Lays nothing out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject

from readinglist.paper import PaperId
from readinglist.ui.editing import Editing, PutOff
from readinglist.ui.later_popup import LaterPopup, day_of
from readinglist.ui.preferences import Preferences


class PuttingOff(QObject):
    """Remembers which day was chosen last, and what the card on the screen is about."""

    def __init__(
        self, editing: Editing, popup: LaterPopup, preferences: Preferences, today: Callable[[], date], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._editing = editing
        self._popup = popup
        self._preferences = preferences
        self._today = today
        self._asked: PutOff | None = None
        popup.chosen.connect(self._on_chosen)
        popup.day_chosen.connect(self._on_day_chosen)

    def put_off(self, ids: Sequence[PaperId], what: str) -> None:
        """Put papers off as the last ones were, and ask for another day."""
        choice = self._preferences.settings.later
        self._asked = self._editing.put_off(ids, what, day_of(choice, self._today()))
        self._popup.ask(choice, self._today())

    def put_off_as(self, ids: Sequence[PaperId], what: str, choice: str) -> None:
        """Put papers off by a choice that was made, without asking."""
        self._popup.dismiss()
        self._editing.put_off(ids, what, day_of(choice, self._today()))

    def put_off_until_day(self, ids: Sequence[PaperId], what: str) -> None:
        """Put papers off as the last ones were, and ask for a day of the calendar."""
        self.put_off(ids, what)
        self._popup.ask_day()

    def dismiss(self) -> None:
        """Ask no longer: something else is being done."""
        self._popup.dismiss()

    def _on_chosen(self, choice: str) -> None:
        self._preferences.change(later=choice)
        if self._asked is not None:
            self._editing.change_day(self._asked, day_of(choice, self._today()))

    def _on_day_chosen(self, day: date) -> None:
        if self._asked is not None:
            self._editing.change_day(self._asked, day)
