"""Read the fields of a foreign object one by one, with their types, and remember what was wrong with them.

A field that is missing or null is None. A field of the wrong type is None too and leaves a notice. Only what
cannot be kept at all (a text beyond all measure) makes the whole record a bad one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from readinglist.errors import ReadingListError
from readinglist.formats.source import USUAL, Limits
from readinglist.phrase import phrase
from readinglist.text.clean import clean_line, clean_paragraphs, clean_text
from readinglist.text.identifiers import addresses, link_kind

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ].*)?", re.DOTALL)
_UTC_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
_LARGEST = 2**53


class BadRecord(ReadingListError):
    """A record that cannot be taken; the message says why in a plain sentence."""


class Fields:
    """The fields of one object. Every method takes the names a field may go by and uses the first that is there."""

    __slots__ = ("_limits", "_obj", "notices")

    def __init__(self, obj: Mapping[str, Any], limits: Limits = USUAL) -> None:
        self._obj = obj
        self._limits = limits
        self.notices: list[str] = []

    def raw(self, *names: str) -> Any:
        """Return the value as it stands, or None."""
        for name in names:
            value = self._obj.get(name)
            if value is not None:
                return value
        return None

    def string(self, *names: str) -> str | None:
        """Return a text as it stands, or None. Raise `BadRecord` when it is too long."""
        for name in names:
            value = self._obj.get(name)
            if value is None:
                continue
            if isinstance(value, str):
                return self._bounded(name, value)
            self.notices.append(phrase("{name} is not a text and was left out", name=name))
        return None

    def line(self, *names: str) -> str | None:
        """Return a text as one safe line, or None when nothing is left of it."""
        text = self.string(*names)
        return (text if is_plain_line(text) else clean_line(text)) or None if text else None

    def prose(self, *names: str) -> str | None:
        """Return a text as safe paragraphs, or None when nothing is left of it."""
        text = self.string(*names)
        return plain_prose(text) or None if text else None

    def layout(self, *names: str) -> str | None:
        """Return a text with its layout, safe, or None when it is empty."""
        text = self.string(*names)
        return clean_text(text) or None if text else None

    def words(self, *names: str) -> str | None:
        """Return a text with its layout, safe, or None when there is no word in it."""
        text = self.layout(*names)
        return text if text and text.strip() else None

    def integer(self, name: str, low: int, high: int = _LARGEST) -> int | None:
        """Return a whole number between `low` and `high`; digits in a text and 2024.0 count as one."""
        value = self._obj.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str) and value.strip().isascii() and value.strip().isdecimal() and len(value) < 20:
            value = int(value.strip())
        if isinstance(value, float) and math.isfinite(value) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.notices.append(phrase("{name} is not a number that can be right and was left out", name=name))
        return None

    def flag(self, name: str) -> bool:
        """Return a truth value; missing is false."""
        value = self._obj.get(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.notices.append(phrase("{name} is neither true nor false and was left out", name=name))
        return False

    def day(self, *names: str) -> str | None:
        """Return a date as ISO text, as much as is known ("2026", "2026-03", "2026-03-11"), without a time of day."""
        text = self.line(*names)
        if text is None:
            return None
        found = iso_day(text)
        if found is None:
            self.notices.append(phrase("{name} is not a date and was left out", name=names[0]))
        return found

    def time(self, name: str) -> str | None:
        """Return a time as RFC 3339 in UTC, or None."""
        text = self.line(name)
        if text is None or _UTC_TIME.fullmatch(text):
            return text
        try:
            moment = datetime.fromisoformat(text)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=UTC)
            return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
        except (ValueError, OverflowError):
            self.notices.append(phrase("{name} is not a time and was left out", name=name))
            return None

    def objects(self, name: str) -> list[Mapping[str, Any]]:
        """Return the objects of a list, in order; whatever else it holds leaves a notice."""
        value = self._obj.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.notices.append(phrase("{name} is not a list and was left out", name=name))
            return []
        found: list[Mapping[str, Any]] = [entry for entry in value if isinstance(entry, dict)]
        if len(found) < len(value):
            self.notices.append(phrase("{name} holds an entry that is no object; it was left out", name=name))
        return found

    def strings(self, name: str, *, cut: str = "") -> list[str]:
        """Return the texts of a list as safe lines, in order, none empty.

        A single text is cut at the first of the characters of `cut` that it contains.
        """
        value = self._obj.get(name)
        if not value and not isinstance(value, (bool, int, float)):
            return []
        if isinstance(value, str):
            value = self._bounded(name, value)
            mark = next((mark for mark in cut if mark in value), None)
            value = value.split(mark) if mark else [value]
        if not isinstance(value, list):
            self.notices.append(phrase("{name} is not a list and was left out", name=name))
            return []
        found = [
            text if is_plain_line(text) else clean_line(text)
            for text in value
            if isinstance(text, str) and len(text) <= self._limits.field_chars
        ]
        if len(found) < len(value):
            self.notices.append(phrase("{name} holds an entry that is no text; it was left out", name=name))
        return [text for text in found if text]

    def _bounded(self, name: str, text: str) -> str:
        if len(text) > self._limits.field_chars:
            raise BadRecord(
                phrase(
                    "{name} is longer than {field_chars:,} characters", name=name, field_chars=self._limits.field_chars
                )
            )
        if "\0" in text or not (text.isascii() or _UNKEEPABLE.search(text) is None):
            self.notices.append(phrase("{name} held characters that stand for nothing; they were left out", name=name))
        return text


def is_plain_line(text: str) -> bool:
    """Say whether a text is one safe, trimmed line already: a quick test before the thorough cleaning."""
    return text.isascii() and text.isprintable() and "  " not in text and text.strip() == text


def plain_prose(text: str) -> str:
    """Return safe paragraphs; equal to `clean_paragraphs`, and quick where there is nothing to clean."""
    return text if is_plain_line(text) else clean_paragraphs(text)


def iso_day(text: str) -> str | None:
    """Return the date at the start of an ISO date or time, or None when there is no such day.

    >>> iso_day("2026-02-26T17:08:18.000Z"), iso_day("2026-03"), iso_day("2026-13-01")
    ('2026-02-26', '2026-03', None)
    """
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part for part in (year, month, day) if part)


def code_addresses(text: str) -> list[str]:
    """Return the addresses of code in a text, in order, without repeats.

    >>> code_addresses("See https://example.org; code: github.com/a/b.")
    ['https://github.com/a/b']
    """
    lower = text.lower()
    if "://" not in lower and "www." not in lower and "github.com/" not in lower and "gitlab.com/" not in lower:
        return []  # the thorough search takes thirty times as long
    return [url for url in addresses(text) if link_kind(url) == "code"]


def safe_value(value: Any) -> Any:
    """Return a value of JSON that can be kept and written again: safe texts, finite numbers.

    The nesting has been checked before, so that the recursion ends.
    """
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {clean_text(key): safe_value(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [safe_value(entry) for entry in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values in order without repeats."""
    return tuple(dict.fromkeys(values))
