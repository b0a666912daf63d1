"""What a misspelt word may be meant to be, among the words of a few papers."""

from __future__ import annotations

import numpy as np
import pytest

from readinglist.index.builder import Builder
from readinglist.index.segment import Segment
from readinglist.index.snapshot import Snapshot
from readinglist.index.spelling import Vocabulary
from readinglist.paper import Author, Paper

PAPERS = [
    *[Paper(title="Deep learning of transformers", authors=(Author("Ada Hinton"),))] * 8,
    *[Paper(title="Leaning towers", abstract="The tower is leaning.")] * 2,
    Paper(title="A learner's garden", abstract="Earning a garden, and a deep learnin of weeds. GPT4 and GPT5 agree."),
]


def vocabulary_of(*shares: list[Paper]) -> Vocabulary:
    segments = []
    for share in shares:
        builder = Builder()
        for paper in share:
            builder.add(paper)
        segments.append((Segment("s", *builder.arrays()), np.zeros(0, np.int32)))
    return Vocabulary(Snapshot(segments))


@pytest.fixture(params=[1, 3])
def vocabulary(request: pytest.FixtureRequest) -> Vocabulary:
    return vocabulary_of(*(PAPERS[first :: request.param] for first in range(request.param)))


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("lerning", "learning"),
        ("elarning", "learning"),
        ("laerning", "learning"),
        ("trnasfromers", "transformers"),
        ("ransformers", "transformers"),
        ("deeplearning", "deep learning"),
        ("hintn", "hinton"),
        ("gardn", "garden"),
    ],
)
def test_a_misspelt_word_is_put_right(vocabulary: Vocabulary, word: str, meant: str) -> None:
    assert vocabulary.spellings(word, None)[0].text == meant


@pytest.mark.parametrize("word", ["gpt6", "xyzzy", "de", "注", "", "deeptransformers"])
def test_some_words_are_like_no_other(vocabulary: Vocabulary, word: str) -> None:
    """A number off by one is another number, and two words that never stand together are not one."""
    assert vocabulary.spellings(word, None) == []


def test_the_commoner_of_two_near_words_comes_first(vocabulary: Vocabulary) -> None:
    texts = [spelling.text for spelling in vocabulary.spellings("lerning", None)]
    assert texts.index("learning") < texts.index("leaning")


def test_a_form_with_the_same_stem_is_no_correction(vocabulary: Vocabulary) -> None:
    assert "transformers" not in [spelling.text for spelling in vocabulary.spellings("transformer", None)]


def test_only_the_words_of_the_field_are_meant(vocabulary: Vocabulary) -> None:
    assert vocabulary.spellings("hintn", "title") == []
    assert vocabulary.spellings("hintn", "author")[0].text == "hinton"
    assert vocabulary.spellings("hintn", "nosuchfield") == []


def test_a_word_is_counted_with_the_forms_of_its_stem(vocabulary: Vocabulary) -> None:
    assert vocabulary.documents_with("transformer", None) == 8
    assert vocabulary.documents_with("transformer", "author") == 0
    assert vocabulary.documents_with("lerning", None) == 0
