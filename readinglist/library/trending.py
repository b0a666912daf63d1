"""Say what rises: terms that more of the papers have that came lately than of those before."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from readinglist.library.statistics import Statistics
from readinglist.progress import Progress, Silent
from readinglist.query.nodes import Text
from readinglist.query.printer import node_text
from readinglist.store.arrivals import arrivals, lists

if TYPE_CHECKING:
    from readinglist.discover.values import Rising
    from readinglist.index.snapshot import Snapshot
    from readinglist.library.figures import Trends


class Trending(Statistics):
    """What rises."""

    def trends(
        self,
        since: date | None = None,
        *,
        by: Literal["day", "year"] | None = None,
        limit: int = 30,
        progress: Progress | None = None,
    ) -> Trends:
        """Return the terms that rise in what came since a day, or lately.

        Without `since` the last 4 weeks are compared with those before, the last quarter where these have too few
        papers, or the last years where all came at one time (`by` "day" or "year" decides that; see `arriving`).
        `progress` may cancel it: it takes seconds for 100,000 papers.
        """
        from readinglist.library.arriving import Arrivals
        from readinglist.library.figures import Period, Trend, Trends

        progress = progress or Silent()
        progress.step(0, None)
        now = self._clock()
        today = now.date()
        pending = self.pending()
        with self._store.reading() as connection:
            rows, listed = arrivals(connection), lists(connection)
        progress.step(0, None)
        cut = Arrivals(rows, listed, today, now.tzinfo).cut(since, by)
        if cut is None:
            return Trends(today.isoformat(), by or "day", None, 0, 0, (), (), pending)
        first_late, papers = cut.first_late, cut.papers

        def ask(snapshot: Snapshot) -> list[Rising]:
            from readinglist.discover.trends import rising

            return rising(
                snapshot, cut.of_paper, first_late, self.papers, limit=limit, step=lambda: progress.step(0, None)
            )

        terms = []
        for found in self._look(ask):
            late, early = sum(found.papers[first_late:]), sum(found.papers[:first_late])
            words, score = _query_of(found.names), round(found.score, 2)
            terms.append(Trend(found.names, score, late, early, found.papers, words, f"{words} {cut.query}"))
        early, late = cut.sides
        spans = itertools.pairwise(cut.bounds)
        periods = [
            Period(first.isoformat(), (end - timedelta(days=1)).isoformat(), count, query)
            for (first, end), count, query in zip(spans, papers, cut.queries, strict=True)
        ]
        return Trends(
            today.isoformat(), cut.by, cut.bounds[first_late].isoformat(), late, early, periods, terms, pending
        )


def _query_of(names: Sequence[str]) -> str:
    """Return the query for papers that have any of some names, to be followed by more."""
    texts = [node_text(Text(name)) for name in names]
    return f"({' OR '.join(texts)})" if len(texts) > 1 else texts[0]
