"""Small real libraries with a clock that stands still until it is moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readinglist.formats.source import Source
from readinglist.library import Library

PAGE = """Weather in a reading list

We keep five papers in a list and ask how the weather of the day bears on what is read next. Rain helps.

Positional bias of cats

Cats prefer the first of several boxes. We measure this positional bias in a café with forty cats, and find that
the logit lens explains little of it. Code is at https://github.com/example/cats.

Sparse notes on sparse noting

A note is sparse when it says little. We show that sparse notes are found again as often as dense ones.
"""


class Clock:
    """A clock to be moved by hand."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 11, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def pass_(self, **span: float) -> None:
        """Move on."""
        self.time += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def page() -> str:
    """The page that `library` was made from."""
    return PAGE


@pytest.fixture
def empty(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    with Library.open(tmp_path / "library", clock=clock) as library:
        yield library


@pytest.fixture
def library(empty: Library) -> Library:
    """Three papers: 1 weather, 2 cats, 3 notes."""
    report = empty.import_([Source("page", data=PAGE.encode())])
    assert (report.added, report.failed) == (3, 0)
    return empty


@pytest.fixture
def reopened(library: Library, clock: Clock) -> Iterator[Library]:
    """The same library in what stands for another process."""
    with Library.open(library.folder, clock=clock) as other:
        yield other
