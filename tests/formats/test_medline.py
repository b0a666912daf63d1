"""MEDLINE: every record is taken, or told of with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from readinglist.errors import Problem
from readinglist.formats.item import Record
from readinglist.formats.source import Limits, Source
from readinglist.formats.table import read_source, recognise
from readinglist.paper import Author, Paper
from tests.pace import within

TODAY = date(2026, 3, 12)
RECORD = """
PMID- 123
OWN - NLM
DA  - 20121008
IS  - 0000-0001 (Print)
VI  - 39
IP  - 10
DP  - 2012 Oct 9
TI  - Effects of long lists on
      their readers.
PG  - 5-13
LID - S1 [pii]
LID - 10.1000/L.1 [doi]
AB  - PURPOSE: We list and list and
      list.
FAU - Bo, Ada Zoe
AU  - Bo AZ
AUID- ORCID: 1
FAU - van der Aa, Cy
AU  - van der Aa C
CN  - The List Group
AU  - Du EF Jr
LA  - eng
PT  - Journal Article
TA  - J Lists
JT  - Journal of lists
MH  - Lists/*methods
MH  - *Humans
OT  - order
PMC - PMC99
SO  - J Lists. 2012 Oct 9;39(10):5-13.
"""


def items_of(text: str, **options: Limits) -> list[Record | Problem]:
    found = recognise(Source("a", data=text.encode()))
    assert found is not None
    assert found.name == "medline"
    return list(read_source(Source("a.nbib", data=text.encode()), today=TODAY, **options))


def test_a_record_becomes_a_paper() -> None:
    (item,) = items_of(RECORD)
    assert isinstance(item, Record)
    assert item.line == 2
    assert item.paper == Paper(
        title="Effects of long lists on their readers",
        abstract="PURPOSE: We list and list and list.",
        authors=(
            Author("Ada Zoe Bo", "Bo"),
            Author("Cy van der Aa", "van der Aa"),
            Author("The List Group", "The List Group"),
            Author("EF Du Jr", "Du"),
        ),
        year=2012,
        published="2012-10-09",
        venue="Journal of lists",
        doi="10.1000/l.1",
        url="https://pubmed.ncbi.nlm.nih.gov/123/",
        keywords=("order", "Lists", "Humans"),
        source="medline",
        extra={
            "entry_type": "article",
            "pmid": "123",
            "pmcid": "PMC99",
            "volume": "39",
            "number": "10",
            "pages": "5-13",
            "issn": "0000-0001 (Print)",
            "language": "eng",
            "medline": {"LID": ["S1 [pii]"], "AUID": ["ORCID: 1"], "PT": ["Journal Article"]},
        },
    )


def test_records_end_at_an_empty_line_and_at_the_next_number() -> None:
    items = items_of(
        "PMID- 1\nTI  - One.\nAU  - Bo A\nPMID- 2\nTI  - Two?\n\nPMID- 3\nAU  - Bo A\n\nPMID- 4\nTI  - Four\n"
    )
    assert [item.paper.title for item in items if isinstance(item, Record)] == ["One", "Two?", "Four"]
    assert [(item.kind, item.line) for item in items if isinstance(item, Problem)] == [("failed", 7)]


def test_windows_line_ends_are_no_part_of_it() -> None:
    (item,) = items_of(RECORD.replace("\n", "\r\n"))
    assert isinstance(item, Record)
    assert item.paper.extra["pmid"] == "123"


def test_a_date_on_the_net_counts_when_it_is_of_the_same_year() -> None:
    (item,) = items_of("PMID- 1\nTI  - A\nDP  - 2020 Winter\nDEP - 20200131\n")
    assert isinstance(item, Record)
    assert item.paper.published == "2020-01-31"
    (item,) = items_of("PMID- 1\nTI  - A\nDP  - 2020\nDEP - 20191231\n")
    assert isinstance(item, Record)
    assert (item.paper.year, item.paper.published) == (2020, None)


@pytest.mark.parametrize("text", ["PMID: 123\n", "PMID- x\nTI  - a\n", "TI  - a\n", "PMID- 1\n"])
def test_other_texts_are_not_taken_for_medline(text: str) -> None:
    found = recognise(Source("a", data=text.encode()))
    assert found is None or found.name != "medline"


def test_a_megabyte_of_continued_lines_is_read_in_no_time() -> None:
    with within(2):
        items = items_of(
            "PMID- 1\nTI  - A\nAB  - x\n" + "      lorem ipsum\n" * 60_000, limits=Limits(field_chars=2_000_000)
        )
    assert isinstance(items[0], Record)


@pytest.mark.parametrize(("number", "count"), [(1, 1), (2, 4), (3, 1)])
def test_files_of_others_are_read(number: int, count: int, shared_data: Path) -> None:
    path = shared_data / "interop" / "medline" / f"pubmed_result{number}.nbib"
    items = items_of(path.read_text())
    assert len(items) == count
    for item in items:
        assert isinstance(item, Record)
        assert item.paper.authors
        assert item.paper.published
        assert item.paper.venue


def test_names_are_made_safe() -> None:
    (item,) = items_of(
        "PMID- 1\nTI  - On lists\nAB  - " + "word " * 200 + "\nCN  - The \u202eGroup\x7f\nAU  - de Ho\x01on MJ\n"
    )
    assert isinstance(item, Record)
    assert [author.name for author in item.paper.authors] == ["The Group", "MJ de Hoon"]


def test_thousands_of_empty_beginnings_is_read_in_no_time() -> None:
    with within(4):
        items = items_of("PMID- 1\nTI  - A\n" + "PMID-\n" * 20_000)
    assert sum(isinstance(item, Record) for item in items) == 1
