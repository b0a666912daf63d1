"""The table of formats."""

from __future__ import annotations

from datetime import date

import pytest

from readinglist.errors import ReadingListError
from readinglist.formats.source import Source
from readinglist.formats.table import FORMATS, format_called, read_source, write
from readinglist.paper import Paper

TODAY = date(2026, 3, 12)


def test_every_format_reads_or_writes_and_is_called_by_its_key() -> None:
    assert {"page", "huggingface", "json", "jsonl"} <= set(FORMATS)
    for name, each in FORMATS.items():
        assert each.name == name
        assert each.read or each.write
        assert all(suffix.startswith(".") for suffix in each.suffixes)


def test_unknown_format_names_those_there_are() -> None:
    with pytest.raises(ReadingListError, match="jsonl"):
        format_called("docx")
    with pytest.raises(ReadingListError, match="no format 'docx'"):
        read_source(Source("a", data=b"[]"), format_name="docx", today=TODAY)


def test_a_format_that_cannot_be_written_says_so() -> None:
    with pytest.raises(ReadingListError, match="not written"):
        write([Paper(title="On lists")], "page")


def test_a_named_format_is_used_whatever_the_content_looks_like() -> None:
    items = list(read_source(Source("a", data=b'{"title": "On lists"}'), format_name="page", today=TODAY))
    assert all(getattr(item, "kind", None) == "notice" for item in items)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "nothing in this"),
        (b"   \n", "nothing in this"),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\3\3\0\0\0\0\0\0\0\0\0", "nothing in this"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not a text"),
    ],
)
def test_what_is_in_no_format_is_refused_at_once(data: bytes, words: str) -> None:
    with pytest.raises(ReadingListError, match=words):
        read_source(Source("a", data=data), today=TODAY)
