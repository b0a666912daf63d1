"""The list of what may be completed, under the search field. Never takes the focus; knows no query."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
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
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
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

from readinglist.ui.completing import Offer
from readinglist.ui.theme import Theme

ROWS = 8
ROW_PX = 28
_EDGE = 6

NO_INDEX = QModelIndex()


class OfferModel(QAbstractListModel):
    """The rows of the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.offers: Sequence[Offer] = ()

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.offers = offers
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NO_INDEX) -> int:
        """Return the number of rows (QAbstractItemModel)."""
        return 0 if parent.isValid() else len(self.offers)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row, as it is painted or in words (QAbstractItemModel)."""
        if not 0 <= index.row() < len(self.offers):
            return None
        offer = self.offers[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return offer
        if role == Qt.ItemDataRole.DisplayRole:
            return offer.shown
        return offer.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class _Row(QStyledItemDelegate):
    """Paints the name, and at the right what it means or how many papers have it."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of every row (QStyledItemDelegate)."""
        return QSize(10, self.theme.px(ROW_PX))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row (QStyledItemDelegate)."""
        offer: Offer = index.data(Qt.ItemDataRole.UserRole)
        theme, px = self.theme, self.theme.px
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.sel))
            painter.drawRoundedRect(QRectF(rect), px(5), px(5))
        inner = rect.adjusted(px(9), 0, -px(9), 0)
        name_font, small = theme.font(13, QFont.Weight.Medium), theme.font(12)
        names, smalls = QFontMetrics(name_font), QFontMetrics(small)
        middle = Qt.AlignmentFlag.AlignVCenter
        hint = index.row() == 0 and not self._view.currentIndex().isValid()
        if hint:
            inner.adjust(0, 0, -self._paint_hint(painter, inner), 0)
        right = self._view.locale().toString(offer.count) if offer.count is not None else offer.meaning
        # The name has the room it needs up to two thirds; the meaning takes what is left.
        beside = smalls.horizontalAdvance(right) + px(12) if right else 0
        most = max(inner.width() * 2 // 3, inner.width() - beside)
        name = names.elidedText(offer.shown, Qt.TextElideMode.ElideRight, most)
        painter.setFont(name_font)
        painter.setPen(QColor(theme.text))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, name)
        room = inner.width() - names.horizontalAdvance(name) - px(12)
        painter.setFont(small)
        painter.setPen(QColor(theme.sub if selected else theme.faint))
        shown = smalls.elidedText(right, Qt.TextElideMode.ElideRight, max(0, room))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, shown)
        painter.restore()

    def _paint_hint(self, painter: QPainter, inner: QRect) -> int:
        """Paint the key that takes the first row, while none is chosen; return the room it takes."""
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


class SearchPopup(QFrame):
    """Floats over its window; whoever has the field moves in it and takes from it."""

    chosen = Signal(object)
    """The `Offer` that was clicked."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("searchPopup")
        self._over = parent
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list = QListView(self)
        self._list.setObjectName("searchOffers")
        self._list.setAccessibleName(self.tr("Completions of the search"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setUniformItemSizes(True)
        self._list.clicked.connect(self._on_clicked)
        self._model = OfferModel(self)
        self._list.setModel(self._model)
        self._row = _Row(theme, self._list)
        self._list.setItemDelegate(self._row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        layout.addWidget(self._list)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 60))
        self.setGraphicsEffect(shadow)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._row.theme = theme
        self.setStyleSheet(
            f"#searchPopup {{ background: {theme.read}; border: 1px solid {theme.line};"
            f" border-radius: {theme.px(8)}px; }}"
            f"#searchOffers {{ background: {theme.read}; }}"
        )

    @property
    def offers(self) -> Sequence[Offer]:
        """Return the rows that are shown."""
        return self._model.offers if self.isVisible() else ()

    def show_offers(self, offers: Sequence[Offer], corner: QPoint, width: int, *, select: bool) -> None:
        """Show rows with the upper left corner at `corner` of the parent; `select`: the first one is chosen."""
        self._model.show_offers(offers)
        self._list.setCurrentIndex(self._model.index(0, 0) if select else NO_INDEX)
        height = self._row.theme.px(ROW_PX) * min(ROWS, len(offers)) + 2 * _EDGE + 2
        x = max(4, min(corner.x(), self._over.width() - width - 4))
        self.setGeometry(x, corner.y(), width, min(height, max(60, self._over.height() - corner.y() - 4)))
        self.show()
        self.raise_()

    def current(self) -> Offer | None:
        """Return the row that is chosen, or None."""
        row = self._list.currentIndex().row()
        return self.offers[row] if 0 <= row < len(self.offers) else None

    def step(self, by: int) -> None:
        """Choose the row `by` further down; before the first and after the last none is chosen."""
        rows = self._model.rowCount()
        row = self._list.currentIndex().row() + by
        if row < -1:
            row = rows - 1
        self._list.setCurrentIndex(self._model.index(row, 0) if 0 <= row < rows else NO_INDEX)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(Qt.ItemDataRole.UserRole))

    def event(self, event: QEvent) -> bool:
        """Swallow clicks between the rows, which would fall through to what lies below (QObject)."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            return True
        return super().event(event)
