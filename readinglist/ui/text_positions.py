"""Between the stored text, in code points, and what a text document shows, in UTF-16. Knows no Qt.

They differ in three ways: a character beyond the basic plane takes two positions on the screen, a blank line
between paragraphs takes one, and a few characters that Qt would take for its own structure are shown as
others.
A combining mark is a code point and a position of its own, in both.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

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
    it takes (0: all of it, however long, takes one).
    """

    text: str
    length: int
    _stored: tuple[int, ...]
    _shown: tuple[int, ...]
    _steps: tuple[int, ...]

    def position(self, offset: int) -> int:
        """Return where code point `offset` of the stored text stands in the document.

        An offset before or after the text counts as its start or end.
        """
        offset = min(max(offset, 0), self.length)
        at = bisect_right(self._stored, offset) - 1
        beyond = offset - self._stored[at]
        step = self._steps[at]
        return self._shown[at] + (beyond * step if step else min(beyond, 1))

    def offset(self, position: int) -> int:
        """Return which code point of the stored text stands at `position` of the document.

        The second half of a character that takes two positions counts as its start.
        """
        at = bisect_right(self._shown, max(position, 0)) - 1
        beyond = max(position, 0) - self._shown[at]
        step = self._steps[at]
        return min(self._stored[at] + (beyond // step if step else 0), self.length)


def shown_text(stored: str) -> ShownText:
    """Return `stored` as a document shows it, with the way back.

    >>> shown = shown_text("a\\U0001d465 b\\n\\nc")
    >>> shown.text, [shown.position(offset) for offset in range(8)]
    ('a𝑥 b\\nc', [0, 1, 3, 4, 5, 6, 6, 7])
    """
    pieces: list[str] = []
    starts: list[int] = [0]
    shown: list[int] = [0]
    steps: list[int] = [1]
    taken = 0
    width = 0
    for match in _UNEVEN.finditer(stored):
        pieces.append(_plain(stored[taken : match.start()]))
        width += match.start() - taken
        wide = match.group("wide")
        starts.append(match.start())
        shown.append(width)
        steps.append(2 if wide else 0)
        pieces.append(wide or "\n")
        width += 2 * len(wide) if wide else 1
        taken = match.end()
        starts.append(taken)
        shown.append(width)
        steps.append(1)
    pieces.append(_plain(stored[taken:]))
    return ShownText("".join(pieces), len(stored), tuple(starts), tuple(shown), tuple(steps))


def _plain(text: str) -> str:
    return _STRUCTURE.sub("\ufffd", text).replace("\n", _LINE)
