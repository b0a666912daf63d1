"""Suggestions in a library that is read, and answers to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from readinglist.errors import ReadingListError
from readinglist.library import Library
from readinglist.paper import Paper, Status

if TYPE_CHECKING:
    from tests.library.conftest import Clock

TOPICS = {
    "lighthouse": "Lighthouse keepers write of sea fog, and of ships that pass the lighthouse.",
    "herring": "Herring shoals turn as one; we count herring at night.",
    "bread": "Sourdough bread rises with yeast and time.",
}


@pytest.fixture
def topics(empty: Library) -> Library:
    """Four papers each on lighthouses (1, 4, 7, 10), herring (2, 5, 8, 11) and bread (3, 6, 9, 12)."""
    names = iter(
        ["quartz", "amber", "jade", "opal", "beryl", "garnet", "topaz", "onyx", "pearl", "coral", "agate", "ruby"]
    )
    for _ in range(4):
        for topic, text in TOPICS.items():
            empty.add(Paper(title=f"On {topic} and {next(names)}", abstract=text))
    empty.wait_for_index()
    return empty


def ids(library: Library, limit: int = 12, among: Iterable[int] | None = None) -> list[int]:
    return [one.id for one in library.suggest(limit, among=among).papers]


def test_a_new_reader_is_told_that_nothing_is_known(topics: Library) -> None:
    found = topics.suggest(5)
    assert (found.basis, len(found.papers), found.liked, found.passed) == ("new", 5, 0, 0)
    assert found.note.startswith("Nothing is known of what you like yet")


@pytest.mark.parametrize("sign", ["star", "tag", "note", "read", "queue", "answer"])
def test_every_sign_of_liking_is_learnt_from(topics: Library, sign: str) -> None:
    liked = [2]
    match sign:
        case "star":
            topics.star(liked)
        case "tag":
            topics.tag(liked, add=["fish"])
        case "note":
            topics.edit("Note", liked, lambda paper: replace(paper, note="Good."))
        case "read":
            topics.move(liked, Status.READ)
        case "queue":
            topics.move(liked, Status.NEXT)
        case "answer":
            topics.answer(liked, "more")
    found = topics.suggest(4)
    assert (found.basis, found.liked, found.passed) == ("history", 1, 0)
    assert {5, 8, 11} <= {one.id for one in found.papers}


def test_what_was_archived_unread_comes_last_and_what_was_read_first_does_not(topics: Library) -> None:
    topics.star([1])
    topics.move([2], Status.ARCHIVED)
    assert set(ids(topics)[-3:]) == {5, 8, 11}
    topics.move([3], Status.READ)
    topics.move([3], Status.ARCHIVED)
    found = topics.suggest(12)
    assert (found.liked, found.passed) == (2, 1)
    assert found.note == "Learnt from what you liked (2) and what you archived unread (1)."
    assert {6, 9, 12} & {one.id for one in found.papers[:6]}


def test_answers_turn_suggestions_and_can_be_taken_back(topics: Library) -> None:
    topics.star([1, 2])
    topics.answer([5], "less")
    assert 5 not in ids(topics)
    assert set(ids(topics, 3)) == {4, 7, 10}
    assert topics.paper(5).taste == "less"
    undone = topics.undo()
    assert undone.label == "Less like this"
    assert topics.paper(5).taste is None
    assert 5 in ids(topics)
    topics.answer([5], "more")
    topics.answer([5], None)
    assert topics.paper(5).taste is None
    with pytest.raises(ReadingListError, match="neither"):
        topics.answer([5], "perhaps")


def test_only_the_inbox_is_suggested_and_what_is_due(topics: Library, clock: Clock) -> None:
    topics.star([1])
    topics.remove([4])
    topics.move([7], Status.LATER, until="2026-03-20")
    assert not {1, 4, 7} & set(ids(topics))
    clock.pass_(days=10)
    assert 7 in ids(topics)


def test_candidates_may_be_named(topics: Library) -> None:
    topics.star([1])
    topics.move([4], Status.LATER)
    topics.answer([7], "less")
    assert ids(topics, among=[1, 3, 4, 7]) == [1, 4, 3]


def test_a_tag_that_came_with_an_import_says_nothing(topics: Library) -> None:
    for number in range(12):
        topics.add(Paper(title=f"Wool {number}"))
    topics.tag(range(1, 25), add=["from the page"])
    assert topics.suggest().basis == "new"


def test_papers_that_are_not_indexed_are_counted(topics: Library) -> None:
    topics.star([1])
    topics.add(Paper(title="On lighthouse keepers"))
    found = topics.suggest(12)
    assert found.pending == 1
    topics.wait_for_index()
    assert topics.suggest(12).pending == 0


def test_an_empty_library_suggests_nothing(empty: Library) -> None:
    assert empty.suggest().papers == []
    assert empty.what_to_read() is None


def test_suggestions_are_the_same_each_time(topics: Library) -> None:
    topics.star([1, 2])
    topics.move([3], Status.ARCHIVED)
    assert topics.suggest(12) == topics.suggest(12)


def test_what_to_read_goes_by_the_readers_own_order_first(topics: Library, clock: Clock) -> None:
    def read_now() -> tuple[int, str]:
        found = topics.what_to_read()
        assert found is not None
        assert found.why.endswith(".")
        return found.paper.id, found.place

    topics.star([1])
    number, place = read_now()
    assert (place, number in {4, 7, 10}) == ("suggested", True)
    topics.move([3], Status.LATER, until="2026-03-11")
    assert read_now() == (3, "due")
    topics.move([6], Status.READING)
    assert read_now() == (6, "reading")
    topics.move([9, 12], Status.NEXT)
    topics.move([12], Status.NEXT, place="top")
    assert read_now() == (12, "next")


def test_answers_come_along_in_exports_and_merges(topics: Library, tmp_path_factory: pytest.TempPathFactory) -> None:
    topics.answer([4], "more")
    topics.answer([2], "less")
    text = "".join(topics.export("", "jsonl")).encode()
    from readinglist.formats.source import Source

    with Library.open(tmp_path_factory.mktemp("other") / "library") as other:
        other.import_([Source("all.jsonl", data=text)])
        assert [paper.taste for paper in other.papers([4, 2, 3])] == ["more", "less", None]
    topics.merge([1, 4])
    assert [paper.taste for paper in topics.papers([1, 4]) if not paper.trashed] == ["more"]
