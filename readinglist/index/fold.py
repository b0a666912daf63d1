"""Make one segment out of several, without their deleted documents. Knows nothing of papers or commits.

Nothing is cut into words or sorted again. In every segment the postings of a form stand together, and so they will
in the new one: for each form the stretches of the old segments, one after the other. So each posting moves by an
amount that depends on its segment and its form only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.index.invert import Arrays, runs, segment_arrays
from readinglist.index.segment import Postings, Segment
from readinglist.index.texts import FIELDS

FOLD_AT = 8
SIZES = (32, 512, 4096)
MOST_DOCUMENTS = 131_072


def segments_to_fold(live: Sequence[int]) -> set[int]:
    """Return which segments, by their numbers of live documents, a commit folds into one; none or two at least.

    Those below 32 documents are always folded, so that single edits leave one segment and not many; of those
    below 512, and of those below 4,096, eight are let stand. So an edit costs a few milliseconds, now and then
    some tens, and a search meets some fifteen small segments at most. Bigger ones are left for `Index.fold`.
    """
    folded: set[int] = set()
    lowest = 0
    for limit in SIZES:
        of_this_size = {number for number, documents in enumerate(live) if lowest <= documents < limit}
        # What the smaller ones make together may be one of this size.
        made = bool(folded) and sum(live[number] for number in folded) >= lowest
        if len(of_this_size) + made >= (FOLD_AT if lowest else 2):
            folded |= of_this_size
        lowest = limit
    return folded


def fold(segments: Sequence[tuple[Segment, NDArray[np.int32]]]) -> tuple[Arrays, dict[str, Any]]:
    """Return the arrays of a segment that holds the live documents of these, in their order (see `invert`)."""
    sources, forms = _sources(segments)
    papers = np.concatenate([source.segment.papers[source.live] for source in sources])
    names = [field.name for field in FIELDS if any(field.name in source.segment.fields for source in sources)]
    fields = {name: _field(sources, name, len(forms)) for name in names}
    used = np.zeros(len(forms), np.bool_)
    for arrays in fields.values():
        used[arrays["terms"]] = True
    if not used.all():
        # Forms that only deleted documents had are left out.
        forms = [form for form, is_used in zip(forms, used.tolist(), strict=True) if is_used]
        numbers = (np.cumsum(used) - 1).astype(np.uint32)
        for arrays in fields.values():
            arrays["terms"] = numbers[arrays["terms"]]
    return segment_arrays(papers, forms, fields)


@dataclass(slots=True)
class _Source:
    """A segment to fold.

    `live` are its documents that are not deleted, `moved` the new number of each document (-1: deleted), `ranks`
    the new number of each form.
    """

    segment: Segment
    live: NDArray[np.int64]
    moved: NDArray[np.int32]
    ranks: NDArray[np.int32]


def _sources(segments: Sequence[tuple[Segment, NDArray[np.int32]]]) -> tuple[list[_Source], list[str]]:
    """Return what is known of each segment, and the forms of them all, sorted."""
    forms_each = [segment.all_forms() for segment, _ in segments]
    forms = sorted(set(chain.from_iterable(forms_each)))
    rank_of = {form: rank for rank, form in enumerate(forms)}.__getitem__
    sources: list[_Source] = []
    base = 0
    for (segment, deleted), own in zip(segments, forms_each, strict=True):
        kept = np.ones(segment.documents, np.bool_)
        kept[deleted] = False
        moved = np.where(kept, np.cumsum(kept) - 1 + base, -1).astype(np.int32)
        ranks = np.fromiter(map(rank_of, own), np.int32, len(own))
        sources.append(_Source(segment, np.flatnonzero(kept), moved, ranks))
        base += int(kept.sum())
    return sources, forms


@dataclass(slots=True)
class _Stream:
    """The live postings of one field of one segment, and their positions."""

    ranks: NDArray[np.int32]
    docs: NDArray[np.int32]
    tf: NDArray[Any]
    pos: NDArray[Any]


def _field(sources: Sequence[_Source], name: str, forms: int) -> Arrays:
    # Each stream is made twice, once to be counted and once to be moved: all at once would take too much memory.
    postings_each: list[NDArray[np.int64]] = []
    tokens_each: list[NDArray[np.int64]] = []
    lengths: list[NDArray[np.uint8]] = []
    tf_type, pos_type = np.dtype(np.uint8), np.dtype(np.uint16)
    for source in sources:
        postings = source.segment.fields.get(name)
        if postings is None:
            lengths.append(np.zeros(len(source.live), np.uint8))
            continue
        lengths.append(postings.lengths[source.live])
        stream = _live(source, postings)
        postings_each.append(np.bincount(stream.ranks, minlength=forms))
        tokens_each.append(np.bincount(stream.ranks, stream.tf, minlength=forms).astype(np.int64))
        tf_type = max(tf_type, stream.tf.dtype, key=_size)
        pos_type = max(pos_type, stream.pos.dtype, key=_size)
    ptr = np.concatenate([np.zeros(1, np.int64), np.cumsum(sum(postings_each))])
    at = np.concatenate([np.zeros(1, np.int64), np.cumsum(sum(tokens_each))])
    docs = np.empty(int(ptr[-1]), np.int32)
    tf = np.empty(int(ptr[-1]), tf_type)
    pos = np.empty(int(at[-1]), pos_type)
    next_posting, next_token = ptr[:-1].copy(), at[:-1].copy()
    with_field = [source for source in sources if name in source.segment.fields]
    for source, posting_counts, token_counts in zip(with_field, postings_each, tokens_each, strict=True):
        stream = _live(source, source.segment.fields[name])
        where = runs(next_posting, posting_counts)
        docs[where] = stream.docs
        tf[where] = stream.tf
        pos[runs(next_token, token_counts)] = stream.pos
        next_posting += posting_counts
        next_token += token_counts
    terms = np.flatnonzero(np.diff(ptr))
    return {
        "terms": terms.astype(np.uint32),
        "ptr": np.append(ptr[terms], ptr[-1]).astype(np.uint32),
        "docs": docs,
        "tf": tf,
        "at": np.append(at[terms], at[-1]).astype(np.uint32),
        "pos": pos,
        "lengths": np.concatenate(lengths),
    }


def _live(source: _Source, postings: Postings) -> _Stream:
    ranks = np.repeat(source.ranks[postings.terms], postings.counts())
    docs = source.moved.take(postings.docs)
    tf, pos = postings.tf, postings.pos
    if len(source.live) < source.segment.documents:
        kept = docs >= 0
        pos = pos[np.repeat(kept, tf)]
        ranks, docs, tf = ranks[kept], docs[kept], tf[kept]
    return _Stream(ranks, docs, tf, pos)


def _size(kind: np.dtype[Any]) -> int:
    return kind.itemsize
