"""Opening folders: what becomes a library, what is refused, and that what is refused stays untouched."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from readinglist.errors import DiskFull, LibraryBusy, LibraryReadOnly, LibraryUnusable, ReadingListError
from readinglist.store import driver, opening
from readinglist.store.lock import FolderLock
from readinglist.store.opening import LOCK, prepare
from readinglist.store.restoring import DATABASE
from readinglist.store.schema import APPLICATION_ID, SCHEMA_VERSION
from readinglist.store.store import Store
from tests.store.test_schema import library_of_schema


def test_a_missing_folder_becomes_a_library_with_private_rights(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "library"
    store = Store(folder)
    try:
        assert sorted(p.name for p in folder.iterdir() if not p.name.startswith(f"{DATABASE}-")) == [DATABASE, LOCK]
        if os.name == "posix":
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
            assert all(stat.S_IMODE(p.stat().st_mode) == 0o600 for p in folder.iterdir())
    finally:
        store.close()


def test_an_empty_folder_becomes_a_library_and_keeps_its_id(tmp_path: Path) -> None:
    ids = set()
    for _ in range(2):
        store = Store(tmp_path)
        ids.add(store.library_id)
        store.close()
    assert len(ids) == 1


def test_journal_and_marks_are_as_they_must_be(tmp_path: Path) -> None:
    store = Store(tmp_path)
    try:
        connection = store.reader()
        pragma = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in (
                "application_id",
                "user_version",
                "journal_mode",
                "foreign_keys",
                "synchronous",
                "trusted_schema",
            )
        }
        assert pragma == {
            "application_id": APPLICATION_ID,
            "user_version": SCHEMA_VERSION,
            "journal_mode": "wal" if driver.WAL_IS_SAFE else "delete",
            "foreign_keys": 1,
            "synchronous": 2,
            "trusted_schema": 0,
        }
    finally:
        store.close()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        (DATABASE, b"", "empty"),
        (DATABASE, b"not a database", "not a library"),
        (DATABASE, b"SQLite format 3\0" + bytes(200), "another program"),
        ("backups/one.db", b"x", "recover"),
        ("thesis.txt", b"x", "other files"),
    ],
)
def test_a_folder_of_something_else_is_refused_untouched(tmp_path: Path, name: str, content: bytes, word: str) -> None:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    with pytest.raises(ReadingListError, match=word):
        Store(tmp_path)
    assert file.read_bytes() == content
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [file]


def test_a_new_library_is_whole_in_one_file_when_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A -wal that a failing disk left beside it would be lost, and most of the library with it."""
    rename = Path.rename
    headers = []

    def look_first(path: Path, target: Path) -> Path:
        headers.append(path.read_bytes()[18:20])
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", look_first)
    Store(tmp_path / "library").close()
    assert headers == [b"\x01\x01"]  # not in WAL mode (SQLite file format, 1.3.3)


@pytest.mark.parametrize("damage", [b"CREATE INDEX paper_year ON p\xf5per", b"CREATE \xf5NDEX paper_year ON paper"])
def test_a_damaged_table_definition_is_told_of_in_words_that_can_be_read(tmp_path: Path, damage: bytes) -> None:
    """The driver decodes SQLite's messages, which quote the definition, as strict UTF-8."""
    Store(tmp_path).close()
    database = tmp_path / DATABASE
    database.write_bytes(database.read_bytes().replace(b"CREATE INDEX paper_year ON paper", damage))
    with pytest.raises(LibraryUnusable, match=r"damaged|cannot be opened"):
        Store(tmp_path)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / DATABASE)
    other.execute("CREATE TABLE t (x)")
    other.close()
    with pytest.raises(ReadingListError, match="another program"):
        Store(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(ReadingListError, match="is a file"):
        prepare(file)


def test_what_an_interrupted_creation_left_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / "library.db.new").write_bytes(b"half")
    (tmp_path / "library.db.new-journal").write_bytes(b"half")
    Store(tmp_path).close()
    assert sorted(p.name for p in tmp_path.iterdir()) == [DATABASE, LOCK]


def test_a_library_that_is_not_to_be_made_is_missed(tmp_path: Path) -> None:
    with pytest.raises(ReadingListError, match="no library"):
        Store(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()


def test_a_newer_library_opens_for_reading_and_says_why_it_cannot_be_written(tmp_path: Path) -> None:
    Store(tmp_path).close()
    connection = driver.connect(tmp_path / DATABASE)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    store = Store(tmp_path)
    try:
        assert store.read_only
        assert store.reader().execute("SELECT count(*) FROM paper").fetchone() == (0,)
        with pytest.raises(LibraryReadOnly, match="newer version"), store.writing():
            pass
    finally:
        store.close()


def test_a_newer_library_that_cannot_even_be_read_is_not_called_damaged(tmp_path: Path) -> None:
    Store(tmp_path).close()
    with closing(driver.connect(tmp_path / DATABASE)) as connection:
        connection.execute("ALTER TABLE paper RENAME COLUMN venue TO place")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(LibraryUnusable, match=r"newer version .* cannot read"):
        Store(tmp_path)


def test_an_older_library_that_cannot_be_written_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = library_of_schema(1, tmp_path / "old")
    before = (folder / DATABASE).read_bytes()
    monkeypatch.setattr(os, "access", lambda _path, how: not how & os.W_OK)
    with pytest.raises(LibraryUnusable, match=r"has to be upgraded.*Copy the folder"):
        Store(folder)
    assert (folder / DATABASE).read_bytes() == before


def test_a_library_on_a_full_disk_is_opened_for_reading_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without room for the -shm file SQLite says "disk I/O error" (see also tests/faults/full_disk.py)."""
    Store(tmp_path).close()
    connect = driver.connect

    def refuse(path: Path, *, mode: str = "rw", immutable: bool = False) -> driver.Connection:
        if not immutable:
            raise driver.OperationalError("disk I/O error")
        return connect(path, mode=mode, immutable=immutable)

    monkeypatch.setattr(opening, "connect", refuse)
    with pytest.raises(LibraryUnusable, match="disk I/O error"):
        Store(tmp_path)
    monkeypatch.setattr(opening, "is_full_disk", lambda _folder: True)
    with closing(Store(tmp_path)) as store:
        assert store.read_only
        with pytest.raises(LibraryReadOnly, match=r"disk is full.*Make room"):
            store.refuse_read_only()
    (tmp_path / f"{DATABASE}-wal").write_bytes(b"the last edits")
    with pytest.raises(DiskFull, match="Make room"):  # what is in the -wal may not be left out
        Store(tmp_path)


def test_a_folder_on_a_read_only_disk_is_opened_for_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(tmp_path).close()
    (tmp_path / LOCK).unlink()
    real = os.open

    def refuse(path: Path, flags: int, mode: int = 0o777) -> int:
        if flags & (os.O_RDWR | os.O_WRONLY):
            raise OSError(errno.EROFS, "Read-only file system")
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "access", lambda _path, how: not how & os.W_OK)
    with closing(Store(tmp_path)) as store:
        assert store.read_only
        with pytest.raises(LibraryReadOnly, match="cannot be written"):
            store.refuse_read_only()


def test_two_hold_the_lock_together_and_one_alone(tmp_path: Path) -> None:
    path = tmp_path / LOCK
    with FolderLock(path), FolderLock(path), pytest.raises(LibraryBusy, match="open in another"):
        FolderLock(path, alone=True)
    with FolderLock(path, alone=True), pytest.raises(LibraryBusy, match="repaired or upgraded"):
        FolderLock(path)


def test_a_lock_goes_with_its_process(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from readinglist.store.lock import FolderLock; "
        "lock = FolderLock(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    path = tmp_path / LOCK
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(LibraryBusy):
            FolderLock(path, alone=True)
        process.kill()
        process.wait()
        FolderLock(path, alone=True).release()


def test_an_error_rolls_back_and_leaves_no_transaction_open(tmp_path: Path) -> None:
    store = Store(tmp_path)
    try:
        with pytest.raises(RuntimeError), store.writing() as connection:  # noqa: PT012 - the block is what is rolled back
            connection.execute("INSERT INTO library VALUES ('x', 'y')")
            raise RuntimeError
        with store.writing() as connection:
            assert connection.execute("SELECT count(*) FROM library WHERE key = 'x'").fetchone() == (0,)
    finally:
        store.close()


def test_another_connections_change_is_noticed_once(tmp_path: Path) -> None:
    one, other = Store(tmp_path), Store(tmp_path)
    try:
        with one.writing() as connection:
            connection.execute("INSERT INTO library VALUES ('x', 'y')")
        assert not one.changed_elsewhere()
        assert other.changed_elsewhere()
        assert not other.changed_elsewhere()
    finally:
        one.close()
        other.close()


def test_waiting_for_another_writer_ends_with_a_plain_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "BUSY_MS", 50)
    one, other = Store(tmp_path), Store(tmp_path)
    try:
        with one.writing(), pytest.raises(LibraryBusy, match="try again"), other.writing():
            pass
    finally:
        one.close()
        other.close()
