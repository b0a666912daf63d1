"""What rises among invented papers: the terms, what they are called, how often they stand where."""

from __future__ import annotations

import numpy as np
import pytest

from readinglist.discover.trends import _Found, _Kept, rising, z_scores
from readinglist.discover.values import Rising
from readinglist.paper import Paper
from readinglist.progress import Cancelled
from tests.discover.rising_papers import papers
from tests.discover.snapshots import snapshot_of

EARLY, LATE = 60, 30


def trends(made: list[Paper], *, shares: int = 1, gone: tuple[int, ...] = (), limit: int = 30) -> list[Rising]:
    """Compare the papers after `EARLY` with those before, in three periods."""
    periods = np.array([-1, *([0] * 30), *([1] * 30), *([2] * (len(made) - EARLY))], np.int64)
    by_id = {paper.id: paper for paper in made}
    return rising(snapshot_of(made, shares, gone), periods, 2, lambda ids: [by_id[n] for n in ids], limit=limit)


@pytest.mark.parametrize("shares", [1, 3])
def test_a_rising_phrase_is_found_whole_with_its_abbreviation_and_counts(shares: int) -> None:
    found = trends(list(papers(EARLY, LATE)), shares=shares)
    assert found[0].names[0].casefold() == "tidal lantern networks"
    assert found[0].names[1:] == ("TLNs",)
    assert found[0].papers == (0, 0, LATE // 2)
    assert found[0].score > 3


def test_what_inner_words_of_grammar_join_is_one_term() -> None:
    assert "mixture of oils" in [one.names[0] for one in trends(list(papers(EARLY, LATE)))]


def test_two_spellings_of_a_word_are_one_term() -> None:
    (found,) = [one for one in trends(list(papers(EARLY, LATE))) if "moonlighting" in one.names]
    assert set(found.names) == {"moonlighting", "moon-lighting"}
    assert found.papers == (0, 0, LATE // 2)


def test_parts_of_a_phrase_are_not_told_beside_it() -> None:
    names = [name.casefold() for one in trends(list(papers(EARLY, LATE))) for name in one.names]
    assert not {"tidal", "tidal lantern", "lantern networks", "lantern", "mixture", "oils"} & set(names)


def test_phrases_of_which_no_title_speaks_are_no_terms() -> None:
    """All later papers say "remains notoriously unsettling", and none is about it."""
    assert not [one for one in trends(list(papers(EARLY, LATE))) if "unsettling" in " ".join(one.names)]


def test_the_same_papers_before_and_after_show_no_trend() -> None:
    made = list(papers(EARLY, 0))
    again = [Paper(id=paper.id + EARLY, title=paper.title, abstract=paper.abstract) for paper in made]  # type: ignore[arg-type]
    assert trends([*made, *again]) == []


def test_deleted_papers_do_not_count() -> None:
    made = list(papers(EARLY, LATE))
    gone = tuple(int(paper.id) for paper in made if "lantern" in (paper.abstract or ""))[:5]
    (found,) = [one for one in trends(made, gone=gone) if one.names[0].casefold() == "tidal lantern networks"]
    assert found.papers == (0, 0, LATE // 2 - 5)


def test_papers_of_no_period_do_not_count() -> None:
    made = list(papers(EARLY, LATE))
    periods = np.full(EARLY + LATE + 1, -1, np.int64)
    by_id = {paper.id: paper for paper in made}
    assert rising(snapshot_of(made), periods, 1, lambda ids: [by_id[n] for n in ids]) == []


def test_only_so_many_are_given_the_surest_first() -> None:
    every = trends(list(papers(EARLY, LATE)))
    assert trends(list(papers(EARLY, LATE)), limit=1) == every[:1]
    assert [one.score for one in every] == sorted((one.score for one in every), reverse=True)


def test_it_can_be_stopped() -> None:
    made = list(papers(EARLY, LATE))

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        rising(snapshot_of(made), np.array([0] * 50 + [1] * 41, np.int64), 1, lambda ids: [], step=stop)


def test_z_scores_follow_the_formula() -> None:
    """Monroe et al. 2008, eq. 15-19, for 8 of 40 papers later and 4 of 100 before, with a prior of 14 papers."""
    prior = 12 / 140 * 14
    later = np.log((8 + prior) / (40 - 8 + 14 - prior + 0.5))
    before = np.log((4 + prior) / (100 - 4 + 14 - prior + 0.5))
    expected = (later - before) / np.sqrt(1 / (8 + prior) + 1 / (4 + prior))
    assert z_scores(np.array([8.0]), np.array([4.0]), 40, 100)[0] == pytest.approx(expected)


def test_z_scores_are_finite_at_the_ends() -> None:
    scores = z_scores(np.array([0.0, 40.0, 40.0]), np.array([100.0, 100.0, 0.0]), 40, 100)
    assert np.isfinite(scores).all()
    assert scores[0] < 0 < scores[2]


def test_of_terms_that_mean_one_thing_the_longest_stays_in_whatever_order_they_come() -> None:
    stems = ["larg", "languag", "model", "llm"]
    docs = {(3,): range(50), (1, 2): range(60), (0, 1, 2): range(5, 50)}
    for order in ([(3,), (1, 2), (0, 1, 2)], [(1, 2), (0, 1, 2), (3,)], [(0, 1, 2), (3,), (1, 2)]):
        kept = _Kept(stems)
        for term in order:
            some = np.array(docs[term], np.int32)
            kept.offer(_Found(term, some, some), may_stand=True)
        (group,) = kept.settled()
        assert [found.term for found in group.members] == [(0, 1, 2), (3,)]


def test_a_longer_term_is_one_of_its_own_where_few_have_it() -> None:
    kept = _Kept(["diffus", "model", "polici"])
    for term, count in (((0, 1), 80), ((0, 2), 20)):
        some = np.arange(count, dtype=np.int32)
        kept.offer(_Found(term, some, some + (100 if count == 20 else 0)), may_stand=True)
    assert [group.first.term for group in kept.settled()] == [(0, 1), (0, 2)]
