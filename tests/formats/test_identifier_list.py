"""Bare lists of DOIs and arXiv ids make papers with what is known."""

from __future__ import annotations

from datetime import date

import pytest

from readinglist.dedup import same_paper, taken_in
from readinglist.errors import Problem
from readinglist.formats.item import Record
from readinglist.formats.source import Source
from readinglist.formats.table import read_source, recognise
from readinglist.paper import Link, Paper

TODAY = date(2026, 3, 12)


def items_of(text: str) -> list[Record | Problem]:
    found = recognise(Source("a", data=text.encode()))
    assert found is not None
    assert found.name == "identifiers"
    return list(read_source(Source("pasted", data=text.encode()), today=TODAY))


def test_each_identifier_makes_a_paper() -> None:
    first, second = items_of("10.1000/ABC\narXiv:2401.00001v2\n")
    assert first == Record(
        1, Paper("doi:10.1000/abc", doi="10.1000/abc", url="https://doi.org/10.1000/abc", source="identifiers")
    )
    assert second == Record(
        2,
        Paper(
            "arXiv:2401.00001",
            arxiv_id="2401.00001",
            version="v2",
            url="https://arxiv.org/abs/2401.00001",
            links=(Link("pdf", "https://arxiv.org/pdf/2401.00001"),),
            source="identifiers",
        ),
    )


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("https://doi.org/10.1000/x(1)2.", "doi:10.1000/x(1)2"),
        ("dx.doi.org/10.1000/X", "doi:10.1000/x"),
        ("- doi: 10.1000/x", "doi:10.1000/x"),
        ("[12] doi:10.1000/x", "doi:10.1000/x"),
        ("3. DOI 10.1000/x", "doi:10.1000/x"),
        ("“10.1000/x”,", "doi:10.1000/x"),
        ("2401.00001", "arXiv:2401.00001"),
        ("arXiv: 2401.00001v3", "arXiv:2401.00001"),
        ("https://arxiv.org/pdf/2401.00001v1.pdf", "arXiv:2401.00001"),
        ("http://export.arxiv.org/abs/hep-th/9901001", "arXiv:hep-th/9901001"),
        ("* math.GT/0309136", "arXiv:math.GT/0309136"),
    ],
)
def test_identifiers_are_told_in_every_dress(line: str, title: str) -> None:
    (item,) = items_of(line)
    assert isinstance(item, Record)
    assert item.paper.title == title


def test_several_stand_on_a_line() -> None:
    items = items_of("10.1000/a, 10.1000/b; 2401.00001 | 2401.00002\t10.1000/c")
    assert [item.paper.title[-2:] for item in items if isinstance(item, Record)] == ["/a", "/b", "01", "02", "/c"]


def test_comments_are_passed_over_and_strangers_told_of() -> None:
    items = items_of("# mine\n10.1000/a\n10.1000/b\n\n10.1000/c\n10.1000/d see there\n10.1000/e\n")
    assert len([item for item in items if isinstance(item, Record)]) == 5
    (told,) = [item for item in items if isinstance(item, Problem)]
    assert (told.kind, told.line, told.message) == ("failed", 6, "this is neither a DOI nor an arXiv id: see there")


@pytest.mark.parametrize(
    "text",
    [
        "On Lists\n10.1000/a\nOn Queues\n10.1000/b\n",
        "On the Order of Lists\nWe keep lists. https://arxiv.org/abs/2401.00001\n",
        "2401.99999999\n",
        "12\n13\n14\n",
        "https://example.org/a\n",
    ],
)
def test_other_texts_are_not_taken_for_lists(text: str) -> None:
    found = recognise(Source("a", data=text.encode()))
    assert found is None or found.name != "identifiers"


def test_a_record_with_a_title_takes_the_place_of_the_identifier() -> None:
    (item,) = items_of("10.1000/a")
    assert isinstance(item, Record)
    found = Paper("On Lists", doi="10.1000/a", year=2020)
    assert same_paper(item.paper, found)
    assert taken_in(item.paper, found).title == "On Lists"
    assert taken_in(found, item.paper).title == "On Lists"


def test_identifiers_that_differ_in_punctuation_are_two_papers() -> None:
    one, other = (item.paper for item in items_of("10.1000/a-b\n10.1000/a.b\n") if isinstance(item, Record))
    assert not same_paper(one, other)
    assert same_paper(one, one)


def test_percent_signs_bring_no_unsafe_characters() -> None:
    (item,) = items_of("https://doi.org/10.1000/a%00b%E2%80%AEc")
    assert isinstance(item, Record)
    assert item.paper.doi == "10.1000/a"
