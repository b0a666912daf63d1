"""Fractional keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.order import key_between, keys_between


@given(st.lists(st.integers(0, 10**6), max_size=60))
def test_any_insertions_keep_the_order(places: list[int]) -> None:
    keys: list[str] = []
    for place in places:
        at = place % (len(keys) + 1)
        key = key_between(keys[at - 1] if at else None, keys[at] if at < len(keys) else None)
        keys.insert(at, key)
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_keys_stay_short_when_a_queue_only_grows() -> None:
    key = None
    for _ in range(10_000):
        key = key_between(key, None)
    assert key is not None
    assert len(key) == 8


@pytest.mark.parametrize("count", [0, 1, 2, 7, 500])
@pytest.mark.parametrize(
    ("before", "after"),
    [(None, None), ("V0000000", None), (None, "V0000000"), ("V0000000", "V0000001"), ("V0000000V", "V0000000VV")],
)
def test_many_keys_lie_between(before: str | None, after: str | None, count: int) -> None:
    keys = keys_between(before, after, count)
    assert len(keys) == count
    assert keys == sorted(set(keys))
    assert all((before is None or before < key) and (after is None or key < after) for key in keys)


def test_no_key_lies_between_a_key_and_itself() -> None:
    with pytest.raises(ValueError, match="no key between"):
        key_between("V0000000", "V0000000")
