"""RIS as other programs write it: EndNote, Zotero, Mendeley, Reference Manager, publishers and databases.

    TY  - JOUR                       -> Record(paper=Paper(title="On lists", authors=(Author("Ada Lovelace",
    AU  - Lovelace, Ada                    "Lovelace"),), published="1843-07", venue="Journal of Lists", ...))
    TI  - On lists
    PY  - 1843/07//
    T2  - Journal of Lists
    ER  -

The dialects differ in the spaces around the hyphen, in the case of the tags, in what they wrap and leave out; how
a record writes its first line tells how to read the rest. A record ends at `ER`, at the next `TY`, or with
the file. Sources: "RIS Format Specifications" of Reference Manager (2001) and of 2011 (they disagree on T2, N2
and Y1), and what the programs do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape

from readinglist.errors import Problem
from readinglist.formats.bibliography import Draft, find_arxiv, find_doi, paper_of, set_extra
from readinglist.formats.dates import month_number, read_date, read_year
from readinglist.formats.fields import BadRecord
from readinglist.formats.item import Item, Record
from readinglist.formats.names import read_name, write_editors
from readinglist.formats.publication_types import type_of_ris
from readinglist.formats.size import too_long
from readinglist.formats.source import USUAL, Limits, Sample, Source
from readinglist.formats.tagged import TaggedLine, TaggedRecord, left_over, tagged_records
from readinglist.phrase import phrase
from readinglist.text.clean import clean_line

_TAGS = """
    A1 A2 A3 A4 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CT CY DA DB DI DO DOI DP ED EP ER ET ID IS J1 J2 JA
    JF JO KW L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NV OP PB PP PY RI RN RP SE SN SP ST SV T1 T2 T3 TA TI TT TY U1 U2 U3
    U4 U5 UR VL VO Y1 Y2
"""
_KNOWN_TAGS = frozenset(_TAGS.split())
_BEGINNING = re.compile(
    r"[ \t]{0,3}(?:TY[ \t]{0,3}-[ \t]?|ty[ \t]{1,3}-(?:[ \t]|$))(?:[A-Za-z][\w +-]{0,40})?[ \t]*", re.ASCII
)
# Two spaces as the specification has it: any tag. Otherwise the known ones, so that prose stays prose.
_STRICT = re.compile(r"[ \t]{0,3}([A-Z][A-Z0-9])(?:  |\t)-[ \t]?(.*)", re.DOTALL)
_LOOSE = re.compile(r"[ \t]{0,3}([A-Za-z][A-Za-z0-9])[ \t]{0,3}-(?:[ \t](.*))?", re.DOTALL)
_TIGHT = re.compile(r"[ \t]{0,3}([A-Za-z][A-Za-z0-9])[ \t]{0,3}-[ \t]?(.*)", re.DOTALL)
_END = re.compile(r"[ \t]{0,3}(?:ER|er|Er)[ \t]{0,3}-[ \t]*")
_OPENERS = frozenset({"ID", "AU", "A1", "TI", "T1", "PY", "Y1", "DO", "JO", "JF", "T2", "AB", "N2"})
_FURNITURE = re.compile(
    r"\s*(?:\d+\s*[.)]?|Record #\d+ of \d+|(?:Provider|Content|Database|Title|Date|Total References?)\s*:.*"
    r"|<\d+>|\[\d+\]|[-=*_]{3,}|VERSION.*|EF|FN .*|VR .*)\s*",
    re.IGNORECASE,
)
_BETWEEN_NUMBERS = re.compile(r"[;,]|(?<=\))\s")
_PAGE_HTML = re.compile(r"<(?:p|div|h[1-6]|ul|ol|br|strong|em)\b[^>]{0,200}>", re.IGNORECASE)
_BREAKING_TAG = re.compile(r"</(?:p|div|h[1-6]|li|ul|ol|tr)>|<br\s*/?>", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-z][a-z0-9]{0,15}(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_ARXIV_NUMBER = re.compile(r"arxiv[:\s/.]", re.IGNORECASE)

# Tags that may stand more than once, all of which are read; of the others the first.
_REPEATED = frozenset("AU A1 A2 ED PY Y1 DA KW N1 RN SN UR LK L1 L2 L3 L4".split())  # noqa: SIM905 - a table
_SINGLE = ("TY", "VL", "VO", "IS", "SP", "EP", "PP", "PB", "CY", "ET", "LA", "T3", "DO", "AB")


def recognise_ris(sample: Sample) -> float:
    """Say how sure it is that this is RIS: a line that starts a record, and tagged lines below it."""
    lines = sample.text.splitlines()
    if sample.text.lstrip()[:1] in ("{", "[", "<", "@"):
        return 0.0
    start = next((place for place, line in enumerate(lines) if _is_beginning(line)), None)
    if start is not None:
        near = lines[start + 1 : start + 40]
        tagged = sum(1 for line in near if (found := _TIGHT.fullmatch(line)) and found[1].upper() in _KNOWN_TAGS)
        return 0.9 if tagged else 0.0
    tags = {found[1] for line in lines[:60] if (found := _STRICT.fullmatch(line))}
    return 0.6 if tags & {"AU", "A1"} and tags & {"TI", "T1"} else 0.0


def read_ris(source: Source, today: date, limits: Limits = USUAL) -> Iterator[Item]:
    """Yield the papers of a RIS file, a failed problem for each record that is none, and what else is to be told."""
    records = tagged_records(
        source.lines(limits), _read_line, name=source.name, limits=limits, is_furniture=_is_furniture
    )
    for record in records:
        if isinstance(record, Problem):
            yield record
        elif record.fields or record.problem:
            yield from _items(record, source.name, limits)


def looks_like_html(note: str) -> bool:
    """Say whether a note is HTML, as Zotero writes its notes."""
    return _PAGE_HTML.match(note.lstrip()) is not None


def _items(record: TaggedRecord, name: str, limits: Limits) -> Iterator[Item]:
    draft = Draft()
    try:
        if record.problem:
            raise BadRecord(record.problem)
        _fill(draft, record)
        paper = paper_of(draft, "ris", limits)
        if wrong := too_long(paper, limits.field_chars):
            raise BadRecord(wrong)
    except BadRecord as error:
        yield Problem("failed", name, record.line, error.message)
        start = next((place for place, each in enumerate(record.fields) if each.tag == "TY"), 0)
        if start:  # what stood before the first line was perhaps the rest of another record
            yield from _items(TaggedRecord(record.fields[start].line, record.fields[start:]), name, limits)
        return
    for notice in draft.notices:
        yield Problem("notice", name, record.line, notice)
    yield Record(record.line, paper, reader=paper.note is not None)


def _is_beginning(line: str) -> bool:
    return len(line) < 200 and _BEGINNING.fullmatch(line) is not None


def _is_furniture(line: str) -> bool:
    return len(line) < 500 and _FURNITURE.fullmatch(line) is not None


def _read_line(line: str, record: TaggedRecord | None) -> TaggedLine | None:
    """Return what a line of RIS is, given the record that is open: how that one is written decides."""
    if line[:1].islower() and not (record is None or _is_lower(record)):
        return None
    if _is_beginning(line):
        # The keys of the record tell its dialect: the line itself is kept with it.
        return TaggedLine("TY", line, starts=record is None or not _may_begin(record))
    if _END.fullmatch(line):
        return TaggedLine("ER", ends=True)
    found = _STRICT.fullmatch(line)
    if record is None:
        return TaggedLine(found[1], found[2]) if found and found[1] in _OPENERS else None
    if found is None and record.fields[:1] and (begin := record.fields[0]).tag == "TY":
        spaces, tight = _spaces(begin.lines[0])
        found = (_TIGHT if tight else _LOOSE).fullmatch(line) if spaces != 2 or tight or _is_lower(record) else None
        if found is not None and (found[1].upper() not in _KNOWN_TAGS or _mixed(found[1])):
            found = None
    return TaggedLine(found[1].upper(), found[2] or "") if found else None


def _may_begin(record: TaggedRecord) -> bool:
    """Say whether a first line still belongs to a record: some programs write a field or two before it."""
    if record.problem or len(record.fields) > 2 or record.all("TY", "TI", "T1"):
        return False
    return not record.fields or bool(record.fields[-1].lines[-1].strip())


def _is_lower(record: TaggedRecord) -> bool:
    return bool(record.fields) and record.fields[0].tag == "TY" and record.fields[0].lines[0].lstrip()[:1] == "t"


def _mixed(tag: str) -> bool:
    return tag[0].isupper() and tag[1].islower()


def _spaces(beginning: str) -> tuple[int, bool]:
    """Return how many spaces stand before the hyphen of a first line, and whether none stands after it."""
    before, _, after = beginning.strip().partition("-")
    return (2 if "\t" in before else len(before) - len(before.rstrip())), not after.startswith((" ", "\t"))


def _fill(draft: Draft, record: TaggedRecord) -> None:
    """Put what a record says into its draft."""
    kind = (record.first("TY") or "").partition("-")[2].strip().upper()
    consumed = {*_REPEATED, *_SINGLE}
    titles = ("TI", "T1", "CT", "BT", "ST", "TT")
    title_tag = next((tag for tag in titles if record.first(tag)), "TI")
    draft.title = record.first(title_tag)
    consumed.add(title_tag)
    consumed.update(tag for tag in titles if record.first(tag) == draft.title)
    draft.authors = [author for each in record.all("AU", "A1") for line in each.lines if (author := read_name(line))]
    editors = [name for each in record.all("ED", "A2") for line in each.lines if (name := read_name(line))]
    draft.abstract = record.first("AB", "N2")
    if record.first("N2") == draft.abstract:
        consumed.add("N2")
    venues = ("JF", "JO", "T2", "BT", "J2", "JA", "J1", "C3")
    draft.venue = next((text for tag in venues if tag != title_tag and (text := record.first(tag))), None)
    consumed.update(tag for tag in venues if draft.venue and record.first(tag) == draft.venue)
    _read_dates(draft, record)
    _read_identifiers(draft, record, consumed)
    draft.keywords = [word for each in record.all("KW") for word in _keywords(each.lines)]
    draft.notes = [_note(each.lines) for each in record.all("N1", "RN")]
    first, last = record.first("SP", "PP"), record.first("EP")
    set_extra(
        draft,
        entry_type=type_of_ris(kind),
        volume=record.first("VL", "VO"),
        number=record.first("IS"),
        pages=f"{first}–{last}" if first and last and last not in first else first or last,
        publisher=record.first("PB"),
        address=record.first("CY"),
        series=record.first("T3"),
        edition=record.first("ET"),
        language=record.first("LA"),
        editor=write_editors(editors),
    )
    numbers = [part.strip() for each in record.all("SN") for part in _BETWEEN_NUMBERS.split(each.text)]
    isbn = [part for part in numbers if sum(map(str.isdigit, part[:100])) >= 9]
    set_extra(draft, isbn=isbn, issn=[part for part in numbers if part not in isbn])
    rest = left_over(record, frozenset(consumed))
    for tag in consumed - _REPEATED:
        further = list(dict.fromkeys(each.text.strip() for each in record.all(tag)))[1:]
        if further:
            rest[tag] = further
    if kind and type_of_ris(kind) is None:
        rest["TY"] = [kind]
    if rest:
        draft.extra["ris"] = rest


def _read_dates(draft: Draft, record: TaggedRecord) -> None:
    """Keep the year of PY or Y1, and the most exact date that agrees with it."""
    texts = [text for tag in ("PY", "Y1", "DA") for each in record.all(tag) if (text := each.text)]
    dates = [found for text in texts if (found := read_date(text))]
    draft.year = next((year for text in texts if (year := read_year(text))), None)
    if draft.year is None:
        if texts:
            draft.notices.append(phrase("{text!r} is no date and was left out", text=clean_line(texts[0])[:60]))
        return
    partial = next((text for text in texts if read_date(text) is None), None)  # EndNote: PY 2004, DA June 8
    if partial and any(month_number(word) for word in re.findall(r"[^\W\d_]+", partial[:80])):
        dates.append(read_date(f"{partial[:60]} {draft.year}") or "")
    draft.published = max((found for found in dates if found[:4] == f"{draft.year:04}"), key=len, default=None)


def _read_identifiers(draft: Draft, record: TaggedRecord, consumed: set[str]) -> None:
    elsewhere = [record.first("M3"), record.first("DI")]
    draft.doi = record.first("DO")
    if draft.doi is None and (doi := find_doi(text for text in elsewhere if text and len(text) < 300)):
        draft.doi = doi
        consumed.update(tag for tag in ("M3", "DI") if find_doi([record.first(tag)]) == doi)
    for tag in ("M1", "AN", "C7"):
        text = (record.first(tag) or "").strip()
        if text and _ARXIV_NUMBER.match(text) and find_arxiv([text]):
            draft.arxiv = draft.arxiv or text
            consumed.add(tag)
    draft.arxiv = draft.arxiv or find_arxiv([record.first("JO"), record.first("JF"), record.first("T2")])
    for each in (each for tag in ("UR", "LK", "L1", "L2", "L3", "L4") for each in record.all(tag)):
        text = each.text.strip()
        if draft.doi is None and each.tag == "L3" and text.startswith("10.") and find_doi([text]):
            draft.doi = text
        else:
            draft.addresses.append(text)


def _keywords(lines: list[str]) -> list[str]:
    """Return the keywords of one field: EndNote writes one a line, others several with semicolons."""
    words: list[str] = []
    for line in lines:
        if line.startswith("  ") and words:
            words[-1] += " " + line.strip()
        elif line.strip():
            words.append(line)
    return [part.strip().lstrip("*").strip() for word in words for part in word.split(";")]


def _note(lines: list[str]) -> str:
    """Return a note with its layout, without the six columns that a wrapped line is indented by."""
    text = "\n".join(line.removeprefix("      ") if place else line for place, line in enumerate(lines)).rstrip()
    if looks_like_html(text):
        return unescape(_ANY_TAG.sub("", _BREAKING_TAG.sub("\n", text))).strip("\n")
    return text
