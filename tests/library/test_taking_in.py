"""Imports: all or nothing, nothing twice, nothing of the reader's touched."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from readinglist.errors import ReadingListError
from readinglist.formats.source import Source
from readinglist.library import ImportReport, Library
from readinglist.progress import Cancelled


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
    started = time.perf_counter()
    report = _take(empty, *({"title": "Editorial", "authors": [f"Ada Number{n}"], "year": n} for n in range(3000)))
    assert report.added == 3000
    assert time.perf_counter() - started < 20


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
