"""The page of the settings where keys are changed. A key that belongs to another action is named before it is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from readinglist.ui.actions import Actions, native_key, plain_text
from readinglist.ui.fuzzy import folded, match
from readinglist.ui.keys import normal_key, owner
from readinglist.ui.labels import plain_label
from readinglist.ui.preferences import Preferences
from readinglist.ui.theme import Theme

_NAME = Qt.ItemDataRole.UserRole
_LEAVE = (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_BY_THEMSELVES_NONE = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_unknown,
)
_SECOND_WITHIN_MS = 1_000


class KeyField(QLineEdit):
    """Takes the key that is pressed in it, or two in a row ("G, I"); Escape and Tab lead out of it.

    Not Qt's QKeySequenceEdit, which tells of a key only a second later.
    """

    pressed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.key = ""
        self._since = QElapsedTimer()

    def forget(self) -> None:
        """Empty the field."""
        self.key = ""
        self.clear()
        self.pressed.emit()

    def event(self, event: QEvent) -> bool:
        """Keep every key from the window's shortcuts, but those that lead out (QObject)."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a key (QWidget)."""
        key = Qt.Key(event.key())
        if key in _LEAVE:
            self.left.emit()
            return
        if key in _BY_THEMSELVES_NONE:
            return
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        text = event.text()
        if text.isprintable() and text.strip() and not text.isalnum():
            modifiers &= ~Qt.KeyboardModifier.ShiftModifier  # it made the sign: "?", not "Shift+?"
        pressed = QKeySequence(QKeyCombination(modifiers, key)).toString(QKeySequence.SequenceFormat.PortableText)
        soon = self.key and self._since.isValid() and self._since.elapsed() < _SECOND_WITHIN_MS
        self.key = f"{self.key}, {pressed}" if soon and ", " not in self.key else pressed
        self._since.start()
        self.setText(native_key(self.key))
        self.pressed.emit()


class KeySettings(QWidget):
    """A table of all actions, and under it the field in which a new key is pressed."""

    def __init__(self, theme: Theme, preferences: Preferences, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._actions = actions
        self._theme = theme
        self._taking: str | None = None
        self._filter = QLineEdit(self)
        self._filter.setObjectName("keySettingsFilter")
        self._filter.setPlaceholderText(self.tr("Find a command"))
        self._filter.setAccessibleName(self.tr("Find a command"))
        self._filter.textChanged.connect(self._narrow)
        self.table = QTableWidget(0, 2, self)
        self.table.setObjectName("keyTable")
        self.table.setAccessibleName(self.tr("Commands and their keys"))
        self.table.setHorizontalHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.table.itemSelectionChanged.connect(self._on_selected)
        self.table.activated.connect(self._press_new)
        self._what = plain_label(self, name="keyWhat")
        self.field = KeyField(self)
        self.field.setObjectName("keyField")
        self.field.setAccessibleName(self.tr("Press the new key"))
        self.field.setPlaceholderText(self.tr("Press the new key here"))
        self.field.pressed.connect(self._on_pressed)
        self.field.left.connect(self._leave_field)
        self._set = self._button("keySet", self.tr("Use this key"), self._on_set)
        self._add = self._button("keyAdd", self.tr("Add it"), self._on_add)
        self._none = self._button("keyNone", self.tr("No key"), self._on_none)
        self._usual = self._button("keyUsual", self.tr("Usual keys"), self._on_usual)
        self._all_usual = self._button("keyAllUsual", self.tr("Usual keys for all"), self._on_all_usual)
        self._problem = plain_label(self, name="keyProblem")
        self._problem.setWordWrap(True)
        self._build()
        actions.keys_changed.connect(self.refresh)
        self.set_theme(theme)
        self.refresh()

    def _build(self) -> None:
        pressing = QHBoxLayout()
        pressing.setSpacing(8)
        pressing.addWidget(self.field, 1)
        pressing.addWidget(self._set)
        pressing.addWidget(self._add)
        others = QHBoxLayout()
        others.setSpacing(8)
        others.addWidget(self._none)
        others.addWidget(self._usual)
        others.addStretch(1)
        others.addWidget(self._all_usual)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 14, 0)
        column.setSpacing(8)
        column.addWidget(self._filter)
        column.addWidget(self.table, 1)
        column.addWidget(self._what)
        column.addLayout(pressing)
        column.addWidget(self._problem)
        column.addLayout(others)

    def _button(self, name: str, text: str, do: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.clicked.connect(do)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = theme
        self.table.setFont(theme.font(13))
        self.table.verticalHeader().setDefaultSectionSize(theme.px(28))
        self._what.setFont(theme.font(13, QFont.Weight.DemiBold))
        self._what.setStyleSheet(f"color: {theme.text};")
        self._problem.setFont(theme.font(12))
        for row in range(self.table.rowCount()):
            self.table.setRowHeight(row, theme.px(28))

    def refresh(self) -> None:
        """Show the keys that the actions have now."""
        name = self._selected()
        keys = self._actions.keys()
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._actions.rows))
        for row, of in enumerate(self._actions.rows):
            menu = of.menu.partition("/")[2] or of.menu
            text = plain_text(self._actions[of.name]).rstrip("…")
            items = (
                QTableWidgetItem(text if menu in ("", "File", "Edit") else f"{text}   ·   {menu}"),
                QTableWidgetItem("   ".join(map(native_key, keys[of.name]))),
            )
            for column, item in enumerate(items):
                item.setData(_NAME, of.name)
                self.table.setItem(row, column, item)
        self.table.blockSignals(False)
        self._narrow()
        self.select(name or self._actions.rows[0].name)
        self._tell_clashes()

    def select(self, name: str) -> None:
        """Select the row of an action."""
        for row, of in enumerate(self._actions.rows):
            if of.name == name:
                self.table.selectRow(row)
        self._on_selected()

    # -- what is selected and pressed -------------------------------------------------------------

    def _selected(self) -> str | None:
        item = self.table.item(self.table.currentRow(), 0)
        return item.data(_NAME) if item is not None else None

    def _narrow(self) -> None:
        words = folded(self._filter.text()).split()
        for row in range(self.table.rowCount()):
            cells = [item.text() for column in (0, 1) if (item := self.table.item(row, column)) is not None]
            self.table.setRowHidden(row, bool(words) and match(words, folded(" ".join(cells))) is None)
        shown = [row for row in range(self.table.rowCount()) if not self.table.isRowHidden(row)]
        if shown and self.table.isRowHidden(max(0, self.table.currentRow())):
            self.table.selectRow(shown[0])

    def _on_selected(self) -> None:
        name = self._selected()
        if name is None:
            return
        self._what.setText(plain_text(self._actions[name]).rstrip("…"))
        changed = name.removeprefix("action") in self._preferences.settings.keys
        self._usual.setEnabled(changed)
        self._none.setEnabled(bool(self._actions.keys()[name]))
        self._all_usual.setEnabled(bool(self._preferences.settings.keys))
        self.field.forget()

    def _press_new(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _leave_field(self) -> None:
        self.field.forget()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_pressed(self) -> None:
        """Say at once whose key it is."""
        name, pressed = self._selected(), self.field.key
        key = normal_key(pressed) if pressed else None
        self._taking = owner(self._actions.keys(), key, besides=name) if key and name else None
        for button in (self._set, self._add):
            button.setEnabled(key is not None)
        if self._taking is not None and key is not None:
            other = plain_text(self._actions[self._taking]).rstrip("…")
            words = self.tr("{key} belongs to “{name}”, which loses it if you use it here.")
            self._problem.setText(words.format(key=native_key(key), name=other))
            self._set.setText(self.tr("Take it over"))
        else:
            self._set.setText(self.tr("Use this key"))
            self._problem.setText(self.tr("This key can belong to no command.") if pressed and key is None else "")
            if not pressed:
                self._tell_clashes()

    def _tell_clashes(self) -> None:
        if not self.field.key:
            self._problem.setText("\n".join(map(self._actions.clash_text, self._actions.clashes[:3])))

    # -- changing ---------------------------------------------------------------------------------

    def _on_set(self) -> None:
        self._give(())

    def _on_add(self) -> None:
        name = self._selected()
        self._give(self._actions.keys()[name] if name is not None else ())

    def _on_none(self) -> None:
        name = self._selected()
        if name is not None:
            self._change({name: ()})

    def _on_usual(self) -> None:
        name = self._selected()
        if name is not None:
            self._change({name: None})

    def _on_all_usual(self) -> None:
        self._preferences.change(keys={})
        self.refresh()

    def _give(self, kept: Sequence[str]) -> None:
        """Give what was pressed to what is selected, beside the keys `kept`; another action loses it."""
        name, key = self._selected(), normal_key(self.field.key)
        if name is None or key is None:
            return
        now = self._actions.keys()
        wanted: dict[str, Sequence[str] | None] = {}
        while (other := owner({**now, **_given(wanted)}, key, besides=name)) is not None:
            wanted[other] = tuple(text for text in now[other] if owner({other: (text,)}, key, besides=name) is None)
        wanted[name] = tuple(dict.fromkeys((*kept, key)))
        self._change(wanted)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change(self, wanted: Mapping[str, Sequence[str] | None]) -> None:
        """Choose keys by names of actions; None, or what is usual anyway, is no choice."""
        usual = self._actions.usual_keys()
        chosen = dict(self._preferences.settings.keys)
        for name, keys in wanted.items():
            short = name.removeprefix("action")
            if keys is None or tuple(keys) == tuple(usual[name]):
                chosen.pop(short, None)
            else:
                chosen[short] = tuple(keys)
        self._preferences.change(keys=chosen)
        self.refresh()


def _given(wanted: Mapping[str, Sequence[str] | None]) -> dict[str, Sequence[str]]:
    return {name: keys for name, keys in wanted.items() if keys is not None}
