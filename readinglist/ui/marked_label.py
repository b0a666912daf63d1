"""A plain-text label in which the matches of a search can be marked. Knows no paper and no query."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QTextLayout, QTextOption
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the marks, then the text over them (QWidget)."""
        if self._marks:
            painter = QPainter(self)
            for rect in self._mark_rects():
                painter.fillRect(rect, self._mark_colour)
            painter.end()
        super().paintEvent(event)

    def _mark_rects(self) -> list[QRectF]:
        """Lay the text out once more, as the label does, and return where the marks are."""
        shown = shown_text(self.text())
        layout = QTextLayout(shown.text, self.font())
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.beginLayout()
        rects: list[QRectF] = []
        y = 0.0
        spans = [(shown.position(start), shown.position(end)) for start, end in self._marks]
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.width())
            line.setPosition(QPointF(0, y))
            first, last = line.textStart(), line.textStart() + line.textLength()
            for start, end in spans:
                if start < last and end > first:
                    left = _x(line.cursorToX(max(start, first)))
                    right = _x(line.cursorToX(min(end, last)))
                    rects.append(QRectF(min(left, right), y, abs(right - left), line.height()))
            y += line.height()
        layout.endLayout()
        return rects


def _x(found: object) -> float:
    """Return the place that `cursorToX` found; PySide6 gives it with the position it was asked for."""
    return float(found[0]) if isinstance(found, (tuple, list)) else float(found)  # type: ignore[arg-type]
