"""Backups of an open library, and what leaves the trash for good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from readinglist.errors import ReadingListError
from readinglist.library import Library

if TYPE_CHECKING:
    from tests.library.conftest import Clock


def test_a_backup_is_made_only_when_something_changed(library: Library, clock: Clock) -> None:
    assert library.back_up_if_changed("quit") is not None
    assert library.back_up_if_changed("quit") is None
    clock.pass_(minutes=1)
    library.write_note(2, "Changed.")
    made = library.back_up_if_changed("quit")
    assert made is not None
    assert library.backups()[0].path == made.path
    clock.pass_(minutes=1)
    library.undo()
    assert library.back_up_if_changed("time") is not None


def test_more_of_one_stretch_of_writing_is_a_change(library: Library, clock: Clock) -> None:
    library.write_note(2, "One", stretch="s")
    library.back_up_if_changed("time")
    clock.pass_(seconds=5)
    library.write_note(2, "One two", stretch="s")
    assert library.back_up_if_changed("time") is not None
    library.write_note(2, "One two three", stretch="s")  # within the same second
    assert library.back_up_if_changed("time") is not None
    assert library.back_up_if_changed("time") is None


def test_a_backup_made_after_the_clock_was_put_back_is_not_thinned_out_at_once(library: Library, clock: Clock) -> None:
    for _ in range(11):
        clock.pass_(days=7)
        library.back_up(reason="time")
    clock.pass_(days=-4000)
    library.star([1])
    made = library.back_up_if_changed("time")
    assert made is not None
    assert made.path.exists()


def test_an_empty_library_needs_no_backup(empty: Library) -> None:
    assert empty.back_up_if_changed("quit") is None
    assert empty.backups() == []


def test_a_backup_can_go_to_a_file_or_another_folder(library: Library, tmp_path: Path) -> None:
    made = library.back_up(tmp_path / "mine.db")
    assert (made.papers, made.size_bytes) == (3, (tmp_path / "mine.db").stat().st_size)
    elsewhere = library.back_up(folder=tmp_path / "elsewhere", reason="time")
    assert elsewhere.path.parent == tmp_path / "elsewhere"
    assert library.backups() == []
    assert [b.path for b in library.backups(tmp_path / "elsewhere")] == [elsewhere.path]


def test_a_file_that_is_there_is_never_replaced(library: Library, tmp_path: Path) -> None:
    (tmp_path / "mine.db").write_text("precious")
    with pytest.raises(ReadingListError, match="already"):
        library.back_up(tmp_path / "mine.db")
    assert (tmp_path / "mine.db").read_text() == "precious"
    with pytest.raises(ReadingListError, match="no folder"):
        library.back_up(tmp_path / "nowhere" / "mine.db")


def test_a_full_disk_is_told_of_before_anything_is_written(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readinglist.library.safety.room_for", lambda *_: False)
    with pytest.raises(ReadingListError, match="no room"):
        library.back_up()


def test_papers_leave_the_trash_after_thirty_days_and_their_numbers_are_not_given_again(
    library: Library, clock: Clock
) -> None:
    library.remove([2])
    clock.pass_(days=29)
    library.remove([3])
    assert library.purge_trash() == 0
    clock.pass_(days=2)
    assert library.purge_trash() == 1
    assert [paper.id for paper in library.trash()] == [3]
    library.wait_for_index()
    assert library.search("cats is:trash").ids == []
    assert library.add(library.paper(1)).ids == [4]
    assert all(finding.ok for finding in library.doctor())


def test_undoing_what_concerned_a_purged_paper_says_so(library: Library, clock: Clock) -> None:
    library.star([2])
    entry = library.history()[0].id
    library.remove([2])
    clock.pass_(days=31)
    library.purge_trash()
    assert library.undo(entry).conflicts == ["A paper has been deleted for good since."]


def test_a_merged_paper_is_kept_in_the_trash(library: Library, clock: Clock) -> None:
    library.merge([1, 2])
    clock.pass_(days=400)
    assert library.purge_trash() == 0
