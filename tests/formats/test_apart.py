"""Reading in a process of its own: the same items, and no harm done when it goes wrong."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from readinglist.errors import Problem, ReadingListError
from readinglist.formats import apart
from readinglist.formats.apart import read_apart
from readinglist.formats.item import Record
from readinglist.formats.source import Limits, Source
from readinglist.formats.table import read_source, write
from readinglist.paper import Author, Highlight, Link, Paper, Status

TODAY = date(2026, 3, 12)
LARGE = Path(__file__).resolve().parents[3] / "shared" / "data" / "abstracts_87k.jsonl.gz"

RICH = Paper(
    title="On lists",
    uid="00000000-0000-4000-8000-000000000001",
    authors=(Author("Ada Lovelace", "Lovelace"),),
    links=(Link("code", "https://github.com/a/b"),),
    status=Status.LATER,
    tags=frozenset({"nlp"}),
    highlights=(Highlight("h", "lists", "", "", 3, 8, "green", None, "2026-01-01T00:00:00Z"),),
    extra={"rating": [1, {"a": None}]},
)


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that were started."""
    started: list[subprocess.Popen[bytes]] = []

    class Watched(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Watched)
    return started


def lines_of(count: int) -> bytes:
    return "".join(
        json.dumps({"title": f"Paper {n}", "abstract": "words " * 100}) + "\n" for n in range(count)
    ).encode()


def test_items_are_the_same_as_here(tmp_path: Path) -> None:
    data = "".join(write([RICH], "jsonl")).encode() + b'{"title": "plain", "year": "x"}\n{"broken\n' + lines_of(700)
    path = tmp_path / "some.jsonl.gz"
    path.write_bytes(gzip.compress(data))
    expected = list(read_source(Source("some", data=data), today=TODAY))
    assert list(read_apart(Source("some", data=data), today=TODAY)) == expected
    assert list(read_apart(Source("some", path), today=TODAY)) == expected
    assert isinstance(expected[0], Record)
    assert {type(item) for item in expected} == {Record, Problem}


def test_what_is_not_recognised_is_said_as_here() -> None:
    with pytest.raises(ReadingListError, match="no papers were recognised"):
        list(read_apart(Source("x", data=b"x"), today=TODAY))


def test_a_missing_file_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(ReadingListError, match="no such file"):
        read_apart(Source("absent", tmp_path / "absent"), today=TODAY)


def test_a_packed_file_that_is_cut_off_is_said_after_what_was_read() -> None:
    packed = gzip.compress(lines_of(3000))[:-100]
    items = read_apart(Source("cut.gz", data=packed), today=TODAY)
    assert isinstance(next(items), Record)
    with pytest.raises(ReadingListError, match="damaged or cut off"):
        list(items)


def test_closing_ends_the_process(processes: list[subprocess.Popen[bytes]]) -> None:
    items = read_apart(Source("many", data=lines_of(20_000)), today=TODAY)
    assert isinstance(next(items), Record)
    items.close()  # type: ignore[attr-defined]
    assert processes[0].returncode is not None


def test_what_check_raises_ends_the_process_even_while_it_is_silent(
    processes: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_COMMAND", [sys.executable, "-c", "import time; time.sleep(60)"])
    begun = time.monotonic()

    def check() -> None:
        if time.monotonic() - begun > 0.3:
            raise KeyError("stop")

    with pytest.raises(KeyError, match="stop"):
        list(read_apart(Source("slow", data=b"[]"), today=TODAY, check=check))
    assert time.monotonic() - begun < 10
    assert processes[0].returncode is not None


def test_a_process_that_dies_is_one_clear_error(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(
        apart,
        "_COMMAND",
        [sys.executable, "-c", "import os, sys; print('why', file=sys.stderr, flush=True); os.abort()"],
    )
    with pytest.raises(ReadingListError, match=r"bad\.json: reading this broke off"):
        list(read_apart(Source("bad.json", data=b"x" * 1_000_000), today=TODAY))
    assert "why" in caplog.text


@pytest.mark.skipif(sys.platform != "linux", reason="only here is the memory of a process held to a limit")
def test_a_process_that_wants_too_much_memory_is_one_clear_error() -> None:
    data = gzip.compress(b"A title of a page\n\n" + b"We read and read on. " * 3_000_000)
    with pytest.raises(ReadingListError, match="more memory than it may have"):
        list(read_apart(Source("bomb", data=data), today=TODAY, memory_bytes=120_000_000, limits=Limits.of(large=True)))


def test_where_the_system_holds_no_process_to_a_limit_it_is_watched(
    processes: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_HELD_BY_SYSTEM", False)
    hungry = "import time; text = b'x' * 150_000_000; time.sleep(60)"
    monkeypatch.setattr(apart, "_COMMAND", [sys.executable, "-c", hungry])
    begun = time.monotonic()
    with pytest.raises(ReadingListError, match="more memory than it may have"):
        list(read_apart(Source("bomb", data=b"[]"), today=TODAY, memory_bytes=100_000_000))
    assert time.monotonic() - begun < 20
    assert processes[0].returncode is not None


def test_a_process_that_is_watched_and_takes_little_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_HELD_BY_SYSTEM", False)
    assert len(list(read_apart(Source("some", data=lines_of(600)), today=TODAY))) == 600


def test_long_records_come_few_at_a_time() -> None:
    records = [json.dumps({"title": f"{n}", "abstract": "words " * 150_000}) for n in range(12)]
    data = "\n".join(records).encode()
    read = list(read_source(Source("long", data=data), today=TODAY))
    assert [len(batch) for batch in apart._batches(iter(read))] == [5, 5, 2]
    assert list(read_apart(Source("long", data=data), today=TODAY)) == read


def test_the_current_folder_is_not_where_modules_come_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(3)")
    monkeypatch.chdir(tmp_path)
    assert len(list(read_apart(Source("one", data=b'[{"title": "One"}]'), today=TODAY))) == 1


@pytest.mark.skipif(not LARGE.exists(), reason="the large real file is not here")
def test_the_large_real_file_is_read_whole() -> None:
    records = problems = 0
    for item in read_apart(Source(LARGE.name, LARGE), today=TODAY):
        if isinstance(item, Record):
            records += 1
        else:
            problems += 1
    assert (records, problems) == (87_326, 0)
