"""The command palette: type some letters, Enter does it. Knows no action and no library: it is given entries."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QLineEdit, QWidget

from readinglist.ui.overlay import Sheet
from readinglist.ui.palette_entries import Entry, Found, find
from readinglist.ui.palette_row import PaletteRow
from readinglist.ui.rows import RowList, RowModel
from readinglist.ui.theme import Theme

_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class PaletteModel(RowModel[Found]):
    """The entries found, the best first."""

    def text(self, row: Found) -> str:
        """Return the title of an entry."""
        return row.entry.title

    def spoken(self, row: Found) -> str:
        """Return an entry as a screen reader says it."""
        entry = row.entry
        parts = [entry.title, entry.detail]
        if entry.shortcut:
            parts.append(self.tr("key {key}").format(key=entry.shortcut))
        if entry.checked:
            parts.append(self.tr("on"))
        if not entry.enabled:
            parts.append(self.tr("cannot be done now"))
        return ", ".join(part for part in parts if part)


class Palette(Sheet):
    """Lies over the window; the line has the focus, the arrows move in the list under it."""

    taken = Signal(str)
    """The key of the entry the reader has chosen; the palette is closed by then."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, card_width=640, card_height=480)
        self.setObjectName("commandPalette")
        self.setAccessibleName(self.tr("Command palette"))
        self._entries: Sequence[Entry] = ()
        self._used: Sequence[str] = ()
        self._opens: Sequence[QKeySequence] = ()
        self.line = QLineEdit(self.card)
        self.line.setObjectName("paletteLine")
        self.line.setAccessibleName(self.tr("Find a command, list, tag or paper"))
        self.line.setPlaceholderText(self.tr("Find a command, list, tag or paper"))
        self.line.setMaxLength(200)
        self.line.textChanged.connect(self._find)
        self.line.installEventFilter(self)
        self.model = PaletteModel(self)
        self.list = RowList("paletteList", self.tr("What fits"), self.card)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.set_rows(self.model, PaletteRow(theme, self.list))
        self.list.clicked.connect(self._take)
        self._line_under = QFrame(self.card)
        self._line_under.setFixedHeight(1)
        self._hint = QLabel(self.tr("↑ ↓ to move · Enter to do it · Esc to leave"), self.card)
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self.body.addWidget(self.line)
        self.body.addWidget(self._line_under)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self._hint)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        super().set_theme(theme)
        px = theme.px
        self.body.setContentsMargins(px(8), px(6), px(8), px(8))
        self.line.setFont(theme.font(15))
        self.line.setFixedHeight(px(44))
        self.line.setStyleSheet(
            f"QLineEdit {{ border: 0; background: transparent; color: {theme.text}; padding: 0 {px(10)}px;"
            f" selection-background-color: {theme.acc}; selection-color: {theme.acctext}; }}"
        )
        self._line_under.setStyleSheet(f"background: {theme.line};")
        # By palette, not by style sheet: so that Qt knows it covers the window, and paints nothing of that at each key.
        colours = QPalette(self.list.palette())
        colours.setColor(QPalette.ColorRole.Base, QColor(theme.read))
        for widget in (self.list, self.list.viewport()):  # which keeps what it had before once that was set
            widget.setPalette(colours)
        self._hint.setFont(theme.font(11))
        self._hint.setStyleSheet(f"color: {theme.faint}; padding: {px(4)}px {px(10)}px 0 {px(10)}px;")
        self.list.set_theme(theme)

    def show_entries(self, entries: Sequence[Entry], used: Sequence[str], opens: Sequence[QKeySequence]) -> None:
        """Open with these; `used` are keys of entries, the last one first, and `opens` the keys that close it again."""
        self._entries = entries
        self._used = used
        self._opens = opens
        self.line.clear()
        self._find("")
        self.open_sheet(self.line, Qt.FocusReason.PopupFocusReason)

    def current(self) -> Entry | None:
        """Return the entry that Enter takes."""
        row = self.list.currentIndex().row()
        return self.model.rows[row].entry if 0 <= row < len(self.model.rows) else None

    def _find(self, typed: str) -> None:
        self.model.show_rows(find(self._entries, typed, self._used))
        self._go(0)
        self.list.scrollToTop()

    def _go(self, row: int) -> None:
        index = self.model.index(row)
        self.list.setCurrentIndex(index)
        # The focus stays in the line: what is chosen is read out as its description.
        self.line.setAccessibleDescription(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        QAccessible.updateAccessibility(QAccessibleEvent(self.line, QAccessible.Event.DescriptionChanged))

    def _take(self) -> None:
        entry = self.current()
        if entry is not None and entry.enabled:
            self.close_sheet()
            self.taken.emit(entry.key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list and choose from the line (QObject)."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in _MOVES and self.model.rows:
                last = len(self.model.rows) - 1
                row = self.list.currentIndex().row()
                by = _MOVES[key]
                if abs(by) == 1:  # round at the ends
                    self._go((row + by) % (last + 1))
                else:
                    self._go(min(last, max(0, row + by)))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
            if QKeySequence(event.keyCombination()) in self._opens:
                self.close_sheet()
                return True
        return super().eventFilter(watched, event)
