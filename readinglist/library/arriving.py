"""When each paper came, and the periods that are compared to see what rises. Imported when that is asked for.

A paper came on the day it was added, or on that of the list it stood in where that is earlier: a page of last month
that is pasted today is of last month. That says nothing of a library that was brought along in one import, nor of the
old papers in it. So papers from before the year before `since` do not count by the day (what a reader gathers of the
past is no news), and where the days do not tell, with too few papers before or since, the papers' own years are
compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

By = Literal["day", "year"]

_LATELY_DAYS = (28, 91)
_ENOUGH = (50, 5)
"""So many papers are wanted on either side; the second is made do with where there are not as many."""

_BEFORE = 4
"""The time before is so many times as long as the time since; longer where fewer papers came in it."""

_MOST_PERIODS = 64
_YEARS_BACK = 10
_MOST_YEARS = 120
_DAYS_AT_ONCE = ((7, 1), (91, 7))
"""Up to so many days are cut into periods of so many; more into periods of 28."""

_NEVER = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Cut:
    """Periods that follow each other without a gap, by their bounds: the first days, and the day after the last.

    `first_late` is the number of the first one that is not before. `of_paper`: by a paper's number the period it came
    in, -1 for those that do not count. `query` finds the papers of the later periods, `queries` those of each.
    """

    by: By
    bounds: Sequence[date]
    first_late: int
    of_paper: NDArray[np.int64]
    query: str
    queries: Sequence[str]

    @property
    def papers(self) -> list[int]:
        """How many papers came in each period."""
        counted = self.of_paper[self.of_paper >= 0]
        papers: list[int] = np.bincount(counted, minlength=len(self.bounds) - 1).tolist()
        return papers

    @property
    def sides(self) -> tuple[int, int]:
        """How many papers came before and since."""
        papers = self.papers
        return sum(papers[: self.first_late]), sum(papers[self.first_late :])


class Arrivals:
    """The dates of all papers, to be cut into periods in one way or another."""

    def __init__(
        self, rows: Sequence[tuple[int, str, int | None]], listed: Mapping[int, str], today: date, zone: tzinfo | None
    ) -> None:
        """`rows`: number, time added, year; `listed`: dates of lists. Days are those of `zone`."""
        self._today = today
        self._ids = np.array([number for number, _, _ in rows], np.int64)
        self._year = np.array([year or 0 for _, _, year in rows], np.int64)

        def day_added(moment: str) -> int:
            try:
                return datetime.fromisoformat(moment).astimezone(zone).toordinal()
            except (ValueError, OverflowError):  # the first and the last day there is
                return _NEVER

        self._added = _by_value([added for _, added, _ in rows], day_added)
        self._listed = _by_value([listed.get(number, "") for number, _, _ in rows], _day_listed)
        self._came = np.minimum(self._added, self._listed)

    def cut(self, since: date | None = None, by: By | None = None) -> Cut | None:
        """Return the periods to compare, those asked for or those that tell most; None when all came at one time."""
        for enough in _ENOUGH if since is None else (1,):
            for found in self._candidates(since, by):
                if min(found.sides) >= enough:
                    return found
        return None

    def _candidates(self, since: date | None, by: By | None) -> Iterator[Cut]:
        if not len(self._ids):
            return
        if by != "year":
            days = [self._today - timedelta(days=n - 1) for n in _LATELY_DAYS] if since is None else [since]
            yield from (self._by_day(day) for day in days if day <= self._today)
        if by != "day":
            newest = self._today.year + 1
            years = range(newest, newest - _YEARS_BACK, -1) if since is None else [since.year]
            yield from (self._by_year(year) for year in years if year > newest - _MOST_YEARS)

    def _by_day(self, since: date) -> Cut:
        old = (self._year > 0) & (self._year < since.year - 1)
        came = np.where(old, _NEVER, self._came)
        today, first_late = self._today.toordinal(), since.toordinal()
        step = next((step for most, step in _DAYS_AT_ONCE if today - first_late < most), 28)
        first = _begin_before(came, first_late, today + 1)
        if first is None:
            first = first_late
        longest = max(first_late - first, today + 1 - first_late)
        step = max(step, -(-longest // _MOST_PERIODS))
        periods = min(-(-(first_late - first) // step), (first_late - 1) // step)  # none before the first day there is
        first = first_late - periods * step
        bounds = [*range(first, today + 1, step), today + 1]
        queries = [self._query(low, high - 1, since.year, today, old) for low, high in pairwise(bounds)]
        days = [date.fromordinal(bound) for bound in bounds]
        query = self._query(first_late, today, since.year, today, old)
        return Cut("day", days, bounds.index(first_late), self._by_number(_periods(came, bounds)), query, queries)

    def _query(self, first: int, last: int, year: int, today: int, old: NDArray[np.bool_]) -> str:
        """Return the query for what came from one day to another, without what excludes nothing.

        What came by then was added by then or stood in a list by then; it did neither before.
        """
        low, high = date.fromordinal(first), date.fromordinal(last)
        later = self._added >= first
        query = f"added:{low}.."
        if last < today:
            listed_by_then = (self._added > last) & (self._listed <= last) & (self._listed >= first)
            query += f"{high}" if not listed_by_then.any() else f" (added:..{high} OR listed:..{high})"
            later &= (self._added <= last) | listed_by_then
        if (later & (self._listed < first)).any():
            query += f" -listed:..{date.fromordinal(first - 1)}"
        if (later & old).any():
            query += f" -year:..{year - 2}"
        return query

    def _by_year(self, since: int) -> Cut:
        came = np.where((self._year > 0) & (self._year <= self._today.year + 1), self._year, _NEVER)
        newest = int(came[came < _NEVER].max(initial=since))
        first = _begin_before(came, since, newest + 1)
        first = max(first if first is not None else since, newest - _MOST_PERIODS, 1)
        bounds = list(range(min(first, since), newest + 2))
        days = [date(min(year, date.max.year), 1, 1) for year in bounds]
        of_paper = self._by_number(_periods(came, bounds))
        queries = [f"year:{year}" for year in bounds[:-1]]
        return Cut("year", days, since - bounds[0], of_paper, f"year:>={since}", queries)

    def _by_number(self, periods: NDArray[np.int64]) -> NDArray[np.int64]:
        by_number = np.full(int(self._ids.max(initial=0)) + 1, -1, np.int64)
        by_number[self._ids] = periods
        return by_number


def _by_value(texts: Sequence[str], value: Callable[[str], int]) -> NDArray[np.int64]:
    """Return a number for each text, worked out once for those that are equal: an import adds all at one time."""
    known = {text: value(text) for text in set(texts)}
    return np.array([known[text] for text in texts], np.int64)


def _day_listed(text: str) -> int:
    """Return the day of a list's date, which may be a month or a year."""
    try:
        return date.fromisoformat((text + "-01-01")[:10]).toordinal() if text else _NEVER
    except ValueError:
        return _NEVER


def _begin_before(came: NDArray[np.int64], since: int, end: int) -> int | None:
    """Return where the time before begins; None when nothing came then.

    It is some times as long as the time from `since` to `end`, or as long as it takes to have as many papers in it.
    """
    before = came[came < since]
    if not len(before):
        return None
    first = since - _BEFORE * (end - since)
    wanted = int(np.count_nonzero((came >= since) & (came < end)))
    if np.count_nonzero(before >= first) < wanted:
        latest = np.sort(before)[::-1]
        first = min(first, int(latest[min(wanted, len(latest)) - 1]))
    return max(first, int(before.min()))


def _periods(came: NDArray[np.int64], bounds: Sequence[int]) -> NDArray[np.int64]:
    periods = np.searchsorted(np.array(bounds, np.int64), came, "right") - 1
    periods[came >= bounds[-1]] = -1
    return periods
