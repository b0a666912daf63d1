"""Measure suggestions: do simulated readers find what they want among the first twenty?

    python tests/bench/suggest.py LIBRARY [--readers 20] [--judged 5 20 100] [--noise 0.2] [--held-out]
                                          [--methods ours ...] [--plot FILE] [--seed 0] [--results FILE]

LIBRARY is the folder of an indexed library; it is read only. So many readers of each kind (see `readers`) have judged
so many papers; every method, shown titles and abstracts only, ranks the others that the reader may be shown. Printed
are precision at 20 and nDCG at 100 with 95 % intervals (bootstrap over readers), then ours less each other method,
reader by reader.

The recipe of arxiv-sanity-lite needs scikit-learn (`pip install -e .[bench]`): tf-idf of words and pairs, and a linear
SVM that takes every paper that was not liked for one that was not wanted.

What was tried on the readers for tuning and did not help: stems in place of forms (mean nDCG 0.01 less); the exact
length of vectors in place of the root of the number of words (0.02 less; with noise 0.01 more after 100); leaving out
stop words, numbers and rare words; the words of a title as heavy as the abstract's (0.01 less than three tenths); other
ways to dampen counts, other powers of idf; the features of the recipe (0.01 to 0.02 less); logistic and squared hinge
loss (as good, two to four times the work); 20,000 papers for what is not wanted in place of 5,000; a second round with
the best taken for liked (0.01 less); the nearest liked paper or the mean of the liked mixed in (0.002 more for authors,
less for venues); larger penalties (with noise 0.006 more, without 0.015 less after 100), smaller ones (0.006 less
after 20); a randomised SVD of the whole library, 100 or 300 dimensions, mixed in (0.005 more after 5, as much as the
words that go with those of the liked, which cost one product with the sample, not a minute); papers passed over
left out (with noise 0.009 more after 100, without 0.003 less).
What helped: pairs of words (0.01 to 0.02), less weight of titles, a small penalty once many papers are judged; words
that go with those of the liked (0.003 after 5, 0.01 with noise); doubting liked papers that the others do not foretell
(with noise 0.01 after 20 and 100, without 0.001 less), by the mean of the others as well as by the ridge without
them and better than by the five nearest; a third of the weight of papers passed over (with noise 0.002).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from readers import KINDS, Interests, SimulatedReader

from readinglist.discover.learning import rank
from readinglist.discover.vectors import Vectors
from readinglist.library import Library
from readinglist.paper import Paper

Scores = NDArray[Any]
Method = Callable[[SimulatedReader, Mapping[int, bool]], Scores]
"""Gives every paper a score from those that were judged, by their places."""

MEASURES = ("P@20", "nDCG@100")
_FIRST, _DEEP = 20, 100
_DRAWS = 2_000


def measured(scores: Scores, reader: SimulatedReader, judged: Mapping[int, bool]) -> tuple[float, float]:
    """Return precision at 20 and nDCG at 100 over the papers that were not judged."""
    candidates = reader.shown.copy()
    candidates[list(judged)] = False
    places = np.flatnonzero(candidates)
    first = places[np.argsort(-scores[places], kind="stable")[:_DEEP]]
    gains = reader.wanted[first].astype(float)
    discounts = 1 / np.log2(np.arange(_DEEP) + 2)
    possible = discounts[: int(reader.wanted[places].sum())].sum()
    return float(gains[:_FIRST].mean()), float((gains * discounts).sum() / possible)


def interval(values: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return the mean and the ends of its 95 % interval."""
    drawn = np.random.default_rng(0).integers(len(values), size=(_DRAWS, len(values)))
    low, high = np.quantile(values[drawn].mean(axis=1), (0.025, 0.975))
    return float(values.mean()), float(low), float(high)


class Methods:
    """Every method by its name."""

    def __init__(self, papers: Sequence[Paper], vectors: Vectors) -> None:
        self._papers = papers
        self._vectors = vectors
        self._docs = vectors.snapshot.docs_of(np.array([paper.id for paper in papers], np.int64))
        self._recipe: Any = None

    def named(self, name: str) -> Method | None:
        """Return a method, or None where this library lacks what it needs."""
        count = len(self._papers)
        if name == "upvotes" and not any(paper.upvotes for paper in self._papers):
            return None
        by_votes = np.array([paper.upvotes or 0 for paper in self._papers])
        by_year = np.array([paper.year or 0 for paper in self._papers]) + np.random.default_rng(1).random(count) / 2
        methods: dict[str, Method] = {
            "random": lambda reader, judged: np.random.default_rng(len(judged)).random(count),
            "newest": lambda reader, judged: by_year,
            "upvotes": lambda reader, judged: by_votes,
            "neighbours": self._neighbours,
            "recipe": lambda reader, judged: self._svm(reader, judged, 0.01),
            "recipe-C0.1": lambda reader, judged: self._svm(reader, judged, 0.1),
            "ours": self._ours,
        }
        return methods[name]

    def _ours(self, reader: SimulatedReader, judged: Mapping[int, bool]) -> Scores:
        liked = {int(self._docs[place]): 1.0 for place, likes in judged.items() if likes}
        passed = {int(self._docs[place]): 1.0 for place, likes in judged.items() if not likes}
        candidates = reader.shown.copy()
        candidates[list(judged)] = False
        ranked = rank(self._vectors, liked, passed, self._docs[candidates]).candidates
        scores: Scores = np.zeros(self._vectors.snapshot.documents)
        scores[ranked] = np.arange(len(ranked), 0, -1)
        return scores[self._docs]

    def _neighbours(self, reader: SimulatedReader, judged: Mapping[int, bool]) -> Scores:
        """Score by the cosine with the nearest liked paper."""
        best: Scores = np.zeros(len(self._papers))
        rows = self._vectors.rows(self._docs[[place for place, likes in judged.items() if likes]])
        lengths = rows.lengths()
        for document in range(rows.documents):
            alike = self._vectors.products(rows.features, rows.one(document) / lengths[document])[self._docs]
            np.maximum(best, alike, out=best)
        return best

    def _svm(self, reader: SimulatedReader, judged: Mapping[int, bool], penalty: float) -> Scores:
        from sklearn.svm import LinearSVC

        if self._recipe is None:
            self._recipe = self._recipe_features()
        liked = np.zeros(len(self._papers))
        liked[[place for place, likes in judged.items() if likes]] = 1
        # As in arxiv-sanity-lite's send_emails.py (C=0.01) and serve.py (C=0.1), but for the tolerance (1e-6), which
        # takes several times as long and changes no figure.
        machine = LinearSVC(class_weight="balanced", max_iter=10_000, tol=1e-4, C=penalty)
        scores: Scores = machine.fit(self._recipe[reader.shown], liked[reader.shown]).decision_function(self._recipe)
        return scores

    def _recipe_features(self) -> Any:
        from sklearn.feature_extraction.text import TfidfVectorizer

        # As in arxiv-sanity-lite's compute.py, with twice the features, which does better here.
        words = TfidfVectorizer(
            strip_accents="unicode",
            stop_words="english",
            token_pattern=r"(?u)\b[a-zA-Z_][a-zA-Z0-9_]+\b",
            ngram_range=(1, 2),
            max_features=20_000,
            sublinear_tf=True,
            max_df=0.5,
            min_df=5,
            dtype=np.float32,
        )
        return words.fit_transform(f"{paper.title} {paper.abstract or ''}" for paper in self._papers)


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--readers", type=int, default=20, help="how many of each kind")
    parser.add_argument("--judged", type=int, nargs="+", default=[5, 20, 100])
    parser.add_argument("--noise", type=float, default=0.0)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kinds", nargs="+", default=list(KINDS))
    names = ["random", "newest", "upvotes", "neighbours", "recipe", "recipe-C0.1", "ours"]
    parser.add_argument("--methods", nargs="+", default=names)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--results", type=Path, help="a file (.npz) of what was measured before, which is not again")
    asked = parser.parse_args()
    with Library.open(asked.library, create=False) as library:
        library.wait_for_index()
        papers = list(library.read_all(sorted(library.search("").ids)))
        snapshot = library._look(lambda found: found)
    interests = Interests(papers)
    readers = [
        interests.reader(kind, asked.seed + number, asked.judged, held_out=asked.held_out, noise=asked.noise)
        for kind in asked.kinds
        for number in range(asked.readers)
    ]
    methods = Methods(papers, Vectors(snapshot, ("title", "abstract")))
    print(
        f"{len(papers):,} papers, {len(readers)} readers ({'held out' if asked.held_out else 'for tuning'}),", end=" "
    )
    print(
        f"noise {asked.noise:.0%}; wanted: {np.median([reader.wanted.sum() for reader in readers]):.0f} papers (median)"
    )
    print("judged".rjust(28), *(f"{size:>33}" for size in asked.judged))
    results: dict[str, NDArray[np.float64]] = {}
    before = dict(np.load(asked.results)) if asked.results is not None and asked.results.exists() else {}
    for name in asked.methods:
        if name in before:
            results[name] = show(name, before[name], readers, asked.judged)
            continue
        method = methods.named(name)
        if method is None:
            print(f"{name:14} this library has no upvotes: not measured")
            continue
        results[name] = measure(name, method, readers, asked.judged)
        if asked.results is not None:
            np.savez(asked.results, **{**before, **results})
    compare(results, asked.judged)
    if asked.plot is not None:
        draw(results, asked.judged, asked.plot)


def measure(name: str, method: Method, readers: Sequence[SimulatedReader], sizes: Sequence[int]) -> NDArray[np.float64]:
    """Measure a method and print its figures; return them by reader, number of papers judged and measure."""
    found = np.zeros((len(readers), len(sizes), len(MEASURES)))
    started = time.perf_counter()
    for row, reader in enumerate(readers):
        for column, size in enumerate(sizes):
            found[row, column] = measured(method(reader, reader.judged[size]), reader, reader.judged[size])
    seconds = (time.perf_counter() - started) / len(readers) / len(sizes)
    show(name, found, readers, sizes)
    print(f"{'':14}{seconds * 1000:>10.0f} ms a ranking", flush=True)
    return found


def show(
    name: str, found: NDArray[np.float64], readers: Sequence[SimulatedReader], sizes: Sequence[int]
) -> NDArray[np.float64]:
    """Print a method's figures, by what is measured and by the kind of reader; return them."""
    for place, measure_name in enumerate(MEASURES):
        cells = ["{:.3f} ({:.3f} to {:.3f})".format(*interval(found[:, at, place])) for at in range(len(sizes))]
        print(f"{name if not place else '':14}{measure_name:>14}", *(f"{cell:>33}" for cell in cells), flush=True)
    kinds = [reader.kind for reader in readers]
    for kind in dict.fromkeys(kinds):
        mine = found[[each == kind for each in kinds]]
        cells = ["P@20 {:.3f}, nDCG {:.3f}".format(*mine[:, at].mean(axis=0)) for at in range(len(sizes))]
        print(f"{'':14}{kind:>14}", *(f"{cell:>33}" for cell in cells))
    print(f"{'':14}{'all sizes':>14} mean nDCG {found[:, :, 1].mean():.4f}", flush=True)
    return found


def compare(results: Mapping[str, NDArray[np.float64]], sizes: Sequence[int]) -> None:
    """Print ours less the others, reader by reader."""
    ours = results.get("ours")
    if ours is None:
        return
    for name, found in results.items():
        if name == "ours":
            continue
        for place, measure_name in enumerate(MEASURES):
            less = ours[:, :, place] - found[:, :, place]
            cells = ["{:+.3f} ({:+.3f} to {:+.3f})".format(*interval(less[:, at])) for at in range(len(sizes))]
            first = f"ours - {name}" if not place else ""
            print(f"{first:20}{measure_name:>8}", *(f"{cell:>33}" for cell in cells))


def draw(results: Mapping[str, NDArray[np.float64]], sizes: Sequence[int], path: Path) -> None:
    """Draw both measures over the number of papers judged, a line for each method. Needs matplotlib."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, len(MEASURES), figsize=(10, 4.2))
    for place, (axis, title) in enumerate(zip(axes, MEASURES, strict=True)):
        for colour, (name, found) in enumerate(results.items()):
            means, lows, highs = zip(*(interval(found[:, at, place]) for at in range(len(sizes))), strict=True)
            spread = [np.subtract(means, lows), np.subtract(highs, means)]
            axis.errorbar(sizes, means, spread, fmt=f"C{colour}o-", markersize=4, capsize=3, label=name)
        axis.set(xscale="log", title=title, xlabel="papers judged", ylim=(0, None), xticks=sizes)
        axis.set_xticklabels([str(size) for size in sizes])
        axis.minorticks_off()
        axis.grid(alpha=0.3)
    axes[0].legend(frameon=False)
    figure.tight_layout()
    figure.savefig(path, dpi=130)


if __name__ == "__main__":
    sys.exit(main())
