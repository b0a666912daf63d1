"""Write a query out, so that reading it gives the same tree. Knows nothing of how it was typed."""

from __future__ import annotations

import re

from readinglist.query.fields import SORT_DESCENDING
from readinglist.query.lexer import reads_like_a_title
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
    SortKey,
    SourceName,
    State,
    TagPath,
    Text,
    Value,
)

# Words that need no quotes whatever is around them: letters and digits, with a dash or dot between them.
_BARE_WORD = re.compile(r"[^\W_]+(?:[-./'’+@#&][^\W_]+)*")
_BARE_VALUE = re.compile(r"[^\W_][^\s()\"\\]*")
_OPERATORS = ("AND", "OR", "NOT")


def to_text(query: Query) -> str:
    """Return a query that `parse` reads as the same tree and order."""
    orders = [sort_text(key) for key in query.sort]
    if isinstance(query.node, Everything):
        return " ".join(orders)
    text = " ".join([_written(query.node, Or, in_title=False), *orders])
    if reads_like_a_title(text):
        return _written(query.node, Or, in_title=True)
    return text


def node_text(node: Node) -> str:
    """Return the query for a tree alone; empty for `Everything`."""
    return to_text(Query(node))


def sort_text(key: SortKey) -> str:
    """Return the term that orders by `key`.

    >>> sort_text(SortKey("year", descending=True)), sort_text(SortKey("year", descending=False))
    ('sort:year', 'sort:-year')
    """
    turned = key.descending != SORT_DESCENDING[key.name]
    return f"sort:{'-' if turned else ''}{key.name}"


def quoted(text: str) -> str:
    """Return `text` as a value after a field's colon: in quotes where it needs them.

    >>> quoted("nlp/parsing"), quoted("to cite")
    ('nlp/parsing', '"to cite"')
    """
    return text if _BARE_VALUE.fullmatch(text) else _in_quotes(text)


def _in_quotes(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _written(node: Node, inside: type[Or | And | Not], *, in_title: bool) -> str:
    """Return `node` as it stands directly under an Or (or nothing), an And or a Not.

    In what reads like a title, a dash negates for certain when a quote follows it.
    """
    match node:
        case Or(nodes):
            text = " OR ".join(_written(member, Or, in_title=in_title) for member in nodes)
            return f"({text})" if inside is not Or else text
        case And(nodes):
            text = " ".join(_written(member, And, in_title=in_title) for member in nodes)
            return f"({text})" if inside is Not else text
        case Not(member):
            return f"-{_written(member, Not, in_title=in_title)}"
        case Text():
            return _text(node, in_quotes=in_title and inside is Not)
        case Filter(field, value):
            return f"{field}:{_value(value)}"
        case Everything():
            return "()"


def _text(leaf: Text, *, in_quotes: bool) -> str:
    field = f"{leaf.field}:" if leaf.field else ""
    suffix = "*" if leaf.prefix else f"~{leaf.fuzzy}" if leaf.fuzzy else ""
    bare = not in_quotes and _BARE_WORD.fullmatch(leaf.text) and (field or leaf.text not in _OPERATORS)
    return f"{field}{leaf.text if bare else _in_quotes(leaf.text)}{suffix}"


def _value(value: Value) -> str:
    match value:
        case TagPath(name) | SourceName(name) | SearchName(name):
            return quoted(name)
        case NoTag():
            return "none"
        case AnyTag():
            return "any"
        case State(name) | Presence(name):
            return name
        case DateRange(text):
            return text
        case Identifier(text):
            return quoted(text)
        case PaperIds(ids):
            return ",".join(str(number) for number in ids)
        case NumberRange(low, high):
            return _number_range(low, high)


def _number_range(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    if high is None:
        return f">={low}"
    if low is None:
        return f"<={high}"
    return f"{low}..{high}"
