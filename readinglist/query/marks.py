"""Show why a paper was found: the places of the words in a text, and the passage that holds most of them.

All places are ranges of code points. Only what a paper is found by is marked, never what is under a negation.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from readinglist.paper import Paper
from readinglist.query.finding import places, values
from readinglist.query.nodes import Node, Text, text_leaves
from readinglist.text.mathematics import shown_pieces
from readinglist.text.words import forms, spelled, stem

SNIPPET_LENGTH = 180
_WHOLE_LENGTH = 200  # a text up to here is not worth cutting
_WHITE = re.compile(r"\s")
# The first wins among equals: the reader's own words say more than the source's, and the title is on show anyway.
_SNIPPET_FIELDS = ("note", "highlight", "abstract", "title")

Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of one line. `field` is title, abstract, note or highlight; `marks` are places in `text`."""

    field: str
    text: str
    marks: tuple[Mark, ...]


class _Hit(NamedTuple):
    """One occurrence of a leaf, the `leaf`-th of the query."""

    start: int
    end: int
    leaf: int


def marks(node: Node, field: str, text: str) -> list[Mark]:
    """Return where in `text`, a value of `field`, stands what `node` finds it by: in order, apart, not touching.

    Whole words are marked, a phrase as one with all that is between its words.
    """
    return _merged((hit.start, hit.end) for hit in _hits(text_leaves(node), field, text))


def snippet(node: Node, paper: Paper) -> Snippet | None:
    """Return the passage of some 180 code points that shows best why `paper` was found.

    It is the one with the most different words of the query; the title's only where no other has as many. Where
    the words stand elsewhere (an author, a venue), it is the beginning of the abstract, or the title, without
    marks. None when `node` has no words to find.
    """
    leaves = text_leaves(node)
    if not leaves:
        return None
    best: Snippet | None = None
    most = 0
    for field in _SNIPPET_FIELDS:
        for text in values(paper, field):
            hits = _hits(leaves, field, text)
            if hits:
                passage = _densest(hits)
                different = len({hit.leaf for hit in passage})
                if different > most:
                    best, most = _cut_out(field, text, passage, hits), different
            if most == len(leaves):
                return best
    if best is None:
        field, text = ("abstract", paper.abstract) if paper.abstract else ("title", paper.title)
        best = _cut_out(field, text, [_Hit(0, 0, 0)], [])
    return best


def _hits(leaves: Sequence[Text], field: str, text: str) -> list[_Hit]:
    """Return the occurrences of the leaves that look in `field`, by where they start."""
    cut = _spelled(text)
    found: list[_Hit] = []
    for number, leaf in enumerate(leaves):
        if leaf.field in (None, field):
            last = len(forms(leaf.text)) - 1
            found += [
                _Hit(cut.spans[place][0], cut.spans[place + last][1], number)
                for place in places(leaf, cut.forms, cut.stems)
            ]
    return sorted(found)


def _densest(hits: list[_Hit]) -> list[_Hit]:
    """Return the hits within one snippet's length that are of the most different leaves, then the most."""
    best: list[_Hit] = []
    best_score = (0, 0)
    starts = [hit.start for hit in hits]
    leaves = len({hit.leaf for hit in hits})
    for first, hit in enumerate(hits):
        beyond = bisect_right(starts, hit.start + SNIPPET_LENGTH)
        if (min(leaves, beyond - first), beyond - first) <= best_score:
            continue  # a letter alone is found in every third word
        passage = [other for other in hits[first:beyond] if other.end <= hit.start + SNIPPET_LENGTH] or [hit]
        score = (len({other.leaf for other in passage}), len(passage))
        if score > best_score:
            best, best_score = passage, score
    return best


def _cut_out(field: str, text: str, passage: list[_Hit], hits: list[_Hit]) -> Snippet:
    """Return the snippet around the hits of `passage`; all of `hits` that stand in it are marked."""
    begin, end = 0, len(text)
    if len(text) > _WHOLE_LENGTH:
        first, last = passage[0].start, max(hit.end for hit in passage)
        begin = max(0, first - max(0, SNIPPET_LENGTH - (last - first)) // 2)
        end = min(len(text), begin + SNIPPET_LENGTH)
        begin = max(0, min(begin, end - SNIPPET_LENGTH))
        begin, end = _outside_formulas(text, *_at_words(text, begin, end))
    before = "…" if begin else ""
    after = "…" if end < len(text) else ""
    line = before + _WHITE.sub(" ", text[begin:end]) + after
    shift = len(before) - begin
    inside = _merged(
        (max(hit.start, begin) + shift, min(hit.end, end) + shift)
        for hit in hits
        if hit.start < end and hit.end > begin
    )
    return Snippet(field, line, tuple(inside))


def _at_words(text: str, begin: int, end: int) -> tuple[int, int]:
    """Draw the ends of a range in to where words begin and end, so that none is cut."""
    spans = _spelled(text).spans
    if begin:
        at = bisect_left(spans, begin, key=itemgetter(0))
        begin = spans[at][0] if at < len(spans) and spans[at][0] < end else begin
    if end < len(text):
        at = bisect_right(spans, end, key=itemgetter(1)) - 1
        end = spans[at][1] if at >= 0 and spans[at][1] > begin else end
    return begin, end


def _outside_formulas(text: str, begin: int, end: int) -> tuple[int, int]:
    """Widen a range so that it has all of a formula that it begins or ends in: half of one cannot be shown as signs."""
    for shown in shown_pieces(text):
        if shown.start < begin < shown.end:
            begin = shown.start
        if shown.start < end < shown.end:
            end = shown.end
    return begin, end


def _merged(ranges: Iterable[Mark]) -> list[Mark]:
    merged: list[Mark] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


@dataclass(frozen=True, slots=True)
class _Spelled:
    """The words of a text, side by side; `spans` are their places."""

    forms: list[str]
    stems: list[str]
    spans: list[Mark]


@lru_cache(maxsize=512)
def _spelled(text: str) -> _Spelled:
    found, spans = spelled(text)
    return _Spelled(found, list(map(stem, found)), spans)
