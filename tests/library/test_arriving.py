"""When papers came, and into which periods time is cut: whatever dates papers have."""

from __future__ import annotations

from datetime import UTC, date, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.library.arriving import Arrivals

TODAY = date(2026, 3, 11)
moments = st.one_of(
    st.datetimes(timezones=st.just(UTC)).map(lambda t: t.strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)),
    st.integers(0, 400).map(lambda n: f"{TODAY - timedelta(days=n)}T10:00:00Z"),
)
years = st.one_of(st.none(), st.integers(-5, 12_000), st.integers(2018, 2027))
lists = st.one_of(
    st.none(),
    st.sampled_from(["2026", "2026-02", "2026-13", "", "soon", "0001-01-01", "9999-12-31", "2026-02-30"]),
    st.integers(0, 400).map(lambda n: str(TODAY - timedelta(days=n))),
)


@settings(max_examples=60, deadline=None)
@given(
    papers=st.lists(st.tuples(moments, years, lists), max_size=30),
    since=st.one_of(st.none(), st.dates(max_value=TODAY), st.integers(0, 300).map(lambda n: TODAY - timedelta(days=n))),
    by=st.sampled_from([None, "day", "year"]),
    hours=st.sampled_from([-11, 0, 13]),
)
def test_any_dates_are_cut_into_periods_that_follow_each_other(
    papers: list[tuple[str, int | None, str | None]], since: date | None, by: str | None, hours: int
) -> None:
    rows = [(number, added, year) for number, (added, year, _) in enumerate(papers, 1)]
    listed = {number: day for number, (_, _, day) in enumerate(papers, 1) if day is not None}
    cut = Arrivals(rows, listed, TODAY, timezone(timedelta(hours=hours))).cut(since, by)  # type: ignore[arg-type]
    if cut is None:
        return
    assert list(cut.bounds) == sorted(cut.bounds)
    assert 0 < cut.first_late < len(cut.bounds) - 1
    assert len(cut.queries) == len(cut.papers) == len(cut.bounds) - 1
    assert len(cut.bounds) < 200
    assert min(cut.sides) > 0
    assert np.count_nonzero(cut.of_paper >= 0) == sum(cut.sides) <= len(papers)
    if since is not None and cut.by == "day":
        assert cut.bounds[cut.first_late] == since


@pytest.mark.parametrize(("days", "step"), [(1, 1), (7, 1), (8, 7), (28, 7), (90, 7), (200, 28)])
def test_the_longer_the_time_the_longer_its_periods(days: int, step: int) -> None:
    rows = [(n, f"{TODAY - timedelta(days=n)}T10:00:00Z", None) for n in range(1, 1000)]
    rows.append((1000, f"{TODAY}T10:00:00Z", None))
    cut = Arrivals(rows, {}, TODAY, UTC).cut(TODAY - timedelta(days=days - 1), "day")
    assert cut is not None
    assert (cut.bounds[1] - cut.bounds[0]).days == step
