"""Rank papers by what a reader liked and what they passed over, and say why.

A reader who has liked nothing yet is given what others voted for and what is new, and no two of a kind in a row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from readinglist.discover.learning import Ranking, rank
from readinglist.discover.reasons import Parts, Reasons, tokens_of
from readinglist.discover.values import Facts, Opinion, Suggestion
from readinglist.discover.vectors import Ints, Vectors
from readinglist.paper import Paper, PaperId
from readinglist.phrase import phrase
from readinglist.text.words import stems

Doubles = NDArray[np.float64]

_MOST_NEAR = 300
_NEAR_SHOWN = 5
_NEAR_RARE = 0.995
_NEAR_LEAST, _NEAR_MOST = 0.1, 0.25
_SOME, _MOST_USUAL = 20, 500
"""Close is what is closer than all but so few pairs of a liked paper and any other, and has the first such cosine
at least; what has the second is in any case.

That is estimated from some of both."""

_READ_NEAR = 40
_FORMS_TOLD = 60

_VARIED = 400
_SAME = 1.0
"""Among so many of the best, a paper as good as another loses that much by being the same as one before it."""

NEAR = {
    "more": (
        phrase("close to {n} you wanted more of"),
        phrase("close to “{title}”, which you wanted more of"),
    ),
    "starred": (phrase("close to {n} you starred"), phrase("close to “{title}”, which you starred")),
    "noted": (phrase("close to {n} you made notes on"), phrase("close to “{title}”, which you made notes on")),
    "read": (phrase("close to {n} you read"), phrase("close to “{title}”, which you read")),
    "tagged": (phrase("close to {n} you tagged"), phrase("close to “{title}”, which you tagged")),
    "queued": (phrase("close to {n} you chose to read"), phrase("close to “{title}”, which you chose to read")),
}
"""What a reason says, by the kind of opinion: of several papers, and of one."""

Read = Callable[[list[PaperId]], Iterable[Paper]]


def suggest_by_history(
    vectors: Vectors, opinions: Sequence[Opinion], candidates: Ints, read: Read, limit: int
) -> list[Suggestion]:
    """Return the best of the documents `candidates`, some liked paper being among the opinions, with reasons.

    Of more than some thousand candidates, no more than the first `learning.PAIRED` are given.
    """
    docs = vectors.snapshot.docs_of(np.array([one.id for one in opinions], np.int64)).tolist()
    by_doc = {doc: one for doc, one in zip(docs, opinions, strict=True) if doc >= 0}
    liked = {doc: one.weight for doc, one in by_doc.items() if one.weight > 0}
    passed = {doc: -one.weight for doc, one in by_doc.items() if one.weight < 0}
    ranking = rank(vectors, liked, passed, candidates)
    best = ranking.candidates[: min(limit, len(ranking.scores))].tolist()
    near = _near(ranking, best)
    numbers = vectors.snapshot.papers
    counts = Counter(doc for docs in near for doc in docs)
    told = [doc for doc, _ in counts.most_common(_READ_NEAR)]
    told += [doc for doc in ranking.liked[: _READ_NEAR - len(told)].tolist() if doc not in counts]
    papers = {paper.id: paper for paper in read([PaperId(int(numbers[doc])) for doc in {*best, *told}])}
    known = [papers[number] for doc in told if (number := PaperId(int(numbers[doc]))) in papers]
    reasons = Reasons(known, [tokens_of(paper) for paper in known])
    parts = _parts(vectors, ranking, best)
    suggestions = []
    for place, doc in enumerate(best):
        paper = papers.get(PaperId(int(numbers[doc])))
        if paper is None:  # thrown away a moment ago
            continue
        why = reasons.why(paper, parts[place])
        close = [by_doc[one] for one in near[place]]
        said = ([", ".join(why)] if why else []) + _closeness(close, papers)
        score = round(float(np.clip(ranking.scores[place], -1, 1)), 4)
        shown = tuple(one.id for one in close[:_NEAR_SHOWN])
        suggestions.append(Suggestion(paper.id, score, tuple(said), why, shown))
    return suggestions


def _parts(vectors: Vectors, ranking: Ranking, docs: Sequence[int]) -> list[Parts]:
    """Return what the most telling stems add to the scores of documents; a pair adds half to each of its two."""
    single = ranking.rows.single
    rows = ranking.rows.rows.take(ranking.places(docs))
    gain = rows.value * ranking.weights.take(rows.column)
    found = []
    for place in range(len(docs)):
        its = np.flatnonzero((rows.row == place) & (gain > 0))
        its = its[np.argsort(-gain[its], kind="stable")[:_FORMS_TOLD]]
        found.append(list(zip(rows.column[its].tolist(), gain[its].tolist(), strict=True)))
    named = sorted({column for each in found for column, _ in each if column < single})
    roots = dict(zip(named, stems(vectors.forms(rows.features[named])), strict=True))
    parts: list[Parts] = []
    for each in found:
        added: defaultdict[str, float] = defaultdict(float)
        for column, much in each:
            if column < single:
                added[roots[column]] += much
            else:
                for root in ranking.rows.pair(column):
                    added[root] += much / 2
        parts.append(added)
    return parts


def _near(ranking: Ranking, docs: Sequence[int]) -> list[list[int]]:
    """Return the liked documents that each of some is close to, the closest first."""
    liked, others = ranking.liked[:_MOST_NEAR], ranking.sample[:_MOST_USUAL]
    everything = np.array(list(dict.fromkeys([*liked.tolist(), *others.tolist(), *docs])), np.int64)
    place_of = {doc: place for place, doc in enumerate(everything.tolist())}
    rows = ranking.rows.rows.take(ranking.places(everything.tolist()))
    lengths = rows.lengths()

    def cosines(place: int) -> Doubles:
        alike: Doubles = rows.times(rows.one(place)) / (lengths * lengths[place])
        return alike

    usual = [cosines(place)[len(liked) : len(liked) + len(others)] for place in range(min(_SOME, len(liked)))]
    rare = float(np.quantile(np.concatenate(usual), _NEAR_RARE)) if len(others) else 0.0
    least = min(max(rare, _NEAR_LEAST), _NEAR_MOST)
    near = []
    for doc in docs:
        alike = cosines(place_of[doc])[: len(liked)]
        closest = np.argsort(-alike, kind="stable").tolist()
        near.append([int(liked[at]) for at in closest if alike[at] >= least and liked[at] != doc])
    return near


def _closeness(close: Sequence[Opinion], papers: Mapping[PaperId, Paper]) -> list[str]:
    """Say what liked papers one is close to: those of the kind that most of them are of."""
    if not close:
        return []
    kind, count = Counter(one.kind for one in close).most_common(1)[0]
    several, single = NEAR[kind]
    if count > 1:
        return [phrase(several, n=count)]
    number = next(one.id for one in close if one.kind == kind)
    return [phrase(single, title=papers[number].title)] if number in papers else []


def suggest_to_new(vectors: Vectors, facts: Sequence[Facts], limit: int) -> list[Suggestion]:
    """Return what others voted for and what is new, for a reader of whom nothing is known; scores from 0 to 1."""
    votes = _ranked([float(one.upvotes or 0) for one in facts])
    days = _ranked([one.day or one.added[:10] for one in facts])
    scores = 0.6 * votes + 0.4 * days if any(one.upvotes for one in facts) else days
    best = np.lexsort((np.array([one.id for one in facts], np.int64), -scores))[: max(_VARIED, limit)]
    chosen = _varied(vectors, [facts[at].id for at in best.tolist()], scores[best], min(limit, len(best)))
    return [
        Suggestion(facts[at].id, round(float(scores[at]), 4), _facts_told(facts[at]), (), ())
        for at in best[chosen].tolist()
    ]


def _ranked(values: Sequence[float] | Sequence[str]) -> Doubles:
    """Return for each value the share of those below it; equals are equal."""
    kinds, place = np.unique(np.array(values), return_inverse=True)
    below = np.cumsum(np.bincount(place.reshape(-1), minlength=len(kinds))) - np.bincount(place.reshape(-1))
    ranks: Doubles = below[place.reshape(-1)] / max(len(values) - 1, 1)
    return ranks


def _varied(vectors: Vectors, ids: Sequence[PaperId], scores: Doubles, count: int) -> Ints:
    """Return places among papers, the best first, one that is like an earlier one later (Carbonell, Goldstein 1998)."""
    docs = vectors.snapshot.docs_of(np.array(ids, np.int64))
    rows = vectors.rows(docs)
    lengths = rows.lengths()
    likest = np.zeros(len(ids))
    left = np.ones(len(ids), np.bool_)
    chosen = []
    for _ in range(count):
        place = int(np.where(left, scores - _SAME * likest, -np.inf).argmax())
        chosen.append(place)
        left[place] = False
        np.maximum(likest, rows.times(rows.one(place)) / (lengths * lengths[place]), out=likest)
    return np.array(chosen, np.int64)


def _facts_told(facts: Facts) -> tuple[str, ...]:
    told: list[str] = [phrase("{n} upvotes", n=facts.upvotes)] if facts.upvotes else []
    told.append(phrase("from {day}", day=facts.day) if facts.day else phrase("added on {day}", day=facts.added[:10]))
    return tuple(told)
