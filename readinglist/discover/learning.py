"""Learn from papers that were liked and passed over what others are worth. Knows documents, not papers or reasons.

How, says `lesson`; what was measured against it, and what did not help, stands in `tests/bench/suggest.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.discover.lesson import Lesson
from readinglist.discover.pairs import PairedRows, with_pairs
from readinglist.discover.vectors import Ints, Vectors

Doubles = NDArray[np.float64]

SAMPLE = 5_000
"""So many papers that nobody has judged stand for all of them."""

PAIRED = 2_000
"""So many of the best are ranked by pairs of words too."""

_MOST_JUDGED = 3_000
"""So many papers liked and so many passed over are learnt from, those with the most weight first, then the newest."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates, the best first, and scores of the first of them, of whom more is known.

    `rows` are the vectors of `docs`, which hold these first ones, and `weights` those of their features. `liked` are
    documents that were learnt from, `sample` those that stood for what is not wanted.
    """

    candidates: Ints
    scores: Doubles
    docs: Ints
    rows: PairedRows
    weights: Doubles
    liked: Ints
    sample: Ints

    def places(self, docs: Sequence[int]) -> Ints:
        """Return where in `rows` some documents stand."""
        place_of = {doc: place for place, doc in enumerate(self.docs.tolist())}
        return np.array([place_of[doc] for doc in docs], np.int64)


def rank(vectors: Vectors, liked: Mapping[int, float], passed: Mapping[int, float], candidates: Ints) -> Ranking:
    """Rank documents by others that were liked (one at least) and passed over, each with a weight.

    Some of the candidates stand for what is not wanted, for most of them are not. Where there are many, they are ranked
    by single words first, and the best of them by pairs of words too.
    """
    positive, negative = (_heaviest(each) for each in (liked, passed))
    judged = np.concatenate([positive, negative])
    unjudged = sample(vectors, candidates, judged)
    learnt = np.concatenate([judged, unjudged])
    rows = vectors.rows(learnt)
    heavy = np.array([liked[doc] for doc in positive.tolist()])
    light = np.array([passed[doc] for doc in negative.tolist()])
    lesson = Lesson(heavy, light, len(unjudged)).doubted(rows)
    rest = np.zeros(0, np.int64)
    if len(candidates) > PAIRED:
        weights, _ = lesson.learn(rows)
        order = best_first(vectors, candidates, vectors.products(rows.features, weights)[candidates])
        candidates, rest = candidates[order[:PAIRED]], candidates[order[PAIRED:]]
    docs = np.concatenate([learnt, candidates[~np.isin(candidates, learnt)]])
    paired = with_pairs(vectors, docs, len(learnt))
    weights, constant = lesson.learn(paired.rows.take(np.arange(len(learnt))))
    place_of = {doc: place for place, doc in enumerate(docs.tolist())}
    scores = (paired.rows.times(weights) + constant)[[place_of[doc] for doc in candidates.tolist()]]
    order = best_first(vectors, candidates, scores)
    return Ranking(np.concatenate([candidates[order], rest]), scores[order], docs, paired, weights, positive, unjudged)


def best_first(vectors: Vectors, docs: Ints, scores: NDArray[Any]) -> Ints:
    """Return the places of documents, those with the highest scores first, equals by the numbers of their papers."""
    return np.lexsort((vectors.snapshot.papers[docs], -scores))


def _heaviest(judged: Mapping[int, float]) -> Ints:
    docs = sorted(judged, key=lambda doc: (-judged[doc], -doc))[:_MOST_JUDGED]
    return np.array(docs, np.int64)


def sample(vectors: Vectors, among: Ints, without: Ints) -> Ints:
    """Return some documents, ascending.

    They are drawn by the numbers of their papers: when others come in, nearly all stay, and the scores with them.
    """
    left = among[~np.isin(among, without)]
    papers = vectors.snapshot.papers[left].astype(np.uint64)
    left, papers = left[papers > 0], papers[papers > 0]
    if len(left) <= SAMPLE:
        return np.sort(left)
    shuffled = (papers * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(11)
    return np.sort(left[np.argpartition(shuffled, SAMPLE)[:SAMPLE]])
