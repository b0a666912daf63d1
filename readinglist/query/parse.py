"""Read a query as typed: `parse` returns the tree and the order, or says what is wrong and where.

Knows nothing of papers, and of saved searches only their names.
"""

from __future__ import annotations

from dataclasses import replace

from readinglist.errors import QueryError
from readinglist.phrase import phrase
from readinglist.query import fields
from readinglist.query.fields import FIELDS, Field, FieldValueError
from readinglist.query.lexer import Kind, Token, tokens
from readinglist.query.nodes import (
    Everything,
    Filter,
    Node,
    Query,
    SortKey,
    Text,
    conjunction,
    disjunction,
    negation,
)
from readinglist.query.printer import sort_text, to_text
from readinglist.query.values import may_become_value, read_sort, read_value
from readinglist.text.words import forms, words

__all__ = ["MAX_CHARACTERS", "MAX_DEPTH", "MAX_TERMS", "parse", "to_text"]

MAX_CHARACTERS = 1000
MAX_TERMS = 64
MAX_DEPTH = 20

# The grammar, over the tokens of `lexer` (which says what counts as a quote, a parenthesis, an operator):
#
#   query  =  [ either ]
#   either =  both { ( "OR" | "|" ) both }
#   both   =  one { [ "AND" ] one }
#   one    =  ( "NOT" | "-" ) one  |  group  |  FIELD value  |  term
#   value  =  group  |  term              a group after a field: its words are values of that field
#   group  =  "(" [ either ] ")"
#   term   =  WORD [ "*" | "~" | "~1" | "~2" ]  |  '"' words '"' [ "*" | "~" | "~1" | "~2" ]
#
# FIELD is a name of `fields.FIELDS` with its colon. "sort:" may stand anywhere but under a negation; it orders
# and selects nothing. What selects nothing (an empty group, "" or an unfinished field) is left out.


def parse(text: str, *, typing: bool = False) -> Query:
    """Return what `text` asks for; the empty text asks for everything.

    With `typing` the text is being typed and its end is where the cursor is: the last word also matches as a
    prefix (unless it is negated), open quotes and parentheses are closed, and an operator or field that waits
    for the rest is left out.
    Raises QueryError with the place in `text`; nothing else, whatever the text.
    """
    if len(text) > MAX_CHARACTERS:
        raise QueryError(
            phrase("A query has at most {most:,} characters.", most=MAX_CHARACTERS),
            text,
            MAX_CHARACTERS,
            len(text),
        )
    return _Parser(text, typing=typing).query()


class _Parser:
    """One pass over the tokens of one query. A method for each rule of the grammar; None selects nothing."""

    def __init__(self, text: str, *, typing: bool) -> None:
        self.text = text
        self.typing = typing
        self.tokens = tokens(text, typing=typing)
        self.next = 0
        self.depth = 0
        self.terms = 0
        self.negations: list[Token] = []
        self.sort: list[SortKey] = []

    def query(self) -> Query:
        node = self.either(None)
        assert self.next == len(self.tokens), "the lexer balances parentheses"
        return Query(node or Everything(), tuple(self.sort), self.text)

    def either(self, field: Field | None) -> Node | None:
        members = [self.both(field)]
        while self.take(Kind.OR):
            members.append(self.both(field))
        return disjunction(members)

    def both(self, field: Field | None) -> Node | None:
        members = [self.one(field)]
        while self.take(Kind.AND) or self.peek() not in (None, Kind.OR, Kind.CLOSE):
            members.append(self.one(field))
        return conjunction(members)

    def one(self, field: Field | None) -> Node | None:
        if self.peek() in (None, Kind.CLOSE):
            return None
        token = self.tokens[self.next]
        self.next += 1
        match token.kind:
            case Kind.NOT:
                self.enter(token)
                self.negations.append(token)
                node = negation(self.one(field))
                self.negations.pop()
                self.depth -= 1
                return node
            case Kind.OPEN:
                return self.group(token, field)
            case Kind.FIELD:
                return self.value(token)
            case _:
                return self.term(token, field, token.start)

    def group(self, opening: Token, field: Field | None) -> Node | None:
        self.enter(opening)
        node = self.either(field)
        closed = self.take(Kind.CLOSE)
        assert closed, "the lexer balances parentheses"
        self.depth -= 1
        return node

    def value(self, name: Token) -> Node | None:
        field = FIELDS[name.text]
        token = self.tokens[self.next] if self.next < len(self.tokens) else None
        if token is None or not token.value:
            return None  # only while typing: the value is still to come
        self.next += 1
        if token.kind is Kind.OPEN:
            return self.group(token, field)
        return self.term(token, field, name.start)

    def term(self, token: Token, field: Field | None, start: int) -> Node | None:
        if field is None or field.kind is fields.Kind.TEXT:
            node: Node | None = self.words(token, field, start)
        elif field.kind is fields.Kind.SORT:
            self.order(token, field, start)
            return None
        else:
            node = self.filter(token, field, start)
        if node is not None:
            self.terms += 1
            if self.terms > MAX_TERMS:
                raise QueryError(
                    phrase("A query has at most {most} terms.", most=MAX_TERMS),
                    self.text,
                    start,
                    len(self.text),
                )
        return node

    def words(self, token: Token, field: Field | None, start: int) -> Text | None:
        text, suffix = token.text, token.suffix
        if token.kind is Kind.WORD:
            text, suffix = _without_suffix(text)
        found = forms(text)
        if not found:
            return None
        leaf = Text(text, field.name if field else None, start=start, end=token.end)
        if suffix == "*":
            return replace(leaf, prefix=True)
        if suffix and len(found) == 1:
            most = int(suffix[1:]) if suffix[1:] else 1 if len(found[-1]) <= 5 else 2
            return replace(leaf, fuzzy=most)
        if self.is_last(token) and not self.negations and [*words(text)][-1].end == len(text):
            return replace(leaf, prefix=True)
        return leaf

    def filter(self, token: Token, field: Field, start: int) -> Filter | None:
        try:
            value = read_value(field, token.text)
        except FieldValueError as error:
            if self.is_last(token) and may_become_value(field, token.text):
                return None
            raise self.wrong_value(error, token, start) from None
        return Filter(field.name, value, start, token.end)

    def order(self, token: Token, field: Field, start: int) -> None:
        try:
            key = read_sort(field, token.text)
        except FieldValueError as error:
            if self.is_last(token) and may_become_value(field, token.text):
                return
            raise self.wrong_value(error, token, start) from None
        if self.negations:
            turned = sort_text(replace(key, descending=not key.descending))
            raise QueryError(
                phrase("An order cannot be negated; to turn it round, write {turned}.", turned=turned),
                self.text,
                self.negations[-1].start,
                token.end,
                turned,
            )
        self.sort.append(key)

    def wrong_value(self, error: FieldValueError, token: Token, start: int) -> QueryError:
        place = start if error.whole_term else token.start
        return QueryError(error.message, self.text, place, token.end, error.suggestion)

    def enter(self, token: Token) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise QueryError(
                phrase("A query has at most {most} levels of parentheses and negations.", most=MAX_DEPTH),
                self.text,
                token.start,
                token.end,
            )

    def is_last(self, token: Token) -> bool:
        """Say whether `token` is being typed: it is where the text ends, and no quote has closed it."""
        return self.typing and token.end == len(self.text) and (token.kind is Kind.WORD or token.open_end)

    def peek(self) -> Kind | None:
        return self.tokens[self.next].kind if self.next < len(self.tokens) else None

    def take(self, kind: Kind) -> bool:
        if self.peek() is kind:
            self.next += 1
            return True
        return False


def _without_suffix(word: str) -> tuple[str, str]:
    """Take "*", "~", "~1" or "~2" off the end of a word, where a letter or digit stands before it.

    >>> _without_suffix("transform*"), _without_suffix("fuzy~1"), _without_suffix("RRT*-AR")
    (('transform', '*'), ('fuzy', '~1'), ('RRT*-AR', ''))
    """
    for suffix in ("*", "~", "~1", "~2"):
        bare = word.removesuffix(suffix)
        if bare != word and bare[-1:].isalnum():
            return bare, suffix
    return word, ""
