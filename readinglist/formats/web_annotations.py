"""W3C Web Annotation JSON-LD (out): highlights with their comments, and notes, as one AnnotationCollection.

    {"type": "Annotation", "motivation": "highlighting", "target": {"source": ..., "styleClass": "green", "selector": [
        {"type": "TextQuoteSelector", "exact": "keep lists", "prefix": "We ", "suffix": " of"},
        {"type": "TextPositionSelector", "start": 3, "end": 13}]}}

Source: Web Annotation Data Model (2017-02-23) §3.3 (bodies, motivations), §4.2.4 and §4.2.5 (selectors), §4.4 (style),
§5 (collections). The target is the page of the paper; positions count code points of the abstract there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID, uuid5

from readinglist.formats.json_text import encode_json
from readinglist.paper import COLOURS, Highlight, Paper

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_SPACE = UUID("4c4ee1b7-9f77-5d5e-9a52-6b8f6b1f3c70")  # for ids of what has none of its own
_SHADES = dict(zip(COLOURS, ("#ffe58a", "#b9e8b0", "#b5d8ff", "#ffc4dd", "#ffd0a1"), strict=True))


def write_annotations(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield the collection, an annotation a line; papers without highlights and note add none."""
    head = {
        "@context": _CONTEXT,
        "id": "urn:readinglist:annotations",
        "type": "AnnotationCollection",
        "label": "Highlights and notes",
    }
    page = {"id": "urn:readinglist:annotations:1", "type": "AnnotationPage", "startIndex": 0}
    yield encode_json(head)[:-1] + ',\n"first": ' + encode_json(page)[:-1] + ', "items": ['
    total = 0
    for paper in papers:
        for annotation in annotations_of(paper):
            yield (",\n" if total else "\n") + encode_json(annotation)
            total += 1
    yield f'\n]}},\n"total": {total}}}\n'


def annotations_of(paper: Paper) -> Iterator[dict[str, Any]]:
    """Yield the annotations of one paper: its highlights in order, then its note."""
    source = _source(paper)
    for highlight in paper.highlights:
        yield _annotation(highlight, source)
    if paper.note:
        yield _without_none(
            {
                "id": _urn(str(uuid5(_SPACE, f"note {paper.uid} {paper.title}"))),
                "type": "Annotation",
                "motivation": "commenting",
                "modified": paper.changed or None,
                "body": _text(paper.note, "text/markdown"),
                "target": source,
            }
        )


def _annotation(highlight: Highlight, source: dict[str, Any]) -> dict[str, Any]:
    selectors: list[dict[str, Any]] = [
        {
            "type": "TextQuoteSelector",
            "exact": highlight.quote,
            "prefix": highlight.prefix,
            "suffix": highlight.suffix,
        }
    ]
    if highlight.start is not None and highlight.end is not None:
        selectors.append({"type": "TextPositionSelector", "start": highlight.start, "end": highlight.end})
    annotation: dict[str, Any] = {
        "id": _urn(highlight.id),
        "type": "Annotation",
        "motivation": "highlighting" if highlight.comment is None else "commenting",
        "created": highlight.created or None,
        "stylesheet": {"type": "CssStylesheet", "value": _rule(highlight.colour)},
    }
    if highlight.comment is not None:
        annotation["body"] = _text(highlight.comment, "text/plain")
    annotation["target"] = {
        "type": "SpecificResource",
        "source": source,
        "styleClass": highlight.colour,
        "selector": selectors,
    }
    return _without_none(annotation)


def _without_none(said: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if value is not None}


def _source(paper: Paper) -> dict[str, Any]:
    """Return the paper as the resource that is annotated: its page, else its DOI or arXiv number, else its uid."""
    address = paper.url or (f"https://doi.org/{paper.doi}" if paper.doi else None)
    address = address or (f"https://arxiv.org/abs/{paper.arxiv_id}" if paper.arxiv_id else None)
    return {
        "id": address or _urn(paper.uid or str(uuid5(_SPACE, paper.title))),
        "type": "Text",
        "dc:title": paper.title,
        "dc:creator": [author.name for author in paper.authors],
        **({"dc:identifier": f"doi:{paper.doi}"} if paper.doi else {}),
    }


def _text(value: str, kind: str) -> dict[str, Any]:
    return {"type": "TextualBody", "value": value, "format": kind, "purpose": "commenting"}


def _urn(text: str) -> str:
    try:
        return f"urn:uuid:{UUID(text)}"
    except ValueError:
        return f"urn:uuid:{uuid5(_SPACE, text)}"


def _rule(colour: str) -> str:
    return f".{colour} {{ background: {_SHADES.get(colour, _SHADES[COLOURS[0]])} }}"
