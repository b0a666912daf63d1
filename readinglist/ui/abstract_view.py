"""The abstract: read, selected by mouse and keyboard, with highlights and the matches of a search marked.

Everything outside speaks in code points of the stored abstract; positions of the document stay in here. Knows
no library: what the reader does to the text is told by signals.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QTextEdit, QWidget

from readinglist.paper import Highlight
from readinglist.ui.editing_keys import is_keyboard_reason, keep_keys
from readinglist.ui.highlight_colours import add_colours, highlight_format
from readinglist.ui.labels import Role, tint
from readinglist.ui.marked_label import Marks
from readinglist.ui.plain_document import LONGEST_WORD_CHARS, SafeDocument, endless_word, height_at
from readinglist.ui.text_positions import ShownText, shown_text
from readinglist.ui.theme import Theme

FONT_PX = 17
LINE_HEIGHT_PERCENT = 128
PARAGRAPH_GAP_PX = 12
LONGEST_CHARS = 100_000
MOST_LINES = 1_000
ALL_MARKED = 200
"""So many passages are marked at once; of more, those that are painted: Qt looks at all of them for every line."""

_CARET_KEYS = frozenset(
    key.value
    for key in (
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    )
)


def _beginning(text: str) -> str:
    """Return as much of a text as is laid out in a moment, with "…" for the rest; nearly always all of it."""
    if (start := endless_word(text)) is not None:
        return text[: start + LONGEST_WORD_CHARS] + "…"
    if len(text) <= LONGEST_CHARS and text.count("\n") <= MOST_LINES:
        return text
    lines = text[:LONGEST_CHARS].split("\n", MOST_LINES)[:MOST_LINES]
    return "\n".join(lines).rstrip() + "\n\n…"


class AbstractView(QTextEdit):
    """Shows a text in full, as high as it needs to be; its parent gives it its width and scrolls."""

    highlight_wanted = Signal(str)
    """The selection is to be highlighted in this colour."""
    highlight_removed = Signal(str)
    highlight_recoloured = Signal(str, str)
    """The id of a highlight and its new colour."""
    highlight_clicked = Signal(str)
    search_requested = Signal(str)
    caret_moved = Signal(QRect)
    """The caret stands here, in the coordinates of this widget, and should be in sight."""
    focus_shown = Signal()
    """Whether the focus is to be shown strongly has changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("abstractView")
        self.setDocument(SafeDocument(self))
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(False)
        self.viewport().setAutoFillBackground(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Abstract"))
        self.cursorPositionChanged.connect(self._tell_caret)
        self.strong_focus = False
        self._theme: Theme | None = None
        self._stored = ""
        self._shown: ShownText = shown_text("")
        self._highlights: Sequence[Highlight] = ()
        self._marks: Marks = ()
        self._marked: tuple[int, int] | None = None
        """From where to where, in code points, passages are marked; None: everywhere."""

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and font."""
        self._theme = theme
        self.document().setDefaultFont(theme.reader_font(FONT_PX))
        tint(
            self,
            (Role.Text, theme.text),
            (Role.Highlight, theme.acc),
            (Role.HighlightedText, theme.acctext),
        )
        self._format_paragraphs()
        self._mark()

    def show_text(
        self, text: str, highlights: Sequence[Highlight] = (), marks: Marks = (), *, keep: bool = False
    ) -> None:
        """Show `text` with highlights and marks, of a huge one the beginning; with `keep` caret and selection stay."""
        text = _beginning(text)
        if text != self._stored:
            place = self._selection() if keep else (0, 0)
            self._stored = text
            self._shown = shown_text(text)
            self.document().setPlainText(self._shown.text)
            self._format_paragraphs()
            self._select(*place)
        elif not keep:
            self._select(0, 0)
        if highlights != self._highlights or marks != self._marks or self.extraSelections():
            self._highlights = highlights
            self._marks = marks
            self._mark()

    def height_for(self, width: int) -> int:
        """Return the height of the whole text at `width`, in pixels."""
        return height_at(self.document(), width) + 2

    def selected(self) -> tuple[int, int] | None:
        """Return start and end of the selection without spaces around it, or None: nothing is selected."""
        anchor, caret = self._selection()
        start, end = min(anchor, caret), max(anchor, caret)
        while start < end and self._stored[start].isspace():
            start += 1
        while start < end and self._stored[end - 1].isspace():
            end -= 1
        return (start, end) if start < end else None

    def select(self, start: int, end: int) -> None:
        """Select a passage and bring it into sight."""
        self._select(start, end)
        self._tell_caret(always=True)

    def clear_selection(self) -> None:
        """Leave nothing selected; the caret stays."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def passage(self, start: int, end: int) -> str:
        """Return the stored text from `start` to `end`."""
        return self._stored[start:end]

    def highlight_at(self, point: QPoint) -> Highlight | None:
        """Return the highlight under a point of the viewport: the shortest where several overlap."""
        offset = self._shown.offset(self.cursorForPosition(point).position())
        under = [
            h for h in self._highlights if h.start is not None and h.end is not None and h.start <= offset <= h.end
        ]
        return min(under, key=lambda h: (h.end or 0) - (h.start or 0), default=None)

    def _selection(self) -> tuple[int, int]:
        """Return anchor and caret, in code points."""
        cursor = self.textCursor()
        anchor, caret = cursor.anchor(), cursor.position()
        return self._shown.offset(anchor, is_end=anchor > caret), self._shown.offset(caret, is_end=caret > anchor)

    def _select(self, anchor: int, caret: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._shown.position(anchor, is_end=anchor > caret))
        cursor.setPosition(self._shown.position(caret, is_end=caret > anchor), QTextCursor.MoveMode.KeepAnchor)
        if cursor != self.textCursor() or cursor.anchor() != self.textCursor().anchor():
            self.setTextCursor(cursor)

    def _format_paragraphs(self) -> None:
        gap = self._theme.px(PARAGRAPH_GAP_PX) if self._theme else PARAGRAPH_GAP_PX
        spacing = QTextBlockFormat()
        spacing.setLineHeight(LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.beginEditBlock()
        cursor.mergeBlockFormat(spacing)
        if self.document().blockCount() > 1:
            spacing.setTopMargin(gap)
            cursor.setPosition(self.document().firstBlock().next().position())
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeBlockFormat(spacing)
        slanted = QTextCharFormat()
        slanted.setFontItalic(True)
        for start, end in self._shown.slanted:
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(slanted)
        cursor.endEditBlock()

    def _mark(self) -> None:
        """Colour the highlights, then the matches over them; the document itself stays as it is."""
        few = len(self._highlights) + len(self._marks) <= ALL_MARKED
        self._marked = None if few else (0, 0)
        self._mark_between(0, len(self._stored) if few else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark what is painted, where there is too much to mark all of it (QWidget)."""
        if self._marked is not None:
            start, end = self._text_in(event.rect())
            if start < self._marked[0] or end > self._marked[1]:
                seen = self.viewport().visibleRegion().boundingRect().united(event.rect())
                around = seen.height() // 4
                self._marked = self._text_in(seen.adjusted(0, -around, 0, around))
                self._mark_between(*self._marked)
        super().paintEvent(event)

    def _text_in(self, rect: QRect) -> tuple[int, int]:
        """Return from where to where the text stands that is in a rectangle of the viewport, in code points."""
        corners = (rect.topLeft(), rect.topRight(), rect.bottomLeft(), rect.bottomRight())  # lines run either way
        places = [self.cursorForPosition(corner).position() for corner in corners]
        return self._shown.offset(min(places)), self._shown.offset(max(places), is_end=True)

    def _mark_between(self, first: int, last: int) -> None:
        """Mark the passages of which some is between two places of the text, and no others."""
        if self._theme is None:
            return
        colours = {highlight.colour for highlight in self._highlights}
        formats = {colour: highlight_format(self._theme, colour) for colour in colours}
        marked = [
            self._coloured(highlight.start, highlight.end, formats[highlight.colour])
            for highlight in self._highlights
            if highlight.start is not None and highlight.end is not None
            if highlight.start < last and highlight.end > first
        ]
        found = QTextCharFormat()
        found.setBackground(QColor(self._theme.mark))
        found.setFontUnderline(True)
        found.setUnderlineColor(QColor(self._theme.star))
        marked += [self._coloured(start, end, found) for start, end in self._marks if start < last and end > first]
        self.setExtraSelections(marked)

    def _coloured(self, start: int, end: int, how: QTextCharFormat) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._shown.position(start))
        cursor.setPosition(self._shown.position(end, is_end=True), QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        selection.format = how
        return selection

    def _tell_caret(self, *, always: bool = False) -> None:
        if always or self.hasFocus():
            self.caret_moved.emit(self.cursorRect().translated(self.viewport().pos()))

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move the caret, copy and select (QObject)."""
        if keep_keys(event, _CARET_KEYS):
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_for_text(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret, copy, select all; leave every other key to the window (QWidget)."""
        if event.key() == Qt.Key.Key_Escape and self.textCursor().hasSelection():
            self.clear_selection()
        elif event.key() in _CARET_KEYS or _is_for_text(event):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave the buttons that go back and forward to the window (QWidget)."""
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()
        else:
            super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the parent (QWidget)."""
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell of a click on a highlight (QWidget)."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            under = self.highlight_at(event.position().toPoint())
            if under is not None:
                self.highlight_clicked.emit(under.id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus strongly when it came by key (QWidget)."""
        super().focusInEvent(event)
        self.strong_focus = is_keyboard_reason(event.reason())
        self.focus_shown.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the focus no longer (QWidget)."""
        super().focusOutEvent(event)
        self.strong_focus = False
        self.focus_shown.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selection or the highlight there (QWidget)."""
        menu = self.context_menu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def context_menu(self, point: QPoint) -> QMenu:
        """Return the menu for a point of the viewport."""
        menu = QMenu(self)
        passage = self.selected()
        copy = menu.addAction(self.tr("Copy"), self.copy)
        copy.setEnabled(passage is not None)
        menu.addAction(self.tr("Select all"), self.selectAll)
        if passage is not None and self._theme is not None:
            menu.addSeparator()
            colours = menu.addMenu(self.tr("Highlight"))
            add_colours(colours, self._theme, None, self.highlight_wanted.emit)
            text = " ".join(self.passage(*passage).replace('"', " ").split())
            short = text if len(text) <= 40 else text[:39] + "…"
            search = menu.addAction(self.tr("Search for “{text}”").format(text=short.replace("&", "&&")))
            search.triggered.connect(lambda: self.search_requested.emit(f'"{text}"'))
        under = self.highlight_at(point)
        if under is not None and self._theme is not None:
            hid = under.id
            menu.addSeparator()
            colours = menu.addMenu(self.tr("Colour of this highlight"))
            add_colours(colours, self._theme, under.colour, lambda c: self.highlight_recoloured.emit(hid, c))
            menu.addAction(self.tr("Remove this highlight"), lambda: self.highlight_removed.emit(hid))
        return menu


def _is_for_text(event: QKeyEvent) -> bool:
    """Say whether a key copies or selects text."""
    return any(event.matches(keys) for keys in (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll))
