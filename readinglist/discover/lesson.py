"""A linear model of what a reader wants, from the vectors of papers they liked and passed over. Knows no documents.

Ridge regression: papers that were liked should come to 1, those passed over and a sample of those not judged to -1.
The liked ones count as much, all together, as the sample does; each as far as the others make it likely that it was
meant (`belief`). While few are known, words count too that go with theirs in the sample.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from readinglist.discover.belief import belief
from readinglist.discover.ridge import fit_ridge
from readinglist.discover.vectors import Rows

Doubles = NDArray[np.float64]

_PENALTY = 5.0
"""Of large weights, for vectors whose length is 1 on average, divided by the number of those in the sample.

The fewer they are the more each of them counts, and would be known again by its own words: a candidate among them would
be unwanted for having been called so."""

_FEW_LIKED = 30
"""With fewer liked papers than that the penalty is larger: what little they have in common is near their mean."""

_PASSED = 0.3
"""What a paper passed over counts, next to its weight: it is said of many that were only not for that day."""

_GO_WITH = 1.5
"""What words count that go with those of the liked papers, against all else, divided by how many papers are liked."""

_LIKEST = 0.9
"""Their words are looked for in the papers not judged that are more like the liked ones than such a share of them."""

_FEWEST = 5
"""Among fewer liked papers none can be told to be odd, and fewer not judged say nothing of what is usual."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What there is to learn from, in the order of the rows: weights of papers liked (one at least) and passed over.

    `unjudged` counts the papers behind them.
    """

    liked: Doubles
    passed: Doubles
    unjudged: int

    def doubted(self, rows: Rows) -> Lesson:
        """Return the same with less weight of liked papers that are no more like the others than any paper is.

        Likeness is the product with the mean of the others, all vectors less the mean of the papers not judged.
        """
        count, total = len(self.liked), self.liked.sum()
        if min(count, self.unjudged) < _FEWEST:
            return self
        usual = rows.combined(self._shares(unjudged=1 / self.unjudged))
        wanted = rows.combined(self._shares(liked=self.liked)) - total * usual
        alike = rows.times(wanted) - usual @ wanted
        own = rows.take(np.arange(count)).lengths() ** 2 - 2 * rows.times(usual)[:count] + usual @ usual
        without = (alike[:count] - self.liked * own) / (total - self.liked)
        foretold = np.sort(alike[-self.unjudged :] / total).searchsorted(without) / self.unjudged
        weights = self.liked * belief(foretold, self.liked)
        return replace(self, liked=weights * total / weights.sum())

    def learn(self, rows: Rows) -> tuple[Doubles, float]:
        """Return the weights of the features of the papers, and the constant.

        To those of the ridge is added what sets the papers apart, of those not judged, that are most like the mean of
        the liked ones: pseudo-relevance feedback (Rocchio 1971), less of it the more is known.
        """
        judged = rows.documents - self.unjudged
        # The number of liked papers, where some count little: Kish's effective size.
        number = float(self.liked.sum() ** 2 / (self.liked**2).sum())
        square = float(rows.value @ rows.value) / max(rows.documents, 1)
        penalty = _PENALTY * (1 + (_FEW_LIKED / number) ** 2) / max(self.unjudged, 1) * square
        targets = np.where(np.arange(rows.documents) < len(self.liked), 1.0, -1.0)
        liked, passed = self.liked.sum(), self.passed.sum()
        importance = self._shares(
            self.liked / liked, _PASSED * self.passed / (liked + passed), 1 / max(self.unjudged, 1)
        )
        weights, constant = fit_ridge(rows, targets, importance, penalty)
        if self.unjudged < _FEWEST:
            return weights, constant
        alike = rows.times(rows.combined(self._shares(liked=self.liked / liked)))[judged:]
        likest = np.maximum(alike - np.quantile(alike, _LIKEST), 0)
        if not likest.any():
            return weights, constant
        beside = rows.combined(self._shares(unjudged=likest / likest.sum() - 1 / self.unjudged))
        scores, along = rows.times(weights)[judged:], rows.times(beside)[judged:]
        much = _GO_WITH / number * float(scores.std()) / max(float(along.std()), 1e-12)
        return weights + much * beside, constant - much * float(along.mean())

    def _shares(
        self, liked: Doubles | float = 0.0, passed: Doubles | float = 0.0, unjudged: Doubles | float = 0.0
    ) -> Doubles:
        """Return what each of the papers counts."""
        sizes = (len(self.liked), len(self.passed), self.unjudged)
        shares = (np.broadcast_to(each, size) for each, size in zip((liked, passed, unjudged), sizes, strict=True))
        return np.concatenate([*shares]).astype(np.float64, copy=False)
