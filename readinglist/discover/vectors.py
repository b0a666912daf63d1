"""The vectors of documents, read off the posting lists of the index as they lie: nothing is kept but their lengths.

A feature is a form, as the index has it: stemming was measured to cost more than it gives (see `suggest`). The weight
of a form in a document is the sum over the fields of the root of how often it stands there, times its idf, divided by
the root of the document's number of words. That length is known without a pass over the postings, and chose better
than the exact length of the vector.

One pass over all postings gives the vectors of some documents, another the products of all documents with weights of
the features: a tenth of a second each at 87,000 papers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.index.invert import LENGTHS
from readinglist.index.segment import Postings
from readinglist.index.snapshot import Part, Snapshot

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

FIELDS = ("title", "abstract", "keyword")

FIELD_WEIGHTS = {"title": 0.3, "abstract": 1.0, "keyword": 0.5}
"""What an occurrence counts; the words of a title stand in the abstract, too, as a rule."""

_LEAST_WORDS = 20
"""A document is taken to have so many words at least, else a title without an abstract would outweigh all."""

_POSTINGS_AT_ONCE = 1_000_000
"""numpy keeps Python's lock while it counts: in pieces of some milliseconds, so that no window waits for it."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The vectors of some documents, entry by entry: which of the documents, which of `features`, what weight."""

    documents: int
    features: Ints
    row: Ints
    column: Ints
    value: NDArray[np.float64]

    def times(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the product of each document with weights of `features`."""
        return _sums(self.row, self.value * weights.take(self.column), self.documents)

    def combined(self, shares: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the sum of the documents, each counted by its share, as weights of `features`."""
        return _sums(self.column, self.value * shares.take(self.row), len(self.features))

    def lengths(self) -> NDArray[np.float64]:
        """Return the length of each document's vector, 1 where it has no words."""
        # A form that stands in two fields has two entries, and their sum is its weight.
        entries, which = np.unique(self.row * len(self.features) + self.column, return_inverse=True)
        weights = _sums(which.reshape(-1), self.value, len(entries))
        lengths: NDArray[np.float64] = np.sqrt(_sums(entries // max(len(self.features), 1), weights**2, self.documents))
        lengths[lengths == 0] = 1.0
        return lengths

    def take(self, documents: Ints) -> Rows:
        """Return some of the documents, in that order, with the same features."""
        place = np.full(self.documents, -1, np.int64)
        place[documents] = np.arange(len(documents))
        there = np.flatnonzero(place.take(self.row) >= 0)
        row = place.take(self.row.take(there))
        return Rows(len(documents), self.features, row, self.column.take(there), self.value.take(there))

    def one(self, document: int) -> NDArray[np.float64]:
        """Return the vector of one document as weights of `features`."""
        its = np.flatnonzero(self.row == document)
        return _sums(self.column[its], self.value[its], len(self.features))


class Vectors:
    """The vectors of the documents of a snapshot; `fields` are those whose words count."""

    def __init__(self, snapshot: Snapshot, fields: Sequence[str] = FIELDS) -> None:
        self.snapshot = snapshot
        self.fields = tuple(fields)
        self._feature_of = _numbered(snapshot)
        self.size = 1 + max((int(numbers.max(initial=-1)) for numbers in self._feature_of.values()), default=-1)
        having = np.zeros(self.size, np.int64)
        words = np.zeros(snapshot.documents, np.int64)
        for name in self.fields:
            in_field = np.zeros(self.size, np.int64)
            for part, postings in snapshot.postings(name):
                in_field[self._features(part, postings)] += postings.counts()
                words[part.base : part.base + part.segment.documents] += LENGTHS.take(postings.lengths)
            np.maximum(having, in_field, out=having)
        self.idf: Floats = np.log((snapshot.documents + 1) / (having + 1)).clip(min=0).astype(np.float32)
        self._scale: Floats = (1 / np.sqrt(np.maximum(words, _LEAST_WORDS))).astype(np.float32)

    def _features(self, part: Part, postings: Postings) -> Ints:
        """Return the feature of each form that occurs in a field."""
        return self._feature_of[part.base].take(postings.terms)

    def scale(self, docs: Ints) -> Floats:
        """Return what every weight in some documents is multiplied with."""
        return self._scale.take(docs)

    def rows(self, docs: Ints) -> Rows:
        """Return the vectors of some documents (no repeats, any order), in that order."""
        place = np.full(self.snapshot.documents, -1, np.int32)
        place[docs] = np.arange(len(docs), dtype=np.int32)
        rows, features, values = [], [], []
        for name, part, postings, features_of, first, end in self._pieces():
            its = postings.postings(first, end)
            wanted = place[part.base : part.base + part.segment.documents].take(postings.docs[its])
            there = np.flatnonzero(wanted >= 0)
            begins = np.cumsum(postings.counts()[first:end])
            feature = features_of[first + begins.searchsorted(there, side="right")]
            tf = postings.tf[its].take(there)
            rows.append(wanted.take(there))
            features.append(feature)
            values.append(np.sqrt(tf, dtype=np.float32) * self.idf.take(feature) * np.float32(FIELD_WEIGHTS[name]))
        row, feature = _joined(rows), _joined(features)
        used, column = np.unique(feature, return_inverse=True)
        value = np.concatenate([np.zeros(0, np.float32), *values]).astype(np.float64)
        value *= self._scale.take(docs).take(row)
        return Rows(len(docs), used, row, column.reshape(-1), value)

    def products(self, features: Ints, weights: NDArray[np.float64]) -> Floats:
        """Return the product of every document with weights of some features."""
        weight = np.zeros(self.size, np.float32)
        weight[features] = weights
        weight *= self.idf
        totals = np.zeros(self.snapshot.documents, np.float64)
        roots = np.sqrt(np.arange(256)).astype(np.float32)
        for name, part, postings, features_of, first, end in self._pieces():
            its = postings.postings(first, end)
            gains = np.repeat(weight.take(features_of[first:end]), postings.counts()[first:end])
            tf = postings.tf[its]
            gains *= roots.take(tf) if tf.dtype == np.uint8 else np.sqrt(tf, dtype=np.float32)
            gains *= np.float32(FIELD_WEIGHTS[name])
            added = _sums(postings.docs[its], gains, part.segment.documents)
            totals[part.base : part.base + part.segment.documents] += added
        products: Floats = totals.astype(np.float32) * self._scale
        return products

    def forms(self, features: Ints) -> list[str]:
        """Return the forms of some features."""
        known: dict[int, str] = {}
        for part in self.snapshot.parts:
            numbers = self._feature_of[part.base]
            order = np.argsort(numbers, kind="stable")
            at = numbers[order].searchsorted(features).clip(max=max(len(numbers) - 1, 0))
            for feature, place in zip(features.tolist(), at.tolist(), strict=True):
                if feature not in known and len(numbers) and numbers[order[place]] == feature:
                    known[feature] = part.segment.form(int(order[place]))
        return [known[feature] for feature in features.tolist()]

    def _pieces(self) -> Iterator[tuple[str, Part, Postings, Ints, int, int]]:
        """Yield every posting list, some thousand forms at a time: what it is in, its features, its first and end."""
        for name in self.fields:
            for part, postings in self.snapshot.postings(name):
                features = self._features(part, postings)
                ends = np.cumsum(postings.counts())
                first = 0
                while first < len(features):
                    before = int(ends[first - 1]) if first else 0
                    end = int(ends.searchsorted(before + _POSTINGS_AT_ONCE, side="right"))
                    end = max(end, first + 1)
                    yield name, part, postings, features, first, end
                    first = end


def _sums(places: NDArray[Any], values: NDArray[Any], count: int) -> NDArray[np.float64]:
    """Return the sum of the values at each of `count` places."""
    # Of nothing the sums are whole numbers.
    return np.bincount(places, values, count).astype(np.float64, copy=False)


def _joined(arrays: Sequence[NDArray[np.int32] | Ints]) -> Ints:
    return np.concatenate([np.zeros(0, np.int64), *arrays])


def _numbered(snapshot: Snapshot) -> dict[int, Ints]:
    """Return the feature of each form of every segment, by the segment's base; the largest keeps its own numbers."""
    parts = sorted(snapshot.parts, key=lambda part: -part.segment.forms)
    numbers = {part.base: np.arange(part.segment.forms) for part in parts[:1]}
    if len(parts) > 1:
        known = {form: number for number, form in enumerate(parts[0].segment.all_forms())}
        for part in parts[1:]:
            its = (known.setdefault(form, len(known)) for form in part.segment.all_forms())
            numbers[part.base] = np.fromiter(its, np.int64, part.segment.forms)
    return numbers
