"""The list of tags that agree with what is typed, under the field. Knows tags by name, colour and count only."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from readinglist.text.words import fold
from readinglist.ui.floating_list import EDGE_PX, FloatingList
from readinglist.ui.row_painting import draw_at_right, draw_elided, draw_ground
from readinglist.ui.rows import Index, RowModel, RowPainter
from readinglist.ui.theme import Theme

ROWS = 8
ROW_PX = 27
WIDTH_PX = 240


class KnownTag(Protocol):
    """What is known of a tag of the library."""

    @property
    def name(self) -> str: ...

    @property
    def colour(self) -> str | None: ...

    @property
    def count(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Offer:
    """A row of the list: a tag, with `create` a new one of that name, with `refused` a name that no tag can have.

    `start`, `end`: where in the name stands what is typed.
    """

    name: str
    count: int = 0
    start: int = 0
    end: int = 0
    create: bool = False
    refused: bool = False


def clean_tag(text: str) -> str:
    """Return a tag as it is kept: NFC, trimmed, also around each `/`."""
    parts = (" ".join(part.split()) for part in unicodedata.normalize("NFC", text).split("/"))
    return "/".join(part for part in parts if part)


def is_tag(name: str) -> bool:
    """Say whether a clean name can be a tag; `none` and `any` mean something else in a query."""
    return bool(name) and name.casefold() not in ("none", "any")


def offers(typed: str, tags: Sequence[KnownTag], taken: frozenset[str]) -> list[Offer]:
    """Return what to offer for `typed`: tags that begin with it, then others that hold it, often used ones first.

    Tags in `taken` are left out. Last comes the offer to make a new tag, unless there is one of that name. With
    nothing typed, the tags used most.
    """
    wanted = fold(clean_tag(typed))
    used = {name.casefold() for name in taken}
    ranked: list[tuple[int, int, str, Offer]] = []
    for tag in tags:
        if tag.name.casefold() in used:
            continue
        folded = fold(tag.name)
        at = folded.find(wanted)
        if at < 0:
            continue
        # Where folding changes the length the place in the name is unknown; then nothing is shown in bold.
        start, end = (at, at + len(wanted)) if len(folded) == len(tag.name) else (0, 0)
        rank = 0 if folded == wanted else 1 if at == 0 else 2 if not folded[at - 1].isalnum() else 3
        offer = Offer(tag.name, tag.count, start, end)
        ranked.append((rank if wanted else 1, -tag.count, tag.name.casefold(), offer))
    ranked.sort(key=lambda row: row[:3])
    new = clean_tag(typed)
    known = used | {tag.name.casefold() for tag in tags}
    found = [row[3] for row in ranked[: ROWS - 1]]
    if new and new.casefold() not in known:
        found.append(Offer(new, create=is_tag(new), refused=not is_tag(new)))
    return found


class OfferModel(RowModel[Offer]):
    """The rows of the list."""

    def text(self, row: Offer) -> str:
        """Return the name of a tag."""
        return row.name

    def spoken(self, row: Offer) -> str:
        """Return what Enter takes."""
        if row.create:
            return self.tr("Create tag “{name}”, Ctrl+Enter").format(name=row.name)
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
        right = self.tr("Ctrl+Enter") if row.create else "" if row.refused else str(row.count)
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
