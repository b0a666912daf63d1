"""What a search gives back. Knows nothing of how it was found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Found:
    """The papers found, each once, in no order, and their scores (0 where no word was looked for)."""

    ids: NDArray[np.int64]
    scores: NDArray[np.float32]
