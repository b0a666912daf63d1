"""What the best papers share moves others up, and finds nothing new."""

from __future__ import annotations

import numpy as np
import pytest

from readinglist.index.found import Found
from readinglist.index.index import Index
from readinglist.paper import Paper, PaperId
from readinglist.query.nodes import Text


def paper(number: int, abstract: str) -> Paper:
    return Paper(title="On tea", abstract=abstract, id=PaperId(number))


@pytest.fixture
def papers(index: Index) -> list[Paper]:
    """1 and 2 share a word with 4, and none with 3; 5 is not about tea."""
    papers = [
        paper(1, "the samovar of the house"),
        paper(2, "the samovar of the inn"),
        paper(3, "the kettle of the station"),
        paper(4, "the samovar of the station"),
        Paper(title="Samovars", abstract="the samovar", id=PaperId(5)),
        *(paper(number, "the cup of the house") for number in range(10, 50)),
    ]
    # Two segments, with a document of paper 4 that was replaced.
    index.update([*papers[5:], paper(4, "the samovar")], [], last_seq=1)
    index.update(papers[:5], [], last_seq=2)
    return papers


def searched(index: Index) -> Found:
    return index.search(Text("tea"), filters=lambda leaf: np.array([]), everything=lambda: np.array([]))


def test_what_shares_rare_words_with_the_best_moves_up(index: Index, papers: list[Paper]) -> None:
    before = searched(index)
    after = index.with_feedback(before, papers[:2])
    gained = dict(zip(after.ids.tolist(), (after.scores - before.scores).tolist(), strict=True))
    assert gained[4] > gained[3]
    assert gained[4] > gained[10] > 0  # "house" is shared too, and not as rare
    assert after.ids.tolist() == before.ids.tolist()


def test_nothing_is_found_that_was_not(index: Index, papers: list[Paper]) -> None:
    assert 5 not in index.with_feedback(searched(index), papers[:2]).ids


def test_what_was_found_is_not_changed(index: Index, papers: list[Paper]) -> None:
    before = searched(index)
    scores = before.scores.copy()
    index.with_feedback(before, papers[:2])
    assert before.scores.tolist() == scores.tolist()


def test_papers_that_the_index_does_not_know_keep_their_scores(index: Index, papers: list[Paper]) -> None:
    found = Found(np.array([4, 77]), np.array([1, 3], np.float32))
    after = index.with_feedback(found, [papers[0], paper(77, "the samovar of the moon")])
    assert after.scores[0] > 1
    assert after.scores[1] == 3


def test_nothing_to_learn_changes_nothing(index: Index, papers: list[Paper]) -> None:
    before = searched(index)
    for best in ([], [Paper(title="Zeppelins", id=PaperId(1))]):
        assert index.with_feedback(before, best).scores.tolist() == before.scores.tolist()


def test_an_empty_index_ranks_nothing(index: Index) -> None:
    found = Found(np.array([3]), np.array([1], np.float32))
    assert index.with_feedback(found, [paper(3, "tea")]).scores.tolist() == [1]
