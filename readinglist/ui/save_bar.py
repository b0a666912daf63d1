"""A line under the search field that asks for the name of a search. Is told the names there are; knows no library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from readinglist.ui.name_line import NameLine
from readinglist.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class SearchNamed:
    """A search is to be saved under `name`; `was` is the saved search that was edited, or None."""

    name: str
    was: str | None = None


class SaveBar(QWidget):
    """Name, Save, Cancel; Enter saves and Escape leaves. Says so when a search of that name is replaced."""

    named = Signal(object)
    """A `SearchNamed`."""

    left = Signal()
    """It was closed by the reader, saved or not."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("saveBar")
        self._saved: Mapping[str, str] = {}
        self._was: str | None = None
        self.name = NameLine(self)
        self.name.setObjectName("searchName")
        self.name.setAccessibleName(self.tr("Name of the search"))
        self.name.setPlaceholderText(self.tr("Name of the search"))
        self.name.setMaxLength(200)
        self.save_button = QPushButton(self.tr("Save"), self)
        self.save_button.setObjectName("saveSearchButton")
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._cancel.setObjectName("cancelSaveButton")
        self._cancel.setToolTip(self.tr("Cancel (Esc)"))
        self._words = QLabel(self)
        self._words.setObjectName("saveBarWords")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.name, 1)
        row.addWidget(self.save_button)
        row.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._words)
        self.name.textChanged.connect(self._on_name_changed)
        self.name.returnPressed.connect(self._accept)
        self.name.escaped.connect(self._leave)
        self.save_button.clicked.connect(self._accept)
        self._cancel.clicked.connect(self._leave)
        self.set_theme(theme)
        self.hide()

    @property
    def last_stop(self) -> QWidget:
        """Return the last widget of the bar that Tab goes to."""
        return self._cancel

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        px = theme.px
        self.name.setFont(theme.font(13))
        self.name.setFixedHeight(px(30))
        self._words.setFont(theme.font(12))
        self._words.setStyleSheet(f"color: {theme.sub};")
        for button in (self.save_button, self._cancel):
            button.setFont(theme.font(12))
            button.setFixedHeight(px(30))
        self.name.setStyleSheet(
            f"QLineEdit {{ border: 1px solid {theme.line}; border-radius: {px(6)}px; background: {theme.read};"
            f" color: {theme.text}; padding: 0 {px(7)}px; selection-background-color: {theme.acc};"
            f" selection-color: {theme.acctext}; }} QLineEdit:focus {{ border: 1px solid {theme.acc}; }}"
        )
        self.save_button.setStyleSheet(
            f"QPushButton {{ background: {theme.acc}; color: {theme.acctext}; border: 2px solid {theme.acc};"
            f" border-radius: {px(6)}px; padding: 0 {px(10)}px; }}"
            f"QPushButton:focus {{ border: 2px solid {theme.text}; }}"
            f"QPushButton:disabled {{ background: {theme.chip}; color: {theme.faint}; border-color: {theme.chip}; }}"
        )
        self._cancel.setStyleSheet(
            f"QPushButton {{ background: transparent; color: {theme.sub}; border: 1px solid transparent;"
            f" border-radius: {px(6)}px; padding: 0 {px(6)}px; }}"
            f"QPushButton:hover {{ background: {theme.hover}; }}"
            f"QPushButton:focus {{ border: 1px solid {theme.acc}; }}"
        )

    def set_saved(self, saved: Mapping[str, str]) -> None:
        """Take the searches there are: queries by name."""
        self._saved = saved
        self._on_name_changed()

    def open(self, name: str, *, editing: str | None = None) -> None:
        """Ask for a name, with one to begin with; `editing` is the saved search that is being changed."""
        self._was = editing
        self.name.setText(name)
        self._on_name_changed()
        self.show()

    def focus(self) -> None:
        """Put the cursor into the name, all of it selected."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    def close_bar(self) -> None:
        """Close without a word."""
        self._was = None
        self.hide()

    def _on_name_changed(self) -> None:
        name = " ".join(self.name.text().split())
        known = {saved.casefold(): saved for saved in self._saved}
        same = known.get(name.casefold())
        own = self._was is not None and name.casefold() == self._was.casefold()
        replaces = same is not None and not own
        self.save_button.setEnabled(bool(name))
        self.save_button.setText(self.tr("Replace") if replaces else self.tr("Save"))
        words = self.tr("This replaces the saved search “{name}”.").format(name=same) if replaces else ""
        if own:
            words = self.tr("The saved search “{name}” will find what is typed now.").format(name=self._was)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.save_button.setAccessibleDescription(words)

    def _accept(self) -> None:
        name = " ".join(self.name.text().split())
        if name:
            self.named.emit(SearchNamed(name, self._was))
            self._leave()

    def _leave(self) -> None:
        self.close_bar()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape from the buttons too (QWidget)."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)
