"""Find the papers that are like one, or like several together, and say in their words why.

The cosine of tf-idf (Manning, Raghavan, Schütze 2008, §6.3) over title, abstract and keywords taken together, with
dampened counts. The length of a document's vector is not worked out from all of its words, which would need a pass
over every posting whenever the index changes: it grows with the root of the number of words, and how steeply, the
papers asked about tell. On a library of 87,000 that chose as well as the exact cosine (share of common authors among
the ten nearest, the one thing not looked at here: 0.117 against 0.119).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest

import numpy as np
from numpy.typing import NDArray

from readinglist.discover.reasons import Parts, Reasons, Token, tokens_of
from readinglist.discover.values import Similar
from readinglist.index.invert import LENGTHS
from readinglist.index.lookup import PostingList, Word, look_up
from readinglist.index.snapshot import Snapshot
from readinglist.paper import Paper, PaperId

Scores = NDArray[np.float32]

_FIELDS = ("title", "abstract", "keyword")
_COMMON = 0.2
_MANY_DOCUMENTS = 1_000
"""In a library of so many papers, words that a larger share of them have tell nothing and are left out."""

_DAMPING = 0.5
_RARITY = 0.75
"""A second occurrence counts a fifth of the first; idf is taken to this power, else one rare word decides alone."""

_MOST_WORDS = 250
_TELLING = 40
_LEAST_WORDS = 12
"""A text is taken to have so many words at least, else a title of one word would be like all that has the word."""

_NEARNESS = 0.2
"""What the cosine of what two texts mean counts beside the cosine of their words (`tests/bench/vectors.py`)."""

_LEAST_SCORE = 0.05
"""What is less alike than this shares only words that any two papers share."""


@dataclass(frozen=True, slots=True)
class _Term:
    """A word of the papers asked about: its idf, its weight in their direction (a unit vector), where it stands."""

    idf: float
    weight: float
    lists: Sequence[PostingList]


@dataclass(frozen=True, slots=True)
class _Direction:
    """What the papers asked about have in common, by stem; `slope` is their vectors' length by the root of words."""

    terms: Mapping[str, _Term]
    slope: float


def similar(
    snapshot: Snapshot,
    asked: Sequence[Paper],
    read: Callable[[list[PaperId]], Iterable[Paper]],
    *,
    waiting: Sequence[Paper] = (),
    without: Collection[int] = (),
    limit: int = 10,
    nearness: Scores | None = None,
) -> list[Similar]:
    """Return the papers most like those `asked` about, the likest first.

    `read` gives papers by their numbers. `waiting` are papers that the index has not taken in, or has in an older
    form: they are compared by their texts. Papers `without` are left out, as are those asked about. A paper that
    has nothing telling in common is not returned. `nearness` says of every document how near its meaning is to those
    asked about, from -1 to 1 and 0 where that is not known, and is blended with what the words say.
    """
    tokens = [tokens_of(paper) for paper in asked]
    others = {paper.id: tokens_of(paper) for paper in waiting}
    left_out = {*without, *(paper.id for paper in asked)}
    direction = _direction(snapshot, tokens, [{token.root for token in some} for some in others.values()])
    scores: dict[PaperId, float] = {}
    parts_of: dict[PaperId, Parts] = {}
    for doc, score, parts in _nearest(snapshot, direction, left_out | others.keys(), limit, nearness):
        number = PaperId(int(snapshot.papers[doc]))
        scores[number], parts_of[number] = score, parts
    for number in others.keys() - left_out:
        parts_of[number] = _parts(direction, others[number])
        words = sum(parts_of[number].values())
        if words >= _LEAST_SCORE:
            scores[number] = words if nearness is None else words / (1 + _NEARNESS)
    best = sorted(scores, key=lambda number: (-scores[number], number))[:limit]
    reasons = Reasons(asked, tokens)
    found = {paper.id: reasons.why(paper, parts_of[paper.id]) for paper in read(best)}
    return [Similar(number, round(min(scores[number], 1.0), 4), found[number]) for number in best if found.get(number)]


def _direction(snapshot: Snapshot, asked: Iterable[Sequence[Token]], waiting: Sequence[Collection[str]]) -> _Direction:
    terms: dict[str, _Term] = {}
    together: Counter[str] = Counter()
    slopes = []
    for tokens in asked:
        for token in tokens:
            if token.root not in terms:
                terms[token.root] = _term(snapshot, waiting, token)
        counts = Counter(token.root for token in tokens)
        vector = {root: _dampened(count) * terms[root].idf for root, count in counts.items()}
        length = math.hypot(*vector.values())
        if length:
            slopes.append(length / math.sqrt(max(len(tokens), _LEAST_WORDS)))
            together.update({root: weight / length for root, weight in vector.items()})
    most = dict(together.most_common(_MOST_WORDS))
    length = math.hypot(*most.values()) or 1.0
    weighed = {root: replace(terms[root], weight=weight / length) for root, weight in most.items() if weight}
    return _Direction(weighed, sum(slopes) / len(slopes) if slopes else 1.0)


def _term(snapshot: Snapshot, waiting: Sequence[Collection[str]], token: Token) -> _Term:
    documents = snapshot.documents + len(waiting)
    lists = look_up(snapshot, Word(token.form), _FIELDS)
    # Where the forms' documents would have to be counted, their postings are near enough.
    having = max((found.size if found.df is None else found.df for found in lists.values()), default=0)
    having = min(documents, having + sum(token.root in roots for roots in waiting))
    if documents >= _MANY_DOCUMENTS and having > _COMMON * documents:
        return _Term(0.0, 0.0, ())
    idf = math.log(1 + (documents - having + 0.5) / (having + 0.5))
    return _Term(idf**_RARITY, 0.0, [one for found in lists.values() for one in found.forms])


def _dampened(count: float) -> float:
    return count / (count + _DAMPING)


def _nearest(
    snapshot: Snapshot, direction: _Direction, left_out: Collection[int], limit: int, nearness: Scores | None
) -> list[tuple[int, float, Parts]]:
    """Return the nearest documents, each with its score and what the most telling stems add to it."""
    scores = np.zeros(snapshot.documents, np.float32)
    counts = np.zeros(snapshot.documents, np.float32)
    for term in direction.terms.values():
        if not term.lists:
            continue
        each = [one.docs for one in term.lists]
        for one, docs in zip(term.lists, each, strict=True):
            counts[docs] += one.tf
        docs = np.concatenate(each)
        counted = counts[docs]
        # A document that stands there twice, for it has two forms of the word, is given the same sum twice.
        scores[docs] += counted / (counted + np.float32(_DAMPING)) * np.float32(term.weight * term.idf)
        counts[docs] = 0
    lengths = _roots_of_words(snapshot) * np.float32(direction.slope)
    scores /= lengths
    gone = snapshot.docs_of(np.fromiter(left_out, np.int64, len(left_out)))
    scores[gone[gone >= 0]] = 0
    scores[snapshot.papers == 0] = 0
    scores[scores < _LEAST_SCORE] = 0
    if nearness is not None:
        blended = (scores + np.float32(_NEARNESS) * nearness) / np.float32(1 + _NEARNESS)
        scores = np.where(scores > 0, blended.clip(min=np.float32(1e-4)), 0)
    count = min(limit, int(np.count_nonzero(scores)))
    if count <= 0:
        return []
    nearest = np.sort(np.argpartition(-scores, count - 1)[:count])
    lengths = lengths[nearest]
    parts: list[dict[str, float]] = [{} for _ in range(count)]
    for root, term in nlargest(_TELLING, direction.terms.items(), key=lambda term: term[1].weight * term[1].idf):
        counted = _counts_at(term.lists, nearest)
        for at in np.flatnonzero(counted).tolist():
            parts[at][root] = _dampened(float(counted[at])) * term.weight * term.idf / float(lengths[at])
    return list(zip(nearest.tolist(), scores[nearest].tolist(), parts, strict=True))


def _counts_at(lists: Iterable[PostingList], docs: NDArray[np.int64]) -> Scores:
    """Return how often a word stands in some documents."""
    counts = np.zeros(len(docs), np.float32)
    for one in lists:
        have = one.local_docs
        wanted = docs - one.part.base
        places = have.searchsorted(wanted)
        there = np.flatnonzero(have.take(places, mode="clip") == wanted)
        counts[there] += one.tf.take(places[there])
    return counts


def _roots_of_words(snapshot: Snapshot) -> Scores:
    """Return the root of the number of words of every document."""
    number = np.zeros(snapshot.documents, np.float32)
    for name in _FIELDS:
        for part, postings in snapshot.postings(name):
            number[part.base : part.base + part.segment.documents] += LENGTHS.take(postings.lengths)
    roots: Scores = np.sqrt(np.maximum(number, _LEAST_WORDS))
    return roots


def _parts(direction: _Direction, tokens: Sequence[Token]) -> Parts:
    """Return what every stem adds to the score of a paper that is compared by its text."""
    counts = Counter(token.root for token in tokens)
    length = math.sqrt(max(len(tokens), _LEAST_WORDS)) * direction.slope
    return {
        root: _dampened(counts[root]) * term.weight * term.idf / length
        for root, term in direction.terms.items()
        if root in counts
    }
