"""A stand-in for the model of meaning, which is an optional extra: it knows what some words mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from readinglist.discover import embedding

_MEANINGS = {"cat": 0, "feline": 0, "dog": 1, "hound": 1, "ship": 2, "vessel": 2}

TITLES = (
    "A cat that slept in the old house",
    "The vessel that slept in the old harbour",
    "A feline in the house by night",
    "The hound of the house",
    "Sums of numbers",
)
"""By its words the second is the most like the first; by what they mean the third is."""


class StandIn:
    """Notes what it `read`."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def of(self, texts: Sequence[str]) -> Any:
        """Return vectors as `Embedding.of` does."""
        self.read += texts
        vectors = np.full((len(texts), embedding.DIMENSIONS), 0.01, np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().replace(".", " ").split():
                if word in _MEANINGS:
                    vectors[row, _MEANINGS[word]] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def stand_in(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Put a stand-in in the place of the model, as if the extra were installed."""
    made = StandIn()
    monkeypatch.setattr(embedding, "Embedding", lambda: made)
    monkeypatch.setattr(embedding, "is_installed", lambda: True)
    monkeypatch.setattr(embedding, "model_name", lambda: "stand-in")
    return made
