"""The terms that rise, a row each with its small plot. Knows no library."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from readinglist.library import Trend
from readinglist.ui.row_painting import draw_elided
from readinglist.ui.rows import Index, RowModel, RowPainter
from readinglist.ui.stats_pictures import Picture

_ROW = 50
_PLOT = 168


class TrendRow(NamedTuple):
    """A term with its picture and what it amounts to."""

    trend: Trend
    picture: Picture


class TrendModel(RowModel[TrendRow]):
    """The terms, the surest first."""

    def text(self, row: TrendRow) -> str:
        """Return a term."""
        return row.picture.title

    def spoken(self, row: TrendRow) -> str:
        """Return a term and what it amounts to."""
        return f"{row.picture.title}. {row.picture.summary}"

    def tip(self, row: TrendRow) -> str:
        """Return what Enter does."""
        return self.tr("List the papers: {query}").format(query=row.trend.query)


class TrendPainter(RowPainter):
    """Paints a term, what it amounts to, and bars for its periods."""

    def height(self, _row: TrendRow) -> int:
        """Return how high every row is."""
        return self.theme.px(_ROW)

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: TrendRow) -> None:
        """Draw a term."""
        theme, px = self.theme, self.theme.px
        self.draw_place(painter, option, index)
        inner = option.rect.adjusted(px(14), px(6), -px(14), -px(6))
        plot = QRect(inner.right() - px(_PLOT), inner.top(), px(_PLOT), inner.height())
        line = inner.height() // 2
        upper = QRect(inner.left(), inner.top(), inner.width() - plot.width() - px(20), line)
        draw_elided(painter, upper, row.picture.title, theme.font(14, QFont.Weight.DemiBold), theme.text)
        draw_elided(painter, upper.translated(0, line), row.picture.summary, theme.font(12), theme.sub)
        _paint_bars(painter, QRectF(plot), row.picture, theme.line)


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
