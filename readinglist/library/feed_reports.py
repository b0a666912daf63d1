"""What the library answers about feeds: frozen values.

Imported where the first is made, see `reports`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readinglist.errors import Problem
    from readinglist.feeds.values import Feed
    from readinglist.library.reports import ImportReport
    from readinglist.library.revising import Revision
    from readinglist.library.values import Edited


@dataclass(frozen=True, slots=True)
class Day:
    """The papers that a feed told of on one day (ISO date), by number, the trash left out."""

    day: str
    ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class AddedFeeds:
    """What taking in a list of feeds did: the feeds that are new, how many were here, what could not be taken."""

    edited: Edited
    feeds: Sequence[Feed]
    here: int
    problems: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the refresh of one feed did. `feed` is as it is afterwards.

    `state` is `new` (papers came or changed), `unchanged`, `failed` (see `feed.state.error`) or `waiting`: it asked not
    to be asked before `feed.state.wait_until`. `days` are the new papers by the day of their list, the newest first.
    `left_out` are replacements of papers that are not here. `report` is None where nothing was read.
    """

    feed: Feed
    state: str
    report: ImportReport | None = None
    left_out: int = 0
    days: Sequence[tuple[str, Sequence[int]]] = ()
    revised: Sequence[Revision] = ()

    @property
    def added(self) -> int:
        """How many papers are new."""
        return self.report.added if self.report else 0


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did, feed by feed. `stopped`: the reader stopped it, and the feeds that follow were not asked."""

    outcomes: Sequence[Outcome]
    seconds: float
    stopped: bool = False

    @property
    def added(self) -> int:
        """How many papers are new."""
        return sum(outcome.added for outcome in self.outcomes)

    @property
    def entries(self) -> list[int]:
        """The entries of the history, the newest first: undone in this order, all is as before."""
        found = [each.report.import_id for each in self.outcomes if each.report and each.report.import_id is not None]
        return sorted(found, reverse=True)

    @property
    def failed(self) -> list[Outcome]:
        """The feeds that could not be fetched."""
        return [outcome for outcome in self.outcomes if outcome.state == "failed"]

    @property
    def revised(self) -> list[Revision]:
        """The papers that the reader has read and that changed."""
        return [revision for outcome in self.outcomes for revision in outcome.revised]
