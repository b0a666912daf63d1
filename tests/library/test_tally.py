"""Counts within some papers agree with what searches say."""

from __future__ import annotations

import pytest

from readinglist.errors import QueryError
from readinglist.library import Library
from readinglist.paper import PaperId
from readinglist.progress import Cancelled
from tests.library.conftest import Clock


@pytest.fixture
def sorted_library(library: Library) -> Library:
    """Three papers that stand in different places."""
    library.move([1], "read")
    library.move([2], "later", until="2026-03-11")
    library.star([1, 3])
    library.write_note(3, "n")
    library.tag([1], add=["sky/rain"])
    library.tag([3], add=["Sky", "notes"])
    library.save_search("by weather", "weather OR rain")
    library.save_search("gone", "is:read")
    library.save_search("broken", "search:gone")
    library.delete_search("gone")
    library.wait_for_index()
    return library


def test_all_papers_are_counted_like_the_library(sorted_library: Library) -> None:
    whole = sorted_library.counts()
    within = sorted_library.counts(within=[PaperId(n) for n in (1, 2, 3)])
    for name in ("inbox", "next", "reading", "later", "read", "archived", "starred", "with_notes", "total", "trash"):
        assert getattr(within, name) == getattr(whole, name), name
    assert within.added_this_week == whole.added_this_week == 3
    assert within.tags == whole.tags


def test_only_the_papers_given_are_counted(sorted_library: Library) -> None:
    counts = sorted_library.counts(within=[PaperId(1), PaperId(2)])
    assert (counts.inbox, counts.read, counts.later, counts.starred, counts.with_notes) == (1, 1, 0, 1, 0)
    assert (counts.total, counts.trash) == (2, 0)
    assert {name: tag.count for name, tag in counts.tags.items()} == {"notes": 0, "Sky": 0, "sky/rain": 1}
    assert counts.branches == {"sky": 1}
    assert counts.searches == {"broken": 0, "by weather": 1}


def test_no_papers_are_none(sorted_library: Library) -> None:
    counts = sorted_library.counts(within=[])
    assert counts.total == 0
    assert set(counts.searches.values()) == {0}


def test_a_query_is_counted(sorted_library: Library) -> None:
    counts = sorted_library.counts("is:starred")
    assert (counts.total, counts.inbox, counts.read) == (2, 1, 1)
    with pytest.raises(QueryError):
        sorted_library.counts("tga:x")


def test_counts_follow_edits_of_this_process_and_another(sorted_library: Library, clock: Clock) -> None:
    ids = [PaperId(n) for n in (1, 2, 3)]
    assert sorted_library.counts(within=ids).archived == 0
    sorted_library.move([1], "archived")
    assert sorted_library.counts(within=ids).archived == 1
    with Library.open(sorted_library.folder, clock=clock) as other:
        other.remove([3])
    counts = sorted_library.counts(within=ids)
    assert (counts.archived, counts.total, counts.trash, counts.starred) == (1, 2, 1, 1)
    assert counts.tags["notes"].count == 0


def test_a_paper_comes_due_and_a_week_passes(sorted_library: Library, clock: Clock) -> None:
    sorted_library.move([3], "later", until="2026-03-12")
    assert sorted_library.counts(within=[PaperId(3)]).later == 1
    clock.pass_(days=1)
    assert sorted_library.counts(within=[PaperId(3)]).inbox == 1
    assert sorted_library.counts(within=[PaperId(3)]).added_this_week == 1
    clock.pass_(days=8)
    assert sorted_library.counts(within=[PaperId(3)]).added_this_week == 0


def test_counting_can_be_given_up(sorted_library: Library) -> None:
    class Stop:
        def step(self, done: int, total: int | None, text: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        sorted_library.counts(within=[PaperId(1)], progress=Stop())
    assert sorted_library.counts(within=[PaperId(1)]).total == 1


def test_papers_that_are_not_there_are_not_counted(sorted_library: Library) -> None:
    assert sorted_library.counts(within=[PaperId(99)]).total == 0
