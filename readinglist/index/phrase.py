"""Find words that stand one after the other. Knows nothing of trees, paper numbers or files.

In each segment and field: the documents that have all of the words, then the positions of each word in these,
less the word's place in the phrase; what is left in all of the lists is where a phrase begins. A position is
given an address, in which those of one document follow those of the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from readinglist.errors import ReadingListError
from readinglist.index.invert import runs
from readinglist.index.lookup import PostingList
from readinglist.index.scoring import Docs, Hits, Lists, scores_at, union
from readinglist.index.snapshot import Snapshot

Addresses = NDArray[np.int64]

MOST_OCCURRENCES = 40_000_000
"""So many take about a second."""

_FEW = 8
"""Where the candidates are so many times fewer than the postings, they are looked for one by one."""
_MANY = 20_000
_WINDOW = 1 << 20
_MOST_WINDOWS = 500
"""See `_among`."""


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

    The score is the sum of the words' scores in the fields where the phrase stands.
    """
    scores = np.zeros(snapshot.documents, np.float32)
    touched: list[Docs] = []
    for name in words[0]:
        if not all(name in lists for lists in words):
            continue
        found: list[Docs] = []
        for part in snapshot.parts:
            lists_each = [lists[name].of_part(part) for lists in words]
            if all(lists_each):
                local = _in_segment(lists_each, budget)
                if len(local):
                    found.append(local + part.base)
        if found:
            docs = np.concatenate(found)
            for lists in words:
                scores[docs] += scores_at(snapshot, {name: lists[name]}, docs)
            touched.append(docs)
    docs = touched[0] if len(touched) == 1 else union(touched, snapshot.documents)
    return Hits(docs, scores.take(docs))


def _in_segment(words: Sequence[Sequence[PostingList]], budget: Budget) -> Docs:
    """Return the documents of one segment, by their own numbers, that have the phrase in one field."""
    rarest_first = sorted(range(len(words)), key=lambda word: sum(map(len, words[word])))
    candidates = _candidates([words[word] for word in rarest_first])
    # Room for a word's place in the phrase to be taken away without reaching into the document before.
    stride = words[0][0].postings.reach + len(words) + 1
    begins: Addresses | None = None
    for word in rarest_first:
        if not len(candidates):
            break
        each = [_addresses(one, candidates, stride, budget) for one in words[word]]
        here = np.concatenate(each)
        here += len(words) - word
        if len(each) > 1 or words[word][0].end - words[word][0].first > 1:
            here.sort()
        begins = here if begins is None else begins[_among(begins, here)]
        candidates = _distinct(begins // stride)
    return candidates


def _candidates(words: Sequence[Sequence[PostingList]]) -> Docs:
    """Return the documents that have every word, the rarest of which comes first."""
    documents = words[0][0].part.segment.documents
    candidates = union([one.local_docs.astype(np.int64) for one in words[0]], documents)
    for lists in words[1:]:
        if not len(candidates):
            break
        if len(candidates) * _FEW < sum(map(len, lists)) and all(one.end - one.first == 1 for one in lists):
            has = np.zeros(len(candidates), np.bool_)
            wanted = candidates.astype(np.int32)
            for one in lists:
                have = one.local_docs
                has |= have.take(have.searchsorted(wanted), mode="clip") == wanted
        else:
            marked = np.zeros(documents, np.bool_)
            for one in lists:
                if one.crowd is None:
                    marked[one.local_docs.astype(np.int64)] = True
                else:
                    marked |= one.crowd
            has = marked.take(candidates)
        candidates = candidates[has]
    return candidates


def _addresses(one: PostingList, candidates: Docs, stride: int, budget: Budget) -> Addresses:
    """Return document * stride + position of the occurrences in the candidates, and perhaps of others."""
    docs, tf = one.local_docs, one.postings.tf[one.its]
    first = one.postings.begin_of_positions(one.first)
    if len(candidates) * 2 > len(docs):
        # Choosing would take longer than it saves.
        positions = one.postings.pos[first : one.postings.begin_of_positions(one.end)]
        counts = tf.astype(np.int64)
    else:
        if one.end - one.first == 1 and len(candidates) * _FEW < len(docs):
            wanted = candidates.astype(np.int32)
            places = docs.searchsorted(wanted)
            places = places[docs.take(places, mode="clip") == wanted]
        else:
            marked = np.zeros(one.part.segment.documents, np.bool_)
            marked[candidates] = True
            places = marked.take(docs).nonzero()[0]
        counts = tf.take(places).astype(np.int64)
        begins = tf.cumsum(dtype=np.int64).take(places) - counts + first
        positions = one.postings.pos.take(runs(begins, counts))
        docs = docs.take(places)
    budget.spend(len(positions))
    addresses = np.repeat(docs.astype(np.int64) * stride, counts)
    addresses += positions
    return addresses


def _among(values: Addresses, others: Addresses) -> NDArray[np.bool_]:
    """Say of each value whether it is among the others (both ascending)."""
    if not len(others):
        return np.zeros(len(values), np.bool_)
    last = int(max(values[-1], others[-1]))
    if len(values) < _MANY or last > _MOST_WINDOWS * _WINDOW:
        among: NDArray[np.bool_] = others.take(others.searchsorted(values), mode="clip") == values
        return among
    # With many of both it is quicker to mark places than to search, a window at a time that fits into the cache.
    bounds = np.arange(0, last + _WINDOW + 1, _WINDOW)
    window = np.zeros(_WINDOW, np.bool_)
    among = np.zeros(len(values), np.bool_)
    stretches = zip(
        bounds.tolist(),
        pairwise(values.searchsorted(bounds).tolist()),
        pairwise(others.searchsorted(bounds).tolist()),
        strict=False,
    )
    for base, (first, end), (other_first, other_end) in stretches:
        if first < end and other_first < other_end:
            marks = others[other_first:other_end] - base
            window[marks] = True
            among[first:end] = window.take(values[first:end] - base)
            window[marks] = False
    return among


def _distinct(ascending: Docs) -> Docs:
    new = np.ones(len(ascending), np.bool_)
    new[1:] = ascending[1:] != ascending[:-1]
    return ascending[new]
