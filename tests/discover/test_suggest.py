"""What is suggested from a history, and without one, and what is said of it."""

from __future__ import annotations

import numpy as np
import pytest

from readinglist.discover.suggest import suggest_by_history, suggest_to_new
from readinglist.discover.values import Facts, Opinion, Suggestion
from readinglist.discover.vectors import Vectors
from readinglist.index.snapshot import Snapshot
from readinglist.paper import Paper, PaperId
from tests.discover.snapshots import snapshot_of

TEXTS = [
    ("A lighthouse keeper in sea fog", "The keeper of a lighthouse writes of sea fog."),
    ("Lighthouse keepers and sea fog", "How lighthouse keepers count days of sea fog."),
    ("Sea fog over lighthouses", "Sea fog hides a lighthouse and its keeper; lighthouse keepers write of sea fog."),
    ("Film of herring shoals", "We film herring shoals at night."),
    ("Herring shoals by night", "Herring shoals turn as one when filmed."),
    ("Bread and yeast", "Yeast makes bread rise."),
    ("Sourdough bread", "Bread of sourdough rises without bought yeast."),
    ("Wool", "Sheep give wool."),
]
PAPERS = {n: Paper(id=PaperId(n), title=title, abstract=abstract) for n, (title, abstract) in enumerate(TEXTS, 1)}


@pytest.fixture(params=[1, 2])
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    return snapshot_of(list(PAPERS.values()), request.param)


def suggested(snapshot: Snapshot, *opinions: tuple[int, float, str], limit: int = 10) -> list[Suggestion]:
    candidates = [number for number in PAPERS if number not in {one[0] for one in opinions}]
    docs = snapshot.docs_of(np.array(candidates))
    made = [Opinion(PaperId(number), weight, kind) for number, weight, kind in opinions]
    return suggest_by_history(Vectors(snapshot), made, docs, lambda ids: [PAPERS[n] for n in ids], limit)


def test_what_is_like_the_liked_comes_first_and_like_the_passed_last(snapshot: Snapshot) -> None:
    found = suggested(snapshot, (1, 1.0, "starred"), (4, -1.0, "passed"))
    assert {found[0].id, found[1].id} == {2, 3}
    assert found[-1].id == 5
    assert all(-1 <= one.score <= 1 for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_reasons_are_words_of_the_papers_and_what_they_are_close_to(snapshot: Snapshot) -> None:
    (first, *_) = suggested(snapshot, (1, 1.0, "starred"), (2, 1.0, "starred"), (4, -1.0, "passed"))
    assert first.id == 3
    assert first.reasons[0] == ", ".join(first.why)
    assert "sea fog" in first.why
    assert first.reasons[1] == "close to 2 you starred"
    assert set(first.near) == {1, 2}


def test_one_close_paper_is_named(snapshot: Snapshot) -> None:
    (first, *_) = suggested(snapshot, (6, 1.0, "read"))
    assert first.id == 7
    assert first.reasons[-1] == "close to “Bread and yeast”, which you read"


def test_as_many_as_asked_for_are_given(snapshot: Snapshot) -> None:
    assert len(suggested(snapshot, (1, 1.0, "starred"), limit=2)) == 2


def test_a_new_reader_is_given_upvotes_what_is_new_and_variety(snapshot: Snapshot) -> None:
    facts = [
        Facts(PaperId(1), 90, "2026-03-10", "2026-03-11T09:00:00Z"),
        Facts(PaperId(2), 89, "2026-03-10", "2026-03-11T09:00:00Z"),
        Facts(PaperId(6), 80, "2026-03-10", "2026-03-11T09:00:00Z"),
        Facts(PaperId(8), None, "", "2026-03-01T09:00:00Z"),
    ]
    found = suggest_to_new(Vectors(snapshot), facts, 3)
    # The second has more upvotes than the third, but is of the kind of the first.
    assert [one.id for one in found][:2] == [1, 6]
    assert found[0].reasons == ("90 upvotes", "from 2026-03-10")
    (last,) = suggest_to_new(Vectors(snapshot), facts[3:], 3)
    assert last.reasons == ("added on 2026-03-01",)


def test_without_any_upvotes_the_newest_come_first(snapshot: Snapshot) -> None:
    facts = [Facts(PaperId(n), None, f"2026-03-{10 + n}", "2026-03-30T09:00:00Z") for n in (1, 4, 6)]
    assert [one.id for one in suggest_to_new(Vectors(snapshot), facts, 3)] == [6, 4, 1]
