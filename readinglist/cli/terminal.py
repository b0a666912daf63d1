"""Write for people: safe, aligned, as wide as the terminal. Knows nothing of papers.

Foreign text passes `clean_line` or `clean_text` before it is printed; colours are dropped by click where the
output is no terminal, and everywhere when NO_COLOR is set.
"""

from __future__ import annotations

import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import click

from readinglist.errors import ReadingListError
from readinglist.text.clean import clean_line

_WORD = re.compile(r"\S+")
_MAX_WIDTH = 120


def width() -> int:
    """Return how many cells a line of the terminal has: 80 where that is unknown, 120 at most."""
    return max(40, min(shutil.get_terminal_size((80, 24)).columns, _MAX_WIDTH))


class OutputLost(ReadingListError):
    """Standard output takes no more: its disk is full, its device gone."""


def say(*lines: str) -> None:
    """Print lines on standard output."""
    with output():
        click.echo("\n".join(lines))


@contextmanager
def output() -> Iterator[None]:
    """Turn what goes wrong in writing on standard output into `OutputLost`; a closed pipe stays what it is."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputLost(f"standard output: cannot be written ({error.strerror or error}).") from error


def tell(text: str) -> None:
    """Print a line on standard error, cleaned."""
    click.echo(clean_line(text), err=True)


def read_input(most_bytes: int | None = None) -> bytes:
    """Return all of standard input. Raises ReadingListError when there is none, or more than `most_bytes`."""
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise ReadingListError("there is no standard input.")
    if most_bytes is None:
        return bytes(stream.read())
    data = bytes(stream.read(most_bytes + 1))
    if len(data) > most_bytes:
        raise ReadingListError(f"standard input holds more than {most_bytes // 1_000_000} MB.")
    return data


def listens(stream: str) -> bool:
    """Say whether `stream` ("stdin", "stdout" or "stderr") is a terminal."""
    try:
        return bool(getattr(sys, stream).isatty())
    except (AttributeError, ValueError):  # closed, or not there at all (pythonw)
        return False


def cells(text: str) -> int:
    """Return how many cells `text` takes on a terminal: two for wide characters, none for combining ones.

    >>> cells("abc"), cells("注意"), cells("e\\u0301")
    (3, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(_cells_of(c) for c in text)


def _cells_of(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, room: int) -> str:
    """Return `text`, or its beginning with "…", in at most `room` cells.

    >>> cut("positional", 6), cut("bias", 6), cut("注意機構", 6)
    ('posit…', 'bias', '注意…')
    """
    if cells(text) <= room:
        return text
    taken, end = 1, 0
    while end < len(text) and taken + _cells_of(text[end]) <= room:
        taken += _cells_of(text[end])
        end += 1
    return text[:end].rstrip() + "…"


def pad(text: str, room: int, *, right: bool = False) -> str:
    """Return `text` filled up with spaces to `room` cells; with `right`, the spaces stand before it."""
    spaces = " " * max(0, room - cells(text))
    return spaces + text if right else text + spaces


def line_spans(text: str, room: int) -> list[tuple[int, int]]:
    """Return where to break `text` into lines of at most `room` cells: (start, end) in code points.

    Breaks at white space; a word that is longer than a line is broken where it must be.

    >>> line_spans("one two three", 7)
    [(0, 7), (8, 13)]
    """
    spans: list[tuple[int, int]] = []
    start = end = used = 0
    for word in _WORD.finditer(text):
        size = cells(word.group())
        between = word.start() - end
        if end > start and used + between + size <= room:
            end, used = word.end(), used + between + size
            continue
        if end > start:
            spans.append((start, end))
        start, end, used = word.start(), word.end(), size
        while used > room:
            stop, taken = start, 0
            while stop == start or taken + _cells_of(text[stop]) <= room:
                taken += _cells_of(text[stop])
                stop += 1
            spans.append((start, stop))
            start, used = stop, used - taken
    if end > start:
        spans.append((start, end))
    return spans


def wrap(text: str, room: int, indent: str = "") -> list[str]:
    """Return `text` as lines of at most `room` cells, each behind `indent`; its empty lines are kept."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        spans = line_spans(paragraph, room - cells(indent))
        lines += [indent + paragraph[start:end] for start, end in spans] or [""]
    return lines


def wrap_marked(
    text: str, marks: Iterable[Sequence[int]], room: int, *, most_lines: int, indent: str = ""
) -> list[str]:
    """Return `text` as lines with the marked places bold, beginning shortly before the first mark.

    `marks` are (start, end) in code points. At most `most_lines` lines; "…" stands for what is left out.
    """
    bold = bytearray(len(text))
    for start, end in marks:
        bold[start:end] = b"\x01" * len(bold[start:end])
    room -= cells(indent)
    spans = line_spans(text, room - 2)
    first = next((i for i, (start, end) in enumerate(spans) if any(bold[start:end])), 0)
    first = max(0, min(first, len(spans) - most_lines))
    shown = spans[first : first + most_lines]
    lines = [_with_bold(text, bold, start, end) for start, end in shown]
    if lines and first > 0:
        lines[0] = "… " + lines[0]
    if lines and first + most_lines < len(spans):
        lines[-1] += " …"
    return [indent + line for line in lines]


def _with_bold(text: str, bold: bytearray, start: int, end: int) -> str:
    parts: list[str] = []
    while start < end:
        stop = start
        while stop < end and bold[stop] == bold[start]:
            stop += 1
        part = "".join(c if c.isprintable() else " " for c in text[start:stop])
        parts.append(click.style(part, bold=True) if bold[start] else part)
        start = stop
    return "".join(parts)


def table(rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> list[str]:
    """Return rows as lines with aligned columns, two spaces between; those in `right` to the right."""
    if not rows:
        return []
    widths = [max(cells(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(pad(cell, widths[column], right=column in right) for column, cell in enumerate(row)).rstrip()
        for row in rows
    ]


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "paper"), counted(0, "paper"), counted(1200, "entry", "entries")
    ('1 paper', '0 papers', '1,200 entries')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
