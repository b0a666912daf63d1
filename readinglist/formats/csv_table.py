"""CSV (RFC 4180): a paper a row, for spreadsheets and scripts; tables of others with a column of titles.

    title,authors,year
    On lists,"Quill, Ada; Roe, Bo",2024
    -> Record(line=2, paper=Paper(title="On lists", authors=(Author("Ada Quill", "Quill"), ...), year=2024))

A cell that a spreadsheet would take for a formula begins with an apostrophe, which goes again when it is read. The
file begins with a mark that tells Excel it is UTF-8. Several values in a cell are divided by semicolons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from readinglist.errors import Problem
from readinglist.formats.fields import BadRecord
from readinglist.formats.item import Item
from readinglist.formats.paper_json import items_from_json, paper_as_json
from readinglist.formats.source import USUAL, Limits, Sample, Source
from readinglist.paper import Paper, Status
from readinglist.phrase import phrase
from readinglist.text.clean import clean_line

COLUMNS = (
    *("title", "authors", "year", "published", "venue", "doi", "arxiv_id", "url", "abstract", "keywords", "tags"),
    *("status", "starred", "until", "note", "highlights", "added", "changed", "finished", "listed", "upvotes"),
    *("submitted_by", "taste", "links", "source", "version", "uid"),
)
_LISTS = frozenset({"authors", "keywords", "tags"})
_NAMES = {  # what other programs call a column, without spaces and case
    "author": "authors", "creator": "authors", "creators": "authors", "authornames": "authors",
    "articletitle": "title", "papertitle": "title", "documenttitle": "title",
    "publicationyear": "year", "pubyear": "year", "py": "year",
    "date": "published", "publicationdate": "published", "datepublished": "published",
    "journal": "venue", "publicationtitle": "venue", "sourcetitle": "venue", "conference": "venue",
    "booktitle": "venue", "containertitle": "venue",
    "arxiv": "arxiv_id", "arxivid": "arxiv_id", "link": "url", "weblink": "url", "articleurl": "url",
    "abstractnote": "abstract", "summary": "abstract",
    "authorkeywords": "keywords", "automatictags": "keywords", "keyword": "keywords",
    "manualtags": "tags", "tag": "tags", "notes": "note", "submittedby": "submitted_by",
}  # fmt: skip
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_UNFORMULA = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_VALUE = re.compile(r"(?:\\.|[^;\\])+", re.DOTALL)
_LONGEST_LINES = 10_000
_LONGEST_CHARS = 1 << 22
_STATUSES = frozenset(Status)


def recognise_csv(sample: Sample) -> float:
    """Say how sure it is that this is a table with a column of titles, by its first line."""
    first = sample.text.lstrip("\ufeff").partition("\n")[0].rstrip("\r")
    if len(first) > 20_000 or first.lstrip().startswith(("{", "[", "<", "@", "%", "---")):
        return 0.0
    names = [_column(cell) for cell in _cells(first, _delimiter(first))]
    known = sum(name in COLUMNS for name in names)
    return 0.7 if "title" in names and known >= 2 else 0.0


def read_csv(source: Source, today: date, limits: Limits = USUAL) -> Iterator[Item]:
    """Yield the paper of each row; a row that is none, or whose quotes do not end, is a failed problem."""
    rows = _Rows(source.lines(limits))
    names: list[str] = []
    delimiter = ","
    for line, text in rows:
        if text is None:
            yield Problem("failed", source.name, line, "this row is too long, or a quote in it has no end")
            continue
        if not names:
            delimiter = _delimiter(text)
            rows.delimiter = delimiter
            names = [_column(cell) for cell in _cells(text, delimiter)]
            if "title" not in names:
                yield Problem("failed", source.name, line, "the first row names no column “title”")
                return
            continue
        cells = _cells(text, delimiter)
        if not any(cell.strip() for cell in cells):
            continue
        try:
            said = _said(names, cells)
        except BadRecord as error:
            yield Problem("failed", source.name, line, error.message)
            continue
        yield from items_from_json(said, name=source.name, line=line, format_name="csv", limits=limits)


def write_csv(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield a table of papers, with names in the first row; lines end as RFC 4180 says."""
    yield "\ufeff" + ",".join(COLUMNS) + "\r\n"
    for paper in papers:
        said = paper_as_json(paper)
        said["links"] = [link.url for link in paper.links]
        said["highlights"] = "\n\n".join(
            each.quote if each.comment is None else f"{each.quote}\n— {each.comment}" for each in paper.highlights
        )
        yield ",".join(_cell(said[name]) for name in COLUMNS) + "\r\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        value = "; ".join(each.replace("\\", "\\\\").replace(";", "\\;") for each in value)
    text = str(value)
    if _FORMULA.match(text):
        text = "'" + text
    if any(char in text for char in ',"\r\n;\t') or text != text.strip():
        text = '"' + text.replace('"', '""') + '"'
    return text


def _values(text: str) -> list[str]:
    return [re.sub(r"\\([;\\])", r"\1", value).strip() for value in _VALUE.findall(text)]


def _column(cell: str) -> str:
    """Return our name for a column, or its own."""
    name = clean_line(cell.lstrip("\ufeff"))
    if name.lower().replace(" ", "_") in COLUMNS:
        return name.lower().replace(" ", "_")
    return _NAMES.get(re.sub(r"[\s_-]", "", name).lower(), name)


def _said(names: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    """Return a row as an object in the shape of `paper_as_json`."""
    if any(cell.strip() for cell in cells[len(names) :]):
        raise BadRecord(phrase("this row has {cells} cells, the first one {names}", cells=len(cells), names=len(names)))
    said: dict[str, Any] = {}
    own = "uid" in names
    for name, cell in zip(names, cells, strict=False):
        text = cell[1:] if _UNFORMULA.match(cell) else cell
        if not name or not text or name in said or name == "highlights":
            continue
        if name in _LISTS:
            said[name] = _values(text) if own or ";" in text else text
        elif name == "links":
            said[name] = _values(text)
        elif name == "starred":
            said[name] = text.strip().lower() in ("yes", "true", "1", "x")
        elif name == "status" and text not in _STATUSES:
            said["state"] = text  # somebody else's
        else:
            said[name] = text
    if own:
        said.setdefault("uid", None)
    return said


def _delimiter(first: str) -> str:
    """Return what divides the cells of a first row: whichever of the usual signs it has most of."""
    return max(",;\t", key=first.count)


class _Rows:
    """Rows out of lines: (line of its start, text), the text None where a quote does not end.

    What follows such a row is read from its second line on, so that a stray quote costs one row.
    """

    def __init__(self, lines: Iterator[tuple[int, str | None]]) -> None:
        self._lines = lines
        self._again: list[tuple[int, str]] = []
        self.delimiter = ","

    def __iter__(self) -> _Rows:
        return self

    def __next__(self) -> tuple[int, str | None]:
        gathered: list[tuple[int, str]] = []
        chars, is_open = 0, False
        while (found := self._next_line()) is not None:
            line, text = found
            if text is None:
                return (gathered[0][0] if gathered else line), None
            gathered.append((line, text))
            chars += len(text)
            after = _open_after(text, self.delimiter, is_open)
            if after is None:
                break
            is_open = after
            if not is_open:
                return gathered[0][0], "\n".join(text for _, text in gathered)
            if len(gathered) >= _LONGEST_LINES or chars > _LONGEST_CHARS:
                break
        if not gathered:
            raise StopIteration
        self._again += reversed(gathered[1:])
        return gathered[0][0], None

    def _next_line(self) -> tuple[int, str | None] | None:
        return self._again.pop() if self._again else next(self._lines, None)


def _open_after(line: str, delimiter: str, is_open: bool) -> bool | None:
    """Say whether a quote is open at the end of a line, given whether one was at its start.

    None: one was, and what ends it here is the start of another cell, so that it had no end.
    """
    at = 0
    from_before = is_open
    while True:
        if not is_open:
            if line.startswith('"', at):
                at += 1
            else:
                at = line.find(delimiter, at) + 1
                if not at:
                    return False
                continue
        while (quote := line.find('"', at)) >= 0 and line.startswith('"', quote + 1):
            at = quote + 2
        if quote < 0:
            return True
        if from_before and not line.startswith(delimiter, quote + 1) and line[quote + 1 :]:
            return None
        is_open = from_before = False
        at = line.find(delimiter, quote + 1) + 1
        if not at:
            return False


def _cells(text: str, delimiter: str) -> list[str]:
    """Return the cells of a row; a quote inside an unquoted cell, or behind a quoted one, stays."""
    cells = []
    at = 0
    while True:
        value = ""
        if text.startswith('"', at):
            begin = at = at + 1
            while (quote := text.find('"', at)) >= 0 and text.startswith('"', quote + 1):
                at = quote + 2
            quote = quote if quote >= 0 else len(text)
            value, at = text[begin:quote].replace('""', '"'), quote + 1
        end = text.find(delimiter, at)
        if end < 0:
            cells.append(value + text[at:])
            return cells
        cells.append(value + text[at:end])
        at = end + 1
