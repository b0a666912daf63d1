"""Saved searches in a query."""

from __future__ import annotations

import pytest

from readinglist.errors import QueryError
from readinglist.query.nodes import Everything
from readinglist.query.parse import parse
from readinglist.query.printer import to_text
from readinglist.query.searches import expand, with_search_renamed


def expanded(query: str, **searches: str) -> str:
    return to_text(expand(parse(query), searches))


def test_a_saved_search_is_put_in_its_place() -> None:
    assert expanded("a search:one", one="b OR c") == "a (b OR c)"
    assert expanded("a -search:one", one="b c sort:year") == "a -(b c)"
    assert expanded("a OR search:one", one="b OR search:two", two="-d") == "a OR b OR -d"
    assert expanded("search:ONE sort:title", one="b") == "b sort:title"


def test_a_saved_search_for_everything_selects_everything() -> None:
    assert expanded("a search:all", all="sort:year") == "a"
    assert expand(parse("a OR search:all"), {"all": ""}).node == Everything()


def test_a_query_without_saved_searches_stays_as_it_is() -> None:
    query = parse("a OR b")
    assert expand(query, {}) is query


def test_a_search_in_the_trash_wants_the_trash() -> None:
    assert expand(parse("search:gone"), {"gone": "is:trash"}).wants_trash


@pytest.mark.parametrize(
    ("searches", "message"),
    [
        ({}, "There is no saved search “one”."),
        ({"one": "search:one"}, "The saved search “one” leads back to itself."),
        ({"one": "b search:two", "two": "-search:ONE"}, "The saved search “ONE” leads back to itself."),
        ({"one": "search:two"}, "There is no saved search “two”."),
        ({"one": "tga:x"}, "The saved search “one” cannot be understood: There is no field “tga:”."),
    ],
)
def test_what_cannot_be_put_in_place_is_an_error_where_it_was_typed(searches: dict[str, str], message: str) -> None:
    query = "a -search:one"
    with pytest.raises(QueryError) as caught:
        expand(parse(query), searches)
    assert str(caught.value).startswith(message)
    assert query[caught.value.start : caught.value.end] == "search:one"


def test_searches_that_multiply_one_another_are_refused() -> None:
    searches = {f"s{n}": f"(search:s{n + 1} x) OR (search:s{n + 1} y)" for n in range(40)} | {"s40": "z"}
    with pytest.raises(QueryError, match="too much together"):
        expand(parse("search:s0"), searches)


def test_searches_that_lead_on_without_end_are_refused() -> None:
    searches = {f"s{n}": f"-(x search:s{n + 1})" for n in range(200)} | {"s200": "z"}
    with pytest.raises(QueryError, match="too much together"):
        expand(parse("search:s0"), searches)


def test_a_search_may_be_used_twice() -> None:
    assert expanded("(a search:one) OR search:one", one="b") == "a b OR b"


@pytest.mark.parametrize(
    ("query", "renamed"),
    [
        ("search:one x", 'search:"two by two" x'),
        ('a OR -search:"ONE"', 'a OR -search:"two by two"'),
        ("search:(one OR other) sort:year", 'search:("two by two" OR other) sort:year'),
        ("title:one search:ones one", "title:one search:ones one"),
        ("tga:x search:one", "tga:x search:one"),
    ],
)
def test_a_renamed_search_is_named_anew_and_nothing_else_is_touched(query: str, renamed: str) -> None:
    assert with_search_renamed(query, "one", "two by two") == renamed
