"""How two texts differ, word by word."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.ui.differing import Kind, differences
from tests.pace import within


def _shown(before: str, after: str) -> str:
    marks = {Kind.SAME: "{}", Kind.GONE: "[-{}-]", Kind.NEW: "[+{}+]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in differences(before, after))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("", "", ""),
        ("one", "one", "one"),
        ("", "one", "[+one+]"),
        ("one", "", "[-one-]"),
        ("a red cat", "a blue cat", "a [-red-][+blue+] cat"),
        ("a red fat cat", "a small blue cat", "a [-red fat-][+small blue+] cat"),
        ("one\ntwo\n", "one\n\ntwo\nthree\n", "one\n[+\n+]two[+\nthree+]\n"),
        ("say it", "say *it*", "say [+*+]it[+*+]"),
        ("猫は眠る", "猫が眠る", "猫[-は-][+が+]眠る"),
        ("été", "été.", "été[+.+]"),
    ],
)
def test_words_that_differ_are_told_apart(before: str, after: str, shown: str) -> None:
    assert _shown(before, after) == shown


@given(st.text(alphabet="ab \n.é猫"), st.text(alphabet="ab \n.é猫"))
def test_the_pieces_make_both_texts(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind is not Kind.NEW) == before
    assert "".join(piece.text for piece in pieces if piece.kind is not Kind.GONE) == after
    assert all(piece.text for piece in pieces)
    assert all(one.kind is not other.kind for one, other in pairwise(pieces))


def test_a_megabyte_is_compared_in_no_time_and_whole() -> None:
    before = "".join(f"Line {n} of a long note.\n" for n in range(40_000))
    after = before.replace("Line 7 ", "Row 7 ").replace("Line 39990 ", "")
    other = "".join(f"{n} has nothing of it\n" for n in range(40_000))
    for new in (after, other):
        with within(5):  # it is a fifth of a second
            pieces = differences(before, new)
        assert "".join(piece.text for piece in pieces if piece.kind is not Kind.GONE) == new
