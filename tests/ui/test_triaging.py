"""The way through some papers: which comes next, what is left, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from readinglist.errors import ReadingListError
from readinglist.paper import Paper, PaperId, Status
from readinglist.ui.triaging import Standing, Triaging

TODAY = "2026-03-11"


class Shelf:
    """Papers by number, and how often they were asked for."""

    def __init__(self, count: int) -> None:
        self.papers = {PaperId(n): Paper(f"Paper {n}", id=PaperId(n)) for n in range(1, count + 1)}
        self.fetches: list[list[PaperId]] = []
        self.broken = False

    def fetch(self, ids: Sequence[PaperId]) -> list[Paper]:
        if self.broken:
            raise ReadingListError("The disk is gone.")
        self.fetches.append(list(ids))
        return [self.papers[i] for i in ids if i in self.papers]


class Way:
    """A triage of papers 1 to `count`, and what it told last."""

    def __init__(self, count: int, start: int = 0) -> None:
        self.shelf = Shelf(count)
        self.triaging = Triaging(self.shelf.fetch, lambda: TODAY)
        self.told: list[Standing] = []
        self.triaging.changed.connect(self.told.append)
        self.triaging.begin(list(self.shelf.papers), start, "Inbox")

    @property
    def now(self) -> Standing:
        return self.told[-1]

    def number(self) -> int | None:
        return int(self.now.paper.id) if self.now.paper is not None else None

    def put(self, status: Status | None) -> None:
        """Do something with the paper, as the commands do: go on, then tell where it goes."""
        ids = self.triaging.selected_ids()
        self.triaging.step_past_selection()
        self.triaging.decide(ids, status)


@pytest.fixture
def way(qapp: QApplication) -> Way:
    return Way(4)


def test_it_goes_on_by_itself_and_counts_what_is_left(way: Way) -> None:
    assert (way.number(), way.now.left, way.now.total) == (1, 4, 4)
    way.put(Status.ARCHIVED)
    assert (way.number(), way.now.left) == (2, 3)


def test_it_begins_in_the_middle_and_comes_round_to_those_before(qapp: QApplication) -> None:
    way = Way(4, start=2)
    seen = []
    while way.number() is not None:
        seen.append(way.number())
        way.put(Status.ARCHIVED)
    assert seen == [3, 4, 1, 2]
    assert way.now.left == 0


def test_what_was_skipped_is_left_and_can_be_gone_through_again(way: Way) -> None:
    way.triaging.step(1)
    way.put(Status.NEXT)
    way.triaging.step(1)
    way.triaging.step(1)
    assert (way.number(), way.now.left) == (None, 3)
    assert dict(way.now.done) == {Status.NEXT: 1}
    way.triaging.again()
    assert way.number() == 1
    way.triaging.step(1)
    assert way.number() == 3  # 2 was decided on


def test_going_back_shows_what_was_decided(way: Way) -> None:
    way.put(Status.ARCHIVED)
    way.triaging.step(-1)
    assert (way.number(), way.now.decided, way.now.given) == (1, True, Status.ARCHIVED)
    way.put(Status.LATER)
    assert (way.number(), way.now.left) == (2, 3)
    for _ in range(3):
        way.triaging.step(1)
    assert dict(way.now.done) == {Status.LATER: 1}


def test_going_back_from_the_end_and_before_the_first(way: Way) -> None:
    for _ in range(4):
        way.triaging.step(1)
    assert way.number() is None
    way.triaging.step(-1)
    assert way.number() == 4
    for _ in range(6):
        way.triaging.step(-1)
    assert way.number() == 1


def test_what_was_undone_is_left_again_and_what_was_done_again_is_not(way: Way) -> None:
    way.put(Status.ARCHIVED)
    way.put(Status.ARCHIVED)
    way.triaging.reconsider([1])
    assert (way.number(), way.now.left, way.now.decided) == (1, 3, False)
    way.shelf.papers[PaperId(1)] = replace(way.shelf.papers[PaperId(1)], status=Status.READ)
    way.triaging.reconsider([1])
    assert (way.now.left, way.now.given) == (2, Status.READ)


def test_undo_of_something_else_leaves_the_reader_where_he_is(way: Way) -> None:
    way.put(Status.ARCHIVED)
    way.triaging.reconsider([4])  # not looked at yet
    assert way.number() == 2


def test_paper_that_is_gone_is_passed_over(way: Way) -> None:
    del way.shelf.papers[PaperId(2)]
    way.triaging.refresh()
    way.put(Status.ARCHIVED)
    assert (way.number(), way.now.left) == (3, 2)


def test_everything_gone_is_the_end(way: Way) -> None:
    way.shelf.papers.clear()
    way.triaging.refresh()
    assert (way.number(), way.now.left) == (None, 0)


def test_library_that_cannot_be_read_is_told_and_ends_the_way(way: Way) -> None:
    told: list[str] = []
    way.triaging.failed.connect(told.append)
    way.shelf.broken = True
    way.triaging.refresh()
    assert told == ["The disk is gone."]
    assert way.number() is None


def test_an_edit_elsewhere_shows_the_paper_as_it_is_now(way: Way) -> None:
    way.shelf.papers[PaperId(1)] = replace(way.shelf.papers[PaperId(1)], starred=True)
    way.triaging.refresh([1])
    assert way.now.paper is not None
    assert way.now.paper.starred


def test_papers_are_read_ahead_while_the_reader_looks(qapp: QApplication) -> None:
    way = Way(1_000)
    for _ in range(300):
        before = len(way.shelf.fetches)
        way.triaging.step(1)
        assert len(way.shelf.fetches) == before  # no key waited for the library
        qapp.processEvents()
    assert len(way.shelf.fetches) < 10


def test_ending_says_where_the_reader_stopped(way: Way) -> None:
    way.triaging.step(1)
    assert way.triaging.end() == 2
    assert not way.triaging.running
