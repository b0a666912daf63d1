"""Learn from papers that were liked and passed over what others are worth. Knows documents, not papers or reasons.

Ridge regression on the tf-idf vectors of `vectors`: documents that were liked should come to 1, those passed over and
a sample of those not judged to -1. The liked ones count as much, all together, as the sample does. What was measured
against it, and what did not help, stands in `tests/bench/suggest.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readinglist.discover.ridge import fit_ridge
from readinglist.discover.vectors import Floats, Ints, Rows, Vectors

Doubles = NDArray[np.float64]

SAMPLE = 5_000
"""So many papers that nobody has judged stand for all of them."""

PENALTY = 15.0
"""Of large weights, for vectors whose length is 1 on average, divided by the number of those in the sample.

The fewer they are the more each of them counts, and would be known again by its own words: a candidate among them would
be unwanted for having been called so."""

_MOST_JUDGED = 3_000
"""So many papers liked and so many passed over are learnt from, those with the most weight first, then the newest."""


@dataclass(frozen=True, slots=True)
class Taste:
    """A linear model: weights of features (ascending), and a constant; `liked` are documents it was learnt from."""

    features: Ints
    weights: Doubles
    constant: float
    liked: Ints

    def scores(self, vectors: Vectors) -> Floats:
        """Return the score of every document."""
        scores: Floats = vectors.products(self.features, self.weights) + np.float32(self.constant)
        return scores

    def spread(self, rows: Rows) -> Doubles:
        """Return the weights for the features of `rows`."""
        at = self.features.searchsorted(rows.features).clip(max=len(self.features) - 1)
        weights: Doubles = np.where(self.features[at] == rows.features, self.weights[at], 0.0)
        return weights


def learn(vectors: Vectors, liked: Mapping[int, float], passed: Mapping[int, float], candidates: Ints) -> Taste:
    """Learn from documents that were liked (one at least) and passed over, each with a weight.

    `candidates` are those to be ranked: some of them stand for what is not wanted, for most of them are not.
    """
    positive, negative = (_heaviest(each) for each in (liked, passed))
    judged = np.concatenate([positive, negative])
    unjudged = sample(vectors, candidates, judged)
    rows = vectors.rows(np.concatenate([judged, unjudged]))
    heavy = np.array([liked[doc] for doc in positive.tolist()])
    light = np.array([passed[doc] for doc in negative.tolist()])
    importance = np.concatenate(
        [
            heavy / heavy.sum(),
            light / (heavy.sum() + light.sum()),
            np.full(len(unjudged), 1 / max(len(unjudged), 1)),
        ]
    )
    targets = np.where(np.arange(rows.documents) < len(positive), 1.0, -1.0)
    square = float(rows.value @ rows.value) / rows.documents
    weights, constant = fit_ridge(rows, targets, importance, PENALTY * square / max(len(unjudged), 1))
    return Taste(rows.features, weights, constant, positive)


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
