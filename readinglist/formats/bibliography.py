"""What RIS, MEDLINE, the Web of Science and CSL have in common: a record while it is gathered, and its paper.

What such a record says and a paper has no field for is kept in the paper's `extra` under the names of
`publication`, so that it can leave in another format, and whatever else it says under the name of the format. Paths
are kept as text and never opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from readinglist.errors import Problem
from readinglist.formats.fields import BadRecord, Fields, safe_value, unique
from readinglist.formats.item import Item, Record
from readinglist.formats.names import read_editors
from readinglist.formats.paper_json import with_code_links
from readinglist.formats.source import USUAL, Limits
from readinglist.formats.tagged import TaggedRecord
from readinglist.paper import Author, Link, Paper
from readinglist.phrase import phrase
from readinglist.text.clean import clean_line, clean_text
from readinglist.text.identifiers import addresses, is_web_address, link_kind, normal_arxiv, normal_doi, stand_in_title

_ARXIV = re.compile(r"arxiv", re.IGNORECASE)
_ARXIV_DOI = "10.48550/arxiv."
_BETWEEN_ADDRESSES = re.compile(r"(?<![;\s])[;\s]+(?=https?://|www\.)", re.IGNORECASE)
_WITHOUT_SCHEME = re.compile(r"(?:www\.|doi\.org/|arxiv\.org/)[\w./?=&%#-]+", re.IGNORECASE)


@dataclass(slots=True)
class Draft:
    """A record as raw texts while it is gathered; `published` is an ISO date, `notes` keep their layout."""

    title: str | None = None
    abstract: str | None = None
    authors: list[Author] = field(default_factory=list)
    year: int | None = None
    published: str | None = None
    venue: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    addresses: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)


def items_of(
    record: TaggedRecord,
    fill: Callable[[Draft, TaggedRecord], None],
    *,
    name: str,
    format_name: str,
    limits: Limits = USUAL,
) -> Iterator[Item]:
    """Yield the notices about a record, as `fill` reads it, and last its paper or the problem why there is none."""
    draft = Draft()
    try:
        if record.problem:
            raise BadRecord(record.problem)
        fill(draft, record)
        paper = paper_of(draft, format_name, limits)
    except BadRecord as error:
        yield Problem("failed", name, record.line, error.message)
        return
    for notice in draft.notices:
        yield Problem("notice", name, record.line, notice)
    yield Record(record.line, paper)


def paper_of(draft: Draft, format_name: str, limits: Limits = USUAL) -> Paper:
    """Return the paper that a draft amounts to; what was wrong with it is added to its `notices`.

    Editors stand for missing authors, and an identifier for a missing title. Raise `BadRecord` when there is
    neither title nor identifier, or a text is beyond `limits`.
    """
    fields = Fields({"title": draft.title, "abstract": draft.abstract, "venue": draft.venue}, limits)
    links = _sort_addresses(draft, limits)
    url = next((link.url for link in links if link.kind != "pdf"), None)
    links = [link for link in links if link.url != url]
    doi, arxiv_id, version = _identifiers(draft, url, links)
    title = fields.line("title") or stand_in_title(doi, arxiv_id)
    if title is None:
        raise BadRecord("there is no title, and neither a DOI nor an arXiv id that could stand for it")
    abstract = fields.prose("abstract")
    extra = safe_value(draft.extra)
    if _size(extra) > limits.field_chars:
        raise BadRecord(
            phrase("its further fields are longer than {field_chars:,} characters", field_chars=limits.field_chars)
        )
    note = "\n\n".join(note for text in draft.notes if (note := clean_text(text)).strip()) or None
    if note and len(note) > limits.field_chars:
        raise BadRecord(phrase("its notes are longer than {field_chars:,} characters", field_chars=limits.field_chars))
    draft.notices += fields.notices
    return Paper(
        title=title,
        abstract=abstract,
        authors=tuple(draft.authors) or read_editors(extra.get("editor", "")),
        year=draft.year or (int(draft.published[:4]) if draft.published else None),
        published=draft.published if draft.published and len(draft.published) > 4 else None,  # else it is the year
        venue=fields.line("venue"),
        doi=doi,
        arxiv_id=arxiv_id,
        version=version,
        url=url,
        links=with_code_links(tuple(links), abstract) if abstract else tuple(links),
        keywords=unique(filter(None, map(clean_line, draft.keywords))),
        note=note,
        source=format_name,
        extra=extra,
    )


def set_extra(draft: Draft, **values: str | list[str] | None) -> None:
    """Keep what says something, as safe lines; several texts are joined by semicolons."""
    for name, value in values.items():
        texts = value if isinstance(value, list) else [value or ""]
        kept = "; ".join(unique(line for text in texts if (line := clean_line(text))))
        if kept:
            draft.extra[name] = kept


def extra_line(extra: Mapping[str, Any], *names: str) -> str | None:
    """Return the first text or number that `extra` has under the first of some names, as a safe line, or None."""
    for name in names:
        value = extra.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, (str, int)) and not isinstance(value, bool) and (line := clean_line(str(value))):
            return line
    return None


def find_doi(texts: Iterable[str | None]) -> str | None:
    """Return the first DOI in some texts, normal, or None."""
    return next((doi for text in texts if text and (doi := normal_doi(clean_line(text[:2000])))), None)


def find_arxiv(texts: Iterable[str | None]) -> str | None:
    """Return the first text that names an arXiv id and says that it is one, or None."""
    return next((text for text in texts if text and _ARXIV.search(text[:2000]) and normal_arxiv(text[:2000])), None)


def _identifiers(draft: Draft, url: str | None, links: list[Link]) -> tuple[str | None, str | None, str | None]:
    doi = normal_doi(clean_line(draft.doi)) if draft.doi else None
    if draft.doi and doi is None:
        draft.notices.append(phrase("{doi!r} is no DOI and was left out", doi=clean_line(draft.doi)[:60]))
    places = [address for address in (url, *(link.url for link in links)) if address]
    if doi is None:
        doi = find_doi(place for place in places if "doi.org/" in place.lower())
    arxiv_doi = doi[len(_ARXIV_DOI) :] if doi and doi.startswith(_ARXIV_DOI) else None
    found = (
        (normal_arxiv(draft.arxiv) if draft.arxiv else None)
        or (normal_arxiv(arxiv_doi) if arxiv_doi else None)
        or next((arxiv for place in places if "arxiv.org/" in place.lower() and (arxiv := normal_arxiv(place))), None)
    )
    return doi, *(found or (None, None))


def _sort_addresses(draft: Draft, limits: Limits) -> list[Link]:
    """Return the web addresses of a draft without repeats; paths go to its `extra` as text."""
    found: dict[str, None] = {}
    files: list[str] = []
    for text in draft.addresses:
        if len(text) > limits.field_chars:
            raise BadRecord(
                phrase("an address is longer than {field_chars:,} characters", field_chars=limits.field_chars)
            )
        for part in _BETWEEN_ADDRESSES.split(text):
            address = clean_line(part).rstrip(";")
            if _WITHOUT_SCHEME.fullmatch(address):
                address = f"https://{address}"
            if is_web_address(address) and " " not in address:
                found[address] = None
            elif inner := addresses(address):
                found |= dict.fromkeys(inner)
            elif address:
                files.append(address)
    set_extra(draft, file=files)
    return [Link(link_kind(address), address) for address in found]


def _size(value: Any) -> int:
    if isinstance(value, dict):
        return sum(len(key) + _size(entry) for key, entry in value.items())
    if isinstance(value, list):
        return sum(map(_size, value))
    return len(value) if isinstance(value, str) else 8
