"""Papers like others, over a few invented ones in one segment or several."""

from __future__ import annotations

import pytest

from readinglist.discover.similar import similar
from readinglist.discover.values import Similar
from readinglist.index.snapshot import Snapshot
from readinglist.paper import Paper, PaperId
from tests.discover.snapshots import snapshot_of

TEXTS = [
    ("Lighthouses in fog", "A lighthouse is seen late in fog. We measure how late, with ships."),
    ("Ships and lighthouses", "Ships look for a lighthouse first. The fog hides the lighthouse."),
    ("Herring shoals", "A shoal of herring turns as one. We film shoals of herring at night."),
    ("Night films of herring", "We film herring at night, and count the shoals."),
    ("Fog", None),
    ("On bread", "Bread rises with time. A long time makes a good bread."),
    ("Rising bread", "Why bread rises: yeast and time. Code: https://github.com/example/bread $\\hat{x}$ 2023"),
]
PAPERS = [Paper(id=PaperId(n), title=title, abstract=abstract) for n, (title, abstract) in enumerate(TEXTS, 1)]


def like(snapshot: Snapshot, *asked: Paper, papers: list[Paper] = PAPERS, **more: object) -> list[Similar]:
    by_id = {paper.id: paper for paper in papers}
    return similar(snapshot, asked, lambda ids: [by_id[n] for n in ids], **more)  # type: ignore[arg-type]


def ids(found: list[Similar]) -> list[int]:
    return [one.id for one in found]


@pytest.fixture(params=[1, 3])
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    return snapshot_of(PAPERS, request.param)


@pytest.mark.parametrize(("asked", "first"), [(1, 2), (2, 1), (3, 4), (4, 3), (6, 7), (7, 6)])
def test_the_likest_paper_comes_first(snapshot: Snapshot, asked: int, first: int) -> None:
    assert ids(like(snapshot, PAPERS[asked - 1]))[0] == first


def test_a_paper_is_not_like_itself_nor_like_one_left_out(snapshot: Snapshot) -> None:
    assert 1 not in ids(like(snapshot, PAPERS[0]))
    assert 2 not in ids(like(snapshot, PAPERS[0], without=[2]))


def test_a_paper_without_abstract_is_like_others_and_they_like_it(snapshot: Snapshot) -> None:
    assert set(ids(like(snapshot, PAPERS[4]))) == {1, 2}
    assert 5 in ids(like(snapshot, PAPERS[0]))


def test_scores_fall_from_one_for_the_same_words(snapshot: Snapshot) -> None:
    copy = Paper(id=PaperId(99), title=PAPERS[0].title, abstract=PAPERS[0].abstract)
    found = like(snapshot, copy)
    assert found[0].id == 1
    assert found[0].score == pytest.approx(1, abs=0.02)
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_the_reasons_are_words_that_both_have(snapshot: Snapshot) -> None:
    (first, *_) = like(snapshot, PAPERS[2])
    assert "herring" in " ".join(first.why)
    assert 1 <= len(first.why) <= 3


def test_words_that_stand_together_in_both_are_one_reason() -> None:
    papers = [
        Paper(id=PaperId(1), title="Zoo", abstract="A sparse autoencoder of yaks is small."),
        Paper(id=PaperId(2), title="Yak", abstract="We train sparse autoencoders, and shear them."),
        Paper(id=PaperId(3), title="Wool", abstract="Of wool there is much, and little of it is dyed."),
    ]
    (found,) = [one for one in like(snapshot_of(papers), papers[0], papers=papers) if one.id == 2]
    assert "sparse autoencoder" in found.why


def test_addresses_mark_up_and_numbers_are_no_likeness() -> None:
    papers = [
        Paper(id=PaperId(1), title="Bread", abstract="See https://github.com/example/x for $\\hat{y}$ in 2023."),
        Paper(id=PaperId(2), title="Tides", abstract="See https://github.com/example/x for $\\hat{y}$ in 2023."),
        Paper(id=PaperId(3), title="Ropes and knots", abstract="Knots hold ropes."),
    ]
    (found,) = like(snapshot_of(papers), papers[0], papers=papers)
    assert not {"https", "github", "hat", "2023"} & set(found.why)


def test_several_papers_are_asked_about_together(snapshot: Snapshot) -> None:
    found = ids(like(snapshot, PAPERS[0], PAPERS[2], limit=2))
    assert set(found) == {2, 4}


def test_a_deleted_document_is_not_found() -> None:
    assert 2 not in ids(like(snapshot_of(PAPERS, gone=(2,)), PAPERS[0]))


def test_papers_that_wait_for_the_index_are_compared_by_what_they_say_now(snapshot: Snapshot) -> None:
    edited = Paper(id=PaperId(2), title="On cheese", abstract="Cheese ripens.")
    new = Paper(id=PaperId(8), title="Lighthouses and ships in fog", abstract="A lighthouse in fog, and late ships.")
    found = like(snapshot, PAPERS[0], papers=[*PAPERS, new], waiting=[edited, new])
    assert found[0].id == 8
    assert 2 not in ids(found)
    assert "lighthouses in fog" in {word.lower() for word in found[0].why}


def test_a_paper_of_words_nobody_has_is_like_none(snapshot: Snapshot) -> None:
    assert like(snapshot, Paper(id=PaperId(50), title="Xyzzy plugh")) == []
    assert like(snapshot, Paper(id=PaperId(50), title="…")) == []


def test_an_empty_index_has_nothing_alike() -> None:
    assert like(Snapshot([]), PAPERS[0]) == []
    assert ids(like(Snapshot([]), PAPERS[0], waiting=PAPERS))[0] == 2


def test_only_so_many_are_returned(snapshot: Snapshot) -> None:
    assert len(like(snapshot, PAPERS[0], limit=1)) == 1
