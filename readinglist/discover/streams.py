"""The words of many papers in their order, as one array of numbers, from the index's posting lists.

The lists say where each word stands; put there, the words are texts again, without a look at the papers themselves.
Knows nothing of what is done with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from readinglist.index.invert import runs
from readinglist.index.segment import Postings
from readinglist.index.snapshot import Snapshot

Ints = NDArray[np.int32]

_POSTINGS_AT_ONCE, _TEXTS_AT_ONCE = 250_000, 10_000
"""So many are gone through in one step: numpy gives Python's lock away between two, and longer ones would hold up the
window for 30 ms and more."""

_GAP = np.int32(-1)


class Stream(NamedTuple):
    """`codes`: words one after the other by the number of their stem, -1 between two texts.

    `docs`: beside them the document each stands in, counted over all segments.
    """

    codes: Ints
    docs: Ints


def streams(
    snapshot: Snapshot, wanted: NDArray[np.bool_], fields: Sequence[str], step: Callable[[], None] = lambda: None
) -> tuple[dict[str, Stream], list[str]]:
    """Return the texts that the documents `wanted` have in each of some fields, and the stems by their numbers.

    A field with several values is several texts. `step` is called now and then, and may raise.
    """
    numbers: dict[str, int] = {}
    found: dict[str, list[Stream]] = {name: [] for name in fields}
    for part in snapshot.parts:
        segment = part.segment
        here = wanted[part.base : part.base + segment.documents]
        if not here.any():
            continue
        step()
        roots = segment.all_roots()
        code_of = np.fromiter((numbers.setdefault(root, len(numbers)) for root in roots), np.int32, len(roots))
        for name in fields:
            if (postings := segment.fields.get(name)) is not None:
                codes, docs = _one_field(postings, here, code_of, step)
                found[name].append(Stream(codes, docs + np.int32(part.base)))
    nothing = [Stream(np.full(1, _GAP), np.zeros(1, np.int32))]
    return {name: joined(pieces or nothing) for name, pieces in found.items()}, list(numbers)


def joined(pieces: Iterable[Stream]) -> Stream:
    """Return streams one behind the other."""
    codes, docs = zip(*pieces, strict=True)
    if len(codes) == 1:
        return Stream(codes[0], docs[0])
    return Stream(np.concatenate(codes), np.concatenate(docs))


def _one_field(
    postings: Postings, wanted: NDArray[np.bool_], code_of: Ints, step: Callable[[], None]
) -> tuple[Ints, Ints]:
    """Return the words of one field of one segment, each text with a gap behind it, and their documents."""
    pieces: list[tuple[Ints, Ints, Ints]] = []
    reach = np.full(len(wanted), -1, np.int64)
    ends = np.cumsum(postings.counts())
    place = 0
    while place < len(ends):
        before = int(ends[place - 1]) if place else 0
        stop = max(place + 1, int(ends.searchsorted(before + _POSTINGS_AT_ONCE, "right")))
        step()
        codes, docs, positions = _some_terms(postings, place, stop, wanted, code_of)
        np.maximum.at(reach, docs, positions)
        pieces.append((codes, positions, docs))
        place = stop
    sizes = np.where(reach >= 0, reach + 2, 0)
    begins = np.cumsum(sizes) - sizes
    stream = np.full(int(sizes.sum()), _GAP)
    while pieces:
        step()
        codes, positions, docs = pieces.pop()
        stream[begins[docs] + positions] = codes
    docs = np.empty_like(stream)
    for first in range(0, len(wanted), _TEXTS_AT_ONCE):
        some = sizes[first : first + _TEXTS_AT_ONCE]
        numbers = np.arange(first, first + len(some), dtype=np.int32)
        docs[begins[first] : begins[first] + int(some.sum())] = np.repeat(numbers, some)
    return stream, docs


def _some_terms(
    postings: Postings, first: int, end: int, wanted: NDArray[np.bool_], code_of: Ints
) -> tuple[Ints, Ints, Ints]:
    """Return code, document and position of every occurrence of a stretch of terms in the documents wanted."""
    its = postings.postings(first, end)
    docs = postings.docs[its]
    counts = postings.tf[its].astype(np.int64)
    begins = np.cumsum(counts) - counts + postings.begin_of_positions(first)
    codes = np.repeat(code_of[postings.terms[first:end]], postings.counts_of(first, end))
    kept = np.flatnonzero(wanted.take(docs))
    counts = counts.take(kept)
    positions = postings.pos.take(runs(begins.take(kept), counts)).astype(np.int32)
    return np.repeat(codes.take(kept), counts), np.repeat(docs.take(kept), counts), positions
