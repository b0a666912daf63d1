"""Dates in a query: the days they mean."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.query.dates import Days, bounds, days, read_dates
from readinglist.query.fields import FIELDS, FieldValueError

TODAY = date(2026, 3, 11)


def span(text: str, *, ahead: bool = False, today: date = TODAY) -> tuple[str, str]:
    found = days(read_dates(text, ahead=ahead), today, ahead=ahead)
    return (str(found.first or ""), str(found.end or ""))


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("today", "2026-03-11", "2026-03-12"),
        ("yesterday", "2026-03-10", "2026-03-11"),
        ("tomorrow", "2026-03-12", "2026-03-13"),
        ("2026", "2026-01-01", "2027-01-01"),
        ("2026-03", "2026-03-01", "2026-04-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        ("2026-3-1", "2026-03-01", "2026-03-02"),
        ("=2026-03", "2026-03-01", "2026-04-01"),
        (">=2026-03", "2026-03-01", ""),
        (">2026-03", "2026-04-01", ""),
        ("<2026-03", "", "2026-03-01"),
        ("<=2026-03", "", "2026-04-01"),
        ("2026-03..2026-05", "2026-03-01", "2026-06-01"),
        ("..2026-05", "", "2026-06-01"),
        ("yesterday..", "2026-03-10", ""),
        ("2026-01..today", "2026-01-01", "2026-03-12"),
        ("2w..1w", "2026-02-25", "2026-03-05"),
        ("<7d", "2026-03-05", ""),
        ("7d", "2026-03-05", ""),
        ("=7d", "2026-03-04", "2026-03-05"),
        ("<1d", "2026-03-11", ""),
        ("<=1d", "2026-03-10", ""),
        (">2w", "", "2026-02-25"),
        (">=2w", "", "2026-02-26"),
        ("<3m", "2025-12-12", ""),
        (">1y", "", "2025-03-11"),
    ],
)
def test_days_back(text: str, first: str, end: str) -> None:
    assert span(text) == (first, end)


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("<2w", "", "2026-03-25"),
        ("<=2w", "", "2026-03-26"),
        (">1m", "2026-04-12", ""),
        ("1w..2w", "2026-03-18", "2026-03-26"),
        ("tomorrow", "2026-03-12", "2026-03-13"),
        ("<2026-04", "", "2026-04-01"),
    ],
)
def test_days_ahead(text: str, first: str, end: str) -> None:
    assert span(text, ahead=True) == (first, end)


def test_a_month_before_the_31st_is_the_last_of_that_month() -> None:
    assert span("=1m", today=date(2026, 3, 31)) == ("2026-02-28", "2026-03-01")
    assert span("=1y", today=date(2024, 2, 29)) == ("2023-02-28", "2023-03-01")


def test_the_first_and_last_days_there_are_do_not_overflow() -> None:
    assert span("<9999y") == ("0001-01-02", "")
    assert span(">9999y", ahead=True)[1] == ""
    assert span("9999-12") == ("9999-12-01", "")
    assert span("9999-12-31") == ("9999-12-31", "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is no date"),
        ("soon", "“soon” is no date"),
        ("2026-00", "no month 0"),
        ("2026-13-01", "no month 13"),
        ("2026-02-30", "2026-02 has no day 30"),
        ("0000", "no year 0"),
        ("<", "is no date"),
        ("..", "needs a date"),
        ("7d..2026..x", "is no date"),
        ("today..yesterday", "ends before it begins"),
        ("1w..2w", "ends before it begins"),
    ],
)
def test_what_is_no_date_is_refused(text: str, message: str) -> None:
    with pytest.raises(FieldValueError, match=message):
        read_dates(text, ahead=False)


@given(st.text("0123456789-.<>=dwmytoay ", max_size=14), st.booleans(), st.dates())
def test_any_text_is_days_or_refused(text: str, ahead: bool, today: date) -> None:
    try:
        plain = read_dates(text, ahead=ahead)
    except FieldValueError:
        return
    assert read_dates(plain, ahead=ahead) == plain
    assert isinstance(days(plain, today, ahead=ahead), Days)


def test_bounds_are_instants_for_times_and_days_for_days() -> None:
    now = datetime(2026, 3, 11, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    assert bounds(FIELDS["added"], "today", now) == ("2026-03-10T22:00:00Z", "2026-03-11T22:00:00Z")
    assert bounds(FIELDS["listed"], "today", now) == ("2026-03-11", "2026-03-12")
    assert bounds(FIELDS["until"], "<2w", now) == (None, "2026-03-25")


def test_bounds_at_the_ends_of_time() -> None:
    east = datetime(2026, 3, 11, tzinfo=timezone(timedelta(hours=2)))
    assert bounds(FIELDS["added"], ">=0001-01-01", east) == ("0001-01-01T00:00:00Z", None)
    assert bounds(FIELDS["added"], "9999-12-31", east.astimezone(UTC)) == ("9999-12-31T00:00:00Z", None)
