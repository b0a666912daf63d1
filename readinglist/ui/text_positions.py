"""Between the stored text, in code points, and what a text document shows, in UTF-16. Knows no Qt.

They differ in four ways: a character beyond the basic plane takes two positions on the screen, a blank line
between paragraphs takes one, a few characters that Qt would take for its own structure are shown as
others, and a formula is shown as signs (`text.mathematics`) and is one thing: who begins or ends in it has all of it.
A combining mark is a code point and a position of its own, in both.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from readinglist.text.mathematics import Shown, shown_pieces

# A run beyond the basic plane, or what stands between two paragraphs.
_UNEVEN = re.compile("(?P<wide>[\U00010000-\U0010ffff]+)|(?P<gap>\n[^\\S\n]*(?:\n[^\\S\n]*)+)")
# Qt takes these for the end of a paragraph, a frame or an object; lone surrogates are no text.
_STRUCTURE = re.compile("[\r\x00\u2029\ufdd0\ufdd1\ufffc\ud800-\udfff]")
_LINE = "\u2028"


@dataclass(frozen=True, slots=True)
class ShownText:
    """A stored text as a document shows it.

    `text` is what the document is given: a newline begins a paragraph, U+2028 a line. The three tuples are
    stretches: where each starts in the stored text and on the screen, and how many positions a code point of
    it takes (0: all of it, however long, takes one; -1: it is a formula, and all of it takes what it takes).
    `slanted` are the variables of formulas, in positions.
    """

    text: str
    length: int
    _stored: tuple[int, ...]
    _shown: tuple[int, ...]
    _steps: tuple[int, ...]
    slanted: tuple[tuple[int, int], ...] = ()

    def position(self, offset: int, *, is_end: bool = False) -> int:
        """Return where code point `offset` of the stored text stands in the document.

        An offset before or after the text counts as its start or end; one in a formula as its start, or as its end
        where it `is_end` of a passage.
        """
        offset = min(max(offset, 0), self.length)
        at = bisect_right(self._stored, offset) - 1
        beyond = offset - self._stored[at]
        step = self._steps[at]
        if step < 0:
            return self._shown[at + 1 if is_end and beyond else at]
        return self._shown[at] + (beyond * step if step else min(beyond, 1))

    def offset(self, position: int, *, is_end: bool = False) -> int:
        """Return which code point of the stored text stands at `position` of the document.

        The second half of a character that takes two positions counts as its start, a place in a formula as its start,
        or as its end where it `is_end` of a passage.
        """
        position = max(position, 0)
        at = (bisect_left(self._shown, position) if is_end and position else bisect_right(self._shown, position)) - 1
        beyond = position - self._shown[at]
        step = self._steps[at]
        if step < 0 and is_end:
            return self._stored[at + 1]
        return min(self._stored[at] + (beyond // step if step > 0 else 0), self.length)


def shown_text(stored: str) -> ShownText:
    """Return `stored` as a document shows it, with the way back.

    >>> shown = shown_text("a\\U0001d465 b\\n\\nc")
    >>> shown.text, [shown.position(offset) for offset in range(8)]
    ('a𝑥 b\\nc', [0, 1, 3, 4, 5, 6, 6, 7])
    """
    made = _Builder()
    taken = 0
    for formula in shown_pieces(stored):
        made.running(stored, taken, formula.start)
        made.formula(formula)
        taken = formula.end
    made.running(stored, taken, len(stored))
    return ShownText(
        "".join(made.pieces), len(stored), tuple(made.starts), tuple(made.shown), tuple(made.steps), tuple(made.slanted)
    )


class _Builder:
    """The stretches so far; `width` positions are taken."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.starts: list[int] = [0]
        self.shown: list[int] = [0]
        self.steps: list[int] = [1]
        self.slanted: list[tuple[int, int]] = []
        self.width = 0

    def running(self, stored: str, first: int, last: int) -> None:
        """Take running text, from code point `first` to `last`."""
        taken = first
        for match in _UNEVEN.finditer(stored, first, last):
            self._even(stored[taken : match.start()])
            wide = match.group("wide")
            self._stretch(match.start(), 2 if wide else 0)
            self.pieces.append(wide or "\n")
            self.width += 2 * len(wide) if wide else 1
            taken = match.end()
            self._stretch(taken, 1)
        self._even(stored[taken:last])

    def formula(self, formula: Shown) -> None:
        """Take a formula, which is shown as its signs."""
        self._stretch(formula.start, -1)
        self.slanted += [(self.width + start, self.width + end) for start, end in formula.slanted]
        text = _plain(formula.text)
        self.pieces.append(text)
        self.width += len(text.encode("utf-16-le")) // 2
        self._stretch(formula.end, 1)

    def _even(self, text: str) -> None:
        self.pieces.append(_plain(text))
        self.width += len(text)

    def _stretch(self, start: int, step: int) -> None:
        self.starts.append(start)
        self.shown.append(self.width)
        self.steps.append(step)


def _plain(text: str) -> str:
    return _STRUCTURE.sub("\ufffd", text).replace("\n", _LINE)
