"""JSON and JSON lines: the program's own export, and plain objects of others with at least a title.

An export holds everything a reader sees of a paper and is read back equal, but for its number and its place
in the queue, which belong to one library.

    [{"title": "On lists", "authors": ["Ada Lovelace"], "year": 1843, "keywords": "lists; reading"}]
    -> Record(line=1, paper=Paper(title="On lists", ...))
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from readinglist.errors import Problem
from readinglist.formats.fields import BadRecord
from readinglist.formats.item import Item
from readinglist.formats.json_text import decode_json, encode_json, json_values
from readinglist.formats.paper_json import items_from_json, paper_as_json
from readinglist.formats.source import USUAL, Limits, Sample, Source
from readinglist.paper import Paper

_START_OF_JSON = re.compile(r"\s*(?:\[\s*[{\]]|\{\s*[\"}])")
_LISTS = ("papers", "items", "results", "data", "references")
_LINES_LOOKED_AT = 20


def recognise_json(sample: Sample) -> float:
    """Say how sure it is that this is a JSON array of objects or an object."""
    return 0.6 if _START_OF_JSON.match(sample.text) else 0.0


def recognise_jsonl(sample: Sample) -> float:
    """Say how sure it is that these are lines of JSON, an object each; a line or two may be damaged."""
    if not sample.text.lstrip().startswith("{"):
        return 0.0
    lines = [line for line in sample.text.splitlines() if line.strip()]
    if not sample.whole and len(lines) > 1:
        lines.pop()  # it was cut off
    objects = sum(map(_is_object, lines[:_LINES_LOOKED_AT]))
    return 0.8 if objects and len(lines) > 1 else 0.5 if objects else 0.0


def read_json(source: Source, today: date, limits: Limits = USUAL) -> Iterator[Item]:
    """Yield the papers of a JSON array, of an object that holds one (`papers`, `items`, ...), or of objects in a row.

    Memory is bounded by the longest element, not by the file.
    """
    for read in json_values(source, limits):
        if isinstance(read, Problem):
            yield read
            continue
        line, value = read
        for entry in _entries(value):
            yield from items_from_json(entry, name=source.name, line=line, format_name="json", limits=limits)


def read_jsonl(source: Source, today: date, limits: Limits = USUAL) -> Iterator[Item]:
    """Yield the paper of each line; a line that is no paper is a failed problem with its number."""
    for number, text in source.lines(limits):
        if text is None:
            yield Problem("failed", source.name, number, "this line is too long")
            continue
        if not text or text.isspace():
            continue
        try:
            value = decode_json(text, limits)
        except BadRecord as error:
            yield Problem("failed", source.name, number, error.message)
            continue
        yield from items_from_json(value, name=source.name, line=number, format_name="jsonl", limits=limits)


def write_json(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield a JSON array of papers, a paper a line."""
    before = "[\n"
    for paper in papers:
        yield before + encode_json(_exported(paper))
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def write_jsonl(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield papers as JSON lines."""
    for paper in papers:
        yield encode_json(_exported(paper)) + "\n"


def _exported(paper: Paper) -> dict[str, Any]:
    """Return the object of an export: a number from one library's counter means nothing in another."""
    return paper_as_json(paper) | {"id": None}


def _entries(value: Any) -> list[Any]:
    if isinstance(value, dict) and "title" not in value:
        for key in _LISTS:
            if isinstance(value.get(key), list):
                return list(value[key])
    return [value]


def _is_object(line: str) -> bool:
    try:
        return isinstance(decode_json(line), dict)
    except BadRecord:
        return False
