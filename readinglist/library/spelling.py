"""Say what a query that finds little was meant to be: the same query with misspelt words put right.

Only what really finds something is said. Searches through a function it is handed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise, product
from typing import TYPE_CHECKING

from readinglist.query.nodes import And, Node, Not, Or, Query, Text, conjunction, disjunction, relaxed, text_leaves
from readinglist.text.words import forms, words

if TYPE_CHECKING:
    from readinglist.index.spelling import Vocabulary

FEW = 5
"""A query that finds more is left alone, and so is a word that more papers have."""

_TIMES_MORE = 20
"""How many times more a query must find to be better than one that finds something."""

_SO_MUCH_COMMONER = 100
_LONG = 6
_LONG_WITHOUT_HITS = 4
"""A word that a few papers have is doubted when it is this long and another spelling is so much commoner."""

_WORDS_ASKED = 8
_QUERIES_TRIED = 4


@dataclass(frozen=True, slots=True)
class _Change:
    """What would stand in place of a leaf (None: nothing), and how likely that is."""

    leaf: Text
    new: Node | None
    score: float
    also: tuple[Text, ...] = ()
    """Leaves that go, for they are in the new one."""


def did_you_mean(asked: Query, found: int, vocabulary: Vocabulary, finds: Callable[[Query], int]) -> Query | None:
    """Return the query that `asked`, which finds `found` papers, was likely meant to be; None when there is none.

    `finds` says how many papers a query finds. A query of which only some words can be found together is returned
    only when `asked` finds nothing and has a word that no paper has.
    """
    leaves = [leaf for leaf in text_leaves(asked.node) if not leaf.fuzzy and not leaf.prefix]
    if found > FEW or not leaves or sum(len(forms(leaf.text)) for leaf in leaves) > _WORDS_ASKED:
        return None
    joined = sorted(_joins(asked.node, vocabulary), key=lambda change: -change.score)
    if query := _best(asked, [joined], found, finds):
        return query
    doubted = [_doubted(leaf, found, vocabulary) for leaf in leaves]
    if query := _best(asked, [options for options in doubted if options != [None]], found, finds):
        return query
    wrong = [options[0] for options in doubted if options and options[-1] is not None]
    query = _changed(asked, wrong) if wrong and not found else None
    loose = relaxed(query) if query is not None else None
    return query if loose is not None and finds(loose) else None


def _best(
    asked: Query, choices: Sequence[Sequence[_Change | None]], found: int, finds: Callable[[Query], int]
) -> Query | None:
    """Return the likeliest query that finds more, from what each doubted leaf may become (None: what it is)."""
    ways = sorted(product(*choices), key=lambda way: -sum(change.score for change in way if change))
    for way in islice(ways, _QUERIES_TRIED):
        if any(way) and (query := _changed(asked, way)) and finds(query) > found * _TIMES_MORE:
            return query
    return None


def _doubted(leaf: Text, found: int, vocabulary: Vocabulary) -> list[_Change | None]:
    """Return what a leaf may have been meant to be, the likeliest first, and None for itself if it finds something.

    Empty when a word of it finds nothing and no other spelling is known either.
    """
    ways: list[tuple[str, float]] = [(leaf.text, 0.0)]
    wrong = False
    # From the end, so that the places of the words before stay what they are.
    for word in reversed(list(words(leaf.text))):
        documents = vocabulary.documents_with(word.form, leaf.field)
        if documents > FEW or (documents and len(word.form) < (_LONG if found else _LONG_WITHOUT_HITS)):
            continue
        spelt = vocabulary.spellings(word.form, leaf.field, edits=1 if documents else 2)
        others = [(other.text, other.score) for other in spelt if other.documents >= documents * _SO_MUCH_COMMONER]
        if documents:
            others.append((word.form, 0.0))
        wrong = wrong or not documents
        ways = [
            (text[: word.start] + other + text[word.end :] if other != word.form else text, score + more)
            for text, score in ways
            for other, more in others
        ]
    ways.sort(key=lambda way: -way[1])
    changes: list[_Change | None] = [
        _Change(leaf, _leaf(leaf, text), score) for text, score in ways if text != leaf.text
    ]
    return changes if wrong else [*changes, None]


def _leaf(leaf: Text, text: str) -> Node | None:
    """Return a leaf with another text; a bare word that has become two is two words, not a phrase."""
    if leaf.field is None and len(forms(leaf.text)) == 1:
        return conjunction(replace(leaf, text=word) for word in text.split())
    return replace(leaf, text=text)


def _joins(node: Node, vocabulary: Vocabulary) -> Iterator[_Change]:
    """Yield neighbours that are one word, written apart."""
    if isinstance(node, And | Or):
        for member in node.nodes:
            yield from _joins(member, vocabulary)
    if not isinstance(node, And):
        return
    for one, other in pairwise(node.nodes):
        if not (isinstance(one, Text) and isinstance(other, Text)) or one.field != other.field:
            continue
        if one.fuzzy or other.fuzzy or one.prefix or other.prefix:
            continue
        parts = forms(one.text) + forms(other.text)
        if len(parts) == 2 and (documents := vocabulary.documents_with("".join(parts), one.field)):
            yield _Change(one, replace(one, text="".join(parts)), float(documents), (other,))


def _changed(asked: Query, changes: Iterable[_Change | None]) -> Query | None:
    """Return a query with the changes made; None when nothing is left of it."""
    made = [change for change in changes if change is not None]
    new: dict[int, Node | None] = {id(leaf): None for change in made for leaf in change.also}
    new |= {id(change.leaf): change.new for change in made}
    node = _put(asked.node, new)
    return None if node is None else replace(asked, node=node)


def _put(node: Node, new: Mapping[int, Node | None]) -> Node | None:
    match node:
        case Text():
            return new.get(id(node), node)
        case And(nodes):
            return conjunction(_put(member, new) for member in nodes)
        case Or(nodes):
            return disjunction(_put(member, new) for member in nodes)
        case Not():
            return node
    return node


def finished(node: Node) -> Node:
    """Return a tree that is being typed as if its last word were whole."""
    match node:
        case And(nodes) | Or(nodes):
            return replace(node, nodes=(*nodes[:-1], finished(nodes[-1])))
        case Text():
            return replace(node, prefix=False)
    return node
