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

K1 = 1.2
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
        self._norms: dict[str, NDArray[np.float32]] = {}

    @cached_property
    def highest(self) -> int:
        """The highest number of a paper, 0 in an empty index."""
        return int(self.papers.max(initial=0))

    def norm(self, name: str) -> NDArray[np.float32]:
        """Return what BM25 adds to a term's frequency for each document's length in a field."""
        norm = self._norms.get(name)
        if norm is None:
            total = sum(postings.total for _, postings in self.postings(name))
            average = total / (self.documents or 1) or 1.0
            by_length = (K1 * (1 - B + B * LENGTHS / average)).astype(np.float32)
            norm = np.full(self.documents, by_length[0], np.float32)
            for part, postings in self.postings(name):
                norm[part.base : part.base + part.segment.documents] = by_length.take(postings.lengths)
            self._norms[name] = norm
        return norm

    def postings(self, name: str) -> list[tuple[Part, Postings]]:
        """Return the postings of a field in every segment that has any."""
        return [(part, part.segment.fields[name]) for part in self.parts if name in part.segment.fields]
