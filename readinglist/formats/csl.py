"""A paper as an item of CSL-JSON, the data of citation processors: one object here, one paper there.

    {"type": "article-journal", "title": "On <i>lists</i>", "author": [{"family": "Lovelace", "given": "Ada"}],
     "issued": {"date-parts": [[1843, 7]]}, "container-title": "Journal of Lists", "DOI": "10.1000/x"}
    <-> Paper(title="On lists", authors=(Author("Ada Lovelace", "Lovelace"),), published="1843-07", ...)

What CSL has no variable for and reading back needs stands in `custom`, where CSL wants such things. Source:
CSL 1.0.2, appendix IV, and its JSON schema (csl-data.json); Zotero's and Crossref's habits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from readinglist.formats.bibliography import Draft, extra_line, find_arxiv, paper_of
from readinglist.formats.dates import iso, read_date
from readinglist.formats.fields import BadRecord, Fields, safe_value
from readinglist.formats.names import name_parts, read_editors, write_editors
from readinglist.formats.publication import ENTRY_TYPE
from readinglist.formats.publication_types import type_as_csl, type_of_csl
from readinglist.formats.source import USUAL, Limits
from readinglist.paper import Author, Paper
from readinglist.phrase import phrase
from readinglist.text.clean import clean_line, clean_text
from readinglist.text.identifiers import is_stand_in_title

_TEXTS = {
    "volume": "volume",
    "number": "issue",
    "pages": "page",
    "publisher": "publisher",
    "address": "publisher-place",
    "series": "collection-title",
    "edition": "edition",
    "language": "language",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "type": "genre",
    "eventtitle": "event-title",
}
"""Names in `Paper.extra`, and the variables of CSL."""

_OTHER_NAMES = {"publisher": ("institution", "school", "organization")}
VARIABLES = frozenset(_TEXTS.values()) | frozenset(
    "id type title abstract author editor issued container-title DOI URL keyword note custom citation-key".split()  # noqa: SIM905
)
"""The variables of CSL that are read; others are kept as they stand."""

_CONFERENCE = re.compile(r"\b(?:proc\.|proceedings|conference|workshop|symposium)", re.IGNORECASE)
_VERSION = re.compile(r"v\d{1,3}")
_MARKUP = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span|jats:[a-z-]{1,20})(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_TAG_LIKE = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span|jats:)", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"</jats:(?:p|title)>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-z]{2,10}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_NOTE_FIELD = re.compile(r"(?:\{:)?([A-Za-z][\w.-]{1,30}):\s*(\S.*)")
_NOTE_FIELDS = frozenset(
    "doi pmid pmcid isbn issn arxiv url issued type container-title volume issue page publisher".split()  # noqa: SIM905
    + "publisher-place genre event-title original-date language citation-key number accessed".split()  # noqa: SIM905
)


def paper_from_csl(obj: object, notices: list[str], limits: Limits = USUAL) -> Paper:
    """Return the paper of one item; what was wrong with it is added to `notices`.

    Texts may be texts, numbers or lists of one (as Crossref gives them). Raise `BadRecord` when there is neither
    title nor identifier, or a text is beyond `limits`.
    """
    if not isinstance(obj, dict):
        raise BadRecord("this is not an object")
    fields = Fields({name: _single(value) for name, value in obj.items()}, limits)
    draft = Draft(notices=notices)
    draft.title = _plain(fields.string("title", "title-short", "shortTitle"))
    draft.abstract = _plain(fields.string("abstract"))
    draft.venue = _plain(fields.string("container-title", "journalAbbreviation", "container-title-short"))
    draft.authors = _people(obj, "author", fields)
    draft.doi = fields.string("DOI", "doi")
    draft.arxiv = find_arxiv([fields.string("number"), fields.string("archive_location"), draft.venue])
    if url := fields.string("URL", "url"):
        draft.addresses.append(url)
    for name in ("issued", "published", "published-print", "published-online", "submitted"):
        if obj.get(name) is not None and draft.published is None:
            draft.published = _date(obj[name])
    if draft.published is None and obj.get("issued") is not None:
        notices.append(phrase("issued is no date that can be kept and was left out"))
    if keyword := obj.get("keyword"):
        words = keyword.split(";") if isinstance(keyword, str) else keyword
        if isinstance(keyword, str) and ";" not in keyword and keyword.count(",") > 1:
            words = keyword.split(",")
        draft.keywords = [word for word in words if isinstance(word, str)] if isinstance(words, list) else []
    draft.extra = _extra(obj, fields)
    custom = _custom(obj)
    _read_note(draft, fields.string("note"), verbatim=custom is not None)
    links = custom.get("links") if custom else None
    for link in links if isinstance(links, list) else ():
        if isinstance(link, str):
            draft.addresses.append(link)
    notices += fields.notices
    return paper_of(draft, "csl-json", limits)


def csl_from_paper(paper: Paper, number: int) -> dict[str, Any]:
    """Return the item of a paper; `number` makes up an id where a paper has none."""
    extra = paper.extra
    item: dict[str, Any] = {
        "id": extra_line(extra, "citation_key") or paper.uid or str(number),
        "type": csl_type(paper),
    }
    if not is_stand_in_title(paper.title):
        item["title"] = _marked_safe(paper.title)
    if paper.authors:
        item["author"] = [csl_name(author) for author in paper.authors]
    editors = [each for each in read_editors(extra_line(extra, "editor") or "") if each not in paper.authors]
    if editors:
        item["editor"] = [csl_name(editor) for editor in editors]
    day = paper.published or (f"{paper.year:04}" if paper.year else None)
    if day:
        item["issued"] = {"date-parts": [[int(part) for part in day.split("-")]]}
    if paper.venue:
        item["container-title"] = _marked_safe(paper.venue)
    for name, variable in _TEXTS.items():
        if text := extra_line(extra, name, *_OTHER_NAMES.get(name, ())):
            item[variable] = text
    if paper.arxiv_id:
        item["number"] = arxiv_number(paper)
    if paper.doi:
        item["DOI"] = paper.doi
    if paper.url:
        item["URL"] = paper.url
    if paper.abstract:
        item["abstract"] = _marked_safe(clean_text(paper.abstract))
    words = dict.fromkeys((*paper.keywords, *sorted(paper.tags)))
    if words:
        item["keyword"] = "; ".join(word.replace(";", ",") for word in words) + (";" if len(words) == 1 else "")
    if paper.note:
        item["note"] = clean_text(paper.note)
    if paper.note or paper.links:
        item["custom"] = {"readinglist": {"links": [link.url for link in paper.links]}}
    rest = extra.get("csl")
    return {**safe_value(rest), **item} if isinstance(rest, dict) else item


def csl_type(paper: Paper) -> str:
    """Return the type of CSL that fits best what is known of a paper."""
    entry = extra_line(paper.extra, ENTRY_TYPE)
    kept = paper.extra.get("csl")
    if isinstance(kept, dict) and isinstance(kept.get("type"), str) and type_of_csl(kept["type"]) == entry:
        return clean_line(kept["type"])
    known = type_as_csl(entry) if entry else None
    if known and not (known == "webpage" and paper.arxiv_id):
        return known
    if paper.venue and not paper.arxiv_id:
        return "paper-conference" if names_conference(paper.venue) else "article-journal"
    return "article" if paper.arxiv_id else "document"


def names_conference(venue: str) -> bool:
    """Say whether a venue is a conference by its name."""
    return _CONFERENCE.search(venue) is not None


def arxiv_number(paper: Paper) -> str:
    """Return the arXiv id with its version, as people write it."""
    version = paper.version if paper.version and _VERSION.fullmatch(paper.version) else ""
    return f"arXiv:{paper.arxiv_id}{version}"


def csl_name(author: Author) -> dict[str, str]:
    """Return a name as CSL takes it apart."""
    parts = name_parts(author)
    if not parts.given:
        return {"literal": author.name}
    name = {"family": parts.family, "given": parts.given}
    return name | {"suffix": parts.suffix} if parts.suffix else name


def _single(value: Any) -> Any:
    """Return a number as a text and the first text of a list: Crossref gives lists, others numbers."""
    if isinstance(value, list) and value and isinstance(value[0], str):
        return value[0]
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _people(obj: Mapping[str, Any], role: str, fields: Fields) -> list[Author]:
    people = []
    for entry in fields.objects(role):
        parts = Fields(entry)
        literal = parts.line("literal", "name")
        family = " ".join(part for name in ("non-dropping-particle", "family") if (part := parts.line(name)))
        given = " ".join(part for name in ("given", "dropping-particle") if (part := parts.line(name)))
        shown = " ".join(part for part in (given, family, parts.line("suffix")) if part)
        if family:
            people.append(Author(shown, family))
        elif literal or shown:
            people.append(Author(literal, literal) if literal else Author(shown))
        else:
            fields.notices.append(phrase("{role} holds an entry without a name; it was left out", role=role))
    return people


def _date(value: Any) -> str | None:
    """Return a date of CSL as ISO text: date-parts, raw, literal, or a plain text; of a range its beginning."""
    if isinstance(value, str):
        return read_date(value)
    if not isinstance(value, dict):
        return None
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts:
        first = parts[0] if isinstance(parts[0], list) else parts
        numbers = [_number(part) for part in first[:3]]
        known = [number for number in numbers[: numbers.index(None) if None in numbers else 3] if number is not None]
        if known:
            return iso(*known)
    return next((day for name in ("raw", "literal") if (text := value.get(name)) and (day := _date(text))), None)


def _number(part: Any) -> int | None:
    if isinstance(part, str) and part.strip().isascii() and part.strip().isdecimal() and len(part) < 10:
        return int(part)
    return part if isinstance(part, int) and not isinstance(part, bool) else None


def _extra(obj: Mapping[str, Any], fields: Fields) -> dict[str, Any]:
    """Return what a paper has no field for: under the names of `publication`, the rest under "csl"."""
    extra: dict[str, Any] = {}
    kind = clean_line(obj["type"]) if isinstance(obj.get("type"), str) else ""
    entry = type_of_csl(kind)
    rest = {name: value for name, value in obj.items() if name not in VARIABLES}
    if entry:
        extra[ENTRY_TYPE] = entry
    if kind and type_as_csl(entry or "") != kind:
        rest["type"] = kind
    for name, variable in _TEXTS.items():
        if text := fields.line(variable):
            extra[name] = text
    if editor := write_editors(_people(obj, "editor", fields)):
        extra["editor"] = editor
    if isinstance(number := rest.get("number"), str) and find_arxiv([number]):
        del rest["number"]
    if key := fields.line("citation-key"):
        extra["citation_key"] = key
    if rest:
        extra["csl"] = {clean_line(name): value for name, value in rest.items()}
    return extra


def _read_note(draft: Draft, note: str | None, *, verbatim: bool) -> None:
    """Keep a note. One that is nothing but further fields ("PMID: 123", as Zotero's "Extra") is no note."""
    if note is None:
        return
    found = [_NOTE_FIELD.fullmatch(text.removesuffix("}")) for line in note.split("\n") if (text := line.strip())]
    named = {each[1].lower(): each[2] for each in found if each}
    if not verbatim:
        draft.doi = draft.doi or named.get("doi")
        draft.arxiv = draft.arxiv or (f"arXiv:{named['arxiv']}" if "arxiv" in named else None)
        for name in ("pmid", "pmcid"):
            if name in named:
                draft.extra.setdefault(name, clean_line(named[name]))
        if all(each and (each[1].lower() in _NOTE_FIELDS or each[1].startswith("tex.")) for each in found):
            draft.extra["csl"] = draft.extra.get("csl", {}) | {"note": clean_text(note)}
            return
    draft.notes.append(note)


def _custom(obj: Mapping[str, Any]) -> Mapping[str, Any] | None:
    custom = obj.get("custom")
    own = custom.get("readinglist") if isinstance(custom, dict) else None
    return own if isinstance(own, dict) else None


def _plain(text: str | None) -> str | None:
    """Return a text without the markup that CSL allows in it, and that of Crossref's abstracts."""
    if text is None or ("<" not in text and "&" not in text):
        return text
    text = _MARKUP.sub("", _PARAGRAPH_END.sub("\n\n", text))
    return _ENTITY.sub(lambda found: unescape(found.group()), text)


def _marked_safe(text: str) -> str:
    """Return a text in which nothing is markup or a character reference; `_plain` gives it back."""
    if "<" not in text and "&" not in text:
        return text
    text = _ENTITY.sub(lambda found: f"&amp;{found.group()[1:]}", text)
    return _TAG_LIKE.sub(lambda found: f"&lt;{found.group()[1:]}", text)
