"""What stands in a row of the list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from readinglist.paper import Author, Paper, PaperId, Status
from readinglist.ui.row_text import age, authors_line, corner_text, is_new, iso_day_text, meta_line, spoken

TODAY = date(2026, 3, 11)
PAPER = Paper(
    "Lighthouses",
    id=PaperId(1),
    added="2026-03-11T09:00:00Z",
    authors=(Author("Ada Brandt"), Author("Ludwig van Lind"), Author("The Tide Group", "The Tide Group")),
    venue="Coastal Guesses",
    year=2024,
)


@pytest.fixture(autouse=True)
def british(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


def noon(days_ago: int) -> str:
    """Return noon, here, so many days before today, as it is stored."""
    here = datetime(2026, 3, 11, 12).astimezone() - timedelta(days=days_ago)
    return here.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "today"), (1, "yesterday"), (2, "Mon"), (6, "Thu"), (7, "4 Mar"), (100, "1 Dec 2025")],
)
def test_an_age_is_said_in_a_word(days: int, said: str) -> None:
    assert age(noon(days), TODAY) == said


def test_a_time_that_is_none_says_nothing() -> None:
    assert age("", TODAY) == ""


def test_dates_known_in_part_stand_as_they_are() -> None:
    assert [iso_day_text(text, TODAY) for text in ("2026-03-12", "2025-03", None)] == ["tomorrow", "2025-03", ""]


def test_authors_are_named_by_family() -> None:
    assert authors_line(PAPER) == "Brandt, van Lind, The Tide Group"
    many = Paper("x", authors=tuple(Author(f"A N{n}") for n in range(7)))
    assert authors_line(many) == "N0, N1, N2, N3 +3"


def test_the_second_line_says_what_is_known() -> None:
    assert meta_line(PAPER, TODAY) == "Brandt, van Lind, The Tide Group · Coastal Guesses 2024"
    assert meta_line(Paper("x", listed="2026-03-10", submitted_by="AB"), TODAY) == "listed yesterday · submitted by AB"
    assert meta_line(Paper("x"), TODAY) == "no authors known"


def test_the_corner_names_the_status_where_the_list_does_not() -> None:
    due = Paper("x", status=Status.LATER, until="2026-03-10")
    assert corner_text(due, TODAY, status_known=False) == "Inbox, back yesterday"
    assert corner_text(due, TODAY, status_known=True) == "back yesterday"
    put_off = Paper("x", status=Status.LATER, until="2026-03-14")
    assert corner_text(put_off, TODAY, status_known=True) == "until 14 Mar"
    assert corner_text(Paper("x", upvotes=7), TODAY, status_known=True) == "7 ▲"


def test_new_is_what_came_since_yesterday_and_waits() -> None:
    assert [is_new(Paper("x", added=noon(days)), TODAY) for days in (0, 1, 2)] == [True, True, False]
    assert not is_new(Paper("x", added=noon(0), status=Status.ARCHIVED), TODAY)


def test_a_row_is_spoken_with_all_that_is_painted() -> None:
    paper = Paper("Ropes", added=noon(0), starred=True, tags=frozenset({"hemp", "Sea"}), note="x")
    words = spoken(paper, TODAY)
    for part in ("Ropes", "in Inbox", "new", "starred", "tags: hemp, Sea", "with a note", "added today"):
        assert part in words
