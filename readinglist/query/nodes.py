"""The tree of a query: frozen values. Knows nothing of how a query is written, looked up or shown.

A tree made by the parser is in its plain form: `And` and `Or` have two members or more and none of their
own kind, `Not` holds no `Not`, and `Everything` stands alone; `conjunction`, `disjunction` and `negation` keep
it so. `start` and `end` of a leaf are its place in the query as typed, in code points (a field's name is part of
it); they do not count when trees are compared.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from readinglist.paper import PaperId
from readinglist.text.words import forms

TEXT_FIELDS = ("title", "abstract", "author", "note", "highlight", "venue", "keyword")
"""The fields that a `Text` leaf without a field looks in, by their names in the query language."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words to find: the forms of `text` (`text.words.forms`, one at least) stand in a row in one value.

    A value is a title, an abstract, one author's name, a note, a highlight's quote or its comment, a venue,
    one keyword; `field` None means any of them. A word of the paper agrees with a form when their stems are
    equal. With `prefix` the last form also agrees with every word that starts with it. With `fuzzy` n (1 or
    2) the last form agrees with the words within n edits of it that have the same first letter (see
    `edits.within`), and stems do not count for it; the parser makes such leaves of one form only.
    """

    text: str
    field: str | None = None
    prefix: bool = False
    fuzzy: int = 0
    start: int = dataclasses.field(default=0, compare=False)
    end: int = dataclasses.field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class TagPath:
    """The tag of this name (without regard to case) and those under it: "nlp" takes "nlp/parsing" too."""

    name: str


@dataclass(frozen=True, slots=True)
class NoTag:
    """No tag at all."""


@dataclass(frozen=True, slots=True)
class AnyTag:
    """One tag at least."""


@dataclass(frozen=True, slots=True)
class State:
    """A state of `is:`; `name` is one of the values in the table of fields."""

    name: str


@dataclass(frozen=True, slots=True)
class Presence:
    """Something `has:` asks for; `name` is one of the values in the table of fields."""

    name: str


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Whole numbers from `low` to `high`, both included; None is without bound. Unknown is in no range."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days as they were typed ("<7d", "2026-03..2026-05"); `dates.days` says which days that is today."""

    text: str


@dataclass(frozen=True, slots=True)
class Identifier:
    """A DOI or arXiv id in its normal form, without a version; the filter's field says which."""

    text: str


@dataclass(frozen=True, slots=True)
class PaperIds:
    """Papers by their numbers, as typed."""

    ids: tuple[PaperId, ...]


@dataclass(frozen=True, slots=True)
class SourceName:
    """Where a paper came from: the name of a format, folded."""

    name: str


@dataclass(frozen=True, slots=True)
class SearchName:
    """A saved search, by its name without regard to case."""

    name: str


Value = (
    TagPath
    | NoTag
    | AnyTag
    | State
    | Presence
    | NumberRange
    | DateRange
    | Identifier
    | PaperIds
    | SourceName
    | SearchName
)


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition that is not text: `field` is a name of the language ("tag"), `value` fits its kind."""

    field: str
    value: Value
    start: int = dataclasses.field(default=0, compare=False)
    end: int = dataclasses.field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """All of `nodes`."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of `nodes` at least."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Whatever is not `node`."""

    node: Node


@dataclass(frozen=True, slots=True)
class Everything:
    """Every paper: the empty query."""


Node = Text | Filter | And | Or | Not | Everything


@dataclass(frozen=True, slots=True)
class SortKey:
    """One key to order by; `descending` is the direction meant, default and "-" already applied."""

    name: str
    descending: bool


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: the tree, the order (empty: none was given) and the text as typed."""

    node: Node
    sort: tuple[SortKey, ...] = ()
    text: str = dataclasses.field(default="", compare=False)

    @property
    def wants_trash(self) -> bool:
        """Say whether `is:trash` stands in the query; otherwise papers in the trash are left out.

        A saved search counts once it has been put in place by `searches.expand`.
        """
        return any(leaf.value == State("trash") for leaf in filters(self.node))


def conjunction(nodes: Iterable[Node | None]) -> Node | None:
    """Return all of `nodes` as one node, without the Nones; None when nothing is left."""
    members: list[Node] = []
    for node in nodes:
        if isinstance(node, And):
            members.extend(node.nodes)
        elif node is not None and not isinstance(node, Everything):
            members.append(node)
    return And(tuple(members)) if len(members) > 1 else members[0] if members else None


def disjunction(nodes: Iterable[Node | None]) -> Node | None:
    """Return one of `nodes` as one node, without the Nones; None when nothing is left."""
    members: list[Node] = []
    for node in nodes:
        if isinstance(node, Or):
            members.extend(node.nodes)
        elif node is not None:
            members.append(node)
    return Or(tuple(members)) if len(members) > 1 else members[0] if members else None


def negation(node: Node | None) -> Node | None:
    """Return the opposite of `node`; None stays None, for a negation of nothing says nothing."""
    if node is None:
        return None
    return node.node if isinstance(node, Not) else Not(node)


def leaves(node: Node) -> Iterator[Text | Filter]:
    """Yield every leaf in the order written, those under a Not included."""
    if isinstance(node, And | Or):
        for member in node.nodes:
            yield from leaves(member)
    elif isinstance(node, Not):
        yield from leaves(node.node)
    elif isinstance(node, Text | Filter):
        yield node


def filters(node: Node) -> Iterator[Filter]:
    """Yield every filter in the order written, those under a Not included."""
    return (leaf for leaf in leaves(node) if isinstance(leaf, Filter))


def text_leaves(node: Node) -> list[Text]:
    """Return the text leaves that a paper is found by (those not under a Not), in the order written."""
    if isinstance(node, Text):
        return [node]
    if isinstance(node, And | Or):
        return [leaf for member in node.nodes for leaf in text_leaves(member)]
    return []


def relaxed(query: Query) -> Query | None:
    """Return the query with its words joined by OR, for when all of them together find nothing.

    A word of several (`high-speed`) falls apart into them; a quoted phrase stays one. Filters and
    negations hold as before. None when there are fewer than two words to find, or when they are
    joined by OR already.
    """
    if len(text_leaves(query.node)) < 2:
        return None
    node = _relaxed(query.node)
    return None if node == query.node else replace(query, node=node)


def _relaxed(node: Node) -> Node:
    if isinstance(node, Or):
        return disjunction(_relaxed(member) for member in node.nodes) or node
    if isinstance(node, And):
        found_by = [member for member in node.nodes if text_leaves(member)]
        kept = [member for member in node.nodes if not text_leaves(member)]
        return conjunction([disjunction(_relaxed(member) for member in found_by), *kept]) or node
    if isinstance(node, Text) and " " not in node.text and not node.prefix and len(parts := forms(node.text)) > 1:
        return Or(tuple(replace(node, text=part) for part in parts))
    return node
