"""The islands of the map as a list, and its legend: what the mouse does on the map, by keys. Knows no library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from readinglist.ui.theme import Theme
from readinglist.ui.trend_list import paint_ground, write
from readinglist.ui.trend_pictures import papers as papers_in_words

_ROW = 32
ROW = Qt.ItemDataRole.UserRole


class IslandRow(NamedTuple):
    """An island by its number: its name, how many papers are on it."""

    number: int
    name: str
    papers: int


class IslandModel(QAbstractListModel):
    """The islands, the largest first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: Sequence[IslandRow] = ()

    def show_rows(self, rows: Sequence[IslandRow]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of islands (QAbstractItemModel)."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows or says (QAbstractItemModel)."""
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}. {papers_in_words(row.papers)}"
        return None


class IslandPainter(QStyledItemDelegate):
    """Paints a name and a count."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._view = parent
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self._font = theme.font(13)
        self._count_font = theme.font(12)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a row (QStyledItemDelegate)."""
        return QSize(40, self._theme.px(_ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a row (QStyledItemDelegate)."""
        row: IslandRow | None = index.data(ROW)
        if row is None:
            return
        theme, px = self._theme, self._theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = index.row() == self._view.currentIndex().row()
        paint_ground(painter, option, theme, here=here, focused=here and self._view.hasFocus())
        inner = option.rect.adjusted(px(10), 0, -px(10), 0)
        count = f"{row.papers:,}"
        painter.setFont(self._count_font)
        painter.setPen(QColor(theme.sub))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        room = inner.width() - QFontMetrics(self._count_font).horizontalAdvance(count) - px(10)
        write(painter, QRect(inner.left(), inner.top(), room, inner.height()), row.name, self._font, theme.text)
        painter.restore()


class Legend(QWidget):
    """What the colours mean, a button each: pressed, it leaves the others faint."""

    chosen = Signal(object)
    """The number of the group that is looked at alone; None for all."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("mapLegend")
        self.setAccessibleName(self.tr("What the colours mean"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.buttons: list[QToolButton] = []

    def show_groups(self, groups: Sequence[tuple[int, str, str, int]], theme: Theme, only: int | None) -> None:
        """Show groups: number, name, colour, how many papers; `only` one is looked at."""
        for button in self.buttons:
            self._group.removeButton(button)
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for number, name, colour, count in groups:
            button = QToolButton(self)
            button.setObjectName(f"mapGroup{number}")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setIcon(_square(colour, theme.px(11), self.devicePixelRatioF()))
            room = theme.px(170)
            shown = QFontMetrics(theme.font(12)).elidedText(name.replace("&", "&&"), Qt.TextElideMode.ElideRight, room)
            button.setText(f" {shown} · {count:,}")
            button.setFont(theme.font(12, QFont.Weight.Medium))
            button.setAccessibleName(self.tr("Look at {name} alone: {papers}").format(name=name, papers=f"{count:,}"))
            button.setCheckable(True)
            button.setChecked(number == only)
            button.setProperty("group", number)
            button.clicked.connect(self._on_clicked)
            self._group.addButton(button)
            self._column.addWidget(button)
            self.buttons.append(button)

    def _on_clicked(self, checked: bool) -> None:
        button = self.sender()
        for other in self.buttons:
            if other is not button:
                other.setChecked(False)
        self.chosen.emit(button.property("group") if checked else None)


def _square(colour: str, side: int, ratio: float) -> QIcon:
    drawn = QPixmap(round(side * ratio), round(side * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(QColor(colour))
    return QIcon(drawn)
