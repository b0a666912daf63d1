"""A library of 87,000 invented papers, made in some seconds: for what must be quick however much there is.

Besides, all that grows with use is large in it: 2,000 papers are up next, there are 5,000 tags, one note of a megabyte
and an abstract with 200 highlights.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from readinglist.library import Library
from readinglist.order import keys_between
from readinglist.paper import Author, Highlight, Paper, Status
from readinglist.store.papers import insert_highlights, insert_tags
from readinglist.store.rows import COLUMNS, to_row

PAPERS, UP_NEXT, TAGS, HIGHLIGHTS = 87_000, 2_000, 5_000, 200
NOTED, HIGHLIGHTED = 40, 41
"""The numbers of the paper with the long note and of the one with the many highlights."""

_SEED = 7
_SYLLABLES = ["ba", "ke", "li", "mo", "nu", "ra", "so", "ti", "ve", "zu", "ar", "en", "il", "or", "us", "ta"]
_WHEN = "2026-01-{day:02}T{hour:02}:00:00Z"
_LONG_NOTE = (
    "A line of a note that has grown over the years, with **strong** words and a [link](https://example.org).\n\n"
)


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, to be asked for: words that stand in many titles, most frequent first."""

    words: tuple[str, ...]


def make_big_library(folder: Path, count: int = PAPERS) -> Made:
    """Make the library and its index, in about six seconds of a processor.

    The rows are written by the store's own functions: an import would look each paper up, and take three times as long.
    """
    drawn = random.Random(_SEED)
    words = _words(drawn, 6_000)
    pool = drawn.choices(words, [1 / (rank + 1) ** 0.9 for rank in range(len(words))], k=400_000)
    keys = keys_between(None, None, UP_NEXT)
    marks = ", ".join("?" * len(COLUMNS))
    with Library.open(folder) as library:
        with library._store.writing() as connection:
            papers = _papers(drawn, pool, keys, count)
            statement = f"INSERT INTO paper ({', '.join(COLUMNS)}) VALUES ({marks})"
            connection.executemany(statement, (to_row(paper) for paper in papers))
            insert_tags(connection, _tagged(drawn, words, count))
            (abstract,) = connection.execute("SELECT abstract FROM paper WHERE id = ?", [HIGHLIGHTED]).fetchone()
            insert_highlights(connection, ((HIGHLIGHTED, highlight) for highlight in _highlights(abstract)))
            connection.execute("INSERT INTO outbox (paper) SELECT id FROM paper")
        library.wait_for_index()
    return Made(tuple(words[:50]))


def _words(drawn: random.Random, count: int) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < count:
        made["".join(drawn.choices(_SYLLABLES, k=drawn.choice((2, 3, 3, 4))))] = None
    return list(made)


def _papers(drawn: random.Random, pool: list[str], keys: list[str], count: int) -> Iterator[Paper]:
    longest = 700
    for number in range(1, count + 1):
        at = drawn.randrange(len(pool) - longest)
        when = _WHEN.format(day=1 + number % 28, hour=number % 24)
        status, key = Status.INBOX, None
        if number <= UP_NEXT:
            status, key = Status.NEXT, keys[number - 1]
        elif number % 3 == 0:
            status = Status.READ
        elif number % 7 == 0:
            status = Status.ARCHIVED
        yield Paper(
            f"{' '.join(pool[at : at + drawn.randint(4, 14)])} {number}".capitalize(),
            uid=f"paper-{number}",
            abstract=" ".join(pool[at + 14 : at + (longest if number == HIGHLIGHTED else drawn.randint(24, 34))]) + ".",
            authors=tuple(Author(f"{pool[at + n]} {pool[at + n + 1]}".title()) for n in range(1 + number % 3)),
            year=1990 + number % 36,
            venue=f"Journal of {pool[at + 3].title()}",
            status=status,
            order_key=key,
            starred=number % 50 == 0,
            note=_LONG_NOTE * (1_000_000 // len(_LONG_NOTE)) if number == NOTED else None,
            finished=when if status is Status.READ else None,
            added=when,
            changed=when,
        )


def _tagged(drawn: random.Random, words: list[str], count: int) -> Iterator[tuple[int, str]]:
    names = [f"{words[n % 40]}/{words[n]}" if n % 2 else words[n] for n in range(TAGS)]
    for name in names:
        for _ in range(6):
            yield drawn.randint(1, count), name


def _highlights(abstract: str) -> Iterator[Highlight]:
    at = 0
    for number in range(HIGHLIGHTS):
        end = abstract.find(" ", at + 12)
        yield Highlight(
            id=f"highlight-{number}",
            quote=abstract[at:end],
            prefix=abstract[max(0, at - 20) : at],
            suffix=abstract[end : end + 20],
            start=at,
            end=end,
            colour="yellow",
            comment=f"Comment {number}" if number % 2 else None,
            created="2026-01-01T00:00:00Z",
        )
        at = end + 1
