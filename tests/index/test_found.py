"""The best of what was found, in order."""

from __future__ import annotations

import numpy as np
import pytest

from readinglist.index.found import first_of


@pytest.mark.parametrize("count", [0, 1, 3, 4, 9, None])
@pytest.mark.parametrize("others", [0, 50])
def test_the_first_are_those_with_the_highest_scores_then_the_lowest_numbers(count: int | None, others: int) -> None:
    ids = np.array([9, 4, 2, 7, *range(100, 100 + others)])
    scores = np.array([1, 2, 1, 3, *[0.5] * others], np.float32)
    assert ids[first_of(ids, scores, count)].tolist() == [7, 4, 2, 9, *range(100, 100 + others)][:count]


def test_nothing_found_has_no_first() -> None:
    assert first_of(np.zeros(0, np.int64), np.zeros(0, np.float32), 5).tolist() == []
