"""Typing errors, counted."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from readinglist.query.edits import within


def distance(one: str, other: str) -> int:
    """The definition, plainly."""

    @cache
    def of(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        least = min(of(i - 1, j) + 1, of(i, j - 1) + 1, of(i - 1, j - 1) + (one[i - 1] != other[j - 1]))
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            least = min(least, of(i - 2, j - 2) + 1)
        return least

    return of(len(one), len(other))


@given(st.text("abc", max_size=7), st.text("abc", max_size=7), st.integers(0, 3))
def test_within_is_the_plain_distance(one: str, other: str, most: int) -> None:
    assert within(one, other, most) is (distance(one, other) <= most)
