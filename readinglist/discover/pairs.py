"""Pairs of words that stand side by side as features of some documents, beside the single words of `vectors`.

They are made for the documents at hand only: those that are learnt from, and the few that are ranked by them. Words of
grammar are left out first, so that "mixture of experts" is a pair. How rare a pair is, these documents tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readinglist.discover.plain_words import grammar
from readinglist.discover.streams import streams
from readinglist.discover.vectors import Ints, Rows, Vectors

WEIGHT = 0.6
"""What a pair counts against a single word."""

_LEAST = 2
"""Pairs that fewer of the documents have tell nothing of any other."""


@dataclass(frozen=True, slots=True)
class PairedRows:
    """The vectors of some documents with pairs: these are the features from `single` on.

    Pair by pair, `pairs` has the places of its two stems in `stems`.
    """

    rows: Rows
    single: int
    pairs: Ints
    stems: Sequence[str]

    def pair(self, column: int) -> tuple[str, str]:
        """Return the stems of a pair by its feature."""
        first, second = self.pairs[column - self.single].tolist()
        return self.stems[first], self.stems[second]


def with_pairs(vectors: Vectors, docs: Ints, counted: int) -> PairedRows:
    """Return the vectors of documents (no repeats) with pairs; the first `counted` tell how rare each is."""
    rows = vectors.rows(docs)
    keys, places, words = _pairs(vectors, docs)
    kinds, pair = np.unique(keys, return_inverse=True)
    each, frequency = np.unique(pair.reshape(-1).astype(np.int64) * len(docs) + places, return_counts=True)
    pair, place = np.divmod(each, max(len(docs), 1))
    having = np.bincount(pair, minlength=len(kinds))
    here = np.bincount(pair[place < counted], minlength=len(kinds))
    kept = np.flatnonzero(having >= _LEAST)
    number = np.full(len(kinds), -1, np.int64)
    number[kept] = np.arange(len(kept))
    idf = np.log((counted + 1) / (here + 1)).clip(min=0)
    there = number[pair] >= 0
    pair, place, frequency = pair[there], place[there], frequency[there]
    value = WEIGHT * np.sqrt(frequency) * idf[pair] * vectors.scale(docs).astype(np.float64)[place]
    single = len(rows.features)
    joined = Rows(
        rows.documents,
        np.concatenate([rows.features, np.full(len(kept), -1, np.int64)]),
        np.concatenate([rows.row, place]),
        np.concatenate([rows.column, single + number[pair]]),
        np.concatenate([rows.value, value]),
    )
    pairs = np.stack(np.divmod(kinds[kept], max(len(words), 1)), axis=1)
    return PairedRows(joined, single, pairs, words)


def _pairs(vectors: Vectors, docs: Ints) -> tuple[Ints, Ints, list[str]]:
    """Return every pair (the numbers of two stems as one number), the place of its document in `docs`, the stems."""
    wanted = np.zeros(vectors.snapshot.documents, np.bool_)
    wanted[docs] = True
    found, words = streams(vectors.snapshot, wanted, vectors.fields)
    place_of = np.zeros(vectors.snapshot.documents, np.int64)
    place_of[docs] = np.arange(len(docs))
    little = grammar()
    dull = np.fromiter((word in little or word.isdigit() for word in words), np.bool_, len(words))
    keys: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    places = [np.zeros(0, np.int64)]
    for stream in found.values():
        telling = np.flatnonzero((stream.codes < 0) | ~dull.take(stream.codes))
        codes, of = stream.codes[telling].astype(np.int64), stream.docs[telling]
        side_by_side = np.flatnonzero((codes[:-1] >= 0) & (codes[1:] >= 0))
        keys.append(codes[side_by_side] * len(words) + codes[side_by_side + 1])
        places.append(place_of.take(of[side_by_side]))
    return np.concatenate(keys), np.concatenate(places), words
