"""The rows of the import sheet: problems, told whole, and papers with what becomes of them. Knows no library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.row_painting import (
    draw_at_right,
    draw_elided,
    draw_ground,
    draw_lines,
    draw_sign,
    smooth,
    text_lines,
)
from readinglist.ui.theme import Theme

ROW_PX = 32
PROBLEMS = ("failed", "notice")
_MOST = 4
"""So many lines a problem may take."""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A line of the list; `kind` is a state of a preview, `failed`, `notice` or `more`; `where` stands at the right."""

    kind: str
    text: str
    where: str = ""
    more: str = ""
    """What there is to say of it besides, where there is room."""


class ImportRows(QAbstractListModel):
    """Problems first, then the papers that would be filled in, then the others in their order."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[ImportRow] = []

    def show_rows(self, rows: list[ImportRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of rows (QAbstractItemModel)."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows or says (QAbstractItemModel)."""
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.text, row.more or row.where or self.state_text(row.kind)) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_text("\n".join(part for part in (row.text, row.more) if part))
        return None

    def state_text(self, kind: str) -> str:
        """Return the word for a state."""
        return {
            "new": self.tr("New"),
            "here": self.tr("Already here"),
            "twice": self.tr("Twice in the input"),
            "failed": self.tr("Cannot be taken"),
            "notice": self.tr("Please note"),
        }.get(kind, "")


class ImportRowDelegate(QStyledItemDelegate):
    """Draws a line: a sign, the text, the state at the right."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a row: of a problem that is long, with room for all of it (QStyledItemDelegate)."""
        height = self.theme.px(ROW_PX)
        row: ImportRow = index.data(Qt.ItemDataRole.UserRole)
        if row.kind in PROBLEMS and isinstance(option.widget, QAbstractItemView):
            lines = text_lines(
                row.text, self.theme.font(13), self._room(option.widget.viewport().rect(), row, index), _MOST
            )
            height += (len(lines) - 1) * QFontMetrics(self.theme.font(13)).lineSpacing()
        return QSize(10, height)

    def _room(self, rect: QRect, row: ImportRow, index: QModelIndex | QPersistentModelIndex) -> int:
        """Return how wide the text of a row may be."""
        theme = self.theme
        said = QFontMetrics(theme.font(12)).horizontalAdvance(self._said(row, index))
        return rect.width() - 2 * theme.px(24) - theme.px(15) - theme.px(9) - said - theme.px(16)

    def _said(self, row: ImportRow, index: QModelIndex | QPersistentModelIndex) -> str:
        model = index.model()
        return row.where or (model.state_text(row.kind) if isinstance(model, ImportRows) else "")

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row (QStyledItemDelegate)."""
        theme = self.theme
        row: ImportRow = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        with smooth(painter):
            if state & QStyle.StateFlag.State_HasFocus:
                draw_ground(painter, QRectF(rect.adjusted(12, 1, -12, -1)), theme.sel)
            inner = rect.adjusted(theme.px(24), 0, -theme.px(24), 0)
            sign, colour = self._sign(row.kind)
            side = theme.px(15)
            if sign:
                at = QPoint(inner.left(), inner.top() + (inner.height() - side) // 2)
                draw_sign(painter, sign, colour, at, side)
            said = self._said(row, index)
            taken = draw_at_right(painter, inner, said, theme.font(12), colour if row.kind == "failed" else theme.sub)
            room = inner.adjusted(side + theme.px(9), 0, -taken - theme.px(16), 0)
            text = theme.text if row.kind in ("new", "failed", "notice") else theme.sub
            if row.kind in PROBLEMS:
                room.setWidth(self._room(rect, row, index))
                draw_middle_lines(painter, room, row.text, theme.font(13), text)
            else:
                draw_elided(painter, room, row.text, theme.font(13), text)

    def _sign(self, kind: str) -> tuple[str, str]:
        theme = self.theme
        return {
            "new": ("plus", theme.acc),
            "here": ("check", theme.faint),
            "filled": ("pencil", theme.acc),
            "twice": ("copy", theme.faint),
            "failed": ("triangle-alert", theme.danger),
            "notice": ("info", theme.star),
        }.get(kind, ("", theme.faint))


def draw_middle_lines(painter: QPainter, rect: QRect, text: str, font: QFont, colour: str) -> None:
    """Write a text in as many lines as it needs, in the middle of the height of `rect`."""
    lines = text_lines(text, font, rect.width(), _MOST)
    height = len(lines) * QFontMetrics(font).lineSpacing()
    painter.setPen(QColor(colour))
    draw_lines(painter, text, font, rect.adjusted(0, (rect.height() - height) // 2, 0, 0), _MOST)
