"""Dates in a query: read them, and say which days they are.

Written as        means
2026  2026-03     a year, a month
2026-03-11        a day
today yesterday tomorrow
<7d  <2w  <3m     fewer than 7 days (2 weeks, 3 months) ago; of a field that lies ahead, fewer than that ahead
>1y  >=1y  <=1y   more than a year ago, and so on
7d                the same as <7d; =7d is that one day
>=2026-03  <today from March on; before today (an age counts apart, a date counts along the calendar)
a..b  a..  ..b    from a to b, both included, each of them any of the above

"2 weeks ago" is a day, as a calendar has it: a week is 7 days, "3m" the same day three months before or the
last of that month. Days are local days: `bounds` gives them as text to compare with.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from readinglist.phrase import phrase
from readinglist.query.fields import Field, FieldValueError

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_AGE = re.compile(r"([0-9]{1,4})([dwmy])")
_BEGUN = re.compile(r"[0-9]{0,4}|[0-9]{4}-[01]?|[0-9]{4}-(?:0?[1-9]|1[0-2])-[0-3]?")
_COMPARISON = re.compile(r"(<=|>=|<|>|=)?(.*)", re.DOTALL)
_WORDS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_SOME_DAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Days:
    """Days from `first` on and before `end`; None is without bound."""

    first: date | None
    end: date | None


def read_dates(text: str, *, ahead: bool) -> str:
    """Return `text` in its plain form ("2026-3" is "2026-03", "=today" is "today").

    Raises FieldValueError where it is no date, no day of the calendar, or a range from a later to an earlier day.
    """
    if ".." in text:
        low, high = (part.strip() for part in text.split("..", 1))
        if not low and not high:
            raise FieldValueError("A range of dates needs a date: 2026-03..2026-05.")
        low, high = (_plain_point(part) if part else "" for part in (low, high))
        plain = f"{low}..{high}"
        if low and high and _is_relative(low) == _is_relative(high):
            # Both move together, so that any day shows which is first.
            span = days(plain, _SOME_DAY, ahead=ahead)
            if span.first and span.end and span.first >= span.end:
                raise FieldValueError(phrase("The range {plain} ends before it begins.", plain=plain), f"{high}..{low}")
        return plain
    sign, point = _signed(text)
    plain = _plain_point(point)
    return plain if sign == "=" and not _AGE.fullmatch(plain) else sign + plain


def may_become_date(text: str) -> bool:
    """Say whether more typing could turn `text`, which is no date yet, into one."""
    if ".." in text:
        low, point = (part.strip() for part in text.split("..", 1))
        if low and not _is_point(low):
            return False
    else:
        point = _signed(text)[1]
        if point.endswith("."):  # the first dot of a range
            return point == "." or _is_point(point[:-1])
    return bool(_BEGUN.fullmatch(point)) or any(word.startswith(point) for word in _WORDS)


def _is_point(text: str) -> bool:
    try:
        _plain_point(text)
    except FieldValueError:
        return False
    return True


def days(text: str, today: date, *, ahead: bool) -> Days:
    """Return the days that a date in its plain form means on the day `today`.

    `ahead`: ages count from today on and not back.
    """
    if ".." in text:
        low, high = text.split("..", 1)
        first = _point(low, today, ahead=ahead).first if low else None
        return Days(first, _point(high, today, ahead=ahead).end if high else None)
    sign, word = _signed(text)
    point = _point(word, today, ahead=ahead)
    if _AGE.fullmatch(word):
        sign = sign or "<"
        if not ahead:
            # The greater the age, the earlier the day.
            sign = sign.translate(str.maketrans("<>", "><"))
    return {
        "": point,
        "=": point,
        "<": Days(None, point.first),
        "<=": Days(None, point.end),
        ">": Days(point.end or date.max, None),
        ">=": Days(point.first, None),
    }[sign]


def bounds(field: Field, text: str, now: datetime) -> tuple[str | None, str | None]:
    """Return what the values of `field` must not be below, and what they must be below, as ISO text.

    The text is a local day or an instant in UTC, whichever the field's values are, so that text compares.
    Days begin at midnight in the time zone of `now` (aware); None is without bound.
    """
    span = days(text, now.date(), ahead=field.ahead)
    low, high = (
        None if day is None else day.isoformat() if field.local_days else _midnight(day, now)
        for day in (span.first, span.end)
    )
    return low, high


def _midnight(day: date, now: datetime) -> str:
    try:
        instant = datetime.combine(day, time(), now.tzinfo).astimezone(UTC)
    except OverflowError:
        # Half a day beyond the first or last day there is.
        instant = datetime.combine(day, time(), UTC)
    return f"{instant.year:04}-{instant:%m-%dT%H:%M:%SZ}"


def _signed(text: str) -> tuple[str, str]:
    found = _COMPARISON.fullmatch(text)
    return (found.group(1) or "", found.group(2).strip()) if found else ("", text)


def _is_relative(point: str) -> bool:
    return not point[0].isdigit() or point[-1].isalpha()


def _plain_point(text: str) -> str:
    if text in _WORDS or _AGE.fullmatch(text):
        return text
    iso = _ISO.fullmatch(text)
    if not iso:
        raise FieldValueError(
            phrase("“{text}” is no date: write 2026, 2026-03, 2026-03-11, today, yesterday or <7d.", text=text)
        )
    year, month, day = (int(part) if part else None for part in iso.groups())
    if not year:
        raise FieldValueError("There is no year 0.")
    if month is not None and not 1 <= month <= 12:
        raise FieldValueError(phrase("There is no month {month}.", month=month))
    if month is not None and day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise FieldValueError(phrase("{year:04}-{month:02} has no day {day}.", year=year, month=month, day=day))
    return f"{year:04}" + "".join(f"-{part:02}" for part in (month, day) if part is not None)


def _point(text: str, today: date, *, ahead: bool) -> Days:
    """Return the days of one date, word or age."""
    if text in _WORDS:
        return _one_day(_shifted(today, _WORDS[text]))
    if age := _AGE.fullmatch(text):
        count = int(age.group(1)) * (1 if ahead else -1)
        unit = age.group(2)
        if unit in "dw":
            return _one_day(_shifted(today, count * (7 if unit == "w" else 1)))
        return _one_day(_months_off(today, count * (12 if unit == "y" else 1)))
    year, *rest = (int(part) for part in text.split("-"))
    match rest:
        case [month, day]:
            return _one_day(date(year, month, day))
        case [month]:
            return Days(date(year, month, 1), _first_of_month(date(year, month, 1), 1))
        case _:
            return Days(date(year, 1, 1), _first_of_month(date(year, 1, 1), 12))


def _one_day(day: date) -> Days:
    return Days(day, None if day == date.max else day + timedelta(days=1))


def _shifted(day: date, count: int) -> date:
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return date.min if count < 0 else date.max


def _months_off(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return date.min if months < 0 else date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _first_of_month(day: date, months_later: int) -> date | None:
    year, month = divmod(day.year * 12 + day.month - 1 + months_later, 12)
    return None if year > 9999 else date(year, month + 1, 1)
