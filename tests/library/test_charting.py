"""The map of topics of a library, and how its papers are coloured."""

from __future__ import annotations

from dataclasses import replace

import pytest

from readinglist.library import Library
from readinglist.library.charting import NONE, TRASHED
from tests.discover.topic_papers import papers


@pytest.fixture
def topics(empty: Library) -> Library:
    """A library of papers on three topics."""
    for _, paper in papers(10):
        empty.add(replace(paper, id=type(paper.id)(0)))
    empty.wait_for_index()
    return empty


def test_the_map_is_of_what_a_query_finds(topics: Library) -> None:
    assert len(topics.topic_map().papers) == 30
    found = topics.topic_map("herring")
    assert set(found.papers.tolist()) == set(topics.search("herring").ids)


def test_papers_in_the_trash_are_not_on_it(topics: Library) -> None:
    topics.remove([1, 2])
    topics.wait_for_index()
    assert not {1, 2} & set(topics.topic_map().papers.tolist())


def test_colours_say_where_papers_stand_and_what_tag_they_have(topics: Library) -> None:
    chart = topics.topic_map()
    topics.move([1, 2], "read")
    topics.tag([2, 3, 4], add=["sea/tides"])
    topics.tag([2], add=["air"])
    topics.remove([5])
    colours = topics.map_colours(chart.papers)
    place = {number: at for at, number in enumerate(chart.papers.tolist())}
    assert [colours.statuses[colours.status[place[n]]] for n in (1, 2, 3)] == ["read", "read", "inbox"]
    assert colours.status[place[5]] == TRASHED
    assert [name for name, _ in colours.tags] == ["sea", "air"]
    assert [colours.tag[place[n]] for n in (1, 2, 3)] == [NONE, 0, 0]


def test_a_due_paper_is_in_the_inbox(topics: Library) -> None:
    topics.move([1], "later", until="2020-01-01")
    topics.move([2], "later", until="2099-01-01")
    chart = topics.topic_map()
    colours = topics.map_colours(chart.papers)
    place = {number: at for at, number in enumerate(chart.papers.tolist())}
    assert [colours.statuses[colours.status[place[n]]] for n in (1, 2)] == ["inbox", "later"]


def test_an_empty_library_has_an_empty_map(empty: Library) -> None:
    chart = empty.topic_map()
    assert (len(chart.papers), list(chart.islands)) == (0, [])
    assert len(empty.map_colours(chart.papers).status) == 0
