"""What a segment says of its words is what going through all of them says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.index import invert
from readinglist.index.builder import Builder
from readinglist.index.damaged import IndexDamaged
from readinglist.index.segment import Postings, Segment
from readinglist.index.texts import GAP
from readinglist.paper import Author, Paper, PaperId
from readinglist.query.edits import within
from readinglist.text.words import forms, stem

if TYPE_CHECKING:
    from tests.index.conftest import Invent

WORDS = st.lists(
    st.sampled_from(
        [
            "model",
            "models",
            "mode",
            "team",
            "tea",
            "teas",
            "naive",
            "naïve",
            "модель",
            "модели",
            "注",
            "意",
            "🙂",
            "ngstrom",
            "ångström",
            "x2",
            "ﷺ",
        ]
    )
    | st.text("abcмодé注", min_size=1, max_size=5),
    max_size=30,
)


def segment_of(*papers: Paper) -> Segment:
    builder = Builder()
    for number, paper in enumerate(papers, 1):
        builder.add(replace(paper, id=PaperId(number)))
    return Segment("s", *builder.arrays())


def words_of(postings: Postings, segment: Segment) -> dict[str, list[tuple[int, list[int]]]]:
    """Return document and positions of every posting, by form."""
    found: dict[str, list[tuple[int, list[int]]]] = {}
    for place, number in enumerate(postings.terms.tolist()):
        its = postings.postings(place, place + 1)
        at = postings.begin_of_positions(place)
        entries = found[segment.form(number)] = []
        for doc, tf in zip(postings.docs[its].tolist(), postings.tf[its].tolist(), strict=True):
            entries.append((doc, postings.pos[at : at + tf].tolist()))
            at += tf
    return found


@given(WORDS)
def test_forms_are_found_by_name_and_by_beginning(words: list[str]) -> None:
    segment = segment_of(Paper(title=" ".join(words)))
    vocabulary = sorted({form for word in words for form in forms(word)})
    assert segment.all_forms() == vocabulary
    assert [segment.form(number) for number in range(segment.forms)] == vocabulary
    for word in {*vocabulary, "nowhere", "", "注意"}:
        assert segment.find(word) == (vocabulary.index(word) if word in vocabulary else None)
        for length in range(len(word) + 1):
            first, end = segment.span(word[:length])
            assert vocabulary[first:end] == [form for form in vocabulary if form.startswith(word[:length])]


@given(WORDS)
def test_families_are_the_forms_with_one_stem(words: list[str]) -> None:
    segment = segment_of(Paper(title=" ".join(words)))
    for root in {stem(form) for form in segment.all_forms()}:
        expected = [form for form in segment.all_forms() if stem(form) == root]
        family = segment.family(root)
        if expected == [root]:
            assert family is None
        else:
            assert family is not None
            assert [segment.form(number) for number in segment.members(family)] == expected


@given(WORDS, st.integers(1, 2))
def test_misspelt_words_are_those_within_the_edits(words: list[str], edits: int) -> None:
    segment = segment_of(Paper(title=" ".join(words)))
    for word in {form for text in words for form in forms(text)} | {"modle", "tae", "модл", "🙃"}:
        expected = [form for form in segment.all_forms() if form[0] == word[0] and within(word, form, edits)]
        assert [segment.form(number) for number in segment.near(word, edits)] == expected
        anywhere = [form for form in segment.all_forms() if within(word, form, edits)]
        assert [segment.form(n) for n in segment.near(word, edits, any_first_letter=True)] == anywhere


def test_postings_tell_documents_frequencies_and_positions() -> None:
    segment = segment_of(
        Paper(title="the cat and the dog", authors=(Author("Ada Byron"), Author("!"), Author("Ada Lovelace"))),
        Paper(title="dog", abstract="cat"),
    )
    assert words_of(segment.fields["title"], segment) == {
        "and": [(0, [2])],
        "cat": [(0, [1])],
        "dog": [(0, [4]), (1, [0])],
        "the": [(0, [0, 3])],
    }
    assert words_of(segment.fields["author"], segment) == {
        "ada": [(0, [0, 2 + GAP])],
        "byron": [(0, [1])],
        "lovelace": [(0, [3 + GAP])],
    }
    assert words_of(segment.fields["abstract"], segment) == {"cat": [(1, [0])]}
    assert segment.fields.keys() == {"title", "author", "abstract"}
    assert segment.fields["title"].lengths.tolist() == [5, 1]
    assert segment.fields["title"].total == 6
    assert segment.papers.tolist() == [1, 2]


def test_many_and_far_positions_are_kept() -> None:
    text = "tea " * 70_000
    segment = segment_of(Paper(title="x", note=text + "end"), Paper(title="x", note="tea"))
    note = words_of(segment.fields["note"], segment)
    assert note["tea"] == [(0, list(range(70_000))), (1, [0])]
    assert note["end"] == [(0, [70_000])]


def test_documents_of_a_family_are_counted_once() -> None:
    segment = segment_of(
        Paper(title="model models"), Paper(title="models", abstract="model"), Paper(title="modeling tea")
    )
    family = segment.family(stem("models"))
    assert family is not None
    assert segment.fields["title"].family_documents(family) == 3
    assert segment.fields["abstract"].family_documents(family) is None


def test_families_are_counted_some_at_a_time(invented: Invent, monkeypatch: pytest.MonkeyPatch) -> None:
    papers = [invented(number) for number in range(1, 60)]
    whole = segment_of(*papers)
    for at_once in (1, 7, 50, 300):
        monkeypatch.setattr(invert, "_POSTINGS_AT_ONCE", at_once)
        parts = segment_of(*papers)
        for name, postings in parts.fields.items():
            for family in range(len({stem(form) for form in whole.all_forms()})):
                assert postings.family_documents(family) == whole.fields[name].family_documents(family)
    abstract = whole.fields["abstract"]
    models = whole.family(stem("models"))
    assert models is not None
    expected = sum(stem("models") in map(stem, forms(paper.abstract or "")) for paper in papers)
    assert abstract.family_documents(models) == expected


def test_crowds_are_the_documents_with_a_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invert, "_CROWD_DOCUMENTS", 5)
    papers = [Paper(title=f"tea team test {'tee' * (n % 2)} {'x' * n} moon") for n in range(13)]
    segment = segment_of(*papers)
    title = segment.fields["title"]
    for prefix, at_least in {"t": True, "te": True, "tea": True, "m": False, "x": False, "team": False}.items():
        crowd = title.crowd(prefix)
        assert (crowd is not None) == at_least, prefix
        if crowd is not None:
            expected = [any(form.startswith(prefix) for form in forms(paper.title)) for paper in papers]
            assert crowd.tolist() == expected


def test_a_document_without_words_has_its_place() -> None:
    segment = segment_of(Paper(title=""), Paper(title="!"), Paper(title="tea"))
    assert segment.documents == 3
    assert segment.fields["title"].lengths.tolist() == [0, 0, 1]
    assert segment_of(Paper(title="")).forms == 0


@pytest.mark.parametrize("part", ["title/docs", "title/ptr", "title/at", "title/lengths", "signs", "title/family_df"])
def test_arrays_that_do_not_fit_together_are_damage(part: str) -> None:
    builder = Builder()
    builder.add(Paper(title="model models tea", id=PaperId(1)))
    arrays, about = builder.arrays()
    with pytest.raises(IndexDamaged):
        Segment("s", {**arrays, part: arrays[part][:-1]}, about)
    with pytest.raises(IndexDamaged):
        Segment("s", arrays, {"documents": 1})


def test_length_bytes_are_whooshs() -> None:
    segment = segment_of(*(Paper(title="tea " * count) for count in (0, 1, 10, 11, 500, 200_000)))
    lengths = invert.LENGTHS[segment.fields["title"].lengths]
    assert lengths.tolist() == [0, 1, 10, 12, 508, int(invert.LENGTHS[255])]
