"""How much was added and read, when, of what, and how long the rest has waited: the figures of a year."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from readinglist.errors import ReadingListError
from readinglist.library.care import Care
from readinglist.phrase import phrase
from readinglist.store import statistics as figures
from readinglist.store.driver import Connection
from readinglist.store.tags import tag_key

if TYPE_CHECKING:
    from readinglist.library.figures import Queue, Stats, Stretch

_WEEKS = 53
_TAGS = 8
_WEEK_DAYS = 7
_AGES = (0, 7, 28, 91, 365)
"""Where the groups of the queue's age begin, in days."""


class Statistics(Care):
    """Counts what the reader did."""

    def stats(self, year: int | None = None) -> Stats:
        """Return the figures of a calendar year, or of the last 53 weeks. Raises ReadingListError for no year."""
        from readinglist.library.figures import Stats, Stretch, TagSeries, Totals

        now = self._clock()
        today = now.date()
        start, end = _period(today, year)
        past = min(end, today)
        months = _months(start if year is None else date(year, 1, 1), past if year is None else date(year, 12, 31))

        def span(first: date, end: date) -> figures.Span:
            low, high = (datetime.combine(day, time(), now.tzinfo).astimezone(UTC) for day in (first, end))
            return f"{low:%Y-%m-%dT%H:%M:%SZ}", f"{high:%Y-%m-%dT%H:%M:%SZ}"

        names = [start + timedelta(days=n) for n in range((past - start).days + 1)]
        day_spans = [span(day, day + timedelta(days=1)) for day in names]
        month_spans = [
            span(first, next_first) for first, next_first in itertools.pairwise([*months, _next(months[-1])])
        ]
        with self._store.reading() as connection:
            whole = figures.count_whole(connection)
            added = figures.count_spans(connection, "added", day_spans)
            read = figures.count_spans(connection, "read", day_spans)
            added_ids = [figures.papers_in(connection, "added", month) for month in month_spans]
            read_ids = [figures.papers_in(connection, "read", month) for month in month_spans]
            tags = []
            for name, colour in figures.largest_branches(connection, _TAGS):
                papers = figures.papers_of_branch(connection, tag_key(name))
                series = [[len(papers & ids) for ids in found] for found in (added_ids, read_ids)]
                tags.append(TagSeries(name, colour, *series))
            queue = _queue(connection, whole.pop("waiting"), today, now, span)
        days = [Stretch(d.isoformat(), d.isoformat(), a, r) for d, a, r in zip(names, added, read, strict=True)]
        return Stats(
            today=today.isoformat(),
            year=year,
            first=start.isoformat(),
            last=end.isoformat(),
            totals=Totals(**whole, added_in_period=sum(added), read_in_period=sum(read)),
            weeks=_weeks(start, end, days),
            days=days,
            queue=queue,
            months=[f"{month:%Y-%m}" for month in months],
            tags=tags,
        )


def _period(today: date, year: int | None) -> tuple[date, date]:
    """Return the Monday and the Sunday that the figures begin and end with."""
    if year is None:
        end = today + timedelta(days=6 - today.weekday())
        return end - timedelta(days=_WEEKS * _WEEK_DAYS - 1), end
    if not date.min.year < year < date.max.year:
        raise ReadingListError(phrase("There is no year {year}.", year=year))
    first, last = date(year, 1, 1), date(year, 12, 31)
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def _weeks(first: date, last: date, days: Sequence[Stretch]) -> list[Stretch]:
    from readinglist.library.figures import Stretch

    weeks = []
    for number in range(((last - first).days + 1) // _WEEK_DAYS):
        monday = first + timedelta(days=number * _WEEK_DAYS)
        inside = days[number * _WEEK_DAYS : (number + 1) * _WEEK_DAYS]
        sunday = monday + timedelta(days=6)
        added, read = sum(day.added for day in inside), sum(day.read for day in inside)
        weeks.append(Stretch(monday.isoformat(), sunday.isoformat(), added, read))
    return weeks


def _months(first: date, last: date) -> list[date]:
    """Return the first days of the months from that of `first` to that of `last`."""
    months = [first.replace(day=1)]
    while _next(months[-1]) <= last:
        months.append(_next(months[-1]))
    return months


def _next(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def _queue(
    connection: Connection, papers: int, today: date, now: datetime, span: Callable[[date, date], figures.Span]
) -> Queue:
    from readinglist.library.figures import Age, Queue

    tomorrow = today + timedelta(days=1)
    edges = [tomorrow - timedelta(days=age) for age in _AGES]
    spans = [span(first, end) for end, first in itertools.pairwise(edges)]
    spans.append(("", span(edges[-1], tomorrow)[0]))
    ages = []
    for number, count in enumerate(figures.count_spans(connection, "waiting", spans)):
        first = edges[number + 1].isoformat() if number + 1 < len(edges) else None
        ages.append(Age(_AGES[number], first, (edges[number] - timedelta(days=1)).isoformat(), count))

    def day_at(place: int) -> date | None:
        moment = figures.waiting_since(connection, place)
        return None if moment is None else datetime.fromisoformat(moment).astimezone(now.tzinfo).date()

    oldest, middle = day_at(0), day_at(papers // 2)
    return Queue(
        papers,
        None if middle is None else max(0, (today - middle).days),
        None if oldest is None else oldest.isoformat(),
        ages,
    )
