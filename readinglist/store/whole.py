"""Put whole ranges of papers into the trash and back: the undo of an import. Inside somebody else's transaction."""

from __future__ import annotations

from collections.abc import Iterable

from readinglist.store.driver import Connection
from readinglist.store.history import Ranges


def set_trashed(connection: Connection, ranges: Ranges, trashed: str | None, now: str) -> Ranges:
    """Trash (a time) or restore (None) the papers of `ranges` that are not so already; return which they were."""
    wanted = "IS NULL" if trashed else "IS NOT NULL"
    done: list[int] = []
    for first, last in ranges:
        done += [
            number
            for (number,) in connection.execute(
                f"SELECT id FROM paper WHERE id BETWEEN ? AND ? AND trashed {wanted} ORDER BY id",
                [first, last],
            )
        ]
    found = as_ranges(done)
    for first, last in found:
        connection.execute(
            "UPDATE paper SET trashed = ?, changed = ?, generation = generation + 1 WHERE id BETWEEN ? AND ?",
            [trashed, now, first, last],
        )
    return found


def as_ranges(ids: Iterable[int]) -> Ranges:
    """Return ascending numbers as (first, last) pairs.

    >>> as_ranges([1, 2, 3, 7, 9, 10])
    ((1, 3), (7, 7), (9, 10))
    """
    ranges: list[tuple[int, int]] = []
    for number in ids:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return tuple(ranges)
