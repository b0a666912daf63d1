"""Days in the reader's language: short, and never mistaken, for the month is a word or is marked as one."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from PySide6.QtCore import QDate, QLocale

_PART = re.compile(r"(d+|M+|y+)([年月日년월일.]?)((?:'[^']*'|[^dMy'])*)")
"""A field of a format, a mark that is its own, and what stands between it and the next one."""


def day_in_words(day: date, *, year: bool = True, weekday: bool = False) -> str:
    """Return a day as the reader's language writes it, with a short month; with its year, with its weekday.

    In English of the United States: Mar 9, 2026; Mon, Mar 9. In German: 9. März 2026. In Japanese: 2026年3月9日.
    """
    locale = QLocale()
    shown = short_format(locale.dateFormat(QLocale.FormatType.LongFormat), year=year, weekday=weekday)
    return locale.toString(QDate(day.year, day.month, day.day), shown)


@cache
def short_format(long: str, *, year: bool, weekday: bool) -> str:
    """Return a language's long format (of `QLocale`) with short names, and only with what is wanted.

    A field that is left out takes with it what stands between it and the next, the last one what stands before it.

    >>> short_format("dddd, MMMM d, yyyy", year=False, weekday=False)
    'MMM d'
    >>> short_format("yyyy年M月d日dddd", year=True, weekday=False)
    'yyyy年M月d日'
    """
    parts: list[tuple[str, str, str]] = _PART.findall(long)
    shown: list[tuple[str, str, bool]] = []
    for place, (field, mark, between) in enumerate(parts):
        short = {"y": "yyyy" * year, "M": field if mark in ("月", "월") else "MMM"}.get(field[0], field)
        if len(field) > 2 and field[0] == "d":
            short = "ddd" * weekday
        if short:
            shown.append((short + mark, between, place + 1 == len(parts)))
    if not shown:
        return "d MMM yyyy"
    if weekday and not any(field == "ddd" for field, _, _ in shown):
        shown.insert(0, ("ddd", ", ", False))
    text = "".join(field + between for field, between, _ in shown[:-1])
    field, between, ends = shown[-1]
    return text + field + (between if ends else "")
