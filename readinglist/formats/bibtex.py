"""Read BibTeX and BibLaTeX files, as JabRef, Zotero, Mendeley, BibDesk, publishers and people write them.

A file is read twice where it must be: abbreviations, groups and the entries that others refer to may stand anywhere
in it. Memory is bounded by the longest entry and the entries referred to, not by the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from readinglist.errors import Problem, ProblemKind
from readinglist.formats.bibtex_entries import Abbreviation, Aside, Block, Broken, Entry, Remark, blocks
from readinglist.formats.bibtex_groups import Groups, read_groups
from readinglist.formats.bibtex_paper import inherited, paper_of, references
from readinglist.formats.fields import BadRecord
from readinglist.formats.item import Item, Record
from readinglist.formats.source import USUAL, Limits, Sample, Source
from readinglist.phrase import Phrase, phrase
from readinglist.text.clean import clean_line

_ENTRY = re.compile(
    r"^[ \t]{0,40}@{1,3}[ \t]{0,10}[a-z][\w-]{0,60}\s{0,40}[{(]\s{0,40}[^,{}=\"@\n]{0,300}"
    r"(?:,\s{0,100}(?:[}%]|[a-z][\w-]{0,60}\s{0,40}=)|=)",
    re.IGNORECASE | re.MULTILINE,
)
_REMARK = re.compile(r"^[ \t]{0,40}@(?:comment|string|preamble)\s{0,40}[{(]", re.IGNORECASE | re.MULTILINE)
_BIBLATEX = re.compile(
    r"databaseType:biblatex|^\s{0,40}(?:date|journaltitle|eprinttype|eprintclass|location)\s{0,40}="
    r"|^\s{0,40}@(?:online|report|thesis|collection|software|dataset|xdata)\s{0,10}\{",
    re.IGNORECASE | re.MULTILINE,
)
_READ_TWICE = ("crossref", "xdata", "jabref-meta")
_STRING = re.compile(r"@\s{0,20}[Ss][Tt][Rr][Ii][Nn][Gg]")
_OVERLAP = 60
_NOT_PAPERS = frozenset({"xdata", "control", "set", "bibnote"})


def recognise_bibtex(sample: Sample) -> float:
    """Say how sure it is that this is BibTeX: there is an entry at the start of a line."""
    text = sample.text
    found = _ENTRY.search(text) or _REMARK.search(text)
    if found is None:
        return 0.0
    lines = (line.strip() for line in text[: found.end()].splitlines())
    first = next((line for line in lines if line and not line.startswith("%")), "")
    return 0.94 if first.startswith("@") else 0.7


def recognise_biblatex(sample: Sample) -> float:
    """Say how sure it is that this is BibTeX with what only BibLaTeX has."""
    sure = recognise_bibtex(sample)
    return sure + 0.01 if sure and _BIBLATEX.search(sample.text) else sure and sure - 0.01


def read_bibtex(source: Source, today: date, limits: Limits = USUAL) -> Iterator[Item]:
    """Yield the papers of a BibTeX file, and the problem of each entry that gives none."""
    return _read(source, limits, "bibtex")


def read_biblatex(source: Source, today: date, limits: Limits = USUAL) -> Iterator[Item]:
    """Yield the papers of a BibLaTeX file: `read_bibtex`, which knows both; they came from "biblatex"."""
    return _read(source, limits, "biblatex")


def _read(source: Source, limits: Limits, format_name: str) -> Iterator[Item]:
    def read(only: Callable[[str], bool] | None = None) -> Iterator[Block]:
        return blocks(source.chunks(limits), strings, limits, only=only)

    strings: dict[str, str] = {}
    parents: dict[str, Entry] = {}
    groups, keys = Groups(), set[str]()
    if _has_what_is_read_twice(source, limits):
        strings, groups, parents = _looked_through(read, strings)
    for block in read():
        if isinstance(block, Broken):
            yield _problem("failed", source.name, block.line, block.reason)
        elif isinstance(block, Aside):
            yield _problem("notice", source.name, block.line, block.message)
        elif isinstance(block, Entry) and block.kind not in _NOT_PAPERS:
            yield from _items(block, groups, parents, source.name, format_name, limits)
            if block.key and block.key in keys:
                said = phrase("the key “{key}” stands for an earlier entry too", key=block.key[:60])
                yield _problem("notice", source.name, block.line, said)
            keys.add(block.key)


def _items(
    entry: Entry, groups: Groups, parents: dict[str, Entry], name: str, format_name: str, limits: Limits
) -> Iterator[Item]:
    try:
        if "crossref" in entry.fields or "xdata" in entry.fields:
            entry = inherited(entry, parents)
        paper, reader, notices = paper_of(entry, groups, source=format_name, limits=limits)
    except BadRecord as error:
        yield _problem("failed", name, entry.line, error.message)
        return
    for notice in notices:
        yield _problem("notice", name, entry.line, notice)
    yield Record(entry.line, paper, reader)


_MOST_SAID, _MOST_QUOTED = 300, 100


def _problem(kind: ProblemKind, name: str, line: int, message: str) -> Problem:
    said = clean_line(message)[:_MOST_SAID]
    if isinstance(message, Phrase) and said != message:
        # What is quoted is cut, not the sentence, so that it can still be said in another language.
        quoted = {key: clean_line(v)[:_MOST_QUOTED] if isinstance(v, str) else v for key, v in message.values.items()}
        said = phrase(message.template, **quoted)
    return Problem(kind, name, line, message if said == message else said)


def _has_what_is_read_twice(source: Source, limits: Limits) -> bool:
    end = ""
    for chunk in source.chunks(limits):
        if _is_read_twice(end + chunk):
            return True
        end = chunk[-_OVERLAP:]
    return False


def _is_read_twice(text: str) -> bool:
    """Say whether a text may hold what is needed before it is reached. Quicker than one pattern for all."""
    low = text.lower()
    return any(mark in low for mark in _READ_TWICE) or _STRING.search(text) is not None


def _looked_through(
    read: Callable[..., Iterator[Block]], strings: dict[str, str]
) -> tuple[dict[str, str], Groups, dict[str, Entry]]:
    """Return the abbreviations, groups and entries referred to that a file holds anywhere."""
    groups, wanted = Groups(), set[str]()
    for block in read(_is_read_twice):
        if isinstance(block, Abbreviation):
            strings.setdefault(block.name, block.value)
        elif isinstance(block, Remark):
            read_groups(block.text, groups)
        elif isinstance(block, Entry):
            for name in ("crossref", "xdata"):
                wanted.update(references(block.fields.get(name, "")))
    parents: dict[str, Entry] = {}
    while wanted:  # what they refer to may refer further
        before = len(parents)
        for block in read():
            if isinstance(block, Entry) and (key := block.key.lower()) in wanted and key not in parents:
                parents[key] = block
        wanted = {
            key
            for parent in parents.values()
            for name in ("crossref", "xdata")
            for key in references(parent.fields.get(name, ""))
        } - parents.keys()
        if len(parents) == before:
            break
    return strings, groups, parents
