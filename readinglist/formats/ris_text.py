"""Write papers as RIS that EndNote, Zotero and Mendeley read, and `ris` reads back as it was.

    Paper(title="On lists", authors=(Author("Ada Lovelace"),), published="1843-07", tags={"to read"}, ...)
    -> TY  - GEN / TI  - On lists / AU  - Lovelace, Ada / PY  - 1843/07// / KW  - to read / ER  -

A value is one line by construction, whatever it held; of abstracts and notes each further line is indented, so that
none begins with a tag. What RIS cannot hold is in `resources/formats.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from readinglist.formats.bibliography import extra_line
from readinglist.formats.names import read_editors, write_name
from readinglist.formats.publication import ENTRY_TYPE
from readinglist.formats.publication_types import type_as_ris
from readinglist.formats.ris import looks_like_html
from readinglist.paper import Paper
from readinglist.text.clean import clean_line, clean_text
from readinglist.text.identifiers import is_stand_in_title

_TAG = re.compile(r"[A-Z][A-Z0-9]")
_FOREIGN_TYPE = re.compile(r"[A-Z]{2,8}")
_INDENT = "      "
_CONFERENCE = re.compile(r"\b(?:proc\.|proceedings|conference|workshop|symposium)", re.IGNORECASE)
_NOT_KEPT = frozenset({"TY", "ER"})
# Under these tags the first value has its own place; further ones are written again below it.
_FACTS = (
    ("VL", ("volume",)),
    ("IS", ("number", "issue")),
    ("PB", ("publisher", "institution", "school", "organization")),
    ("CY", ("address", "location")),
    ("T3", ("series",)),
    ("ET", ("edition",)),
    ("LA", ("language", "langid")),
)
_PAGES = re.compile(r"([^\s–—-]+)\s*(?:-+|–|—)\s*([^\s–—-]+)")


def write_ris(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield papers as RIS, a record each."""
    for paper in papers:
        yield "".join(f"{line}\n" for line in (*_lines(paper), "ER  - ", ""))


def _lines(paper: Paper) -> Iterator[str]:
    """Yield the lines of one record but the last."""
    extra = paper.extra
    yield f"TY  - {_type(paper)}"
    if not is_stand_in_title(paper.title):
        yield _field("TI", paper.title)
    for author in paper.authors:
        yield _field("AU", write_name(author))
    for editor in read_editors(extra_line(extra, "editor") or ""):
        if editor.name not in {author.name for author in paper.authors}:
            yield _field("A2", write_name(editor))
    yield from _dates(paper)
    if paper.venue:
        yield _field("T2", paper.venue)
    for tag, names in _FACTS:
        if text := extra_line(extra, *names):
            yield _field(tag, text)
    yield from _pages(extra_line(extra, "pages"))
    for name in ("issn", "isbn"):
        if text := extra_line(extra, name):
            yield _field("SN", text)
    if paper.doi:
        yield _field("DO", paper.doi)
    if paper.arxiv_id:
        yield _field("M1", f"arXiv:{paper.arxiv_id}{paper.version or '' if _is_number(paper.version) else ''}")
    if paper.url:
        yield _field("UR", paper.url)
    for link in paper.links:
        yield _field("L1" if link.kind == "pdf" else "UR" if paper.url else "L2", link.url)
    if file := extra_line(extra, "file"):
        yield _field("L1", file)
    yield from _prose("AB", paper.abstract)
    for word in dict.fromkeys((*paper.keywords, *sorted(paper.tags))):
        yield _field("KW", word.replace(";", ","))
    if paper.note:
        yield from _layout("N1", f"<p>{escape(paper.note)}</p>" if looks_like_html(paper.note) else paper.note)
    yield from _further(extra.get("ris"))


def _type(paper: Paper) -> str:
    known = type_as_ris(extra_line(paper.extra, ENTRY_TYPE) or "")
    if known:
        return known
    unknown = extra_line(_mapping(paper.extra.get("ris")), "TY")
    if unknown and _FOREIGN_TYPE.fullmatch(unknown):
        return unknown
    if paper.venue:
        return "CPAPER" if _CONFERENCE.search(paper.venue) else "JOUR"
    return "UNPB" if paper.arxiv_id else "GEN"


def _dates(paper: Paper) -> Iterator[str]:
    published = paper.published or ""
    if paper.year and published[:4] != f"{paper.year:04}":
        yield f"PY  - {paper.year:04}"
    if published:
        tag = "DA" if paper.year and published[:4] != f"{paper.year:04}" else "PY"
        year, _, rest = published.partition("-")
        month, _, day = rest.partition("-")
        yield _field(tag, f"{year}/{month}/{day}/" if rest else year)


def _pages(pages: str | None) -> Iterator[str]:
    if pages is None:
        return
    found = _PAGES.fullmatch(pages)
    yield _field("SP", found[1] if found else pages)
    if found:
        yield _field("EP", found[2])


def _prose(tag: str, text: str | None) -> Iterator[str]:
    """Yield paragraphs, an empty line between them."""
    if text:
        yield from _layout(tag, "\n".join(" ".join(line.split()) for line in clean_text(text).split("\n")))


def _layout(tag: str, text: str) -> Iterator[str]:
    first, *more = clean_text(text).split("\n")
    yield f"{tag}  - {first}"
    for line in more:
        yield _INDENT + line


def _field(tag: str, text: str) -> str:
    return f"{tag}  - {clean_line(text)}"


def _further(rest: object) -> Iterator[str]:
    """Yield what the record said besides when it came in as RIS."""
    for tag, values in _mapping(rest).items():
        if isinstance(tag, str) and _TAG.fullmatch(tag) and tag not in _NOT_KEPT and isinstance(values, list):
            for value in values:
                if isinstance(value, str) and value.strip():
                    yield from _layout(tag, value)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _is_number(version: str | None) -> bool:
    return version is not None and re.fullmatch(r"v\d{1,3}", version) is not None
