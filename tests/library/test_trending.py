"""What rises in a library: when papers came, what is compared, and the searches for what was found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from readinglist.library import Library, Trends
from readinglist.progress import Cancelled
from tests.discover.rising_papers import papers

if TYPE_CHECKING:
    from tests.library.conftest import Clock

EARLY, LATE = 60, 30
TERM = "tidal lantern networks"


def grow(library: Library, clock: Clock, *, days_between: int = 20, **fields: object) -> None:
    """Add the early papers, three a day, and after some days the late ones."""
    for number, paper in enumerate(papers(EARLY, LATE)):
        if number % 3 == 0:
            clock.pass_(days=1)
        if number == EARLY:
            clock.pass_(days=days_between)
        library.add(replace(paper, id=type(paper.id)(0), **fields))
    library.wait_for_index()


def called(trends: Trends) -> list[str]:
    return [trend.names[0].casefold() for trend in trends.terms]


def test_the_last_weeks_are_compared_with_those_before(empty: Library, clock: Clock) -> None:
    grow(empty, clock)
    trends = empty.trends()
    assert (trends.by, trends.late, trends.early, trends.pending) == ("day", LATE, EARLY, 0)
    assert (trends.since, trends.today) == ("2026-04-03", "2026-04-30")
    assert trends.periods[-1].last == trends.today
    assert called(trends)[0] == TERM
    assert sum(period.papers for period in trends.periods) == EARLY + LATE
    days = [date.fromisoformat(period.first) for period in trends.periods]
    assert {(after - before).days for before, after in pairwise(days)} == {7}
    assert trends.since in [period.first for period in trends.periods]
    first = trends.terms[0]
    assert (first.late, first.early, sum(first.series)) == (LATE // 2, 0, LATE // 2)


def test_the_query_of_a_term_finds_the_papers_counted(empty: Library, clock: Clock) -> None:
    grow(empty, clock)
    trends = empty.trends(date(2026, 4, 22))
    for trend in trends.terms:
        assert empty.search(trend.query).total == trend.late
        for period, having in zip(trends.periods, trend.series, strict=True):
            assert empty.search(f"{trend.words} {period.query}").total == having


def test_a_library_brought_along_at_once_is_compared_by_year(empty: Library) -> None:
    for number, paper in enumerate(papers(EARLY, LATE)):
        year = 2021 + number % 4 if number < EARLY else 2025
        empty.add(replace(paper, id=type(paper.id)(0), year=year))
    empty.wait_for_index()
    trends = empty.trends()
    assert (trends.by, trends.since, trends.late, trends.early) == ("year", "2025-01-01", LATE, EARLY)
    assert [period.first for period in trends.periods] == [f"{year}-01-01" for year in range(2021, 2026)]
    assert called(trends)[0] == TERM
    assert empty.search(trends.terms[0].query).total == trends.terms[0].late


def test_papers_that_came_at_one_time_are_not_compared(library: Library) -> None:
    trends = library.trends()
    assert (trends.since, list(trends.periods), list(trends.terms)) == (None, [], [])


def test_an_empty_library_has_no_trends(empty: Library) -> None:
    assert empty.trends().since is None


def test_a_paper_came_with_its_list_and_an_old_one_is_no_news(empty: Library, clock: Clock) -> None:
    """Half of the late papers stood in an older list, another is of an older year: none is told as late."""
    for number, paper in enumerate(papers(EARLY, LATE)):
        if number == EARLY:
            clock.pass_(days=40)
        late = number >= EARLY
        listed = "2026-03-01" if late and number % 3 == 0 else None
        year = 2019 if number == EARLY + 1 else None
        empty.add(replace(paper, id=type(paper.id)(0), listed=listed, year=year))
    empty.wait_for_index()
    trends = empty.trends(date(2026, 4, 1), by="day")
    assert (trends.late, trends.early) == (LATE - LATE // 3 - 1, EARLY + LATE // 3)
    assert "-listed:..2026-03-31" in trends.terms[0].query
    assert "-year:..2024" in trends.terms[0].query
    for trend in trends.terms:
        assert empty.search(trend.query).total == trend.late
    assert [empty.search(period.query).total for period in trends.periods] == [p.papers for p in trends.periods]


def test_papers_in_the_trash_do_not_count(empty: Library, clock: Clock) -> None:
    grow(empty, clock)
    empty.remove([EARLY + 1])
    empty.wait_for_index()
    assert empty.trends(date(2026, 4, 13)).late == LATE - 1


@pytest.mark.parametrize("since", [date(2026, 4, 30), date(2026, 4, 1), date(2020, 1, 1)])
def test_any_day_may_be_asked_for(empty: Library, clock: Clock, since: date) -> None:
    grow(empty, clock)
    trends = empty.trends(since)
    assert trends.since in (None, since.isoformat())
    assert len(trends.periods) < 70


def test_it_can_be_stopped(empty: Library, clock: Clock) -> None:
    grow(empty, clock)

    class Stop:
        def step(self, done: int, total: int | None, text: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        empty.trends(progress=Stop())
