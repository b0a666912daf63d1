"""CSV: what is written is read back, opens as text in a spreadsheet, and one bad row costs one row."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.errors import Problem
from readinglist.formats.csv_table import COLUMNS
from readinglist.formats.item import Record
from readinglist.formats.source import Source
from readinglist.formats.table import read_source, recognise, write
from readinglist.paper import Author, Link, Paper, PaperId
from readinglist.text.identifiers import link_kind
from tests.formats.whole_papers import papers
from tests.pace import within

TODAY = date(2026, 3, 12)


def items_of(text: str, **options: str) -> list[Record | Problem]:
    return list(read_source(Source("a.csv", data=text.encode()), today=TODAY, **options))


def papers_of(text: str) -> list[Paper]:
    items = items_of(text)
    assert [item for item in items if isinstance(item, Problem)] == []
    return [item.paper for item in items if isinstance(item, Record)]


def holdable(paper: Paper) -> Paper:
    """Return what CSV can hold of a paper."""
    return replace(
        paper,
        id=PaperId(0),
        authors=tuple(Author(author.name) for author in paper.authors),
        links=tuple(Link(link_kind(link.url), link.url) for link in paper.links),
        position=None,
        order_key=None,
        highlights=(),
        trashed=None,
        corrected=frozenset(),
        extra={},
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(papers, max_size=3))
def test_what_is_written_is_read_back(given_papers: list[Paper]) -> None:
    found = papers_of("".join(write(given_papers, "csv")))
    assert found == [holdable(paper) for paper in given_papers]


@settings(max_examples=40, deadline=None)
@given(st.lists(papers, min_size=1, max_size=3))
def test_other_readers_see_the_same_cells_and_no_formula(given_papers: list[Paper]) -> None:
    text = "".join(write(given_papers, "csv"))
    assert text.startswith("\ufefftitle,")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    assert [len(row) for row in rows] == [len(COLUMNS)] * (len(given_papers) + 1)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)


@pytest.mark.parametrize(
    "title", ["=cmd|' /C calc'!A0", "+1", "-1 degrees", "@SUM(A1)", "'=x", "''@", "'quoted'", "＝1"]
)
def test_formulas_are_text_and_come_back(title: str) -> None:
    (paper,) = papers_of("".join(write([Paper(title=title, note="\t=1\n=2")], "csv")))
    assert (paper.title, paper.note) == (title, "\t=1\n=2")


@pytest.mark.parametrize(
    ("text", "authors", "keywords"),
    [
        ("Title,Author,Publication Year,Abstract Note,Tags\nOn lists,\"Quill, Ada; Roe, Bo\",2024,We list.,a; b\n",
         ["Ada Quill", "Bo Roe"], ()),
        ('Authors;Title;Year;Author Keywords;Abstract\nAda Quill and Bo Roe;On lists;2024;"x; y";We list.\n',
         ["Ada Quill", "Bo Roe"], ("x", "y")),
        ("title\tauthors\tyear\tkeywords\tsummary\r\nOn lists\tAda Quill, Bo Roe\t2024\tx, y\tWe list.\r\n",
         ["Ada Quill", "Bo Roe"], ("x", "y")),
    ],
)  # fmt: skip
def test_tables_of_others_are_read(text: str, authors: list[str], keywords: tuple[str, ...]) -> None:
    found = recognise(Source("a", data=text.encode()))
    assert found is not None
    assert found.name == "csv"
    (paper,) = papers_of(text)
    assert [author.name for author in paper.authors] == authors
    assert (paper.title, paper.year, paper.abstract, paper.keywords) == ("On lists", 2024, "We list.", keywords)


HEAD = "title,year,note\n"
GOOD = "Good {},2024,\n"


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ('"Bad,2024,\n', "no end"),
        (",2024,x\n", "no title"),
        ("Bad,2024,x,y,z\n", "5 cells"),
        ("x" * 1_000_001 + ",2024,\n", "longer than"),
    ],
    ids=lambda value: value[:8],
)
def test_one_bad_row_costs_itself_only(bad: str, said: str) -> None:
    items = items_of(HEAD + GOOD.format(1) + bad + GOOD.format(2) + '"Good\n3",2024,"a ""b"""\n' + GOOD.format(4))
    titles = [item.paper.title for item in items if isinstance(item, Record)]
    assert titles == ["Good 1", "Good 2", "Good 3", "Good 4"]
    (problem,) = (item for item in items if isinstance(item, Problem))
    assert (problem.kind, problem.line) == ("failed", 3)
    assert said in problem.message


def test_a_quote_without_an_end_costs_its_row() -> None:
    items = items_of(HEAD + GOOD.format(1) + '"Bad,2024,\n' + GOOD.format(2) + GOOD.format(3))
    assert [item.paper.title for item in items if isinstance(item, Record)] == ["Good 1", "Good 2", "Good 3"]
    assert [(item.line, item.kind) for item in items if isinstance(item, Problem)] == [(3, "failed")]


def test_lines_are_counted_through_quoted_cells() -> None:
    items = items_of(HEAD + '"A\n\nb",2024,\n' + "C,2024,\n")
    assert [item.line for item in items] == [2, 5]


@pytest.mark.parametrize("text", ["year,doi\n2024,10.1/x\n", "title\nOn lists\n", "A title of a talk, and a year\n"])
def test_other_text_is_no_table_of_papers(text: str) -> None:
    found = recognise(Source("a", data=text.encode()))
    assert found is None or found.name != "csv"


@pytest.mark.parametrize("piece", ['"', '""', '",', '"\n', "\n", ",", "x,\n", "'", '"a\n"b\n'])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = HEAD + piece * (60_000 // len(piece))
    with within(5):
        items_of(text)
