"""Days are written as the reader's language has them, and cannot be taken for other days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QLocale

from readinglist.ui.days import day_in_words, short_format

DAY = date(2026, 3, 9)


@pytest.fixture(autouse=True)
def usual_language() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("language", "with_year", "without", "with_weekday"),
    [
        ("C", "9 Mar 2026", "9 Mar", "Mon, 9 Mar"),
        ("en_US", "Mar 9, 2026", "Mar 9", "Mon, Mar 9"),
        ("en_GB", "9 Mar 2026", "9 Mar", "Mon, 9 Mar"),
        ("de_DE", "9. März 2026", "9. März", "Mo., 9. März"),
        ("fr_FR", "9 mars 2026", "9 mars", "lun. 9 mars"),
        ("hu_HU", "2026. márc. 9.", "márc. 9.", "márc. 9., H"),
        ("ja_JP", "2026年3月9日", "3月9日", "3月9日月"),
    ],
)
def test_a_day_is_written_as_in_the_language(language: str, with_year: str, without: str, with_weekday: str) -> None:
    QLocale.setDefault(QLocale(language))
    assert day_in_words(DAY) == with_year
    assert day_in_words(DAY, year=False) == without
    assert day_in_words(DAY, year=False, weekday=True) == with_weekday


def test_no_language_writes_the_month_as_a_bare_number() -> None:
    everywhere = QLocale.matchingLocales(
        QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry
    )
    formats = {locale.dateFormat(QLocale.FormatType.LongFormat) for locale in everywhere}
    assert len(formats) > 50
    for long in formats:
        shown = short_format(long, year=True, weekday=True)
        assert "MMM" in shown or "月" in shown or "월" in shown, long
        assert "yyyy" in shown, long
        assert "ddd" in shown, long
        assert "d" in shown.replace("ddd", ""), long


def test_a_format_that_says_nothing_gives_way_to_one_that_does() -> None:
    assert short_format("", year=True, weekday=False) == "d MMM yyyy"
