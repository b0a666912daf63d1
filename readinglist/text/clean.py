"""Make foreign text safe to keep and show: one line or many, without control or direction-override characters."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls but tab and newline; lone surrogates; non-characters; bidirectional embeddings, overrides and
# isolates (Unicode TR 36 §2.3.2: they make one text look like another).
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_SPACES = re.compile(r"[^\S\n]+")


def is_clean(text: str) -> bool:
    """Say whether a text holds no unsafe character; quick where it is of letters, signs and newlines."""
    return text.replace("\n", " ").isprintable() or _UNSAFE.search(text) is None


def clean_text(text: str) -> str:
    """Return `text` in NFC with plain newlines and without unsafe characters; spaces and layout are kept."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _UNSAFE.sub("", _BREAKS.sub("\n", text)))


def clean_line(text: str) -> str:
    """Return `text` as one safe line: every run of white space is one space, the ends are trimmed.

    >>> clean_line(" A\\u00a0title\\r\\n on two\\tlines ")
    'A title on two lines'
    """
    return " ".join(clean_text(text).split())


def clean_paragraphs(text: str) -> str:
    """Return `text` as safe paragraphs divided by one blank line; lines within a paragraph are kept apart by a space.

    >>> clean_paragraphs("One\\r\\nline.\\n\\n\\n Two. ")
    'One line.\\n\\nTwo.'
    """
    paragraphs = re.split(r"\n[^\S\n]*(?:\n[^\S\n]*)+", clean_text(text))
    return "\n\n".join(line for paragraph in paragraphs if (line := " ".join(paragraph.split())))
