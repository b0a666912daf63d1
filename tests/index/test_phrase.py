"""Phrases are found where reading the text finds them, by whichever way is the quicker one."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from readinglist.errors import ReadingListError
from readinglist.index import phrase
from readinglist.index.damaged import IndexDamaged
from readinglist.index.index import Index
from readinglist.index.stamp import Stamp
from readinglist.paper import Author, Paper, PaperId
from readinglist.query.nodes import Or, Text
from readinglist.text.words import forms, stem

if TYPE_CHECKING:
    from tests.index.conftest import Find, Invent

PHRASES = [
    "the of",
    "of the",
    "the the",
    "the the the",
    "model of the",
    "models attention",
    "the robots grasping",
    "state of the art",
    "注意機構",
    "Müller Krüger",
    "tea team model",
    "nowhere the",
]
WAYS = {
    "as it stands": {},
    "one by one": {"_FEW": 0},
    "by marks": {"_FEW": 10**9},
}


@pytest.fixture(scope="module")
def papers(invented: Invent) -> list[Paper]:
    return [invented(number) for number in range(1, 161)]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, papers: list[Paper]) -> Index:
    index = Index.open(tmp_path_factory.mktemp("index") / "index", Stamp("a library"))
    index.update(papers[:70], [], last_seq=1)
    index.update(papers[70:], [], last_seq=2)
    return index


def stands(text: str, value: str | None, *, prefix: bool) -> bool:
    """Say by reading whether a phrase stands in a value."""
    *before, last = forms(text)
    found = forms(value or "")
    for at in range(len(before), len(found)):
        agrees = stem(found[at]) == stem(last) or (prefix and found[at].startswith(last))
        if agrees and [stem(form) for form in found[at - len(before) : at]] == [stem(form) for form in before]:
            return True
    return False


@pytest.mark.parametrize("prefix", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_a_phrase_is_found_where_it_stands(
    filled: Index, papers: list[Paper], found: Find, monkeypatch: pytest.MonkeyPatch, way: str, prefix: bool
) -> None:
    for name, value in WAYS[way].items():
        monkeypatch.setattr(phrase, name, value)
    some = 0
    for text in [*PHRASES, "the m", "of t", "attention l"]:
        expected = {paper.id for paper in papers if stands(text, paper.abstract, prefix=prefix)}
        assert found(filled, Text(text, "abstract", prefix=prefix)) == expected, text
        some += bool(expected)
    assert some > 6


def test_a_phrase_is_scored_the_same_in_every_way(filled: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    def scores() -> list[list[float]]:
        return [
            filled.search(
                Text(text), filters=lambda leaf: np.array([]), everything=lambda: np.array([])
            ).scores.tolist()
            for text in PHRASES
        ]

    before = scores()
    for way in WAYS.values():
        with monkeypatch.context() as patched:
            for name, value in way.items():
                patched.setattr(phrase, name, value)
            assert scores() == before


def test_a_far_position_makes_no_phrase_with_the_next_document(index: Index, found: Find) -> None:
    index.update(
        [
            Paper(title="x", note="filler " * 300 + "tea", id=PaperId(1)),
            Paper(title="x", note="bag", id=PaperId(2)),
            Paper(title="x", authors=(Author("tea"), Author("bag")), id=PaperId(3)),
            Paper(title="x", note="filler " * 300 + "tea bag", id=PaperId(4)),
        ],
        [],
        last_seq=1,
    )
    assert found(index, Text("tea bag")) == {4}
    assert found(index, Text("bag tea")) == set()


def test_too_many_phrases_of_common_words_are_refused_in_words(
    filled: Index, found: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = len(found(filled, Text("of the")))
    monkeypatch.setattr(phrase, "MOST_OCCURRENCES", 3_000)
    assert len(found(filled, Text("of the"))) == one
    with pytest.raises(ReadingListError, match="too many phrases") as refused:
        found(filled, Or(tuple(Text("of the") for _ in range(20))))
    assert not isinstance(refused.value, IndexDamaged)


def test_random_texts_and_phrases_agree(tmp_path: Path, found: Find) -> None:
    drawn = random.Random(4)
    titles = [" ".join(drawn.choices("abc", k=drawn.randint(1, 12))) for _ in range(200)]
    index = Index.open(tmp_path / "index", Stamp("a library"))
    papers = [Paper(title=title, id=PaperId(number)) for number, title in enumerate(titles, 1)]
    index.update(papers[:90], [], last_seq=1)
    index.update(papers[90:], [], last_seq=2)
    for _ in range(60):
        text = " ".join(drawn.choices("abc", k=drawn.randint(2, 6)))
        expected = {paper.id for paper in papers if f" {text} " in f" {paper.title} "}
        assert found(index, Text(text)) == expected
