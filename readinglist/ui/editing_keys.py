"""Which keys an editor keeps for itself while it has the focus. Knows no editor in particular.

The program's single keys (`e`, `Enter`, `↓`) are shortcuts of the window. Before one fires, Qt asks the
widget that has the focus whether it wants the key; an editor must say yes to every plain key, not only to
letters.
"""

from __future__ import annotations

from collections.abc import Container

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_FUNCTION_KEYS = range(Qt.Key.Key_F1.value, Qt.Key.Key_F35.value + 1)


def keep_plain_keys(event: QEvent) -> bool:
    """Accept a request for a key without Ctrl, Alt or Meta (function keys apart); say whether it was one."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
        return False
    if event.modifiers() & _COMMANDS or event.key() in _FUNCTION_KEYS:
        return False
    event.accept()
    return True


def keep_keys(event: QEvent, keys: Container[int]) -> bool:
    """Accept a request for one of `keys`, with Shift or without; say whether it was one."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
        return False
    if event.modifiers() & _COMMANDS or event.key() not in keys:
        return False
    event.accept()
    return True


def is_keyboard_reason(reason: Qt.FocusReason) -> bool:
    """Say whether the focus came by key, so that it should be shown strongly."""
    return reason in (
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
        Qt.FocusReason.OtherFocusReason,
    )


def focused_widget(outside: QWidget) -> QWidget | None:
    """Return the widget of its window that has the focus, unless it lies in `outside`: where to go on leaving it."""
    widget = outside.window().focusWidget()
    if widget is None or widget is outside or outside.isAncestorOf(widget):
        return None
    return widget


def give_focus_back(widget: QWidget | None) -> bool:
    """Give the focus to the widget that had it before; say whether it is still there to take it."""
    try:
        if widget is None or not widget.isVisible():
            return False
    except RuntimeError:
        # PySide6 has no QPointer: a widget that Qt has deleted (the field of a comment) says so like this.
        return False
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
    return True
