"""The line over a note: its title, how it stands, and buttons for its versions and its preview. Does nothing itself."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from readinglist.ui.action_button import ActionButton
from readinglist.ui.actions import Actions
from readinglist.ui.labels import dress
from readinglist.ui.theme import Theme

_BUTTONS = ("actionNotePreview", "actionNoteVersions")


class NoteHead(QWidget):
    """As wide as the note."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = QLabel(self.tr("Notes"), self)
        self._state = QLabel(self)
        self._state.setObjectName("noteState")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for label in (self._title, self._state):
            label.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self._state)
        self._said = ("", "")
        self._buttons: dict[str, QToolButton] = {}
        for name in _BUTTONS:
            button = ActionButton(self)
            button.setObjectName(name.replace("action", "button", 1))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.hide()
            row.addWidget(button)
            self._buttons[name] = button

    def set_actions(self, actions: Actions) -> None:
        """Take the actions for the buttons."""
        actions.draw_for_buttons(self._buttons)
        for name, button in self._buttons.items():
            button.setDefaultAction(actions[name])
            button.setAccessibleName(actions[name].iconText())

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        dress(self._title, theme.font(13, QFont.Weight.DemiBold), theme.text)
        dress(self._state, theme.font(12), theme.faint)
        side = theme.px(15)
        for button in self._buttons.values():
            button.setIconSize(QSize(side, side))
            button.setFixedSize(side + theme.px(11), side + theme.px(9))
            button.setStyleSheet(
                "QToolButton{border:2px solid transparent;border-radius:6px;background:transparent}"
                f"QToolButton:hover{{background:{theme.hover}}}"
                f"QToolButton:checked{{background:{theme.sel}}}"
                f"QToolButton:focus{{border-color:{theme.acc}}}"
            )

    def say_state(self, state: str, kind: str = "") -> None:
        """Say how the note stands, and what it is where there is room for it."""
        self._said = (state, kind)
        self._show_state()

    def _show_state(self) -> None:
        state, kind = self._said
        both = self.tr("{state} · {kind}").format(state=state, kind=kind)
        needed = self._title.sizeHint().width() + self._state.fontMetrics().horizontalAdvance(both)
        buttons = [button for button in self._buttons.values() if not button.isHidden()]
        needed += sum(button.width() + self._row.spacing() for button in buttons) + 4 * self._row.spacing()
        self._state.setText(both if kind and needed <= self.width() else state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for (QWidget)."""
        super().resizeEvent(event)
        self._show_state()

    def offer(self, *, versions: bool, preview: bool) -> None:
        """Show the buttons that make sense now."""
        self._buttons["actionNoteVersions"].setVisible(versions)
        self._buttons["actionNotePreview"].setVisible(preview)
        self._show_state()

    def tab_order(self) -> list[QWidget]:
        """Return what takes the focus in here, in order."""
        return list(self._buttons.values())
