"""The field-tagged text of the Web of Science ("plain text file", the old ISI export).

    FN Clarivate Analytics Web of Science
    VR 1.0
    PT J                             -> Record(paper=Paper(title="On lists", authors=(Author("Ada Lovelace",
    AU Lovelace, A                         "Lovelace"), Author("Al Roe", "Roe")), published="2004-06-08",
       Roe, A                              venue="JOURNAL OF LISTS", ...))
    AF Lovelace, Ada
       Roe, Al
    TI On lists
    ER

Names and cited works stand a line each, everything else is wrapped. Source: "Web of Science Core
Collection Field Tags".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from readinglist.errors import Problem
from readinglist.formats.bibliography import Draft, find_arxiv, items_of, set_extra
from readinglist.formats.dates import read_date, read_year
from readinglist.formats.item import Item
from readinglist.formats.names import read_name, write_editors
from readinglist.formats.source import USUAL, Limits, Sample, Source
from readinglist.formats.tagged import TaggedLine, TaggedRecord, left_over, tagged_records
from readinglist.paper import Author
from readinglist.text.clean import clean_line

_TAGGED = re.compile(r"([A-Z][A-Z0-9])(?: (.*))?", re.DOTALL)
_HEAD = re.compile(r"^FN .{0,200}\r?\n(?:VR .{0,40}\r?\n)?\s{0,20}PT [A-Z]\b", re.MULTILINE)
_BARE_HEAD = re.compile(r"\s*PT [BJPSC]\r?\n(?:[A-Z][A-Z0-9] .*\r?\n| {3}.*\r?\n){3}")
_FURNITURE = re.compile(r"(?:FN|VR) .*|EF")
_TYPES = {"J": "article", "B": "book", "S": "incollection", "P": "patent", "C": "inproceedings"}
_DOCUMENTS = {"proceedings paper": "inproceedings", "book chapter": "incollection"}
_WORDS = re.compile(r" ?; ?")
_TAKEN = "PT AU AF CA GP BA BF TI SO J9 JI AB PY PD DI UT PM DE ID VL IS BP EP AR PU PI LA BE ED SE SN EI BN DT ER"
_CONSUMED = frozenset(_TAKEN.split())


def recognise_web_of_science(sample: Sample) -> float:
    """Say how sure it is that this is an export of the Web of Science, by the lines it begins with."""
    return 0.95 if _HEAD.search(sample.text[:5000]) or _BARE_HEAD.match(sample.text) else 0.0


def read_web_of_science(source: Source, today: date, limits: Limits = USUAL) -> Iterator[Item]:
    """Yield the papers of an export, and a failed problem for each record that is none."""
    records = tagged_records(
        source.lines(limits), _read_line, name=source.name, limits=limits, is_furniture=_is_furniture
    )
    for record in records:
        if isinstance(record, Problem):
            yield record
        elif record.fields or record.problem:
            yield from items_of(record, _fill, name=source.name, format_name="web-of-science", limits=limits)


def _is_furniture(line: str) -> bool:
    return len(line) < 500 and _FURNITURE.fullmatch(line.strip()) is not None


def _read_line(line: str, record: TaggedRecord | None) -> TaggedLine | None:
    if record is None and _is_furniture(line):
        return None
    found = _TAGGED.fullmatch(line)
    if found is None:
        return None
    tag = found[1]
    if tag in ("ER", "EF") and not (found[2] or "").strip():
        return TaggedLine(tag, ends=True)
    return TaggedLine(tag, found[2] or "", starts=tag == "PT")


def _fill(draft: Draft, record: TaggedRecord) -> None:
    draft.title = record.first("TI")
    draft.abstract = record.first("AB")
    full, short = _names(record, "AF", "BF"), _names(record, "AU", "BA")
    draft.authors = full if len(full) >= len(short) else short
    for institution in _lines(record, "CA", "GP"):
        draft.authors.append(Author(institution, institution))
    draft.venue = record.first("SO") or record.first("JI") or record.first("J9")
    year = record.first("PY")
    draft.year = read_year(year) if year else None
    if draft.year:
        draft.published = read_date(f"{(record.first('PD') or '')[:40]} {draft.year}")
    draft.doi = record.first("DI")
    draft.arxiv = find_arxiv([record.first("AR"), draft.venue])
    draft.keywords = [
        word for each in record.all("DE", "ID") for word in _WORDS.split(" ".join(each.text.split())) if word
    ]
    kind = (record.first("DT") or "").lower()
    first, last = record.first("BP"), record.first("EP")
    set_extra(
        draft,
        entry_type=next((kind_of for words, kind_of in _DOCUMENTS.items() if words in kind), None)
        or _TYPES.get((record.first("PT") or "").strip()),
        pmid=record.first("PM"),
        wos=record.first("UT"),
        volume=record.first("VL"),
        number=record.first("IS"),
        pages=f"{first.strip()}–{last}" if first and last else first or record.first("AR"),
        publisher=record.first("PU"),
        address=record.first("PI"),
        language=record.first("LA"),
        series=record.first("SE"),
        editor=write_editors(name for name in _names(record, "BE", "ED")),
        issn=_lines(record, "SN", "EI"),
        isbn=_lines(record, "BN"),
    )
    rest = left_over(record, _CONSUMED)
    if rest:
        draft.extra["web-of-science"] = rest


def _lines(record: TaggedRecord, *tags: str) -> list[str]:
    return [text for each in record.all(*tags) for line in each.lines if (text := clean_line(line))]


def _names(record: TaggedRecord, *tags: str) -> list[Author]:
    return [author for line in _lines(record, *tags) if (author := read_name(line))]
