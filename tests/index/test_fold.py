"""Folding gives what building from the papers that are left would have given."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.index import invert
from readinglist.index.builder import Builder
from readinglist.index.fold import SIZES, fold, segments_to_fold
from readinglist.index.segment import Segment
from readinglist.paper import Paper

if TYPE_CHECKING:
    from tests.index.conftest import Invent


def built(papers: list[Paper]) -> Segment:
    builder = Builder()
    for paper in papers:
        builder.add(paper)
    return Segment("s", *builder.arrays())


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_a_fold_is_what_building_anew_gives(
    invented: Invent, monkeypatch: pytest.MonkeyPatch, seed: int, share: float
) -> None:
    monkeypatch.setattr(invert, "_CROWD_DOCUMENTS", 5)
    drawn = random.Random(seed)
    number = 0
    segments: list[tuple[Segment, np.ndarray]] = []
    left: list[Paper] = []
    for _ in range(4):
        papers = [invented(number + n, seed) for n in range(1, drawn.randint(1, 25) + 1)]
        if drawn.random() < 0.5:
            papers = [replace(paper, highlights=(), note=None) for paper in papers]
        number += len(papers)
        deleted = [doc for doc in range(len(papers)) if drawn.random() < share and number > 30]
        segments.append((built(papers), np.array(deleted, np.int32)))
        left += [paper for doc, paper in enumerate(papers) if doc not in deleted]
    arrays, about = fold(segments)
    builder = Builder()
    for paper in left:
        builder.add(paper)
    expected, expected_about = builder.arrays()
    assert about == expected_about
    assert arrays.keys() == expected.keys()
    for name, array in expected.items():
        assert arrays[name].tolist() == array.tolist(), name


def test_frequencies_and_positions_of_any_size_are_folded() -> None:
    long = built([Paper(title="tea " * 70_000)])
    short = built([Paper(title="tea")])
    arrays, _ = fold([(short, np.zeros(0, np.int32)), (long, np.zeros(0, np.int32))])
    assert arrays["title/tf"].tolist() == [1, 70_000]
    assert arrays["title/pos"].tolist() == [0, *range(70_000)]


def test_small_segments_are_folded_into_one() -> None:
    assert segments_to_fold([]) == set()
    assert segments_to_fold([1]) == set()
    assert segments_to_fold([20_000, 5, 1]) == {1, 2}
    assert segments_to_fold([20_000, 40, 1]) == set()
    assert segments_to_fold([40] * 7) == set()
    assert segments_to_fold([20_000, *[40] * 8]) == {*range(1, 9)}
    assert segments_to_fold([*[40] * 7, 31, 1]) == {*range(9)}
    assert segments_to_fold([*[40] * 7, 1, 1]) == {7, 8}
    assert segments_to_fold([5_000] * 40) == set()


@given(st.lists(st.integers(1, 300), max_size=200))
def test_there_are_never_many_small_segments(batches: list[int]) -> None:
    live: list[int] = []
    for batch in batches:
        live.append(batch)
        chosen = segments_to_fold(live)
        if chosen:
            together = sum(live[number] for number in chosen)
            live = [documents for number, documents in enumerate(live) if number not in chosen] + [together]
        assert sum(documents < SIZES[0] for documents in live) <= 1
        assert len(live) <= 3 + 8 * 2 + sum(live) // SIZES[2]
    assert sum(live) == sum(batches)
