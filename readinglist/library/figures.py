"""What the library answers about what was read, what rises and where it lies: frozen values.

Imported where the first is made, see `reports`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Stretch:
    """Papers `added` and `read` from the day `first` to the day `last`, both included (ISO dates)."""

    first: str
    last: str
    added: int
    read: int


@dataclass(frozen=True, slots=True)
class Age:
    """Papers of the queue that were added from `first` (None: ever) to `last`: `days` of age and more."""

    days: int
    first: str | None
    last: str
    papers: int


@dataclass(frozen=True, slots=True)
class Queue:
    """What is neither read nor archived. `median_days` is the age that half of it exceeds; None when it is empty."""

    papers: int
    median_days: int | None
    oldest: str | None
    ages: Sequence[Age]


@dataclass(frozen=True, slots=True)
class TagSeries:
    """One tag with all that lies under it; `added` and `read` have a count for each of the months."""

    tag: str
    colour: str | None
    added: Sequence[int]
    read: Sequence[int]


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole library, the trash left out. `read` were ever finished, also those archived since."""

    papers: int
    read: int
    starred: int
    with_notes: int
    highlights: int
    tags: int
    added_in_period: int
    read_in_period: int


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures of the weeks from `first` to `last`, Monday to Sunday, and of the library on the day `today`.

    `year` is the calendar year asked for, or None for the 53 weeks up to today. `weeks` and `days` have no gaps, and
    days after today are left out. `months` ("2026-03") are those of `tags`, which are the largest of the first level.
    """

    today: str
    year: int | None
    first: str
    last: str
    totals: Totals
    weeks: Sequence[Stretch]
    days: Sequence[Stretch]
    queue: Queue
    months: Sequence[str]
    tags: Sequence[TagSeries]


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included (ISO dates), how many papers came in it, and their search."""

    first: str
    last: str
    papers: int
    query: str


@dataclass(frozen=True, slots=True)
class Trend:
    """A term that rises.

    `names`: its spellings, the usual one first and what it is shortened to behind ("large language models", "LLMs").
    `late` and `early` count the papers that have it, `series` those of each period. `score` is a z-score. `words` is
    the query for the term alone, `query` finds the late papers (and those that have it in a note, too).
    """

    names: Sequence[str]
    score: float
    late: int
    early: int
    series: Sequence[int]
    words: str
    query: str


@dataclass(frozen=True, slots=True)
class Trends:
    """What rises in the papers `since` a day (`late` of them) against those before (`early`), the surest first.

    `by` is what tells when a paper came: the "day" it was added or listed, or its own "year". `periods` have no gaps,
    the last ones are those since. None of them, and `since` None, when all papers came at one time. `pending` papers
    are not in the index yet and did not count.
    """

    today: str
    by: Literal["day", "year"]
    since: str | None
    late: int
    early: int
    periods: Sequence[Period]
    terms: Sequence[Trend]
    pending: int


@dataclass(frozen=True, slots=True)
class MapColours:
    """Beside the papers of a map: `status`, a number in `statuses` (a due paper is in the Inbox) or TRASHED; `tag`, a
    number in `tags` (name, colour), the largest of the first level, or NONE."""

    status: NDArray[np.int8]
    statuses: Sequence[str]
    tag: NDArray[np.int8]
    tags: Sequence[tuple[str, str | None]]
