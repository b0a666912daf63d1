"""Say what is being typed in a query, and what it may become. Knows fields and fixed values; the names of tags,
authors or saved searches come from whoever asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from readinglist.errors import QueryError
from readinglist.query.fields import FIELDS, Choice, Field, Kind
from readinglist.query.lexer import Kind as Piece
from readinglist.query.lexer import Token, pieces
from readinglist.query.printer import quoted
from readinglist.text.words import fold

_NAME = re.compile(r"[a-z]+")
_REST_OF_NAME = re.compile(r"[a-z]*:?")
_REST_OF_WORD = re.compile(r"[^\s()]*")
_REST_OF_PHRASE = re.compile(r'(?:[^"\\]|\\.)*"?', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Completion:
    """What is being typed at the cursor.

    `kind`: a field's name, a field's value, or a word. `field` is the field of a value (also of the words of a text
    field), else None. `typed` is what stands before the cursor, without quotes. `start` and `end` are the range, in
    code points, that a candidate would replace, what stands after the cursor included. `candidates` are ready to
    be put there; for a tag and such, put `quoted(name)`.
    """

    kind: Literal["field", "value", "word"]
    field: str | None
    typed: str
    start: int
    end: int
    candidates: tuple[Choice, ...] = ()


def complete(text: str, cursor: int) -> Completion:
    """Return what is being typed in `text` where the cursor is (0 to its length, in code points)."""
    cursor = max(0, min(cursor, len(text)))
    try:
        before = pieces(text[:cursor], typing=True, title=False)
    except QueryError:
        # A slip in a field's name further back, which the parser tells: the word at the cursor is all we know.
        before = []
        start = max((found.end() for found in re.finditer(r"\s", text[:cursor])), default=0)
        if start < cursor:
            before = [Token(Piece.WORD, text[start:cursor], start, cursor, fresh=False)]
    last = before[-1] if before and before[-1].end == cursor else None
    field = _field_at_end(before, touching=last is not None)
    if last and (last.kind is Piece.WORD or last.open_end):
        return _value(field, last, text) if field else _name_or_word(last, text)
    if field and last and last.kind is Piece.FIELD:
        return _value(field, Token(Piece.WORD, "", cursor, cursor, fresh=True), text)
    if last and last.kind in (Piece.PHRASE, Piece.CLOSE):
        return Completion("word", None, "", cursor, cursor)
    nothing = Token(Piece.WORD, "", cursor, cursor, fresh=True)
    return _value(field, nothing, text) if field else _name_or_word(nothing, text)


def completed(text: str, completion: Completion, candidate: str) -> tuple[str, int]:
    """Return the query with `candidate` in place, and where the cursor then belongs.

    After a value or word a space is put, where none stands yet; after a field's colon its value goes on.
    """
    rest = text[completion.end :]
    if completion.kind != "field" and not rest[:1].isspace() and not rest.startswith(")"):
        rest = " " + rest
    placed = text[: completion.start] + candidate
    stays = completion.kind == "field" or rest.startswith(")")
    return placed + rest, len(placed) + (0 if stays else 1)


def _field_at_end(before: list[Token], *, touching: bool) -> Field | None:
    """Return the field that the last piece is a value of, or without `touching` it, what comes after it."""
    groups: list[Field | None] = []
    named: Field | None = None
    for piece in before:
        around = groups[-1] if groups else None
        match piece.kind:
            case Piece.FIELD:
                named = FIELDS[piece.text]
            case Piece.OPEN:
                groups.append(named if piece.value else around)
            case Piece.CLOSE if groups:
                groups.pop()
    last = before[-1] if before else None
    if touching and last and (last.kind is Piece.FIELD or (last.value and last.kind is not Piece.OPEN)):
        return named
    return groups[-1] if groups else None


def _value(field: Field, token: Token, text: str) -> Completion:
    start, typed = token.start, token.text
    rest = _REST_OF_PHRASE if token.kind is Piece.PHRASE else _REST_OF_WORD
    if field.kind is Kind.SORT and typed.startswith("-"):
        start, typed = start + 1, typed[1:]
    candidates = tuple(
        Choice(quoted(choice.text) if field.kind is not Kind.DATE else choice.text, choice.help)
        for choice in field.values
        if choice.text.startswith(fold(typed)) and field.kind is not Kind.TEXT
    )
    return Completion("value", field.name, typed, start, _end(rest, text, token.end), candidates)


def _name_or_word(token: Token, text: str) -> Completion:
    if token.fresh and (not token.text or _NAME.fullmatch(token.text)):
        candidates = tuple(
            Choice(f"{field.name}:", field.help) for field in FIELDS.values() if field.name.startswith(token.text)
        )
        if candidates and token.text:
            end = _end(_REST_OF_NAME, text, token.end)
            return Completion("field", None, token.text, token.start, end, candidates)
        return Completion("word", None, token.text, token.start, _end(_REST_OF_WORD, text, token.end), candidates)
    rest = _REST_OF_PHRASE if token.kind is Piece.PHRASE else _REST_OF_WORD
    return Completion("word", None, token.text, token.start, _end(rest, text, token.end))


def _end(rest: re.Pattern[str], text: str, place: int) -> int:
    found = rest.match(text, place)
    return found.end() if found else place
