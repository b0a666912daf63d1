"""The islands of the map as a list, and its legend: what the mouse does on the map, by keys. Knows no library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QSizePolicy,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from readinglist.ui.row_painting import draw_at_right, draw_elided
from readinglist.ui.rows import Index, RowModel, RowPainter
from readinglist.ui.theme import Theme
from readinglist.ui.trend_pictures import papers as papers_in_words

_ROW = 32


class IslandRow(NamedTuple):
    """An island by its number: its name, how many papers are on it."""

    number: int
    name: str
    papers: int


class IslandModel(RowModel[IslandRow]):
    """The islands, the largest first."""

    def text(self, row: IslandRow) -> str:
        """Return the name of an island."""
        return row.name

    def spoken(self, row: IslandRow) -> str:
        """Return its name and how many papers are on it."""
        return f"{row.name}. {papers_in_words(row.papers)}"


class IslandPainter(RowPainter):
    """Paints a name and a count."""

    def height(self, _row: IslandRow) -> int:
        """Return how high every row is."""
        return self.theme.px(_ROW)

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: IslandRow) -> None:
        """Draw an island."""
        theme, px = self.theme, self.theme.px
        self.draw_place(painter, option, index)
        inner = option.rect.adjusted(px(10), 0, -px(10), 0)
        taken = draw_at_right(painter, inner, f"{row.papers:,}", theme.font(12), theme.sub)
        draw_elided(painter, inner.adjusted(0, 0, -taken - px(10), 0), row.name, theme.font(13), theme.text)


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
