"""A plain-text label in which the matches of a search can be marked. Knows no paper and no query."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import bidirectional

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QTextDocument, QTextOption
from PySide6.QtWidgets import QLabel, QWidget

from readinglist.text.mathematics import with_marks
from readinglist.ui.labels import dress
from readinglist.ui.text_positions import shown_text

LONGEST_CHARS = 60_000
"""Three thousand authors; laying out a line of a million characters takes twenty seconds."""

Marks = Sequence[tuple[int, int]]
"""Start and end of each mark, in code points."""


class MarkedLabel(QLabel):
    """Wraps plain text, lets it be selected with the mouse, and draws a colour under the marks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self._marks: Marks = ()
        self._mark_colour = QColor(Qt.GlobalColor.transparent)
        self._laid_out: tuple[object, ...] = ()

    def set_look(self, font: QFont, colour: str, mark_colour: str) -> None:
        """Set the font and the colours of text and marks."""
        dress(self, font, colour)
        self._mark_colour = QColor(mark_colour)

    def show_text(self, text: str, marks: Marks = ()) -> None:
        """Show one line of plain text, its formulas as signs, with `marks` in it; of a very long one the beginning."""
        if len(text) > LONGEST_CHARS:
            text = f"{text[:LONGEST_CHARS]}…"
            marks = [mark for mark in marks if mark[1] <= LONGEST_CHARS]
        text, marks = with_marks(text, marks)
        if text != self.text():
            self.setText(text)
        if marks != self._marks:
            self._marks = marks
            self.update()

    def heightForWidth(self, width: int) -> int:
        """Return the height at `width`, words that are wider broken (QLabel)."""
        self._lay_out(width)
        return super().heightForWidth(width)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the marks, then the text over them (QWidget)."""
        self._lay_out_once()
        if self._marks:
            painter = QPainter(self)
            for rect in self._mark_rects():
                painter.fillRect(rect, self._mark_colour)
            painter.end()
        super().paintEvent(event)

    def _lay_out_once(self) -> None:
        """Lay out what is to be painted, unless that was done: it asks for another paint, which would never end."""
        painted = (self.text(), self.font().key(), self.contentsRect())
        if painted != self._laid_out:
            self._laid_out = painted
            self._lay_out(self.width())

    def _document(self) -> QTextDocument | None:
        found = self.findChild(QTextDocument)
        return found if isinstance(found, QTextDocument) else None

    def _lay_out(self, width: int) -> None:
        """Lay the label out, words broken where one is wider than `width`.

        WORKAROUND Qt 6.11: a label breaks lines between words only, and cuts off what is wider; it says so to its
        document whenever it lays it out.
        """
        super().heightForWidth(self.width())  # lays it out where anything has changed
        document = self._document()
        if document is None:
            return
        option = document.defaultTextOption()
        if option.wrapMode() != QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere and self._has_word_over(width):
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            document.setDefaultTextOption(option)

    def _has_word_over(self, width: int) -> bool:
        longest = max(self.text().split(), key=len, default="")
        return self.fontMetrics().horizontalAdvance(longest) > width

    def _mark_rects(self) -> list[QRectF]:
        """Return where the marks are in what the label shows."""
        self._lay_out_once()
        document = self._document()
        if document is None:
            return []
        shown = shown_text(self.text())
        spans = [(shown.position(start), shown.position(end)) for start, end in self._marks]
        layout = document.firstBlock().layout()
        offset = layout.position() + QPointF(self.contentsRect().topLeft())
        rects: list[QRectF] = []
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first, last = line.textStart(), line.textStart() + line.textLength()
            for start, end in spans:
                if start < last and end > first:
                    # Letters that stand beside each other need not be beside each other in a text of both directions.
                    for run in line.glyphRuns(max(start, first), min(end, last) - max(start, first)):
                        box = run.boundingRect()
                        rects.append(QRectF(box.x(), line.y(), box.width(), line.height()).translated(offset))
        return rects


def reads_leftwards(text: str) -> bool:
    """Tell whether Qt sets a paragraph from the right: by its first letter that has a direction (UAX #9, P2)."""
    turns = (bidirectional(letter) for letter in text)
    return next((turn for turn in turns if turn in ("L", "R", "AL")), "L") != "L"
