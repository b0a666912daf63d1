"""How two texts differ, word by word. Draws nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

_TOKEN = re.compile(r"[぀-ヿ㐀-鿿가-힣]|\w+|\n|[^\S\n]+|[^\w\s]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_MOST_PAIRS = 40_000_000
"""Pairs of tokens that are compared: 5 MB and 40 ms at most. Beyond them whole lines are compared."""


class Kind(Enum):
    """What a piece of text is: in both, only in the first, only in the second."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Piece(NamedTuple):
    """A piece of the two texts."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """Return how `after` comes from `before`: pieces in order, no two of a kind in a row, none empty.

    Those that are the same or gone make `before`, those that are the same or new make `after`.
    >>> [(piece.kind.value, piece.text) for piece in differences("a red cat", "a blue cat")]
    [('same', 'a '), ('gone', 'red'), ('new', 'blue'), ('same', ' cat')]
    """
    pieces: list[Piece] = []
    for pattern in (_TOKEN, _LINE):
        old, new = pattern.findall(before), pattern.findall(after)
        start = _alike(old, new)
        end = _alike(old[start:][::-1], new[start:][::-1])
        olds, news = old[start : len(old) - end], new[start : len(new) - end]
        if len(olds) * len(news) <= _MOST_PAIRS:
            pieces = [Piece(Kind.SAME, "".join(old[:start])), *_compared(olds, news)]
            pieces.append(Piece(Kind.SAME, "".join(old[len(old) - end :])))
            break
    else:
        pieces = [Piece(Kind.GONE, before), Piece(Kind.NEW, after)]
    return _tidied(pieces)


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )


def _compared(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    pieces = []
    for op in LCSseq.opcodes(old, new):
        was, now = "".join(old[op.src_start : op.src_end]), "".join(new[op.dest_start : op.dest_end])
        if op.tag == "equal":
            pieces.append(Piece(Kind.SAME, was))
        else:
            pieces += [Piece(Kind.GONE, was), Piece(Kind.NEW, now)]
    return pieces


def _tidied(pieces: Sequence[Piece]) -> list[Piece]:
    """Join what belongs together: a blank between two changes is part of them; what is gone goes before what is new."""
    pieces = [piece for piece in pieces if piece.text]
    made: list[Piece] = []
    gone = new = ""
    for at, (kind, text) in enumerate(pieces):
        if kind is Kind.GONE:
            gone += text
        elif kind is Kind.NEW:
            new += text
        elif (gone or new) and text.isspace() and "\n" not in text and at + 1 < len(pieces):
            gone, new = gone + text, new + text
        else:
            made += _both(gone, new)
            gone = new = ""
            if made and made[-1].kind is Kind.SAME:
                made[-1] = Piece(Kind.SAME, made[-1].text + text)
            else:
                made.append(Piece(Kind.SAME, text))
    return made + _both(gone, new)


def _both(gone: str, new: str) -> list[Piece]:
    return [piece for piece in (Piece(Kind.GONE, gone), Piece(Kind.NEW, new)) if piece.text]
