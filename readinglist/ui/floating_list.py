"""A list that floats over its window under a field: what may be taken into it. Never takes the focus from the field."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QFrame, QGraphicsDropShadowEffect, QVBoxLayout, QWidget

from readinglist.ui.rows import RowList, RowModel, RowPainter
from readinglist.ui.theme import Theme

T = TypeVar("T")

EDGE_PX = 6
"""Between the frame and the rows."""


class FloatingList(QFrame, Generic[T]):
    """Rows of a model; whoever has the field moves in them and takes from them. Hidden until it has rows to show."""

    chosen = Signal(object)
    """The row that was clicked."""

    def __init__(self, name: str, list_name: str, says: str, parent: QWidget) -> None:
        """`name` and `list_name` are object names; `says` is what a screen reader calls the list."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._over = parent
        self._list = RowList(list_name, says, self)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setUniformItemSizes(True)
        self._list.clicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX)
        column.addWidget(self._list)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 60))
        self.setGraphicsEffect(shadow)
        self.hide()

    def set_rows(self, model: RowModel[T], painter: RowPainter) -> None:
        """Show the rows of `model` as `painter` draws them, and all of it in the painter's theme."""
        self._model = model
        self._painter = painter
        self._list.set_rows(model, painter)
        self.set_theme(painter.theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._list.set_theme(theme)
        self.setStyleSheet(
            f"#{self.objectName()} {{ background: {theme.read}; border: 1px solid {theme.line};"
            f" border-radius: {theme.px(8)}px; }}"
            f"#{self._list.objectName()} {{ background: {theme.read}; }}"
        )

    def current(self) -> T | None:
        """Return the row that is chosen, or None."""
        row = self._list.currentIndex().row()
        return self._model.rows[row] if self.isVisible() and 0 <= row < len(self._model.rows) else None

    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(self._model.rows[index.row()])

    def event(self, event: QEvent) -> bool:
        """Swallow clicks between the rows, which would fall through to what lies below (QObject)."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            return True
        return super().event(event)
