"""The list of tags that agree with what is typed, under the field. Knows tags by name, colour and count only."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGraphicsDropShadowEffect,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from readinglist.text.words import fold
from readinglist.ui.row_painting import draw_at_right, draw_elided, draw_ground, smooth
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


class OfferModel(QAbstractListModel):
    """The rows of the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.offers: list[Offer] = []

    def show_offers(self, found: list[Offer]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.offers = found
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of rows (QAbstractItemModel)."""
        return 0 if parent.isValid() else len(self.offers)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows or says (QAbstractItemModel)."""
        if not 0 <= index.row() < len(self.offers):
            return None
        offer = self.offers[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return offer
        if role == Qt.ItemDataRole.DisplayRole:
            return offer.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if offer.create:
                return self.tr("Create tag “{name}”, Ctrl+Enter").format(name=offer.name)
            if offer.refused:
                return self.tr("“{name}” cannot be a tag").format(name=offer.name)
            return self.tr("{name}, %Ln papers", "", offer.count).format(name=offer.name)
        return None


class _OfferDelegate(QStyledItemDelegate):
    """Draws a row: the name with what was typed in bold, and its count."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of every row (QStyledItemDelegate)."""
        return QSize(10, self.theme.px(ROW_PX))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row (QStyledItemDelegate)."""
        offer = index.data(Qt.ItemDataRole.UserRole)
        theme = self.theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        with smooth(painter):
            if selected:
                draw_ground(painter, QRectF(rect), theme.sel, radius=5)
            inner = rect.adjusted(9, 0, -9, 0)
            right = self.tr("Ctrl+Enter") if offer.create else "" if offer.refused else str(offer.count)
            taken = draw_at_right(painter, inner, right, theme.font(11), theme.sub if selected else theme.faint)
            self._draw_name(painter, offer, inner.adjusted(0, 0, -taken - 10, 0))

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


class TagPopup(QFrame):
    """Floats over the window under the field; never takes the focus from it."""

    chosen = Signal(object)
    """The `Offer` that was clicked."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tagPopup")
        self._over = parent
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list = QListView(self)
        self._list.setObjectName("tagOffers")
        self._list.setAccessibleName(self.tr("Matching tags"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.entered.connect(self._list.setCurrentIndex)
        self._list.clicked.connect(self._on_clicked)
        self._model = OfferModel(self)
        self._list.setModel(self._model)
        self._delegate = _OfferDelegate(theme, self)
        self._list.setItemDelegate(self._delegate)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self._list)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 60))
        self.setGraphicsEffect(shadow)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._delegate.theme = theme
        self.setStyleSheet(
            f"#tagPopup{{background:{theme.read};border:1px solid {theme.line};border-radius:8px}}"
            f"#tagOffers{{background:{theme.read}}}"
        )

    def show_offers(self, found: list[Offer], corner: QPoint, *, select: bool) -> None:
        """Show `found` with the upper left corner at `corner` of the parent; hide where there is nothing.

        `select`: the first row is the one that Enter takes.
        """
        self._model.show_offers(found)
        if not found:
            self.hide()
            return
        if select:
            self._list.setCurrentIndex(self._model.index(0, 0))
        theme = self._delegate.theme
        height = theme.px(ROW_PX) * len(found) + 14
        width = theme.px(WIDTH_PX)
        parent = self._over
        x = max(4, min(corner.x(), parent.width() - width - 4))
        y = corner.y()
        if y + height > parent.height() - 4:
            y = max(4, corner.y() - height - theme.px(36))
        self.setGeometry(x, y, width, height)
        self.show()
        self.raise_()

    def current(self) -> Offer | None:
        """Return the row that Enter takes, or None."""
        row = self._list.currentIndex().row()
        return self._model.offers[row] if self.isVisible() and 0 <= row < len(self._model.offers) else None

    def step(self, by: int) -> None:
        """Go `by` rows down, round at the ends."""
        count = len(self._model.offers)
        if not count:
            return
        row = self._list.currentIndex().row()
        row = (row + by) % count if row >= 0 else (0 if by > 0 else count - 1)
        self._list.setCurrentIndex(self._model.index(row, 0))

    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(Qt.ItemDataRole.UserRole))

    def event(self, event: QEvent) -> bool:
        """Swallow clicks between the rows, which would fall through to the text below (QObject)."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            return True
        return super().event(event)
