"""What a search gives back. Knows nothing of how it was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Found:
    """The papers found, each once, in no order, and their scores (0 where no word was looked for)."""

    ids: NDArray[np.int64]
    scores: NDArray[np.float32]


def first_of(ids: NDArray[np.int64], scores: NDArray[Any], count: int | None = None) -> NDArray[np.int64]:
    """Return the places of so many papers (None: all), the highest score first, then the lowest number."""
    places = np.arange(len(ids))
    if count is not None and count * 4 < len(ids):
        # Most searches find thousands and show fifty: sort only those that may be among them.
        places = np.flatnonzero(scores >= -np.partition(-scores, count)[count])
    return places[np.lexsort((ids[places], -scores[places]))][:count]
