"""The best of what was found, in order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.index.found import Found, best_first


@pytest.mark.parametrize("count", [0, 1, 3, 4, 9, None])
@pytest.mark.parametrize("others", [0, 50])
def test_the_first_are_those_with_the_highest_scores_then_the_lowest_numbers(count: int | None, others: int) -> None:
    ids = np.array([9, 4, 2, 7, *range(100, 100 + others)])
    scores = np.array([1, 2, 1, 3, *[0.5] * others], np.float32)
    best = best_first(Found(ids, scores), count)
    assert best.ids.tolist() == [7, 4, 2, 9, *range(100, 100 + others)][:count]
    assert best.scores.tolist() == [3, 2, 1, 1, *[0.5] * others][:count]


@given(
    st.lists(
        st.tuples(st.integers(1, 2**33), st.floats(0, 2.0**100, width=32)), max_size=40, unique_by=lambda row: row[0]
    )
)
def test_the_order_is_that_of_scores_and_numbers(rows: list[tuple[int, float]]) -> None:
    found = Found(np.array([n for n, _ in rows], np.int64), np.array([score for _, score in rows], np.float32))
    best = best_first(found)
    wanted = sorted(zip(found.ids.tolist(), found.scores.tolist(), strict=True), key=lambda row: (-row[1], row[0]))
    assert list(zip(best.ids.tolist(), best.scores.tolist(), strict=True)) == wanted


def test_nothing_found_has_no_first() -> None:
    assert best_first(Found(np.zeros(0, np.int64), np.zeros(0, np.float32)), 5).ids.tolist() == []
