"""What is pointed out about a feed: quiet by its own rhythm, short of what it announced."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from readinglist.feeds.address import read_address
from readinglist.feeds.rhythm import KEPT_DAYS, expected, noticed, quiet_since, usual_pause, with_days
from readinglist.feeds.values import Feed, FeedState

TODAY = date(2026, 3, 11)  # a Wednesday


def weekdays(last: date, count: int) -> list[str]:
    days = [last - timedelta(days=n) for n in range(count * 2)]
    return [day.isoformat() for day in days if day.weekday() < 5][:count][::-1]


def feed(state: FeedState) -> Feed:
    return Feed(1, "uid", read_address("https://example.org/feed"), "2026-01-01T00:00:00Z", None, state)


def test_a_daily_list_is_not_quiet_over_a_weekend_and_is_after_a_week() -> None:
    friday = date(2026, 3, 6)
    state = FeedState(days=tuple(weekdays(friday, 20)))
    assert usual_pause(state.days) == 3
    assert quiet_since(state, date(2026, 3, 9)) is None
    assert quiet_since(state, friday + timedelta(days=6)) is None
    assert quiet_since(state, friday + timedelta(days=7)) == "2026-03-06"


def test_one_holiday_does_not_change_the_rhythm() -> None:
    days = [*weekdays(date(2025, 12, 19), 15), *weekdays(date(2026, 3, 6), 15)]
    assert usual_pause(days) == 3


def test_a_monthly_journal_has_months() -> None:
    days = [date(2025, month, 1).isoformat() for month in range(6, 13)]
    assert quiet_since(FeedState(days=tuple(days)), date(2026, 1, 30)) is None
    assert quiet_since(FeedState(days=tuple(days)), date(2026, 2, 20)) == "2025-12-01"


def test_a_feed_of_which_little_is_known_is_not_called_quiet() -> None:
    assert quiet_since(FeedState(days=("2020-01-01", "2020-01-02", "2020-01-03", "2020-01-04")), TODAY) is None


def test_days_are_kept_in_order_without_those_to_come_or_none() -> None:
    found = with_days(["2026-03-09"], ["2026-03-10", "2026-03-09", None, "soon", "2026-04", "2099-01-01"], TODAY)
    assert found == ("2026-03-09", "2026-03-10")
    many = with_days((), [(TODAY - timedelta(days=n)).isoformat() for n in range(100)], TODAY)
    assert len(many) == KEPT_DAYS
    assert many[-1] == "2026-03-11"


@pytest.mark.parametrize(
    ("total", "per_page", "start", "wanted"),
    [(None, 10, 0, None), (31, None, 0, 31), (214881, 100, 0, 100), (7, 100, 0, 7), (12, 10, 10, 2), (5, 10, 20, 0)],
)
def test_how_many_entries_a_page_should_have(
    total: int | None, per_page: int | None, start: int, wanted: int | None
) -> None:
    assert expected(total, per_page, start) == wanted


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (FeedState(announced=31, returned=10), "announced 31 papers and gave 10"),
        (FeedState(cut_off=True, announced=31, returned=10), "cut off"),
        (FeedState(all_new=True, returned=100), "All of the 100"),
        (FeedState(moved_to="https://example.org/new"), "moved to https://example.org/new"),
        (FeedState(days=tuple(weekdays(date(2026, 2, 6), 10))), "Quiet since 2026-02-06"),
        (FeedState(days=tuple(f"2026-02-0{n}" for n in range(1, 8))), "within a day"),
    ],
)
def test_it_is_told_in_a_sentence(state: FeedState, said: str) -> None:
    (told,) = noticed(feed(state), TODAY)
    assert said in told


@pytest.mark.parametrize(
    ("days", "missed"),
    [
        (("2026-03-06", "2026-03-09"), 0),
        (("2026-03-05", "2026-03-09"), 1),
        (("2026-03-02", "2026-03-09"), 4),
        (("2026-03-09", "2026-03-10"), 0),
        (("2026-03-09",), 0),
    ],
)
def test_lists_of_arxiv_that_nobody_fetched_are_counted(days: tuple[str, ...], missed: int) -> None:
    state = FeedState(days=days)
    told = noticed(Feed(1, "uid", read_address("arxiv:cs.CL"), "", None, state), TODAY)
    assert [text[:1] for text in told] == ([str(missed)] if missed else [])
    assert noticed(feed(state), TODAY) == []  # other feeds keep their entries for longer


@pytest.mark.parametrize(
    "state",
    [
        FeedState(),
        FeedState(announced=10, returned=10),
        FeedState(announced=10, returned=11),
        FeedState(wrong="refused", wrong_values={"host": "x"}, days=tuple(weekdays(date(2026, 2, 6), 10))),
    ],
)
def test_a_feed_that_is_well_or_failing_has_nothing_pointed_out(state: FeedState) -> None:
    assert noticed(feed(state), TODAY) == []
