"""What the library answers: frozen values without behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from readinglist.errors import ReadingListError
from readinglist.paper import PaperId
from readinglist.query.nodes import Node
from readinglist.store.tags import Tag

SEARCHES_COUNTED = 30
"""So many saved searches have counts; more would take too long."""


class NoSuchPaper(ReadingListError):
    """A paper was named by a number that none has."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit did: `ids` of the papers that really changed, in the order they were given.

    `entry` is its place in the history, or None when nothing changed.
    """

    label: str
    edited: int
    ids: list[PaperId]
    entry: int | None


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo or redo did; `conflicts` tells, a sentence each, what it left alone and why."""

    label: str
    edited: int
    ids: list[PaperId]
    entry: int
    conflicts: list[str]


@dataclass(frozen=True, slots=True)
class Changed:
    """Told to subscribers after a commit: which papers came, changed and went (to the trash)."""

    label: str
    added: frozenset[int] = frozenset()
    edited: frozenset[int] = frozenset()
    removed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Hits:
    """The answer to a search.

    `ids`: the page asked for, best first, no repeats; `scores` beside them, or None when no words were to be found.
    `total` counts all. `pending`: papers not yet searchable by text. `relaxed`: nothing had all the words, these have
    some. `node` is the parsed query, for `snippet` and marks.
    """

    query: str
    ids: list[PaperId]
    scores: list[float] | None
    total: int
    pending: int
    relaxed: bool
    did_you_mean: str | None
    seconds: float
    node: Node


@dataclass(frozen=True, slots=True)
class Counts:
    """How many papers stand where, the trash left out of all but `trash`. Due papers count in the Inbox.

    Counted within some papers only, there are also `branches` (those of a tag or of any under it, for tags that have
    others under them) and `searches` (those of each saved search).
    """

    inbox: int = 0
    next: int = 0
    reading: int = 0
    later: int = 0
    read: int = 0
    archived: int = 0
    starred: int = 0
    trash: int = 0
    with_notes: int = 0
    added_this_week: int = 0
    total: int = 0
    tags: Mapping[str, Tag] = field(default_factory=dict)
    branches: Mapping[str, int] = field(default_factory=dict)
    searches: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query with a name, usable as `search:NAME`."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing `doctor` looked at; `repair` says what `--repair` does about it, or None when nothing can be done."""

    check: str
    ok: bool
    message: str
    repair: str | None = None
    repaired: bool = False
