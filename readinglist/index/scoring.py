"""Score words over all documents. Knows nothing of trees, paper numbers or files.

BM25F (Robertson and Zaragoza 2009, §3.6): the occurrences of a word are added up over the fields, each weighted by
its field and the length of the text there, and only the sum is dampened, so that a word in title and abstract counts
as one word of the document:

    sat(f) = f * (K1 + 1) / (f + K1),   f = sum over fields of boost * tf / (1 - B + B * length / average length)
    score = (1 - EXACT) * idf * sat(f of all forms) + EXACT * idf' * sat(f of the exact form)
    idf = log(1 + (N - df + 0.5) / (df + 0.5))

`df` is the number of documents with any form of the word in the field where that is most, `df'` the same of the exact
form, both over all segments. With this idf the words that nearly every document has count next to nothing, so that a
question may be typed as it would be asked. Where something begins with a word that is being typed, that counts as
STARTS of an occurrence more.

Scores are collected in one array over all documents; where few are touched, only these are worked on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readinglist.index.lookup import FieldLists, PostingList
from readinglist.index.snapshot import Snapshot

Docs = NDArray[np.int64]
Scores = NDArray[np.float32]
Lists = Mapping[str, FieldLists]

K1 = 1.5
EXACT = 0.4
STARTS = 0.7

_DENSE = 4
"""With more documents than one in so many, marking them in a whole array is quicker than sorting them."""

_SPREAD = 64
"""With more postings than one in so many documents, scoring whole arrays is quicker than picked elements."""

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
    """Return the documents with any of the words or among the other hits.

    Scores are added up, and count the more the larger a share of the words a document has: with few words that
    matters much, for each may be the one that was remembered wrongly, in a long question little.
    """
    scores = np.zeros(snapshot.documents, np.float32)
    members = len(words) + len(others)
    share = np.zeros(snapshot.documents, np.float32) if members > 1 else None
    whole = 0.0
    touched: list[Docs] = []
    dense = False
    for lists in words:
        if not lists:
            continue
        word = _weigh(snapshot, lists)
        whole += word.idf
        if size_of(lists) * _SPREAD > snapshot.documents:
            dense = True
            gained = _gain(word, *_everywhere(snapshot, lists))
            scores += gained
            if share is not None:
                share += (gained > 0) * np.float32(word.idf)
            continue
        docs = union([one.docs for found in lists.values() for one in found.all()], snapshot.documents)
        scores[docs] += _scores_at(snapshot, lists, word, docs)
        if share is not None:
            share[docs] += np.float32(word.idf)
        touched.append(docs)
    for hits in others:
        scores[hits.docs] += hits.scores
        touched.append(hits.docs)
        if share is not None and len(hits.docs):
            weight = _idf(snapshot, len(hits.docs))
            share[hits.docs] += np.float32(weight)
            whole += weight
    if share is not None and whole:
        matters = min(1.0, 2 / members)
        share *= np.float32(matters / whole)
        share += np.float32(1 - matters)
        scores *= share
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
    return _scores_at(snapshot, lists, _weigh(snapshot, lists), docs) if lists else np.zeros(len(docs), np.float32)


def idf_of(snapshot: Snapshot, lists: Lists) -> float:
    """Return how much a word that stands somewhere tells: the fewer documents have it, the more."""
    return _weigh(snapshot, lists).idf


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


@dataclass(frozen=True, slots=True)
class _Weight:
    """What a word is worth: its idf, and the factors of what all of its forms and the exact one come to."""

    idf: float
    all_forms: float
    exact_form: float


def _weigh(snapshot: Snapshot, lists: Lists) -> _Weight:
    idf = _idf(snapshot, max(_documents_with(snapshot, found) for found in lists.values()))
    exact = [one for found in lists.values() for one in found.forms if one.exact]
    others = any(not one.exact for found in lists.values() for one in found.all())
    if not others or not exact:
        return _Weight(idf, idf * (K1 + 1) * (1 if exact else 1 - EXACT), 0.0)
    of_exact = max(sum(len(one) for one in found.forms if one.exact) for found in lists.values())
    return _Weight(idf, (1 - EXACT) * idf * (K1 + 1), EXACT * _idf(snapshot, of_exact) * (K1 + 1))


def _idf(snapshot: Snapshot, documents: int) -> float:
    return math.log(1 + (snapshot.documents - documents + 0.5) / (documents + 0.5))


def _documents_with(snapshot: Snapshot, found: FieldLists) -> int:
    """Return in how many documents a field has a word, or something that begins with it."""
    if found.df is None:
        found.df = len(union([one.docs for one in found.forms], snapshot.documents))
    if found.stretches and found.begins is None:
        found.begins = _beginning(snapshot, found)
        found.df = max(found.df, int(np.count_nonzero(found.begins)))
    return found.df


def _gain(word: _Weight, exact: Scores, others: Scores | None) -> Scores:
    """Turn weighted frequencies of the exact form and of the others into scores; both arrays are used up."""
    if others is None:
        total = exact
    else:
        total = others
        total += exact
    gained: Scores = total + np.float32(K1)
    np.divide(total, gained, out=gained)
    gained *= np.float32(word.all_forms)
    if word.exact_form:
        exact /= exact + np.float32(K1)
        exact *= np.float32(word.exact_form)
        gained += exact
    return gained


def _everywhere(snapshot: Snapshot, lists: Lists) -> tuple[Scores, Scores | None]:
    """Return the weighted frequencies of the exact form and of the others (None: there are none) in all documents."""
    exact = np.zeros(snapshot.documents, np.float32)
    others: Scores | None = None
    for name, found in lists.items():
        weight = snapshot.weight(name)
        for one in found.forms:
            into = exact
            if not one.exact:
                into = others = np.zeros(snapshot.documents, np.float32) if others is None else others
            docs = one.docs
            np.add.at(into, docs, one.frequencies * weight.take(docs))
        if found.begins is not None:
            begins = found.begins * weight
            begins *= np.float32(STARTS)
            if others is None:
                others = begins
            else:
                others += begins
    return exact, others


def _scores_at(snapshot: Snapshot, lists: Lists, word: _Weight, docs: Docs) -> Scores:
    exact = np.zeros(len(docs), np.float32)
    others = np.zeros(len(docs), np.float32)
    for name, found in lists.items():
        weight = snapshot.weight(name)
        for one in found.forms:
            _add_at(one, weight, docs, exact if one.exact else others)
        if found.begins is not None:
            begins = found.begins.take(docs) * weight.take(docs)
            begins *= np.float32(STARTS)
            others += begins
    return _gain(word, exact, others)


def _beginning(snapshot: Snapshot, found: FieldLists) -> NDArray[np.bool_]:
    """Say of each document whether it has a form that begins with the word."""
    marked = np.zeros(snapshot.documents, np.bool_)
    for one in found.stretches:
        if one.crowd is None:
            marked[one.docs] = True
        else:
            marked[one.part.base : one.part.base + len(one.crowd)] = one.crowd
    return marked


def _add_at(one: PostingList, weight: Scores, docs: Docs, into: Scores) -> None:
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
    there += begin
    frequencies = one.postings.tf[one.its].take(places) * np.float32(one.weight)
    into[there] += frequencies * weight.take(docs.take(there))
