"""Trees: their plain form, their leaves, and the relaxed query."""

from __future__ import annotations

import pytest

from readinglist.query.nodes import (
    And,
    Everything,
    Not,
    Or,
    Text,
    conjunction,
    disjunction,
    leaves,
    negation,
    relaxed,
    text_leaves,
)
from readinglist.query.parse import parse
from readinglist.query.printer import to_text

A, B, C = Text("a"), Text("b"), Text("c")


def test_nodes_are_joined_in_their_plain_form() -> None:
    assert conjunction([A, None, And((B, C)), Everything()]) == And((A, B, C))
    assert disjunction([Or((A, B)), None, C]) == Or((A, B, C))
    assert conjunction([None, A]) == A
    assert conjunction([None]) is None
    assert disjunction([]) is None
    assert negation(Not(A)) == A
    assert negation(None) is None


def test_places_do_not_count_when_trees_are_compared() -> None:
    assert Text("a", start=3, end=4) == A
    assert hash(Text("a", start=3, end=4)) == hash(A)


def test_leaves_are_in_the_order_written() -> None:
    node = parse("a (tag:b OR -c) d").node
    assert [getattr(leaf, "text", "filter") for leaf in leaves(node)] == ["a", "filter", "c", "d"]
    assert [leaf.text for leaf in text_leaves(node)] == ["a", "d"]


@pytest.mark.parametrize(
    ("query", "loose"),
    [
        ("a b c", "a OR b OR c"),
        ("a b tag:x -c sort:year", "(a OR b) tag:x -c sort:year"),
        ('"a b" title:c*', '"a b" OR title:c*'),
        ("(a b) OR (c tag:x)", "a OR b OR c tag:x"),
        ("a (b OR c) year:2020", "(a OR b OR c) year:2020"),
        ("high-speed cats", "high OR speed OR cats"),
        ('"high speed" title:x-ray', '"high speed" OR title:x OR title:ray'),
        ("cats high-sp*", "cats OR high-sp*"),
        ("a", None),
        ("", None),
        ("a tag:x -b", None),
        ("a OR b", None),
        ("(a OR b) tag:x", None),
    ],
)
def test_a_relaxed_query_keeps_filters_and_negations(query: str, loose: str | None) -> None:
    found = relaxed(parse(query))
    assert (to_text(found) if found else None) == loose
