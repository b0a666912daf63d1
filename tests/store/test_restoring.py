"""Putting a backup back: nothing is deleted, and an interruption anywhere leaves a good library."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readinglist.errors import ReadingListError
from readinglist.store.backup import make_backup
from readinglist.store.restoring import DATABASE, has_stale_wal, restore
from readinglist.store.store import Store

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
_INSERT = (
    "INSERT INTO paper (uid, added, changed, title, title_key, author_key, source) VALUES (?, '', '', ?, '', '', 'x')"
)


def add(store: Store, title: str) -> None:
    with store.writing() as connection:
        connection.execute(_INSERT, [title, title])


def titles(folder: Path) -> list[str]:
    store = Store(folder, create=False)
    try:
        return [title for (title,) in store.reader().execute("SELECT title FROM paper ORDER BY id")]
    finally:
        store.close()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A library of "old" and "new" with a backup, `backup.db`, from before "new"."""
    store = Store(tmp_path / "library")
    add(store, "old")
    with closing(store.open_reader()) as connection:
        made = make_backup(connection, tmp_path / "library" / "backups", NOON, "manual")
    shutil.copy(made.path, tmp_path / "backup.db")
    add(store, "new")
    store.close()
    return tmp_path / "library"


def test_what_is_replaced_is_kept(folder: Path) -> None:
    aside = restore(folder, folder.parent / "backup.db", NOON)
    assert titles(folder) == ["old"]
    assert aside == folder / "replaced" / "2026-03-11T120000Z"
    shutil.copytree(aside, folder.parent / "again")
    assert titles(folder.parent / "again") == ["old", "new"]


def test_two_restores_of_one_second_keep_both(folder: Path) -> None:
    one = restore(folder, folder.parent / "backup.db", NOON)
    two = restore(folder, folder.parent / "backup.db", NOON)
    assert one != two
    assert len(list((folder / "replaced").iterdir())) == 2


def test_a_bad_backup_changes_nothing(folder: Path) -> None:
    before = sorted(path.name for path in folder.iterdir())
    bad = folder.parent / "bad.db"
    bad.write_bytes((folder.parent / "backup.db").read_bytes()[:9000])
    for path in (bad, folder.parent / "missing.db"):
        with pytest.raises(ReadingListError):
            restore(folder, path, NOON)
    assert sorted(path.name for path in folder.iterdir()) == before
    assert titles(folder) == ["old", "new"]


def test_nothing_is_decided_while_there_is_no_place_for_what_would_be_replaced(folder: Path) -> None:
    (folder / "replaced").write_text("not a folder")  # as little to be written into as one without rights
    with pytest.raises(ReadingListError, match="no place to keep"):
        restore(folder, folder.parent / "backup.db", NOON)
    assert titles(folder) == ["old", "new"]


class Killed(BaseException):
    """Stands for a kill: nothing handles it."""


def kill_at(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Die before the `number`-th rename, rename being what the steps are made of."""
    count = 0
    rename = Path.replace

    def counted(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == number:
            raise Killed
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", counted)


@pytest.mark.parametrize("number", range(1, 5))
def test_an_interruption_leaves_the_old_library_or_the_new_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    (folder / f"{DATABASE}-wal").write_bytes(b"")
    with monkeypatch.context() as patch:
        kill_at(patch, number)
        with pytest.raises(Killed):
            restore(folder, folder.parent / "backup.db", NOON)
    assert titles(folder) in (["old", "new"], ["old"])
    kept = [titles_of_copy(path, folder.parent / "look") for path in folder.rglob("library.db")]
    assert ["old", "new"] in kept


def titles_of_copy(path: Path, place: Path) -> list[str]:
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(path.parent, place, ignore=shutil.ignore_patterns("backups", "replaced"))
    return titles(place)


def test_a_wal_beside_a_backup_put_back_by_hand_is_moved_aside(folder: Path) -> None:
    store = Store(folder)
    add(store, "newest")
    live = {name: (folder / f"{DATABASE}{name}").read_bytes() for name in ("-wal", "-shm")}
    store.close()
    shutil.copy(folder.parent / "backup.db", folder / DATABASE)
    for name, content in live.items():
        (folder / f"{DATABASE}{name}").write_bytes(content)
    if not live["-wal"]:
        pytest.skip("this SQLite does not write a -wal")
    assert has_stale_wal(folder)
    assert titles(folder) == ["old"]
    assert [path.name for path in folder.glob("replaced/*/*-wal")] == [f"{DATABASE}-wal"]


def test_the_wal_of_a_crash_is_played_in(folder: Path) -> None:
    store = Store(folder)
    add(store, "newest")
    shutil.copytree(folder, folder.parent / "crashed")
    store.close()
    assert not has_stale_wal(folder.parent / "crashed")
    assert titles(folder.parent / "crashed") == ["old", "new", "newest"]


def test_a_full_disk_leaves_everything_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("readinglist.store.backup.sync_file", full)
        with pytest.raises(ReadingListError, match="No space"):
            restore(folder, folder.parent / "backup.db", NOON)
    assert titles(folder) == ["old", "new"]
    assert not list(folder.glob(f"{DATABASE}.*"))


def test_a_copy_that_was_never_finished_is_not_put_in_place(folder: Path) -> None:
    for name in ("unfinished", "unfinished-journal"):
        (folder / f"{DATABASE}.restored-2026-03-11T110000Z.{name}").write_bytes(b"half of it")
    assert titles(folder) == ["old", "new"]
    restore(folder, folder.parent / "backup.db", NOON)
    assert titles(folder) == ["old"]
    assert not list(folder.glob(f"{DATABASE}.restored-*"))
