"""The index as Whoosh sees it: its schema and how a text is cut. Knows nothing of how postings are kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.analysis import Token, Tokenizer
from whoosh.fields import STORED, TEXT, Schema

from readinglist.index.texts import FIELDS, GAP
from readinglist.text.words import words

INDEX_NAME = "MAIN"

APART = "\x1f"
"""Stands between the values of a field with several, for Whoosh takes a list to be of words."""


class WordTokenizer(Tokenizer):  # type: ignore[misc]
    """Our words as a Whoosh tokenizer; what stands on two sides of an APART is kept apart by a gap."""

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **keywords: Any,
    ) -> Iterator[Token]:
        """Yield one token for each word; as elsewhere in Whoosh it is one object, changed each time."""
        token = Token(positions, chars, mode=mode, boost=1.0, **keywords)
        position = start_pos
        for text in value.split(APART):
            before = position
            for word in words(text):
                token.text = word.form
                token.pos = position
                token.startchar, token.endchar = start_char + word.start, start_char + word.end
                position += 1
                yield token
            if position > before:
                position += GAP


def schema() -> Schema:
    """Return the schema: our text fields, and the paper's number as a stored field `id`."""
    tokenizer = WordTokenizer()
    return Schema(id=STORED, **{field.name: TEXT(analyzer=tokenizer) for field in FIELDS})
