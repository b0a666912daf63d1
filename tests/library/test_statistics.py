"""The figures of reading agree with what a search for the same days finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from readinglist.errors import ReadingListError
from readinglist.formats.source import Source
from readinglist.library import Library, Stats
from tests.reading_history import history

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
TAGS = ("sea", "sea/tides", "sea/fish", "Food", "food/herring", "rope work", "a&b")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("history") / "library", clock=lambda: NOW) as library:
        report = library.import_([Source("history.jsonl", data=history(NOW, 240, TAGS))])
        assert (report.added, report.failed) == (240, 0)
        library.remove(library.search("is:read", limit=5).ids)
        library.remove(library.search("is:inbox", limit=5).ids)
        library.wait_for_index()
        yield library


@pytest.fixture(scope="module")
def stats(library: Library) -> Stats:
    return library.stats()


def found(library: Library, query: str) -> int:
    return library.search(query, limit=0, relax=False).total


def test_every_week_has_as_many_papers_as_a_search_for_it_finds(library: Library, stats: Stats) -> None:
    assert sum(week.read for week in stats.weeks) > 20
    for week in stats.weeks:
        assert week.added == found(library, f"added:{week.first}..{week.last}")
        assert week.read == found(library, f"finished:{week.first}..{week.last}")


def test_every_day_with_something_agrees_with_a_search(library: Library, stats: Stats) -> None:
    for day in [day for day in stats.days if day.added or day.read][::4]:
        assert day.added == found(library, f"added:{day.first}")
        assert day.read == found(library, f"finished:{day.first}")


def test_the_ages_of_the_queue_agree_with_a_search_and_leave_nothing_out(library: Library, stats: Stats) -> None:
    for age in stats.queue.ages:
        assert age.papers == found(library, f"is:unread added:{age.first or ''}..{age.last}")
    assert sum(age.papers for age in stats.queue.ages) == stats.queue.papers == found(library, "is:unread")
    assert [age.days for age in stats.queue.ages] == [0, 7, 28, 91, 365]


def test_half_of_the_queue_is_older_than_the_median(library: Library, stats: Stats) -> None:
    assert stats.queue.median_days is not None
    day = NOW.date() - timedelta(days=stats.queue.median_days)
    younger = found(library, f"is:unread added:>{day}")
    older = found(library, f"is:unread added:<{day}")
    assert max(younger, older) <= stats.queue.papers / 2 + 1


def test_a_tag_counts_with_what_lies_under_it(library: Library, stats: Stats) -> None:
    assert {series.tag.casefold() for series in stats.tags} == {"sea", "food", "rope work", "a&b"}
    for series in stats.tags:
        for month, added, read in zip(stats.months, series.added, series.read, strict=True):
            assert added == found(library, f'tag:"{series.tag}" added:{month}')
            assert read == found(library, f'tag:"{series.tag}" finished:{month}')


def test_the_totals_leave_the_trash_out(library: Library, stats: Stats) -> None:
    assert stats.totals.papers == 230
    assert stats.totals.read == found(library, "finished:..today")
    assert stats.totals.added_in_period == found(library, f"added:{stats.first}..{stats.last}")


def test_the_last_weeks_end_with_the_one_of_today(stats: Stats) -> None:
    assert len(stats.weeks) == 53
    assert stats.weeks[-1].first <= stats.today <= stats.weeks[-1].last == stats.last
    assert stats.days[0].first == stats.weeks[0].first
    assert stats.days[-1].first == stats.today
    assert [date.fromisoformat(week.first).weekday() for week in stats.weeks] == [0] * 53
    assert stats.months[0] == stats.first[:7]
    assert stats.months[-1] == "2026-11"


def test_a_calendar_year_has_all_its_weeks_and_months(library: Library) -> None:
    stats = library.stats(2025)
    assert stats.first == "2024-12-30"
    assert stats.last == "2026-01-04"
    assert stats.months == [f"2025-{month:02}" for month in range(1, 13)]
    assert sum(week.read for week in stats.weeks) == found(library, "finished:2024-12-30..2026-01-04") > 0
    assert len(library.stats(2027).weeks) == 53  # a year to come is empty, and no error


def test_a_year_that_is_none_is_refused(library: Library) -> None:
    with pytest.raises(ReadingListError, match="no year 0"):
        library.stats(0)


def test_an_empty_library_has_figures_too(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", clock=lambda: NOW) as library:
        stats = library.stats()
    assert stats.totals.papers == stats.totals.read == stats.queue.papers == 0
    assert stats.queue.median_days is None
    assert stats.tags == []
    assert {week.added for week in stats.weeks} == {0}


def test_a_paper_read_today_stands_in_this_week(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", clock=lambda: NOW) as library:
        library.import_([Source("history.jsonl", data=history(NOW, 3))])
        before = library.stats()
        paper = library.search("is:unread", limit=1).ids
        library.move(paper, "read")
        after = library.stats()
        library.undo()
        assert library.stats() == before
    assert after.days[-1].read == before.days[-1].read + 1
    assert after.queue.papers == before.queue.papers - 1
