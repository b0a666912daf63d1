"""The index as it stood after one commit. Knows nothing of files being written; never changes.

Documents are numbered through all segments; `papers` gives the paper of each, 0 where it is deleted. Deleted
documents still count in the statistics, as in Whoosh, until their segment is folded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from readinglist.index.invert import LENGTHS
from readinglist.index.segment import Postings, Segment
from readinglist.index.texts import FIELDS

B = 0.75


@dataclass(frozen=True, slots=True)
class Part:
    """A segment in its place: `base` is the number of its first document, `deleted` (ascending) counts from 0."""

    segment: Segment
    deleted: NDArray[np.int32]
    base: int


class Snapshot:
    """All segments of one commit, searchable from any thread."""

    def __init__(self, segments: Sequence[tuple[Segment, NDArray[np.int32]]]) -> None:
        parts: list[Part] = []
        base = 0
        for segment, deleted in segments:
            parts.append(Part(segment, deleted, base))
            base += segment.documents
        self.parts = tuple(parts)
        self.documents = base
        self.papers = np.concatenate([np.zeros(0, np.int64), *(part.segment.papers for part in parts)])
        for part in parts:
            self.papers[part.deleted + part.base] = 0
        self.deleted = sum(len(part.deleted) for part in parts)
        self.count = base - self.deleted
        self.fields = tuple(field.name for field in FIELDS if any(field.name in part.segment.fields for part in parts))
        self._weights: dict[str, NDArray[np.float32]] = {}

    @cached_property
    def highest(self) -> int:
        """The highest number of a paper, 0 in an empty index."""
        return int(self.papers.max(initial=0))

    @cached_property
    def _by_paper(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        order = np.argsort(self.papers, kind="stable")
        return self.papers[order], order

    def docs_of(self, papers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the document of each paper, -1 for those that have none."""
        ascending, order = self._by_paper
        if not len(order):
            return np.full(len(papers), -1)
        places = np.minimum(ascending.searchsorted(papers), len(order) - 1)
        return np.where(ascending[places] == papers, order[places], -1)

    @cached_property
    def weights(self) -> NDArray[np.float32]:
        """What one occurrence counts, by the number of the field and the length of the text there.

        See `Segment.lengths`. It is the field's weight, less in long texts.
        """
        rows = []
        for field in FIELDS:
            total = sum(postings.total for _, postings in self.postings(field.name))
            average = total / (self.documents or 1) or 1.0
            rows.append(field.boost / (1 - B + B * LENGTHS / average))
        return np.concatenate(rows).astype(np.float32)

    def weight(self, name: str) -> NDArray[np.float32]:
        """Return what one occurrence in a field counts in each document."""
        weight = self._weights.get(name)
        if weight is None:
            number = [field.name for field in FIELDS].index(name)
            by_length = self.weights[number << 8 : (number + 1) << 8]
            weight = np.zeros(self.documents, np.float32)
            for part, postings in self.postings(name):
                weight[part.base : part.base + part.segment.documents] = by_length.take(postings.lengths)
            self._weights[name] = weight
        return weight

    def postings(self, name: str) -> list[tuple[Part, Postings]]:
        """Return the postings of a field in every segment that has any."""
        return [(part, part.segment.fields[name]) for part in self.parts if name in part.segment.fields]
