"""Nothing a person can type raises anything but a QueryError, or takes long."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.faults import fuzz_query


def test_pieces_of_the_language_in_any_order() -> None:
    found, tally = fuzz_query.faults(1_200, seed=1)
    assert found == []
    assert tally["understood"] > 200
    assert tally["refused"] > 200


@settings(max_examples=300)
@given(query=st.text(max_size=80))
def test_any_text(query: str) -> None:
    assert fuzz_query.fault(query) is None
