"""CSL-JSON files, as Zotero, Mendeley, Pandoc and Crossref give them.

Items stand in a list, in an object, or one after another; what an item is, `csl` knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from readinglist.errors import Problem
from readinglist.formats.csl import VARIABLES, csl_from_paper, paper_from_csl
from readinglist.formats.fields import BadRecord
from readinglist.formats.item import Item, Record
from readinglist.formats.json_text import encode_json, json_elements, json_values
from readinglist.formats.source import USUAL, Limits, Sample, Source
from readinglist.paper import Paper

_KEY = re.compile(r'(?<!\\)"([A-Za-z][\w-]*)"\s*:')
_OF_CSL_ONLY = re.compile(
    r'"(?:container-title(?:-short)?|date-parts|publisher-place|citation-key|event-place|number-of-pages|call-number'
    r'|collection-title|non-dropping-particle|dropping-particle|static-ordering|archive_location|title-short)"\s*:'
    r'|"type"\s*:\s*"(?:article(?:-journal|-magazine|-newspaper)|paper-conference|journal-article|proceedings-article'
    r'|entry-encyclopedia|post-weblog|motion_picture|legal_case|personal_communication)"'
)
_CSL_TYPE = re.compile(
    r'"type"\s*:\s*"(?:article|book|chapter|thesis|report|webpage|dataset|document|software|speech)"'
)
_PLAIN_KEYS = VARIABLES | {"number", "readinglist", "links", "family", "given", "literal", "suffix"}
_OWN_MARKS = frozenset({"uid", "arxiv_id", "authors", "starred"})


def recognise_csl_json(sample: Sample) -> float:
    """Say how sure it is that this is CSL-JSON, by the names only CSL has in the first item."""
    if not sample.text.lstrip().startswith(("[", "{")):
        return 0.0
    first = next((element.text for element in json_elements([sample.text]) if element.text), sample.text)
    keys = set(_KEY.findall(first))
    if keys & _OWN_MARKS or "paper" in keys:
        return 0.0
    if _OF_CSL_ONLY.search(first):
        return 0.85
    if _CSL_TYPE.search(first) and keys <= _PLAIN_KEYS:
        return 0.7
    names = bool(keys & {"family", "literal"}) and bool(keys & {"author", "editor"})
    return 0.85 if _CSL_TYPE.search(first) and (names or keys & {"DOI", "URL", "ISBN", "issued"}) else 0.0


def read_csl_json(source: Source, today: date, limits: Limits = USUAL) -> Iterator[Item]:
    """Yield the papers of the items, and a failed problem for each that is none."""
    for read in json_values(source, limits):
        if isinstance(read, Problem):
            yield read
            continue
        line, value = read
        for entry in _entries(value):
            yield from _items(entry, source.name, line, limits)


def write_csl_json(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield an array of items, an item a line."""
    before = "[\n"
    for number, paper in enumerate(papers, 1):
        yield before + encode_json(csl_from_paper(paper, number))
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _items(entry: Any, name: str, line: int, limits: Limits) -> Iterator[Item]:
    notices: list[str] = []
    try:
        paper = paper_from_csl(entry, notices, limits)
    except BadRecord as error:
        yield Problem("failed", name, line, error.message)
        return
    for notice in dict.fromkeys(notices):
        yield Problem("notice", name, line, notice)
    yield Record(line, paper, reader=paper.note is not None)


def _entries(value: Any) -> list[Any]:
    """Return the items of an object around them: Zotero's `items`, Crossref's `message`, Pandoc's `references`."""
    if isinstance(value, dict) and "title" not in value and "type" not in value:
        for key in ("items", "references", "message"):
            inner = value.get(key)
            if isinstance(inner, dict):
                return _entries(inner)
            if isinstance(inner, list):
                return list(inner)
    return [value]
