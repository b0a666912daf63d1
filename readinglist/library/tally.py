"""Count some papers list by list. Imported for a search by words, for it needs numpy.

Where every paper stands is read once and kept for the thread until anything is written, as arrays: a keystroke has
thousands of papers counted, and asking SQL for so many takes longer than finding them.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from readinglist.library.values import Counts
from readinglist.store import listing
from readinglist.store.driver import Connection
from readinglist.store.tags import Tag, tag_key, tagged_papers

Ids = NDArray[np.int64]


class Tally:
    """Where the papers of a library stand. Made by `current_tally`."""

    def __init__(self, connection: Connection, today: str, week_ago: str) -> None:
        standings = np.array(json.loads(listing.standings(connection, today, week_ago)), np.int64)
        ids, flags = standings >> listing.STANDING_BITS, standings & ((1 << listing.STANDING_BITS) - 1)
        self._flags = np.zeros(int(ids.max(initial=0)) + 1, np.uint8)
        self._flags[ids] = flags
        self._tags = [(tag, np.array(papers, np.int64)) for tag, papers in tagged_papers(connection)]
        self._branches = _branches(self._tags)
        self._searches: dict[str, Ids] = {}

    def among(self, ids: Sequence[int], searches: Mapping[str, str], find: Callable[[str], Sequence[int]]) -> Counts:
        """Return how many of `ids` are in each list.

        `find` returns the papers of a query, for the saved `searches`, query by name; what it raises is passed on.
        """
        among = np.array(ids, np.int64)
        among = among[among < len(self._flags)]
        flags = self._flags[among]
        here = np.zeros(len(self._flags), np.bool_)
        here[among[(flags & listing.TRASHED) == 0]] = True
        by_flags = np.bincount(flags, minlength=1 << listing.STANDING_BITS)
        return Counts(
            **_states(by_flags),
            tags={tag.name: Tag(tag.name, tag.colour, _count(here, papers)) for tag, papers in self._tags},
            branches={name: _count(here, papers) for name, papers in self._branches.items()},
            searches={name: _count(here, self._found(query, find)) for name, query in searches.items()},
        )

    def _found(self, query: str, find: Callable[[str], Sequence[int]]) -> Ids:
        if query not in self._searches:
            found = np.array(find(query), np.int64)
            self._searches[query] = found[found < len(self._flags)]
        return self._searches[query]


def current_tally(connection: Connection, kept: threading.local, today: str, now: str, week_ago: str) -> Tally:
    """Return the tally of this thread, counted anew when anything was written, or in another hour than `now`."""
    (version,) = connection.execute("PRAGMA data_version").fetchone()
    state = (version, today, now[:13])
    if getattr(kept, "tallied", None) != state:
        kept.tally = Tally(connection, today, week_ago)
        kept.tallied = state
    tally: Tally = kept.tally
    return tally


def _count(here: NDArray[np.bool_], papers: Ids) -> int:
    return int(np.count_nonzero(here[papers]))


def _states(by_flags: NDArray[np.int64]) -> dict[str, int]:
    flags = np.arange(len(by_flags))
    live = (flags & listing.TRASHED) == 0

    def total(wanted: NDArray[np.bool_]) -> int:
        return int(by_flags[wanted].sum())

    counts = {name: total(live & ((flags & listing.STATUS) == number)) for number, name in enumerate(listing.STATUSES)}
    counts["starred"] = total(live & ((flags & listing.STARRED) > 0))
    counts["with_notes"] = total(live & ((flags & listing.NOTED) > 0))
    counts["added_this_week"] = total(live & ((flags & listing.RECENT) > 0))
    counts["trash"] = total(~live)
    counts["total"] = total(live)
    return counts


def _branches(tags: Iterable[tuple[Tag, Ids]]) -> dict[str, Ids]:
    """Return the papers of every tag under which others lie, with theirs, by its name in every spelling."""
    under: dict[str, list[Ids]] = {}
    parents: dict[str, str] = {}
    for tag, papers in tags:
        levels = tag.name.split("/")
        for depth in range(1, len(levels) + 1):
            name = "/".join(levels[:depth])
            under.setdefault(tag_key(name), []).append(papers)
            if depth < len(levels):
                parents[name] = tag_key(name)
    return {name: np.unique(np.concatenate(under[key])) for name, key in parents.items()}
