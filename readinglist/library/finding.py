"""Find papers: a query answered by SQL, by the index and, for what the index has not taken in yet, by its meaning."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from readinglist.errors import QueryError
from readinglist.index.damaged import IndexDamaged
from readinglist.library.indexing import Indexing
from readinglist.library.values import SEARCHES_COUNTED, Counts, Hits
from readinglist.paper import Highlight, Paper, PaperId
from readinglist.progress import Progress, Silent
from readinglist.query.fields import FIELDS, FieldValueError
from readinglist.query.finding import found_in
from readinglist.query.marks import Snippet, snippet
from readinglist.query.nodes import And, Node, Or, Query, SortKey, Text, leaves, relaxed, text_leaves
from readinglist.query.parse import parse
from readinglist.query.printer import to_text
from readinglist.query.searches import expand
from readinglist.query.values import read_sort
from readinglist.store import listing, searches
from readinglist.store.driver import Connection
from readinglist.store.filters import condition, order
from readinglist.store.tags import list_tags
from readinglist.text.words import forms

if TYPE_CHECKING:
    from readinglist.index.snapshot import Snapshot

log = logging.getLogger(__name__)

T = TypeVar("T")


class _Page(NamedTuple):
    """One page of an answer: see `Hits`."""

    ids: list[PaperId]
    scores: list[float] | None
    total: int
    pending: int


class Finding(Indexing):
    """Searches, counts and lists."""

    _kept: threading.local

    def has_papers(self) -> bool:
        """Return whether there is any paper, in the trash or not. Takes microseconds."""
        return listing.has_papers(self._store.reader())

    def search(
        self,
        query: str = "",
        *,
        limit: int | None = None,
        offset: int = 0,
        typing: bool = False,
        sort: str | None = None,
        relax: bool = True,
    ) -> Hits:
        """Return the papers a query finds, best first; without words to find, newest first.

        `limit` None gives all. `typing`: the query is being typed, its last word is also a prefix. `sort` (as in
        `sort:KEY`) goes before the query's own order. When nothing has all the words, the papers that have some are
        given and the answer is `relaxed`, unless `relax` is False. `did_you_mean` is another spelling of a query that
        finds next to nothing. Raises QueryError.
        """
        started = time.perf_counter()
        query = query.encode("utf-8", "replace").decode()  # a lone surrogate is no letter that anything has
        asked = parse(query, typing=typing)
        if sort is not None:
            asked = replace(asked, sort=(_sort_key(sort), *asked.sort))
        typed = asked
        saved = dict(searches.list_searches(self._store.reader()))
        asked = expand(asked, saved)
        cut = slice(offset, None if limit is None else offset + limit)
        try:
            answered, page, meant = self._answer(asked, typed, saved, cut, relax=relax, typing=typing)
        except IndexDamaged:
            log.warning("the index is damaged and will be built again")
            self._throw_away()
            answered, page, meant = self._answer(asked, typed, saved, cut, relax=relax, typing=typing)
        return Hits(
            query=query,
            ids=page.ids,
            scores=page.scores if text_leaves(answered.node) else None,
            total=page.total,
            pending=page.pending,
            relaxed=answered is not asked,
            did_you_mean=meant,
            seconds=round(time.perf_counter() - started, 6),
            node=answered.node,
        )

    def _answer(
        self, asked: Query, typed: Query, saved: Mapping[str, str], cut: slice, *, relax: bool, typing: bool
    ) -> tuple[Query, _Page, str | None]:
        """Return the papers of a query, the query itself or the relaxed one that found them, and what may be meant."""
        words = any(isinstance(leaf, Text) for leaf in leaves(asked.node))
        if words:
            self._opened_index()  # first: what it is found to lack is pending
        answer = self._rank if words else self._list
        with self._store.reading() as connection:
            page = answer(connection, asked, cut)
            # A word that nothing has may yet come with the papers that are still to be indexed.
            doubtful = relax and not page.pending
            meant = self._meant(connection, typed, saved, page.total, typing=typing) if doubtful else None
            loose = relaxed(asked) if relax and not typing and not page.total else None
            if loose is not None:
                loose = replace(loose, node=self._forgiving(loose.node))
                if (found := answer(connection, loose, cut)).total:
                    return loose, found, meant
        return asked, page, meant

    def _list(self, connection: Connection, asked: Query, cut: slice) -> _Page:
        """Answer a query without words by SQL alone."""
        where, parameters = condition(asked.node, self._clock())
        trash = asked.wants_trash
        numbers = listing.list_ids(
            connection,
            where,
            parameters,
            order(asked.sort),
            trash=trash,
            limit=None if cut.stop is None else cut.stop - cut.start,
            offset=cut.start,
        )
        whole = cut.stop is None and not cut.start
        total = len(numbers) if whole else listing.count_ids(connection, where, parameters, trash=trash)
        # A PaperId is an int to everybody but the type checker, and there may be 87,000 of them.
        return _Page(cast("list[PaperId]", numbers), None, total, 0)

    def _rank(self, connection: Connection, asked: Query, cut: slice) -> _Page:
        """Answer a query with words."""
        from readinglist.library import ranking

        waiting = self._behind(connection)
        index = self._opened_index()
        ranked = ranking.find(connection, asked, self._clock(), index, self._kept, waiting)
        ordered = ranking.in_order(connection, asked, ranked, self._kept, cut.stop)
        ids = cast("list[PaperId]", ordered.ids[cut].tolist())
        pending = len(waiting) if len(waiting) > ranking.MATCHED_PENDING else 0
        return _Page(ids, ordered.scores[cut].tolist(), len(ranked.ids), pending)

    def _meant(
        self, connection: Connection, typed: Query, saved: Mapping[str, str], found: int, *, typing: bool
    ) -> str | None:
        """Return a query that finds more than the `found` papers of the one that was typed, if it is misspelt."""
        from readinglist.library import spelling

        # What is being typed and finds nothing yet is asked once more as it stands, by whoever shows it.
        if found > spelling.FEW or not text_leaves(typed.node) or (typing and not found):
            return None
        from readinglist.index.spelling import Vocabulary

        if typing:
            typed = replace(typed, node=spelling.finished(typed.node))

        def finds(query: Query) -> int:
            return self._rank(connection, expand(replace(query, sort=()), saved), slice(0)).total

        def ask(snapshot: Snapshot) -> Query | None:
            return spelling.did_you_mean(typed, found, Vocabulary(snapshot), finds)

        meant = self._opened_index().look(ask)
        return None if meant is None else to_text(meant)

    def _forgiving(self, node: Node) -> Node:
        """Allow typing errors, as few as will do, in words that no paper has."""
        if isinstance(node, And | Or):
            return replace(node, nodes=tuple(map(self._forgiving, node.nodes)))
        if isinstance(node, Text) and not node.prefix and not node.fuzzy and not self._opened_index().knows(node):
            for near in (replace(node, fuzzy=1), replace(node, fuzzy=2)):
                if len(forms(node.text)) == 1 and len(node.text) > 2 + near.fuzzy and self._opened_index().knows(near):
                    return near
        return node

    def _look(self, ask: Callable[[Snapshot], T]) -> T:
        """Return what `ask` makes of the index, opened anew if it turns out to be damaged."""
        try:
            return self._opened_index().look(ask)
        except IndexDamaged:
            log.warning("the index is damaged and will be built again")
            self._throw_away()
            return self._opened_index().look(ask)

    def warm_up(self) -> None:
        """Make the next search by words in this thread as quick as the later ones: open the index."""
        self.search("a", typing=True, limit=1)
        self.search("thta wrod", limit=1)  # finds little, so that other spellings are looked for, which imports more

    def snippet(self, hits: Hits, paper: Paper) -> Snippet | None:
        """Return the passage of a paper that answers a search best, with its marks; None without words to find."""
        return snippet(hits.node, paper)

    def counts(
        self,
        query: str | None = None,
        *,
        within: Sequence[PaperId] | None = None,
        progress: Progress | None = None,
    ) -> Counts:
        """Return the counts of the sidebar: of the whole library, of what a query finds, or of the papers `within`.

        `progress` may cancel it between the saved searches. Raises QueryError.
        """
        progress = progress or Silent()
        now = self._clock().astimezone(UTC)
        week_ago = (now - timedelta(days=7)).strftime("%Y-%m-%dT%H:%M:%SZ")
        if query is not None:
            within = self.search(query, relax=False).ids
        with self._store.reading() as connection:
            if within is None:
                states = listing.count_states(connection, self._today(), week_ago)
                tags = {tag.name: tag for tag in list_tags(connection)}
                return Counts(**states, tags=tags, branches={}, searches={})
            from readinglist.library.tally import current_tally

            progress.step(0, None)
            tally = current_tally(connection, self._kept, self._today(), self._now(), week_ago)
            saved = dict(searches.list_searches(connection)[:SEARCHES_COUNTED])

            def find(query: str) -> list[PaperId]:
                progress.step(0, None)
                return self._found_by_saved(query)

            return tally.among(within, saved, find)

    def _found_by_saved(self, query: str) -> list[PaperId]:
        try:
            return self.search(query, relax=False).ids
        except QueryError:
            return []  # saved by another version; it says what is wrong with it when it is chosen

    def highlights(self, query: str = "") -> list[tuple[Paper, Highlight]]:
        """Return the highlights of the papers a query finds, in its order; words of `highlight:` choose among them."""
        hits = self.search(query, relax=False)
        words = [leaf for leaf in text_leaves(hits.node) if leaf.field == "highlight"]

        def wanted(highlight: Highlight) -> bool:
            values = tuple(text for text in (highlight.quote, highlight.comment) if text)
            return not words or any(found_in(leaf, values) for leaf in words)

        return [(paper, h) for paper in self.read_all(hits.ids) for h in paper.highlights if wanted(h)]

    def trash(self) -> list[Paper]:
        """Return the papers in the trash, the last one thrown away first."""
        rows = self._store.reader().execute("SELECT id FROM paper WHERE trashed IS NOT NULL ORDER BY trashed DESC, id")
        return self.papers([number for (number,) in rows])

    def read_all(self, ids: list[PaperId]) -> Iterator[Paper]:
        """Yield papers in order, some hundred at a time, for as many as there are."""
        for first in range(0, len(ids), 500):
            yield from self.papers(ids[first : first + 500])


def _sort_key(text: str) -> SortKey:
    """Return the key that `--sort KEY` names; raise QueryError as for `sort:KEY`."""
    try:
        return read_sort(FIELDS["sort"], text)
    except FieldValueError as error:
        raise QueryError(error.message, text, 0, len(text), error.suggestion) from error
