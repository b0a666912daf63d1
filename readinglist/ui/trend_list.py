"""The terms that rise, a row each with its small plot. Knows no library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from readinglist.library import Trend
from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.stats_pictures import Picture
from readinglist.ui.theme import Theme

_ROW = 50
_PLOT = 168
ROW = Qt.ItemDataRole.UserRole


class TrendRow(NamedTuple):
    """A term with its picture and what it amounts to."""

    trend: Trend
    picture: Picture


class TrendModel(QAbstractListModel):
    """The terms, the surest first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: Sequence[TrendRow] = ()

    def show_rows(self, rows: Sequence[TrendRow]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of terms (QAbstractItemModel)."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows or says (QAbstractItemModel)."""
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.picture.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_text(self.tr("List the papers: {query}").format(query=row.trend.query))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.picture.title}. {row.picture.summary}"
        return None


class TrendPainter(QStyledItemDelegate):
    """Paints a term, what it amounts to, and bars for its periods."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._view = parent
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self._name_font = theme.font(14, QFont.Weight.DemiBold)
        self._font = theme.font(12)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a row (QStyledItemDelegate)."""
        return QSize(40, self._theme.px(_ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a row (QStyledItemDelegate)."""
        row: TrendRow | None = index.data(ROW)
        if row is None:
            return
        theme, px = self._theme, self._theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = index.row() == self._view.currentIndex().row()
        paint_ground(painter, option, theme, here=here, focused=here and self._view.hasFocus())
        inner = option.rect.adjusted(px(14), px(6), -px(14), -px(6))
        plot = QRect(inner.right() - px(_PLOT), inner.top(), px(_PLOT), inner.height())
        room = inner.width() - plot.width() - px(20)
        line = inner.height() // 2
        upper = QRect(inner.left(), inner.top(), room, line)
        write(painter, upper, row.picture.title, self._name_font, theme.text)
        write(painter, upper.translated(0, line), row.picture.summary, self._font, theme.sub)
        _paint_bars(painter, QRectF(plot), row.picture, theme.line)
        painter.restore()


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme, *, here: bool, focused: bool) -> None:
    """Paint what lies under a row: where the reader is, and where the mouse."""
    over = bool(option.state & QStyle.StateFlag.State_MouseOver)
    if here or over:
        painter.setPen(QPen(QColor(theme.acc), 1.5) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.sel if here else theme.hover))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), theme.px(7), theme.px(7))


def write(painter: QPainter, rect: QRect, text: str, font: QFont, colour: str) -> None:
    """Write one line, its end cut off where there is no room."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(font).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _paint_bars(painter: QPainter, rect: QRectF, picture: Picture, ground: str) -> None:
    """Paint the rectangles of a picture, small; nothing is told apart by colour alone, for time goes to the right."""
    painter.setPen(Qt.PenStyle.NoPen)
    across, up = rect.width() / max(picture.right, 8), rect.height() / picture.top
    left = rect.right() - across * picture.right
    painter.fillRect(QRectF(left, rect.bottom() - 1, across * picture.right, 1), QColor(ground))
    for cell in picture.cells:
        height = max(cell.height * up, 1.5 if cell.height else 0.0)
        bar = QRectF(left + cell.x * across, rect.bottom() - height, max(cell.width * across, 1.0), height)
        painter.fillRect(bar, QColor(cell.colour))
