"""What a model learns from liked papers, which of them it doubts, and what goes with them."""

from __future__ import annotations

import numpy as np
import pytest

from readinglist.discover.belief import belief
from readinglist.discover.lesson import Lesson
from readinglist.discover.vectors import Rows

FEATURES = 40


def rows_of(whole: np.ndarray) -> Rows:
    row, column = np.nonzero(whole)
    return Rows(len(whole), np.arange(whole.shape[1]), row, column, whole[row, column])


def drawn(liked: int, passed: int, unjudged: int) -> np.ndarray:
    """Documents of few words each; those that are liked share the first five."""
    generator = np.random.default_rng(5)
    count = liked + passed + unjudged
    whole = generator.random((count, FEATURES)) * (generator.random((count, FEATURES)) < 0.15)
    whole[:, :5] = 0
    whole[:liked, :5] = generator.random((liked, 5))
    return whole


def test_papers_that_the_others_foretell_are_believed_and_those_below_most_are_not() -> None:
    share = np.array([0.95, 0.9, 0.99, 0.85, 0.97, 0.93, 0.2, 0.03])
    found = belief(share, np.ones(8))
    assert found[:6].min() > 0.85
    assert found[6:].max() <= 0.2
    assert found.min() == pytest.approx(0.1)


def test_where_all_agree_none_is_doubted() -> None:
    assert belief(np.linspace(0.85, 0.99, 20), np.ones(20)).min() > 0.85


def test_what_was_said_with_more_weight_is_doubted_less() -> None:
    share = np.array([0.9, 0.95, 0.99, 0.9, 0.45, 0.45])
    found = belief(share, np.array([1.0, 1.0, 1.0, 1.0, 1.0, 3.0]))
    assert 0.1 < found[4] < found[5] < 1


def test_each_paper_is_held_to_the_mean_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = drawn(8, 4, 200)
    weights = np.array([1.0, 1.0, 2.0, 1.0, 1.5, 1.0, 1.0, 1.0])
    seen: list[np.ndarray] = []

    def spy(foretold: np.ndarray, given: np.ndarray) -> np.ndarray:
        seen.append(foretold)
        return np.ones(len(given))

    monkeypatch.setattr("readinglist.discover.lesson.belief", spy)
    Lesson(weights, np.ones(4), 200).doubted(rows_of(whole))
    centred = whole - whole[12:].mean(axis=0)
    among = centred[12:] @ np.average(centred[:8], axis=0, weights=weights)
    for place in range(8):
        others = [other for other in range(8) if other != place]
        alike = centred[place] @ np.average(centred[others], axis=0, weights=weights[others])
        assert seen[0][place] == pytest.approx((among < alike).mean(), abs=1e-9)


def test_a_slip_counts_less_and_the_others_make_up_for_it() -> None:
    whole = drawn(8, 4, 200)
    whole[7] = whole[100]
    found = Lesson(np.ones(8), np.ones(4), 200).doubted(rows_of(whole)).liked
    assert found[7] < found[:7].min() / 2
    assert found.sum() == pytest.approx(8)


@pytest.mark.parametrize(("liked", "unjudged"), [(4, 200), (8, 4)])
def test_of_few_papers_none_is_doubted(liked: int, unjudged: int) -> None:
    whole = drawn(liked, 4, unjudged)
    whole[0] = whole[-1]
    lesson = Lesson(np.ones(liked), np.ones(4), unjudged)
    assert lesson.doubted(rows_of(whole)).liked.tolist() == [1.0] * liked


def test_words_that_go_with_those_of_the_liked_count_too() -> None:
    whole = drawn(1, 0, 200)
    whole[:, 5:8] = 0
    whole[0, 5] = 1.0
    whole[1:30, 5:7] = 1.0  # where the word of the liked paper stands, another does
    whole[30:60, 7] = 1.0
    weights, constant = Lesson(np.ones(1), np.zeros(0), 200).learn(rows_of(whole))
    assert weights[5] > weights[6] > 0 > weights[7]
    assert (rows_of(whole).times(weights) + constant)[0] > 0


def test_the_more_is_liked_the_less_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    def guessed(liked: int) -> float:
        rows = rows_of(drawn(liked, 4, 200))
        lesson = Lesson(np.ones(liked), np.ones(4), 200)
        told, _ = lesson.learn(rows)
        with monkeypatch.context() as context:
            context.setattr("readinglist.discover.lesson._GO_WITH", 0.0)
            plain, _ = lesson.learn(rows)
        return float(np.abs(told - plain).sum() / np.abs(plain).sum())

    assert guessed(2) > 3 * guessed(40) > 0


def test_papers_passed_over_lower_their_words() -> None:
    whole = drawn(6, 6, 200)
    whole[:, 8:10] = 0
    whole[6:12, 8] = 1.0
    whole[12:18, 9] = 1.0
    weights, _ = Lesson(np.ones(6), np.ones(6), 200).learn(rows_of(whole))
    assert weights[8] < weights[9] < 0
    assert Lesson(np.ones(6), np.zeros(6), 200).learn(rows_of(whole))[0][8] == pytest.approx(0, abs=0.05)
