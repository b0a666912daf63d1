"""Turn HTML as it stands in feeds and abstracts into plain text. Knows nothing of papers, and shows nothing.

Takes time in proportion to the text, whatever is in it: a tag that is not closed is text.
"""

from __future__ import annotations

import html
import re

# A tag ends at the first ">" outside quotes and before the next "<".
_TAG = re.compile(r"""<(/?)([A-Za-z][\w:.-]*+)(?=[\s/>])((?:"[^"<]*+"|'[^'<]*+'|[^<>])*+)>|<!--""")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_RAISED = re.compile(r"<su([bp])>([^<>&]{1,20})</su\1>", re.IGNORECASE)

_BLOCK_NAMES = """
    address article aside blockquote body br center dd details div dl dt figcaption figure footer form
    h1 h2 h3 h4 h5 h6 head header hr html li list list-item main nav ol p pre sec section summary table
    title tr ul
"""
_INLINE_NAMES = """
    a abbr acronym alt b bdi bdo big bold caption cite code col colgroup data del dfn em embed font i
    iframe img ins italic kbd label link mark meta nobr object picture q s samp sc small source span
    strike strong sub sup tbody td tfoot th thead time tt u var video wbr xref ext-link inline-formula
    disp-formula tex-math math mi mo mn mrow msub msup msubsup mfrac msqrt mtext mspace mover munder
    mstyle semantics annotation
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_INLINE = frozenset(_INLINE_NAMES.split())
_SPACED = frozenset({"td", "th"})
_SILENT = frozenset({"script", "style", "template", "noscript", "svg"})
_KNOWN = _BLOCKS | _INLINE | _SILENT
_UP = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_DOWN = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def text_of_html(source: str) -> str:
    """Return the text of HTML, paragraphs divided by a blank line; what is no known tag stays as it is.

    Indices keep their meaning where Unicode has them. White space is left for `text.clean` to tidy.

    >>> text_of_html("<p>If 1 &lt; 2 &amp; <i>a</i> &lt;b&gt;</p><p>CO<sub>2</sub></p>").strip()
    'If 1 < 2 & a <b>\\n\\n\\n\\nCO₂'
    """
    if "<" not in source:
        return unescaped(source)
    source = _RAISED.sub(_raised, source)
    parts: list[str] = []
    position = 0
    comments_end = True
    lower = ""
    while (tag := _TAG.search(source, position)) is not None:
        name = (tag.group(2) or "").rpartition(":")[2].lower()
        end = tag.end()
        if tag.group() == "<!--":
            close = source.find("-->", end) if comments_end else -1
            comments_end = close >= 0
            before, between = tag.start() if comments_end else end, ""
            end = close + 3 if comments_end else end
        elif name not in _KNOWN:
            before, between = end, ""
        else:
            before = tag.start()
            between = "\n\n" if name in _BLOCKS else " " if name in _SPACED else ""
            if name in _SILENT and not tag.group(1) and not tag.group(3).endswith("/"):
                lower = lower or source.lower()
                close = lower.find(f"</{tag.group(2).lower()}", end) if len(lower) == len(source) else -1
                end = close if close >= 0 else len(source)
        parts += (source[position:before], between)
        position = end
    parts.append(source[position:])
    return unescaped("".join(parts))


def is_html_tag(name: str) -> bool:
    """Say whether `text_of_html` takes an element of this name for a tag."""
    return name.lower() in _KNOWN


def unescaped(text: str) -> str:
    """Return `text` with its character references resolved; an ampersand that begins none stays."""
    return _ENTITY.sub(lambda found: html.unescape(found.group()), text) if "&" in text else text


def _raised(found: re.Match[str]) -> str:
    text = found.group(2).strip()
    table = _UP if found.group(1).lower() == "p" else _DOWN
    return text.translate(table) if text and all(ord(char) in table for char in text) else found.group()
