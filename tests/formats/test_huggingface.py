"""Daily papers of Hugging Face, whole or with fields missing or wrong."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from readinglist.errors import Problem
from readinglist.formats.item import Record
from readinglist.formats.source import Source
from readinglist.formats.table import read_source, recognise, write
from readinglist.paper import Author, Link, Paper

TODAY = date(2026, 3, 12)
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "interop" / "huggingface" / "daily_papers.json"

INNER: dict[str, Any] = {
    "id": "2401.00001",
    "authors": [{"name": "Ada Lovelace", "hidden": False}, {"name": "Wrong Name", "hidden": True}, {"name": "Bo Roe"}],
    "publishedAt": "2024-01-01T12:00:00.000Z",
    "submittedOnDailyAt": "2024-01-03T03:00:00.000Z",
    "title": "On the Order\nof Reading Lists",
    "submittedOnDailyBy": {"fullname": "Cy Doe", "user": "cy"},
    "summary": "We keep lists.\nThey grow.",
    "upvotes": 7,
    "githubRepo": "example/lists",
    "projectPage": "https://lists.example.org/",
    "ai_keywords": ["lists", "reading", "lists"],
    "ai_summary": "Lists grow.",
}
ITEM: dict[str, Any] = {"paper": INNER, "title": INNER["title"], "summary": INNER["summary"], "numComments": 2}
PAPER = Paper(
    title="On the Order of Reading Lists",
    abstract="We keep lists. They grow.",
    authors=(Author("Ada Lovelace"), Author("Bo Roe")),
    year=2024,
    published="2024-01-01",
    listed="2024-01-03",
    arxiv_id="2401.00001",
    url="https://huggingface.co/papers/2401.00001",
    links=(
        Link("page", "https://arxiv.org/abs/2401.00001"),
        Link("pdf", "https://arxiv.org/pdf/2401.00001"),
        Link("code", "https://github.com/example/lists"),
        Link("project", "https://lists.example.org/"),
    ),
    keywords=("lists", "reading"),
    upvotes=7,
    submitted_by="Cy Doe",
    source="huggingface",
    extra={"ai_summary": "Lists grow.", "numComments": 2},
)


def items_of(value: Any) -> list[Record | Problem]:
    return list(read_source(Source("daily", data=json.dumps(value, indent=1).encode()), today=TODAY))


@pytest.mark.parametrize("value", [[ITEM], ITEM])
def test_an_item_alone_or_in_a_list_is_read(value: Any) -> None:
    (record,) = items_of(value)
    assert isinstance(record, Record)
    assert record.paper == PAPER
    assert not record.reader


def test_a_plain_paper_object_is_read() -> None:
    (record,) = items_of(INNER)
    assert isinstance(record, Record)
    assert (record.paper.title, record.paper.upvotes, record.paper.arxiv_id) == (PAPER.title, 7, "2401.00001")


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("example/lists", "https://github.com/example/lists"),
        ("https://github.com/example/lists", "https://github.com/example/lists"),
        ("github.com/example/lists", "https://github.com/example/lists"),
    ],
)
def test_a_repository_is_an_address_or_owner_and_name(given: str, url: str) -> None:
    (record,) = items_of([{**ITEM, "paper": {**INNER, "githubRepo": given}}])
    assert isinstance(record, Record)
    assert [link.url for link in record.paper.links if link.kind == "code"] == [url]


def test_missing_fields_are_unknown() -> None:
    (record,) = items_of([{"paper": {"id": "2401.00001"}, "title": "On lists"}])
    assert isinstance(record, Record)
    assert (record.paper.abstract, record.paper.upvotes, record.paper.authors) == (None, None, ())


def test_wrong_fields_are_notices() -> None:
    wrong = {
        "id": "no-id", "title": "On lists", "authors": [{"name": 3}, "text", {}], "publishedAt": 5, "upvotes": "many",
        "githubRepo": "a b",        "ai_keywords": 3, "summary": ["x"], "submittedOnDailyBy": 3,
    }  # fmt: skip
    items = items_of([{"paper": wrong, "numComments": "x"}])
    assert isinstance(items[-1], Record)
    assert items[-1].paper.title == "On lists"
    problems = [item for item in items if isinstance(item, Problem)]
    assert {problem.kind for problem in problems} == {"notice"}
    said = " ".join(problem.message for problem in problems)
    for name in (
        "id",
        "authors",
        "publishedAt",
        "upvotes",
        "githubRepo",
        "ai_keywords",
        "summary",
        "submittedOnDailyBy",
    ):
        assert name in said


def test_a_record_without_a_title_is_a_failure_and_the_rest_is_read() -> None:
    items = items_of([{"paper": {"id": "2401.00002", "upvotes": 3}, "title": None}, "text", ITEM])
    assert [item.kind for item in items if isinstance(item, Problem)] == ["failed", "failed"]
    assert [item.paper for item in items if isinstance(item, Record)] == [PAPER]


def test_our_own_export_of_such_papers_is_no_daily_list() -> None:
    found = recognise(Source("export", data="".join(write([PAPER], "json")).encode()))
    assert found is not None
    assert found.name == "json"


@pytest.mark.skipif(not REAL.exists(), reason="the real item is not here")
def test_the_real_item_is_read() -> None:
    (record,) = read_source(Source(REAL.name, REAL), today=TODAY)
    assert isinstance(record, Record)
    paper = record.paper
    assert (paper.arxiv_id, paper.upvotes, paper.listed, paper.published) == (
        "2602.23229",
        10,
        "2026-03-06",
        "2026-02-26",
    )
    assert len(paper.authors) == 5
    assert {link.kind for link in paper.links} == {"page", "pdf", "code", "project"}
    assert paper.extra["numComments"] == 1
