"""Rank papers by what a reader liked and what they passed over, and say why.

A reader who has liked nothing yet is given what others voted for and what is new, and no two of a kind in a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from readinglist.discover.learning import Taste, learn, sample
from readinglist.discover.reasons import Parts, Reasons, tokens_of
from readinglist.discover.values import Facts, Opinion, Suggestion
from readinglist.discover.vectors import Floats, Ints, Rows, Vectors
from readinglist.paper import Paper, PaperId
from readinglist.phrase import phrase
from readinglist.text.words import stems

Doubles = NDArray[np.float64]

_MOST_NEAR = 300
_NEAR_SHOWN = 5
_NEAR_RARE = 0.995
_NEAR_LEAST, _NEAR_MOST = 0.1, 0.3
_SOME, _EACH_SO_MANY = 20, 10
"""Close is what is closer than all but so few pairs of a liked paper and any other, and has the first such cosine
at least; what has the second is in any case.

That is estimated from some of the liked ones and one of so many papers that stand for all."""

_READ_NEAR = 40
_FORMS_TOLD = 60

_VARIED = 400
_SAME = 0.5
"""Among so many of the best, a paper as good as another loses that much by being the same as one before it."""

NEAR = {
    "more": ("close to {n} you wanted more of", "close to “{title}”, which you wanted more of"),
    "starred": ("close to {n} you starred", "close to “{title}”, which you starred"),
    "noted": ("close to {n} you made notes on", "close to “{title}”, which you made notes on"),
    "read": ("close to {n} you read", "close to “{title}”, which you read"),
    "tagged": ("close to {n} you tagged", "close to “{title}”, which you tagged"),
    "queued": ("close to {n} you chose to read", "close to “{title}”, which you chose to read"),
}
"""What a reason says, by the kind of opinion: of several papers, and of one."""

Read = Callable[[list[PaperId]], Iterable[Paper]]


def suggest_by_history(
    vectors: Vectors, opinions: Sequence[Opinion], candidates: Ints, read: Read, limit: int
) -> list[Suggestion]:
    """Return the best of the documents `candidates`, some liked paper being among the opinions, with reasons."""
    docs = vectors.snapshot.docs_of(np.array([one.id for one in opinions], np.int64)).tolist()
    by_doc = {doc: one for doc, one in zip(docs, opinions, strict=True) if doc >= 0}
    liked = {doc: one.weight for doc, one in by_doc.items() if one.weight > 0}
    passed = {doc: -one.weight for doc, one in by_doc.items() if one.weight < 0}
    taste = learn(vectors, liked, passed, candidates)
    scores = taste.scores(vectors)[candidates]
    order = np.lexsort((vectors.snapshot.papers[candidates], -scores))[:limit]
    others = sample(vectors, candidates, taste.liked)[::_EACH_SO_MANY]
    return _explained(vectors, taste, candidates[order], scores[order], by_doc, read, others)


def _explained(
    vectors: Vectors,
    taste: Taste,
    best: Ints,
    scores: Floats,
    opinions: Mapping[int, Opinion],
    read: Read,
    others: Ints,
) -> list[Suggestion]:
    papers_of = vectors.snapshot.papers
    liked = taste.liked[:_MOST_NEAR]
    rows = vectors.rows(np.concatenate([best, liked[~np.isin(liked, best)]]))
    parts = _parts(vectors, taste, rows, len(best))
    near = _near(rows, best, liked, _usual(vectors, liked, others))
    counts = Counter(doc for docs in near for doc in docs)
    told = [doc for doc, _ in counts.most_common(_READ_NEAR)]
    papers = {paper.id: paper for paper in read([PaperId(int(papers_of[doc])) for doc in [*best.tolist(), *told]])}
    known = [papers[number] for doc in told if (number := PaperId(int(papers_of[doc]))) in papers]
    reasons = Reasons(known, [tokens_of(paper) for paper in known])
    suggestions = []
    for place, doc in enumerate(best.tolist()):
        paper = papers.get(PaperId(int(papers_of[doc])))
        if paper is None:
            continue
        why = reasons.why(paper, parts[place])
        close = [opinions[one] for one in near[place] if one in opinions]
        said = [", ".join(why)] if why else []
        said += _closeness(close, papers)
        numbers = tuple(one.id for one in close[:_NEAR_SHOWN])
        score = round(float(np.clip(scores[place], -1, 1)), 4)
        suggestions.append(Suggestion(paper.id, score, tuple(said), why, numbers))
    return suggestions


def _parts(vectors: Vectors, taste: Taste, rows: Rows, count: int) -> list[Parts]:
    """Return what the most telling stems add to the scores of the first `count` documents."""
    gain = rows.value * taste.spread(rows).take(rows.column)
    order = np.lexsort((-gain, rows.row))
    order = order[(gain[order] > 0) & (rows.row[order] < count)]
    first = np.searchsorted(rows.row[order], np.arange(count + 1))
    stretches = [order[a : min(a + _FORMS_TOLD, b)] for a, b in pairwise(first.tolist())]
    named, at = np.unique(rows.column[np.concatenate([np.zeros(0, np.int64), *stretches])], return_inverse=True)
    roots = stems(vectors.forms(rows.features[named]))
    parts: list[Parts] = []
    done = 0
    for stretch in stretches:
        added: dict[str, float] = {}
        for place, much in zip(at[done : done + len(stretch)].tolist(), gain[stretch].tolist(), strict=True):
            added[roots[place]] = added.get(roots[place], 0.0) + much
        done += len(stretch)
        parts.append(added)
    return parts


def _near(rows: Rows, best: Ints, liked: Ints, least: float) -> list[list[int]]:
    """Return the liked documents that each of `best` has such a cosine with at least, the closest first.

    `rows` holds `best` and behind them those of `liked` that are not among them.
    """
    place_of = {doc: place for place, doc in enumerate([*best.tolist(), *liked[~np.isin(liked, best)].tolist()])}
    places = np.array([place_of[doc] for doc in liked.tolist()], np.int64)
    lengths = rows.lengths()
    near = []
    for place, doc in enumerate(best.tolist()):
        cosines = (rows.times(rows.one(place)) / (lengths * lengths[place]))[places]
        closest = np.argsort(-cosines, kind="stable").tolist()
        near.append([int(liked[at]) for at in closest if cosines[at] >= least and liked[at] != doc])
    return near


def _usual(vectors: Vectors, liked: Ints, others: Ints) -> float:
    """Return how alike a liked paper and any other are at most, but for few pairs."""
    if not len(others):
        return _NEAR_LEAST
    some = liked[:_SOME]
    rows = vectors.rows(np.concatenate([some, others]))
    lengths = rows.lengths()
    cosines = [rows.times(rows.one(place)) / (lengths * lengths[place]) for place in range(len(some))]
    rare = np.quantile(np.concatenate([each[len(some) :] for each in cosines]), _NEAR_RARE)
    return min(max(float(rare), _NEAR_LEAST), _NEAR_MOST)


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
