"""Trees of every shape find what `query.match` says they mean."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.errors import ReadingListError
from readinglist.index.index import Index
from readinglist.index.stamp import Stamp
from readinglist.paper import Author, Highlight, Paper, PaperId
from readinglist.query.match import Context, match
from readinglist.query.nodes import (
    TEXT_FIELDS,
    And,
    Everything,
    Filter,
    Node,
    Not,
    NumberRange,
    Or,
    PaperIds,
    Text,
)
from readinglist.text.words import forms

STAMP = Stamp("a library")
CONTEXT = Context(now=datetime(2026, 3, 11, tzinfo=UTC))
WORDS = st.sampled_from(
    [
        "model",
        "models",
        "modeling",
        "modelled",
        "mode",
        "language",
        "languages",
        "lang",
        "a",
        "tea",
        "team",
        "teas",
        "Krüger",
        "kruger",
        "krugers",
        "naïve",
        "naive",
        "naives",
        "注意機構",
        "注",
        "意機",
        "модель",
        "модели",
        "моделью",
        "GPT-4",
        "gpt",
        "4",
        "state-of-the-art",
        "STRASSE",
        "straße",
        "ﬁx",
        "fix",
        "teh",
        "the",
    ]
)
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
VALUES = st.lists(WORDS, max_size=9).map(" ".join)
SOME = st.none() | VALUES
PAPERS = st.builds(
    Paper,
    title=VALUES,
    abstract=SOME,
    authors=st.lists(PHRASES.map(Author), max_size=3).map(tuple),
    venue=SOME,
    keywords=st.lists(PHRASES, max_size=3).map(tuple),
    note=SOME,
    year=st.integers(2020, 2023),
    highlights=st.lists(
        st.builds(
            Highlight,
            st.just("h"),
            PHRASES,
            st.just(""),
            st.just(""),
            st.none(),
            st.none(),
            st.just("yellow"),
            st.none() | PHRASES,
            st.just(""),
        ),
        max_size=2,
    ).map(tuple),
)
LEAVES = st.builds(Text, PHRASES | WORDS, st.none() | st.sampled_from(TEXT_FIELDS), st.booleans(), st.integers(0, 2))
FILTERS = st.builds(Filter, st.just("year"), st.builds(NumberRange, st.integers(2019, 2023), st.just(2022)))
TREES: st.SearchStrategy[Node] = st.recursive(
    LEAVES | LEAVES | LEAVES | FILTERS | st.just(Everything()),
    lambda nodes: (
        st.builds(Not, nodes)
        | st.builds(And, st.lists(nodes, min_size=1, max_size=4).map(tuple))
        | st.builds(Or, st.lists(nodes, min_size=1, max_size=4).map(tuple))
    ),
    max_leaves=6,
)


def searched(index: Index, node: Node, papers: list[Paper], **more: object) -> set[int]:
    """Search with the filters answered by their plain meaning."""

    def answer(leaf: Filter) -> np.ndarray:
        return np.array([paper.id for paper in papers if match(leaf, paper, CONTEXT)], np.int64)

    def everything() -> np.ndarray:
        return np.array([paper.id for paper in papers], np.int64)

    found = index.search(node, filters=answer, everything=everything, **more)  # type: ignore[arg-type]
    ids = found.ids.tolist()
    assert len(ids) == len(set(ids)) == len(found.scores)
    assert np.isfinite(found.scores).all()
    return set(ids)


def meant(node: Node, papers: list[Paper]) -> set[int]:
    return {int(paper.id) for paper in papers if match(node, paper, CONTEXT)}


def numbered(papers: list[Paper], first: int = 1) -> list[Paper]:
    return [replace(paper, id=PaperId(number)) for number, paper in enumerate(papers, first)]


@settings(max_examples=120)
@given(st.lists(PAPERS, min_size=1, max_size=12), st.lists(TREES, min_size=1, max_size=8), st.data())
def test_any_tree_finds_what_it_means(papers: list[Paper], trees: list[Node], data: st.DataObject) -> None:
    papers = numbered(papers)
    with tempfile.TemporaryDirectory() as folder:
        index = Index.open(Path(folder), STAMP)
        # What comes first is partly replaced and removed again, so that there are deleted documents.
        before = [replace(paper, title="model tea", id=PaperId(paper.id + 2)) for paper in papers]
        index.update(before, [], last_seq=1)
        index.update(papers, [paper.id for paper in before if paper.id > len(papers)], last_seq=2)
        if data.draw(st.booleans(), "fold"):
            index.fold()
        for tree in trees:
            assert searched(index, tree, papers) == meant(tree, papers)
        index.close()


@settings(max_examples=40)
@given(st.lists(PAPERS, min_size=1, max_size=8), st.lists(TREES, min_size=1, max_size=8), st.data())
def test_far_apart_numbers_make_no_difference(papers: list[Paper], trees: list[Node], data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(1, 2**62), min_size=len(papers), max_size=len(papers), unique=True))
    papers = [replace(paper, id=PaperId(number)) for paper, number in zip(papers, numbers, strict=True)]
    with tempfile.TemporaryDirectory() as folder:
        index = Index.open(Path(folder), STAMP)
        index.update(papers, [], last_seq=1)
        for tree in trees:
            assert searched(index, tree, papers) == meant(tree, papers)
        index.close()


def test_masked_papers_are_found_by_filters_and_negations_only(index: Index) -> None:
    papers = numbered([Paper(title="tea", year=2022), Paper(title="tea", year=2022), Paper(title="x", year=2022)])
    index.update(papers, [], last_seq=1)
    year = Filter("year", NumberRange(2022, 2022))
    masked = [PaperId(2), PaperId(77)]
    assert searched(index, Text("tea"), papers, masked=masked) == {1}
    assert searched(index, year, papers, masked=masked) == {1, 2, 3}
    assert searched(index, Or((Text("tea"), year)), papers, masked=masked) == {1, 2, 3}
    assert searched(index, Not(Text("tea")), papers, masked=masked) == {2, 3}
    assert searched(index, And((year, Not(Text("tea")))), papers, masked=masked) == {2, 3}


def test_everything_may_have_papers_the_index_does_not_know(index: Index) -> None:
    index.update(numbered([Paper(title="tea")]), [], last_seq=1)
    papers = numbered([Paper(title="x"), Paper(title="x"), Paper(title="x")])
    assert searched(index, Everything(), papers) == {1, 2, 3}
    assert searched(index, Not(Text("tea")), papers) == {2, 3}


@pytest.mark.parametrize(
    "node",
    [
        Text("tea"),
        And((Text("tea"), Not(Text("x")))),
        And((Filter("year", NumberRange(2022, 2022)), Not(Or((Text("x"), Text("y")))))),
        Or((Text("tea"), Filter("year", NumberRange(2022, 2022)))),
    ],
)
def test_all_papers_are_not_asked_for_where_something_narrows_them(index: Index, node: Node) -> None:
    index.update(numbered([Paper(title="tea"), Paper(title="x")]), [], last_seq=1)

    def refuse() -> np.ndarray:
        raise AssertionError("all papers were asked for")

    found = index.search(node, filters=lambda leaf: np.array([1]), everything=refuse)
    assert found.ids.tolist() == [1]


def test_filters_may_answer_with_papers_outside_of_everything(index: Index) -> None:
    index.update(numbered([Paper(title="tea"), Paper(title="tea"), Paper(title="x")]), [], last_seq=1)
    thrown_away = Filter("id", PaperIds((PaperId(2), PaperId(9))))
    found = index.search(
        And((Text("tea"), thrown_away, Not(Text("x")))),
        filters=lambda leaf: np.array([2, 9]),
        everything=lambda: np.array([1, 3]),
    )
    assert found.ids.tolist() == [2]


def test_scores_add_up_over_and_and_filters_have_none(index: Index) -> None:
    index.update(numbered([Paper(title="tea bias"), Paper(title="tea")]), [], last_seq=1)

    def scores(node: Node) -> dict[int, float]:
        found = index.search(node, filters=lambda leaf: np.array([1]), everything=lambda: np.array([1, 2]))
        return dict(zip(found.ids.tolist(), found.scores.tolist(), strict=True))

    tea, bias = scores(Text("tea")), scores(Text("bias"))
    both = pytest.approx(tea[1] + bias[1])
    year = Filter("year", NumberRange(2022, 2022))
    assert scores(And((Text("tea"), Text("bias")))) == {1: both}
    either = scores(Or((Text("tea"), Text("bias"))))
    assert either[1] == both
    assert 0 < either[2] < tea[2]  # it has a part of the words only
    assert scores(Or((Text("tea"), year))) == {1: pytest.approx(tea[1]), 2: pytest.approx(tea[2])}
    assert scores(And((Text("tea"), year))) == {1: pytest.approx(tea[1])}
    assert scores(And((Text("tea"), Not(Text("bias"))))) == {2: pytest.approx(tea[2])}
    assert scores(year) == {1: 0.0}
    assert scores(Everything()) == {1: 0.0, 2: 0.0}


def test_a_filter_beside_words_in_an_or_finds_what_has_no_word(index: Index) -> None:
    papers = numbered([Paper(title="tea", year=2020), Paper(title="bias", year=2022), Paper(title="tea bias")])
    index.update(papers, [], last_seq=1)
    either = Or((Text("tea"), Filter("year", NumberRange(2022, 2022))))
    assert searched(index, either, papers) == {1, 2, 3}
    for members in ((either, Text("bias")), (Text("bias"), either), (either, Text("bias"), Everything())):
        assert searched(index, And(members), papers) == {2, 3}
    assert searched(index, And((either, either)), papers) == {1, 2, 3}


@pytest.mark.parametrize(
    "text",
    ["", " ", "?!", "\0", "\ud800", "a\ud800b", "*" * 1000, "(" * 1000, "a " * 500, "x" * 100_000, "\U0010ffff", "ﷺ"],
)
def test_odd_text_finds_nothing_and_raises_nothing(index: Index, text: str, found: Callable[..., set[int]]) -> None:
    index.update(numbered([Paper(title="tea"), Paper(title="b c")]), [], last_seq=1)
    for leaf in (Text(text), Text(text, prefix=True), Text(text, fuzzy=2), Text(text, "nonsense")):
        assert found(index, leaf) == set()


def test_odd_text_that_was_indexed_is_found(index: Index, found: Callable[..., set[int]]) -> None:
    odd = ["a\ud800b tea", "ﷺ tea", "\0tea\0", "x" * 100_000 + " tea", "🙂 tea"]
    index.update(numbered([Paper(title=title, abstract=title) for title in odd]), [], last_seq=1)
    assert found(index, Text("tea")) == {1, 2, 3, 4, 5}
    for number, title in enumerate(odd, 1):
        assert number in found(index, Text(title))
    assert found(index, Text("x" * 70, prefix=True)) == {4}


def test_an_empty_index_finds_nothing(index: Index, found: Callable[..., set[int]]) -> None:
    for leaf in (Text("tea"), Text("tea bag"), Text("t", prefix=True), Text("tea", fuzzy=1)):
        assert found(index, leaf) == set()
    assert found(index, Not(Text("tea")), everything=[4, 7]) == {4, 7}


def test_deep_nesting_is_refused_in_words(index: Index) -> None:
    node: Node = Text("tea")
    for _ in range(5_000):
        node = Not(Not(node))
    with pytest.raises(ReadingListError, match="nested too deeply"):
        index.search(node, filters=lambda leaf: np.array([]), everything=lambda: np.array([1]))


def test_long_phrases_and_wide_trees_stay_quick(index: Index, found: Callable[..., set[int]]) -> None:
    words = [forms(f"word{n}")[0] for n in range(300)]
    index.update(numbered([Paper(title=" ".join(words))]), [], last_seq=1)
    assert found(index, Text(" ".join(words[20:]))) == {1}
    assert found(index, Or(tuple(map(Text, words)))) == {1}
    assert found(index, And(tuple(Text(word[:1], prefix=True) for word in words))) == {1}
