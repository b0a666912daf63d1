"""Times as people read them."""

from readinglist.cli.dates import local_time


def test_a_time_that_is_none_is_shown_as_it_stands() -> None:
    assert local_time("sometime") == "sometime"
    assert len(local_time("2026-03-11T09:30:00Z")) == len("2026-03-11 09:30")
