"""A bare list of identifiers, pasted or in a file: DOIs and arXiv ids, one or several a line.

    10.1000/182                      -> Record(line=1, paper=Paper(title="doi:10.1000/182", doi="10.1000/182"))
    - https://arxiv.org/abs/2401.00001v2   Record(line=2, paper=Paper(title="arXiv:2401.00001", ...))

The papers get what is known, which is where to find them; the identifier stands for the title until a record
that knows it comes in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from readinglist.errors import Problem
from readinglist.formats.item import Item, Record
from readinglist.formats.source import USUAL, Limits, Sample, Source
from readinglist.paper import Link, Paper
from readinglist.phrase import phrase
from readinglist.text.clean import clean_line
from readinglist.text.identifiers import normal_arxiv, normal_doi, stand_in_title

_BULLET = re.compile(r"\s*(?:[-*•–—·>]|\(?\d{1,4}[.):]|\[\d{1,4}\])\s+")
_BETWEEN = re.compile(r"\s*(?:[;|]|,(?=\s|$))\s*|\s+")
_LABEL = re.compile(r"(?:doi|arxiv(?:[\s-]*id)?)\s*[:=]?\s+(?=\d|https?:|doi:|arxiv:|[a-z-]+/\d)", re.IGNORECASE)
_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|(?:info:)?doi[:/])?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?:(?:https?://)?(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html|format)/|arxiv:)?"
    r"((?:\d{4}\.\d{4,5}|[a-z][a-z-]*(?:\.[a-z]{2})?/\d{7})(?:v\d{1,3})?)(?:\.pdf)?/?",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\s*(?:#|%|//)")
_QUOTES = "\"'<>“”‘’"
_SHOWN = 60


def recognise_identifiers(sample: Sample) -> float:
    """Say how sure it is that this is a list of identifiers: four lines of five at least hold nothing else."""
    lines = [line for line in sample.text.splitlines() if line.strip() and not _COMMENT.match(line)]
    if not sample.whole and len(lines) > 1:
        lines.pop()  # it was cut off
    lines = lines[:200]
    bare = sum(1 for line in lines if len(line) < 2000 and all(_identified(word) for word in _words(line)))
    return 0.5 if bare and bare * 5 >= len(lines) * 4 else 0.0


def read_identifiers(source: Source, today: date, limits: Limits = USUAL) -> Iterator[Item]:
    """Yield a paper for each identifier, and a failed problem for each word or line that is none."""
    for number, text in source.lines(limits):
        if text is None or len(text) > limits.field_chars:
            yield Problem("failed", source.name, number, "this line is too long")
            continue
        if _COMMENT.match(text):
            continue
        strangers = []
        for word in _words(text):
            paper = _identified(word)
            if paper is None:
                strangers.append(word)
            else:
                yield Record(number, paper)
        if strangers:
            shown = clean_line(" ".join(strangers)[: 2 * _SHOWN])[:_SHOWN]
            yield Problem(
                "failed", source.name, number, phrase("this is neither a DOI nor an arXiv id: {shown}", shown=shown)
            )


def _words(line: str) -> list[str]:
    line = clean_line(line)
    bullet = _BULLET.match(line)
    line = _LABEL.sub("", line[bullet.end() :] if bullet else line)
    return [word for part in _BETWEEN.split(line) if (word := part.strip(_QUOTES))]


def _identified(word: str) -> Paper | None:
    """Return the paper that a word identifies, or None for any other word."""
    if len(word) > 500:
        return None
    if found := _ARXIV.fullmatch(word.rstrip(".,;")):
        if arxiv := normal_arxiv(found[1]):
            return _of_arxiv(*arxiv)
    elif (found := _DOI.fullmatch(word)) and (doi := normal_doi(found[1])):
        title = stand_in_title(doi, None) or doi
        return Paper(title=title, doi=doi, url=f"https://doi.org/{doi}", source="identifiers")
    return None


def _of_arxiv(arxiv_id: str, version: str | None) -> Paper:
    return Paper(
        title=stand_in_title(None, arxiv_id) or arxiv_id,
        arxiv_id=arxiv_id,
        version=version,
        url=f"https://arxiv.org/abs/{arxiv_id}",
        links=(Link("pdf", f"https://arxiv.org/pdf/{arxiv_id}"),),
        source="identifiers",
    )
