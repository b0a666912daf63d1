"""The tagged text of the Web of Science: every record is taken, or told of with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from readinglist.errors import Problem
from readinglist.formats.item import Record
from readinglist.formats.source import Source
from readinglist.formats.table import read_source, recognise
from readinglist.paper import Author, Paper

TODAY = date(2026, 3, 12)
EXPORT = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Bo, AZ
   Ye, X
AF Bo, Ada Zoe
   Ye, Xi
CA List Grp
TI Stabilizing the structure
   of lists
SO JOURNAL OF LISTS
LA English
DT Article
DE long lists; order of
   lists
ID QUEUES
AB We list.
C1 Univ Lists, Bonn, Germany.
PD JUN 8
PY 2004
VL 43
IS 22
BP 7003
EP 7016
DI 10.1000/L.2
SN 0000-0001
EI 0000-0002
UT WOS:1
ER

PT C
AU Du, C
PY 2005
ER

PT S
AU Du, C
TI After it
ER

EF
"""


def items_of(text: str) -> list[Record | Problem]:
    found = recognise(Source("a", data=text.encode()))
    assert found is not None
    assert found.name == "web-of-science"
    return list(read_source(Source("savedrecs.txt", data=text.encode()), today=TODAY))


@pytest.mark.parametrize("text", [EXPORT, EXPORT.replace("\n", "\r\n"), "\ufeff" + EXPORT])
def test_records_become_papers_and_a_bad_one_is_told_of(text: str) -> None:
    first, bad, last = items_of(text)
    assert isinstance(first, Record)
    assert isinstance(bad, Problem)
    assert isinstance(last, Record)
    assert (first.line, bad.kind, bad.line, last.line) == (3, "failed", 31, 36)
    assert last.paper.title == "After it"
    assert first.paper == Paper(
        title="Stabilizing the structure of lists",
        abstract="We list.",
        authors=(Author("Ada Zoe Bo", "Bo"), Author("Xi Ye", "Ye"), Author("List Grp", "List Grp")),
        year=2004,
        published="2004-06-08",
        venue="JOURNAL OF LISTS",
        doi="10.1000/l.2",
        keywords=("long lists", "order of lists", "QUEUES"),
        source="web-of-science",
        extra={
            "entry_type": "article",
            "wos": "WOS:1",
            "volume": "43",
            "number": "22",
            "pages": "7003–7016",
            "language": "English",
            "issn": "0000-0001; 0000-0002",
            "web-of-science": {"C1": ["Univ Lists, Bonn, Germany."]},
        },
    )


def test_a_missing_end_loses_nothing() -> None:
    items = items_of("FN X\nVR 1.0\nPT J\nTI One\nPT J\nTI Two\n")
    assert [item.paper.title for item in items if isinstance(item, Record)] == ["One", "Two"]


def test_an_export_without_its_head_is_recognised() -> None:
    (item,) = items_of("PT J\nAU Bo, A\nTI One\nSO X\nER\n")
    assert isinstance(item, Record)


def test_files_of_others_are_read(shared_data: Path) -> None:
    items = items_of((shared_data / "interop" / "ris" / "example_wos.ris").read_text())
    papers = [item.paper for item in items if isinstance(item, Record)]
    assert len(papers) == len(items) == 2
    assert [(paper.doi, paper.published, len(paper.authors)) for paper in papers] == [
        ("10.1021/bi049798f", "2004-06-08", 4),
        ("10.1021/bi0497291", "2004-06-08", 9),
    ]
