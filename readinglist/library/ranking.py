"""Put together what the index, SQL and the meaning of a query find, and in what order. Imported for a search by words.

Apart from `finding` because numpy takes as long to import as a small library to list.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.index.found import Found
from readinglist.paper import Paper, PaperId
from readinglist.query.marks import marks
from readinglist.query.match import Context, match
from readinglist.query.nodes import Filter, Node, Query
from readinglist.store import listing, outbox
from readinglist.store.driver import Connection
from readinglist.store.filters import condition, order
from readinglist.store.papers import read_papers

Ids = NDArray[np.int64]
Scores = NDArray[np.floating[Any]]
IndexSearch = Callable[[Node, Callable[[Filter], Ids], Ids], Found]

MATCHED_PENDING = 500
"""Up to so many papers that the index has not taken in are answered by `match`; more are told of as pending."""

_WEIGHTS = {"title": 3.0, "note": 2.0, "abstract": 1.0}


@dataclass(frozen=True, slots=True)
class Ranked:
    """Papers found, unordered until `in_order`: their numbers and, beside them, their scores."""

    ids: Ids
    scores: Scores

    def page(self, offset: int, limit: int | None) -> tuple[list[PaperId], list[float]]:
        """Return one page as plain lists."""
        cut = slice(offset, None if limit is None else offset + limit)
        return [PaperId(n) for n in self.ids[cut].tolist()], self.scores[cut].tolist()


def find(
    connection: Connection, asked: Query, now: datetime, search: IndexSearch, kept: threading.local, pending: int
) -> Ranked:
    """Return the papers that a query with words finds.

    `search` asks the index; `kept` remembers things for this thread; `pending` papers wait for the index.
    """

    def answer(leaf: Filter) -> Ids:
        where, parameters = condition(leaf, now)
        return _array(listing.list_ids(connection, where, parameters, "id", trash=True))

    everything = _everything(connection, kept, trash=asked.wants_trash)
    found = search(asked.node, answer, everything)
    live = np.isin(found.ids, everything, assume_unique=True)
    ranked = Ranked(found.ids[live], found.scores[live])
    return _with_pending(connection, asked, now, ranked, pending) if pending else ranked


def _with_pending(connection: Connection, asked: Query, now: datetime, ranked: Ranked, pending: int) -> Ranked:
    """Answer by meaning for the papers the index is behind on, if they are few; leave them out if they are many."""
    waiting = outbox.pending_ids(connection, pending)
    current = ~np.isin(ranked.ids, _array(waiting), assume_unique=True)
    ids, scores = ranked.ids[current], ranked.scores[current]
    if pending > MATCHED_PENDING:
        return Ranked(ids, scores)
    context = Context(now=now)
    fresh = [
        paper
        for paper in read_papers(connection, waiting)
        if (asked.wants_trash or not paper.trashed) and match(asked.node, paper, context)
    ]
    known = dict(zip(ranked.ids.tolist(), ranked.scores.tolist(), strict=True))
    estimates = _estimates(asked.node, fresh, known, float(scores.max()) if len(scores) else 1.0)
    return Ranked(
        np.concatenate([ids, _array([paper.id for paper in fresh])]),
        np.concatenate([scores, np.array(estimates, dtype=np.float64)]),
    )


def _everything(connection: Connection, kept: threading.local, *, trash: bool) -> Ids:
    """Return the numbers of all papers, ascending; kept for this thread until anything is written."""
    (version,) = connection.execute("PRAGMA data_version").fetchone()
    last: tuple[int, bool, Ids] | None = getattr(kept, "everything", None)
    if last is None or last[:2] != (version, trash):
        last = version, trash, _array(listing.list_ids(connection, "1", {}, "id", trash=trash))
        kept.everything = last
    return last[2]


def in_order(connection: Connection, asked: Query, ranked: Ranked) -> Ranked:
    """Return the papers in the order asked for: the best first unless a key to sort by was given."""
    ids, scores = ranked.ids, ranked.scores
    if not asked.sort or asked.sort[0].name == "relevance":
        turned = bool(asked.sort) and not asked.sort[0].descending
        best = np.lexsort((ids, scores if turned else -scores))
        return Ranked(ids[best], scores[best])
    ordered = _array(listing.list_ids(connection, "1", {}, order(asked.sort), trash=True))
    ordered = ordered[np.isin(ordered, ids, assume_unique=True)]
    by_id = np.argsort(ids)
    return Ranked(ordered, scores[by_id[np.searchsorted(ids, ordered, sorter=by_id)]])


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
