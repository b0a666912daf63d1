"""What an entry of BibTeX or BibLaTeX says of a paper. Knows nothing of files.

Entry(1, "article", "bo2021", {"title": "On {Lists}", "author": "Bo, Ada", "year": "2021"})
-> Paper(title="On Lists", authors=(Author("Ada Bo", "Bo"),), year=2021, ...)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from readinglist.formats.bibtex_dates import read_date, read_year_and_month
from readinglist.formats.bibtex_entries import Entry
from readinglist.formats.bibtex_groups import Groups, tag_of
from readinglist.formats.bibtex_names import read_list, read_names
from readinglist.formats.fields import BadRecord, Fields, unique
from readinglist.formats.paper_json import with_code_links
from readinglist.formats.publication import CAPITALS, CITATION_KEY, ENTRY_TYPE
from readinglist.formats.source import USUAL, Limits
from readinglist.paper import Author, Link, Paper, Status
from readinglist.phrase import phrase
from readinglist.text.clean import clean_line, clean_text
from readinglist.text.identifiers import addresses, is_web_address, link_kind, normal_arxiv, normal_doi
from readinglist.text.latex import latex_to_text


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_IN_A_BOOK = _words("inproceedings conference incollection inbook suppbook suppcollection inreference")
_BOOKS = _words("book mvbook collection mvcollection proceedings mvproceedings reference booklet")
_INSTITUTIONAL = _words("manual techreport report online electronic www misc software dataset standard")
VENUE_FIELDS = {
    **dict.fromkeys(_IN_A_BOOK, "booktitle"),
    **dict.fromkeys(("phdthesis", "mastersthesis"), "school"),
    **dict.fromkeys(("techreport", "report", "thesis"), "institution"),
    **dict.fromkeys(_BOOKS, "publisher"),
    **dict.fromkeys(("misc", "unpublished", "software", "dataset"), "howpublished"),
    **dict.fromkeys(("manual", "online"), "organization"),
}
"""The field that holds the venue, by the type of the entry; a journal for any other."""

_VENUES = ("journal", "journaltitle", "booktitle", "school", "institution", "howpublished", "organization", "publisher")
_TITLES = ("title", "booktitle", "maintitle", "issuetitle", "shorttitle")
_ADDRESSES = ("url", "ee", "link", "pdf", "repository", "eprint", "howpublished")
_BDSK_URL = re.compile(r"bdsk-url-\d{1,2}")
_NOTES = re.compile(r"annote|annotation|note|review|comment(?:-.{1,100})?")
_URL_COMMAND = re.compile(r"\\(?:url|href|path)\s*\{([^{}]*)\}")
_VERBATIM_ESCAPE = re.compile(r"\\([_%&#~$ {}])|\{?\\textasciitilde\}?(?:\{\})?|\{?\\textunderscore\}?(?:\{\})?")
_WRAPPED = re.compile(r"\n\t(?:\s*\n)*\s*")
_JABREF_TIME = re.compile(r"(\d{4})[.-](\d\d)[.-](\d\d)")
_BIBDESK_TIME = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)")
# A note of the publication, not of its reader.
_PRINTED_NOTE = re.compile(
    r"(?:arxiv(?: preprint)?:|to appear|in press|forthcoming|accepted|submitted|preprint|accessed|available (?:at|from)"
    r"|cited by|cite arxiv|published|\d+ (?:pp?\.?|pages)|pp?\. ?\d|isbn|issn|doi|https?:|\\url|version|reprint"
    r"|ph\.?d)",
    re.IGNORECASE,
)
_LONGEST_PRINTED_NOTE = 120
_PROTECTED = re.compile(r"(?<![\w\\])\w{1,40}\{[^{}\\$]{1,100}\}\w{0,40}|(?<![\w}\\])\{[^{}\\$]{1,100}\}\w{0,40}")
_RANK = re.compile(r"(?:rank)?([1-5])", re.IGNORECASE)
_PRIORITY = re.compile(r"(?:prio)?([1-3])", re.IGNORECASE)
_SPECIAL_KEYWORD = re.compile(r"rank[1-5]|prio[1-3]", re.IGNORECASE)
_STARRED_FROM_RANK = 4

_OWN_WORK = _words(
    """doi eprint eprinttype eprintclass archiveprefix primaryclass file annote annotation note comment review groups
    readstatus ranking priority rating read relevance pages crossref xref xdata ids keywords abstract url urldate
    creationdate modificationdate timestamp owner date-added date-modified shorttitle label"""
)
"""What an entry never takes over from the one that it refers to."""


def inherited(entry: Entry, parents: Mapping[str, Entry]) -> Entry:
    """Return `entry` with what `crossref` and `xdata` give it (BibTeX's rules, and BibLaTeX manual appendix B).

    `parents` are entries by their key in lower case.
    """
    fields = dict(entry.fields)
    notices = list(entry.notices)
    for kind in ("xdata", "crossref"):
        seen: set[str] = set()
        wanted = list(references(fields.get(kind, "")))
        while wanted:
            key = wanted.pop(0)
            if key in seen:
                continue
            seen.add(key)
            parent = parents.get(key)
            if parent is None:
                notices.append(phrase("the entry “{key}” that it refers to is not here", key=key[:60]))
                continue
            wanted += references(parent.fields.get(kind, ""))
            given = parent.fields if kind == "xdata" else _given(entry.kind, parent)
            for name, value in given.items():
                if not fields.get(name, "").strip():
                    fields[name] = value
    return Entry(entry.line, entry.kind, entry.key, fields, notices)


def references(value: str) -> Iterator[str]:
    """Yield the keys, in lower case, that a `crossref` or `xdata` names."""
    for key in value.split(","):
        if key := key.strip().lower():
            yield key


def _given(kind: str, parent: Entry) -> dict[str, str]:
    given = {name: value for name, value in parent.fields.items() if name not in _OWN_WORK}
    if kind in _IN_A_BOOK:
        title = given.pop("title", "")
        subtitle = given.pop("subtitle", "")
        given.setdefault("booktitle", f"{title}: {subtitle}" if subtitle else title)
        given.pop("author", None)
    return given


def paper_of(entry: Entry, groups: Groups, *, source: str, limits: Limits = USUAL) -> tuple[Paper, bool, list[str]]:
    """Return the paper of an entry, whether it has something of its reader's, and what was wrong with it.

    Raise `BadRecord` when there is no title, or a text is beyond `limits`.
    """
    return _Reading(entry, groups, limits).paper(source)


class _Reading:
    """An entry whose fields are taken one after the other; what nobody has taken goes to `extra`."""

    def __init__(self, entry: Entry, groups: Groups, limits: Limits) -> None:
        for name, value in entry.fields.items():
            if len(value) > limits.field_chars:
                raise BadRecord(
                    phrase(
                        "{name} is longer than {field_chars:,} characters",
                        name=clean_line(name)[:60],
                        field_chars=limits.field_chars,
                    )
                )
        self._entry = entry
        self._groups = groups
        self._limits = limits
        self._left = {name: value for name, value in entry.fields.items() if value.strip()}
        self._notices = list(entry.notices)
        self._extra: dict[str, Any] = {ENTRY_TYPE: entry.kind}

    def paper(self, source: str) -> tuple[Paper, bool, list[str]]:
        title = self._title()
        abstract = Fields({"abstract": self._text("abstract")}, self._limits).prose("abstract")
        authors = self._authors()
        year, published = self._date()
        arxiv_id, version = self._arxiv()
        doi = self._doi()
        venue = self._venue()
        url, links = self._links()
        if url and doi is None and "doi.org/" in url:
            doi = normal_doi(url)
        if url and arxiv_id is None and "arxiv.org/" in url and (found := normal_arxiv(url)):
            arxiv_id, version = found
        tags, keywords = self._tags_and_keywords()
        status, starred = self._status(tags), self._starred(keywords)
        note = self._note()
        added = self._added()
        paper = Paper(
            title=title,
            abstract=abstract,
            authors=authors,
            year=year,
            published=published,
            venue=venue,
            doi=doi,
            arxiv_id=arxiv_id,
            url=url,
            links=with_code_links(links, abstract) if abstract else links,
            keywords=unique(keywords),
            status=status,
            starred=starred,
            tags=frozenset(tags),
            note=note,
            added=added,
            source=source,
            version=version,
            extra=self._rest(),
        )
        return paper, bool(tags or note or starred or status is not Status.INBOX), self._notices

    def _raw(self, name: str) -> str:
        return self._left.pop(name, "")

    def _text(self, name: str) -> str:
        return latex_to_text(self._raw(name))

    def _line(self, name: str) -> str:
        return clean_line(self._text(name))

    def _verbatim(self, name: str) -> str:
        """Return an address or identifier: escapes of its signs gone, nothing else changed."""
        raw = _URL_COMMAND.sub(r"\1", self._left[name])
        if "\\" in raw:
            raw = _VERBATIM_ESCAPE.sub(lambda found: found[1] or ("~" if "tilde" in found.group() else "_"), raw)
        return clean_line(raw).strip("{}<> ")

    def _title(self) -> str:
        if words := list(_protected_words(self._left.get("title", ""))):
            self._extra[CAPITALS] = " ".join(unique(words))
        title = next((text for name in _TITLES if name in self._left and (text := self._line(name))), "")
        if not title:
            raise BadRecord("there is no title")
        if (subtitle := self._line("subtitle")) and subtitle.casefold() not in title.casefold():
            title += (" " if title[-1] in "?!:." else ": ") + subtitle
        return title

    def _authors(self) -> tuple[Author, ...]:
        authors, others = read_names(self._raw("author"))
        if not authors and "editor" in self._left:  # stays in `extra` too: it says that they are editors
            authors, others = read_names(self._left["editor"])
        if not authors and self._entry.kind in _INSTITUTIONAL:
            for name in ("collaboration", "institution", "organization"):
                if name in self._left and (whole := clean_line(latex_to_text(self._left[name]))):
                    authors = (Author(whole, whole),)
                    del self._left[name]
                    break
        if others:
            self._extra["more_authors"] = True
        return authors

    def _date(self) -> tuple[int | None, str | None]:
        said, year_said = self._line("date"), self._line("year")
        month, day = self._line("month"), self._line("day")
        year, published = read_date(said) if said else (None, None)
        if year_said or month:
            by_year, by_month = read_year_and_month(year_said or str(year or ""), month, day)
            if by_year is not None:
                published = published if by_month is None or (published and year == by_year) else by_month
                year = by_year
        if (said and year is None) or "/" in said:
            self._extra["date"] = said
        if year_said and not year_said.isdecimal():
            self._extra["year"] = year_said
        if month and published is None:
            self._extra["month"] = month
        return year, published

    def _arxiv(self) -> tuple[str | None, str | None]:
        kind = self._line("archiveprefix") or self._line("eprinttype")
        self._left.pop("eprinttype", None)
        if (category := self._line("primaryclass")) or (category := self._line("eprintclass")):
            self._extra["eprintclass"] = category
        self._left.pop("eprintclass", None)
        eprint = self._left.get("eprint", "")
        if eprint and kind.lower() in ("", "arxiv") and (found := normal_arxiv(self._verbatim("eprint"))):
            del self._left["eprint"]
            return found
        if eprint and kind:
            self._extra["eprinttype"] = kind
        for name in ("arxivid", "arxiv"):
            if name in self._left and (found := normal_arxiv(self._verbatim(name))):
                del self._left[name]
                return found
        for name, start in (("journal", "arxiv"), ("volume", "abs/"), ("note", "arxiv:"), ("howpublished", "arxiv")):
            text = self._left.get(name, "")
            if text.strip("{ ").lower().startswith(start) and (found := normal_arxiv(text)):
                return found
        return None, None

    def _doi(self) -> str | None:
        if "doi" not in self._left:
            return None
        text = self._verbatim("doi")
        del self._left["doi"]
        doi = normal_doi(text)
        if doi is None and text:
            self._extra["doi"] = text
            self._notices.append(phrase("doi is no DOI; it was kept as it is"))
        return doi

    def _venue(self) -> str | None:
        for name in (VENUE_FIELDS.get(self._entry.kind, "journal"), *_VENUES):
            if name == "publisher" and self._entry.kind not in _BOOKS:
                continue
            if name == "howpublished" and "howpublished" in self._left and self._is_address("howpublished"):
                continue
            if name in self._left and (venue := self._line(name)):
                if name == "journaltitle" and (subtitle := self._line("journalsubtitle")):
                    venue += f": {subtitle}"
                return venue
        return None

    def _is_address(self, name: str) -> bool:
        return "://" in self._left[name] or "\\url" in self._left[name]

    def _links(self) -> tuple[str | None, tuple[Link, ...]]:
        """Return the address of the paper, and the further ones."""
        found: list[str] = []
        for name in (*_ADDRESSES, *self._bibdesk_urls()):
            if name not in self._left or (name not in ("url", "ee", "link") and not self._is_address(name)):
                continue
            whole = self._verbatim(name)
            urls = [whole] if " " not in whole and is_web_address(whole) else addresses(whole)
            if urls:
                del self._left[name]
                found += urls
            elif name == "url":
                self._notices.append(phrase("url is no web address; it was kept as it is"))
        url = found[0] if found else None
        return url, tuple(Link(link_kind(each), each) for each in unique(found) if each != url)

    def _bibdesk_urls(self) -> list[str]:
        names = (name for name in self._left if _BDSK_URL.fullmatch(name))
        return sorted(names, key=lambda name: (len(name), name))

    def _tags_and_keywords(self) -> tuple[set[str], list[str]]:
        named = [tag for text in read_list(self._raw("groups")) if (tag := tag_of(text))]
        tags = {self._groups.by_name.get(name, name) for name in named}
        tags |= set(self._groups.by_key.get(self._entry.key, ()))
        for name in ("mendeley-groups", "mendeley-tags", "tags"):
            tags |= {tag for text in read_list(self._raw(name)) if (tag := tag_of(text))}
        keywords = read_list(self._raw("keywords") or self._raw("keyword"))
        for keyword in keywords:
            tags |= set(self._groups.by_keyword.get(keyword.casefold(), ()))
        ours = sorted(named)
        if ours and sorted(keywords[-len(ours) :]) == ours:  # as our own export gives them to programs without groups
            keywords = keywords[: -len(ours)]
        refused = {tag for tag in tags if tag.casefold() in ("none", "any")}
        for tag in sorted(refused):
            self._notices.append(phrase("“{tag}” cannot be a tag and was left out", tag=tag))
        return tags - refused, keywords

    def _status(self, tags: set[str]) -> Status:
        said = self._line("readstatus").lower()
        if said == "skimmed":  # Read, and still to be told apart
            tags.add("skimmed")
        elif said not in ("", "read"):
            self._extra["readstatus"] = said
        if said in ("read", "skimmed") or self._left.get("read", "").strip().lower() in ("1", "yes", "true"):
            self._left.pop("read", None)
            return Status.READ
        return Status.INBOX

    def _starred(self, keywords: list[str]) -> bool:
        """Say whether the reader marked it as outstanding; how exactly is kept in `extra`."""
        special = [keyword for keyword in keywords if _SPECIAL_KEYWORD.fullmatch(keyword)]
        keywords[:] = [keyword for keyword in keywords if not _SPECIAL_KEYWORD.fullmatch(keyword)]
        marks = {"ranking": "", "priority": ""} | {
            "ranking" if keyword.lower().startswith("rank") else "priority": keyword for keyword in special
        }
        for name in ("ranking", "rating", "priority"):
            if said := self._line(name):
                marks[name] = said
        self._extra |= {name: mark for name, mark in marks.items() if mark}
        rank = max(
            (int(found[1]) for name in ("ranking", "rating") if (found := _RANK.fullmatch(marks.get(name, "")))),
            default=0,
        )
        priority = _PRIORITY.fullmatch(marks["priority"])
        return rank >= _STARRED_FROM_RANK or (priority is not None and priority[1] == "1")

    def _note(self) -> str | None:
        parts = []
        names = sorted((name for name in self._left if _NOTES.fullmatch(name)), key=_place_of_note)
        for name in names:
            text = self._left[name].strip()
            if name == "note" and len(text) <= _LONGEST_PRINTED_NOTE and _PRINTED_NOTE.match(text.lstrip("{ ")):
                continue
            latex = _WRAPPED.sub(" ", self._raw(name).strip())
            said = clean_text(latex_to_text(latex, ligatures=False))
            if said.strip() and said not in parts:
                parts.append(said)
        return "\n\n".join(parts) or None

    def _added(self) -> str:
        """Return when its reader took it in, as far as JabRef or BibDesk say so."""
        text = self._left.get("creationdate") or self._left.get("date-added") or ""
        if found := _BIBDESK_TIME.fullmatch(text.strip()):
            text = f"{found[1]}T{found[2]}{found[3]}:{found[4]}"
        elif not text and (found := _JABREF_TIME.fullmatch(self._left.get("timestamp", "").strip())):
            text = f"{found[1]}-{found[2]}-{found[3]}"
        if not text:
            return ""
        try:
            moment = datetime.fromisoformat(text.strip())
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            moment = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        except (ValueError, OverflowError):
            return ""
        self._left.pop("creationdate", None)
        self._left.pop("date-added", None)
        return f"{moment.isoformat()}Z"

    def _rest(self) -> dict[str, Any]:
        """Return what no field of a paper holds."""
        if self._entry.key:
            self._extra[CITATION_KEY] = clean_line(self._entry.key)
        for name, value in self._left.items():
            text = value if name == "file" else latex_to_text(value) if name != "eprint" else self._verbatim(name)
            if (said := clean_line(text)) and name not in self._extra:
                self._extra[clean_line(name)] = said
        if sum(len(str(value)) for value in self._extra.values()) > self._limits.field_chars:
            raise BadRecord(
                phrase(
                    "its further fields are longer than {field_chars:,} characters",
                    field_chars=self._limits.field_chars,
                )
            )
        return self._extra


def _protected_words(latex: str) -> Iterator[str]:
    """Yield the capitalised words in braces of a title: names, whose capitals a style must not take away."""
    for found in _PROTECTED.finditer(latex):
        for word in clean_line(found.group().replace("{", "").replace("}", "")).split():
            if word[0].isupper() and word.isalpha() and word[1:] == word[1:].lower():
                yield word


def _place_of_note(name: str) -> int:
    """Put the reader's own note before what was published as one."""
    return ("annote", "annotation", "comment").index(name) if name in ("annote", "annotation", "comment") else 3
