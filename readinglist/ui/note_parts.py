"""The two faces of a note: formatted to be read, and as Markdown to be written. Neither saves anything."""

from __future__ import annotations

import re
from itertools import islice

from PySide6.QtCore import QEvent, QMimeData, QRect, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from readinglist.text.identifiers import is_web_address
from readinglist.text.mathematics import in_markdown
from readinglist.ui.editing_keys import is_keyboard_reason, keep_keys, keep_plain_keys
from readinglist.ui.plain_document import MARKDOWN, SafeDocument, document_text, endless_word, is_renderable
from readinglist.ui.theme import Theme

FONT_PX = 14
LINE_HEIGHT_PERCENT = 122
PLAIN_CHARS = 20_000
_SLICE, _SLICE_LINES = 20_000, 1_500
"""So many characters or lines are put into the field at once, and a paragraph never in parts: each of
them would have all of it laid out again. Some 10 ms where paragraphs are of the usual length."""

_OPEN_KEYS = frozenset(key.value for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter))


class NoteView(QTextBrowser):
    """The note formatted; a click or Enter begins writing, a link is told of and never followed."""

    edit_wanted = Signal()
    link_opened = Signal(str)
    focus_shown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("noteView")
        self.setAccessibleName(self.tr("Note"))
        self.setAccessibleDescription(self.tr("Enter edits it"))
        self.setDocument(SafeDocument(self))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptDrops(False)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.viewport().setAutoFillBackground(False)
        self.anchorClicked.connect(self._on_anchor)
        self.strong_focus = False
        self._shown: tuple[str, Theme] | None = None

    def show_markdown(self, markdown: str, theme: Theme) -> None:
        """Show a note formatted; one too large for that as typed, and of a huge one the beginning."""
        document = self.document()
        if (markdown, theme) == self._shown:
            return
        self._shown = (markdown, theme)
        document.setDefaultFont(theme.reader_font(FONT_PX))
        if not is_renderable(markdown):
            document.setPlainText(markdown[:PLAIN_CHARS] + ("\n…" if len(markdown) > PLAIN_CHARS else ""))
            return
        document.setMarkdown(in_markdown(markdown), MARKDOWN)
        # In one block, so that the document is laid out once and not after every change.
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing())
        _tame(document, theme)
        cursor.endEditBlock()

    def show_sentence(self, sentence: str) -> None:
        """Show a sentence about the note in its place."""
        self._shown = None
        self.document().setPlainText(sentence)

    def set_quiet(self, quiet: bool) -> None:
        """Only show the note, beside where it is written, or take the focus again."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if quiet else Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Preview of the note") if quiet else self.tr("Note"))
        self.setAccessibleDescription("" if quiet else self.tr("Enter edits it"))

    def _on_anchor(self, url: QUrl) -> None:
        address = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        if is_web_address(address):
            self.link_opened.emit(address)

    def event(self, event: QEvent) -> bool:
        """Keep Enter, which begins writing (QObject)."""
        return keep_keys(event, _OPEN_KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin writing at Enter, copy; leave other keys to the window (QWidget)."""
        if event.key() in _OPEN_KEYS:
            self.edit_wanted.emit()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Begin writing at a click that is neither on a link nor the end of a selection (QWidget)."""
        on_link = bool(self.anchorAt(event.position().toPoint()))
        super().mouseReleaseEvent(event)
        left = event.button() == Qt.MouseButton.LeftButton
        if left and not on_link and not self.textCursor().hasSelection():
            self.edit_wanted.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the parent (QWidget)."""
        event.ignore()

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


class NoteField(QTextEdit):
    """The note as it is typed: plain text, every plain key its own."""

    leave_wanted = Signal()
    left = Signal(bool)
    """The focus has gone; true: to another widget, false: to another window."""
    caret_moved = Signal(QRect)
    """The caret stands here, in the coordinates of this widget, and should be in sight."""

    filled = Signal()
    """All of a text that was to be shown stands there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._whole, self._at, self._filling = "", 0, False
        self._place: int | None = None
        self._held: list[QKeyEvent] = []
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._fill)
        self.setObjectName("noteField")
        self.setAccessibleName(self.tr("Note, Markdown"))
        self.setAccessibleDescription(self.tr("Saved as you type; Escape leaves"))
        self.setDocument(SafeDocument(self))
        self.document().setUndoRedoEnabled(True)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.cursorPositionChanged.connect(self.tell_caret)

    def show_text(self, text: str, place: int | None) -> None:
        """Begin with `text`, nothing to undo, with the caret at `place`, or at the end.

        A long one is put in slice by slice, one at a turn of the event loop; what is typed waits until `filled`.
        """
        self._whole, self._place, self._at = text, place, 0
        self._filling = True
        self.setLineWrapMode(self.LineWrapMode.WidgetWidth)
        self._wrap_for(text)
        document = self.document()
        document.setUndoRedoEnabled(False)
        document.setPlainText("")
        QTextCursor(document).mergeBlockFormat(spacing())  # further blocks take after the first
        self._fill()

    @property
    def filling(self) -> bool:
        """Return True while a text is being put in."""
        return self._filling

    def empty(self) -> None:
        """Hold nothing any more: nobody writes."""
        self._filling = True
        self.clear()
        self._whole, self._filling = "", False

    def type_held(self) -> None:
        """Where keys wait for the text, put in all of it now, and type them."""
        while self._filling and self._held:
            self._fill()

    def stop_filling(self) -> None:
        """Put no more in: the field is being left."""
        self._next.stop()

    def _fill(self) -> None:
        document = self.document()
        cursor = QTextCursor(document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        end = _slice_end(self._whole, self._at)
        cursor.insertText(self._whole[self._at : end])
        self._at = end
        document.size()  # has the slice laid out now, and not all of them at the end
        if self._at < len(self._whole):
            self.setReadOnly(True)  # for the mouse and input methods; keys are held back by `keyPressEvent`
            self._next.start()
            return
        self._filling = False
        self.setReadOnly(False)
        document.setUndoRedoEnabled(True)
        last = document.characterCount() - 1
        cursor.setPosition(last if self._place is None else min(self._place, last))
        self.setTextCursor(cursor)
        self.filled.emit()
        held, self._held = self._held, []
        for event in held:
            self.keyPressEvent(event)

    def _wrap_for(self, text: str) -> None:
        """Wrap no lines where a word would take Qt minutes to be cut into some: its time grows with the square."""
        if endless_word(text) is not None:
            self.setLineWrapMode(self.LineWrapMode.NoWrap)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Be ready for a word without an end (QTextEdit)."""
        self._wrap_for(source.text())
        super().insertFromMimeData(source)

    def typed(self) -> str:
        """Return the text exactly as typed."""
        return self._whole if self._filling else document_text(self.document())

    def tell_caret(self) -> None:
        """Tell where the caret is, when it is here."""
        if self.hasFocus() and not self._filling:
            self.caret_moved.emit(self.cursorRect().translated(self.viewport().pos()))

    def event(self, event: QEvent) -> bool:
        """Keep plain keys (QObject)."""
        return keep_plain_keys(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave at Escape; the rest is typing (QWidget)."""
        if self._filling:
            self._held.append(event.clone())
        elif event.key() == Qt.Key.Key_Escape:
            self.leave_wanted.emit()
        elif event.key() in _OPEN_KEYS:
            # Qt takes the first Enter in an empty paragraph that has a line height for "no format any more".
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the parent (QWidget)."""
        event.ignore()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Leave files to the window, which imports them (QWidget)."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left, unless for a menu of its own (QWidget)."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit(event.reason() != Qt.FocusReason.ActiveWindowFocusReason)


def _slice_end(text: str, start: int) -> int:
    """Return where the piece of `text` ends that begins at `start` and is put into the field at once."""
    lines = islice(re.finditer("\n", text[start : start + _SLICE]), _SLICE_LINES - 1, None)
    if (last := next(lines, None)) is not None:
        return start + last.end()
    return text.find("\n", start + _SLICE) + 1 or len(text)


def spacing() -> QTextBlockFormat:
    """Return the height of the lines of a note."""
    lines = QTextBlockFormat()
    lines.setLineHeight(LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return lines


def _tame(document: QTextDocument, theme: Theme) -> None:
    """Make a formatted note look like a note, not like a page: small headings, lists and quotes little indented."""
    document.setIndentWidth(theme.px(20))
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        how = block.blockFormat()
        if block.previous().isValid() and not (block.textList() and block.previous().textList()):
            how.setTopMargin(theme.px(7))
        quoted = how.hasProperty(QTextFormat.Property.BlockQuoteLevel)
        if quoted:
            how.setLeftMargin(theme.px(16) * how.intProperty(QTextFormat.Property.BlockQuoteLevel))
        cursor.setBlockFormat(how)
        parts = block.begin()
        while not parts.atEnd():
            part = parts.fragment()
            change = QTextCharFormat()
            if how.headingLevel():
                larger = 1 if how.headingLevel() == 1 else 0
                change.setProperty(QTextFormat.Property.FontSizeAdjustment, larger)
            if part.charFormat().isAnchor():
                change.setForeground(QColor(theme.acc))
            elif quoted:
                change.setForeground(QColor(theme.sub))
            if change.propertyCount():
                cursor.setPosition(part.position())
                cursor.setPosition(part.position() + part.length(), QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(change)
            parts += 1
        block = block.next()
