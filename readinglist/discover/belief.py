"""Tell liked papers that were meant from slips of the hand, by how well the others foretell them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

_ODD, _STEEP = 0.15, 4.0
"""What is believed beforehand: the share of slips, and the steepness of the others."""

_BEFOREHAND = 10
"""So many papers that belief is worth."""

_LEAST = 0.1
"""No paper counts less: it may be the first of a new interest."""

_ROUNDS = 20


def belief(foretold: Doubles, weights: Doubles) -> Doubles:
    """Return how likely it is, from 0.1 to 1, that each of the liked papers was meant.

    `foretold` is the share of papers not judged that get a lower score than it does from a model that did not learn
    from it. Slips have any share as likely as another, the others have it as Beta(steepness, 1), and both the steepness
    and the share of slips are estimated (expectation maximisation with a prior). The larger the weight of a paper the
    less likely is a slip.
    """
    share = np.clip(foretold, 1e-3, 1 - 1e-4)
    odd, steep = _ODD, _STEEP
    meant = np.ones(len(share))
    for _ in range(_ROUNDS):
        density = weights * (1 - odd) * steep * share ** (steep - 1)
        meant = density / (density + odd)
        odd = float((1 - meant).sum() + _BEFOREHAND * _ODD) / (len(share) + _BEFOREHAND)
        steep = float(meant.sum() + _BEFOREHAND) / float(-(meant * np.log(share)).sum() + _BEFOREHAND / _STEEP)
    likely: Doubles = np.maximum(meant, _LEAST)
    return likely
