"""A newer version of a paper that was read is told of, until the reader has looked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from readinglist.formats.source import Source
from readinglist.library import Library, Revision
from readinglist.library.revising import has_read, revision_of, seen, with_revision
from readinglist.paper import REVISED, Paper, Status
from tests.feed_server import Entry, arxiv_answer

READ = Paper(title="Lists", abstract="Old.", version="v1", status=Status.READ, source="arxiv")
NOW = "2026-03-11T09:30:00Z"


def told(known: Paper, **changes: Any) -> Any:
    return with_revision(known, replace(known, **changes), NOW).extra.get(REVISED)


def test_a_change_of_a_paper_that_was_read_is_told_of() -> None:
    assert told(READ, version="v2", abstract="New.") == {"from": "v1", "to": "v2", "at": NOW, "fields": ["abstract"]}


@pytest.mark.parametrize(
    "known",
    [
        replace(READ, status=Status.READING),
        replace(READ, status=Status.ARCHIVED, finished="2026-01-01T00:00:00Z"),
        replace(READ, status=Status.INBOX, note="Mine."),
    ],
)
def test_what_was_begun_finished_or_written_in_was_read(known: Paper) -> None:
    assert has_read(known)
    assert told(known, version="v2") is not None


@pytest.mark.parametrize("status", [Status.INBOX, Status.NEXT, Status.LATER, Status.ARCHIVED])
def test_what_was_not_read_is_no_news(status: Status) -> None:
    assert told(replace(READ, status=status), version="v2", abstract="New.") is None


def test_a_new_version_of_arxiv_is_news_and_a_new_time_is_not() -> None:
    assert told(READ, version="v2")["fields"] == []
    feed = replace(READ, source="feed", version="2026-03-01T00:00:00Z")
    assert told(feed, version="2026-03-02T00:00:00Z", upvotes=5) is None
    assert told(feed, version="2026-03-02T00:00:00Z", title="Lists!")["fields"] == ["title"]
    assert told(replace(READ, version=None), version="v2", abstract="New.") is None
    assert told(READ, upvotes=5) is None


def test_what_was_not_looked_at_yet_keeps_the_version_that_was_read() -> None:
    second = with_revision(READ, replace(READ, version="v2", title="Longer lists"), NOW)
    third = with_revision(second, replace(second, version="v3", abstract="New."), "2026-04-01T00:00:00Z")
    assert revision_of(third) == Revision(
        READ.id, "Longer lists", "v1", "v3", "2026-04-01T00:00:00Z", ("title", "abstract")
    )
    assert revision_of(seen(third)) is None
    assert seen(third).extra == {}


@pytest.mark.parametrize("foreign", [5, "x", [], {"from": 5, "fields": "title", "at": None}])
def test_a_foreign_word_does_no_harm(foreign: object) -> None:
    paper = replace(READ, extra={REVISED: foreign})
    revision_of(paper)
    assert told(paper, version="v2", abstract="New.")["to"] == "v2"


def test_any_import_tells_and_the_reader_says_seen(empty: Library) -> None:
    def take_in(version: int, abstract: str) -> None:
        answer = arxiv_answer([Entry("2603.00001", "On lists", version, abstract=abstract)])
        empty.import_([Source("list", data=answer.encode())])

    take_in(1, "We count lists.")
    empty.move([1], "read")
    take_in(2, "We count longer lists.")
    assert [(r.paper, r.before, r.after, r.fields) for r in empty.revisions()] == [(1, "v1", "v2", ("abstract",))]
    assert empty.search("is:revised").ids == [1]
    empty.mark_seen([1])
    assert empty.revisions() == []
    assert empty.search("is:revised").ids == []
    assert empty.search("-is:revised").ids == [1]
    empty.undo()
    assert len(empty.revisions()) == 1
    empty.undo(3)
    assert empty.revisions() == []
    assert empty.paper(1).version == "v1"
