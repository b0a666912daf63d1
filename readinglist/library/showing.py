"""Papers as they may be shown: whoever wrote the database, no control character or turn of direction comes out of it.

What comes in is cleaned (`settling`, `formats`), so that this has nothing to do but in a library that was written by
something else; it looks and takes some ten microseconds a paper.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from readinglist.paper import Author, Highlight, Link, Paper
from readinglist.text.clean import clean_line, clean_text, is_clean

_LINES = tuple(
    name
    for name in (field.name for field in fields(Paper))
    if name not in ("abstract", "note", "authors", "links", "keywords", "tags", "highlights", "corrected", "extra")
)


def safe(paper: Paper) -> Paper:
    """Return a paper without unsafe characters in its texts: itself, nearly always."""
    found = [text for name in _LINES if isinstance(text := getattr(paper, name), str)]
    found += [paper.abstract or "", paper.note or "", *paper.keywords, *paper.tags]
    found += [author.name for author in paper.authors]
    for link in paper.links:
        found += (link.kind, link.url)
    for each in paper.highlights:
        found += (each.quote, each.comment or "")
    return paper if is_clean("\n".join(found)) else _cleaned(paper)


def _cleaned(paper: Paper) -> Paper:
    values: dict[str, Any] = {name: clean_line(text) for name in _LINES if type(text := getattr(paper, name)) is str}
    return replace(
        paper,
        **values,
        abstract=paper.abstract and clean_text(paper.abstract),
        note=paper.note and clean_text(paper.note),
        keywords=tuple(map(clean_line, paper.keywords)),
        tags=frozenset(map(clean_line, paper.tags)),
        authors=tuple(Author(clean_line(each.name), each.family and clean_line(each.family)) for each in paper.authors),
        links=tuple(Link(clean_line(each.kind), clean_line(each.url)) for each in paper.links),
        highlights=tuple(map(_cleaned_highlight, paper.highlights)),
    )


def _cleaned_highlight(highlight: Highlight) -> Highlight:
    comment = highlight.comment and clean_text(highlight.comment)
    return replace(highlight, quote=clean_text(highlight.quote), comment=comment)
