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
    ],
)
def test_a_day_is_read_as_it_is_meant(text: str, day: str) -> None:
    assert read_day(text, SATURDAY).isoformat() == day


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-02-30", "2026-W05", "20260311", "9999 years", "0x3d", "-3d", "30 Feb", "0 May", "5 juno"]
)
def test_what_is_no_day_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"(no date|no day|too far away)"):
        read_day(text, SATURDAY)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)))
def test_next_week_is_the_monday_to_come(now: date) -> None:
    monday = read_day("next week", now)
    assert monday.weekday() == 0
    assert now < monday <= now + timedelta(days=7)


@given(st.text(max_size=12))
def test_nothing_typed_breaks_the_reading(text: str) -> None:
    with suppress(ValueError):
        assert read_day(text, SATURDAY) >= date(1, 1, 1)
