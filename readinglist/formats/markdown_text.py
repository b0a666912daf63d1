"""Put foreign text into Markdown so that it shows as it is, and take it out again.

What is escaped is what Markdown or Obsidian would act on: emphasis, links, images, HTML, tags, headings, comments.
Formulas between dollar signs and web addresses stay as they are, so that they are shown as such. Knows nothing of
papers.
"""

from __future__ import annotations

import re
from collections.abc import Callable

# A formula holds no HTML tag and no link; an address ends before whatever is escaped outside of it.
_RAW = re.compile(
    r"(\$(?=\S)(?:[^$\n<\]]|<(?![A-Za-z/!?])|\](?!\())*(?<=\S)\$(?!\d)|https?://[^\s<>\[\]\\`$^|*]+)", re.IGNORECASE
)
_SPECIAL = re.compile(r"[\\`*_\[\]<>#~|^]|==|%%")
# What begins a list or a rule: a dash, a plus, a number with a stop or a bracket.
_BEGINNING = re.compile(r"^([ \t]*(?:\d{1,9}(?=[.)](?:\s|$))|(?=[-+](?:[\s-]|$))))(.)", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#~|^=%.)+-])")
_GUARDED = re.compile(r"^(\\*[#>^])", re.MULTILINE)
_UNGUARDED = re.compile(r"^\\(\\*[#>^])", re.MULTILINE)


def escape_markdown(text: str) -> str:
    """Return Markdown that shows `text`; `unescape_markdown` gives it back.

    >>> escape_markdown("a_b ![x](y) and $a_b$")
    'a\\\\_b !\\\\[x\\\\](y) and $a_b$'
    """
    return _outside_raw(text, lambda piece: _BEGINNING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", piece)))


def unescape_markdown(text: str) -> str:
    """Return the text that `escape_markdown` was given; in other Markdown, escaped signs lose their backslash."""
    return _outside_raw(text, lambda piece: _ESCAPED.sub(r"\1", piece))


def guard_lines(text: str) -> str:
    """Return Markdown of the reader's in which no line begins a heading, a quote or a mark of ours."""
    return _GUARDED.sub(r"\\\1", text)


def unguard_lines(text: str) -> str:
    """Return what `guard_lines` was given."""
    return _UNGUARDED.sub(r"\1", text)


def _outside_raw(text: str, change: Callable[[str], str]) -> str:
    pieces = _RAW.split(text)
    pieces[::2] = map(change, pieces[::2])
    return "".join(pieces)
