"""Measure whether vectors of meaning help: to find similar papers, to search, to suggest.

    pip install -e .[vectors]
    python tests/bench/vectors.py LIBRARY [JUDGED] [--count 600] [--readers 12] [--seed 5]

LIBRARY is the folder of an indexed library; it is read only, and its vectors are made here. JUDGED is a collection with
judged questions (see `questions.judged`).

Similar: for papers drawn, those that share a keyword or an author with them (each that three to two hundred papers
have), none of which is shown to the methods: titles and abstracts only. Once with the paper's abstract, once with its
title alone. Methods: tf-idf as it is, vectors alone, and blends: tf-idf plus so many parts of the cosine, and
reciprocal rank fusion. The first half of the papers is for tuning, the second was not looked at when choosing. With
`--lsa` (needs scikit-learn: the extra `bench`) also the same with vectors made of the papers themselves by latent
semantic analysis. They take two minutes and help as much; both together help more.
Search: the scores of the questions of JUDGED as they are, and blended alike. Suggest: readers as in `suggest.py`.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ours import OurLibrary
from questions import judged
from readers import KINDS, Interests
from suggest import measured

from readinglist.discover import similar as by_words
from readinglist.discover.embedding import Embedding, text_of
from readinglist.discover.learning import rank
from readinglist.discover.reasons import tokens_of
from readinglist.discover.vectors import Vectors
from readinglist.index.snapshot import Snapshot
from readinglist.library import Library
from readinglist.paper import Paper

Scores = NDArray[Any]
Found = dict[str, list[tuple[float, ...]]]

_PARTS = (0.1, 0.2, 0.3, 0.5)
_DEEP = 1_000
_DISCOUNTS = 1 / np.log2(np.arange(10) + 2)


def ranked(scores: Scores, gains: Mapping[int, float]) -> tuple[float, float]:
    """Return nDCG@10 and average precision of scores, by places; below the first thousand nothing is looked at."""
    deep = min(_DEEP, len(scores))
    first = np.argpartition(-scores, deep - 1)[:deep]
    first = first[np.argsort(-scores[first], kind="stable")]
    found = np.array([gains.get(place, 0.0) for place in first.tolist()])
    best = np.sort(np.array(list(gains.values())))[::-1][:10]
    ideal = (best * _DISCOUNTS[: len(best)]).sum()
    hits = found > 0
    precisions = (np.cumsum(hits) / np.arange(1, deep + 1))[hits]
    return float((found[:10] * _DISCOUNTS[: len(found[:10])]).sum() / ideal), float(precisions.sum() / len(gains))


def fused(one: Scores, other: Scores, parts: float = 1.0, k: int = 60) -> Scores:
    """Return reciprocal rank fusion (Cormack, Clarke, Büttcher 2009)."""
    places = [np.argsort(np.argsort(-each, kind="stable"), kind="stable") for each in (one, other)]
    fusion: Scores = 1 / (k + places[0]) + parts / (k + places[1])
    return fusion


def blends(words: Scores, meaning: Scores) -> dict[str, Scores]:
    """Return every way to rank by two scores."""
    ways = {"tf-idf": words, "vectors": meaning}
    ways |= {f"tf-idf + {parts} vectors": words + parts * meaning for parts in _PARTS}
    return ways | {"rank fusion": fused(words, meaning)}


def show(title: str, found: Found, base: str) -> None:
    """Print a table: means, the difference from `base` with its 95 % interval, both halves."""
    print(f"\n### {title}, {len(found[base])}\n")
    print(f"| ranking | nDCG@10 | MAP | nDCG less tf-idf's | MAP less | first half | second half |\n{'|---' * 7}|")
    for name, rows in found.items():
        values, less = np.array(rows), np.array(rows) - np.array(found[base])
        spread = 1.96 * less.std(axis=0) / np.sqrt(len(less))
        half = len(values) // 2
        print(
            f"| {name} | {values[:, 0].mean():.3f} | {values[:, 1].mean():.3f} "
            f"| {less[:, 0].mean():+.3f} ± {spread[0]:.3f} | {less[:, 1].mean():+.3f} ± {spread[1]:.3f} "
            f"| {values[:half, 0].mean():.3f} | {values[half:, 0].mean():.3f} |",
            flush=True,
        )


class Peers:
    """What papers have in common that no method is shown."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._papers = papers
        self._of: dict[str, defaultdict[str, set[int]]] = {"keyword": defaultdict(set), "author": defaultdict(set)}
        for place, paper in enumerate(papers):
            for kind in self._of:
                for name in self._names(paper, kind):
                    self._of[kind][name].add(place)
        self.shown = {
            "keyword": np.array([bool(paper.keywords) for paper in papers]),
            "author": np.ones(len(papers), np.bool_),
        }

    @staticmethod
    def _names(paper: Paper, kind: str) -> set[str]:
        if kind == "author":
            return {author.name for author in paper.authors}
        parts = (part.strip() for each in paper.keywords for part in re.split("[:,]", each.lower()))
        return {part for part in parts if len(part) > 3}

    def drawn(self, kind: str, count: int, seed: int) -> list[tuple[int, dict[int, float]]]:
        """Return papers by their places, and how much each other has in common with them."""
        chosen = []
        for place in random.Random(seed).sample(range(len(self._papers)), len(self._papers)):
            gains: defaultdict[int, float] = defaultdict(float)
            for name in self._names(self._papers[place], kind):
                if 3 <= len(self._of[kind][name]) <= 200:
                    for peer in self._of[kind][name]:
                        gains[peer] += 1
            gains.pop(place, None)
            if len(gains) >= 3:
                chosen.append((place, dict(gains)))
            if len(chosen) == count:
                break
        return chosen


def cosines_of_words(snapshot: Snapshot, docs: Scores, paper: Paper) -> Scores:
    """Return the scores of `similar` for every paper, of title and abstract alone."""
    direction = by_words._direction(snapshot, [tokens_of(replace(paper, keywords=()))], [])
    found = by_words._nearest(snapshot, direction, (), snapshot.documents, None)
    scores = np.zeros(snapshot.documents, np.float32)
    scores[[doc for doc, _, _ in found]] = [score for _, score, _ in found]
    return scores[docs]


def unit(vectors: Scores) -> Scores:
    """Return rows of length 1."""
    lengths: Scores = np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    return vectors / lengths


def latent(papers: Sequence[Paper], dimensions: int = 128) -> Scores:
    """Return vectors of the papers by latent semantic analysis of their own texts, seen from their middle."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(sublinear_tf=True, min_df=5, max_df=0.3, stop_words="english", dtype=np.float32)
    texts = words.fit_transform(text_of(paper) for paper in papers)
    found = unit(TruncatedSVD(dimensions, n_iter=3, random_state=0).fit_transform(texts).astype(np.float32))
    return unit(found - found.mean(axis=0))


def measure_similar(
    papers: Sequence[Paper], snapshot: Snapshot, model: Embedding, count: int, seed: int, *, lsa: bool
) -> None:
    """Print how many of the nearest share a keyword, or an author."""
    by_words._FIELDS = ("title", "abstract")  # type: ignore[assignment]
    by_words._TELLING = 0
    docs = snapshot.docs_of(np.array([paper.id for paper in papers], np.int64))
    raw = embedded(papers, model)
    middle = raw.mean(axis=0)
    vectors = unit(raw - middle)
    peers = Peers(papers)
    own = latent(papers) if lsa else None
    for with_abstract in (True, False):
        for kind, shown in peers.shown.items():
            found: Found = defaultdict(list)
            for place, gains in peers.drawn(kind, count, seed):
                paper = papers[place] if with_abstract else replace(papers[place], abstract=None)
                words = cosines_of_words(snapshot, docs, paper)
                meaning = vectors @ unit(model.of([text_of(paper)])[0] - middle)
                shipped = np.where(words > 0, words + by_words._NEARNESS * meaning, 0)
                ways = {**blends(words, meaning), "as `similar` does": shipped}
                if own is not None and with_abstract:
                    near = own @ own[place]
                    ways |= {name.replace("vectors", "LSA"): each for name, each in blends(words, near).items()}
                    ways["tf-idf + 0.2 vectors + 0.2 LSA"] = words + 0.2 * (meaning + near)
                for name, scores in ways.items():
                    scores = np.where(shown, scores, -9)
                    scores[place] = -9
                    found[name].append(ranked(scores, gains))
            show(f"Similar by {kind}, {'title and abstract' if with_abstract else 'title alone'}", found, "tf-idf")


def embedded(papers: Sequence[Paper], model: Embedding) -> Scores:
    """Return the vectors of papers."""
    pieces = [model.of([text_of(paper) for paper in papers[at : at + 500]]) for at in range(0, len(papers), 500)]
    return np.concatenate(pieces)


def measure_search(path: Path, model: Embedding) -> None:
    """Print how well the judged questions are answered."""
    collection = judged(path)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        ours = OurLibrary(Path(folder))
        ours.add_each(collection.papers)
        raw = embedded(collection.papers, model)
        middle = raw.mean(axis=0)
        vectors = unit(raw - middle)
        for kind, questions in collection.kinds.items():
            found: Found = defaultdict(list)
            few: Found = defaultdict(list)
            for question in questions:
                hits = ours.library.search(question.text)
                words = np.zeros(len(collection.papers))
                words[np.array(hits.ids, np.int64) - 1] = hits.scores or 0
                words /= max(words.max(), 1e-9)
                meaning = vectors @ unit(model.of([" ".join(question.asked.words)])[0] - middle)
                gains = {number - 1: gain for number, gain in question.wanted.items()}
                for name, scores in blends(words, meaning).items():
                    found[name].append(ranked(scores, gains))
                    if hits.total < 10:
                        few[name].append(found[name][-1])
            show(f"{collection.name}, questions {kind}", found, "tf-idf")
            if few:
                show("of these, with fewer than ten papers found", few, "tf-idf")
        ours.library.close()


def measure_suggestions(papers: Sequence[Paper], snapshot: Snapshot, model: Embedding, readers: int) -> None:
    """Print how well simulated readers are served by the ranking as it is, and blended with one by vectors.

    That is the direction from all papers to those that were liked, as by linear discriminants with shrinkage.
    """
    words = Vectors(snapshot, ("title", "abstract"))
    docs = snapshot.docs_of(np.array([paper.id for paper in papers], np.int64))
    place_of = np.full(snapshot.documents, -1)
    place_of[docs] = np.arange(len(docs))
    raw = embedded(papers, model)
    vectors = unit(raw - raw.mean(axis=0))
    shrunk = vectors.T @ vectors / len(vectors) + 0.1 * np.eye(vectors.shape[1])
    interests = Interests(papers)
    sizes = (5, 20, 100)
    found: dict[int, Found] = {size: defaultdict(list) for size in sizes}
    for kind in KINDS:
        for number in range(readers):
            reader = interests.reader(kind, number, sizes, held_out=False)
            for size in sizes:
                said = reader.judged[size]
                liked, passed = ([place for place, likes in said.items() if likes is which] for which in (True, False))
                left = reader.shown.copy()
                left[list(said)] = False
                ranking = rank(words, *({int(docs[p]): 1.0 for p in places} for places in (liked, passed)), docs[left])
                first = place_of[ranking.candidates[: len(ranking.scores)]]
                towards = vectors[liked].mean(axis=0) - (0.3 * vectors[passed].mean(axis=0) if passed else 0)
                near = vectors[first] @ np.linalg.solve(shrunk, towards)
                for name, best in blends(standard(ranking.scores), standard(near)).items():
                    scores = np.full(len(papers), -1e9)
                    scores[first] = best
                    found[size][name].append(measured(scores, reader, said)[::-1])
    for size in sizes:
        show(f"Suggestions after {size} judged (nDCG@100, P@20)", found[size], "tf-idf")


def standard(scores: Scores) -> Scores:
    """Return scores with mean 0 and spread 1."""
    made: Scores = (scores - scores.mean()) / max(float(scores.std()), 1e-9)
    return made


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("judged", type=Path, nargs="?")
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--readers", type=int, default=12, help="how many of each kind; 0: no suggestions")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--lsa", action="store_true", help="also vectors made of the papers themselves")
    asked = parser.parse_args()
    model = Embedding()
    with Library.open(asked.library, create=False) as library:
        library.wait_for_index()
        papers = list(library.read_all(sorted(library.search("").ids)))
        snapshot = library._look(lambda found: found)
    if asked.readers:
        measure_suggestions(papers, snapshot, model, asked.readers)
    if asked.count:
        measure_similar(papers, snapshot, model, asked.count, asked.seed, lsa=asked.lsa)
    if asked.judged is not None:
        measure_search(asked.judged, model)


if __name__ == "__main__":
    main()
