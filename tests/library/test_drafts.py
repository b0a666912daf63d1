"""Notes kept in files while the library cannot take them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from readinglist.errors import ReadingListError
from readinglist.library import Drafts
from readinglist.paper import PaperId

ONE, TWO = PaperId(1), PaperId(2)


def _ended(drafts: Drafts) -> None:
    """End a session as a crash does: the lock is gone, the files are not."""
    for lock in drafts._locks.values():
        lock.release()


def test_what_a_session_left_is_found_by_the_next_and_the_newest_text_counts(tmp_path: Path) -> None:
    before = Drafts("a-library", [tmp_path])
    before.keep(ONE, "u1", "Tides", "a tho")
    before.keep(ONE, "u1", "Tides", "a thought")
    _ended(before)
    (draft,) = Drafts("a-library", [tmp_path]).left()
    assert (draft.paper, draft.uid, draft.title, draft.text) == (1, "u1", "Tides", "a thought")


def test_a_session_that_lives_is_left_alone(tmp_path: Path) -> None:
    living = Drafts("a-library", [tmp_path])
    living.keep(ONE, "u1", "Tides", "being written")
    other = Drafts("a-library", [tmp_path])
    assert other.left() == []
    living.close()  # with a note it could not save
    assert [draft.text for draft in other.left()] == ["being written"]


def test_what_was_saved_is_let_go_of(tmp_path: Path) -> None:
    drafts = Drafts("a-library", [tmp_path])
    drafts.keep(ONE, "u1", "Tides", "one")
    drafts.keep(TWO, "u2", "Ropes", "two")
    drafts.drop(ONE)
    drafts.close()
    other = Drafts("a-library", [tmp_path])
    left = other.left()
    assert [draft.text for draft in left] == ["two"]
    other.forget(left)
    assert other.left() == []
    assert list((tmp_path / "a-library").iterdir()) == []


def test_each_library_has_its_own(tmp_path: Path) -> None:
    drafts = Drafts("a-library", [tmp_path])
    drafts.keep(ONE, "u1", "Tides", "text")
    drafts.close()
    assert Drafts("another", [tmp_path]).left() == []
    assert Drafts("../a-library", [tmp_path]).left() == []


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX's")
def test_nobody_else_may_read_them(tmp_path: Path) -> None:
    drafts = Drafts("a-library", [tmp_path / "recovery"])
    file = drafts.keep(ONE, "u1", "Tides", "secret")
    modes = [path.stat().st_mode & 0o777 for path in (file, *list(file.parents)[:3])]
    assert modes == [0o600, 0o700, 0o700, 0o700]


def test_where_one_place_cannot_take_it_the_next_one_does(tmp_path: Path) -> None:
    (tmp_path / "full").write_text("a file where a folder should be")
    drafts = Drafts("a-library", [tmp_path / "full", tmp_path / "memory"])
    file = drafts.keep(ONE, "u1", "Tides", "text")
    assert tmp_path / "memory" in file.parents


def test_no_place_at_all_is_said(tmp_path: Path) -> None:
    (tmp_path / "full").write_text("a file where a folder should be")
    with pytest.raises(ReadingListError, match="cannot be kept"):
        Drafts("a-library", [tmp_path / "full"]).keep(ONE, "u1", "Tides", "text")


def test_broken_files_are_passed_over(tmp_path: Path) -> None:
    drafts = Drafts("a-library", [tmp_path])
    file = drafts.keep(ONE, "u1", "Tides", "text")
    for name, data in {"2.json": b"{", "3.json": b"[]", "4.json": b'{"paper": "4"}', "5.json": b"\xff"}.items():
        (file.parent / name).write_bytes(data)
    _ended(drafts)
    assert [draft.text for draft in Drafts("a-library", [tmp_path]).left()] == ["text"]
