"""Keep a window on a library that cannot be written from offering what it cannot do. Knows no library."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from readinglist.ui.actions import Actions, Row, tooltip
from readinglist.ui.plain_document import tooltip_text

_MENUS = ("Paper", "Tags")
"""What these menus hold changes papers, with the exceptions below."""

_READS = frozenset({"actionOpenLink", "actionNoteVersions", "actionNotePreview"})
_WRITES = frozenset(
    {
        "actionImport",
        "actionPaste",
        "actionDuplicates",
        "actionUndo",
        "actionRedo",
        "actionSaveSearch",
        "actionEditSearch",
        "actionRenameSearch",
        "actionDeleteSearch",
        "actionFeedsRefresh",
        "actionFeedAdd",
        "actionFeedsImport",
        "actionTriage",
        "actionTriageList",
    }
)


def changes_library(row: Row) -> bool:
    """Say whether an action changes the library."""
    return row.name in _WRITES or (row.menu.partition("/")[0] in _MENUS and row.name not in _READS)


class ReadOnly(QObject):
    """Holds every action that changes the library off, whoever turns it on, and says why in its tooltip."""

    def __init__(self, actions: Actions, reason: str, parent: QObject) -> None:
        super().__init__(parent)
        self.reason = reason
        for row in actions.rows:
            if changes_library(row):
                action = actions[row.name]
                action.enabledChanged.connect(partial(self._hold_off, action))
                self._hold_off(action)

    def _hold_off(self, action: QAction, _enabled: bool = False) -> None:
        if action.isEnabled():
            action.setEnabled(False)
        action.setToolTip(tooltip_text(f"{tooltip(action)}\n{self.reason}"))
