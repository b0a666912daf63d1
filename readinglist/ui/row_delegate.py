"""Paints one paper of the list, and says how high that is. Knows no library: it is given papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from readinglist.paper import Paper
from readinglist.query.marks import Snippet, marks
from readinglist.query.nodes import Node
from readinglist.text.mathematics import as_text, with_marks
from readinglist.ui import icons, row_text
from readinglist.ui.theme import Theme

_LEFT, _RIGHT, _TOP = 30, 18, 12
_TITLE_LINE, _META_LINE, _SNIPPET_LINE, _CHIP = 19, 21, 17, 19
_USUAL = 85
_COMPACT, _COMPACT_TOP = 56, 7
_TAGS_SHARE = 0.45
"""How much of a low row's second line its tags may take."""
_CONTEXT_CHARS = 40
_LAID_KEPT = 400

_PLAIN = {ord(c): " " for c in "\n\r\t\u2028\u2029"}

Marks = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Laid:
    title: tuple[_Line, ...]
    snippet: tuple[_Line, ...]


class RowDelegate(QStyledItemDelegate):
    """Title in one or two lines, authors and venue, then tags or the beginning of the abstract.

    While a search is shown, the passage that was found stands above the tags, with the matches marked. Compact rows
    have one line of the title, and the tags in the second.
    """

    def __init__(self, paper_at: Callable[[int], Paper | None], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper_at = paper_at
        self._laid: dict[tuple[int, int], _Laid] = {}
        self._node: Node | None = None
        self._snippet: Callable[[Paper], Snippet | None] | None = None
        self._tag_colours: Mapping[str, str] = {}
        self._status_known = False
        self.clock: Callable[[], date] = row_text.today
        self._today = self.clock()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme's fonts and colours."""
        self._theme = theme
        self._most_lines = 1 if theme.compact else 2
        weight = QFont.Weight
        self._title_font = theme.font(14, weight.Medium)
        self._new_title_font = theme.font(14, weight.DemiBold)
        self._meta_font = theme.font(12)
        self._small_font = theme.font(11, weight.Medium)
        self._title_metrics = QFontMetrics(self._new_title_font)
        self._meta_metrics = QFontMetrics(self._meta_font)
        self._small_metrics = QFontMetrics(self._small_font)
        self.forget()

    def set_search(self, node: Node | None, snippet: Callable[[Paper], Snippet | None] | None) -> None:
        """Mark what `node` finds and show what `snippet` gives for a paper; None, None ends it."""
        self._node = node
        self._snippet = snippet
        self.forget()

    def set_tag_colours(self, colours: Mapping[str, str]) -> None:
        """Take the colours ('#rrggbb') of tags by name."""
        self._tag_colours = colours

    def set_status_known(self, known: bool) -> None:
        """Say whether every paper in the list has the same status, so that it need not be written."""
        self._status_known = known

    def forget(self) -> None:
        """Lay everything out anew: papers, theme or day are other than before."""
        self._laid.clear()
        self._today = self.clock()

    @property
    def usual_height(self) -> int:
        """Return the height of a row whose title takes one line."""
        return self._theme.px(_COMPACT if self._theme.compact else _USUAL)

    def height(self, row: int, width: int) -> int:
        """Return the height a row needs in a list of `width` pixels."""
        paper = self._paper_at(row)
        if paper is None:
            return self.usual_height
        laid = self._lay_out(paper, width)
        px = self._theme.px
        height = self.usual_height + px(_TITLE_LINE) * (len(laid.title) - 1)
        if laid.snippet and not paper.tags and not self._theme.compact:
            height -= px(_CHIP)
        return height + px(_SNIPPET_LINE) * len(laid.snippet)

    def spoken(self, paper: Paper) -> str:
        """Return a row as a screen reader says it."""
        words = row_text.spoken(paper, self._today)
        found = self._snippet(paper) if self._snippet is not None else None
        return f"{words}. {found.text}" if found is not None and found.field != "title" else words

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a row (QStyledItemDelegate)."""
        return QSize(100, self.height(index.row(), option.rect.width()))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a row (QStyledItemDelegate)."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        self._paint_ground(painter, rect, state)
        paper = self._paper_at(index.row())
        if paper is not None:
            self._paint_paper(painter, rect, paper, bool(state & QStyle.StateFlag.State_Selected))
        painter.restore()

    # -- painting ---------------------------------------------------------------------------------

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        theme, px = self._theme, self._theme.px
        card = QRectF(rect.adjusted(px(6), px(2), -px(6), -px(3)))
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.sel))
            painter.drawRoundedRect(card, px(8), px(8))
        else:
            if state & QStyle.StateFlag.State_MouseOver:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.hover))
                painter.drawRoundedRect(card, px(8), px(8))
            painter.setPen(QColor(theme.line))
            left, right = rect.left() + px(_LEFT), rect.right() - px(14)
            painter.drawLine(QPointF(left, rect.bottom() + 0.5), QPointF(right, rect.bottom() + 0.5))
        if state & QStyle.StateFlag.State_HasFocus:
            outline = QColor(theme.acc)
            outline.setAlphaF(0.55)
            painter.setPen(QPen(outline, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), px(8), px(8))

    def _paint_paper(self, painter: QPainter, rect: QRect, paper: Paper, selected: bool) -> None:
        theme, px = self._theme, self._theme.px
        laid = self._lay_out(paper, rect.width())
        left, right = rect.left() + px(_LEFT), rect.right() - px(_RIGHT)
        compact = theme.compact
        y = rect.top() + px(_COMPACT_TOP if compact else _TOP)
        new = row_text.is_new(paper, self._today)
        if new:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.acc))
            painter.drawEllipse(QRectF(rect.left() + px(15), y + px(5), px(8), px(8)))
        font = self._new_title_font if new else self._title_font
        for line in laid.title:
            self._draw_line(painter, QPointF(left, y), line, font, theme.text)
            y += px(_TITLE_LINE)
        y += px(3)
        # A passage without tags under it needs no last line: what stands at its end goes before the age.
        last_line = not compact and (bool(paper.tags) or not laid.snippet)
        self._paint_meta(painter, paper, left, right, y, selected, with_corner=not last_line)
        y += px(_META_LINE)
        for line in laid.snippet:
            self._draw_line(painter, QPointF(left, y - px(2)), line, self._meta_font, theme.sub)
            y += px(_SNIPPET_LINE)
        if not last_line:
            return
        end = self._paint_corner(painter, paper, right, y)
        if paper.tags:
            self._paint_tags(painter, paper, left, end - px(8), y, selected)
        elif paper.abstract:
            self._paint_abstract(painter, paper.abstract, left, end - px(10), y, selected)

    def _paint_meta(
        self, painter: QPainter, paper: Paper, left: int, right: int, y: int, selected: bool, *, with_corner: bool
    ) -> None:
        metrics = self._meta_metrics
        painter.setFont(self._meta_font)
        painter.setPen(QColor(self._theme.sub))
        base = y + metrics.ascent()
        when = row_text.age(paper.added, self._today)
        end = right - metrics.horizontalAdvance(when)
        painter.drawText(end, base, when)
        px = self._theme.px
        if with_corner:
            end = self._paint_corner(painter, paper, end - px(10), y - px(2))
            painter.setFont(self._meta_font)
            painter.setPen(QColor(self._theme.sub))
        meta = row_text.meta_line(paper, self._today).translate(_PLAIN)
        tags_left = end
        if self._theme.compact and paper.tags:
            needed = left + metrics.horizontalAdvance(meta) + px(14)
            tags_left = round(min(needed, left + (end - left) * (1 - _TAGS_SHARE)))
        room = tags_left - left - px(14)
        painter.drawText(left, base, metrics.elidedText(meta, Qt.TextElideMode.ElideRight, room))
        if tags_left < end:
            self._paint_tags(painter, paper, tags_left, end - px(10), y - px(2), selected)

    def _paint_corner(self, painter: QPainter, paper: Paper, right: int, y: int) -> int:
        """Paint what stands at the end of the last line; return where it begins."""
        theme, px = self._theme, self._theme.px
        x = right
        text = row_text.corner_text(paper, self._today, status_known=self._status_known)
        if text:
            painter.setFont(self._small_font)
            painter.setPen(QColor(theme.sub))
            x -= self._small_metrics.horizontalAdvance(text)
            painter.drawText(x, y + px(14), text)
            x -= px(7)
        device = painter.device()
        dpr = device.devicePixelRatioF() if device is not None else 1.0
        size = px(14)
        for shown, name, colour, filled in (
            (paper.starred, "star", theme.star, True),
            (paper.note is not None, "notebook-pen", theme.sub, False),
            (bool(paper.highlights), "highlighter", theme.sub, False),
        ):
            if shown:
                x -= size
                painter.drawPixmap(x, y + px(2), icons.pixmap(name, colour, size, dpr, filled=filled))
                x -= px(6)
        return x

    def _paint_tags(self, painter: QPainter, paper: Paper, left: int, right: int, y: int, selected: bool) -> None:
        theme, px, metrics = self._theme, self._theme.px, self._small_metrics
        painter.setFont(self._small_font)
        tags = sorted(paper.tags, key=str.casefold)
        x, height = left, px(_CHIP)
        for number, tag in enumerate(tags):
            more = len(tags) - number
            width = metrics.horizontalAdvance(tag) + px(26)
            room = right - x - (metrics.horizontalAdvance(f"+{more}") + px(6) if more > 1 else 0)
            if width > room and (number > 0 or more > 1) and room < px(60):
                painter.setPen(QColor(theme.sub))
                painter.drawText(QRectF(x, y, px(40), height), Qt.AlignmentFlag.AlignVCenter, f"+{more}")
                return
            width = min(width, room)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.read if selected else theme.chip))
            painter.drawRoundedRect(QRectF(x, y, width, height), height / 2, height / 2)
            painter.setBrush(QColor(self._tag_colours.get(tag) or theme.tag_colour(tag)))
            painter.drawEllipse(QRectF(x + px(8), y + height / 2 - px(3), px(6), px(6)))
            painter.setPen(QColor(theme.chiptext))
            name = metrics.elidedText(tag, Qt.TextElideMode.ElideRight, int(width - px(25)))
            painter.drawText(QRectF(x + px(18), y, width - px(18), height), Qt.AlignmentFlag.AlignVCenter, name)
            x += int(width) + px(6)

    def _paint_abstract(self, painter: QPainter, abstract: str, left: int, right: int, y: int, selected: bool) -> None:
        painter.setFont(self._meta_font)
        painter.setPen(QColor(self._theme.sub if selected else self._theme.faint))
        start = as_text(abstract[:300]).translate(_PLAIN)
        text = self._meta_metrics.elidedText(start, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(left, y + self._meta_metrics.ascent(), text)

    def _draw_line(self, painter: QPainter, at: QPointF, line: _Line, font: QFont, colour: str) -> None:
        painter.setPen(QColor(colour))
        if not line.marks:
            painter.setFont(font)
            metrics = self._meta_metrics if font is self._meta_font else self._title_metrics
            painter.drawText(at + QPointF(0, metrics.ascent()), line.text)
            return
        look = QTextCharFormat()
        look.setBackground(QColor(self._theme.mark))
        look.setForeground(QColor(self._theme.text))
        formats = []
        for start, end in line.marks:
            part = QTextLayout.FormatRange()
            part.start = utf16(line.text, start)
            part.length = utf16(line.text, end) - part.start
            part.format = look
            formats.append(part)
        layout = QTextLayout(line.text, font)
        layout.setFormats(formats)
        layout.beginLayout()
        layout.createLine().setNumColumns(len(line.text) * 2)
        layout.endLayout()
        layout.draw(painter, at)

    # -- laying out -------------------------------------------------------------------------------

    def _lay_out(self, paper: Paper, width: int) -> _Laid:
        key = (paper.id, width)
        laid = self._laid.get(key)
        if laid is None:
            if len(self._laid) > _LAID_KEPT:
                self._laid.clear()
            room = width - self._theme.px(_LEFT) - self._theme.px(_RIGHT)
            laid = _Laid(self._title_lines(paper, room), self._snippet_lines(paper, room))
            self._laid[key] = laid
        return laid

    def _title_lines(self, paper: Paper, room: int) -> tuple[_Line, ...]:
        found = marks(self._node, "title", paper.title) if self._node is not None else []
        text, places = with_marks(paper.title.translate(_PLAIN), found)
        return _wrapped(text, places, self._new_title_font, self._title_metrics, room, self._most_lines)

    def _snippet_lines(self, paper: Paper, room: int) -> tuple[_Line, ...]:
        found = self._snippet(paper) if self._snippet is not None else None
        if found is None or found.field == "title":
            return ()
        text, places = _around_first_mark(*with_marks(found.text.translate(_PLAIN), found.marks))
        return _wrapped(text, places, self._meta_font, self._meta_metrics, room, self._most_lines)


def _around_first_mark(text: str, places: Marks) -> tuple[str, Marks]:
    """Return the text from shortly before its first mark on, and the marks moved along with it."""
    if not places or places[0][0] <= _CONTEXT_CHARS:
        return text, places
    cut = text.find(" ", places[0][0] - _CONTEXT_CHARS, places[0][0]) + 1
    if cut <= 0:
        cut = places[0][0]
    return "…" + text[cut:], [(start - cut + 1, end - cut + 1) for start, end in places]


def _wrapped(text: str, places: Marks, font: QFont, metrics: QFontMetrics, room: int, most: int) -> tuple[_Line, ...]:
    """Return the text in at most `most` lines of `room` pixels, the last one shortened when it has to be."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) <= most and (line := layout.createLine()).isValid():
        line.setLineWidth(max(room, 1))
        starts.append(line.textStart())
    layout.endLayout()
    if max(text, default="") < "\U00010000":
        bounds = starts
    else:
        units = [utf16(text, n) for n in range(len(text) + 1)]
        bounds = [units.index(start) for start in starts]
    lines = []
    for number, start in enumerate(bounds[:most]):
        last = number == most - 1
        end = len(text) if last or number + 1 == len(bounds) else bounds[number + 1]
        part = text[start:end]
        if last and len(bounds) > most:
            part = metrics.elidedText(part[:400], Qt.TextElideMode.ElideRight, room)
        part = part.rstrip()
        end = start + len(part)
        inside = [(max(a, start) - start, min(b, end) - start) for a, b in places if a < end and b > start]
        lines.append(_Line(part, tuple(inside)))
    return tuple(lines) or (_Line(""),)


def utf16(text: str, place: int) -> int:
    """Return where code point `place` of a text is, counted in UTF-16 as Qt does."""
    if text.isascii():
        return place
    return place + sum(ord(c) > 0xFFFF for c in text[:place])


def code_point(text: str, position: int) -> int:
    """Return which code point of a text stands at `position`, counted in UTF-16 as Qt does."""
    if text.isascii():
        return position
    return len(text.encode("utf-16-le")[: 2 * position].decode("utf-16-le", "ignore"))
