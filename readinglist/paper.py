"""The values: a paper as a reader sees it. Knows nothing of where it is kept or shown.

Dates are ISO 8601 text ("2026", "2026-03" or "2026-03-11", as much as is known) and times RFC 3339 in UTC
("2026-03-11T09:30:00Z"), so that they sort as text and are written out as they are. Unknown text and numbers
are None, never empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NewType

PaperId = NewType("PaperId", int)
"""The number of a paper in one library, for people. Between machines a paper is its `uid`."""


class Status(StrEnum):
    """Where a paper stands in its reader's work."""

    INBOX = "inbox"
    NEXT = "next"
    READING = "reading"
    LATER = "later"
    READ = "read"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Author:
    """A person or an institution.

    `name` is as shown ("Ludwig van Beethoven"); `family` is what a source marked as the family name ("van
    Beethoven"), or None when it did not say. An institution has itself as `family`.
    """

    name: str
    family: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An address that belongs to a paper; `kind` is `page`, `pdf`, `code`, `project` or `other`."""

    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """A marked passage of an abstract (W3C Web Annotation: text-quote and text-position selectors).

    `start` and `end` count code points of the abstract; both are None when the passage has lost its place.
    `prefix` and `suffix` are up to 32 code points around it. `colour` is a name of `COLOURS`.
    """

    id: str
    quote: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    colour: str
    comment: str | None
    created: str


TASTES = ("more", "less")
"""Show me more like this, or less."""

COLOURS = ("yellow", "green", "blue", "pink", "orange")


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything a reader sees of one paper.

    A paper that comes from a source and is not in a library yet has `id` 0, `uid` and `added` empty.
    `order_key` is the place in Up next as a fractional key (text; see `order`), None elsewhere; `position` is
    what it amounts to, 1-based, filled in on reading and never written. `version` says which version of the
    source record this is ("v2" of an arXiv paper, the time of a feed's update). `corrected` names the source
    fields the reader has set by hand, which a later import leaves alone. `taste` is what the reader answered
    when it was suggested: one of `TASTES`, or None. `extra` keeps what a source says and we have no field for,
    and the fields of newer versions of this program.
    """

    title: str
    id: PaperId = PaperId(0)
    uid: str = ""
    abstract: str | None = None
    authors: tuple[Author, ...] = ()
    year: int | None = None
    published: str | None = None
    listed: str | None = None
    venue: str | None = None
    doi: str | None = None
    arxiv_id: str | None = None
    url: str | None = None
    links: tuple[Link, ...] = ()
    keywords: tuple[str, ...] = ()
    upvotes: int | None = None
    submitted_by: str | None = None
    status: Status = Status.INBOX
    order_key: str | None = None
    position: int | None = None
    until: str | None = None
    starred: bool = False
    tags: frozenset[str] = frozenset()
    note: str | None = None
    highlights: tuple[Highlight, ...] = ()
    added: str = ""
    changed: str = ""
    finished: str | None = None
    trashed: str | None = None
    taste: str | None = None
    source: str = "manual"
    version: str | None = None
    corrected: frozenset[str] = frozenset()
    extra: Mapping[str, Any] = field(default_factory=dict)


REVISED = "revised_since_read"
"""The key in `Paper.extra` of a paper that has changed since it was read, until the reader has looked at it."""

SOURCE_FIELDS = (
    "title",
    "abstract",
    "authors",
    "year",
    "published",
    "listed",
    "venue",
    "doi",
    "arxiv_id",
    "url",
    "links",
    "keywords",
    "upvotes",
    "submitted_by",
)
"""Fields that a source gives and a later version of the same record may replace."""

READER_FIELDS = (
    "status",
    "order_key",
    "until",
    "starred",
    "tags",
    "note",
    "highlights",
    "finished",
    "trashed",
    "taste",
)
"""Fields that belong to the reader; no import touches them on a paper that is here already."""

TEXT_FIELDS = ("title", "abstract", "authors", "venue", "keywords", "note", "highlights")
"""Fields that are searched as text; an edit of one of them is an edit for the index."""
