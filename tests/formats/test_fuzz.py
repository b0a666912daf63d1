"""No damage to a file raises, hangs, or makes a paper that nobody could keep."""

from __future__ import annotations

from tests.faults import fuzz_formats


def test_damaged_files_are_read_or_told_of() -> None:
    found, tally = fuzz_formats.faults(250, seed=1)
    assert found == []
    assert tally["read"] > 50
    assert tally["isolated"] > 20
