"""A library that does not open: what is said of it, and what brings it back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from readinglist.errors import LibraryBusy, ReadingListError
from readinglist.library import Library, rescue
from readinglist.store.restoring import DATABASE


@pytest.fixture
def folder(library: Library) -> Path:
    """A closed library of three papers with a backup of them and a star that came later."""
    library.back_up()
    library.star([1])
    library.close()
    return library.folder


def damage(folder: Path) -> None:
    database = folder / DATABASE
    content = bytearray(database.read_bytes())
    content[4096:40960] = bytes(36864)
    database.write_bytes(content)


def test_a_damaged_library_comes_back_from_its_newest_whole_backup(folder: Path) -> None:
    damage(folder)
    newer = folder / "backups" / "2026-12-01T000000Z-time.db"
    newer.write_bytes(b"SQLite format 3\0 but no more")
    (finding,) = rescue.examine(folder)
    assert (finding.ok, "3 papers" in (finding.repair or "")) == (False, True)
    (finding,) = rescue.repair(folder)
    assert finding.repaired
    with Library.open(folder) as library:
        assert library.search().total == 3
        assert library.search("cats").ids == [2]
    assert (next((folder / "replaced").iterdir()) / DATABASE).exists()


def test_a_backup_made_while_the_clock_was_ahead_is_not_the_newest(folder: Path) -> None:
    (backup,) = rescue.backups_of(folder)
    shutil.copy(backup.path, ahead := backup.path.with_name("2099-01-01T000000Z-time.db"))
    assert rescue.newest_good(folder) == backup
    backup.path.unlink()
    good = rescue.newest_good(folder)
    assert good is not None
    assert good.path == ahead


@pytest.mark.parametrize("how", ["missing", "empty", "foreign"])
def test_whatever_is_in_the_place_of_the_database_is_named_and_replaced(folder: Path, how: str) -> None:
    database = folder / DATABASE
    database.unlink()
    if how != "missing":
        database.write_bytes(b"" if how == "empty" else b"Dear diary, " * 20)
    with pytest.raises(ReadingListError):
        Library.open(folder)
    assert not rescue.examine(folder)[0].ok
    assert rescue.repair(folder)[0].repaired
    with Library.open(folder) as library:
        assert library.search().total == 3


def test_without_a_backup_what_is_wrong_is_only_told(folder: Path) -> None:
    shutil.rmtree(folder / "backups")
    damage(folder)
    before = (folder / DATABASE).read_bytes()
    (finding,) = rescue.repair(folder)
    assert (finding.ok, finding.repair, finding.repaired) == (False, None, False)
    assert (folder / DATABASE).read_bytes() == before


def test_a_sound_library_has_nothing_to_examine(folder: Path) -> None:
    assert rescue.examine(folder) == []
    assert rescue.examine(folder / "nowhere")[0].ok is False


def test_a_library_that_is_open_is_not_replaced(folder: Path) -> None:
    backup = next((folder / "backups").iterdir())
    with Library.open(folder) as library, pytest.raises(LibraryBusy):
        rescue.recover(folder, backup)
    with Library.open(folder) as library:
        assert library.paper(1).starred


def test_an_older_backup_does_not_answer_from_a_newer_index(folder: Path) -> None:
    with Library.open(folder) as library:
        library.write_note(1, "Zymurgy is the last word.")
        library.wait_for_index()
        assert library.search("zymurgy").ids == [1]
    rescue.recover(folder, next((folder / "backups").iterdir()))
    with Library.open(folder) as library:
        assert library.search("zymurgy", relax=False).ids == []
        library.write_note(2, "Xylophone.")
        library.wait_for_index()
        assert library.search("xylophone").ids == [2]


def test_a_folder_put_back_by_other_means_and_edited_does_not_answer_from_its_lost_future(
    folder: Path, tmp_path: Path
) -> None:
    """As many edits as were lost, made before the index is looked at: by its numbers alone it seems to agree."""
    with Library.open(folder) as library:
        library.wait_for_index()
    shutil.copytree(folder, tmp_path / "copy")
    with Library.open(folder) as library:
        library.write_note(1, "A lost zebra.")
        library.wait_for_index()
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "copy", folder)
    with Library.open(folder) as library:
        library.write_note(2, "A kept giraffe.")
        assert library.search("zebra", relax=False).ids == []
        library.wait_for_index()
        assert library.search("zebra", relax=False).ids == []
        assert library.search("giraffe", relax=False).ids == [2]


def test_a_folder_of_other_files_is_left_alone(folder: Path, tmp_path: Path) -> None:
    backup = next((folder / "backups").iterdir())
    other = tmp_path / "photos"
    other.mkdir()
    (other / "cat.jpg").write_bytes(b"cat")
    with pytest.raises(ReadingListError, match="other files"):
        rescue.recover(other, backup)
    assert [path.name for path in other.iterdir()] == ["cat.jpg"]


def test_a_backup_makes_a_library_in_a_new_folder(folder: Path, tmp_path: Path) -> None:
    recovered = rescue.recover(tmp_path / "new", next((folder / "backups").iterdir()))
    assert (recovered.papers, recovered.replaced) == (3, None)
    with Library.open(tmp_path / "new") as library:
        assert not library.paper(1).starred
