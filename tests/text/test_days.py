"""Days as people write them."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.text.days import read_day

SATURDAY = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-11", "2026-03-11"),
        ("today", "2026-01-31"),
        (" Tomorrow ", "2026-02-01"),
        ("next week", "2026-02-02"),
        ("next month", "2026-02-01"),
        ("monday", "2026-02-02"),
        ("sat", "2026-02-07"),
        ("3d", "2026-02-03"),
        ("in 2 weeks", "2026-02-14"),
        ("1 month", "2026-02-28"),
        ("in 1 year", "2027-01-31"),
        ("in a week", "2026-02-07"),
        ("a month", "2026-02-28"),
        ("24 Dec", "2026-12-24"),
        ("January 30", "2027-01-30"),
        ("31. jan.", "2026-01-31"),
        ("29 february", "2028-02-29"),
        ("Dec 24, 2030", "2030-12-24"),
        ("3 sept 2026", "2026-09-03"),
        ("31.12.2026", "2026-12-31"),
        ("1. 2. 2027", "2027-02-01"),
        ("24.12.", "2026-12-24"),
        ("30.1.", "2027-01-30"),
        ("next friday", "2026-02-06"),
        ("Next Sat", "2026-02-07"),
    ],
)
def test_a_day_is_read_as_it_is_meant(text: str, day: str) -> None:
    assert read_day(text, SATURDAY).isoformat() == day


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "2026-02-30", "2026-W05", "20260311", "9999 years", "0x3d", "-3d", "30 Feb", "0 May", "5 juno"),
        *("31.13.2026", "12.31.2026", "1.2", "next soon"),
    ],
)
def test_what_is_no_day_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"(no date|no day|too far away)"):
        read_day(text, SATURDAY)


@pytest.mark.parametrize("today", [date(2026, 1, 26) + timedelta(days=n) for n in range(7)])
def test_a_day_of_next_week_lies_in_the_week_after_this_one(today: date) -> None:
    assert read_day("next monday", today) == date(2026, 2, 2) == read_day("next week", today)
    assert read_day("next wednesday", today) == date(2026, 2, 4)
    assert read_day("next sunday", today) == date(2026, 2, 8)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)))
def test_next_week_is_the_monday_to_come(now: date) -> None:
    monday = read_day("next week", now)
    assert monday.weekday() == 0
    assert now < monday <= now + timedelta(days=7)


@given(st.text(max_size=12))
def test_nothing_typed_breaks_the_reading(text: str) -> None:
    with suppress(ValueError):
        assert read_day(text, SATURDAY) >= date(1, 1, 1)
