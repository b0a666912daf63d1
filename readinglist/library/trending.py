"""Say what rises: terms that more of the papers have that came lately than of those before."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included (ISO dates), how many papers came in it, and their search."""

    first: str
    last: str
    papers: int
    query: str


@dataclass(frozen=True, slots=True)
class Trend:
    """A term that rises.

    `names`: its spellings, the usual one first and what it is shortened to behind ("large language models", "LLMs").
    `late` and `early` count the papers that have it, `series` those of each period. `score` is a z-score. `words` is
    the query for the term alone, `query` finds the late papers (and those that have it in a note, too).
    """

    names: Sequence[str]
    score: float
    late: int
    early: int
    series: Sequence[int]
    words: str
    query: str


@dataclass(frozen=True, slots=True)
class Trends:
    """What rises in the papers `since` a day (`late` of them) against those before (`early`), the surest first.

    `by` is what tells when a paper came: the "day" it was added or listed, or its own "year". `periods` have no gaps,
    the last ones are those since. None of them, and `since` None, when all papers came at one time. `pending` papers
    are not in the index yet and did not count.
    """

    today: str
    by: Literal["day", "year"]
    since: str | None
    late: int
    early: int
    periods: Sequence[Period]
    terms: Sequence[Trend]
    pending: int


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
