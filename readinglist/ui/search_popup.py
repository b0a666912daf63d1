"""The list of what may be completed, under the search field. Knows no query."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from readinglist.ui.completing import Offer
from readinglist.ui.floating_list import EDGE_PX, FloatingList
from readinglist.ui.row_painting import draw_at_right, draw_elided, draw_ground
from readinglist.ui.rows import NO_INDEX, Index, RowModel, RowPainter
from readinglist.ui.theme import Theme

ROWS = 8
ROW_PX = 28


class _Offers(RowModel[Offer]):
    """What is offered, as it is painted and in words."""

    def text(self, row: Offer) -> str:
        return row.shown

    def spoken(self, row: Offer) -> str:
        return row.spoken


class _Painter(RowPainter):
    """Paints the name, and at the right what it means or how many papers have it."""

    def height(self, _row: Offer | None = None) -> int:
        return self.theme.px(ROW_PX)

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: Offer) -> None:
        theme, px = self.theme, self.theme.px
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            draw_ground(painter, QRectF(option.rect), theme.sel, radius=px(5))
        inner = option.rect.adjusted(px(9), 0, -px(9), 0)
        if index.row() == 0 and not self._view.currentIndex().isValid():
            inner.adjust(0, 0, -self._draw_hint(painter, inner), 0)
        right = self._view.locale().toString(row.count) if row.count is not None else row.meaning
        # The name has the room it needs up to two thirds; the meaning takes what is left.
        small = theme.font(12)
        beside = QFontMetrics(small).horizontalAdvance(right) + px(12) if right else 0
        most = QRect(inner)
        most.setWidth(max(inner.width() * 2 // 3, inner.width() - beside))
        taken = draw_elided(painter, most, row.shown, theme.font(13, QFont.Weight.Medium), theme.text)
        room = max(0, inner.width() - taken - px(12))
        shown = QFontMetrics(small).elidedText(right, Qt.TextElideMode.ElideRight, room)
        draw_at_right(painter, inner, shown, small, theme.sub if selected else theme.faint)

    def _draw_hint(self, painter: QPainter, inner: QRect) -> int:
        """Draw the key that takes the first row, while none is chosen; return the room it takes."""
        theme, px = self.theme, self.theme.px
        font = theme.font(11, QFont.Weight.Medium)
        words = QCoreApplication.translate("SearchPopup", "Tab")
        width = QFontMetrics(font).horizontalAdvance(words) + px(10)
        cap = QRectF(inner.right() - width, inner.center().y() - px(9), width, px(18))
        painter.setPen(QColor(theme.line))
        painter.setBrush(QColor(theme.side))
        painter.drawRoundedRect(cap, px(4), px(4))
        painter.setFont(font)
        painter.setPen(QColor(theme.faint))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, words)
        return width + px(8)


class SearchPopup(FloatingList[Offer]):
    """Under the search field."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("searchPopup", "searchOffers", self.tr("Completions of the search"), parent)
        self.set_rows(_Offers(self), _Painter(theme, self._list))

    @property
    def offers(self) -> Sequence[Offer]:
        """Return the rows that are shown."""
        return self._model.rows if self.isVisible() else ()

    def show_offers(self, offers: Sequence[Offer], corner: QPoint, width: int, *, select: bool) -> None:
        """Show rows with the upper left corner at `corner` of the parent; `select`: the first one is chosen."""
        self._model.show_rows(offers)
        self._list.setCurrentIndex(self._model.index(0, 0) if select else NO_INDEX)
        height = self._painter.theme.px(ROW_PX) * min(ROWS, len(offers)) + 2 * EDGE_PX + 2
        x = max(4, min(corner.x(), self._over.width() - width - 4))
        self.setGeometry(x, corner.y(), width, min(height, max(60, self._over.height() - corner.y() - 4)))
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Choose the row `by` further down; before the first and after the last none is chosen."""
        rows = self._model.rowCount()
        row = self._list.currentIndex().row() + by
        if row < -1:
            row = rows - 1
        self._list.setCurrentIndex(self._model.index(row, 0) if 0 <= row < rows else NO_INDEX)
