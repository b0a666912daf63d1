"""Dates of bibliographies."""

from __future__ import annotations

import pytest

from readinglist.formats.dates import read_date, read_year


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2014//", "2014"),
        ("1948/07//", "1948-07"),
        ("2002 Sep", "2002-09"),
        ("2012 Oct 9", "2012-10-09"),
        ("Sept 2012", "2012-09"),
        ("8 June 2004", "2004-06-08"),
        ("June 8, 2004", "2004-06-08"),
        ("20121008", "2012-10-08"),
        ("2011 Jan-Feb", "2011-01"),
        ("2001 Oct 31-Nov 2", "2001-10-31"),
        ("05/2014", "2014-05"),
        ("13/12/2001", "2001-12-13"),
        ("12/13/2001", "2001-12-13"),
        ("05/12/2001", "2001"),
        ("c1998", "1998"),
        ("1998-1999", "1998"),
        ("2010-11-12T01:02:03Z", "2010-11-12"),
        ("2003/02/30/", "2003-02"),
        ("2003/14", "2003"),
        ("0987", "0987"),
        ("0000", None),
        ("in press", None),
        ("", None),
        ("9" * 5000, None),
        ("2003 99999999999999999999", "2003"),
    ],
)
def test_dates_are_read_as_far_as_they_are_known(text: str, found: str | None) -> None:
    assert read_date(text) == found
    assert read_year(text) == (int(found[:4]) if found else None)
