"""Lay papers out as a map of topics: near each other what is about the same, in islands that have names.

Terms that titles speak of (`phrases`) are weighed by idf, the directions in which papers differ most found by a
randomised SVD (Halko, Martinsson, Tropp 2011, algorithm 4.4), papers gathered by k-means on the sphere (Dhillon, Modha
2001). Each cluster is a disc as large as it has papers; discs are drawn to those they are like and pushed apart where
they overlap (`islands`). The same papers give the same map.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readinglist.discover.islands import discs, on_discs
from readinglist.discover.names import Names
from readinglist.discover.phrases import Term, documents_of, find_terms
from readinglist.discover.streams import Stream, joined, streams
from readinglist.discover.values import Island, TopicMap
from readinglist.index.snapshot import Snapshot
from readinglist.paper import Paper, PaperId

Floats = NDArray[np.float32]

_HEADS = ("title", "keyword")
_BODIES = ("abstract",)
_LOOKED_AT = 12_000
_LEAST_SHARE = 0.002
_MOST_SHARE = 0.5
_DIMENSIONS = 32
_ROUNDS = 2
_MEANS_ROUNDS = 25
_FEWEST, _MOST = 5, 48
_NAMED_BY, _SHOWN = 4, 2
_TRIED = 30
_LONGER = 0.4
"""What each further word of a term is worth for a name."""

_SPELT_IN = 6
_ENTRIES_AT_ONCE = 200_000


@dataclass(frozen=True, slots=True)
class _Matrix:
    """Documents by terms, entry by entry: sorted by document, and by term."""

    documents: int
    terms: int
    by_document: tuple[NDArray[np.int64], NDArray[np.int64], Floats]
    by_term: tuple[NDArray[np.int64], NDArray[np.int64], Floats]

    def times(self, dense: Floats, step: Callable[[], None]) -> Floats:
        """Return the product with a dense matrix that has a row for each term."""
        return _product(*self.by_document, self.documents, dense, step)

    def transposed_times(self, dense: Floats, step: Callable[[], None]) -> Floats:
        """Return the product of the transpose with a dense matrix that has a row for each document."""
        return _product(*self.by_term, self.terms, dense, step)


def topic_map(
    snapshot: Snapshot,
    wanted: NDArray[np.int64],
    read: Callable[[list[PaperId]], Iterable[Paper]],
    *,
    step: Callable[[], None] = lambda: None,
) -> TopicMap:
    """Return the map of the papers `wanted`, by their numbers, as far as they are in the index.

    `read` gives papers by their numbers. `step` is called some times a second, and may raise.
    """
    docs = np.sort(snapshot.docs_of(wanted))
    docs = docs[docs >= 0]
    if not len(docs):
        return TopicMap(docs, np.zeros(0, np.float32), np.zeros(0, np.float32), np.zeros(0, np.int32), ())
    is_wanted = np.zeros(snapshot.documents, np.bool_)
    is_wanted[docs] = True
    texts, stems = streams(snapshot, is_wanted, (*_HEADS, *_BODIES), step)
    heads, bodies = (joined([texts[name] for name in names]) for names in (_HEADS, _BODIES))
    sample = np.zeros(snapshot.documents, np.bool_)
    sample[docs[np.linspace(0, len(docs) - 1, min(len(docs), _LOOKED_AT)).astype(np.int64)]] = True
    looked_at = min(len(docs), _LOOKED_AT)
    terms = find_terms(_only(heads, sample), _only(bodies, sample), stems, max(3, int(_LEAST_SHARE * looked_at)), step)
    having = documents_of(terms, [heads, bodies], len(stems), step)
    most = max(_MOST_SHARE * len(docs), 3)
    chosen = [(term, its) for term, its in zip(terms, having, strict=True) if 2 <= len(its) <= most]
    row_of = np.full(snapshot.documents, -1, np.int64)
    row_of[docs] = np.arange(len(docs))
    matrix = _matrix([row_of[its] for _, its in chosen], len(docs))
    places = _directions(matrix, step)
    island, middles = _clusters(places, step)
    sizes = np.bincount(island, minlength=len(middles))
    at, radius = discs(middles, sizes)
    x, y = on_discs(places, island, middles, at, radius, step)
    numbers = snapshot.papers[docs]
    names = _named([term for term, _ in chosen], matrix, island, sizes, numbers, stems, read)
    islands = [
        Island(name, float(at[n, 0]), float(at[n, 1]), float(radius[n]), int(sizes[n])) for n, name in enumerate(names)
    ]
    return TopicMap(numbers, x, y, island, islands)


def _only(stream: Stream, wanted: NDArray[np.bool_]) -> Stream:
    places = np.flatnonzero(wanted.take(stream.docs))
    return Stream(stream.codes.take(places), stream.docs.take(places))


def _matrix(having: Sequence[NDArray[np.int64]], documents: int) -> _Matrix:
    """Return the documents by terms: idf, each document's row of length 1."""
    counts = np.array([len(its) for its in having], np.int64)
    term = np.repeat(np.arange(len(having)), counts)
    document = np.concatenate([np.zeros(0, np.int64), *having])
    value = np.repeat(np.log(documents / np.maximum(counts, 1)), counts)
    lengths = np.sqrt(np.bincount(document, value**2, documents))
    value = (value / lengths[document]).astype(np.float32)
    order = np.argsort(document, kind="stable")
    return _Matrix(
        documents,
        len(having),
        (document[order], term[order], value[order]),
        (term, document, value),
    )


def _product(
    row: NDArray[np.int64], column: NDArray[np.int64], value: Floats, rows: int, dense: Floats, step: Callable[[], None]
) -> Floats:
    """Return a sparse matrix, its entries by row, times a dense one; some rows at a time."""
    out = np.zeros((rows, dense.shape[1]), np.float32)
    begin = 0
    while begin < len(row):
        step()
        end = min(begin + _ENTRIES_AT_ONCE, len(row))
        if end < len(row):  # whole rows only
            end = int(row.searchsorted(row[end], "right" if row[end] == row[begin] else "left"))
        parts = dense.take(column[begin:end], axis=0)
        parts *= value[begin:end, None]
        here = row[begin:end]
        firsts = np.flatnonzero(np.concatenate([[True], here[1:] != here[:-1]]))
        out[here[firsts]] = np.add.reduceat(parts, firsts, axis=0)
        begin = end
    return out


def _directions(matrix: _Matrix, step: Callable[[], None]) -> Floats:
    """Return each document in the directions in which they differ most, its length 1 (0 where it has no term)."""
    size = min(_DIMENSIONS, matrix.terms, matrix.documents)
    if not size:
        return np.zeros((matrix.documents, 1), np.float32)
    drawn = np.random.default_rng(1).standard_normal((matrix.terms, size)).astype(np.float32)
    basis = matrix.times(drawn, step)
    for _ in range(_ROUNDS):
        basis = np.linalg.qr(basis)[0]
        basis = np.linalg.qr(matrix.transposed_times(basis, step))[0]
        basis = matrix.times(basis, step)
    basis = np.linalg.qr(basis)[0]
    small = matrix.transposed_times(basis, step)
    left, values, _ = np.linalg.svd(small.T, full_matrices=False)
    places = (basis @ left.astype(np.float32)) * values.astype(np.float32)
    lengths = np.linalg.norm(places, axis=1, keepdims=True)
    lengths[lengths == 0] = 1.0
    return np.asarray(places / lengths, np.float32)


def _clusters(places: Floats, step: Callable[[], None]) -> tuple[NDArray[np.int32], Floats]:
    """Return the cluster of each document, the largest being 0, and the middles of all, as unit vectors.

    By k-means with distant first middles (Arthur, Vassilvitskii 2007); no cluster is empty.
    """
    count = len(places)
    wanted = min(count, max(_FEWEST, min(_MOST, round(math.sqrt(count) / 5))))
    drawn = np.random.default_rng(2)
    middles = places[[int(drawn.integers(count))]] if count else places
    while len(middles) < wanted:
        distance = np.maximum(0.0, 1.0 - (places @ middles.T).max(axis=1)).astype(np.float64) ** 2
        if not distance.sum():
            break
        chosen = int(np.cumsum(distance).searchsorted(drawn.random() * distance.sum()))
        middles = np.concatenate([middles, places[[min(chosen, count - 1)]]])
    nearest = np.zeros(count, np.int32)
    for _ in range(_MEANS_ROUNDS):
        step()
        before, nearest = nearest, (places @ middles.T).argmax(axis=1).astype(np.int32)
        sums = _sums(places, nearest, len(middles))
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        kept = lengths[:, 0] > 0
        middles[kept] = (sums[kept] / lengths[kept]).astype(np.float32)
        if np.array_equal(before, nearest):
            break
    sizes = np.bincount(nearest, minlength=len(middles))
    order = np.argsort(-sizes, kind="stable")[: np.count_nonzero(sizes)]
    number = np.zeros(len(middles), np.int32)
    number[order] = np.arange(len(order))
    return number[nearest], middles[order]


def _sums(places: Floats, cluster: NDArray[np.int32], count: int) -> NDArray[np.float64]:
    axes = [np.bincount(cluster, places[:, axis], count) for axis in range(places.shape[1])]
    return np.stack(axes, axis=1)


def _named(
    terms: Sequence[Term],
    matrix: _Matrix,
    island: NDArray[np.int32],
    sizes: NDArray[np.int64],
    numbers: NDArray[np.int64],
    stems: Sequence[str],
    read: Callable[[list[PaperId]], Iterable[Paper]],
) -> list[str]:
    """Return a name for each cluster: the one or two terms that set it apart most, as its papers spell them."""
    term, document, _ = matrix.by_term
    total = np.bincount(term, minlength=len(terms))
    longer = np.array([1 + _LONGER * (len(words) - 1) for words in terms])
    chosen: list[list[Term]] = []
    wanted: dict[PaperId, None] = {}
    taken: set[Term] = set()
    for number, size in enumerate(sizes.tolist()):
        here = island[document] == number
        inside = np.bincount(term[here], minlength=len(terms))
        share, outside = inside / size, (total - inside) / max(1, matrix.documents - size)
        telling = (share - outside) * np.log((share + 1e-4) / (outside + 1e-4)) * longer
        words: list[Term] = []
        for best in np.argsort(-telling, kind="stable")[:_TRIED].tolist():
            new = terms[best]
            if inside[best] and new not in taken and not any(set(new) & set(other) for other in words):
                words.append(new)
                some = document[here & (term == best)][:_SPELT_IN]
                wanted.update(dict.fromkeys(PaperId(one) for one in numbers[some].tolist()))
            if len(words) == _NAMED_BY:
                break
        taken.update(words[:1])
        chosen.append(words)
    names = Names([[stems[word] for word in words] for found in chosen for words in found])
    names.count(read(list(wanted)))
    return [
        ", ".join([name for words in found if (name := names.name([stems[word] for word in words]))][:_SHOWN])
        for found in chosen
    ]
