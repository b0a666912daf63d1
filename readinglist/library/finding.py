"""Find papers: a query answered by SQL, by the index and, for what the index has not taken in yet, by its meaning."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from readinglist.errors import QueryError
from readinglist.index.damaged import IndexDamaged
from readinglist.library.indexing import Indexing
from readinglist.library.values import Counts, Hits
from readinglist.paper import Highlight, Paper, PaperId
from readinglist.query.fields import FIELDS, FieldValueError
from readinglist.query.marks import Snippet, snippet
from readinglist.query.nodes import Filter, Node, Query, SortKey, Text, leaves, relaxed, text_leaves
from readinglist.query.parse import parse
from readinglist.query.searches import expand
from readinglist.query.values import read_sort
from readinglist.store import listing, outbox, searches
from readinglist.store.driver import Connection
from readinglist.store.filters import condition, order
from readinglist.store.tags import list_tags

if TYPE_CHECKING:
    from readinglist.index.found import Found
    from readinglist.library.ranking import Ids

log = logging.getLogger(__name__)


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
            return self._search_words(connection, query, meant, limit, offset, typing, started)

    def _search_words(
        self,
        connection: Connection,
        query: str,
        meant: Query,
        limit: int | None,
        offset: int,
        typing: bool,
        started: float,
    ) -> Hits:
        from readinglist.library import ranking

        pending = 0 if self.read_only else outbox.pending_count(connection)
        now = self._clock()
        ranked = ranking.find(connection, meant, now, self._search_index, self._kept, pending)
        loose = relaxed(meant) if not len(ranked.ids) and not typing else None
        if loose is not None:
            ranked = ranking.find(connection, loose, now, self._search_index, self._kept, pending)
        was_relaxed = loose is not None and len(ranked.ids) > 0
        if loose is not None and was_relaxed:
            meant = loose
        ids, scores = ranking.in_order(connection, meant, ranked).page(offset, limit)
        waiting = pending if pending > ranking.MATCHED_PENDING else 0
        found_by_words = scores if text_leaves(meant.node) else None
        return self._hits(query, ids, found_by_words, len(ranked.ids), waiting, was_relaxed, meant, started)

    def _search_index(self, node: Node, filters: Callable[[Filter], Ids], everything: Ids) -> Found:
        try:
            return self._opened_index().search(node, filters=filters, everything=everything)
        except IndexDamaged:
            log.warning("the index is damaged and will be built again")
            self._throw_away()
            return self._opened_index().search(node, filters=filters, everything=everything)

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


def _sort_key(text: str) -> SortKey:
    """Return the key that `--sort KEY` names; raise QueryError as for `sort:KEY`."""
    try:
        return read_sort(FIELDS["sort"], text)
    except FieldValueError as error:
        raise QueryError(error.message, text, 0, len(text), error.suggestion) from error
