"""Find out which lines of a page are titles and which are abstracts, from how they look and how they follow.

A page is cut into segments (a line, or the lines of a hard-wrapped paragraph) and each is called a title or a
paragraph of an abstract, so that the whole is likeliest: a semi-Markov chain, decoded as by Viterbi. No single
sign decides: a title may be long, end with a question mark or hold periods, an abstract may be short.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

_END_OF_SENTENCE = re.compile(r"[.!?。！？…][\"'”’)\]]*$")
_FULL_STOP = re.compile(r"(?<!\.)[.。][\"'”’)\]]*$")
_TRAILING_OFF = re.compile(r"(?:\.\.\.|…|\bhttps?://\S+)$")
# A sentence ends and another begins; abbreviations and initials are no end ("No. 5", "vs. ", "J. Doe").
_BREAK = re.compile(
    r"(?<!\bvs)(?<!\bNo)(?<!\bal)(?<!\bFig)(?<!\bEq)(?<!\bDr)(?<!\bMr)(?<!\bSt)(?<!\bVol)(?<!\bPt)(?<!\bPart)(?<!\bcf)(?<!\.\w)(?<!\b\w)"
    r"\.[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])|。(?=.)"
)
_PROSE = re.compile(
    r"\b(?:we|our|this|these|those|they|was|were|been|however|"
    r"show|shows|propose|proposes|present|introduce|achieves?|results?|available|therefore|moreover|furthermore)\b|https?://",
    re.IGNORECASE,
)
_LONGEST_ENDING = 2_000
_LONG_WORD = re.compile(r"(?<![\w-])[^\W\d_]\w{3,}")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LEADS_ON = re.compile(
    r"(?:[,:;-]|\b(?:of|the|a|an|and|or|for|with|in|on|to|by|via|from|using|as|at|is|are))$", re.IGNORECASE
)

_WIDEST_WRAP = 130
_MOST_LINES = 80
_ENOUGH = 2.0
_SURE = 2.0  # from here on a paragraph is an abstract whatever stands around it


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text on a page. `hint` is the sign of what the line says it is: 1 an abstract, -1 a title, 0 nothing.

    `block` numbers the runs of lines without an empty line or furniture in between; `parted` says that furniture,
    not only space, stands before the line.
    """

    text: str
    block: int
    parted: bool
    hint: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines `first` up to but not including `end`, as one title or one paragraph of an abstract."""

    first: int
    end: int
    text: str
    is_abstract: bool


@dataclass(slots=True)
class _Signs:
    """What speaks for prose or against it, in a form that adds up over the lines of a paragraph."""

    chars: int
    breaks: int
    prose: int
    long_words: int
    capitals: int

    def plus(self, other: _Signs, *, broken: bool) -> _Signs:
        return _Signs(
            self.chars + other.chars + 1,
            self.breaks + other.breaks + broken,
            self.prose + other.prose,
            self.long_words + other.long_words,
            self.capitals + other.capitals,
        )


def find_segments(lines: Sequence[Text]) -> list[Segment]:
    """Return the titles and paragraphs of a page in order; together they cover every line.

    Where no paragraph is plainly prose the page is a list of titles.
    """
    signs = [_signs(line.text) for line in lines]
    segments = _decode(lines, signs, (0, 1))
    if any(_is_sure(segment, lines, signs) for segment in segments):
        return segments
    return _decode(lines, signs, (0,))


def _is_sure(segment: Segment, lines: Sequence[Text], signs: Sequence[_Signs]) -> bool:
    if not segment.is_abstract:
        return False
    if lines[segment.first].hint == 1 or segment.end - segment.first > 1:
        return True
    return _prose_score(signs[segment.first], segment.text) >= _SURE


def _decode(lines: Sequence[Text], signs: Sequence[_Signs], labels: tuple[int, ...]) -> list[Segment]:
    """Return the likeliest segments; `labels` are those allowed: 0 a title, 1 an abstract."""
    scores = [10.0 * line.hint or _prose_score(sign, line.text) for line, sign in zip(lines, signs, strict=True)]
    best = [[-inf, -inf] for _ in range(len(lines) + 1)]  # by label, of what ends before line i
    back = [[(0, 0), (0, 0)] for _ in range(len(lines) + 1)]
    for first in range(len(lines)):
        candidates = _candidates(lines, signs, scores, first)
        for label in labels:
            if first:
                ways = [(best[first][each] + _step(lines, first, each, label), each) for each in labels]
                before, previous = max(ways)
            else:
                before, previous = -4.0 * label, 0
            for end, score, joins in candidates:
                # What speaks for a label counts up to a point only, or else cutting a paragraph in two would pay.
                total = before + (min(score, _ENOUGH) if label else min(-score, _ENOUGH) - joins)
                if total > best[end][label]:
                    best[end][label] = total
                    back[end][label] = (first, previous)
    segments: list[Segment] = []
    end = len(lines)
    label = max(labels, key=lambda each: best[-1][each])
    while end:
        first, previous = back[end][label]
        segments.append(Segment(first, end, join_lines([line.text for line in lines[first:end]]), bool(label)))
        end, label = first, previous
    return segments[::-1]


def join_lines(lines: Sequence[str]) -> str:
    """Return wrapped lines as one; a word that was wrapped at its hyphen keeps it.

    >>> join_lines(["A study of long-", "range order, pre-", "and postwar"])
    'A study of long-range order, pre- and postwar'
    """
    joined = lines[0]
    for line in lines[1:]:
        hyphen = joined.endswith("-") and joined[-2:-1].isalnum() and not re.match(r"(?:and|or)\b", line)
        joined += line if hyphen else " " + line
    return joined


def _candidates(
    lines: Sequence[Text], signs: Sequence[_Signs], scores: Sequence[float], first: int
) -> list[tuple[int, float, float]]:
    """Return (end, how much it reads like prose, what joining its lines costs a title) for each segment."""
    found = [(first + 1, scores[first], 0.0)]
    sign, joins = signs[first], 0.0
    widest = len(lines[first].text)
    narrowest = 10**9
    for end in range(first + 1, min(len(lines), first + _MOST_LINES)):
        here, above = lines[end], lines[end - 1]
        if here.block != lines[first].block or here.hint:
            break
        widest = max(widest, len(here.text))
        if widest > _WIDEST_WRAP:
            break
        # A line was wrapped only if the first word of the next did not fit on it any more.
        narrowest = min(narrowest, len(above.text) + 1 + len(here.text.split(" ", 1)[0]))
        sign = sign.plus(signs[end], broken=_goes_on_after_stop(above.text, here.text))
        joins += 0.5 if here.text[0].islower() or _LEADS_ON.search(above.text) else 3.0
        if narrowest <= widest:
            break
        score = 10.0 * lines[first].hint or _prose_score(sign, here.text)
        found.append((end + 1, score, joins))
    return found


def _step(lines: Sequence[Text], at: int, previous: int, label: int) -> float:
    """Return how well a title (0) or abstract (1) that begins at a line follows what ends before it."""
    here, above = lines[at], lines[at - 1]
    score = ((-1.0, 1.0), (0.0, -1.5))[previous][label]
    if previous and label and here.parted:
        score -= 1.5
    if here.block == above.block and not here.hint and max(len(above.text), len(here.text)) <= _WIDEST_WRAP:
        # These two may be lines of one wrapped paragraph; to cut there needs a reason.
        full = len(above.text) + 1 + len(here.text.split(" ", 1)[0]) > len(here.text)
        if full and (here.text[0].islower() or _LEADS_ON.search(above.text)):
            score -= 6.0
        elif full:
            stop = bool(_END_OF_SENTENCE.search(above.text))
            score -= ((1.0, 3.0), (3.0 if stop else 5.0, 5.0))[previous][label]
    return score


def _signs(text: str) -> _Signs:
    long_words = _LONG_WORD.findall(text)
    return _Signs(
        chars=len(text) + len(_WIDE.findall(text)),
        breaks=len(_BREAK.findall(text)),
        prose=len(_PROSE.findall(text)),
        long_words=len(long_words),
        capitals=sum(1 for word in long_words if word[0].isupper()),
    )


def _prose_score(sign: _Signs, last_line: str) -> float:
    """Return how much a paragraph reads like prose (above 0) rather than like a title (below 0)."""
    score = 6.0 if sign.chars > 320 else 2.0 if sign.chars > 220 else 0.5 if sign.chars > 150 else -0.5
    if _FULL_STOP.search(last_line):
        # Some sites end every title with a full stop; one short sentence alone says little.
        score += 2.5 if sign.breaks or sign.prose or sign.chars > 150 else 1.0
    elif _TRAILING_OFF.search(last_line[-_LONGEST_ENDING:]):
        score += 1.5
    elif not _END_OF_SENTENCE.search(last_line):
        score -= 1.5
    score += 1.5 * min(sign.breaks, 3) + 0.7 * min(sign.prose, 4)
    if sign.long_words >= 3:
        share = sign.capitals / sign.long_words
        score += -1.5 if share >= 0.6 else 0.7 if share < 0.3 else 0.0
    return score


def _goes_on_after_stop(above: str, here: str) -> bool:
    return bool(_FULL_STOP.search(above)) and not here[0].islower()
