"""For the tests of the index: invented papers, and a search that is told nothing but the tree."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import numpy as np
import pytest

from readinglist.index.index import Index
from readinglist.index.stamp import Stamp
from readinglist.paper import Author, Highlight, Paper, PaperId
from readinglist.query.nodes import Filter, Node

WORDS = [
    "model",
    "models",
    "modelled",
    "modeling",
    "language",
    "languages",
    "attention",
    "attentive",
    "sparse",
    "autoencoder",
    "positional",
    "bias",
    "learning",
    "learned",
    "learns",
    "the",
    "of",
    "a",
    "in",
    "Krüger",
    "Müller",
    "naïve",
    "注意機構",
    "модель",
    "модели",
    "внимания",
    "GPT-4",
    "x2",
    "state-of-the-art",
    "robot",
    "robots",
    "robotic",
    "grasp",
    "grasping",
    "tea",
    "team",
    "teams",
]

Invent = Callable[..., Paper]
Find = Callable[..., set[int]]


def _invented(number: int, seed: int = 0) -> Paper:
    """Return a paper of words from a small vocabulary, always the same for one number and seed."""
    drawn = random.Random(f"{seed}/{number}")

    def some(most: int) -> str:
        return " ".join(drawn.choices(WORDS, k=drawn.randint(0, most)))

    quotes = [(some(6), some(4)) for _ in range(drawn.choice((0, 0, 0, 1, 2)))]
    return Paper(
        id=PaperId(number),
        title=some(7) or "untitled",
        abstract=some(40) or None,
        authors=tuple(Author(some(2) or "Anon") for _ in range(drawn.randint(0, 3))),
        venue=some(2) or None,
        keywords=tuple(some(2) or "none" for _ in range(drawn.randint(0, 3))),
        note=drawn.choice((None, some(12) or None)),
        highlights=tuple(
            Highlight(str(place), quote or "tea", "", "", None, None, "yellow", comment or None, "")
            for place, (quote, comment) in enumerate(quotes)
        ),
    )


def _found(index: Index, node: Node, everything: Sequence[int] = (), masked: Collection[PaperId] = ()) -> set[int]:
    def no_filters(leaf: Filter) -> np.ndarray:
        raise AssertionError(f"{leaf} was not to be asked for")

    result = index.search(node, filters=no_filters, everything=lambda: np.array(everything, np.int64), masked=masked)
    ids = result.ids.tolist()
    assert len(ids) == len(set(ids)) == len(result.scores)
    return set(ids)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for an index; not there yet."""
    return tmp_path / "index"


@pytest.fixture
def index(folder: Path) -> Index:
    """An empty index."""
    return Index.open(folder, Stamp("a library"))


@pytest.fixture(scope="session")
def invented() -> Invent:
    """Invent the paper of a number and a seed."""
    return _invented


@pytest.fixture(scope="session")
def found() -> Find:
    """Ask an index for the numbers of the papers that a tree without filters finds."""
    return _found
