"""What of a paper is searched as text, and how much a hit in it counts. Knows nothing of how it is kept.

The fields are those of the query language (`query.nodes.TEXT_FIELDS`). A field with several values (authors,
highlights, keywords) leaves a gap between them, so that no phrase stands half in one and half in the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from readinglist.paper import Paper

GAP = 10
"""Positions left free between two values of a field."""


@dataclass(frozen=True, slots=True)
class TextField:
    """A field of the index: its name in the query language, its weight, and its values in a paper."""

    name: str
    boost: float
    values: Callable[[Paper], Iterable[str]]


def _one(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()


def _highlights(paper: Paper) -> Iterable[str]:
    for highlight in paper.highlights:
        yield highlight.quote
        if highlight.comment:
            yield highlight.comment


FIELDS = (
    TextField("title", 4.0, lambda paper: _one(paper.title)),
    TextField("abstract", 1.0, lambda paper: _one(paper.abstract)),
    TextField("author", 1.0, lambda paper: (author.name for author in paper.authors)),
    TextField("note", 2.0, lambda paper: _one(paper.note)),
    TextField("highlight", 2.0, _highlights),
    TextField("venue", 1.0, lambda paper: _one(paper.venue)),
    TextField("keyword", 1.0, lambda paper: paper.keywords),
)
