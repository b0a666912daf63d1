"""What stands at the end of the reader: papers like the one that is read. Knows no library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from readinglist.text.mathematics import as_text
from readinglist.ui.editing_keys import keep_keys
from readinglist.ui.neighbours import Neighbour
from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.row_text import meta_line, spoken, today
from readinglist.ui.theme import Theme
from readinglist.ui.views import shown_status, status_title

_ROW = 46
_ROW_KEYS = frozenset(
    key.value for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
)
_NEIGHBOUR = Qt.ItemDataRole.UserRole


class SimilarList(QListView):
    """Up to five papers; its parent gives it its width and scrolls."""

    paper_wanted = Signal(int)
    """The number of the paper to go to."""
    left = Signal()
    """The reader is done here (Esc)."""
    row_reached = Signal(QRect)
    """The row the reader has gone to, in the coordinates of this widget, should be in sight."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("similarList")
        self.setAccessibleName(self.tr("Close to this in your library"))
        self.setAccessibleDescription(self.tr("Enter goes to the paper"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # The column behind draws the ground.
        self.viewport().setAutoFillBackground(False)
        self._model = _Model(self)
        self.setModel(self._model)
        self._delegate = _Row(theme, self)
        self.setItemDelegate(self._delegate)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._delegate.set_theme(theme)
        self.scheduleDelayedItemsLayout()

    def show_neighbours(self, neighbours: Sequence[Neighbour]) -> None:
        """Show these papers; the row at which the reader is stays."""
        at = self.currentIndex().row()
        self._model.show_neighbours(neighbours)
        if 0 <= at < len(neighbours):
            self.setCurrentIndex(self._model.index(at, 0))
        self.updateGeometry()

    def count(self) -> int:
        """Return how many papers are shown."""
        return len(self._model.neighbours)

    def height_for(self, _width: int) -> int:
        """Return the height of all rows."""
        return self.count() * self._delegate.height()

    def go_to(self, index: QModelIndex | QPersistentModelIndex) -> None:
        """Ask for the paper of a row."""
        if index.isValid():
            self.paper_wanted.emit(self._model.neighbours[index.row()].paper.id)

    def currentChanged(  # noqa: N802 - Qt's name
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell where the reader has gone (QAbstractItemView)."""
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus():
            self.row_reached.emit(self.visualRect(current))

    def event(self, event: QEvent) -> bool:
        """Keep the keys a row understands (QObject)."""
        return keep_keys(event, _ROW_KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the current paper with Enter, leave with Escape (QWidget)."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.go_to(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the paper that was clicked (QWidget)."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.go_to(self.indexAt(event.position().toPoint()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the parent (QWidget)."""
        event.ignore()


class _Model(QAbstractListModel):
    """The papers, the likest first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.neighbours: Sequence[Neighbour] = ()

    def show_neighbours(self, neighbours: Sequence[Neighbour]) -> None:
        self.beginResetModel()
        self.neighbours = neighbours
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of papers (QAbstractItemModel)."""
        return 0 if parent.isValid() else len(self.neighbours)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows or says (QAbstractItemModel)."""
        if not 0 <= index.row() < len(self.neighbours):
            return None
        neighbour = self.neighbours[index.row()]
        if role == _NEIGHBOUR:
            return neighbour
        if role == Qt.ItemDataRole.DisplayRole:
            return as_text(neighbour.paper.title)
        shared = self.tr("Both have: {words}").format(words=", ".join(neighbour.why))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_text(f"{as_text(neighbour.paper.title)}\n{shared}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{spoken(neighbour.paper, today())}. {shared}"
        return None


class _Row(QStyledItemDelegate):
    """Paints a paper: its title with where it stands, and under it authors, year and the words both have."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._view = parent
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._title_font = theme.font(14, QFont.Weight.Medium)
        self._font = theme.font(12)

    def height(self) -> int:
        return self._theme.px(_ROW)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a row (QStyledItemDelegate)."""
        return QSize(40, self.height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a row (QStyledItemDelegate)."""
        neighbour: Neighbour | None = index.data(_NEIGHBOUR)
        if neighbour is None:
            return
        theme, px = self._theme, self._theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        reached = self._view.hasFocus() and index.row() == self._view.currentIndex().row()
        if over or reached:
            painter.setPen(QPen(QColor(theme.acc), 1.5) if reached else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hover) if over else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), px(6), px(6))
        inner = option.rect.adjusted(px(8), px(4), -px(8), -px(4))
        line = inner.height() // 2
        day = today()
        corner = status_title(shown_status(neighbour.paper, day.isoformat()))
        room = inner.width() - QFontMetrics(self._font).horizontalAdvance(corner) - px(14)
        upper = QRect(inner.left(), inner.top(), inner.width(), line)
        lower = upper.translated(0, line)
        self._write(painter, upper, as_text(neighbour.paper.title), self._title_font, theme.acc, room)
        painter.setFont(self._font)
        painter.setPen(QColor(theme.faint))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, corner)
        under = " · ".join((meta_line(neighbour.paper, day), ", ".join(neighbour.why)))
        self._write(painter, lower, under, self._font, theme.sub, inner.width())
        painter.restore()

    def _write(self, painter: QPainter, rect: QRect, text: str, font: QFont, colour: str, room: int) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = QFontMetrics(font).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
