"""Find papers: a query answered by SQL, by the index and, for what the index has not taken in yet, by its meaning."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.errors import QueryError
from readinglist.index.damaged import IndexDamaged
from readinglist.library.indexing import Indexing
from readinglist.library.values import Counts, Hits
from readinglist.paper import Highlight, Paper, PaperId
from readinglist.query.fields import FIELDS, FieldValueError
from readinglist.query.marks import Snippet, marks, snippet
from readinglist.query.match import Context, match
from readinglist.query.nodes import Filter, Node, Query, SortKey, Text, leaves, relaxed, text_leaves
from readinglist.query.parse import parse
from readinglist.query.searches import expand
from readinglist.query.values import read_sort
from readinglist.store import listing, outbox, searches
from readinglist.store.driver import Connection
from readinglist.store.filters import condition, order
from readinglist.store.papers import read_papers
from readinglist.store.tags import list_tags

Ids = NDArray[np.int64]
Scores = NDArray[np.floating[Any]]

MATCHED_PENDING = 500
"""Up to so many papers that the index has not taken in are answered by `match`; more are told of as pending."""


class Finding(Indexing):
    """Searches, counts and lists."""

    _kept: threading.local

    def search(
        self,
        query: str = "",
        *,
        limit: int | None = None,
        offset: int = 0,
        typing: bool = False,
        sort: str | None = None,
    ) -> Hits:
        """Return the papers a query finds, best first; without words to find, newest first.

        `limit` None gives all. `typing`: the query is being typed, its last word is also a prefix. `sort` (as in
        `sort:KEY`) goes before the query's own order. When nothing has all the words, the papers that
        have some are given and the answer is `relaxed`. Raises QueryError.
        """
        started = time.perf_counter()
        asked = parse(query, typing=typing)
        if sort is not None:
            asked = replace(asked, sort=(_sort_key(sort), *asked.sort))
        with self._store.reading() as connection:
            meant = expand(asked, dict(searches.list_searches(connection)))
            if not _has_text(meant.node):
                ids, total = self._list(connection, meant, limit, offset)
                return self._hits(query, ids, None, total, 0, False, meant, started)
            pending = outbox.pending_count(connection) if not self.read_only else 0
            ids_found, scores = self._find(connection, meant, pending)
            loose = relaxed(meant) if not len(ids_found) and not typing else None
            if loose is not None:
                ids_found, scores = self._find(connection, loose, pending)
                meant = loose if len(ids_found) else meant
            was_relaxed = loose is not None and len(ids_found) > 0
            ids_found, scores = self._sorted(connection, meant, ids_found, scores)
            total = len(ids_found)
            page = slice(offset, None if limit is None else offset + limit)
            waiting = pending if pending > MATCHED_PENDING else 0
            return self._hits(
                query,
                [PaperId(n) for n in ids_found[page].tolist()],
                scores[page].tolist() if text_leaves(meant.node) else None,
                total,
                waiting,
                was_relaxed,
                meant,
                started,
            )

    def _hits(
        self,
        query: str,
        ids: list[PaperId],
        scores: list[float] | None,
        total: int,
        pending: int,
        was_relaxed: bool,
        meant: Query,
        started: float,
    ) -> Hits:
        seconds = round(time.perf_counter() - started, 6)
        return Hits(query, ids, scores, total, pending, was_relaxed, None, seconds, meant.node)

    def _list(self, connection: Connection, asked: Query, limit: int | None, offset: int) -> tuple[list[PaperId], int]:
        where, parameters = condition(asked.node, self._clock())
        ids = listing.list_ids(
            connection,
            where,
            parameters,
            order(asked.sort),
            trash=asked.wants_trash,
            limit=limit,
            offset=offset,
        )
        if limit is None and not offset:
            return [PaperId(n) for n in ids], len(ids)
        total = listing.count_ids(connection, where, parameters, trash=asked.wants_trash)
        return [PaperId(n) for n in ids], total

    def _find(self, connection: Connection, asked: Query, pending: int) -> tuple[Ids, Scores]:
        """Return ids and scores, unordered, of the papers a query with words finds."""
        now = self._clock()

        def answer(leaf: Filter) -> Ids:
            where, parameters = condition(leaf, now)
            return _array(listing.list_ids(connection, where, parameters, "id", trash=True))

        everything = self._everything(connection, trash=asked.wants_trash)
        waiting = outbox.pending_ids(connection, pending) if pending else []
        try:
            found = self._opened_index().search(asked.node, filters=answer, everything=everything, masked=())
        except IndexDamaged:
            self._throw_away()
            found = self._opened_index().search(asked.node, filters=answer, everything=everything, masked=())
            waiting = outbox.pending_ids(connection, MATCHED_PENDING + 1)
        keep = np.isin(found.ids, everything, assume_unique=True)
        ids, scores = found.ids[keep], found.scores[keep]
        if not waiting:
            return ids, scores
        known = dict(zip(ids.tolist(), scores.tolist(), strict=True))
        stale = np.isin(ids, _array(waiting), assume_unique=True)
        ids, scores = ids[~stale], scores[~stale]
        if len(waiting) > MATCHED_PENDING:
            return ids, scores
        context = Context(now=now, searches={})
        fresh = [
            paper
            for paper in read_papers(connection, waiting)
            if (asked.wants_trash or not paper.trashed) and match(asked.node, paper, context)
        ]
        estimates = _estimates(asked.node, fresh, known, float(scores.max()) if len(scores) else 1.0)
        return (
            np.concatenate([ids, _array([paper.id for paper in fresh])]),
            np.concatenate([scores, np.array(estimates, dtype=np.float64)]),
        )

    def _everything(self, connection: Connection, *, trash: bool) -> Ids:
        """Return the numbers of all papers, ascending; kept for this thread until anything is written."""
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        kept: tuple[int, bool, Ids] | None = getattr(self._kept, "everything", None)
        if kept is None or kept[:2] != (version, trash):
            kept = version, trash, _array(listing.list_ids(connection, "1", {}, "id", trash=trash))
            self._kept.everything = kept
        return kept[2]

    def _sorted(self, connection: Connection, asked: Query, ids: Ids, scores: Scores) -> tuple[Ids, Scores]:
        if not asked.sort or asked.sort[0].name == "relevance":
            turned = bool(asked.sort) and not asked.sort[0].descending
            best = np.lexsort((ids, scores if turned else -scores))
            return ids[best], scores[best]
        ordered = _array(listing.list_ids(connection, "1", {}, order(asked.sort), trash=True))
        ordered = ordered[np.isin(ordered, ids, assume_unique=True)]
        by_id = np.argsort(ids)
        return ordered, scores[by_id[np.searchsorted(ids, ordered, sorter=by_id)]]

    def snippet(self, hits: Hits, paper: Paper) -> Snippet | None:
        """Return the passage of a paper that answers a search best, with its marks; None without words to find."""
        return snippet(hits.node, paper)

    def counts(self) -> Counts:
        """Return the counts of the sidebar."""
        week_ago = (self._clock() - timedelta(days=7)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with self._store.reading() as connection:
            states = listing.count_states(connection, self._today(), week_ago)
            return Counts(**states, tags={tag.name: tag for tag in list_tags(connection)})

    def highlights(self, query: str = "") -> list[tuple[Paper, Highlight]]:
        """Return the highlights of the papers a query finds, in its order; words of `highlight:` choose among them."""
        ids = self.search(f"has:highlight {query}".strip()).ids
        return [(paper, highlight) for paper in self.papers(ids) for highlight in paper.highlights]

    def trash(self) -> list[Paper]:
        """Return the papers in the trash, the last one thrown away first."""
        rows = self._store.reader().execute("SELECT id FROM paper WHERE trashed IS NOT NULL ORDER BY trashed DESC, id")
        return self.papers([number for (number,) in rows])

    def read_all(self, ids: list[PaperId]) -> Iterator[Paper]:
        """Yield papers in order, some hundred at a time, for as many as there are."""
        for first in range(0, len(ids), 500):
            yield from self.papers(ids[first : first + 500])


def _has_text(node: Node) -> bool:
    return any(isinstance(leaf, Text) for leaf in leaves(node))


def _array(numbers: Sequence[int]) -> Ids:
    return np.array(numbers, dtype=np.int64)


def _sort_key(text: str) -> SortKey:
    """Return the key that `--sort KEY` names; raise QueryError as for `sort:KEY`."""
    try:
        return read_sort(FIELDS["sort"], text)
    except FieldValueError as error:
        raise QueryError(error.message, text, 0, len(text), error.suggestion) from error


_WEIGHTS = {"title": 3.0, "note": 2.0, "abstract": 1.0}


def _estimates(node: Node, papers: Sequence[Paper], known: Mapping[int, float], best: float) -> list[float]:
    """Return a score each for papers that the index has not taken in: the one it had before the edit, or, for a new
    paper, a share of the `best` one by how often and where the words stand."""
    rough = []
    for paper in papers:
        counts = {name: len(marks(node, name, getattr(paper, name) or "")) for name in _WEIGHTS}
        rough.append(sum(w * counts[name] / (counts[name] + 1.2) for name, w in _WEIGHTS.items()))
    most = max(rough, default=0.0) or 1.0
    return [known.get(paper.id, best * share / most) for paper, share in zip(papers, rough, strict=True)]
