"""What the arrays of a segment are made of."""

from __future__ import annotations

from whoosh.util.numeric import byte_to_length

from readinglist.index.invert import LENGTHS


def test_lengths_are_rounded_as_whoosh_rounds_them() -> None:
    assert LENGTHS.tolist() == [byte_to_length(byte) for byte in range(256)]
