"""The corpus of the fuzzers, replayed: every input that once was a find, or says something hostile, is dealt with."""

from __future__ import annotations

from pathlib import Path

import pytest

from readinglist.formats.item import Record
from readinglist.formats.source import Source
from readinglist.formats.table import FORMATS, Format, recognise
from tests.faults import fuzz_formats, fuzz_markdown, fuzz_query

CORPUS = Path(__file__).parent / "corpus"
FILES, QUERIES, LISTS = (sorted((CORPUS / kind).iterdir()) for kind in ("formats", "query", "opml"))
READABLE = [name for name, each in FORMATS.items() if each.read]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_reader_bears_every_file(file: Path) -> None:
    data = file.read_bytes()
    for name in (None, *READABLE):
        assert fuzz_formats.fault(data, name)[0] is None, name


def test_every_format_that_is_read_has_a_file_to_begin_with() -> None:
    """A fuzzer that begins with nothing of its format finds nothing in it."""
    begun = {each.name for seed in fuzz_formats.seeds() if (each := _recognised(seed.data))}
    begun |= {each.name for file in FILES if (each := _recognised(file.read_bytes()))}
    assert set(READABLE) - begun == set()


def _recognised(data: bytes) -> Format | None:
    source = Source("seed", data=data)
    found = recognise(source)
    return found if found and any(isinstance(item, Record) for item in fuzz_formats.read(data, found.name)) else None


@pytest.mark.parametrize("file", QUERIES, ids=lambda file: file.name)
def test_every_query_is_understood_or_refused(file: Path) -> None:
    assert fuzz_query.fault(file.read_bytes().decode("utf-8", "replace")) is None


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.name)
def test_every_list_of_feeds_is_read_or_told_of(file: Path) -> None:
    assert fuzz_formats.opml_fault(file.read_bytes()) is None


@pytest.fixture
def window(qapp: object) -> fuzz_markdown.Window:
    return fuzz_markdown.Window()


def test_every_note_is_shown_and_written(window: fuzz_markdown.Window) -> None:
    for note in fuzz_markdown.corpus():
        assert fuzz_markdown.html_fault(note) is None
        assert window.fault(note) is None


def test_notes_nobody_would_write(window: fuzz_markdown.Window) -> None:
    assert fuzz_markdown.faults(120, 4, window)[0] == []
