"""Find words that stand one after the other. Knows nothing of trees, paper numbers or files.

In each segment: the texts that have all of the words, then the positions of each word in these, less the word's place
in the phrase; what is left in all of the lists is where a phrase begins. A text is one field of one document, numbered
as in `Segment.lengths`, so that all fields are gone through at once. A position is given an address, in which those
of one text follow those of the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from readinglist.errors import ReadingListError
from readinglist.index.invert import runs
from readinglist.index.lookup import PostingList
from readinglist.index.scoring import Docs, Hits, Lists, distinct, scores_at
from readinglist.index.snapshot import Part, Snapshot

Addresses = NDArray[np.int64]
Texts = NDArray[np.int64]
Marks = NDArray[np.bool_]
Places = NDArray[np.int64]
"""Numbers of postings in lists that stand in a row."""

MOST_OCCURRENCES = 40_000_000
"""So many take about a second."""

_FEW = 50
"""Where the texts are so many times fewer than the postings of a list, they are looked up in it."""


@dataclass(slots=True)
class Budget:
    """How many occurrences of words the phrases of one search may still look at."""

    left: int = field(default_factory=lambda: MOST_OCCURRENCES)

    def spend(self, occurrences: int) -> None:
        """Take away; raise ReadingListError when there is not so much left."""
        self.left -= occurrences
        if self.left < 0:
            raise ReadingListError("These are too many phrases of very common words for one search.")


def phrase_hits(snapshot: Snapshot, words: Sequence[Lists], budget: Budget) -> Hits:
    """Return the documents that have the words, one after the other, in one value of one field, scored.

    The score is the sum of the words' scores there.
    """
    fields = [name for name in words[0] if all(name in lists for lists in words)]
    found: list[Docs] = [np.zeros(0, np.int64)]
    for part in snapshot.parts:
        lists_each = [[one for name in fields for one in lists[name].of_part(part)] for lists in words]
        if all(lists_each):
            texts = _in_segment(part, lists_each, budget)
            found.append(np.unique(texts % part.segment.documents) + part.base)
    docs = np.concatenate(found)
    scores = np.zeros(len(docs), np.float32)
    for lists in words:
        scores += scores_at(snapshot, lists, docs)
    return Hits(docs, scores)


def _in_segment(part: Part, words: Sequence[Sequence[PostingList]], budget: Budget) -> Texts:
    """Return the texts of one segment that have the phrase."""
    size = len(part.segment.lengths)
    rarest, *others = sorted(range(len(words)), key=lambda word: sum(map(len, words[word])))
    every = _texts(words[rarest])
    chosen = {rarest: (every, np.arange(len(every)))}
    has_all = _marked(every, size)
    for word in others:
        chosen[word] = _having(words[word], has_all)
        has_all = _marked(chosen[word][0], size)
    texts = has_all.nonzero()[0]
    number_of = np.empty(size, np.int64)
    number_of[texts] = np.arange(len(texts))
    # Room for a word's place in the phrase to be taken away without reaching into the text before.
    stride = max(one.postings.reach for one in words[rarest]) + len(words) + 1
    begins: Addresses = np.zeros(0, np.int64)
    for word in (rarest, *others):
        having, places = chosen[word]
        kept = has_all.take(having).nonzero()[0]
        bases = number_of.take(having.take(kept)) * stride
        here = _addresses(words[word], places.take(kept), bases, budget)
        here += len(words) - word
        begins = here if word == rarest else _in_both(begins, here)
        if not len(begins):
            break
        if len(words) > 2:
            has_all = _marked(texts.take(begins // stride), size)
    return distinct(texts.take(begins // stride))


def _marked(texts: Texts, size: int) -> Marks:
    marked = np.zeros(size, np.bool_)
    marked[texts] = True
    return marked


def _texts(lists: Sequence[PostingList]) -> Texts:
    """Return the text of every posting."""
    return np.concatenate([np.add(one.local_docs, one.postings.row, dtype=np.int64) for one in lists])


def _having(lists: Sequence[PostingList], wanted: Marks) -> tuple[Texts, Places]:
    """Return the postings that are of the texts wanted: the text of each, and which postings they are."""
    count = int(np.count_nonzero(wanted))
    if count * len(lists) * _FEW > sum(map(len, lists)) or any(one.end - one.first > 1 for one in lists):
        texts = _texts(lists)
        places = wanted.take(texts).nonzero()[0]
        return texts.take(places), places
    found: list[Texts] = [np.zeros(0, np.int64)]
    places_each: list[Places] = [np.zeros(0, np.int64)]
    before = 0
    for one in lists:
        row = one.postings.row
        local = wanted[row : row + one.part.segment.documents].nonzero()[0].astype(np.int32)
        places = one.local_docs.searchsorted(local)
        there = (one.local_docs.take(places, mode="clip") == local).nonzero()[0]
        found.append(np.add(local.take(there), row, dtype=np.int64))
        places_each.append(places.take(there) + before)
        before += len(one)
    return np.concatenate(found), np.concatenate(places_each)


def _addresses(lists: Sequence[PostingList], places: Places, bases: Addresses, budget: Budget) -> Addresses:
    """Return the address of each occurrence in some postings; `bases` are the addresses of their texts."""
    ends = [*accumulate(map(len, lists), initial=0)]
    found: list[Addresses] = [np.zeros(0, np.int64)]
    for one, before, (begin, end) in zip(lists, ends, pairwise(places.searchsorted(ends).tolist()), strict=False):
        if begin == end:
            continue
        postings, tf = one.postings, one.tf
        first = postings.begin_of_positions(one.first)
        if end - begin == len(one):
            counts = tf
            positions = postings.pos[first : postings.begin_of_positions(one.end)]
        else:
            some = places[begin:end] - before
            counts = tf.take(some).astype(np.int64)
            begins = tf[: int(some[-1]) + 1].cumsum(dtype=np.int64).take(some)
            begins += first
            begins -= counts
            positions = postings.pos.take(runs(begins, counts))
        budget.spend(len(positions))
        addresses = bases[begin:end].repeat(counts)
        addresses += positions
        found.append(addresses)
    together = np.concatenate(found)
    if any(one.postings is other.postings for one, other in pairwise(lists)):
        # What begins with a word may be a form of it too.
        return distinct(np.sort(together))
    return together


def _in_both(one: Addresses, other: Addresses) -> Addresses:
    """Return what is in both, ascending; in each a number stands once. (Sorting is quicker here than looking up.)"""
    both: Addresses = np.sort(np.concatenate([one, other]))
    twice: Addresses = both[1:][both[1:] == both[:-1]]
    return twice
