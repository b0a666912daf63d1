"""Read the dates of bibliographic records: as much as is known, as ISO text. Knows nothing of papers.

1948/07//   2014//   2002 Sep   2012 Oct 9   JUN 8 2004   8 June 2004   20121008   2011 Jan-Feb   05/2014
1948-07     2014     2002-09    2012-10-09   2004-06-08   2004-06-08    2012-10-08 2011-01        2014-05
"""

from __future__ import annotations

import re
from datetime import date

_PIECE = re.compile(r"\d+|[^\W\d_]+")
_PLAIN = re.compile(
    r"\s*(\d{4})(?:[/-](\d{1,2})(?:[/-](\d{1,2}))?)?/{0,3}\s*", re.ASCII
)  # any year, not only a likely one
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_LONGEST = 80


def read_date(text: str) -> str | None:
    """Return the day, month or year that a text names, ISO 8601, or None.

    Of a range its beginning; a season names its year only, as does "08/06/2004", which is read in two ways.

    >>> [read_date(text) for text in ("1948/07//", "2012 Oct 9-12", "in press", "08/06/2004", "2011 Winter")]
    ['1948-07', '2012-10-09', None, '2004', '2011']
    """
    if plain := _PLAIN.fullmatch(text[:_LONGEST]):
        return iso(*(int(part) for part in plain.groups() if part))
    pieces = [found.group() for found in _PIECE.finditer(text[:_LONGEST])]
    at = next((place for place, piece in enumerate(pieces) if _is_year(piece)), None)
    if at is None:
        return _packed(pieces)
    year = pieces[at]
    months = [(place, month) for place, piece in enumerate(pieces) if (month := month_number(piece))]
    if months:
        place, month = months[0]
        return iso(int(year), month, _day_beside(pieces, place, at))
    numbers = [int(piece) for piece in pieces[at + 1 : at + 3] if piece.isdecimal() and len(piece) <= 2]
    if numbers:
        return iso(int(year), *numbers)
    before = [int(piece) for piece in pieces[:at] if piece.isdecimal() and len(piece) <= 2]
    if len(before) == 1:
        return iso(int(year), before[0])
    if len(before) == 2 and max(before) > 12:
        return iso(int(year), min(before), max(before))
    return year


def read_year(text: str) -> int | None:
    """Return the year that a text names, or None.

    >>> read_year("2014///Spring"), read_year("n.d.")
    (2014, None)
    """
    found = read_date(text)
    return int(found[:4]) if found else None


def month_number(word: str) -> int | None:
    """Return 1 to 12 for an English month or its beginning of three letters or more, else None."""
    word = word.lower()
    if word[:3] not in _MONTHS:
        return None
    number = _MONTHS.index(word[:3])
    return number + 1 if _MONTH_NAMES[number].startswith(word) or word == "sept" else None


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """Return a date as ISO text, without what there is no such month or day of; None for a year that is none."""
    if not 1 <= year <= 9999:
        return None
    if month is None or not 1 <= month <= 12:
        return f"{year:04}"
    if day is not None and 1 <= day <= 31:
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            pass  # the 31st of June: June, then
    return f"{year:04}-{month:02}"


def _is_year(piece: str) -> bool:
    return len(piece) == 4 and piece.isdecimal() and "1000" <= piece <= "2999"


def _packed(pieces: list[str]) -> str | None:
    """Return the date written as eight digits."""
    for piece in pieces:
        if len(piece) == 8 and piece.isdecimal() and _is_year(piece[:4]):
            return iso(int(piece[:4]), int(piece[4:6]), int(piece[6:]))
    return None


def _day_beside(pieces: list[str], month_at: int, year_at: int) -> int | None:
    """Return the number beside the name of a month that can be a day: after it, else before it."""
    for place in (month_at + 1, month_at - 1):
        if 0 <= place < len(pieces) and place != year_at:
            piece = pieces[place]
            if piece.isdecimal() and len(piece) <= 2 and 1 <= int(piece) <= 31:
                return int(piece)
    return None
