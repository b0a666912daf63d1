"""Dates of BibTeX and BibLaTeX: `date`, `year`, `month` and `day` in the forms in which people write them.

Source: BibLaTeX manual §2.3.8 (ISO 8601-2 with ranges, doubt and seasons); what JabRef's and others' files hold.
"""

from __future__ import annotations

import re
from datetime import date

_YEAR = re.compile(r"(?<![\d-])(\d{4})(?!\d)")
_ISO = re.compile(r"\s*(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?[~?%]?\s*")
_SLASHED = re.compile(r"\s*(\d{4})/(\d{1,2})(?:/(\d{1,2}))?\s*")
_DOTTED = re.compile(r"\s*(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})\s*")
_NUMBER = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
# English, German, French, Spanish, Italian, Portuguese, Dutch, by as many letters as tell them apart.
_MONTHS = (
    ("jan", "jän", "ene", "gen"),
    ("feb", "fév", "fev", "fév"),
    ("mar", "mär", "mrz", "maa"),
    ("apr", "avr", "abr"),
    ("may", "mai", "mag", "mei", "mayo"),
    ("jun", "juin", "giu"),
    ("jul", "juil", "lug"),
    ("aug", "aoû", "aou", "ago"),
    ("sep", "set"),
    ("oct", "okt", "ott", "out"),
    ("nov",),
    ("dec", "dez", "déc", "dic"),
)
_MONTH_OF = {start: number for number, starts in enumerate(_MONTHS, 1) for start in starts}
MONTH_NAMES = tuple(starts[0] for starts in _MONTHS)
"""BibTeX's abbreviations of the months, January first."""


def read_date(text: str) -> tuple[int | None, str | None]:
    """Return the year of a date and the date as ISO text when the month is known; of a range its start.

    >>> read_date("2020-05-01/2020-06"), read_date("1850~"), read_date("May 1, 2020"), read_date("in press")
    ((2020, '2020-05-01'), (1850, None), (2020, '2020-05-01'), (None, None))
    """
    for form in (_SLASHED, _DOTTED):
        if found := form.fullmatch(text):
            year, month, day = found.groups() if form is _SLASHED else reversed(found.groups())
            return _dated(int(year), int(month), day)
    start, _, end = text.partition("/")
    for part in (start, end):
        if found := _ISO.fullmatch(part):
            year, month, day = found.groups()
            return _dated(int(year), int(month) if month else None, day)
    return read_year_and_month(text, _without_year(text), None)


def read_year_and_month(year: str, month: str | None, day: str | None) -> tuple[int | None, str | None]:
    """Return year and date of the fields `year`, `month` and `day` as texts.

    >>> read_year_and_month("2020", "January 5", None), read_year_and_month("c. 1850", None, None)
    ((2020, '2020-01-05'), (1850, None))
    """
    found = _YEAR.search(year)
    if found is None:
        return None, None
    number, day_in_month = _read_month(month or "")
    return _dated(int(found[1]), number, day_in_month or day)


def _without_year(text: str) -> str:
    return _YEAR.sub(" ", text, count=1)


def _read_month(text: str) -> tuple[int | None, str | None]:
    """Return the number of the first month that a text names, and the day before or behind it."""
    numbers = _NUMBER.findall(text)
    for word in _WORD.findall(text.lower()):
        month = _MONTH_OF.get(word[:4]) or _MONTH_OF.get(word[:3])
        if month:
            return month, numbers[0] if numbers else None
    if numbers and text.strip(" .,;-–/0123456789") == "" and 1 <= int(numbers[0]) <= 12:
        return int(numbers[0]), None
    return None, None


def _dated(year: int, month: int | None, day: str | None) -> tuple[int | None, str | None]:
    """Return the year, and as much of the date as there can be."""
    if not 1 <= year <= 9999:
        return None, None
    if month is None or not 1 <= month <= 12:  # 21 to 24 are the seasons
        return year, None
    number = _NUMBER.search(day or "")
    try:
        return year, date(year, month, int(number[1])).isoformat() if number else f"{year:04}-{month:02}"
    except ValueError:
        return year, f"{year:04}-{month:02}"
