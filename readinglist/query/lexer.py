"""Cut a query into tokens: decide which quotes, parentheses, dashes, colons and capital words are meant.

Titles are pasted as they stand, and they are full of such characters. So each of them is an operator in one
place only, and a character of a word everywhere else:

"      opens a phrase at the start of a word; the next one ends it. Inside, \\" and \\\\ stand for " and \\.
( )    group when the first is at the start of a word and its partner at the end of one (before white space, a
       parenthesis, one of . , ; : ! ? or the end): "GPT-4V(ision)", "(2.5+1)D" are words.
-      negates when it is at the start of a word and a letter, digit, quote or group touches it: " - " and
       "--" do not.
NOT    negates when something follows. AND, OR and | join when something stands on both sides, and are words
       or nothing otherwise ("AND does not mean OR: ...").
name:  is a field when it is at the start of a word, known, lower case, and its value touches it. A name that
       is likely a slip for a known one is an error; any other is text ("http://x.org", "10:30").

The start of a word is the start of the query or what comes after white space, the parenthesis that opens a
group, a negation or a field.

A quote or group that is never closed is an error, and so is a parenthesis that closes nothing among
operators - but not in what reads like a title: six words or more, the first (but for NOT) with a capital letter
or digit, without a field and without OR or |. There such a quote or parenthesis is text, and so is a negation that the
sentence goes on after, or that ends in a dash ("Does NOT Work for Event Detection", "for a car system
-iCART-"); at the end of "Sparse attention in long context models -vision" it negates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from readinglist.errors import QueryError
from readinglist.phrase import phrase
from readinglist.query.fields import FIELDS, close_field
from readinglist.text.words import forms


class Kind(StrEnum):
    """What a token is."""

    WORD = "word"
    PHRASE = "phrase"
    FIELD = "field"
    OPEN = "open"
    CLOSE = "close"
    NOT = "not"
    AND = "and"
    OR = "or"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query and its place in it.

    `text` is the word, what stands inside the quotes, or the field's name. `fresh`: it is at the start of a
    word. `value`: it touches the field before it. `suffix` is what follows a phrase's quote ("*", "~", "~1",
    "~2"). `open_end`: the phrase was still open where the text ends.
    """

    kind: Kind
    text: str
    start: int
    end: int
    fresh: bool
    value: bool = False
    suffix: str = ""
    open_end: bool = False


_OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "|": Kind.OR, "NOT": Kind.NOT}
_SPACE = re.compile(r"\s+")
_FIELD = re.compile(r"([a-z]+):(?=[^\s)])")
_BARE_FIELD = re.compile(r"([a-z]+):\s*\Z")
_PLAIN = re.compile(r"[^\s()]+")
_PHRASE = re.compile(r'"((?:[^"\\]|\\.)*)(?:(")(\*|~[12]?)?|\\?\Z)', re.DOTALL)
_ESCAPE = re.compile(r'\\(["\\])')
_CLOSES_BEFORE = "().,;:!?"
_OPERANDS = (Kind.WORD, Kind.PHRASE, Kind.CLOSE)


def reads_like_a_title(text: str) -> bool:
    """Say whether a query is a pasted title rather than words and operators; see the head of this module.

    >>> reads_like_a_title("One Size Does NOT Fit All: A Study"), reads_like_a_title("bert NOT vision")
    (True, False)
    """
    words = text.split()
    first = next((word for word in words if word not in _OPERATORS), "").lstrip("\"'`([{*$“‘")
    if len(words) < 6 or not (first[:1].isupper() or first[:1].isdigit()):
        return False
    return not any(
        word in ("OR", "|") or ((found := _FIELD.match(word.lstrip("(-"))) and found.group(1) in FIELDS)
        for word in words
    )


def tokens(text: str, *, typing: bool = False) -> list[Token]:
    """Return the tokens of a query; parentheses are balanced, and words without a letter or digit left out.

    With `typing`, what is open or unfinished at the end is closed or left out instead of being an error.
    Raises QueryError.
    """
    title = reads_like_a_title(text)
    found = _with_groups(pieces(text, typing=typing, title=title), text, typing=typing, title=title)
    return _with_operators(_joined(found, text), typing=typing, title=title)


def pieces(text: str, *, typing: bool, title: bool) -> list[Token]:
    """Cut at white space, parentheses, and what may stand before a word; nothing is matched or left out yet.

    Raises QueryError.
    """
    found: list[Token] = []
    groups: list[bool] = []
    place = 0
    fresh = True  # at the start of a word
    value = False  # right after a field's colon
    after_group = False
    while place < len(text):
        if space := _SPACE.match(text, place):
            place, fresh, value, after_group = space.end(), True, False, False
            continue
        start, letter = place, text[place]
        if letter == "(":
            groups.append(fresh or after_group)
            found.append(Token(Kind.OPEN, letter, start, start + 1, fresh or after_group, value))
            place, value, fresh, after_group = start + 1, False, fresh or after_group, False
            continue
        if letter == ")":
            after_group = bool(groups) and groups.pop()
            found.append(Token(Kind.CLOSE, letter, start, start + 1, False))
            place, value, fresh = start + 1, False, False
            continue
        after_group = False
        if fresh and letter == '"' and (phrase := _PHRASE.match(text, place)):
            if phrase.group(2) or typing:
                found.append(_phrase(phrase, text, value=value))
                place, fresh, value = found[-1].end, False, False
                continue
            if not title:
                raise QueryError("This quotation mark is never closed.", text, start, start + 1)
        if fresh and not value:
            after = text[start + 1 : start + 2]
            if letter == "-" and (after.isalnum() or after in ('"', "(")):
                found.append(Token(Kind.NOT, letter, start, start + 1, fresh))
                place = start + 1
                continue
            if field := _field(text, place, typing=typing, title=title):
                found.append(field)
                place, value = field.end, True
                continue
        plain = _PLAIN.match(text, place)
        assert plain is not None  # neither white space nor a parenthesis
        found.append(Token(Kind.WORD, plain.group(), start, plain.end(), fresh, value))
        place, fresh, value = plain.end(), False, False
    return found


def _phrase(match: re.Match[str], text: str, *, value: bool) -> Token:
    suffix = match.group(3) or ""
    end = match.end()
    after = text[end : end + 1]
    if suffix and after and not after.isspace() and after not in _CLOSES_BEFORE:
        end, suffix = end - len(suffix), ""
    inside = _ESCAPE.sub(r"\1", match.group(1))
    return Token(Kind.PHRASE, inside, match.start(), end, True, value=value, suffix=suffix, open_end=not match.group(2))


def _field(text: str, place: int, *, typing: bool, title: bool) -> Token | None:
    """Return the field that starts at `place`, or None for text. Raises QueryError for a likely slip."""
    if bare := _BARE_FIELD.match(text, place):
        if bare.group(1) not in FIELDS or (title and not typing):
            return None
        if not typing:
            name = bare.group(1)
            raise QueryError(
                phrase("“{name}:” needs a value, for example {example}.", name=name, example=FIELDS[name].example),
                text,
                place,
                place + len(name) + 1,
            )
    if not (found := bare or _FIELD.match(text, place)):
        return None
    name = found.group(1)
    end = place + len(name) + 1
    if name in FIELDS:
        return Token(Kind.FIELD, name, place, end, fresh=True)
    if not title and (close := close_field(name)):
        message = phrase("There is no field “{name}:”. Did you mean “{close}:”?", name=name, close=close)
        raise QueryError(message, text, place, end, f"{close}:")
    return None


def _with_groups(found: list[Token], text: str, *, typing: bool, title: bool) -> list[Token]:
    """Match the parentheses; those that do not group become words."""
    settled = list(found)
    opened: list[int] = []
    stray: list[int] = []
    for here, piece in enumerate(found):
        if piece.kind is Kind.OPEN:
            opened.append(here)
        elif piece.kind is Kind.CLOSE:
            if not opened:
                stray.append(here)
                continue
            there = opened.pop()
            if found[there].fresh and _ends_word(text, piece.end):
                continue
            if found[there].fresh and not title and _has_operator(found[there + 1 : here]):
                raise QueryError("Put a space after this parenthesis.", text, piece.start, piece.end, ") ")
            for index in (there, here):
                settled[index] = replace(found[index], kind=Kind.WORD)
    for there in opened:
        if not found[there].fresh:
            settled[there] = replace(found[there], kind=Kind.WORD)
        elif typing:
            settled.append(Token(Kind.CLOSE, "", len(text), len(text), False))
        elif title:
            settled[there] = replace(found[there], kind=Kind.WORD)
        else:
            place = found[there].start
            raise QueryError("This parenthesis is never closed.", text, place, place + 1)
    operates = bool(stray) and not title and _has_operator(settled)
    for here in stray:
        settled[here] = replace(found[here], kind=Kind.WORD)
        if operates and _ends_word(text, found[here].end):
            place = found[here].start
            raise QueryError("This parenthesis closes nothing.", text, place, place + 1, "")
    return settled


def _ends_word(text: str, place: int) -> bool:
    return place == len(text) or text[place].isspace() or text[place] in _CLOSES_BEFORE


def _has_operator(found: list[Token]) -> bool:
    return any(
        piece.kind in (Kind.FIELD, Kind.NOT) or (piece.kind is Kind.WORD and piece.fresh and piece.text in _OPERATORS)
        for piece in found
    )


def _joined(found: list[Token], text: str) -> list[Token]:
    """Join the pieces of one word, and leave out the words in which there is nothing to find."""
    joined: list[Token] = []
    for piece in found:
        last = joined[-1] if joined else None
        if last and last.end == piece.start and piece.kind is Kind.WORD:
            if last.kind is Kind.NOT and piece.text == "(":
                # The group that the dash would have negated is none: all of it is one word.
                last = replace(last, kind=Kind.WORD)
            if last.kind is Kind.WORD:
                joined[-1] = replace(last, text=text[last.start : piece.end], end=piece.end)
                continue
        joined.append(piece)
    return [
        piece
        for piece in joined
        if piece.kind is not Kind.WORD or piece.value or piece.text == "|" or forms(piece.text)
    ]


def _with_operators(words: list[Token], *, typing: bool, title: bool) -> list[Token]:
    """Tell the operators from the words and dashes of a sentence."""
    settled: list[Token] = []
    for here, word in enumerate(words):
        after = words[here + 1 : here + 3]
        goes_on = bool(after) and after[0].kind is not Kind.CLOSE
        if word.kind is Kind.NOT or (word.kind is Kind.WORD and word.text in _OPERATORS and not word.value):
            kind = Kind.NOT if word.kind is Kind.NOT else _OPERATORS[word.text]
            binary = kind is not Kind.NOT
            if kind is Kind.NOT and title and _is_in_sentence(after):
                kind = Kind.WORD
            elif not goes_on or (binary and not (settled and settled[-1].kind in _OPERANDS)):
                if typing and not goes_on:
                    continue
                kind = Kind.WORD
            if kind is Kind.WORD and not forms(word.text):
                continue
            word = replace(word, kind=kind)
        settled.append(word)
    return settled


def _is_in_sentence(after: list[Token]) -> bool:
    """Say whether a negation is part of a sentence: a word follows, and more after it or a dash at its end."""
    if not after or after[0].kind is not Kind.WORD:
        return False
    return after[0].text.endswith("-") or (len(after) > 1 and after[1].kind is not Kind.NOT)
