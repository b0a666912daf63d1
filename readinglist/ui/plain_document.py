"""Text documents that cannot reach outside themselves. Knows no paper.

A picture or a style sheet named in a text makes Qt open local files, hang on a pipe and abort on `/dev/zero`.
Whatever shows or edits text that came from elsewhere does so in a `SafeDocument`, set before any text.
"""

from __future__ import annotations

import math
import re
from html import escape
from typing import Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QImage, QTextDocument

_UNDERLINE = 0x4000
"""MD4C's flag, in Qt's GitHub dialect: "_so_" underlined, where CommonMark and GitHub have it emphasised."""

MARKDOWN = QTextDocument.MarkdownFeature(
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub.value & ~_UNDERLINE
    | QTextDocument.MarkdownFeature.MarkdownNoHTML.value
)
RENDERED_CHARS = 30_000
RENDERED_BARS = 600
LONGEST_WORD_CHARS = 5_000
_WHITE = re.compile(r"\s")


class SafeDocument(QTextDocument):
    """A text document in which every picture, sheet or page is one transparent pixel."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(0)
        self._pixel = QImage(1, 1, QImage.Format.Format_ARGB32)
        self._pixel.fill(0)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return the pixel, whatever is asked for; nothing is opened (QTextDocument)."""
        return self._pixel


def height_at(document: QTextDocument, width: int) -> int:
    """Return the height of a document at `width`, in pixels."""
    # Setting a width lays everything out anew, also where it is the same as before (QTextDocument::setPageSize).
    if document.textWidth() != width:
        document.setTextWidth(width)
    return math.ceil(document.size().height())


def tooltip_text(text: str) -> str:
    """Return `text` as a tooltip shows it plainly, line by line, whatever in it looks like HTML; "" for none.

    >>> tooltip_text("<b>\\nnext line")
    '<qt>&lt;b&gt;<br>next line</qt>'
    """
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>" if text else ""


def is_renderable(markdown: str) -> bool:
    """Say whether Markdown is small enough to be laid out at once.

    Qt needs 0.3 s for a table of 3,000 rows and more than proportionally longer beyond; what is larger than
    any note a person writes is shown as it was typed.
    """
    small = len(markdown) <= RENDERED_CHARS and markdown.count("|") <= RENDERED_BARS
    return small and endless_word(markdown) is None


def endless_word(text: str) -> int | None:
    """Return where a word of a text starts that is longer than any, or None.

    Qt's time for the lines of one word grows with the square of its length: two seconds for 30,000 characters.
    """
    if len(text) <= LONGEST_WORD_CHARS:
        return None
    # Such a word stands over some multiple of that length: for a megabyte 1 ms instead of the 50 to look at every word.
    for place in range(0, len(text), LONGEST_WORD_CHARS):
        end = found.start() if (found := _WHITE.search(text, place)) else len(text)
        first = max(0, place - LONGEST_WORD_CHARS)
        before = _WHITE.search(text[first:place][::-1])
        start = place - before.start() if before else first
        if end - start > LONGEST_WORD_CHARS:
            return start
    return None


def document_text(document: QTextDocument) -> str:
    """Return the text of a plain document exactly as typed.

    `toPlainText` would turn no-break spaces into spaces.
    """
    return document.toRawText().replace("\u2029", "\n").replace("\u2028", "\n")
