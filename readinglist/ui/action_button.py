"""A button for an action, which stays true to it. Draws nothing of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QActionEvent
from PySide6.QtWidgets import QToolButton


class ActionButton(QToolButton):
    """Shows its default action; the action has no menu and no font of its own."""

    def actionEvent(self, event: QActionEvent) -> None:
        """Follow a change of the action (QWidget)."""
        # WORKAROUND Qt 6.11: QToolButton takes a changed action as its default action anew, and each time connects
        # itself to it once more: memory, and slots to be called, grow with every change of what is enabled.
        if event.type() is QEvent.Type.ActionChanged and event.action() is self.defaultAction():
            self._follow(event.action())
        else:
            super().actionEvent(event)

    def _follow(self, action: QAction) -> None:
        self.setText(action.iconText())
        self.setIcon(action.icon())
        self.setToolTip(action.toolTip())
        self.setStatusTip(action.statusTip())
        self.setWhatsThis(action.whatsThis())
        self.setCheckable(action.isCheckable())
        self.setChecked(action.isChecked())
        self.setEnabled(action.isEnabled())
