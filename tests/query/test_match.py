"""The plain meaning: which papers a query finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from readinglist.errors import QueryError
from readinglist.paper import Author, Highlight, Link, Paper, PaperId, Status
from readinglist.query.match import Context, match
from readinglist.query.nodes import Everything, Text
from readinglist.query.parse import parse

NOW = datetime(2026, 3, 11, 9, 30, tzinfo=UTC)

PAPER = Paper(
    title="On the Ordering of Reading Lists: GPT-4V(ision) at the Café",
    id=PaperId(7),
    abstract="We study how readers order what they have put aside. A transformer model learns languages of 注意機構.",
    authors=(Author("Ada van Beek"), Author("Grace Stone")),
    year=2023,
    listed="2026-03-10",
    venue="Journal of Shelves",
    doi="10.1000/x(1)2",
    arxiv_id="2401.00001v2",
    links=(Link("code", "https://github.com/example/shelves"),),
    keywords=("sparse codes", "memory"),
    upvotes=12,
    status=Status.NEXT,
    tags=frozenset({"NLP/Parsing", "to cite"}),
    note="Compare with the *garden* paper.",
    highlights=(
        Highlight("h", "what they have put aside", "", "", 5, 9, "yellow", "a fine phrase", "2026-03-11T00:00:00Z"),
    ),
    added="2026-03-09T23:30:00Z",
    changed="2026-03-11T08:00:00Z",
    source="huggingface",
)


def found(query: str, paper: Paper = PAPER, context: Context | None = None) -> bool:
    return match(parse(query).node, paper, context or Context(NOW))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "reading",
        "READ lists",
        "orders",
        "cafe",
        "Café",
        '"reading lists"',
        '"lists reading" OR ordering',
        "gpt-4v",
        "gpt*",
        "transf*",
        "languages*",
        '"put asi"*',
        "ordring~",
        "raeding~1",
        "tranfsromer~",
        "注意",
        "意機",
        "author:beek",
        'author:"Ada van Beek"',
        "author:(ada stone)",
        "venue:shelves journal",
        "keyword:sparse",
        'keyword:"sparse code"',
        "note:garden",
        "highlight:aside",
        'highlight:"fine phrase"',
        "title:(ordering lists) abstract:readers",
        "-zebra",
        "zebra OR reading",
        "(zebra OR reading) -garden* OR memory",
    ],
)
def test_words_find_the_paper(query: str) -> None:
    assert found(query)


@pytest.mark.parametrize(
    "query",
    [
        "zebra",
        "reading zebra",
        "-reading",
        '"lists reading"',
        "title:garden",
        "vision4",
        "4v gpt-ision",
        "zransformer~",
        "raeding~1 zebra",
        "trnsfrmr~1",
        "機意",
        'author:"beek grace"',
        'author:"Ada Stone"',
        'keyword:"codes memory"',
        '"aside a fine"',
        '"memory reading"',
        "NOT (zebra OR reading)",
    ],
)
def test_words_do_not_find_the_paper(query: str) -> None:
    assert not found(query)


def test_a_fuzzy_word_has_its_first_letter_and_no_stem() -> None:
    paper = Paper("Orderings")
    assert not match(Text("order", fuzzy=1), paper, Context(NOW))
    assert match(Text("ordering", fuzzy=1), paper, Context(NOW))
    assert not match(Text("urderings", fuzzy=1), paper, Context(NOW))


def test_a_prefix_also_finds_words_of_the_same_stem() -> None:
    assert match(Text("languages", prefix=True), Paper("One language"), Context(NOW))
    assert match(Text("large languages", prefix=True), Paper("A large language"), Context(NOW))
    assert not match(Text("large languages", prefix=True), Paper("A language, large"), Context(NOW))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tag:nlp", True),
        ("tag:nlp/parsing", True),
        ("tag:NLP/PARS", False),
        ("tag:parsing", False),
        ('tag:"To Cite"', True),
        ("tag:to", False),
        ("tag:none", False),
        ("tag:any", True),
        ("has:note", True),
        ("has:highlight has:tag has:abstract has:code has:doi has:arxiv", True),
        ("has:pdf", False),
        ("year:2023", True),
        ("year:2020..2022", False),
        ("year:>=2023", True),
        ("year:<2023", False),
        ("upvotes:>10 upvotes:..12", True),
        ("tags:2", True),
        ("tags:>2", False),
        ("doi:https://doi.org/10.1000/X(1)2", True),
        ("doi:10.1000/x", False),
        ("arxiv:2401.00001", True),
        ("arxiv:2401.00001v5", True),
        ("arxiv:2401.00002", False),
        ("id:7", True),
        ("id:3,7", True),
        ("id:3", False),
        ("source:hf", True),
        ("source:arxiv", False),
        ("is:next", True),
        ("is:inbox", False),
        ("is:unread", True),
        ("is:starred", False),
        ("is:trash", False),
        ("is:duplicate", False),
        ("added:2026-03-09", True),
        ("added:<2d", False),
        ("added:<3d", True),
        ("changed:today", True),
        ("finished:2026", False),
        ("listed:yesterday", True),
        ("until:today", False),
    ],
)
def test_filters(query: str, expected: bool) -> None:
    assert found(query) is expected
    assert found(f"-{query}" if " " not in query else f"-({query})") is not expected


def test_unknown_numbers_and_dates_are_in_no_range() -> None:
    bare = Paper("Bare")
    assert not found("year:>=0 OR year:<=0 OR upvotes:>=0", bare)
    assert found("tags:0 tag:none", bare)
    assert not found("added:>=1900 OR finished:..today OR until:<9y OR listed:<9y", bare)


@pytest.mark.parametrize(
    ("status", "until", "states"),
    [
        (Status.INBOX, None, {"inbox", "unread"}),
        (Status.NEXT, None, {"next", "unread"}),
        (Status.READING, None, {"reading", "unread"}),
        (Status.LATER, None, {"later", "unread"}),
        (Status.LATER, "2026-03-12", {"later", "unread"}),
        (Status.LATER, "2026-03-11", {"inbox", "due", "unread"}),
        (Status.LATER, "2025-01-01", {"inbox", "due", "unread"}),
        (Status.READ, None, {"read"}),
        (Status.ARCHIVED, "2025-01-01", {"archived"}),
    ],
)
def test_a_paper_put_off_is_in_the_inbox_once_its_day_has_come(
    status: Status, until: str | None, states: set[str]
) -> None:
    paper = replace(PAPER, status=status, until=until)
    asked = ("inbox", "next", "reading", "later", "read", "archived", "unread", "due")
    assert {state for state in asked if found(f"is:{state}", paper)} == states


def test_star_trash_and_duplicates_are_states() -> None:
    paper = replace(PAPER, starred=True, trashed="2026-03-11T00:00:00Z")
    assert found("is:starred is:trash", paper)
    assert match(parse("is:duplicate").node, paper, Context(NOW, duplicates={PaperId(7)}))
    assert parse("a is:trash").wants_trash
    assert not parse("a is:starred").wants_trash


def test_a_day_begins_at_local_midnight() -> None:
    late = replace(PAPER, added="2026-03-09T23:30:00Z")
    assert found("added:2026-03-09", late)
    berlin = Context(NOW.astimezone(timezone(timedelta(hours=1))))
    assert found("added:2026-03-10", late, berlin)
    assert found("added:yesterday", late, berlin)
    assert not found("added:2026-03-09", late, berlin)


def test_a_day_begins_at_midnight_in_summer_and_in_winter() -> None:
    winter = Context(datetime(2026, 12, 1, 12, tzinfo=ZoneInfo("Europe/Berlin")))
    assert found("added:2026-07-02", replace(PAPER, added="2026-07-01T22:30:00Z"), winter)
    assert not found("added:2026-11-02", replace(PAPER, added="2026-11-01T22:30:00Z"), winter)


def test_a_saved_search_stands_for_its_query() -> None:
    context = Context(NOW, searches={"To Read": "tag:nlp -garden OR search:fresh", "fresh": "changed:today"})
    assert found('search:"to read"', PAPER, context)
    assert not found("-search:fresh", PAPER, context)


def test_a_saved_search_that_is_not_there_is_an_error() -> None:
    with pytest.raises(QueryError, match="There is no saved search “gone”"):
        found("search:gone")


def test_everything_finds_any_paper() -> None:
    assert match(Everything(), Paper("x"), Context(NOW))
