"""Scores are those of the formula in `scoring`, computed here from the papers, word by word, in plain Python."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from whoosh.util.numeric import byte_to_length, length_to_byte

from readinglist.index.index import Index
from readinglist.index.stamp import Stamp
from readinglist.index.texts import FIELDS
from readinglist.paper import Paper, PaperId
from readinglist.query.edits import within
from readinglist.query.nodes import And, Node, Or, Text
from readinglist.text.words import forms, stem

if TYPE_CHECKING:
    from tests.index.conftest import Invent

K1, B, EXACT, STARTS = 1.5, 0.75, 0.4, 0.7
WEIGHTS = {"title": 4, "abstract": 1, "author": 1, "note": 2, "highlight": 2, "venue": 1, "keyword": 1}
BY_EDITS = (1.0, 0.6, 0.3)

Scores = dict[int, float]


class Plain:
    """Papers as lists of forms. Deleted documents still count in the statistics."""

    def __init__(self, papers: Sequence[Paper], deleted: set[int]) -> None:
        self._live = [number for number in range(len(papers)) if number not in deleted]
        self._ids = [paper.id for paper in papers]
        self._values = [{field.name: [forms(v) for v in field.values(paper)] for field in FIELDS} for paper in papers]

    def __len__(self) -> int:
        return len(self._values)

    def _words(self, number: int, name: str) -> list[str]:
        return [form for value in self._values[number][name] for form in value]

    @cached_property
    def _average(self) -> dict[str, float]:
        return {name: sum(len(self._words(n, name)) for n in range(len(self))) / len(self) for name in WEIGHTS}

    def _weight(self, number: int, name: str) -> float:
        length = byte_to_length(length_to_byte(len(self._words(number, name))))
        return WEIGHTS[name] / (1 - B + B * length / self._average[name])

    def _idf(self, documents: int) -> float:
        return math.log(1 + (len(self) - documents + 0.5) / (documents + 0.5))

    def word(self, leaf: Text, names: Sequence[str]) -> tuple[Scores, float]:
        """Return what a word scores in every document, deleted ones too, and its idf (0: it is nowhere)."""
        (wanted,) = forms(leaf.text)

        def counts(form: str) -> tuple[float, bool]:
            """Return what an occurrence counts, and whether it is exact."""
            if leaf.fuzzy:
                edits = next((n for n in range(leaf.fuzzy + 1) if form[0] == wanted[0] and within(form, wanted, n)), 9)
                return (BY_EDITS[edits], True) if edits < 9 else (0, False)
            return float(stem(form) == stem(wanted)), form == wanted

        every: Scores = Counter()
        exact: Scores = Counter()
        df: Counter[str] = Counter()
        df_exact: Counter[str] = Counter()
        df_starts: Counter[str] = Counter()
        for number in range(len(self)):
            for name in names:
                words = self._words(number, name)
                weight = self._weight(number, name)
                tf = sum(counts(form)[0] for form in words)
                tf_exact = sum(counts(form)[0] for form in words if counts(form)[1])
                starts = leaf.prefix and any(form.startswith(wanted) for form in words)
                df[name] += tf > 0
                df_exact[name] += tf_exact > 0
                df_starts[name] += starts
                if tf or starts:
                    every[number] += weight * (tf + STARTS * starts)
                if tf_exact:
                    exact[number] += weight * tf_exact
        if not every:
            return {}, 0
        idf = self._idf(max(max(df[name], df_starts[name]) for name in names))
        idf_exact = self._idf(max(df_exact[name] for name in names))

        def saturated(f: float) -> float:
            return f * (K1 + 1) / (f + K1)

        scores = {
            number: (1 - EXACT) * idf * saturated(f) + EXACT * idf_exact * saturated(exact.get(number, 0))
            for number, f in every.items()
        }
        return scores, idf

    def leaf(self, leaf: Text) -> tuple[Scores, float]:
        names = [leaf.field] if leaf.field else list(WEIGHTS)
        wanted = forms(leaf.text)
        if len(wanted) == 1:
            return self.word(leaf, names)
        each = [self.word(Text(form), names)[0] for form in wanted]
        total = {
            number: sum(scores[number] for scores in each)
            for number in range(len(self))
            if any(self._stands(wanted, number, name) for name in names)
        }
        return total, self._idf(len(total)) if total else 0

    def _stands(self, wanted: Sequence[str], number: int, name: str) -> bool:
        roots = list(map(stem, wanted))
        return any(
            list(map(stem, value[at : at + len(roots)])) == roots
            for value in self._values[number][name]
            for at in range(len(value))
        )

    def scores(self, node: Node) -> Scores:
        """Return what a paper's number scores, for a leaf, or leaves under And or Or."""
        members = node.nodes if isinstance(node, And | Or) else (node,)
        each = [self.leaf(member) for member in members if isinstance(member, Text)]
        assert len(each) == len(members)
        whole = sum(idf for _, idf in each) or 1
        matters = min(1, 2 / len(members)) if isinstance(node, Or) else 0

        def of(number: int) -> float:
            share = sum(idf for scores, idf in each if number in scores) / whole
            return sum(scores.get(number, 0) for scores, _ in each) * (1 - matters + matters * share)

        def found(number: int) -> bool:
            has = [number in scores for scores, _ in each]
            return any(has) if isinstance(node, Or) else all(has)

        return {self._ids[number]: of(number) for number in self._live if found(number)}


NODES: dict[str, Node] = {
    "a word": Text("tea"),
    "a word of several forms": Text("models"),
    "a form that stands nowhere": Text("modeled"),
    "a very common word": Text("the"),
    "a word in one field": Text("robotic", "keyword"),
    "a word of another script": Text("модели"),
    "a beginning": Text("tea", prefix=True),
    "a beginning of one letter": Text("m", prefix=True),
    "a beginning in one field": Text("te", "title", prefix=True),
    "a word with an error": Text("modle", fuzzy=2),
    "a word near others": Text("tea", fuzzy=1),
    "a phrase": Text("the models"),
    "a phrase in one field": Text("learned bias", "abstract"),
    "all of two words": And((Text("sparse"), Text("learning"))),
    "all, a beginning among them": And((Text("language"), Text("rob", prefix=True))),
    "all, a phrase among them": And((Text("the models"), Text("tea"))),
    "all of three, in fields": And((Text("grasps", "title"), Text("the", "abstract"), Text("attention"))),
    "any of two words": Or((Text("sparse"), Text("kruger"))),
    "any, one that stands nowhere": Or((Text("sparse"), Text("zeppelin"), Text("tea"))),
    "any, a phrase among them": Or((Text("learned bias"), Text("tea"), Text("x2", fuzzy=1))),
    "any of many words": Or(tuple(map(Text, ["the", "models", "of", "language", "learned", "robotic", "grasp", "x2"]))),
}


def scored(index: Index, node: Node) -> Scores:
    found = index.search(node, filters=lambda leaf: np.array([]), everything=lambda: np.array([]))
    return dict(zip(found.ids.tolist(), found.scores.tolist(), strict=True))


@pytest.fixture(scope="module", params=[(1, 0), (5, 60)], ids=["one segment", "five segments with deletions"])
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, invented: Invent
) -> Iterator[tuple[Index, Plain]]:
    segments, gone = request.param
    index = Index.open(tmp_path_factory.mktemp("index"), Stamp("a library"))
    papers = [invented(number) for number in range(1, 251)]
    for number in range(segments):
        # Segments below 32 documents would be folded into one.
        index.update(papers[number * 250 // segments : (number + 1) * 250 // segments], [], last_seq=number)
    deleted = set(random.Random(3).sample(range(250), gone))
    index.update([], [PaperId(number + 1) for number in deleted], last_seq=99)
    yield index, Plain(papers, deleted)
    index.close()


@pytest.mark.parametrize("node", NODES.values(), ids=NODES.keys())
def test_scores_are_those_of_the_formula(both: tuple[Index, Plain], node: Node) -> None:
    index, plain = both
    ours = scored(index, node)
    assert ours
    assert ours == pytest.approx(plain.scores(node), rel=1e-5)


def test_folding_makes_the_statistics_those_of_the_papers_that_are_left(tmp_path: Path, invented: Invent) -> None:
    papers = [invented(number) for number in range(1, 151)]
    edited = Index.open(tmp_path / "edited", Stamp("a library"))
    edited.update([replace(each, title="something else") for each in papers], [], last_seq=1)
    edited.update(papers[:100], [], last_seq=2)
    edited.update(papers[100:], [PaperId(3)], last_seq=3)
    edited.fold()
    plain = Plain([each for each in papers if each.id != 3], set())
    for node in NODES.values():
        assert scored(edited, node) == pytest.approx(plain.scores(node), rel=1e-5)


@pytest.fixture
def ranked(index: Index) -> Callable[[Sequence[Paper], Node], list[int]]:
    def best_first(papers: Sequence[Paper], node: Node) -> list[int]:
        filler = [paper(number, "something else", "nothing but other words") for number in range(100, 140)]
        index.update([*papers, *filler], [], last_seq=1)
        found = index.search(node, filters=lambda leaf: np.array([]), everything=lambda: np.array([]))
        return [int(number) for _, number in sorted(zip(-found.scores, found.ids, strict=True))]

    return best_first


def paper(number: int, title: str, abstract: str | None = None) -> Paper:
    return Paper(title=title, abstract=abstract, id=PaperId(number))


def test_the_exact_form_goes_before_its_stem(ranked: Callable[..., list[int]]) -> None:
    assert ranked([paper(1, "the model"), paper(2, "the models")], Text("models")) == [2, 1]


def test_a_word_in_the_title_goes_before_one_in_the_abstract(ranked: Callable[..., list[int]]) -> None:
    assert ranked([paper(1, "the moon", "some tea"), paper(2, "some tea", "the moon")], Text("tea")) == [2, 1]


def test_a_second_field_is_worth_less_than_a_second_word(ranked: Callable[..., list[int]]) -> None:
    twice, once_each = paper(1, "tea at noon", "tea at noon"), paper(2, "tea at noon", "cups at noon")
    assert ranked([twice, once_each], Or((Text("tea"), Text("cups")))) == [2, 1]


def test_a_paper_with_more_of_the_words_goes_first(ranked: Callable[..., list[int]]) -> None:
    much, more = paper(1, "a text", "tea tea tea"), paper(2, "a text", "some tea and some cups")
    assert ranked([much, more], Text("tea")) == [1, 2]
    assert ranked([much, more], Or((Text("tea"), Text("cups"), Text("zeppelin")))) == [2, 1]
