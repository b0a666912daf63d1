"""Names of the library to complete a query with."""

from __future__ import annotations

import pytest

from readinglist.library import NAMED_FIELDS, Known, Library, Names
from readinglist.paper import Author, Paper

AUTHORS = [
    ("Ana Brändle", "Mies van den Berg"),
    ("Mies van den Berg", "O'Brien, Kate"),
    ("Mies van den Berg", "李 明"),
]


@pytest.fixture
def named(empty: Library) -> Library:
    for number, names in enumerate(AUTHORS):
        authors = tuple(Author(name, "Brändle" if "Brändle" in name else None) for name in names)
        tags = frozenset({"sea/fish", "food"} if number == 0 else {"sea/tides"} if number == 1 else ())
        empty.add(Paper(title=f"Paper {number}", authors=authors, venue="Fog Letters", keywords=("fog",), tags=tags))
    empty.save_search("fog", "title:fog")
    return empty


def names(found: list[Known]) -> list[str]:
    return [known.name for known in found]


@pytest.mark.parametrize(
    ("field", "typed", "found"),
    [
        ("author", "", [("Mies van den Berg", 3), ("Ana Brändle", 1), ("O'Brien, Kate", 1), ("李 明", 1)]),
        ("author", "BRA", [("Ana Brändle", 1)]),
        ("author", "van d", [("Mies van den Berg", 3)]),
        ("author", "o'b", [("O'Brien, Kate", 1)]),
        ("author", "o", [("O'Brien, Kate", 1)]),
        ("author", "erg", []),
        ("author", "明", [("李 明", 1)]),
        ("author", "!", []),
        ("venue", "let", [("Fog Letters", 3)]),
        ("keyword", "f", [("fog", 3)]),
        ("source", "man", [("manual", 3)]),
        ("tag", "", [("sea", 2), ("food", 1), ("sea/fish", 1), ("sea/tides", 1)]),
        ("tag", "ti", [("sea/tides", 1)]),
        ("search", "fo", [("fog", None)]),
    ],
)
def test_names_are_found_by_how_a_word_begins_the_frequent_ones_first(
    named: Library, field: str, typed: str, found: list[tuple[str, int | None]]
) -> None:
    assert [(known.name, known.count) for known in named.completions(field).starting(typed, 9)] == found


def test_papers_in_the_trash_do_not_count(named: Library) -> None:
    named.remove(named.search("author:明").ids)
    named.remove(named.search("author:kate").ids)
    assert names(named.completions("author").starting("", 9)) == ["Ana Brändle", "Mies van den Berg"]
    assert names(named.completions("tag").starting("", 9)) == ["food", "sea", "sea/fish"]


@pytest.mark.parametrize("field", NAMED_FIELDS)
def test_an_empty_library_has_no_names(empty: Library, field: str) -> None:
    assert empty.completions(field).starting("", 9) == []


def test_no_more_names_are_given_than_asked_for() -> None:
    known = Names([Known(f"Name{n:03} Both", 1) for n in range(300)])
    assert len(known.starting("n", 5)) == len(known.starting("both", 5)) == len(known.starting("", 5)) == 5


def test_a_name_is_given_once_however_many_of_its_words_begin_so() -> None:
    known = Names([Known("Sam Silas Stone", 2), Known("Sue", 1)])
    assert names(known.starting("s", 9)) == names(known.starting("", 9)) == ["Sam Silas Stone", "Sue"]
    assert names(known.starting("si", 9)) == ["Sam Silas Stone"]
