"""A tree is written so that reading it gives the same tree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.query.nodes import And, Everything, Not, Or, Query, SortKey, TagPath, Text
from readinglist.query.parse import MAX_CHARACTERS, parse
from readinglist.query.printer import node_text, quoted, to_text


@settings(max_examples=300)
@given(data=st.data())
def test_a_printed_query_reads_as_the_same_tree(data: st.DataObject, queries: st.SearchStrategy[Query]) -> None:
    query = data.draw(queries)
    printed = to_text(query)
    if len(printed) <= MAX_CHARACTERS:
        assert parse(printed) == query


@pytest.mark.parametrize(
    ("query", "printed"),
    [
        ("NOT (a b)", "-(a b)"),
        ("a | b", "a OR b"),
        ("(a OR b) OR c", "a OR b OR c"),
        ("a AND (b OR c)", "a (b OR c)"),
        ("fuzy~", "fuzy~1"),
        ("upvotes:>10", "upvotes:>=11"),
        ("year:2020..2020", "year:2020"),
        ("a sort:year b", "a b sort:year"),
        ("source:hf", "source:huggingface"),
    ],
)
def test_a_query_is_printed_in_its_plain_form(query: str, printed: str) -> None:
    assert to_text(parse(query)) == printed


def test_a_negation_survives_in_what_reads_like_a_title() -> None:
    words = [Text(word) for word in ("Sparse", "attention", "in", "long", "context")]
    query = Query(And((*words, Not(Text("vision")), Text("models"))))
    assert to_text(query) == 'Sparse attention in long context -"vision" models'
    assert parse(to_text(query)) == query


def test_an_order_alone_is_a_query() -> None:
    assert to_text(Query(Everything(), (SortKey("added", descending=False),))) == "sort:-added"
    assert to_text(Query(Everything())) == ""


def test_an_operator_as_a_word_is_quoted() -> None:
    assert node_text(Or((Text("OR"), Text("NOT", "title")))) == '"OR" OR title:NOT'


def test_a_tag_is_quoted_where_it_must_be() -> None:
    names = ["nlp/parsing", "to cite", 'say "a"', "(x", "c++", "-x", "a\\b"]
    assert [quoted(name) for name in names] == [
        "nlp/parsing",
        '"to cite"',
        '"say \\"a\\""',
        '"(x"',
        "c++",
        '"-x"',
        '"a\\\\b"',
    ]
    for name in names:
        node = parse(f"tag:{quoted(name)}").node
        assert getattr(node, "value", None) == TagPath(name)
