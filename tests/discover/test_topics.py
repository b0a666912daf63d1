"""The map of topics: what is about the same lies together, nothing lies over another, and it is always the same map."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable

import numpy as np
import pytest

from readinglist.discover.islands import discs
from readinglist.discover.topics import _product, topic_map
from readinglist.discover.values import TopicMap
from readinglist.paper import Paper, PaperId
from readinglist.progress import Cancelled
from tests.discover.snapshots import snapshot_of
from tests.discover.topic_papers import TOPICS, papers


def mapped(made: list[Paper], *, shares: int = 1, step: Callable[[], None] = lambda: None) -> TopicMap:
    by_id = {paper.id: paper for paper in made}
    wanted = np.array([paper.id for paper in made], np.int64)
    return topic_map(snapshot_of(made, shares), wanted, lambda ids: [by_id[n] for n in ids], step=step)


@pytest.mark.parametrize("shares", [1, 3])
def test_an_island_is_about_one_thing(shares: int) -> None:
    made = list(papers(40))
    topic_of = {paper.id: topic for topic, paper in made}
    found = mapped([paper for _, paper in made], shares=shares)
    on_island: dict[int, Counter[str]] = defaultdict(Counter)
    for number, island in zip(found.papers.tolist(), found.island.tolist(), strict=True):
        on_island[island][topic_of[number]] += 1
    assert all(len(topics) == 1 for topics in on_island.values())
    assert len(on_island) == len(found.islands) >= len(TOPICS)


def test_every_paper_is_on_the_disc_of_its_island() -> None:
    found = mapped([paper for _, paper in papers(40)])
    assert sorted(found.papers.tolist()) == list(range(1, 121))
    assert np.abs([*found.x, *found.y]).max() <= 1.0
    for number, island in enumerate(found.islands):
        here = found.island == number
        assert np.count_nonzero(here) == island.papers
        assert np.hypot(found.x[here] - island.x, found.y[here] - island.y).max() <= island.radius


def test_islands_are_called_by_what_they_are_about_the_largest_first() -> None:
    found = mapped([paper for _, paper in papers(40)])
    words = {word for phrases in TOPICS.values() for phrase in phrases for word in phrase.split()}
    for island in found.islands:
        assert island.name
        assert words & set(island.name.casefold().replace(",", "").split())
    assert [island.papers for island in found.islands] == sorted((i.papers for i in found.islands), reverse=True)


def test_the_same_papers_give_the_same_map() -> None:
    made = [paper for _, paper in papers(40)]
    one, other = mapped(made), mapped(made)
    assert one.islands == other.islands
    for name in ("papers", "x", "y", "island"):
        assert np.array_equal(getattr(one, name), getattr(other, name))


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_few_papers_make_a_map_too(count: int) -> None:
    found = mapped([paper for _, paper in papers(40)][:count])
    assert len(found.papers) == count
    assert np.isfinite([*found.x, *found.y]).all()


def test_papers_without_a_telling_word_have_a_place() -> None:
    made = [paper for _, paper in papers(20)]
    made += [Paper(id=PaperId(number), title="It is") for number in range(61, 66)]
    found = mapped(made)
    assert len(found.papers) == 65
    assert np.isfinite([*found.x, *found.y]).all()


def test_it_can_be_stopped() -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        mapped([paper for _, paper in papers(10)], step=stop)


@pytest.mark.parametrize("count", [1, 2, 3, 12, 40])
def test_no_disc_lies_over_another(count: int) -> None:
    drawn = np.random.default_rng(count)
    middles = drawn.standard_normal((count, 8)).astype(np.float32)
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    place, radius = discs(middles, drawn.integers(1, 3000, count))
    away = np.hypot(*(place[:, None, :] - place[None, :, :]).transpose(2, 0, 1))
    over = (radius[:, None] + radius[None, :]) - away
    np.fill_diagonal(over, -1)
    assert over.max() < 0.01
    assert (np.abs(place) + radius[:, None]).max() <= 1.0001


def test_the_product_of_a_sparse_matrix_is_that_of_the_dense_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readinglist.discover.topics._ENTRIES_AT_ONCE", 7)
    drawn = np.random.default_rng(4)
    dense = drawn.random((20, 9)).astype(np.float32)
    dense[dense < 0.6] = 0
    dense[3] = 1  # a row longer than a piece
    row, column = np.nonzero(dense)
    other = drawn.random((9, 4)).astype(np.float32)
    found = _product(row, column, dense[row, column], 20, other, lambda: None)
    assert np.allclose(found, dense @ other, atol=1e-5)
