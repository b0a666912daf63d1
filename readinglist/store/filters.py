"""A query's filters as SQL conditions on `paper`. Text leaves are the index's; their SQL is not known here.

Every condition is true or false, never NULL, so that NOT turns it round.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from readinglist.paper import Status
from readinglist.query.dates import bounds
from readinglist.query.fields import FIELDS
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
    SearchName,
    SortKey,
    SourceName,
    State,
    TagPath,
    Text,
)
from readinglist.store.tags import tag_key

_TAGGED = "EXISTS (SELECT 1 FROM paper_tag WHERE paper_tag.paper = paper.id)"
_PRESENCE = {
    "tag": _TAGGED,
    "highlight": "EXISTS (SELECT 1 FROM highlight WHERE highlight.paper = paper.id)",
    # Word for word as in the indexes of `schema`, and apart, so that these answer whatever the order: looking at every
    # row takes 15 times as long for notes.
    "note": "id IN (SELECT id FROM paper WHERE note IS NOT NULL)",
    "abstract": "id IN (SELECT id FROM paper WHERE abstract IS NOT NULL)",
    "doi": "id IN (SELECT id FROM paper WHERE doi IS NOT NULL)",
    "arxiv": "id IN (SELECT id FROM paper WHERE arxiv_id IS NOT NULL)",
    "code": "id IN (SELECT id FROM paper WHERE ifnull(instr(links, '[\"code\",'), 0))",
    "pdf": "id IN (SELECT id FROM paper WHERE ifnull(instr(links, '[\"pdf\",'), 0))",
}
_DUE = "(status = 'later' AND ifnull(until, '9999') <= :today)"
_REPEATED = (
    "{key} IN (SELECT {key} FROM paper WHERE trashed IS NULL AND {key} <> '' GROUP BY {key} HAVING count(*) > 1)"
)
_STATES = {
    "starred": "starred",
    "unread": "status NOT IN ('read', 'archived')",
    "due": _DUE,
    "inbox": f"(status = 'inbox' OR {_DUE})",
    "later": f"(status = 'later' AND NOT {_DUE})",
    "trash": "trashed IS NOT NULL",
    "revised": "id IN (SELECT id FROM paper WHERE ifnull(instr(extra, '\"revised_since_read\":'), 0))",
    "duplicate": " OR ".join(
        f"ifnull({_REPEATED.format(key=key)}, 0)" for key in ("title_key", "doi_key", "arxiv_key")
    ).join("()"),
}
_ORDERS = {
    "added": "added",
    "changed": "changed",
    "finished": "finished",
    "listed": "listed",
    "published": "coalesce(published, CAST(year AS TEXT))",
    "year": "year",
    "upvotes": "upvotes",
    "title": "title_key",
    "author": "nullif(author_key, '')",
    "venue": "venue COLLATE NOCASE",
    "position": "CASE WHEN status = 'next' THEN order_key END",
    "until": "until",
    "id": "id",
}
_ALWAYS_KNOWN = {"added", "changed", "title", "id"}


@dataclass(slots=True)
class _Parameters:
    """Named parameters of one statement."""

    values: dict[str, Any]

    def name(self, value: Any) -> str:
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f":{name}"


def condition(node: Node, now: datetime) -> tuple[str, dict[str, Any]]:
    """Return `node`, which has no text leaf and no saved search, as an SQL condition with its parameters.

    `now` is the aware local time that relative dates count from.
    """
    parameters = _Parameters({"today": now.date().isoformat()})
    return _sql(node, parameters, now), parameters.values


def order(sort: tuple[SortKey, ...]) -> str:
    """Return the terms of an ORDER BY: the keys given, the newest first among equals; unknown values come last."""
    terms: dict[str, str] = {}
    for key in (*sort, SortKey("added", True), SortKey("id", False)):
        if key.name in _ORDERS and key.name not in terms:
            # No word more than needed: an index gives an order only where it is written as that of the index. Going
            # down, what is NULL comes last by itself.
            way = "DESC" if key.descending else "ASC" if key.name in _ALWAYS_KNOWN else "ASC NULLS LAST"
            terms[key.name] = f"{_ORDERS[key.name]} {way}"
    return ", ".join(terms.values())


def _sql(node: Node, parameters: _Parameters, now: datetime) -> str:
    match node:
        case Everything():
            return "1"
        case And(nodes):
            return " AND ".join(_sql(n, parameters, now) for n in nodes).join("()")
        case Or(nodes):
            return " OR ".join(_sql(n, parameters, now) for n in nodes).join("()")
        case Not(inner):
            return f"NOT {_sql(inner, parameters, now)}"
        case Filter():
            return _filter(node, parameters, now)
        case Text():
            raise TypeError("a text leaf has no SQL")


def _filter(leaf: Filter, parameters: _Parameters, now: datetime) -> str:
    match leaf.value:
        case State(name):
            return _STATES.get(name) or f"status = {parameters.name(str(Status(name)))}"
        case Presence(name):
            return _PRESENCE[name]
        case NoTag():
            return f"NOT {_TAGGED}"
        case AnyTag():
            return _TAGGED
        case TagPath(name):
            key, under = parameters.name(tag_key(name)), parameters.name(tag_key(name) + "/")
            return (
                "id IN (SELECT paper FROM paper_tag JOIN tag ON tag.id = tag"
                f" WHERE key = {key} OR substr(key, 1, length({under})) = {under})"
            )
        case NumberRange(low, high):
            column = (
                "(SELECT count(*) FROM paper_tag WHERE paper_tag.paper = paper.id)"
                if leaf.field == "tags"
                else leaf.field
            )
            return _between(column, low, high, parameters, inclusive=True)
        case DateRange(text):
            first, end = bounds(FIELDS[leaf.field], text, now)
            between = _between(leaf.field, first, end, parameters, inclusive=False)
            if leaf.field == "finished":
                # By its own index: SQLite takes that of the trash and looks at every row (20 times slower).
                return f"id IN (SELECT id FROM paper INDEXED BY paper_finished WHERE {between})"
            return between
        case Identifier(text):
            column = "doi" if leaf.field == "doi" else "arxiv_id"
            return f"({column} IS NOT NULL AND {column} = {parameters.name(text)})"
        case PaperIds(ids):
            return f"id IN ({', '.join(str(int(number)) for number in ids)})"
        case SourceName(name):
            return f"source = {parameters.name(name)}"
        case SearchName():
            raise TypeError("saved searches are put in place before")


def _between(column: str, low: Any, high: Any, parameters: _Parameters, *, inclusive: bool) -> str:
    terms = [f"{column} IS NOT NULL"]
    if low is not None:
        terms.append(f"{column} >= {parameters.name(low)}")
    if high is not None:
        terms.append(f"{column} {'<=' if inclusive else '<'} {parameters.name(high)}")
    return " AND ".join(terms).join("()")
