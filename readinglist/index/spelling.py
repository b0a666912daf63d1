"""What a misspelt word may have been meant to be: words of this library, the near and frequent ones first.

Knows nothing of queries. The weighing is that of a noisy channel (Kernighan, Church, Gale 1990): how often the word
stands in the library, times how seldom a hand slips like that. The costs below are logarithms of that second factor,
rough on purpose; `tests/bench/discover.py` says what they find.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readinglist.index.lookup import Word, look_up
from readinglist.index.phrase import Budget, phrase_hits
from readinglist.index.scoring import size_of
from readinglist.index.snapshot import Snapshot
from readinglist.text.words import stem

_LEAST_LETTERS = 3
_TWO_EDITS_FROM = 6
"""Shorter words have one typing error at most: with two they could be nearly anything."""

_SECOND_EDIT = 6.0
_OTHER_FIRST_LETTER = 2.0
_NO_SWAP = 0.7
_SPLIT = 2.0

_SPLITS_TRIED = 3


@dataclass(frozen=True, slots=True)
class Spelling:
    """Another spelling of a word: one form of the library, or two that the reader forgot to part.

    `documents` have it, or slightly fewer. `score` ranks the spellings of one word.
    """

    text: str
    documents: int
    score: float


class Vocabulary:
    """The words of a snapshot. In all of it `field` None means any field."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def documents_with(self, form: str, field: str | None) -> int:
        """Return how often a word is found, by any form of its stem: about the number of documents, 0 for none."""
        return size_of(look_up(self._snapshot, Word(form), self._fields(field)))

    def spellings(self, form: str, field: str | None, *, edits: int = 2, most: int = 3) -> list[Spelling]:
        """Return what a word within so many edits may be meant to be, the likeliest first."""
        fields = self._fields(field)
        found = [*self._near(form, fields, edits), *self._split(form, fields)]
        return sorted(found, key=lambda spelling: (-spelling.score, spelling.text))[:most]

    def _fields(self, field: str | None) -> Sequence[str]:
        return self._snapshot.fields if field is None else tuple({field} & {*self._snapshot.fields})

    def _near(self, form: str, fields: Sequence[str], edits: int) -> Iterator[Spelling]:
        # A number or a version off by one is another number, not a slip.
        if len(form) < _LEAST_LETTERS or not form.isalpha():
            return
        counts: dict[str, int] = {}
        distances: dict[str, int] = {}
        for part in self._snapshot.parts:
            segment = part.segment
            near = dict.fromkeys(segment.near(form, 1, any_first_letter=True), 1)
            if edits > 1 and len(form) >= _TWO_EDITS_FROM:
                near |= {number: 2 for number in segment.near(form, 2) if number not in near}
            for number, distance in near.items():
                documents = segment.documents_of(number, fields)
                if documents:
                    text = segment.form(number)
                    counts[text] = counts.get(text, 0) + documents
                    distances[text] = distance
        root = stem(form)
        for text, documents in counts.items():
            if text.isalpha() and stem(text) != root:
                yield Spelling(text, documents, math.log(documents) - _cost(form, text, distances[text]))

    def _split(self, form: str, fields: Sequence[str]) -> Iterator[Spelling]:
        """Yield the word as two that stand side by side somewhere."""
        pairs = []
        for at in range(2, len(form) - 1):
            rarer = min(self._exactly(part, fields) for part in (form[:at], form[at:]))
            if rarer:
                pairs.append((rarer, at))
        for _, at in sorted(pairs, reverse=True)[:_SPLITS_TRIED]:
            both = [look_up(self._snapshot, Word(part), fields) for part in (form[:at], form[at:])]
            documents = len(phrase_hits(self._snapshot, both, Budget()).docs)
            if documents:
                yield Spelling(f"{form[:at]} {form[at:]}", documents, math.log(documents) - _SPLIT)

    def _exactly(self, form: str, fields: Sequence[str]) -> int:
        numbers = ((part.segment, part.segment.find(form)) for part in self._snapshot.parts)
        return sum(segment.documents_of(number, fields) for segment, number in numbers if number is not None)


def _cost(form: str, text: str, edits: int) -> float:
    swap = len(form) == len(text) and sorted(form) == sorted(text)
    return (
        (_SECOND_EDIT if edits > 1 else 0.0)
        + (_OTHER_FIRST_LETTER if text[0] != form[0] else 0.0)
        + (0.0 if swap else _NO_SWAP)
    )
