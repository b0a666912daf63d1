"""Answer a query's tree: the leaves, and how And, Or and Not combine them. Knows nothing of files.

What a node finds is a set of paper numbers with scores. `And` and `Or` add the scores; filters and negations
have none. Sets are combined through arrays over all paper numbers, which are small as counted by the store; where
they are not, they are renumbered first (`_Numbering`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from readinglist.errors import ReadingListError
from readinglist.index.found import Found
from readinglist.index.leaves import any_leaf, every_leaf
from readinglist.index.phrase import Budget
from readinglist.index.scoring import Hits, union
from readinglist.index.snapshot import Snapshot
from readinglist.paper import PaperId
from readinglist.query.nodes import And, Everything, Filter, Node, Not, Or, Text

Ids = NDArray[np.int64]

_MOST_DEPTH = 200


def search(
    snapshot: Snapshot,
    node: Node,
    answers: Iterable[tuple[Filter, Ids]],
    everything: Ids,
    masked: Collection[PaperId] | Ids,
) -> Found:
    """Return what a tree finds (see `Index.search`).

    `answers` are those to its filters; `everything` counts only where the tree `asks_for_all`.
    """
    by_leaf = {id(leaf): _ids(ids) for leaf, ids in answers}
    return _Evaluation(snapshot, by_leaf, _ids(everything), _ids(masked)).found(node)


def asks_for_all(node: Node) -> bool:
    """Say whether a tree cannot be answered without knowing all papers."""
    match node:
        case Everything() | Not():
            return True
        case And(nodes):
            kept_out = [member.node for member in nodes if isinstance(member, Not)]
            others = [member for member in nodes if not isinstance(member, Not)]
            return not others or any(map(asks_for_all, [*others, *kept_out]))
        case Or(nodes):
            return any(map(asks_for_all, nodes))
        case _:
            return False


def _ids(numbers: Collection[int] | Ids) -> Ids:
    if isinstance(numbers, np.ndarray):
        return numbers.astype(np.int64, copy=False)
    return np.fromiter(numbers, np.int64, len(numbers))


class _Numbering:
    """Paper numbers as places in an array: the numbers themselves, or their ranks where they are far apart."""

    def __init__(self, snapshot: Snapshot, sets: Sequence[Ids]) -> None:
        highest = max([snapshot.highest, *(int(ids.max(initial=0)) for ids in sets)])
        known = snapshot.documents + sum(map(len, sets))
        self._ids: Ids | None = None
        self.size = highest + 1
        if highest > 1_000_000 + 8 * known:
            self._ids = np.unique(np.concatenate([np.zeros(1, np.int64), snapshot.papers, *sets]))
            self.size = len(self._ids)

    def places(self, ids: Ids) -> Ids:
        return ids if self._ids is None else np.searchsorted(self._ids, ids)

    def ids(self, places: Ids) -> Ids:
        return places if self._ids is None else self._ids[places]


class _Set:
    """Places of papers, each once, in any order, and their scores; None: all 0."""

    __slots__ = ("places", "scores")

    def __init__(self, places: Ids, scores: NDArray[np.float32] | None) -> None:
        self.places = places
        self.scores = scores


class _Evaluation:
    """One search: a snapshot, the answers of the filters, and what counts as everything."""

    def __init__(self, snapshot: Snapshot, answers: dict[int, Ids], everything: Ids, masked: Ids) -> None:
        self._snapshot = snapshot
        self._budget = Budget()
        self._numbering = _Numbering(snapshot, [everything, masked, *answers.values()])
        self._size = self._numbering.size
        self._answers = answers
        self._everything = everything
        self._papers = self._numbering.places(snapshot.papers)
        self._masked: NDArray[np.bool_] | None = None
        if len(masked):
            self._masked = np.zeros(self._size, np.bool_)
            self._masked[self._numbering.places(masked)] = True

    def found(self, node: Node) -> Found:
        result = self._set(node, 0)
        scores = result.scores
        if scores is None:
            scores = np.zeros(len(result.places), np.float32)
        return Found(self._numbering.ids(result.places), scores)

    def _set(self, node: Node, depth: int) -> _Set:
        if depth > _MOST_DEPTH:
            raise ReadingListError("The query is nested too deeply.")
        match node:
            case Text():
                return self._live(any_leaf(self._snapshot, [node], self._budget))
            case Filter():
                return _Set(self._distinct(self._numbering.places(self._answers[id(node)])), None)
            case Everything():
                return self._all()
            case Not():
                return self._without(self._all(), [self._set(node.node, depth + 1)])
            case Or():
                return self._any(node, depth)
            case And():
                return self._every(node, depth)

    def _all(self) -> _Set:
        return _Set(self._distinct(self._numbering.places(self._everything)), None)

    def _distinct(self, places: Ids) -> Ids:
        # Filters answer from a table with one row a paper, but a join may say a thing twice.
        return union([places], self._size)

    def _live(self, hits: Hits) -> _Set:
        """Turn documents into papers, without those that are deleted or masked."""
        places, scores = self._papers.take(hits.docs), hits.scores
        if self._snapshot.deleted:
            # Place 0 is nobody's: papers are counted from 1.
            live = places > 0
            places, scores = places[live], scores[live]
        if self._masked is not None:
            seen = ~self._masked.take(places)
            places, scores = places[seen], scores[seen]
        return _Set(places, scores)

    def _every(self, node: And, depth: int) -> _Set:
        words = [member for member in node.nodes if isinstance(member, Text)]
        unwanted = [member.node for member in node.nodes if isinstance(member, Not)]
        others = [member for member in node.nodes if not isinstance(member, Text | Not)]
        sets = [self._set(member, depth + 1) for member in others]
        if words:
            sets.append(self._live(every_leaf(self._snapshot, words, self._budget)))
        first, *rest = sorted(sets, key=lambda found: len(found.places)) if sets else [self._all()]
        places, scores = first.places, first.scores
        for other in rest:
            if not len(places):
                break
            if other.scores is None:
                marked = np.zeros(self._size, np.bool_)
                marked[other.places] = True
                both = marked.take(places)
                places = places[both]
                scores = None if scores is None else scores[both]
            else:
                # Below 0 is not found: what a filter found inside an Or has the score 0.
                spread = np.full(self._size, -1, np.float32)
                spread[other.places] = other.scores
                added = spread.take(places)
                both = added >= 0
                places, added = places[both], added[both]
                scores = added if scores is None else scores[both] + added
        result = _Set(places, scores)
        if not unwanted or not len(places):
            return result
        return self._without(result, [self._set(member, depth + 1) for member in unwanted])

    def _any(self, node: Or, depth: int) -> _Set:
        words = [member for member in node.nodes if isinstance(member, Text)]
        sets = [self._set(member, depth + 1) for member in node.nodes if not isinstance(member, Text)]
        if words:
            sets.append(self._live(any_leaf(self._snapshot, words, self._budget)))
        if len(sets) == 1:
            return sets[0]
        places = union([found.places for found in sets], self._size)
        if all(found.scores is None for found in sets):
            return _Set(places, None)
        spread = np.zeros(self._size, np.float32)
        for found in sets:
            if found.scores is not None:
                spread[found.places] += found.scores
        return _Set(places, spread.take(places))

    def _without(self, found: _Set, others: list[_Set]) -> _Set:
        kept = np.ones(self._size, np.bool_)
        for other in others:
            kept[other.places] = False
        stays = kept.take(found.places)
        return _Set(found.places[stays], None if found.scores is None else found.scores[stays])
