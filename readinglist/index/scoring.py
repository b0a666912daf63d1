"""Score words over all documents. Knows nothing of trees, paper numbers or files.

BM25F as Whoosh computes it: in each field

    boost * idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / average length)),  idf = log(N / (df + 1)) + 1

summed over the fields. `tf` is the weighted sum over the forms that agree with the word, `df` the number of
documents with any of them, both over all segments. A document with a word that only begins with the query's gets
what one occurrence in a field of average length would give: boost * idf, with the idf of everything that begins so.

Scores are collected in one array over all documents; where few are touched, only these are worked on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readinglist.index.lookup import FieldLists, PostingList
from readinglist.index.snapshot import K1, Snapshot
from readinglist.index.texts import BOOSTS

Docs = NDArray[np.int64]
Scores = NDArray[np.float32]
Lists = Mapping[str, FieldLists]

_DENSE = 4
"""With more postings than one in so many documents, whole arrays are quicker than picked elements."""

_STEP = 5
"""Looking up one document in a posting list takes as long as going through so many postings."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Documents, ascending, and their scores, all above 0."""

    docs: Docs
    scores: Scores


def size_of(lists: Lists) -> int:
    """Return how many postings a word has: what it costs to go through them."""
    return sum(found.size for found in lists.values())


def any_of(snapshot: Snapshot, words: Sequence[Lists], others: Sequence[Hits] = ()) -> Hits:
    """Return the documents with any of the words or among the other hits; scores are added up."""
    scores = np.zeros(snapshot.documents, np.float32)
    touched: list[Docs] = []
    dense = False
    for lists in words:
        for name, found in lists.items():
            for docs in (
                _add_forms(snapshot, name, found, scores),
                _add_stretches(snapshot, name, found, scores),
            ):
                dense = dense or docs is None
                if docs is not None and len(docs):
                    touched.append(docs)
    for hits in others:
        scores[hits.docs] += hits.scores
        touched.append(hits.docs)
    if dense:
        docs = np.flatnonzero(scores > 0)
    elif len(touched) == 1:
        docs = touched[0]
    else:
        docs = union(touched, snapshot.documents)
    return Hits(docs, scores.take(docs))


def is_quicker_at(lists: Lists, documents: int) -> bool:
    """Say whether looking a word up in so many documents (`scores_at`) is quicker than in all of them."""
    steps = sum(min(documents, len(one)) for found in lists.values() for one in found.forms)
    return steps * _STEP < size_of(lists)


def scores_at(snapshot: Snapshot, lists: Lists, docs: Docs) -> Scores:
    """Return the score of a word in some documents (ascending): 0 where it does not stand."""
    scores = np.zeros(len(docs), np.float32)
    for name, found in lists.items():
        if found.forms:
            tf = np.zeros(len(docs), np.float32)
            for one in found.forms:
                _add_at(one, docs, tf)
            boost = BOOSTS[name] * _idf(snapshot, _documents_with(snapshot, found))
            scores += np.float32(boost * (K1 + 1)) * tf / (tf + snapshot.norm(name).take(docs))
        if found.stretches:
            begins = _beginning(snapshot, found)
            boost = BOOSTS[name] * _idf(snapshot, int(np.count_nonzero(begins)))
            scores += np.float32(boost) * begins.take(docs)
    return scores


def union(sets: Sequence[Docs], size: int) -> Docs:
    """Return the numbers, all below `size`, that stand in any of the sets, ascending."""
    if not sets:
        return np.zeros(0, np.int64)
    if sum(map(len, sets)) * _DENSE > size:
        marked = np.zeros(size, np.bool_)
        for numbers in sets:
            marked[numbers] = True
        return np.flatnonzero(marked)
    together = np.sort(np.concatenate(sets))
    if len(together) > 1:
        together = together[np.concatenate([np.ones(1, np.bool_), together[1:] != together[:-1]])]
    return together


def _idf(snapshot: Snapshot, documents: int) -> float:
    return math.log(snapshot.documents / (documents + 1)) + 1


def _documents_with(snapshot: Snapshot, found: FieldLists) -> int:
    if found.df is None:
        found.df = len(union([one.docs for one in found.forms], snapshot.documents))
    return found.df


def _add_forms(snapshot: Snapshot, name: str, found: FieldLists, scores: Scores) -> Docs | None:
    """Add the score of the forms in one field; return the documents touched, None where it may be any."""
    lists = found.forms
    if not lists:
        return np.zeros(0, np.int64)
    factor = np.float32(BOOSTS[name] * _idf(snapshot, _documents_with(snapshot, found)) * (K1 + 1))
    norm = snapshot.norm(name)
    size = sum(map(len, lists))
    if size == found.df and size * _DENSE <= snapshot.documents:
        # No document has two of the forms.
        docs = lists[0].docs if len(lists) == 1 else np.concatenate([one.docs for one in lists])
        tf = np.concatenate([one.frequencies for one in lists])
    else:
        tf = np.zeros(snapshot.documents, np.float32)
        each = [one.docs for one in lists]
        for one, docs in zip(lists, each, strict=True):
            np.add.at(tf, docs, one.frequencies)
        if size * _DENSE > snapshot.documents:
            norm = norm + tf
            tf *= factor
            tf /= norm
            scores += tf
            return None
        docs = union(each, snapshot.documents)
        tf = tf.take(docs)
    gained = tf * factor
    tf += norm.take(docs)
    gained /= tf
    scores[docs] += gained
    return docs


def _add_stretches(snapshot: Snapshot, name: str, found: FieldLists, scores: Scores) -> Docs | None:
    """Add the score of whatever begins with the word in one field; return as `_add_forms` does."""
    lists = found.stretches
    if not lists:
        return np.zeros(0, np.int64)
    if sum(map(len, lists)) * _DENSE > snapshot.documents:
        begins = _beginning(snapshot, found)
        scores += np.float32(BOOSTS[name] * _idf(snapshot, int(np.count_nonzero(begins)))) * begins
        return None
    docs = union([one.docs for one in lists], snapshot.documents)
    scores[docs] += np.float32(BOOSTS[name] * _idf(snapshot, len(docs)))
    return docs


def _beginning(snapshot: Snapshot, found: FieldLists) -> NDArray[np.bool_]:
    """Say of each document whether it has a form that begins with the word."""
    marked = np.zeros(snapshot.documents, np.bool_)
    for one in found.stretches:
        if one.crowd is None:
            marked[one.docs] = True
        else:
            marked[one.part.base : one.part.base + len(one.crowd)] = one.crowd
    return marked


def _add_at(one: PostingList, docs: Docs, tf: Scores) -> None:
    """Add the frequencies of a form, weighted, in some documents (ascending, over all segments)."""
    begin, end = np.searchsorted(docs, (one.part.base, one.part.base + one.part.segment.documents)).tolist()
    if begin == end:
        return
    wanted = (docs[begin:end] - one.part.base).astype(np.int32)
    have = one.local_docs
    if len(wanted) < len(have):
        places = have.searchsorted(wanted)
        there = np.flatnonzero(have.take(places, mode="clip") == wanted)
        places = places[there]
    else:
        there = wanted.searchsorted(have)
        places = np.flatnonzero(wanted.take(there, mode="clip") == have)
        there = there[places]
    tf[begin + there] += one.postings.tf[one.its].take(places) * np.float32(one.weight)
