"""Cut a text of tagged lines into records: what RIS, MEDLINE and the Web of Science have in common.

    TY  - JOUR            a tag and its value; it starts a record
    TI  - On the order
          of lists        a line without a tag goes on with the value above
    ER  -                 the end

What a tag looks like is told by each format; here the lines are put together, whatever is missing or stands
where it does not belong. Every line is looked at once, so that a megabyte of continued lines is read as fast as
any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from readinglist.errors import Problem
from readinglist.formats.source import Limits
from readinglist.phrase import phrase
from readinglist.text.clean import clean_line

_LONGEST_RECORD = 16
"""A record may be as long as so many of the longest fields."""

_SHOWN = 60


class TaggedLine(NamedTuple):
    """What a line is: a tag with the beginning of its value; `starts` and `ends` say so of the record."""

    tag: str
    value: str = ""
    starts: bool = False
    ends: bool = False


@dataclass(frozen=True, slots=True)
class TaggedField:
    """A tag and the lines of its value, as they stand."""

    tag: str
    line: int
    lines: list[str]

    @property
    def text(self) -> str:
        """Return the value with its line breaks, without the empty lines at its end."""
        return "\n".join(self.lines).rstrip()


@dataclass(slots=True)
class TaggedRecord:
    """The fields of one record in order. `problem` says why it cannot be taken as a whole."""

    line: int
    fields: list[TaggedField] = field(default_factory=list)
    problem: str | None = None

    def all(self, *tags: str) -> list[TaggedField]:
        """Return the fields with one of `tags` that say something, in the order of the record."""
        return [each for each in self.fields if each.tag in tags and any(map(str.strip, each.lines))]

    def first(self, *tags: str) -> str | None:
        """Return the value of the first of `tags` that says something, as one text, or None."""
        for tag in tags:
            for each in self.fields:
                if each.tag == tag and (text := each.text).strip():
                    return text
        return None


ReadLine = Callable[[str, TaggedRecord | None], TaggedLine | None]
"""Tell what a line is, given the record that is open; None for a line without a tag."""


def tagged_records(
    lines: Iterable[tuple[int, str | None]],
    read_line: ReadLine,
    *,
    name: str,
    limits: Limits,
    blank_ends: bool = False,
    is_furniture: Callable[[str], bool] = lambda text: False,
) -> Iterator[TaggedRecord | Problem]:
    """Yield the records, and a notice for every stretch of lines that belongs to none.

    `blank_ends`: an empty line ends a record. `is_furniture` knows lines between records that nobody misses.
    """
    record: TaggedRecord | None = None
    stray: list[tuple[int, str]] = []
    stray_count = room = 0
    for number, text in _with_old_line_ends(lines):
        if text is None:
            if record is not None:
                record.problem = phrase("line {number:,} is too long", number=number)
            else:
                yield Problem("failed", name, number, "this line is too long")
            continue
        found = read_line(text, record)
        if found is None and record is None:
            if text.strip() and not is_furniture(text):
                stray_count += 1
                stray = stray or [(number, text)]
            continue
        if found is None and blank_ends and not text.strip():
            if record is not None:
                yield record
            record = None
            continue
        if found is not None and (found.starts or record is None):
            if record is not None:
                yield record
            if stray:
                yield _stray(name, stray[0], stray_count)
                stray, stray_count = [], 0
            record, room = TaggedRecord(number), _LONGEST_RECORD * limits.field_chars
        if record is None:
            continue
        room -= len(text) + 1
        if room < 0:
            record.problem = record.problem or phrase("this record is too long")
            record.fields.clear()
        elif found is None:
            if record.fields:
                record.fields[-1].lines.append(text)
        elif not found.ends:
            record.fields.append(TaggedField(found.tag, number, [found.value]))
        if found is not None and found.ends:
            yield record
            record = None
    if record is not None:
        yield record
    if stray:
        yield _stray(name, stray[0], stray_count)


def left_over(record: TaggedRecord, used: frozenset[str]) -> dict[str, list[str]]:
    """Return the values of the tags that are not in `used`, each in the order of the record."""
    rest: dict[str, list[str]] = {}
    for each in record.fields:
        if each.tag not in used and each.text.strip():
            rest.setdefault(each.tag, []).append(each.text.strip())
    return rest


def _with_old_line_ends(lines: Iterable[tuple[int, str | None]]) -> Iterator[tuple[int, str | None]]:
    """Part lines that end with a bare carriage return, as old Macintosh programs wrote them, and count them."""
    more = 0
    for number, text in lines:
        if text is None or "\r" not in text:
            yield number + more, text
            continue
        for part in text.split("\r"):
            yield number + more, part
            more += 1
        more -= 1


def _stray(name: str, first: tuple[int, str], count: int) -> Problem:
    number, text = first
    shown = clean_line(text[: 4 * _SHOWN])[:_SHOWN]
    if count > 1:
        said = phrase("this line and {more:,} more belong to no record and were left out", more=count - 1)
    else:
        said = phrase("this line belongs to no record and was left out")
    return Problem("notice", name, number, phrase("{said}: {shown}", said=said, shown=shown))
