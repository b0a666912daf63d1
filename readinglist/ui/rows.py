"""What small lists have in common: a model of values, a painter of their rows, a view. Each says only what is its own.

Knows no library. The list of papers is not one of them: it fetches what is in sight (`paper_model`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeAlias, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.row_painting import draw_ground, smooth
from readinglist.ui.theme import Theme

T = TypeVar("T")

ROW = Qt.ItemDataRole.UserRole
"""The role under which an index has the value of its row."""

NO_INDEX = QModelIndex()

Index: TypeAlias = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractListModel, Generic[T]):
    """Values in the order they are listed. What a row says of its value is the subclass's."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: Sequence[T] = ()

    def show_rows(self, rows: Sequence[T]) -> None:
        """Show other values."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def text(self, row: T) -> str:
        """Return what stands in a row."""
        raise NotImplementedError

    def spoken(self, row: T) -> str:
        """Return a row as a screen reader says it."""
        return self.text(row)

    def tip(self, row: T) -> str:
        """Return what is told where the mouse rests on a row, as plain text; "" for nothing."""
        return ""

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return the number of rows (QAbstractItemModel)."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the value of a row, or what is said of it (QAbstractItemModel)."""
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_text(self.tip(row)) or None
        return None


class RowPainter(QStyledItemDelegate):
    """Paints the rows of a view. How high a row is and what is drawn in it is the subclass's."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self.theme = theme

    def height(self, row: Any) -> int:
        """Return how high a row is, in pixels of the screen."""
        raise NotImplementedError

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: Any) -> None:
        """Draw a row; the painter draws with smooth edges and is put back afterwards."""
        raise NotImplementedError

    def is_here(self, index: Index) -> bool:
        """Say whether the reader is at this row."""
        return index.row() == self._view.currentIndex().row()

    def draw_place(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw what lies under a row: where the reader is, with an edge for the focus, and where the mouse is."""
        theme, here = self.theme, self.is_here(index)
        if here or option.state & QStyle.StateFlag.State_MouseOver:
            edge = theme.acc if here and self._view.hasFocus() else None
            ground = QRectF(option.rect).adjusted(1, 1, -1, -1)
            draw_ground(painter, ground, theme.sel if here else theme.hover, radius=theme.px(7), edge=edge)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a row; the view sees to the width (QStyledItemDelegate)."""
        row = index.data(ROW)
        return QSize(10, self.height(row) if row is not None else 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row (QStyledItemDelegate)."""
        if (row := index.data(ROW)) is not None:
            with smooth(painter):
                self.draw(painter, option, index, row)


class RowList(QListView):
    """A view of rows that are gone through and taken, not selected; nothing scrolls sideways, Tab leads on."""

    def __init__(self, name: str, says: str, parent: QWidget | None = None) -> None:
        """`says` is what a screen reader calls the list."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)

    def set_rows(self, model: RowModel[Any], painter: RowPainter) -> None:
        """Show the rows of `model` as `painter` draws them."""
        self._painter = painter
        self.setModel(model)
        self.setItemDelegate(painter)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._painter.set_theme(theme)
        self.scheduleDelayedItemsLayout()

    def show_on_ground(self) -> None:
        """Let what lies behind show through, and tell rows where the mouse is.

        A palette of one's own would not be kept under the program's style sheet.
        """
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
