"""What a search gives back. Knows nothing of how it was found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_NUMBERS = 2**32
_HIGHEST = np.uint32(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Found:
    """The papers found, each once, in no order, and their scores (0 where no word was looked for)."""

    ids: NDArray[np.int64]
    scores: NDArray[np.float32]


def best_first(found: Found, count: int | None = None) -> Found:
    """Return so many papers (None: all), the highest score first, then the lowest number. No score is below 0."""
    ids, scores = found.ids, found.scores
    if count is not None and count * 4 < len(ids):
        # Most searches find thousands and show fifty: sort only those that may be among them.
        near = np.flatnonzero(scores >= -np.partition(-scores, count)[count])
        ids, scores = ids[near], scores[near]
    if len(ids) and int(ids.max()) >= _NUMBERS:
        order = np.lexsort((ids, -scores))
        return Found(ids[order][:count], scores[order][:count])
    # Score and number as one integer, for floats above 0 are in the order of their bits (IEEE 754): sorting these takes
    # a quarter of the time of sorting by two keys.
    bits = (scores + np.float32(0)).astype(np.float32).view(np.uint32)
    packed = (_HIGHEST - bits).astype(np.uint64) << np.uint64(32) | ids.astype(np.uint64)
    packed.sort()
    packed = packed[:count]
    return Found(
        (packed & np.uint64(_NUMBERS - 1)).astype(np.int64),
        (_HIGHEST - (packed >> np.uint64(32)).astype(np.uint32)).view(np.float32),
    )
