"""The rows of the import sheet: problems, told whole, and papers with what becomes of them. Knows no library."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from readinglist.ui.row_painting import (
    draw_at_right,
    draw_elided,
    draw_ground,
    draw_lines,
    draw_sign,
    text_lines,
)
from readinglist.ui.rows import Index, RowModel, RowPainter

translate = QCoreApplication.translate

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


def state_text(kind: str) -> str:
    """Return the word for a state; "" where there is none."""
    return {
        "new": translate("ImportRows", "New"),
        "here": translate("ImportRows", "Already here"),
        "twice": translate("ImportRows", "Twice in the input"),
        "failed": translate("ImportRows", "Cannot be taken"),
        "notice": translate("ImportRows", "Please note"),
    }.get(kind, "")


class ImportRows(RowModel[ImportRow]):
    """Problems first, then the papers that would be filled in, then the others in their order."""

    def text(self, row: ImportRow) -> str:
        """Return a problem, or a title."""
        return row.text

    def spoken(self, row: ImportRow) -> str:
        """Return a row with what becomes of it."""
        return ", ".join(filter(None, (row.text, row.more or row.where or state_text(row.kind))))

    def tip(self, row: ImportRow) -> str:
        """Return the whole text, and what there is to say besides."""
        return "\n".join(filter(None, (row.text, row.more)))


class ImportRowPainter(RowPainter):
    """Draws a line: a sign, the text, the state at the right."""

    def height(self, row: ImportRow) -> int:
        """Return the height of a row: of a problem that is long, with room for all of it."""
        height = self.theme.px(ROW_PX)
        if row.kind in PROBLEMS:
            font = self.theme.font(13)
            lines = text_lines(row.text, font, self._room(self._view.viewport().rect(), row), _MOST)
            height += (len(lines) - 1) * QFontMetrics(font).lineSpacing()
        return height

    def _room(self, rect: QRect, row: ImportRow) -> int:
        """Return how wide the text of a row may be."""
        theme = self.theme
        said = QFontMetrics(theme.font(12)).horizontalAdvance(row.where or state_text(row.kind))
        return rect.width() - 2 * theme.px(24) - theme.px(15) - theme.px(9) - said - theme.px(16)

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, _index: Index, row: ImportRow) -> None:
        """Draw a row."""
        theme, rect = self.theme, option.rect
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_ground(painter, QRectF(rect.adjusted(12, 1, -12, -1)), theme.sel)
        inner = rect.adjusted(theme.px(24), 0, -theme.px(24), 0)
        sign, colour = self._sign(row.kind)
        side = theme.px(15)
        if sign:
            at = QPoint(inner.left(), inner.top() + (inner.height() - side) // 2)
            draw_sign(painter, sign, colour, at, side)
        said = row.where or state_text(row.kind)
        taken = draw_at_right(painter, inner, said, theme.font(12), colour if row.kind == "failed" else theme.sub)
        room = inner.adjusted(side + theme.px(9), 0, -taken - theme.px(16), 0)
        text = theme.text if row.kind in ("new", "failed", "notice") else theme.sub
        if row.kind in PROBLEMS:
            room.setWidth(self._room(rect, row))
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
