"""Read a day as a person writes it, seen from another day. Knows only the calendar.

>>> from datetime import date
>>> str(read_day("in 3 weeks", date(2026, 1, 31)))
'2026-02-21'
"""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from datetime import date, timedelta

from readinglist.phrase import phrase

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPAN = re.compile(r"(?:in )?(\d{1,4}|an?(?= )) ?(d|days?|w|weeks?|m|months?|y|years?)")


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    "(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
_DAY_MONTH = re.compile(rf"(?P<day>\d{{1,2}})\.? {_MONTH}\.?(?:,? (?P<year>\d{{4}}))?")
_DOTTED = re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\.(?: ?(?P<year>\d{4}))?")
_MONTH_DAY = re.compile(rf"{_MONTH}\.? (?P<day>\d{{1,2}})(?:,? (?P<year>\d{{4}}))?")


def read_day(text: str, now: date) -> date:
    """Return the day that `text` names, seen from `now`; raises ValueError with a plain sentence.

    An ISO date; `today`, `tomorrow`; `next week` (its Monday), `next month` (its first); a day of the week
    (the next one after today), or `next friday` (that of the next week); `3d`, `2w`, `in 3 days`, `2 months`,
    `in a week`; `24 Dec`, `December 24`, `24 Dec 2027`, `24.12.2027`, `24.12.` (without a year the next one, today
    included).

    >>> [str(read_day(t, date(2026, 1, 28))) for t in ("tomorrow", "next week", "1 month", "friday", "next friday")]
    ['2026-01-29', '2026-02-02', '2026-02-28', '2026-01-30', '2026-02-06']
    """
    words = " ".join(text.lower().replace("_", " ").split())
    if words == "today":
        return now
    if words == "tomorrow":
        return now + timedelta(days=1)
    if words == "next week":
        return now + timedelta(days=7 - now.weekday())
    if words == "next month":
        return months_later(now.replace(day=1), 1)
    for number, name in enumerate(_DAYS):
        if words in (name, name[:3]):
            return now + timedelta(days=(number - now.weekday() - 1) % 7 + 1)
        if words in (f"next {name}", f"next {name[:3]}"):
            return now + timedelta(days=7 - now.weekday() + number)
    try:
        if span := _SPAN.fullmatch(words):
            count = span.group(1)
            return _later(now, int(count) if count.isdigit() else 1, span.group(2)[0])
    except (OverflowError, ValueError):
        raise ValueError(phrase("“{text}” is too far away.", text=text)) from None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
            return date.fromisoformat(words)
        if (named := _named_day(words, now)) is not None:
            return named
    except ValueError:
        raise ValueError(phrase("There is no day {text}.", text=text)) from None
    raise ValueError(phrase("“{text}” is no date: write 2026-03-11, tomorrow, next week, friday or 3d.", text=text))


def _named_day(words: str, now: date) -> date | None:
    """Return the day that is named by day and month; ValueError when there is none such."""
    found = _DAY_MONTH.fullmatch(words) or _MONTH_DAY.fullmatch(words) or _DOTTED.fullmatch(words)
    if found is None:
        return None
    month = int(found["month"]) if found["month"].isdecimal() else _MONTHS.index(found["month"][:3]) + 1
    if found["year"]:
        return date(int(found["year"]), month, int(found["day"]))
    for year in range(now.year, now.year + 9):  # 29 February
        with suppress(ValueError):
            if (day := date(year, month, int(found["day"]))) >= now:
                return day
    raise ValueError(words)


def _later(day: date, count: int, unit: str) -> date:
    if unit == "d":
        return day + timedelta(days=count)
    if unit == "w":
        return day + timedelta(weeks=count)
    return months_later(day, count if unit == "m" else 12 * count)


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
