"""MEDLINE, the tagged text of PubMed (`.nbib`, "PubMed format").

    PMID- 12230038                   -> Record(paper=Paper(title="The Bio* toolkits--a brief overview",
    DP  - 2002 Sep                         published="2002-09", authors=(Author("Harry Mangalam", "Mangalam"),),
    TI  - The Bio* toolkits--a brief       url="https://pubmed.ncbi.nlm.nih.gov/12230038/", ...))
          overview.
    FAU - Mangalam, Harry
    AU  - Mangalam H

A record starts at `PMID` or after an empty line. Source: "MEDLINE/PubMed Data Element (Field) Descriptions" of the
National Library of Medicine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from readinglist.errors import Problem
from readinglist.formats.bibliography import Draft, find_arxiv, find_doi, items_of, set_extra
from readinglist.formats.dates import read_date
from readinglist.formats.item import Item
from readinglist.formats.names import read_name, write_editors
from readinglist.formats.source import USUAL, Limits, Sample, Source
from readinglist.formats.tagged import TaggedLine, TaggedRecord, left_over, tagged_records
from readinglist.paper import Author
from readinglist.text.clean import clean_line

_TAGGED = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}-(?: (.*))?", re.DOTALL)
_PMID = re.compile(r"^PMID ?- ?\d+[ \t]*\r?$", re.MULTILINE)
_SHORT_NAME = re.compile(r"(\S.*?) ([^\W\d_a-z]{1,4})((?: (?:Jr|Sr|[IVX]+|\d\w\w))?)")
_DOI_MARK = re.compile(r"(?<!\s)\s*\[doi\]\s*$", re.IGNORECASE)
_TYPES = {
    "journal article": "article",
    "preprint": "online",
    "book": "book",
    "book chapter": "incollection",
    "dataset": "dataset",
}
_TAKEN = "PMID PMC TI BTI AB FAU AU CN DP DEP JT TA VI IP PG IS ISBN LA PL PB CP EN FED ED MH OT"
# What PubMed keeps for itself: when the record was made, indexed and changed, and the same facts in one line.
_HOUSEKEEPING = "OWN STAT DA DCOM LR EDAT MHDA CRDT PHST PST SB SO JID PUBM VTI OAB OABL"
_NOT_KEPT = frozenset(f"{_TAKEN} {_HOUSEKEEPING}".split())


def recognise_medline(sample: Sample) -> float:
    """Say how sure it is that this is MEDLINE: a PMID, and tagged lines below it."""
    found = _PMID.search(sample.text[:20_000])
    if found is None:
        return 0.0
    below = sample.text[found.end() : found.end() + 4000].splitlines()
    return 0.95 if any(_TAGGED.fullmatch(line) for line in below) else 0.0


def read_medline(source: Source, today: date, limits: Limits = USUAL) -> Iterator[Item]:
    """Yield the papers of a MEDLINE file, and a failed problem for each record that is none."""
    for record in tagged_records(source.lines(limits), _read_line, name=source.name, limits=limits, blank_ends=True):
        if isinstance(record, Problem):
            yield record
        else:
            yield from items_of(record, _fill, name=source.name, format_name="medline", limits=limits)


def _read_line(line: str, record: TaggedRecord | None) -> TaggedLine | None:
    found = _TAGGED.fullmatch(line)
    if found is None:
        return None
    return TaggedLine(found[1], found[2] or "", starts=found[1] == "PMID" and not (record and _just_begun(record)))


def _just_begun(record: TaggedRecord) -> bool:
    return len(record.fields) <= 3 and not record.all("PMID", "TI", "BTI", "FAU", "AU")


def _fill(draft: Draft, record: TaggedRecord) -> None:
    title = " ".join((record.first("TI") or record.first("BTI") or "").split())
    draft.title = title[:-1] if title.endswith(".") and not title.endswith("..") else title
    draft.abstract = record.first("AB")
    draft.authors = _authors(record)
    draft.venue = record.first("JT") or record.first("TA") or (record.first("BTI") if record.first("TI") else None)
    dates = [found for tag in ("DP", "DEP") if (text := record.first(tag)) and (found := read_date(text))]
    draft.published = max((found for found in dates if found[:4] == dates[0][:4]), key=len, default=None)
    numbers = [each.text for each in record.all("LID", "AID")]
    dois = [_DOI_MARK.sub("", text) for text in numbers if _DOI_MARK.search(text[-100:])]
    draft.doi = find_doi(dois) or next(iter(dois), None)
    draft.arxiv = find_arxiv([draft.venue, *numbers])
    pmid = (record.first("PMID") or "").strip()
    if pmid.isascii() and pmid.isdecimal() and len(pmid) < 12:
        draft.addresses = [f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"]
    draft.keywords = [each.text.lstrip("* ") for each in record.all("OT")]
    draft.keywords += [" ".join(each.text.split()).partition("/")[0].lstrip("* ") for each in record.all("MH")]
    kinds = [each.text.strip().lower() for each in record.all("PT")]
    set_extra(
        draft,
        entry_type=next((_TYPES[kind] for kind in reversed(kinds) if kind in _TYPES), None),
        pmid=pmid,
        pmcid=record.first("PMC"),
        volume=record.first("VI"),
        number=record.first("IP"),
        pages=record.first("PG"),
        issn=[each.text for each in record.all("IS")],
        isbn=[each.text for each in record.all("ISBN")],
        publisher=record.first("PB"),
        address=record.first("PL"),
        edition=record.first("EN"),
        language=record.first("LA"),
        editor=write_editors(name for each in record.all("FED") or record.all("ED") if (name := read_name(each.text))),
    )
    rest = left_over(record, _NOT_KEPT)
    rest = {tag: [" ".join(text.split()) for text in texts] for tag, texts in rest.items()}
    for tag in ("LID", "AID"):
        kept = [text for text in rest.pop(tag, []) if not _DOI_MARK.search(text[-100:])]
        if kept:
            rest[tag] = kept
    if rest:
        draft.extra["medline"] = rest


def _authors(record: TaggedRecord) -> list[Author]:
    """Return the authors in order: a full name (FAU), with the short one (AU) that follows left out."""
    authors: list[Author] = []
    full = False
    for each in record.all("FAU", "AU", "CN"):
        text = clean_line(each.text)
        if each.tag == "AU" and full:
            full = False
            continue
        full = each.tag == "FAU"
        if each.tag == "CN" and text:
            authors.append(Author(text, text))
        elif each.tag == "AU" and (short := _SHORT_NAME.fullmatch(text)):
            authors.append(Author(f"{short[2]} {short[1]}{short[3]}", short[1]))
        elif author := read_name(text):
            authors.append(author)
    return authors
