"""Files that are broken, odd or unkind: what can be taken is taken, and whatever is not is told of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from readinglist.errors import Problem
from readinglist.formats.item import Record
from readinglist.formats.source import Source
from readinglist.formats.table import read_source, recognise
from readinglist.text.clean import clean_line
from readinglist.text.identifiers import is_web_address

FOLDER = Path(__file__).parent / "bad" / "bibliographies"
TODAY = date(2026, 3, 12)
# The format, how many records are taken, and the lines of those that failed.
EXPECTED: dict[str, tuple[str, int, list[int]]] = {
    "broken.ris": ("ris", 3, [8, 28]),
    "endnote.ris": ("ris", 1, []),
    "lower.ris": ("ris", 2, []),
    "mac.ris": ("ris", 2, []),
    "nomark.ris": ("ris", 2, []),
    "onespace.ris": ("ris", 3, []),
    "utf16.ris": ("ris", 1, []),
    "zotero.ris": ("ris", 2, []),
    "broken.nbib": ("medline", 2, [8]),
    "broken-wos.txt": ("web-of-science", 3, []),
    "broken-csl.json": ("csl-json", 4, [3, 4, 6, 6, 8]),
    "zotero.json": ("csl-json", 6, [2, 2]),
    "identifiers.txt": ("identifiers", 8, [7]),
}


def test_every_bad_file_is_expected() -> None:
    assert sorted(EXPECTED) == sorted(path.name for path in FOLDER.iterdir())


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_one_bad_record_costs_one_record(name: str) -> None:
    format_name, taken, failed = EXPECTED[name]
    source = Source(name, FOLDER / name)
    found = recognise(source)
    assert found is not None
    assert found.name == format_name
    items = list(read_source(source, today=TODAY))
    assert sum(isinstance(item, Record) for item in items) == taken
    assert [item.line for item in items if isinstance(item, Problem) and item.kind == "failed"] == failed


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_nothing_unsafe_comes_of_it(name: str) -> None:
    for item in read_source(Source(name, FOLDER / name), today=TODAY):
        if isinstance(item, Problem):
            assert item.message == clean_line(item.message)
            continue
        paper = item.paper
        for text in (paper.title, paper.venue or "", *paper.keywords, *(author.name for author in paper.authors)):
            assert text == clean_line(text)
        assert all(is_web_address(link.url) for link in paper.links)
        assert paper.url is None or is_web_address(paper.url)
