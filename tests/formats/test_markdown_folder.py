"""A folder of papers: what is read of it, what its files are called, and what is never overwritten."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.errors import Problem, ReadingListError
from readinglist.formats.folder import Written, write_folder
from readinglist.formats.item import Record
from readinglist.formats.markdown_folder import FileNames, file_stem, markdown_files
from readinglist.formats.source import Source
from readinglist.formats.table import read_source, recognise, write
from readinglist.paper import Author, Paper
from readinglist.progress import Cancelled, Silent

TODAY = date(2026, 3, 12)
PAPERS = [
    Paper(title="On lists", authors=(Author("Ada Quill"),), year=2024, uid="7c1f8a52-7f0e-4b6e-9d3b-000000000001"),
    Paper(title="On Lists", authors=(Author("Ada Quill"),), year=2024, uid="8c1f8a52-7f0e-4b6e-9d3b-000000000002"),
    Paper(title="Third", note="Mine.", uid="9c1f8a52-7f0e-4b6e-9d3b-000000000003"),
]


def export(papers: Sequence[Paper], folder: Path) -> Written:
    return write_folder(papers, len(papers), markdown_files, folder, Silent())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def items_of(folder: Path) -> list[Record | Problem]:
    return list(read_source(Source(folder.name, folder), today=TODAY))


def test_a_folder_is_read_back_equal(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    assert export(PAPERS, folder) == Written(3)
    assert names(tmp_path) == ["papers"]
    assert names(folder) == ["Quill 2024 On Lists 8c1f8a.md", "Quill 2024 On lists.md", "Third.md"]
    records = items_of(folder)
    assert {record.paper.uid: record.paper for record in records if isinstance(record, Record)} == {
        paper.uid: replace(paper, source="manual") for paper in PAPERS
    }


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    export(PAPERS, folder)
    assert len(names(folder)) == 3


def test_exporting_again_keeps_names_and_writes_only_what_changed(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    export(PAPERS, folder)
    before = {name: (folder / name).stat().st_mtime_ns for name in names(folder)}
    renamed = folder / "Mine.md"
    (folder / "Third.md").rename(renamed)
    changed = [replace(PAPERS[0], title="Quite another title", year=1999), *PAPERS[1:]]
    assert export(changed, folder) == Written(3)
    assert "Quite another title" in (folder / "Quill 2024 On lists.md").read_text()
    assert names(folder) == ["Mine.md", "Quill 2024 On Lists 8c1f8a.md", "Quill 2024 On lists.md"]
    unchanged = "Quill 2024 On Lists 8c1f8a.md"
    assert (folder / unchanged).stat().st_mtime_ns == before[unchanged]


def test_what_somebody_edited_is_left_alone_and_told_of(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    export(PAPERS, folder)
    file = folder / "Third.md"
    file.write_text(file.read_text() + "An idea.\n")
    assert export([replace(paper, note="New.") for paper in PAPERS], folder) == Written(2, ("Third.md",))
    assert file.read_text().endswith("Mine.\nAn idea.\n")
    assert (folder / "Quill 2024 On lists.md").read_text().endswith("New.\n")


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    export(PAPERS[2:], folder)
    (folder / "QUILL 2024 on lists.md").write_text("not ours")
    export(PAPERS, folder)
    assert (folder / "QUILL 2024 on lists.md").read_text() == "not ours"
    assert len(names(folder)) == 4


@pytest.mark.parametrize("name", ["thesis.md", "photo.jpg", ".hidden"])
def test_a_folder_of_other_things_is_refused_untouched(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(ReadingListError, match="holds other files"):
        export(PAPERS, tmp_path)
    assert names(tmp_path) == [name]


def test_a_file_or_a_missing_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ReadingListError, match="is a file"):
        export(PAPERS, tmp_path / "file")
    with pytest.raises(ReadingListError, match="does not exist"):
        export(PAPERS, tmp_path / "no" / "where")


def test_a_folder_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(ReadingListError, match="cannot be written"):
        export(PAPERS, tmp_path / ("x" * 300))
    assert names(tmp_path) == []


@pytest.mark.parametrize("there", [False, True])
def test_a_stopped_export_leaves_nothing_behind(tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "papers"
    if there:
        export(PAPERS[:1], folder)

    class Stopping:
        def step(self, done: int, total: int | None, text: str = "") -> None:
            assert total == 3
            if done == 2:
                raise Cancelled

    with pytest.raises(Cancelled):
        write_folder([replace(p, note="New.") for p in PAPERS], 3, markdown_files, folder, Stopping())
    assert names(tmp_path) == (["papers"] if there else [])
    if there:
        assert "New." not in (folder / "Quill 2024 On lists.md").read_text()


def test_a_link_is_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    folder, outside = tmp_path / "papers", tmp_path / "outside.md"
    export(PAPERS[:1], folder)
    outside.write_text("---\ntitle: Secret\nuid: 7c1f8a52-7f0e-4b6e-9d3b-000000000001\n---\n")
    (folder / "link.md").symlink_to(outside)
    (folder / "up").symlink_to(tmp_path)
    (folder / ".trash").mkdir()
    (folder / ".trash" / "old.md").write_text("---\ntitle: Old\ndoi: 10.1000/x\n---\n")
    assert [item.paper.title for item in items_of(folder) if isinstance(item, Record)] == ["On lists"]
    export(PAPERS, folder)
    assert "Secret" in outside.read_text()


def test_files_that_are_no_papers_are_counted_and_broken_ones_told_of(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.md").write_text("---\ntitle: Shopping\ntags: [home]\n---\nJust a note.")
    (tmp_path / "b.txt").write_text("No Markdown.")
    (tmp_path / "deep" / "c.md").write_text("---\ntitle: [\ndoi: x\n---\n")
    (tmp_path / "d.md").write_bytes(b'\xef\xbb\xbf---\r\ntitle: "On lists"\r\nauthors: [Ada Quill]\r\n---\r\n')
    failed, record, notice = sorted(items_of(tmp_path), key=lambda item: str(getattr(item, "kind", "k")))
    assert isinstance(failed, Problem)
    assert (failed.kind, failed.source, failed.line) == ("failed", f"{tmp_path.name}/deep/c.md", 1)
    assert isinstance(record, Record)
    assert record.paper.authors == (Author("Ada Quill"),)
    assert isinstance(notice, Problem)
    assert "no papers: 1" in notice.message


def test_a_file_that_cannot_be_read_costs_itself(tmp_path: Path) -> None:
    export(PAPERS[:1], tmp_path / "papers")
    (tmp_path / "papers" / "0.md").write_bytes(b"\x1f\x8b damaged")
    problem, record = items_of(tmp_path / "papers")
    assert isinstance(problem, Problem)
    assert (problem.kind, problem.source) == ("failed", "papers/0.md")
    assert isinstance(record, Record)


def test_a_folder_without_papers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Just a note.")
    with pytest.raises(ReadingListError, match="no Markdown files of papers"):
        items_of(tmp_path)


def test_the_format_is_a_folder(tmp_path: Path) -> None:
    found = recognise(Source("x", tmp_path))
    assert found is not None
    assert (found.name, found.can_write) == ("markdown-folder", True)
    with pytest.raises(ReadingListError, match="folder"):
        write(PAPERS, "markdown-folder")


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("CON", "_CON"),
        ("nul.txt: a tale", "_nul.txt - a tale"),
        ("../../etc/passwd", "etc - passwd"),
        ("..", "paper"),
        ("???", "paper"),
        ("Ends in dots...", "Ends in dots"),
        ("a [[b]] #c ^d | e", "a - b - c - d - e"),
        ("A\u202eB\u200bC", "ABC"),
    ],
)
def test_names_are_safe_everywhere(title: str, stem: str) -> None:
    assert file_stem(Paper(title=title)) == stem


@given(st.lists(st.tuples(st.text(max_size=200), st.text(max_size=20)), max_size=6))
def test_names_are_safe_and_unique_whatever_the_papers(given_papers: list[tuple[str, str]]) -> None:
    giver = FileNames(["aux.md"])
    given_names = [giver.give(Paper(title=title, authors=(Author(name),))) for title, name in given_papers]
    for name in given_names:
        assert re.search(r'[\\/:*?"<>|\x00-\x1f]', name) is None
        assert name.endswith(".md")
        assert len(name.encode("utf-8", "surrogatepass")) < 200
        assert name[0] not in ". "
        assert name[-4] not in ". "
    folded = {unicodedata.normalize("NFC", name).casefold() for name in given_names}
    assert len(folded) == len(given_names)
