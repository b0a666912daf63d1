"""Put together what the index, SQL and the meaning of a query find, and in what order. Imported for a search by words.

Apart from `finding` because numpy takes as long to import as a small library to list.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.index.feedback import PAPERS
from readinglist.index.found import Found, best_first
from readinglist.index.index import Index
from readinglist.paper import Paper
from readinglist.query.marks import marks
from readinglist.query.match import Context, match
from readinglist.query.nodes import And, Filter, Node, Or, Query, text_leaves
from readinglist.store import listing
from readinglist.store.driver import Connection
from readinglist.store.filters import condition, order
from readinglist.store.papers import read_papers

Ids = NDArray[np.int64]

MATCHED_PENDING = 500
"""Up to so many papers that the index has not taken in are answered by `match`; more are told of as pending."""

_KEPT_LISTS = 32
_FEW = 2_000
"""So many papers are sorted quicker by themselves than all of them once."""

_QUESTION = 6
_WEIGHTS = {"title": 3.0, "note": 2.0, "abstract": 1.0}


def find(
    connection: Connection,
    asked: Query,
    now: datetime,
    index: Index,
    kept: threading.local,
    waiting: Sequence[int],
) -> Found:
    """Return the papers that a query with words finds.

    `kept` remembers things for this thread; the `waiting` papers are not in the index yet. Raises IndexDamaged.
    """

    lists = _Lists(connection, kept)

    def answer(leaf: Filter) -> Ids:
        return lists.get(*condition(leaf, now))

    def everything() -> Ids:
        return lists.get("1", {})

    found = index.search(asked.node, filters=answer, everything=everything)
    if not asked.wants_trash:
        live = ~_among(found.ids, lists.get("trashed IS NOT NULL", {}))
        found = Found(found.ids[live], found.scores[live])
    if _is_question(asked.node) and len(found.ids) > 2 * PAPERS:
        best = best_first(found, PAPERS)
        found = index.with_feedback(found, read_papers(connection, best.ids.tolist()))
    return _with_waiting(connection, asked, now, found, waiting) if waiting else found


def _with_waiting(connection: Connection, asked: Query, now: datetime, ranked: Found, waiting: Sequence[int]) -> Found:
    """Answer by meaning for the papers the index is behind on, if they are few; leave them out if they are many."""
    current = ~_among(ranked.ids, _array(waiting))
    ids, scores = ranked.ids[current], ranked.scores[current]
    if len(waiting) > MATCHED_PENDING:
        return Found(ids, scores)
    context = Context(now=now)
    fresh = [
        paper
        for paper in read_papers(connection, waiting)
        if (asked.wants_trash or not paper.trashed) and match(asked.node, paper, context)
    ]
    known = dict(zip(ranked.ids.tolist(), ranked.scores.tolist(), strict=True))
    estimates = _estimates(asked.node, fresh, known, float(scores.max()) if len(scores) else 1.0)
    return Found(
        np.concatenate([ids, _array([paper.id for paper in fresh])]),
        np.concatenate([scores, np.array(estimates, dtype=np.float32)]),
    )


def _is_question(node: Node) -> bool:
    """Say whether papers are found by any of many words: then the first ones tell what the others should be like."""
    members = node.nodes if isinstance(node, And) else (node,)
    return any(isinstance(member, Or) and len(text_leaves(member)) >= _QUESTION for member in members)


class _Lists:
    """Lists of papers, kept for this thread until anything is written: keystrokes ask for the same ones again."""

    def __init__(self, connection: Connection, kept: threading.local) -> None:
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        if getattr(kept, "version", None) != version:
            kept.version = version
            kept.lists = {}
        self._connection = connection
        self._lists: dict[str, Ids] = kept.lists

    def get(self, where: str, parameters: Mapping[str, Any]) -> Ids:
        """Return the numbers of the papers that meet `where`, in the trash or not, in any order."""
        return self._kept(f"{where} {parameters}", lambda: listing.ids_where(self._connection, where, parameters))

    def in_order(self, terms: str, ids: Ids) -> Ids:
        """Return `ids` in the order of `terms` (see `filters.order`)."""
        if len(ids) <= _FEW:
            these = f"id IN ({', '.join(map(str, ids.tolist()))})"
            return _array(listing.list_ids(self._connection, these, {}, terms, trash=True))
        ordered = self._kept(terms, lambda: listing.list_ids(self._connection, "1", {}, terms, trash=True))
        return ordered[_among(ordered, ids)]

    def _kept(self, key: str, ask: Callable[[], list[int]]) -> Ids:
        if key not in self._lists:
            if len(self._lists) >= _KEPT_LISTS:
                self._lists.clear()
            self._lists[key] = _array(ask())
        return self._lists[key]


def in_order(connection: Connection, asked: Query, found: Found, kept: threading.local, first: int | None) -> Found:
    """Return the papers in the order asked for: the best first unless a key to sort by was given.

    `kept` as in `find`. Only the `first` so many need to be there (None: all).
    """
    ids, scores = found.ids, found.scores
    if not asked.sort or (asked.sort[0].name == "relevance" and asked.sort[0].descending):
        return best_first(found, first)
    if asked.sort[0].name == "relevance":
        worst = np.lexsort((ids, scores))[:first]
        return Found(ids[worst], scores[worst])
    ordered = _Lists(connection, kept).in_order(order(asked.sort), ids)
    by_id = np.argsort(ids)
    return Found(ordered, scores[by_id[np.searchsorted(ids, ordered, sorter=by_id)]])


def _among(ids: Ids, wanted: Ids) -> NDArray[np.bool_]:
    """Say for each of `ids` whether it is one of `wanted`; numbers of papers are small enough to count them out."""
    if not len(ids) or not len(wanted):
        return np.zeros(len(ids), np.bool_)
    marked = np.zeros(max(int(ids.max()), int(wanted.max())) + 1, np.bool_)
    marked[wanted] = True
    return marked[ids]


def _array(numbers: Sequence[int]) -> Ids:
    return np.array(numbers, dtype=np.int64)


def _estimates(node: Node, papers: Sequence[Paper], known: Mapping[int, float], best: float) -> list[float]:
    """Return a score each for papers that the index has not taken in: the one it had before the edit, or, for a new
    paper, a share of the `best` one by how often and where the words stand."""
    rough = []
    for paper in papers:
        counts = {name: len(marks(node, name, getattr(paper, name) or "")) for name in _WEIGHTS}
        rough.append(sum(w * counts[name] / (counts[name] + 1.2) for name, w in _WEIGHTS.items()))
    most = max(rough, default=0.0) or 1.0
    return [known.get(paper.id, best * share / most) for paper, share in zip(papers, rough, strict=True)]
