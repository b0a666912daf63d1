r"""What LaTeX in a text looks like without LaTeX: formulas, and the few commands that abstracts are written with.

The stored text stays as it came; this says which stretches of it are shown as something else. Only characters that
fonts of running text have are used: what has none keeps a plain form (`x^{A}` stays `x^A`), and a formula that is
more than a line of signs can say, or that names a command nobody knows, stays as it is.

>>> as_text(r"runs in $\mathcal{O}(n \log n)$ for $\alpha_i \leq \frac{1}{2}$ and \emph{95\%} of $x^{10}$")
'runs in O(n log n) for αᵢ ≤ ½ and 95% of x¹⁰'
>>> as_text("it costs $5 or $10")
'it costs $5 or $10'
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from readinglist.text.formulas import signs_of
from readinglist.text.latex import latex_to_text, maths

_BEGINS = re.compile(
    r"(?P<dollar>\$)"
    r"|\\(?P<display>[(\[])"
    r"|(?P<range>(?<=\d)--(?=\d))|(?P<open>``(?=\S))|(?P<close>(?<=\S)'')"
    r"|(?P<escaped>\\[%&#_$])"
    r"|(?P<font>\\(?:emph|textbf|textit|texttt|textsc|textrm|textsf|text|underline|url)\{|\{\\(?:em|it|bf|tt|sc|sl)\s)"
    r"|(?P<accent>\\[\"'`^~=.](?:\{[A-Za-z]\}|[A-Za-z]|\\[ij](?![A-Za-z]))|\\[cvuHk]\{[A-Za-z]\})"
)
_CUT_AT_END = re.compile(r"(?:\\(?:emph|text[a-z]{0,2}|underline|url)\{|\{\\(?:em|it|bf|tt|sc|sl)\s)(?=[^{}]*\Z)")
_CUT_AT_START = re.compile(r"\A([^{}]*)\}")
_TICKS = re.compile(r"`+")
_FENCE = re.compile(r"(?m)^ {0,3}(```|~~~).*$")
_INDENTED = re.compile(r"(?m)^(?: {4}|	).*$")
_MEANT = re.compile(r"[*_<>`\[\]~|#\\]")
"""What Markdown would take for its own."""

_LONGEST = 2_000
_NEAR = 400
"""The argument of a command for a font is not longer."""

_MOST = 2_000
"""So many formulas and commands of a text are looked at."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of a stored text, in code points, that is shown as `text`; `slanted` are the variables in that."""

    start: int
    end: int
    text: str
    slanted: tuple[tuple[int, int], ...] = ()


def shown_pieces(text: str) -> tuple[Shown, ...]:
    """Return the stretches that are shown as something else, in order, not overlapping."""
    return _shown_pieces(text) if any(mark in text for mark in ("$", "\\", "--", "``")) else ()


def as_text(text: str) -> str:
    """Return a text as it is shown."""
    pieces, taken = [], 0
    for shown in shown_pieces(text):
        pieces += [text[taken : shown.start], shown.text]
        taken = shown.end
    return "".join([*pieces, text[taken:]]) if pieces else text


def passage_as_text(text: str) -> str:
    r"""Return a passage of a text as it is shown there: it may begin or end within what a command is for.

    >>> passage_as_text(r"for all $i$ and \emph{s"), passage_as_text(r"o on}; the bound is \emph{tight}")
    ('for all i and s', 'o on; the bound is tight')
    """
    return as_text(_CUT_AT_START.sub(r"\1", _CUT_AT_END.sub("", text)))


def with_marks(text: str, marks: Sequence[tuple[int, int]]) -> tuple[str, Sequence[tuple[int, int]]]:
    r"""Return a text as it is shown, with marks in it moved along; one in a formula has all of it.

    >>> with_marks(r"an $\alpha$ cat", [(5, 9), (12, 15)])
    ('an α cat', [(3, 4), (5, 8)])
    """
    found = shown_pieces(text)
    if not found:
        return text, marks
    starts = [shown.start for shown in found]
    gained = [0]  # by all pieces before
    for shown in found:
        gained.append(gained[-1] + len(shown.text) - (shown.end - shown.start))

    def moved(place: int, *, is_end: bool) -> int:
        at = bisect_left(starts, place) if is_end else bisect_right(starts, place)
        if at and place < found[at - 1].end:
            start = starts[at - 1] + gained[at - 1]
            return start + len(found[at - 1].text) if is_end else start
        return place + gained[at]

    return as_text(text), [(moved(start, is_end=False), moved(end, is_end=True)) for start, end in marks]


def in_markdown(text: str) -> str:
    r"""Return Markdown with its formulas as signs, and all else as it is.

    >>> in_markdown(r"**so** $x^2 * y$, but `$x^2$` and \emph{this}")
    '**so** x² \\* y, but `$x^2$` and \\emph{this}'
    """
    pieces, taken = [], 0
    code = _code(text) if "$" in text else []
    for shown in shown_pieces(text):
        at = bisect_right(code, (shown.start, len(text))) - 1
        if text[shown.start] == "$" and not (at >= 0 and shown.start < code[at][1]):
            pieces += [text[taken : shown.start], _MEANT.sub(r"\\\g<0>", shown.text)]
            taken = shown.end
    return "".join([*pieces, text[taken:]]) if pieces else text


def _code(text: str) -> list[tuple[int, int]]:
    """Return where code stands in Markdown (CommonMark 4.4, 4.5, 6.1): in order, apart."""
    fences = [found.span() for found in _FENCE.finditer(text)]
    found = [(a, b) for (a, _), (_, b) in zip(fences[::2], [*fences[1::2], (0, len(text))], strict=False)]
    found += [span.span() for span in _INDENTED.finditer(text)]
    ticks = [run.span() for run in _TICKS.finditer(text)]
    after: dict[int, list[int]] = {}
    for number in range(len(ticks) - 1, -1, -1):
        after.setdefault(ticks[number][1] - ticks[number][0], []).append(number)
    number = 0
    while number < len(ticks):
        same = after[ticks[number][1] - ticks[number][0]]
        while same and same[-1] <= number:
            same.pop()
        if same:
            found.append((ticks[number][0], ticks[same[-1]][1]))
            number = same[-1]
        number += 1
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


@lru_cache(maxsize=512)
def _shown_pieces(text: str) -> tuple[Shown, ...]:
    found: list[Shown] = []
    closing: list[int] = []
    quoted = False
    at = 0
    for _ in range(_MOST):
        if (begin := _BEGINS.search(text, at)) is None:
            break
        while closing and closing[-1] < begin.start():
            brace = closing.pop()
            found.append(Shown(brace, brace + 1, ""))
        start, at = begin.start(), begin.end()
        if begin["dollar"] or begin["display"]:
            if (made := _formula(text, start)) is not None:
                found.append(made)
                at = made.end
        elif begin["escaped"]:
            found.append(Shown(start, at, begin["escaped"][1]))
        elif begin["range"]:
            found.append(Shown(start, at, "–"))
        elif begin["open"]:
            found.append(Shown(start, at, "“"))
            quoted = True
        elif begin["close"]:
            if quoted:
                found.append(Shown(start, at, "”"))
                quoted = False
        elif begin["accent"]:
            found.append(Shown(start, at, latex_to_text(begin["accent"])))
        elif (end := _closing(text, at)) is not None and (not closing or end < closing[-1]):
            found.append(Shown(start, at, ""))
            closing.append(end)
    found += [Shown(brace, brace + 1, "") for brace in reversed(closing)]
    return tuple(found)


def _closing(text: str, at: int) -> int | None:
    depth = 0
    for place in range(at, min(len(text), at + _NEAR)):
        char = text[place]
        if char == "{":
            depth += 1
        elif char == "}":
            if not depth:
                return place
            depth -= 1
    return None


def _formula(text: str, start: int) -> Shown | None:
    if text[start] == "$":
        end = maths(text, start)
        if end is None:
            return None
        marks = 2 if text.startswith("$$", start) else 1
    else:
        closing = text.find("\\)" if text[start + 1] == "(" else "\\]", start + 2, start + _LONGEST)
        if closing < 0:
            return None
        end, marks = closing + 2, 2
    said = signs_of(text[start + marks : end - marks])
    return Shown(start, end, *said) if said is not None and said[0] else None
