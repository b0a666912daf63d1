"""No damage to a file raises, hangs, or makes a paper that nobody could keep."""

from __future__ import annotations

from tests.faults import fuzz_formats, slow_patterns


def test_damaged_files_are_read_or_told_of() -> None:
    found, tally = fuzz_formats.faults(250, seed=1)
    assert found == []
    assert tally["read"] > 50
    assert tally["isolated"] > 20


def test_no_pattern_takes_more_than_a_time_that_grows_with_the_text() -> None:
    assert slow_patterns.found(700) == []
