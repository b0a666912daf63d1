"""CSL-JSON as other programs give it: every item is taken, or told of with its line."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from readinglist.errors import Problem
from readinglist.formats.csl import csl_from_paper
from readinglist.formats.item import Record
from readinglist.formats.source import Source
from readinglist.formats.table import read_source, recognise
from readinglist.paper import Author, Link, Paper

TODAY = date(2026, 3, 12)
ITEM: dict[str, Any] = {
    "id": "http://zotero.org/users/1/items/ABC",
    "type": "article-journal",
    "title": "On <i>lists</i> &amp; H<sub>2</sub>O: a < b",
    "container-title": "Journal of Lists",
    "page": "1-9",
    "volume": 3,
    "issue": "2",
    "DOI": "10.1000/L.1",
    "URL": "https://example.org/l",
    "abstract": "One.\n\nTwo.",
    "author": [
        {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
        {"literal": "CERN"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
    ],
    "editor": [{"family": "Du", "given": "Cy"}],
    "issued": {"date-parts": [["2020", 5]]},
    "keyword": "lists; order of lists",
    "call-number": "L1",
}


def items_of(text: str) -> list[Record | Problem]:
    found = recognise(Source("a", data=text.encode()))
    assert found is not None
    assert found.name == "csl-json"
    return list(read_source(Source("a.json", data=text.encode()), today=TODAY))


def paper_of(**changes: Any) -> Paper:
    items = items_of(json.dumps([ITEM | changes]))
    (record,) = [item for item in items if isinstance(item, Record)]
    return record.paper


def test_an_item_becomes_a_paper() -> None:
    assert paper_of() == Paper(
        title="On lists & H2O: a < b",
        abstract="One.\n\nTwo.",
        authors=(
            Author("Ludwig van Beethoven", "van Beethoven"),
            Author("CERN", "CERN"),
            Author("Martin King Jr.", "King"),
        ),
        year=2020,
        published="2020-05",
        venue="Journal of Lists",
        doi="10.1000/l.1",
        url="https://example.org/l",
        keywords=("lists", "order of lists"),
        source="csl-json",
        extra={
            "entry_type": "article",
            "volume": "3",
            "number": "2",
            "pages": "1-9",
            "editor": "Du, Cy",
            "csl": {"call-number": "L1"},
        },
    )


@pytest.mark.parametrize("shape", ["[%s]", "%s", '{"items": [%s]}', '{"references": [%s]}', "%s\n"])
def test_items_stand_in_lists_and_objects(shape: str) -> None:
    (item,) = items_of(shape % json.dumps(ITEM))
    assert isinstance(item, Record)


def test_what_crossref_answers_is_read() -> None:
    (item,) = items_of(
        json.dumps(
            {
                "status": "ok",
                "message": {
                    "DOI": "10.1000/x",
                    "type": "journal-article",
                    "title": ["On Lists"],
                    "container-title": ["Journal of Lists"],
                    "author": [{"given": "Ada", "family": "Bo", "sequence": "first"}],
                    "published": {"date-parts": [[2020, 1, 2]]},
                    "issued": {"date-parts": [[None]]},
                    "abstract": "<jats:p>One.</jats:p><jats:p>Two.</jats:p>",
                },
            }
        )
    )
    assert isinstance(item, Record)
    paper = item.paper
    assert (paper.title, paper.venue, paper.published) == ("On Lists", "Journal of Lists", "2020-01-02")
    assert (paper.abstract, paper.extra["entry_type"]) == ("One.\n\nTwo.", "article")


@pytest.mark.parametrize(
    ("issued", "published"),
    [
        ({"date-parts": [[2020]]}, "2020"),
        ({"date-parts": [[2020, 5, 4], [2020, 6, 1]]}, "2020-05-04"),
        ({"date-parts": [[2020, 13]]}, "2020"),
        ({"date-parts": [2020, 5]}, "2020-05"),
        ({"date-parts": [["2020", "5", "40"]]}, "2020-05"),
        ({"raw": "May 4, 2020"}, "2020-05-04"),
        ({"literal": "circa 2020"}, "2020"),
        ({"date-parts": [[2020]], "season": 2}, "2020"),
        ("2020-05-04", "2020-05-04"),
    ],
)
def test_dates_are_read_in_every_form(issued: object, published: str) -> None:
    paper = paper_of(issued=issued)
    assert (paper.published or str(paper.year)) == published


@pytest.mark.parametrize("issued", [{"date-parts": [[-44]]}, {"literal": "in press"}, {"date-parts": [[]]}, 17, [2020]])
def test_what_is_no_date_is_told_of(issued: object) -> None:
    notice, record = items_of(json.dumps([ITEM | {"issued": issued}]))
    assert isinstance(notice, Problem)
    assert notice.message == "issued is no date that can be kept and was left out"
    assert isinstance(record, Record)
    assert record.paper.year is None


def test_further_fields_in_the_note_are_no_note() -> None:
    paper = paper_of(note="PMID: 123\narXiv: 2401.00001v2\ntex.key: x", DOI=None)
    assert (paper.note, paper.extra["pmid"], paper.arxiv_id) == (None, "123", "2401.00001")
    paper = paper_of(note="DOI: 10.1000/n\nRead this.", DOI=None)
    assert (paper.note, paper.doi) == ("DOI: 10.1000/n\nRead this.", "10.1000/n")


def test_one_bad_item_costs_one_item() -> None:
    items = items_of(
        f"[{json.dumps(ITEM)},\n"
        '{"type": "book", "author": 7},\n{"type": "book", "title": "x" "y"},\n{"type": "book", "title": 5}, 7\n'
        ',{"type": "book", "title": "Last", "author": ["x", {"given": ""}, {"family": "Bo"}]}]'
    )
    assert [item.paper.title for item in items if isinstance(item, Record)] == ["On lists & H2O: a < b", "5", "Last"]
    failed = [item.line for item in items if isinstance(item, Problem) and item.kind == "failed"]
    assert failed == [2, 3, 4]


@pytest.mark.parametrize(
    "text",
    [
        '[{"title": "A", "authors": ["B"], "year": 2020}]',
        '{"uid": "1", "title": "A", "type": "article-journal"}',
        '[{"paper": {"id": "2401.00001", "title": "A"}, "title": "A"}]',
        "[]",
        '{"a": 1}',
    ],
)
def test_other_json_is_not_taken_for_csl(text: str) -> None:
    found = recognise(Source("a", data=text.encode()))
    assert found is None or found.name != "csl-json"


def test_an_item_is_written_with_the_variables_of_csl() -> None:
    paper = Paper(
        "Is a <b> a tag &amp; more?",
        authors=(Author("Ada Bo"), Author("CERN", "CERN"), Author("Martin King Jr.", "King")),
        year=2020,
        venue="Proceedings of Lists",
        arxiv_id="2401.00001",
        version="v2",
        links=(Link("pdf", "https://example.org/a.pdf"),),
        keywords=("order",),
        extra={"entry_type": "inproceedings", "publisher": "Press", "citation_key": "bo2020"},
    )
    assert csl_from_paper(paper, 1) == {
        "id": "bo2020",
        "type": "paper-conference",
        "title": "Is a &lt;b> a tag &amp;amp; more?",
        "author": [
            {"family": "Bo", "given": "Ada"},
            {"literal": "CERN"},
            {"family": "King", "given": "Martin", "suffix": "Jr."},
        ],
        "issued": {"date-parts": [[2020]]},
        "container-title": "Proceedings of Lists",
        "publisher": "Press",
        "number": "arXiv:2401.00001v2",
        "keyword": "order;",
        "custom": {"readinglist": {"links": ["https://example.org/a.pdf"]}},
    }


@pytest.mark.parametrize(
    ("paper", "kind"),
    [
        (Paper("A", venue="Journal of Lists"), "article-journal"),
        (Paper("A", venue="Proc. of Lists"), "paper-conference"),
        (Paper("A", arxiv_id="2401.00001"), "article"),
        (Paper("A"), "document"),
        (Paper("A", extra={"entry_type": "phdthesis"}), "thesis"),
    ],
)
def test_the_type_is_guessed_from_what_is_known(paper: Paper, kind: str) -> None:
    assert csl_from_paper(paper, 1)["type"] == kind
