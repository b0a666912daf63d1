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

The postings of all forms and fields of a word in a segment are worked on together: they may be fifty short lists, and
each call of numpy takes as long as some hundred postings.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.index.lookup import FieldLists, PostingList
from readinglist.index.snapshot import Part, Snapshot

Docs = NDArray[np.int64]
Scores = NDArray[np.float32]
Lists = Mapping[str, FieldLists]

K1 = 1.5
EXACT = 0.4
STARTS = 0.7

_DENSE = 8
"""With more documents than one in so many, marking them in a whole array is quicker than sorting them."""

_COMMON = 16
"""With more postings than one in so many documents, scoring all documents is quicker than choosing."""

_STEP, _LIST, _GATHER = 25, 2_500, 7_000
"""In postings gone through, what it costs to look up one document in a list, to go to a list for that, and to gather
the lists instead."""


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
    members = len(words) + len(others)
    weighed = [(lists, _weigh(snapshot, lists)) for lists in words if lists]
    found = [(hits, _idf(snapshot, len(hits.docs))) for hits in others if len(hits.docs)]
    if members == 1 and weighed and not _is_common(snapshot, weighed[0][0]):
        return _hits(snapshot, *weighed[0])
    whole = sum(word.idf for _, word in weighed) + sum(idf for _, idf in found)
    matters = min(1.0, 2 / members) if members > 1 else 0.0
    scores = np.zeros(snapshot.documents, np.float32)
    share = np.full(snapshot.documents, 1 - matters, np.float32) if matters else None
    dense = False
    for lists, word in weighed:
        if not _is_common(snapshot, lists):
            found.append((_hits(snapshot, lists, word), word.idf))
            continue
        dense = True
        gained = _everywhere(snapshot, lists, word)
        scores += gained
        if share is not None:
            share += (gained > 0) * np.float32(matters * word.idf / whole)
    for hits, idf in found:
        scores[hits.docs] += hits.scores
        if share is not None:
            share[hits.docs] += np.float32(matters * idf / whole)
    docs = (scores > 0).nonzero()[0] if dense else union([hits.docs for hits, _ in found], snapshot.documents)
    total = scores.take(docs)
    if share is not None:
        total *= share.take(docs)
    return Hits(docs, total)


def scores_at(snapshot: Snapshot, lists: Lists, docs: Docs) -> Scores:
    """Return the score of a word in some documents (ascending): 0 where it does not stand."""
    total = np.zeros(len(docs), np.float32)
    if not lists or not len(docs):
        return total
    word = _weigh(snapshot, lists)
    exact = np.zeros(len(docs), np.float32) if word.exact_form else None
    for part, each, exact_lists in _by_part(lists):
        begin, end = docs.searchsorted((part.base, part.base + part.segment.documents)).tolist()
        if begin < end:
            wanted = (docs[begin:end] - part.base).astype(np.int32)
            into = total[begin:end], None if exact is None else exact[begin:end]
            _add_at(snapshot, part, each, exact_lists, wanted, *into)
    for name, found in lists.items():
        if found.begins is not None:
            starting = found.begins.take(docs) * snapshot.weight(name).take(docs)
            starting *= np.float32(STARTS)
            total += starting
    return _gain(word, total, exact)


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
        return marked.nonzero()[0]
    return distinct(np.sort(np.concatenate(sets)))


def distinct(ascending: NDArray[Any]) -> NDArray[Any]:
    """Return each of some numbers once."""
    new = np.empty(len(ascending), np.bool_)
    new[:1] = True
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    once: NDArray[Any] = ascending[new]
    return once


@dataclass(frozen=True, slots=True)
class _Weight:
    """What a word is worth: its idf, and the factors of what all of its forms and the exact one come to."""

    idf: float
    all_forms: float
    exact_form: float


def _weigh(snapshot: Snapshot, lists: Lists) -> _Weight:
    idf = _idf(snapshot, max(_documents_with(snapshot, found) for found in lists.values()))
    of_exact = 0
    others = False
    for found in lists.values():
        in_field = sum(len(one) for one in found.forms if one.exact)
        of_exact = max(of_exact, in_field)
        others = others or bool(found.stretches) or in_field < sum(map(len, found.forms))
    if not others or not of_exact:
        return _Weight(idf, idf * (K1 + 1) * (1 if of_exact else 1 - EXACT), 0.0)
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


def _gain(word: _Weight, total: Scores, exact: Scores | None) -> Scores:
    """Turn the weighted frequencies of all forms and of the exact one into scores; the arrays are used up."""
    spare = total + np.float32(K1)
    total /= spare
    total *= np.float32(word.all_forms)
    if exact is not None:
        np.add(exact, np.float32(K1), out=spare)
        exact /= spare
        exact *= np.float32(word.exact_form)
        total += exact
    return total


def _by_part(lists: Lists) -> list[tuple[Part, list[PostingList], int]]:
    """Return the lists of forms in each segment, the exact form's first, and how many these are."""
    parts: dict[int, tuple[Part, list[PostingList], list[PostingList]]] = {}
    for found in lists.values():
        for one in found.forms:
            _, exact, others = parts.setdefault(one.part.base, (one.part, [], []))
            (exact if one.exact else others).append(one)
    return [(part, exact + others, len(exact)) for _, (part, exact, others) in sorted(parts.items())]


def _is_common(snapshot: Snapshot, lists: Lists) -> bool:
    """Say whether a word has so many postings that all documents are scored and not those only that have it."""
    begins = any(found.begins is not None for found in lists.values())
    return begins or size_of(lists) * _COMMON > snapshot.documents


def _hits(snapshot: Snapshot, lists: Lists, word: _Weight) -> Hits:
    """Return the documents with a word that is not common."""
    docs_each: list[Docs] = []
    scores_each: list[Scores] = []
    for part, each, exact_lists in _by_part(lists):
        docs, total = _gathered(snapshot, part, each)
        exact: Scores | None = None
        if len(each) > 1:
            of_exact = sum(map(len, each[:exact_lists])) if word.exact_form else None
            docs, total, exact = _summed(docs, total, of_exact)
        elif word.exact_form:
            exact = total.copy() if exact_lists else np.zeros(len(docs), np.float32)
        docs_each.append(np.add(docs, part.base, dtype=np.int64))
        scores_each.append(_gain(word, total, exact))
    if len(docs_each) == 1:
        return Hits(docs_each[0], scores_each[0])
    return Hits(np.concatenate(docs_each), np.concatenate(scores_each))


def _everywhere(snapshot: Snapshot, lists: Lists, word: _Weight) -> Scores:
    """Return the scores of a word in all documents."""
    total = np.zeros(snapshot.documents, np.float32)
    exact = np.zeros(snapshot.documents, np.float32) if word.exact_form else None
    for name, found in lists.items():
        weight = snapshot.weight(name)
        for one in found.forms:
            docs = one.docs
            frequencies = weight.take(docs)
            frequencies *= one.tf
            if one.weight != 1:
                frequencies *= np.float32(one.weight)
            np.add.at(total if exact is None or not one.exact else exact, docs, frequencies)
        if found.begins is not None:
            starting = found.begins * weight
            starting *= np.float32(STARTS)
            total += starting
    if exact is not None:
        total += exact
    return _gain(word, total, exact)


def _summed(
    docs: NDArray[np.int32], frequencies: Scores, exact: int | None
) -> tuple[NDArray[np.int32], Scores, Scores | None]:
    """Return each document once, the sum of its frequencies, and that of those among the first `exact` postings."""
    found = distinct(np.sort(docs))
    places = found.searchsorted(docs)
    sums = np.bincount(places, frequencies, len(found)).astype(np.float32)
    if exact is None:
        return found, sums, None
    return found, sums, np.bincount(places[:exact], frequencies[:exact], len(found)).astype(np.float32)


def _add_at(
    snapshot: Snapshot,
    part: Part,
    lists: Sequence[PostingList],
    exact_lists: int,
    wanted: NDArray[np.int32],
    total: Scores,
    exact: Scores | None,
) -> None:
    """Add the frequencies of a word in some documents of a segment (ascending): of all forms, and of the exact one."""
    size = sum(map(len, lists))
    if sum(min(len(wanted), len(one)) * _STEP + _LIST for one in lists) < size + _GATHER:
        for number, one in enumerate(lists):
            have = one.local_docs
            if len(wanted) < len(have):
                places = have.searchsorted(wanted)
                there = (have.take(places, mode="clip") == wanted).nonzero()[0]
                places = places.take(there)
            else:
                there = wanted.searchsorted(have)
                places = (wanted.take(there, mode="clip") == have).nonzero()[0]
                there = there.take(places)
            if len(places):
                _, frequencies = _gathered(snapshot, part, [one], places)
                total[there] += frequencies
                if exact is not None and number < exact_lists:
                    exact[there] += frequencies
        return
    place_of = np.full(part.segment.documents, -1, np.int32)
    place_of[wanted] = np.arange(len(wanted), dtype=np.int32)
    there = place_of.take(_docs(lists))
    places = (there >= 0).nonzero()[0]
    there = there.take(places)
    _, frequencies = _gathered(snapshot, part, lists, places)
    np.add.at(total, there, frequencies)
    if exact is not None:
        some = slice(int(places.searchsorted(sum(map(len, lists[:exact_lists])))))
        np.add.at(exact, there[some], frequencies[some])


def _gathered(
    snapshot: Snapshot, part: Part, lists: Sequence[PostingList], places: NDArray[np.int64] | None = None
) -> tuple[NDArray[np.int32], Scores]:
    """Return the documents of some lists of a segment, by its own numbers, and how often the word stands in each.

    How often is weighted by field, length and form. `places` chooses among the postings, as they stand in a row.
    """
    sizes = [len(one) for one in lists]
    docs = _docs(lists)
    tf = np.concatenate([one.tf for one in lists]) if len(lists) > 1 else lists[0].tf
    rows = np.repeat([one.postings.row for one in lists], sizes)
    weights = np.repeat([one.weight for one in lists], sizes) if any(one.weight != 1 for one in lists) else None
    if places is not None:
        docs, tf, rows = docs.take(places), tf.take(places), rows.take(places)
        weights = None if weights is None else weights.take(places)
    rows += docs
    frequencies: Scores = snapshot.weights.take(part.segment.lengths.take(rows))
    frequencies *= tf
    if weights is not None:
        frequencies *= weights
    return docs, frequencies


def _docs(lists: Sequence[PostingList]) -> NDArray[np.int32]:
    return np.concatenate([one.local_docs for one in lists]) if len(lists) > 1 else lists[0].local_docs


def _beginning(snapshot: Snapshot, found: FieldLists) -> NDArray[np.bool_]:
    """Say of each document whether it has a form that begins with the word."""
    marked = np.zeros(snapshot.documents, np.bool_)
    for one in found.stretches:
        if one.crowd is None:
            marked[one.docs] = True
        else:
            marked[one.part.base : one.part.base + len(one.crowd)] = one.crowd
    return marked
