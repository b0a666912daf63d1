"""The list of tags that agree with what is typed, under the field for tags."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from readinglist.ui.floating_list import EDGE_PX, FloatingList
from readinglist.ui.keys import key_here
from readinglist.ui.row_painting import draw_at_right, draw_elided, draw_ground
from readinglist.ui.rows import Index, RowModel, RowPainter
from readinglist.ui.tag_offers import Offer
from readinglist.ui.theme import Theme

ROW_PX = 27
WIDTH_PX = 240


class OfferModel(RowModel[Offer]):
    """The rows of the list."""

    def text(self, row: Offer) -> str:
        """Return the name of a tag."""
        return row.name

    def spoken(self, row: Offer) -> str:
        """Return what Enter takes."""
        if row.create:
            return self.tr("Create tag “{name}”, {key}").format(name=row.name, key=key_here(self.tr("Ctrl+Enter")))
        if row.refused:
            return self.tr("“{name}” cannot be a tag").format(name=row.name)
        return self.tr("{name}, %Ln papers", "", row.count).format(name=row.name)


class _OfferPainter(RowPainter):
    """Draws a row: the name with what was typed in bold, and its count."""

    def height(self, _row: Offer) -> int:
        return self.theme.px(ROW_PX)

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, _index: Index, row: Offer) -> None:
        theme = self.theme
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            draw_ground(painter, QRectF(option.rect), theme.sel, radius=5)
        inner = option.rect.adjusted(9, 0, -9, 0)
        right = key_here(self.tr("Ctrl+Enter")) if row.create else "" if row.refused else str(row.count)
        taken = draw_at_right(painter, inner, right, theme.font(11), theme.sub if selected else theme.faint)
        self._draw_name(painter, row, inner.adjusted(0, 0, -taken - 10, 0))

    def _draw_name(self, painter: QPainter, offer: Offer, rect: QRect) -> None:
        theme = self.theme
        plain, strong = theme.font(12), theme.font(12, QFont.Weight.Bold)
        if offer.create or offer.refused:
            said = self.tr("Create tag “{name}”") if offer.create else self.tr("“{name}” cannot be a tag")
            text = said.format(name=offer.name)
            draw_elided(painter, rect, text, plain, theme.sub, Qt.TextElideMode.ElideMiddle)
            return
        name, room = offer.name, QRect(rect)
        for text, font in (
            (name[: offer.start], plain),
            (name[offer.start : offer.end], strong),
            (name[offer.end :], plain),
        ):
            room.setLeft(room.left() + draw_elided(painter, room, text, font, theme.text))


class TagPopup(FloatingList[Offer]):
    """Under the field for tags, or over it where there is no room below."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("tagPopup", "tagOffers", self.tr("Matching tags"), parent)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.entered.connect(self._list.setCurrentIndex)
        self.set_rows(OfferModel(self), _OfferPainter(theme, self._list))

    def show_offers(self, found: list[Offer], corner: QPoint, *, select: bool) -> None:
        """Show `found` with the upper left corner at `corner` of the parent; hide where there is nothing.

        `select`: the first row is the one that Enter takes.
        """
        self._model.show_rows(found)
        if not found:
            self.hide()
            return
        if select:
            self._list.setCurrentIndex(self._model.index(0, 0))
        theme = self._painter.theme
        height = theme.px(ROW_PX) * len(found) + 2 * EDGE_PX + 2
        width = theme.px(WIDTH_PX)
        parent = self._over
        x = max(4, min(corner.x(), parent.width() - width - 4))
        y = corner.y()
        if y + height > parent.height() - 4:
            y = max(4, corner.y() - height - theme.px(36))
        self.setGeometry(x, y, width, height)
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Go `by` rows down, round at the ends."""
        count = len(self._model.rows)
        if not count:
            return
        row = self._list.currentIndex().row()
        row = (row + by) % count if row >= 0 else (0 if by > 0 else count - 1)
        self._list.setCurrentIndex(self._model.index(row, 0))
