"""Paints one row of the command palette: icon, title with the letters that fit, what it is, its key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from readinglist.ui import icons
from readinglist.ui.palette_entries import Entry, Found
from readinglist.ui.row_delegate import utf16
from readinglist.ui.row_painting import draw_ground
from readinglist.ui.rows import Index, RowPainter
from readinglist.ui.theme import Theme

_ROW, _ICON, _LEFT = 36, 16, 38
_DETAIL_SHARE = 0.45


class PaletteRow(RowPainter):
    """The letters that fit are bold and in the accent's colour, so that they are not told by colour alone."""

    def set_theme(self, theme: Theme) -> None:
        """Take another theme's fonts and colours."""
        super().set_theme(theme)
        self._title_font = theme.font(13.5)
        self._small_font = theme.font(12)
        self._key_font = theme.font(11, QFont.Weight.Medium)
        self._small_metrics = QFontMetrics(self._small_font)
        self._key_metrics = QFontMetrics(self._key_font)
        bold = QFont(self._title_font)
        bold.setWeight(QFont.Weight.Bold)
        self._bold_metrics = QFontMetrics(bold)

    def height(self, _row: Found) -> int:
        """Return the height of every row."""
        return self.theme.px(_ROW)

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, _index: Index, row: Found) -> None:
        """Draw an entry."""
        theme, px = self.theme, self.theme.px
        entry, places = row
        place = QRectF(option.rect.adjusted(0, px(1), 0, -px(1)))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            draw_ground(painter, place, theme.sel if chosen else theme.hover, radius=px(7))
        quiet = theme.sub if chosen else theme.faint
        self._paint_sign(painter, entry, place)
        right = self._paint_key(painter, entry, place) - px(12)
        left = place.left() + px(_LEFT)
        detail_room = int((right - left) * _DETAIL_SHARE)
        detail = self._small_metrics.elidedText(entry.detail, Qt.TextElideMode.ElideRight, detail_room)
        if detail:
            right -= self._small_metrics.horizontalAdvance(detail)
            beside = [at - len(entry.title) - 1 for at in places]
            self._draw(painter, detail, beside, self._small_font, quiet, right, place)
            right -= px(14)
        title = self._bold_metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, int(right - left))
        colour = theme.text if entry.enabled else quiet
        self._draw(painter, title, places, self._title_font, colour, left, place)

    def _paint_sign(self, painter: QPainter, entry: Entry, row: QRectF) -> None:
        theme, px = self.theme, self.theme.px
        middle = row.center().y()
        if entry.kind == "tag":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(entry.colour or theme.tag_colour(entry.title)))
            painter.drawEllipse(QRectF(row.left() + px(15), middle - px(4), px(8), px(8)))
            return
        name = "check" if entry.checked else entry.icon
        if name:
            device = painter.device()
            dpr = device.devicePixelRatioF() if device is not None else 1.0
            size = px(_ICON)
            drawn = icons.pixmap(name, theme.acc if entry.checked else theme.sub, size, dpr)
            painter.setOpacity(1.0 if entry.enabled else 0.4)
            painter.drawPixmap(round(row.left() + px(11)), round(middle - size / 2), drawn)
            painter.setOpacity(1.0)

    def _paint_key(self, painter: QPainter, entry: Entry, row: QRectF) -> float:
        """Paint the key that does the same; return where it begins."""
        theme, px = self.theme, self.theme.px
        right = row.right() - px(8)
        if not entry.shortcut:
            return right
        width = self._key_metrics.horizontalAdvance(entry.shortcut) + px(12)
        chip = QRectF(right - width, row.center().y() - px(10), width, px(20))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.chip))
        painter.drawRoundedRect(chip, px(5), px(5))
        painter.setPen(QColor(theme.chiptext))
        painter.setFont(self._key_font)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, entry.shortcut)
        return chip.left()

    def _draw(
        self, painter: QPainter, text: str, places: Sequence[int], font: QFont, colour: str, left: float, row: QRectF
    ) -> None:
        """Draw one line with the letters at `places` set off; places outside the text are none of it."""
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.Bold)
        look.setForeground(QColor(self.theme.acc))
        formats = []
        for place in places:
            if 0 <= place < len(text):
                part = QTextLayout.FormatRange()
                part.start = utf16(text, place)
                part.length = utf16(text, place + 1) - part.start
                part.format = look
                formats.append(part)
        layout = QTextLayout(text, font)
        layout.setFormats(formats)
        layout.beginLayout()
        line = layout.createLine()
        line.setNumColumns(len(text) * 2 + 1)
        layout.endLayout()
        painter.setPen(QColor(colour))
        layout.draw(painter, QPointF(left, row.center().y() - line.height() / 2))
