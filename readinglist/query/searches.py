"""Put saved searches in their place in a query. Knows nothing of where they are kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from readinglist.errors import QueryError
from readinglist.phrase import phrase
from readinglist.query.nodes import (
    And,
    Everything,
    Filter,
    Node,
    Not,
    Or,
    Query,
    SearchName,
    conjunction,
    disjunction,
    filters,
    leaves,
    negation,
)
from readinglist.query.parse import parse
from readinglist.query.printer import quoted

MAX_LEAVES = 1000
MAX_HEIGHT = 100
"""How large a query may be once all saved searches are in place, for they can name each other many times."""


def expand(query: Query, searches: Mapping[str, str]) -> Query:
    """Return `query` with every `search:NAME` replaced by what that search asks for; their orders are dropped.

    `searches` are the saved searches, text by name; case does not matter. Raises QueryError, with the place of
    the filter in the query as typed, for a name that is not there, a search that leads back to itself or that
    cannot be understood, and a query that grows beyond `MAX_LEAVES`.
    """
    if not any(isinstance(leaf, Filter) and isinstance(leaf.value, SearchName) for leaf in leaves(query.node)):
        return query
    by_key = {_key(name): (name, text) for name, text in searches.items()}
    return replace(query, node=_Expansion(query.text, by_key).expanded(query.node))


def with_search_renamed(text: str, old: str, new: str) -> str:
    """Return the query `text` with every `search:OLD` in it as `search:NEW`, all else as typed.

    A query that cannot be understood is returned as it is.

    >>> with_search_renamed('bias search:"to read" year:2024', "To Read", "soon")
    'bias search:soon year:2024'
    """
    try:
        found = filters(parse(text).node)
    except QueryError:
        return text
    places = [(f.start, f.end) for f in found if isinstance(f.value, SearchName) and _key(f.value.name) == _key(old)]
    for start, end in sorted(places, reverse=True):
        # In a group ("search:(a OR b)") each name stands without its field.
        field = "search:" if text.startswith("search:", start) else ""
        text = f"{text[:start]}{field}{quoted(new)}{text[end:]}"
    return text


class _Expansion:
    """The work on one query: the place that errors point at, and what has been understood so far."""

    def __init__(self, text: str, searches: Mapping[str, tuple[str, str]]) -> None:
        self.text = text
        self.searches = searches
        self.place: Filter | None = None
        self.trail: list[str] = []
        self.known: dict[str, _Size] = {}
        self.leaves = 0
        self.height = 0

    def expanded(self, node: Node) -> Node:
        self.grow(0, 1)
        self.height += 1
        try:
            match node:
                case And(nodes):
                    return conjunction([self.expanded(member) for member in nodes]) or Everything()
                case Or(nodes):
                    members = [self.expanded(member) for member in nodes]
                    return Everything() if Everything() in members else disjunction(members) or Everything()
                case Not(member):
                    return negation(self.expanded(member)) or Everything()
                case Filter(value=SearchName(name)):
                    return self.saved(node, name)
                case _:
                    self.grow(1, 0)
                    return node
        finally:
            self.height -= 1

    def saved(self, here: Filter, name: str) -> Node:
        outermost = self.place is None
        if outermost:
            self.place = here
        key = _key(name)
        if key in self.trail:
            raise self.error(phrase("The saved search “{name}” leads back to itself.", name=name))
        if key not in self.searches:
            raise self.error(phrase("There is no saved search “{name}”.", name=name))
        if known := self.known.get(key):
            self.grow(known.leaves, known.height)
        else:
            before = self.leaves
            self.trail.append(key)
            node = self.expanded(self.understood(key))
            self.trail.pop()
            known = self.known[key] = _Size(node, self.leaves - before, _height(node))
        if outermost:
            self.place = None
        return known.node

    def grow(self, more_leaves: int, more_height: int) -> None:
        self.leaves += more_leaves
        if self.leaves > MAX_LEAVES or self.height + more_height > MAX_HEIGHT:
            raise self.error("The saved searches in this query are too much together.")

    def understood(self, key: str) -> Node:
        name, text = self.searches[key]
        try:
            return parse(text).node
        except QueryError as error:
            raise self.error(
                phrase("The saved search “{name}” cannot be understood: {error}", name=name, error=error)
            ) from None

    def error(self, message: str) -> QueryError:
        place = self.place or Filter("search", SearchName(""))
        return QueryError(message, self.text, place.start, place.end)


class _Size(NamedTuple):
    node: Node
    leaves: int
    height: int


def _height(node: Node) -> int:
    match node:
        case And(nodes) | Or(nodes):
            return 1 + max(_height(member) for member in nodes)
        case Not(member):
            return 1 + _height(member)
        case _:
            return 1


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip()).casefold()
