"""The JSON shape of a paper (`PAPER` of the contract), out and in again, also for plain objects of others.

Knows nothing of files or streams: one object here, one paper there. Whatever the shape has no key for is kept
in `extra`, so that the fields of a newer version of this program survive an older one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from readinglist.errors import Problem
from readinglist.formats.fields import BadRecord, Fields, code_addresses, is_plain_line, safe_value, unique
from readinglist.formats.item import Item, Record
from readinglist.formats.source import USUAL, Limits
from readinglist.paper import COLOURS, READER_FIELDS, SOURCE_FIELDS, TASTES, Author, Highlight, Link, Paper, Status
from readinglist.phrase import phrase
from readinglist.text.clean import clean_line
from readinglist.text.identifiers import is_web_address, link_kind, normal_arxiv, normal_doi

LINK_KINDS = frozenset({"page", "pdf", "code", "project", "other"})
_STATUSES = frozenset(Status)
_ORDER_KEY = re.compile(r"[0-9A-Za-z]{8,200}")
_NAME_SUFFIX = re.compile(r"(?:jr|sr|[ivx]+|ph\.?d|m\.?d|inc|ltd|llc|gmbh)\.?", re.IGNORECASE)
_PLAIN_ADDRESS = re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?:[/?#][!-~]*)?", re.ASCII)

# What PAPER of the contract has, then what an export needs besides to be read back without loss.
_SOURCE_KEYS = frozenset(SOURCE_FIELDS)
_READER_KEYS = frozenset({"uid", "added", "changed", *READER_FIELDS})
_OWN_KEYS = frozenset({"id", "position", "source", "version", "corrected", "extra", "families"})
_OTHER_NAMES = frozenset({"summary", "author", "journal", "arxiv", "date"})
_KNOWN = _SOURCE_KEYS | _READER_KEYS | _OWN_KEYS | _OTHER_NAMES


def paper_as_json(paper: Paper) -> dict[str, Any]:
    """Return `paper` as the object that `PAPER` of the contract describes.

    After the keys of the contract come those that an export needs to be read back without loss: `families`
    (what the source marked as family names, along `authors`), `order_key`, `trashed`, `version`, `corrected`, `extra`.
    An id of 0 (not in a library) is null.
    """
    return {
        "id": paper.id or None,
        "uid": paper.uid or None,
        "title": paper.title,
        "abstract": paper.abstract,
        "authors": [author.name for author in paper.authors],
        "year": paper.year,
        "published": paper.published,
        "listed": paper.listed,
        "venue": paper.venue,
        "doi": paper.doi,
        "arxiv_id": paper.arxiv_id,
        "url": paper.url,
        "links": [{"kind": link.kind, "url": link.url} for link in paper.links],
        "keywords": list(paper.keywords),
        "upvotes": paper.upvotes,
        "submitted_by": paper.submitted_by,
        "status": str(paper.status),
        "position": paper.position,
        "until": paper.until,
        "starred": paper.starred,
        "tags": sorted(paper.tags, key=lambda tag: (tag.casefold(), tag)),
        "note": paper.note,
        "highlights": [highlight_as_json(highlight) for highlight in paper.highlights],
        "added": paper.added or None,
        "changed": paper.changed or None,
        "finished": paper.finished,
        "source": paper.source,
        "families": [author.family for author in paper.authors],
        "order_key": paper.order_key,
        "trashed": paper.trashed,
        "taste": paper.taste,
        "version": paper.version,
        "corrected": sorted(paper.corrected),
        "extra": dict(paper.extra),
    }


def highlight_as_json(highlight: Highlight) -> dict[str, Any]:
    """Return a highlight as the contract writes it."""
    return {
        "id": highlight.id,
        "quote": highlight.quote,
        "prefix": highlight.prefix,
        "suffix": highlight.suffix,
        "start": highlight.start,
        "end": highlight.end,
        "colour": highlight.colour,
        "comment": highlight.comment,
        "created": highlight.created,
    }


def items_from_json(
    obj: object, *, name: str, line: int | None, format_name: str, limits: Limits = USUAL
) -> list[Item]:
    """Return the notices about one object and, last, the record it gives or the problem why it gives none."""
    notices: list[str] = []
    try:
        paper = paper_from_json(obj, format_name=format_name, notices=notices, limits=limits)
    except BadRecord as error:
        return [Problem("failed", name, line, error.message)]
    items: list[Item] = [Problem("notice", name, line, notice) for notice in notices]
    items.append(Record(line, paper, isinstance(obj, dict) and has_reader_fields(obj)))
    return items


def has_reader_fields(obj: Mapping[str, Any]) -> bool:
    """Say whether an object carries the reader's own fields: our export, or somebody who writes such objects."""
    return not obj.keys().isdisjoint(_READER_KEYS) and (
        (isinstance(obj.get("uid"), str) and bool(obj["uid"]))
        or (isinstance(obj.get("status"), str) and obj["status"] in _STATUSES)
        or any(obj.get(key) for key in ("tags", "note", "starred", "highlights", "until", "finished", "taste"))
    )


def paper_from_json(
    obj: object, *, format_name: str = "json", notices: list[str] | None = None, limits: Limits = USUAL
) -> Paper:
    """Return the paper that an object describes: the inverse of `paper_as_json`, and tolerant of plain objects.

    A plain object needs a `title` only. `authors` may be texts, objects (`name`, or `given` and `family`), or one text
    ("A; B", "A and B"); `keywords` a list or a text cut at semicolons. What an object of this program says of its
    `id` and `position` is left out: they belong to one library. What was wrong with a field is added to `notices`.
    Raise `BadRecord` when there is no title, or a text is beyond `limits`.

    >>> paper_from_json({"title": " On lists ", "authors": "Lovelace, Ada; Alan Turing", "year": "1950"}).authors
    (Author(name='Ada Lovelace', family='Lovelace'), Author(name='Alan Turing', family=None))
    """
    if not isinstance(obj, dict):
        raise BadRecord("this is not an object with a title")
    fields = Fields(obj, limits)
    title = fields.line("title")
    if title is None:
        raise BadRecord("there is no title")
    own = isinstance(obj.get("uid"), str) and bool(obj["uid"])
    abstract = fields.prose("abstract", "summary")
    arxiv_id, version = _arxiv(fields)
    url = _address(fields, "url")
    doi = _doi(fields)
    links = _links(fields)
    if not own:
        if url and arxiv_id is None and "arxiv.org/" in url and (found := normal_arxiv(url)):
            arxiv_id, version = found
        if url and doi is None and "doi.org/" in url:
            doi = normal_doi(url)
        if abstract:
            links = with_code_links(links, abstract)
    keywords = fields.strings("keywords", cut=";,")
    extra = _extra(fields, obj.keys() - _KNOWN, limits)
    published = fields.day("published", "date")
    is_plain = not own and obj.keys().isdisjoint(_READER_KEYS)
    paper = Paper(
        title=title,
        abstract=abstract,
        authors=_own_authors(fields) if own else _authors(fields),
        year=fields.integer("year", 1, 9999),
        published=published,
        listed=fields.day("listed"),
        venue=fields.line("venue", "journal"),
        doi=doi,
        arxiv_id=arxiv_id,
        url=url,
        links=links,
        keywords=tuple(keywords) if own else unique(keywords),
        upvotes=fields.integer("upvotes", 0),
        submitted_by=fields.line("submitted_by"),
        source=(fields.line("source") if own else None) or format_name,
        version=fields.line("version") if own else version,
        extra=extra,
        **({} if is_plain else _reader_fields(fields, limits)),
    )
    if notices is not None:
        notices += fields.notices
    return paper


def _reader_fields(fields: Fields, limits: Limits) -> dict[str, Any]:
    """Return what the reader made of a paper, by the names of its fields: it is looked for only where there is any."""
    return {
        "uid": _uid(fields),
        "status": _status(fields),
        "order_key": _order_key(fields),
        "until": fields.day("until"),
        "starred": fields.flag("starred"),
        "tags": _tags(fields),
        "note": fields.words("note"),
        "highlights": _highlights(fields, limits),
        "added": fields.time("added") or "",
        "changed": fields.time("changed") or "",
        "finished": fields.time("finished"),
        "trashed": fields.time("trashed"),
        "taste": _taste(fields),
        "corrected": frozenset(fields.strings("corrected")),
    }


def with_code_links(links: tuple[Link, ...], abstract: str) -> tuple[Link, ...]:
    """Return `links` and, behind them, the addresses of code in an abstract that are not among them yet."""
    here = {link.url.rstrip("/").lower() for link in links}
    found = [Link("code", url) for url in code_addresses(abstract) if url.rstrip("/").lower() not in here]
    return (*links, *found) if found else links


def _arxiv(fields: Fields) -> tuple[str | None, str | None]:
    text = fields.line("arxiv_id", "arxiv")
    if text is None:
        return None, None
    found = normal_arxiv(text)
    if found is None:
        fields.notices.append(phrase("arxiv_id is no arXiv identifier and was left out"))
    return found or (None, None)


def _doi(fields: Fields) -> str | None:
    text = fields.line("doi")
    if text is None:
        return None
    found = normal_doi(text)
    if found is None:
        fields.notices.append(phrase("doi is no DOI and was left out"))
    return found


def _address(fields: Fields, name: str) -> str | None:
    text = fields.line(name)
    if text is not None and not (_PLAIN_ADDRESS.fullmatch(text) or is_web_address(text)):
        fields.notices.append(phrase("{name} is no web address and was left out", name=name))
        return None
    return text


def _links(fields: Fields) -> tuple[Link, ...]:
    value = fields.raw("links")
    if value is None:
        return ()
    if not isinstance(value, list):
        fields.notices.append(phrase("links is not a list and was left out"))
        return ()
    links: list[Link] = []
    for entry in value:
        each = Fields(entry if isinstance(entry, dict) else {"url": entry})
        url, kind = _address(each, "url"), each.line("kind")
        if url is None:
            fields.notices.append(phrase("links holds something that is no web address; it was left out"))
        else:
            links.append(Link(kind if kind in LINK_KINDS else link_kind(url), url))
    return tuple(links)


def _own_authors(fields: Fields) -> tuple[Author, ...]:
    names, families = fields.strings("authors"), fields.raw("families")
    if isinstance(families, list) and len(families) == len(names):
        pairs = zip(names, families, strict=True)
        return tuple(Author(name, Fields({"family": family}).line("family")) for name, family in pairs)
    return tuple(Author(name) for name in names)


def _authors(fields: Fields) -> tuple[Author, ...]:
    value = fields.raw("authors", "author")
    if isinstance(value, str):
        value = _cut_authors(value)
    if not value:
        return ()
    if not isinstance(value, list):
        fields.notices.append(phrase("authors is not a list and was left out"))
        return ()
    authors = []
    for entry in value:
        author = _author(entry)
        if author is None:
            fields.notices.append(phrase("authors holds an entry without a name; it was left out"))
        else:
            authors.append(author)
    return tuple(authors)


def authors_of_text(text: str) -> tuple[Author, ...]:
    """Return the authors that one text names, in order: "A; B", "A and B", "Family, Given", or full names with commas.

    >>> [author.name for author in authors_of_text("Ada Quill, Bo Roe and Cy Doe")]
    ['Ada Quill', 'Bo Roe', 'Cy Doe']
    """
    return tuple([author for name in _cut_authors(text) if (author := _author(name)) is not None])


def _author(entry: object) -> Author | None:
    if isinstance(entry, str):
        name = entry if is_plain_line(entry) else clean_line(entry)
        if "," not in name:
            return Author(name) if name else None
        family, _, given = (part.strip() for part in name.partition(","))
        if not given or not family or "," in given or _NAME_SUFFIX.fullmatch(given):
            return Author(name)
        return Author(f"{given} {family}", family)
    if not isinstance(entry, dict):
        return None
    parts = Fields(entry)
    last = parts.line("family", "last", "lastName")
    first = parts.line("given", "first", "firstName")
    shown = parts.line("name", "fullname", "literal") or " ".join(part for part in (first, last) if part)
    return Author(shown, last) if shown else None


def _cut_authors(text: str) -> list[str]:
    """Cut one text into names: at semicolons, else at "and", else at commas where every piece is a full name."""
    if ";" in text:
        return [name for name in text.split(";") if name.strip()]
    if " and " in text:
        names = [name for name in text.split(" and ") if name.strip()]
        first = names[0].split(",") if names else []
        if len(names) == 2 and all(len(name.split()) > 1 for name in first):  # "Ada Byron, Al Roe and Bo Poe"
            return [*first, names[1]]
        return names
    names = [name for name in text.split(",") if name.strip()]
    return names if all(len(name.split()) > 1 for name in names) else [text]


def _uid(fields: Fields) -> str:
    text = fields.line("uid")
    if text is None:
        return ""
    try:
        return str(UUID(text))
    except ValueError:
        fields.notices.append(phrase("uid is no UUID; the paper gets a new one"))
        return ""


def _status(fields: Fields) -> Status:
    text = fields.line("status")
    if text is None or text in _STATUSES:
        return Status(text or Status.INBOX)
    fields.notices.append(
        phrase("status {text!r} is not one of ours; the paper goes to the Inbox", text=clean_line(text[:40]))
    )
    return Status.INBOX


def _taste(fields: Fields) -> str | None:
    text = fields.line("taste")
    return text if text in TASTES else None


def _order_key(fields: Fields) -> str | None:
    text = fields.line("order_key")
    return text if text and _ORDER_KEY.fullmatch(text) else None


def _tags(fields: Fields) -> frozenset[str]:
    tags = set()
    for tag in fields.strings("tags", cut=";"):
        if tag.casefold() in ("none", "any") or not all(level.strip() for level in tag.split("/")):
            fields.notices.append(phrase("{tag!r} cannot be a tag and was left out", tag=clean_line(tag[:40])))
        else:
            tags.add(tag)
    return frozenset(tags)


def _highlights(fields: Fields, limits: Limits) -> tuple[Highlight, ...]:
    highlights = []
    for entry in fields.objects("highlights"):
        each = Fields(entry, limits)
        quote = each.layout("quote")
        if quote is None:
            fields.notices.append(phrase("a highlight without a quote was left out"))
            continue
        start, end = each.integer("start", 0), each.integer("end", 0)
        placed = start is not None and end is not None and start < end
        colour = each.line("colour")
        highlights.append(
            Highlight(
                id=each.line("id") or str(uuid4()),
                quote=quote,
                prefix=each.layout("prefix") or "",
                suffix=each.layout("suffix") or "",
                start=start if placed else None,
                end=end if placed else None,
                colour=colour if colour in COLOURS else COLOURS[0],
                comment=each.words("comment"),
                created=each.time("created") or "",
            )
        )
        fields.notices += each.notices
    return tuple(highlights)


def _extra(fields: Fields, unknown: set[str], limits: Limits) -> dict[str, Any]:
    """Return what we have no field for: what `extra` says, and the keys that we do not know."""
    value = fields.raw("extra")
    extra: dict[str, Any] = {}
    if isinstance(value, dict):
        extra = safe_value(value)
    elif value is not None:
        extra = {"extra": safe_value(value)}
    for key in sorted(unknown):
        kept = safe_value(fields.raw(key))
        if kept is not None:
            extra[key] = kept
    if extra and _length(extra) > limits.field_chars:
        raise BadRecord(
            phrase("its further fields are longer than {field_chars:,} characters", field_chars=limits.field_chars)
        )
    return extra


def _length(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(len(key) + _length(entry) for key, entry in value.items())
    if isinstance(value, list):
        return sum(map(_length, value))
    return 8
