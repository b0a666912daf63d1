"""The rows of the list of highlights: what they hold, how they are laid out, painted and edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyleOptionViewItem, QWidget

from readinglist.paper import Highlight
from readinglist.text.mathematics import passage_as_text
from readinglist.ui.editing_keys import keep_plain_keys
from readinglist.ui.highlight_colours import colour_label, ground, line
from readinglist.ui.row_painting import draw_ground, draw_lines, draw_sign, text_lines
from readinglist.ui.rows import ROW, Index, RowModel, RowPainter
from readinglist.ui.theme import Theme

QUOTE_PX = 13
FIELD_PX = 28
COMMENT_PX = 13
QUOTE_LINES = 3
COMMENT_LINES = 4
_SIGNS = ("message-square-plus", "palette", "trash-2")


class HighlightModel(RowModel[Highlight]):
    """The highlights in the order they stand in the abstract, those without a place last."""

    def text(self, row: Highlight) -> str:
        """Return the quote."""
        return passage_as_text(row.quote)

    def spoken(self, row: Highlight) -> str:
        """Return colour, quote and comment."""
        said = [colour_label(row.colour), passage_as_text(row.quote)]
        if row.comment:
            said.append(self.tr("comment: {comment}").format(comment=row.comment))
        if row.start is None:
            said.append(self.lost_text())
        return ", ".join(said)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return also the comment, to be edited (QAbstractItemModel)."""
        if role == Qt.ItemDataRole.EditRole and 0 <= index.row() < len(self.rows):
            return self.rows[index.row()].comment or ""
        return super().data(index, role)

    def lost_text(self) -> str:
        """Return what is said of a highlight that has lost its place."""
        return self.tr("no longer in the abstract")

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the comment be edited (QAbstractItemModel)."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable


@dataclass(frozen=True, slots=True)
class _Places:
    """Where things stand in a row, in the coordinates of the view."""

    quote: QRect
    comment: QRect
    signs: tuple[QRect, ...]


class _CommentField(QLineEdit):
    """Edits a comment; every plain key is its own."""

    def event(self, event: QEvent) -> bool:
        """Keep plain keys (QObject)."""
        return keep_plain_keys(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep also the keys the field has no use for: Enter would act on the row below (QWidget)."""
        super().keyPressEvent(event)
        event.accept()


class HighlightPainter(RowPainter):
    """Paints a highlight: a bar in its colour, the quote, the comment under it, and signs to act on it."""

    comment_edited = Signal(str, str)
    """The id of a highlight and its comment as typed."""

    rows_changed = Signal()
    """A row needs another height: its comment is being edited, or no longer."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(theme, parent)
        self._edited = ""

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        super().set_theme(theme)
        self._heights: dict[tuple[str, str | None, bool, int], int] = {}

    def height(self, row: Highlight) -> int:
        """Return how high a row is at the width of the view."""
        return self.row_height(row, self._view.width())

    def row_height(self, highlight: Highlight, width: int) -> int:
        """Return how high a row is at `width`."""
        key = (highlight.quote, highlight.comment, highlight.start is None, width)
        if key not in self._heights:
            places = self._places(QRect(0, 0, width, 0), highlight)
            self._heights[key] = max(places.comment.bottom() + 1, self.theme.px(30)) + self.theme.px(9)
        if highlight.id == self._edited:
            places = self._places(QRect(0, 0, width, 0), highlight)
            return max(self._heights[key], places.quote.bottom() + self.theme.px(4 + FIELD_PX + 7))
        return self._heights[key]

    def _places(self, rect: QRect, highlight: Highlight) -> _Places:
        px = self.theme.px
        top = rect.top() + px(8)
        left = rect.left() + px(19)
        side = px(22)
        signs = tuple(
            QRect(rect.right() - px(4) - (len(_SIGNS) - at) * (side + px(2)), top - px(2), side, side)
            for at in range(len(_SIGNS))
        )
        width = max(40, signs[0].left() - px(10) - left)
        quote_lines = len(text_lines(passage_as_text(highlight.quote), self.theme.font(QUOTE_PX), width, QUOTE_LINES))
        height = quote_lines * QFontMetrics(self.theme.font(QUOTE_PX)).lineSpacing()
        quote = QRect(left, top, width, height)
        under = self._under_text(highlight)
        count = len(text_lines(under, self.theme.font(COMMENT_PX), width, COMMENT_LINES)) if under else 0
        height = count * QFontMetrics(self.theme.font(COMMENT_PX)).lineSpacing()
        comment = QRect(left, quote.bottom() + 1 + (px(3) if count else 0), width, height)
        return _Places(quote, comment, signs)

    def _under_text(self, highlight: Highlight) -> str:
        said = [highlight.comment] if highlight.comment else []
        if highlight.start is None:
            said.append(self.tr("(no longer in the abstract)"))
        return " ".join(said)

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, _index: Index, row: Highlight) -> None:
        """Draw a highlight."""
        theme, rect = self.theme, option.rect
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        active = focused or bool(option.state & QStyle.StateFlag.State_MouseOver)
        if active:
            edge = theme.acc if focused else None
            draw_ground(painter, QRectF(rect).adjusted(1, 1, -1, -1), theme.side, edge=edge)
        places = self._places(rect, row)
        self._draw_bar(painter, rect, row.colour)
        painter.setPen(QColor(theme.text))
        draw_lines(painter, passage_as_text(row.quote), theme.font(QUOTE_PX), places.quote, QUOTE_LINES)
        painter.setPen(QColor(theme.sub))
        under = self._under_text(row)
        draw_lines(painter, under, theme.font(COMMENT_PX, italic=True), places.comment, COMMENT_LINES)
        if active:
            self._draw_signs(painter, places)

    def _draw_bar(self, painter: QPainter, rect: QRect, colour: str) -> None:
        px = self.theme.px
        bar = QRectF(rect.left() + px(5), rect.top() + px(8), px(5), rect.height() - px(15))
        painter.setPen(QPen(line(self.theme, colour), 1))
        painter.setBrush(ground(self.theme, colour))
        painter.drawRoundedRect(bar, 2.5, 2.5)

    def _draw_signs(self, painter: QPainter, places: _Places) -> None:
        side = self.theme.px(15)
        mouse = self._view.viewport().mapFromGlobal(self._view.cursor().pos())
        for name, sign in zip(_SIGNS, places.signs, strict=True):
            if sign.contains(mouse) and self._view.underMouse():
                draw_ground(painter, QRectF(sign), self.theme.chip, radius=5)
            draw_sign(painter, name, self.theme.sub, sign.center() - QPoint(side // 2, side // 2), side)

    def sign_at(self, point: QPoint, rect: QRect, highlight: Highlight) -> int | None:
        """Return which sign of a row is at `point`: 0 comment, 1 colour, 2 remove."""
        signs = self._places(rect, highlight).signs
        return next((at for at, sign in enumerate(signs) if sign.contains(point)), None)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a field for the comment (QStyledItemDelegate)."""
        theme = self.theme
        self._edited = index.data(ROW).id
        self.rows_changed.emit()
        field = _CommentField(parent)
        field.setObjectName("commentField")
        field.setAccessibleName(self.tr("Comment on this highlight"))
        field.setPlaceholderText(self.tr("Comment"))
        field.setFont(theme.font(COMMENT_PX))
        field.setMaxLength(10_000)
        field.setStyleSheet(
            f"QLineEdit{{border:2px solid {theme.acc};border-radius:6px;padding:0 6px;"
            f"background:{theme.read};color:{theme.text}}}"
        )
        return field

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Put the field under the quote, over the comment (QStyledItemDelegate)."""
        rect: QRect = option.rect
        px = self.theme.px
        top = self._places(rect, index.data(ROW)).quote.bottom() + px(4)
        editor.setGeometry(rect.left() + px(12), top, rect.width() - px(16), px(FIELD_PX))

    def destroyEditor(  # noqa: N802 - Qt's name
        self, editor: QWidget, index: Index
    ) -> None:
        """Give the row its own height back (QStyledItemDelegate)."""
        super().destroyEditor(editor, index)
        self._edited = ""
        self.rows_changed.emit()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Tell of the comment as typed; the model changes when the library has it (QStyledItemDelegate)."""
        highlight: Highlight | None = index.data(ROW)
        if isinstance(editor, QLineEdit) and highlight is not None:
            self.comment_edited.emit(highlight.id, editor.text())
