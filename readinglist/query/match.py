"""What a query means, plainly: whether one paper is found by it. The engines are held to this.

Knows nothing of how papers are kept or indexed.
"""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from readinglist.paper import REVISED, Paper, PaperId, Status
from readinglist.query import dates
from readinglist.query.fields import FIELDS
from readinglist.query.finding import found_in, values
from readinglist.query.nodes import (
    And,
    AnyTag,
    DateRange,
    Everything,
    Filter,
    Identifier,
    Node,
    Not,
    NoTag,
    NumberRange,
    Or,
    PaperIds,
    Presence,
    Query,
    SearchName,
    SourceName,
    State,
    TagPath,
    Text,
)
from readinglist.query.printer import node_text
from readinglist.query.searches import expand
from readinglist.text.identifiers import normal_arxiv, normal_doi
from readinglist.text.words import fold


@dataclass(frozen=True, slots=True)
class Context:
    """What a query needs to know beside the paper.

    `now` is aware; its time zone says when a day begins. `searches` are the saved searches, text by name.
    `duplicates` are the papers that are perhaps in the library twice. What has been worked out for one paper
    is remembered for the next, so ask many papers with one context.
    """

    now: datetime
    searches: Mapping[str, str] = dataclasses.field(default_factory=dict)
    duplicates: Set[PaperId] = frozenset()
    _saved: dict[SearchName, Node] = dataclasses.field(default_factory=dict, init=False, repr=False, compare=False)
    _bounds: dict[tuple[str, str], tuple[str | None, str | None]] = dataclasses.field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def today(self) -> str:
        """The local day, as an ISO date."""
        return self.now.date().isoformat()

    def bounds(self, field: str, text: str) -> tuple[str | None, str | None]:
        """Return what the values of a date field must not be below and must be below (`dates.bounds`)."""
        if (field, text) not in self._bounds:
            self._bounds[field, text] = dates.bounds(FIELDS[field], text, self.now)
        return self._bounds[field, text]

    def saved(self, name: SearchName) -> Node:
        """Return the tree of a saved search. Raises QueryError as `searches.expand` does."""
        if name not in self._saved:
            leaf = Filter("search", name)
            self._saved[name] = expand(Query(leaf, text=node_text(leaf)), self.searches).node
        return self._saved[name]


def match(node: Node, paper: Paper, context: Context) -> bool:
    """Say whether `paper` is found by `node`. Papers in the trash are asked like any other.

    Raises QueryError for a saved search that is not there or leads back to itself.
    """
    match node:
        case Text():
            return found_in(node, values(paper, node.field))
        case And(nodes):
            return all(match(member, paper, context) for member in nodes)
        case Or(nodes):
            return any(match(member, paper, context) for member in nodes)
        case Not(member):
            return not match(member, paper, context)
        case Filter():
            return _passes(node, paper, context)
        case Everything():
            return True


def _passes(leaf: Filter, paper: Paper, context: Context) -> bool:
    match leaf.value:
        case TagPath(name):
            return _has_tag(paper, name)
        case NoTag():
            return not paper.tags
        case AnyTag():
            return bool(paper.tags)
        case State(name):
            return _is(paper, name, context)
        case Presence(name):
            return _has(paper, name)
        case NumberRange(low, high):
            number = {"year": paper.year, "upvotes": paper.upvotes, "tags": len(paper.tags)}[leaf.field]
            return number is not None and (low is None or number >= low) and (high is None or number <= high)
        case DateRange(text):
            return _within_dates(leaf.field, text, paper, context)
        case Identifier(text):
            return text == (_doi(paper) if leaf.field == "doi" else _arxiv(paper))
        case PaperIds(ids):
            return paper.id in ids
        case SourceName(name):
            return fold(paper.source) == name
        case SearchName():
            return match(context.saved(leaf.value), paper, context)


def _has_tag(paper: Paper, name: str) -> bool:
    path = tag_key(name)
    return any(tag == path or tag.startswith(f"{path}/") for tag in map(tag_key, paper.tags))


@lru_cache(maxsize=4096)
def tag_key(name: str) -> str:
    """Return what the spellings of one tag have in common: case is folded, accents count."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _is(paper: Paper, state: str, context: Context) -> bool:
    later = paper.status is Status.LATER
    due = later and paper.until is not None and paper.until <= context.today
    match state:
        case "inbox":
            return paper.status is Status.INBOX or due
        case "later":
            return later and not due
        case "due":
            return due
        case "unread":
            return paper.status not in (Status.READ, Status.ARCHIVED)
        case "starred":
            return paper.starred
        case "duplicate":
            return paper.id in context.duplicates
        case "revised":
            return REVISED in paper.extra
        case "trash":
            return paper.trashed is not None
        case _:
            return paper.status == state


def _has(paper: Paper, name: str) -> bool:
    match name:
        case "note":
            return bool(paper.note)
        case "highlight":
            return bool(paper.highlights)
        case "tag":
            return bool(paper.tags)
        case "abstract":
            return bool(paper.abstract)
        case "doi":
            return bool(paper.doi)
        case "arxiv":
            return bool(paper.arxiv_id)
        case _:
            return any(link.kind == name for link in paper.links)


def _within_dates(field: str, text: str, paper: Paper, context: Context) -> bool:
    value: str | None = getattr(paper, field)
    if not value:
        return False
    low, high = context.bounds(field, text)
    return (low is None or value >= low) and (high is None or value < high)


def _doi(paper: Paper) -> str | None:
    return normal_doi(paper.doi) if paper.doi else None


def _arxiv(paper: Paper) -> str | None:
    known = normal_arxiv(paper.arxiv_id) if paper.arxiv_id else None
    return known[0] if known else None
