"""Which posting lists agree with a word of a query, in each field, over all segments. Knows nothing of scores.

A word finds the union of the forms with its stem; which of them is the exact form is kept, for `scoring` ranks it
above. With typing errors allowed the stem does not count, every form counts as exact, and every error costs. What
merely begins with the word is kept apart as a stretch of the vocabulary: it may be thousands of forms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.index.segment import Postings, Segment
from readinglist.index.snapshot import Part, Snapshot
from readinglist.query.edits import within
from readinglist.text.words import stem

EDITS = (1.0, 0.6, 0.3)
"""What a form counts that is 0, 1 or 2 typing errors away."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query: a folded form, and whether others that begin like it or are misspelt agree too.

    With `fuzzy` there is no `prefix`.
    """

    form: str
    prefix: bool = False
    fuzzy: int = 0


@dataclass(slots=True)
class PostingList:
    """The postings of one form, or of a stretch of forms, in one field of one segment.

    `first` and `end` are places in `postings.terms`, `its` the stretch of `postings.docs`. `weight` is what an
    occurrence counts; `exact`: it is the word as asked for. `crowd` says of each document whether it is among them,
    where that is known (see `Postings.crowd`).
    """

    part: Part
    postings: Postings
    first: int
    end: int
    its: slice
    weight: float
    exact: bool
    crowd: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return int(self.its.stop - self.its.start)

    @property
    def local_docs(self) -> NDArray[np.int32]:
        """The documents, counted from the segment's first."""
        return self.postings.docs[self.its]

    @property
    def docs(self) -> NDArray[np.int64]:
        """The documents, counted over all segments."""
        return np.add(self.local_docs, self.part.base, dtype=np.int64)

    @property
    def tf(self) -> NDArray[Any]:
        """How often the form stands in each."""
        frequencies: NDArray[Any] = self.postings.tf[self.its]
        return frequencies


@dataclass(slots=True)
class FieldLists:
    """What agrees with a word in one field: lists of forms, and lists of stretches of forms that begin with it.

    `df` is the number of documents with any of the forms, None where it has to be counted. `begins` says of
    each document whether a form there begins with the word; `scoring` works it out where there are stretches.
    """

    forms: list[PostingList] = field(default_factory=list)
    stretches: list[PostingList] = field(default_factory=list)
    df: int | None = 0
    begins: NDArray[np.bool_] | None = None

    @property
    def size(self) -> int:
        """How many postings there are: a bound for the number of documents."""
        return sum(map(len, self.forms)) + sum(map(len, self.stretches))

    def of_part(self, part: Part) -> list[PostingList]:
        """Return the lists of one segment."""
        return [one for one in (*self.stretches, *self.forms) if one.part is part]


def look_up(snapshot: Snapshot, word: Word, fields: Iterable[str]) -> dict[str, FieldLists]:
    """Return the posting lists that agree with a word, by field; fields without any are left out."""
    lists = {name: FieldLists() for name in fields}
    for part in snapshot.parts:
        segment = part.segment
        family, forms = _forms(segment, word)
        stretch = segment.span(word.form) if word.prefix else (0, 0)
        for name, found in lists.items():
            postings = segment.fields.get(name)
            if postings is None:
                continue
            before = len(found.forms)
            for number, weight, exact in forms:
                place = postings.place(number)
                if place is not None:
                    its = postings.postings(place, place + 1)
                    found.forms.append(PostingList(part, postings, place, place + 1, its, weight, exact))
            _count(found, found.forms[before:], family)
            if stretch[0] < stretch[1]:
                first, end = postings.places(*stretch)
                if first < end:
                    its = postings.postings(first, end)
                    crowd = postings.crowd(word.form)
                    found.stretches.append(PostingList(part, postings, first, end, its, 1.0, False, crowd))
    return {name: found for name, found in lists.items() if found.forms or found.stretches}


def _forms(segment: Segment, word: Word) -> tuple[int | None, list[tuple[int, float, bool]]]:
    """Return the family of a word, if it is listed, and the forms that agree: number, weight, whether exact."""
    if word.fuzzy:
        near = segment.near(word.form, word.fuzzy)
        return None, [(number, EDITS[_edits(word, segment.form(number))], True) for number in near]
    exact = segment.find(word.form)
    root = stem(word.form)
    family = segment.family(root)
    if family is not None:
        members = segment.members(family)
    else:
        # A stem that is not listed has one form at most: itself, unless that is of another family.
        alone = exact if root == word.form else segment.find(root) if stem(root) == root else None
        members = [] if alone is None else [alone]
    return family, [(number, 1.0, number == exact) for number in members]


def _count(found: FieldLists, added: list[PostingList], family: int | None) -> None:
    """Add the documents that one segment has of the forms; no document is in two segments."""
    if found.df is None or not added:
        return
    if len(added) == 1:
        found.df += len(added[0])
        return
    together = added[0].postings.family_documents(family) if family is not None else None
    found.df = None if together is None else found.df + together


def _edits(word: Word, near: str) -> int:
    """Return how many edits a form that is near enough is away."""
    if near == word.form:
        return 0
    return 1 if word.fuzzy == 1 or within(word.form, near, 1) else 2
