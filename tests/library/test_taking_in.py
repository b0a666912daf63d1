"""Imports: all or nothing, nothing twice, nothing of the reader's touched."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from readinglist.errors import ReadingListError
from readinglist.formats.item import Item
from readinglist.formats.source import Source
from readinglist.library import ImportReport, Library
from readinglist.progress import Cancelled
from tests.pace import within


def _take(library: Library, *records: dict[str, object], **options: object) -> ImportReport:
    data = "\n".join(json.dumps(record) for record in records).encode()
    return library.import_([Source("records", data=data)], **options)  # type: ignore[arg-type]


def test_the_same_papers_again_are_unchanged(library: Library, page: str) -> None:
    report = library.import_([Source("page", data=page.encode())])
    assert (report.read, report.added, report.unchanged) == (3, 0, 3)
    assert library.search().total == 3


def test_a_page_keeps_its_order_in_the_list(library: Library) -> None:
    assert library.search().ids == [1, 2, 3]


def test_a_match_is_filled_in_and_what_the_reader_did_stays(library: Library) -> None:
    library.star([2])
    library.tag([2], add=["mine"])
    library.write_note(2, "my note")
    library.move([2], "next")
    found = {"title": "Positional Bias of Cats", "year": 2024, "doi": "10.1000/cats", "tags": ["theirs"]}
    report = _take(library, found)
    assert (report.read, report.updated) == (1, 1)
    paper = library.paper(2)
    assert (paper.year, paper.doi, paper.title) == (2024, "10.1000/cats", "Positional bias of cats")
    assert (paper.starred, paper.tags, paper.note, str(paper.status)) == (True, {"mine"}, "my note", "next")
    library.undo(report.import_id)
    assert library.paper(2).year is None


def test_a_field_set_by_hand_is_not_replaced_by_a_newer_version(library: Library) -> None:
    first = {"title": "Versions", "arxiv_id": "2401.00001v1", "abstract": "Old words.", "year": 2023}
    _take(library, first)
    number = library.search("title:versions").ids[0]
    library.correct([number], year=1999)
    report = _take(library, first | {"arxiv_id": "2401.00001v2", "abstract": "New words.", "year": 2024})
    assert report.updated == 1
    assert (library.paper(number).abstract, library.paper(number).year) == ("New words.", 1999)


def test_same_title_and_other_first_author_stay_two(empty: Library) -> None:
    report = _take(
        empty,
        {"title": "Learning to read well", "authors": ["Ada Berg"]},
        {"title": "Learning to Read Well", "authors": ["Otto Tal"]},
        {"title": "Learning to read, well!", "authors": ["Berg, Ada"]},
    )
    assert (report.added, report.unchanged) == (2, 1)


def test_a_paper_twice_in_one_file_is_added_then_filled(empty: Library) -> None:
    report = _take(
        empty,
        {"title": "Twice in a file", "doi": "10.1000/x"},
        {"title": "Twice in a file", "year": 2020},
        {"title": "Twice in a file", "year": 2020},
    )
    assert (report.added, report.updated, report.unchanged) == (1, 1, 1)
    assert empty.paper(1).year == 2020


def test_a_match_in_the_trash_stays_there_with_a_notice(library: Library) -> None:
    library.remove([2])
    report = _take(library, {"title": "Positional bias of cats", "year": 2024})
    assert (report.added, report.unchanged, report.failed) == (0, 1, 0)
    assert [p.kind for p in report.problems] == ["notice"]
    assert library.paper(2).trashed
    assert library.paper(2).year is None


def test_a_bad_record_costs_one_record(empty: Library) -> None:
    data = b'{"title": "Good one here"}\n{"title": 5\n{"abstract": "no title"}\n{"title": "Good two here"}\n'
    report = empty.import_([Source("bad.jsonl", data=data)])
    assert (report.read, report.added, report.failed) == (4, 2, 2)
    assert [p.line for p in report.problems if p.kind == "failed"] == [2, 3]


def test_a_dry_run_changes_nothing(library: Library) -> None:
    report = _take(library, {"title": "Not to be taken"}, dry_run=True)
    assert (report.added, report.import_id) == (1, None)
    assert library.search().total == 3


def test_a_preview_tells_new_from_known(library: Library) -> None:
    data = b"""{"title": "Brand new paper"}
{"title": "Positional bias of cats"}
{"title": "Sparse notes on sparse noting", "year": 2024}
"""
    preview = library.preview([Source("more", data=data)])
    assert [(item.state, item.title, item.gained) for item in preview.items] == [
        ("new", "Brand new paper", ()),
        ("here", "Positional bias of cats", ()),
        ("filled", "Sparse notes on sparse noting", ("year",)),
    ]
    assert library.search().total == 3


def test_a_cancelled_import_leaves_nothing(library: Library) -> None:
    class Stop:
        def step(self, done: int, total: int | None, text: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        _take(library, {"title": "Never here"}, progress=Stop())
    assert library.search().total == 3
    assert len(library.history()) == 1


def test_a_file_that_is_not_there_costs_itself(library: Library, tmp_path: Path) -> None:
    good = tmp_path / "good.jsonl"
    good.write_text('{"title": "Good paper"}\n', encoding="utf-8")
    report = library.import_([good, tmp_path / "absent.jsonl"])
    assert (report.added, report.failed) == (1, 1)
    assert report.problems[0].source == "absent.jsonl"


def test_status_and_tags_are_given_to_new_papers_only(library: Library) -> None:
    report = _take(
        library, {"title": "For up next"}, {"title": "Positional bias of cats"}, to="next", tags=["today", "Today"]
    )
    assert report.added == 1
    assert library.search("is:next").ids == list(report.ids)
    assert library.search("tag:today").ids == list(report.ids)


def test_an_export_comes_back_whole_in_another_library(library: Library, tmp_path: Path) -> None:
    library.star([1])
    library.tag([1, 2], add=["nlp/parsing"])
    library.move([3, 1], "next")
    library.write_note(2, "note")
    library.highlight(2, "several boxes", comment="why")
    library.correct([2], year=2020)
    export = "".join(library.export("", "json"))
    with Library.open(tmp_path / "other") as other:
        report = other.import_([Source("export.json", data=export.encode())])
        assert (report.added, report.problems) == (3, [])
        assert "".join(other.export("sort:id", "jsonl")) == "".join(library.export("sort:id", "jsonl"))
        again = other.import_([Source("export.json", data=export.encode())])
        assert (again.unchanged, again.updated) == (3, 0)


def test_two_imports_at_once_take_a_paper_once(library: Library, reopened: Library) -> None:
    class Meanwhile:
        """Imports the same page from elsewhere while the first import is being written."""

        done = False

        def step(self, done: int, total: int | None, text: str = "") -> None:
            if not self.done:
                self.done = True
                _take(reopened, {"title": "Raced for by two"}, {"title": "Only in the second"})

    records = {"title": "Raced for by two", "year": 2024}, {"title": "Only in the first"}
    report = _take(library, *records, progress=Meanwhile())
    assert (report.added, report.unchanged) == (1, 1)
    assert library.search().total == 6
    assert library.paper(library.search("title:raced").ids[0]).year == 2024


def test_thousands_of_papers_of_one_name_are_taken_in_quickly(empty: Library) -> None:
    with within(20):
        report = _take(empty, *({"title": "Editorial", "authors": [f"Ada Number{n}"], "year": n} for n in range(3000)))
        assert report.added == 3000


def test_a_file_among_others_that_is_no_good_costs_itself(empty: Library, page: str) -> None:
    sources = [Source("empty", data=b""), Source("page", data=page.encode()), Source("noise", data=bytes(range(256)))]
    report = empty.import_(sources)
    assert (report.added, report.failed, report.read) == (3, 2, 5)
    assert [(p.kind, p.source, p.line) for p in report.problems] == [
        ("failed", "empty", None),
        ("failed", "noise", None),
    ]
    assert not any(problem.message.startswith(problem.source) for problem in report.problems)


def test_files_none_of_which_is_any_good_are_refused(empty: Library) -> None:
    with pytest.raises(ReadingListError):
        empty.import_([Source("empty", data=b""), Source("noise", data=bytes(range(256)))])


def _lines(count: int, abstract: str = "Short.") -> bytes:
    return b"".join(json.dumps({"title": f"Paper {n}", "abstract": abstract}).encode() + b"\n" for n in range(count))


def test_what_is_packed_or_large_is_read_in_a_process_of_its_own(
    empty: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart: list[str] = []

    def read_apart(source: Source, **options: Any) -> Iterator[Item]:
        apart.append(source.name)
        yield from ()

    monkeypatch.setattr("readinglist.formats.apart.read_apart", read_apart)
    sources = [
        Source("small", data=_lines(3)),
        Source("packed", data=gzip.compress(_lines(3))),
        Source("large", data=_lines(6_000)),
    ]
    empty.import_(sources)
    assert apart == ["packed", "large"]


def test_of_very_many_problems_the_first_are_listed_and_all_are_counted(
    empty: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglist.library.plan._PROBLEMS_KEPT", 5)
    report = empty.import_([Source("bad", data=_lines(1) + b"{]\n" * 12)], format_name="jsonl")
    assert (report.read, report.added, report.failed) == (13, 1, 12)
    assert [problem.line for problem in report.problems] == [2, 3, 4, 5, 6, None]
    assert report.problems[-1].message == "7 more are not listed"


def test_a_preview_holds_a_few_long_papers_only(empty: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readinglist.library.plan._PREVIEWED_CHARS", 10_000)
    preview = empty.preview([Source("long", data=_lines(30, "word " * 600))])
    assert (preview.report.added, len(preview.items)) == (30, 4)


def test_long_records_are_taken_in_a_few_at_a_time(empty: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readinglist.library.taking_in._BATCH_CHARS", 10_000)
    sizes = []
    step = Library._take_batch

    def watched(self: Library, connection: Any, new: Any, batch: list[Item], plan: Any) -> None:
        sizes.append(len(batch))
        step(self, connection, new, batch, plan)

    monkeypatch.setattr(Library, "_take_batch", watched)
    assert empty.import_([Source("long", data=_lines(10, "word " * 600))]).added == 10
    assert sizes == [4, 4, 2]


def test_too_much_about_papers_that_are_here_is_refused_as_a_whole(
    empty: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty.import_([Source("short", data=_lines(9).replace(b"Short.", b""))])
    monkeypatch.setattr("readinglist.library.plan._MOST_HELD_CHARS", 10_000)
    with pytest.raises(ReadingListError, match="divide it"):
        empty.import_([Source("long", data=_lines(9, "word " * 600))])
    assert empty.search("has:abstract").total == 0


@pytest.mark.skipif(sys.platform != "linux", reason="asks how much memory a process took as Linux tells it")
def test_a_bomb_takes_down_neither_memory_nor_library(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.gz"
    with gzip.open(bomb, "wb", compresslevel=1) as file:
        file.write(b"---\ntitle: x\n---\n")
        for _ in range(90):
            file.write(b"# a\n" * 500_000)
    script = (
        "import re, resource, sys\nfrom pathlib import Path\nfrom readinglist.errors import ReadingListError\n"
        "from readinglist.library import Library\n"
        "with Library.open(Path(sys.argv[1])) as library:\n"
        "    try:\n        library.import_([Path(sys.argv[2])])\n"
        "    except ReadingListError as error:\n        print(error)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
        "print(re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1])\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "library"), str(bomb)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    said, *kilobytes = done.stdout.splitlines()
    assert said == "bomb.gz: reading this takes more memory than it may have"
    assert [int(number) < 1_000_000 for number in kilobytes] == [True, True]
