"""Vectors of documents, and a linear model of them, against what plain numpy makes of whole matrices."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from readinglist.discover.learning import rank, sample
from readinglist.discover.pairs import with_pairs
from readinglist.discover.ridge import fit_ridge
from readinglist.discover.vectors import FIELD_WEIGHTS, Rows, Vectors
from readinglist.index.snapshot import Snapshot
from readinglist.paper import Paper, PaperId
from readinglist.text.words import forms
from tests.discover.snapshots import snapshot_of

TEXTS = [
    ("Lighthouses in fog", "A lighthouse is seen late in fog. We measure how late, with ships and ships and ships."),
    ("Ships and lighthouses", "Ships look for a lighthouse first. The fog hides the lighthouse. " * 3),
    ("Herring shoals", "A shoal of herring turns as one. We film shoals of herring at night."),
    ("Fog", None),
    ("Rising bread", "Why bread rises: yeast and time. Long time, good bread."),
    ("", None),
]
PAPERS = [Paper(id=PaperId(n), title=title, abstract=abstract) for n, (title, abstract) in enumerate(TEXTS, 1)]


@pytest.fixture(params=[1, 3])
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    return snapshot_of(PAPERS, request.param)


def dense(rows: Rows, vectors: Vectors) -> np.ndarray:
    whole = np.zeros((rows.documents, vectors.size))
    np.add.at(whole, (rows.row, rows.features[rows.column]), rows.value)
    return whole


def expected(paper: Paper, form: str) -> float:
    """The weight of a form in a paper, as the docstring of `vectors` says."""
    texts = [(paper.title, paper.abstract or "") for paper in PAPERS]
    having = max(sum(form in forms(text[field]) for text in texts) for field in (0, 1))
    idf = math.log((len(PAPERS) + 1) / (having + 1))
    counts = [Counter(forms(text)) for text in (paper.title, paper.abstract or "")]
    weights = [FIELD_WEIGHTS[name] for name in ("title", "abstract")]
    words = sum(sum(each.values()) for each in counts)
    return (
        max(idf, 0)
        * sum(w * math.sqrt(each[form]) for w, each in zip(weights, counts, strict=True))
        / math.sqrt(max(words, 20))
    )


def test_weights_are_those_of_the_definition(snapshot: Snapshot) -> None:
    vectors = Vectors(snapshot)
    docs = snapshot.docs_of(np.array([paper.id for paper in PAPERS[:5]]))
    rows = vectors.rows(docs)
    whole = dense(rows, vectors)
    found = dict(zip(vectors.forms(rows.features), rows.features.tolist(), strict=True))
    assert {"ships", "lighthouse", "lighthouses", "yeast"} <= found.keys()
    for place, paper in enumerate(PAPERS[:5]):
        for form, feature in found.items():
            assert whole[place, feature] == pytest.approx(expected(paper, form), rel=0.03), (paper.title, form)


def test_lengths_are_those_of_the_vectors_where_words_stand_in_two_fields(snapshot: Snapshot) -> None:
    vectors = Vectors(snapshot)
    rows = vectors.rows(snapshot.docs_of(np.array([1, 2, 3])))
    assert rows.lengths() == pytest.approx(np.linalg.norm(dense(rows, vectors), axis=1))


def test_products_of_all_documents_are_those_of_their_vectors(snapshot: Snapshot) -> None:
    vectors = Vectors(snapshot)
    rows = vectors.rows(np.arange(snapshot.documents))
    weights = np.linspace(-1, 1, len(rows.features))
    assert vectors.products(rows.features, weights) == pytest.approx(rows.times(weights), abs=1e-5)


def test_rows_come_in_the_order_asked_for(snapshot: Snapshot) -> None:
    vectors = Vectors(snapshot)
    one, other = vectors.rows(np.array([2, 0])), vectors.rows(np.array([0, 2]))
    assert dense(one, vectors) == pytest.approx(dense(other, vectors)[::-1])
    assert vectors.rows(np.array([], np.int64)).documents == 0


def test_long_posting_lists_are_gone_through_in_pieces(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = Vectors(snapshot)
    docs = np.arange(snapshot.documents)
    whole = vectors.rows(docs)
    products = vectors.products(whole.features, np.ones(len(whole.features)))
    monkeypatch.setattr("readinglist.discover.vectors._POSTINGS_AT_ONCE", 3)
    assert dense(vectors.rows(docs), vectors) == pytest.approx(dense(whole, vectors))
    assert vectors.products(whole.features, np.ones(len(whole.features))) == pytest.approx(products)


def test_ridge_finds_what_the_normal_equations_say() -> None:
    drawn = np.random.default_rng(3)
    whole = drawn.random((12, 5)) * (drawn.random((12, 5)) < 0.6)
    row, column = np.nonzero(whole)
    rows = Rows(12, np.arange(5), row, column, whole[row, column])
    targets, importance = np.where(np.arange(12) < 4, 1.0, -1.0), drawn.random(12)
    weights, constant = fit_ridge(rows, targets, importance, 0.1, steps=200)
    padded = np.hstack([whole, np.ones((12, 1))])
    penalty = np.diag([0.1] * 5 + [0.0])
    exact = np.linalg.solve(padded.T @ (padded * importance[:, None]) + penalty, padded.T @ (importance * targets))
    assert np.append(weights, constant) == pytest.approx(exact, abs=0.02)


@pytest.mark.parametrize("paired", [2, 2_000])
def test_what_is_like_the_liked_is_ranked_first(
    snapshot: Snapshot, paired: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglist.discover.learning.PAIRED", paired)
    vectors = Vectors(snapshot)
    (liked, passed) = snapshot.docs_of(np.array([1, 5])).tolist()
    ranking = rank(vectors, {liked: 1.0}, {passed: 1.0}, snapshot.docs_of(np.array([2, 3, 4, 6])))
    assert snapshot.papers[ranking.candidates].tolist()[0] == 2
    assert sorted(snapshot.papers[ranking.candidates].tolist()) == [2, 3, 4, 6]
    assert len(ranking.scores) == min(paired, 4)


def test_pairs_are_found_over_words_of_grammar(snapshot: Snapshot) -> None:
    vectors = Vectors(snapshot)
    docs = snapshot.docs_of(np.array([1, 2, 4]))
    found = with_pairs(vectors, docs, 3)
    whole = np.zeros((3, len(found.rows.features)))
    np.add.at(whole, (found.rows.row, found.rows.column), found.rows.value)
    pairs = {found.pair(column) for column in range(found.single, len(found.rows.features))}
    # Pairs that two documents have; the gap between title and abstract makes none.
    assert pairs <= {("lighthous", "fog"), ("ship", "lighthous"), ("ship", "ship")}
    assert whole[:, : found.single] == pytest.approx(dense(vectors.rows(docs), vectors)[:, vectors.rows(docs).features])


def test_a_sample_hardly_changes_when_papers_come_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readinglist.discover.learning.SAMPLE", 20)
    papers = [Paper(id=PaperId(n), title=f"number {n}") for n in range(1, 101)]
    none = np.zeros(0, np.int64)

    def sampled(count: int) -> set[int]:
        vectors = Vectors(snapshot_of(papers[:count], 1))
        return set(vectors.snapshot.papers[sample(vectors, np.arange(count), none)].tolist())

    before, after = sampled(90), sampled(100)
    assert len(before) == len(after) == 20
    assert len(before & after) >= 14


def test_one_slip_among_the_liked_does_not_lead_the_ranking_away() -> None:
    generator = np.random.default_rng(2)
    subjects = {
        "sea": ["fog", "ship", "lighthouse", "herring", "tide"],
        "bread": ["yeast", "dough", "oven", "flour", "crust"],
    }
    others = [f"word{number}" for number in range(60)]

    def text(subject: list[str]) -> str:
        return " ".join([*generator.choice(subject, 2), *generator.choice(others, 10)])

    about = ["sea"] * 20 + ["bread"] * 20 + [""] * 160
    texts = [text(subjects.get(each, others)) for each in about]
    papers = [Paper(id=PaperId(n), title=f"Paper {n}", abstract=each) for n, each in enumerate(texts, 1)]
    vectors = Vectors(snapshot_of(papers, 1))
    docs = vectors.snapshot.docs_of(np.arange(1, 201))
    liked = dict.fromkeys([*docs[:7].tolist(), int(docs[20])], 1.0)
    candidates = docs[[place for place in range(200) if int(docs[place]) not in liked]]

    def place_of_bread() -> float:
        ranked = vectors.snapshot.papers[rank(vectors, liked, {}, candidates).candidates].tolist()
        return float(np.mean([ranked.index(number) for number in range(22, 41)]))

    with pytest.MonkeyPatch.context() as context:
        context.setattr("readinglist.discover.learning.Lesson.doubted", lambda lesson, rows: lesson)
        believed = place_of_bread()
    assert place_of_bread() > believed + 5
