"""Open a library's folder: make it when it is empty, refuse what is something else, never touch what is foreign."""

from __future__ import annotations

import contextlib
import logging
import os
import struct
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from readinglist.errors import DiskFull, LibraryReadOnly, LibraryUnusable, NoRight, ReadingListError
from readinglist.phrase import phrase
from readinglist.store.backup import BACKUPS, make_backup, room_for
from readinglist.store.driver import WAL_IS_SAFE, Connection, DatabaseError, connect, is_failing, is_full
from readinglist.store.files import is_full as is_full_disk
from readinglist.store.files import sync_folder
from readinglist.store.lock import FolderLock
from readinglist.store.restoring import (
    DATABASE,
    REPLACED,
    finish_restoring,
    has_stale_wal,
    is_half_restored,
    put_stale_wal_aside,
)
from readinglist.store.rows import SELECT
from readinglist.store.schema import APPLICATION_ID, SCHEMA_VERSION, migrate, version_of

log = logging.getLogger(__name__)

LOCK = "library.lock"
_UNFINISHED = "library.db.new"
_OURS = {
    LOCK,
    "feeds.lock",
    _UNFINISHED,
    f"{_UNFINISHED}-journal",
    f"{_UNFINISHED}-wal",
    f"{_UNFINISHED}-shm",
    ".DS_Store",
}


@dataclass
class Mended:
    """What was put right on opening: where a restore that was interrupted, or a stale `-wal`, left what was there."""

    restored: Path | None = None
    stale_wal: Path | None = None
    rights: bool = False


def prepare(folder: Path, *, create: bool = True) -> Mended:
    """See to it that `folder` holds a library, making a new one in a missing or empty folder.

    Raises ReadingListError, with what to do, for anything else; what is there stays untouched.
    """
    database = folder / DATABASE
    mended = Mended()
    if is_half_restored(folder) or has_stale_wal(folder):
        with FolderLock(folder / LOCK, alone=True):
            mended.restored = finish_restoring(folder)
            mended.stale_wal = put_stale_wal_aside(folder, datetime.now(UTC))
            if mended.stale_wal is not None:
                log.warning("%s-wal belonged to another database and was moved to %s", DATABASE, mended.stale_wal)
    if database.exists():
        check_header(database)
        return mended
    if folder.exists() and not folder.is_dir():
        raise LibraryUnusable(phrase("{folder} is a file, and a library is a folder.", folder=folder))
    if folder.exists():
        present = {entry.name for entry in folder.iterdir()} - _OURS
        if present & {BACKUPS, REPLACED}:
            raise LibraryUnusable(
                phrase("{folder} has backups but no {database}.", folder=folder, database=DATABASE),
                "Put one back with: readinglist recover FILE",
            )
        if present:
            raise LibraryUnusable(
                phrase("{folder} holds other files and no library.", folder=folder),
                "Name an empty or a new folder for a library.",
            )
    if not create:
        raise ReadingListError(phrase("There is no library in {folder}.", folder=folder))
    _create(folder)
    return mended


def _create(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FolderLock(folder / LOCK, alone=True):
            if (folder / DATABASE).exists():  # somebody else made it while we waited
                return
            new = folder / _UNFINISHED
            for left in (new, *folder.glob(f"{_UNFINISHED}-*")):
                left.unlink(missing_ok=True)
            os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            connection = connect(new)
            try:
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                # Not in WAL mode yet: what a failing disk leaves in the -wal would be lost by the renaming.
                migrate(connection)
                connection.execute("INSERT INTO library VALUES ('id', ?)", [str(uuid.uuid4())])
            finally:
                connection.close()
            new.rename(folder / DATABASE)
            sync_folder(folder)
    except OSError as error:
        raise ReadingListError(
            phrase("Cannot make a library in {folder}: {reason}.", folder=folder, reason=error)
        ) from error


def check_header(database: Path) -> None:
    """Tell by the first 100 bytes whether the file is one of ours (SQLite file format §1.3), without opening it."""
    if not database.is_file():  # opening a pipe would wait for somebody to write into it
        raise LibraryUnusable(phrase("{database} is no file.", database=database))
    try:
        with database.open("rb") as file:
            header = file.read(100)
    except PermissionError as error:
        raise no_right(database) from error
    except OSError as error:
        raise ReadingListError(phrase("Cannot read {database}: {reason}.", database=database, reason=error)) from error
    advice = "If you have a backup, put it back with: readinglist recover FILE"
    if not header:
        raise LibraryUnusable(phrase("{database} is empty.", database=database), advice)
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        raise LibraryUnusable(phrase("{database} is not a library, or is damaged.", database=database), advice)
    if struct.unpack(">I", header[68:72])[0] != APPLICATION_ID:
        raise LibraryUnusable(phrase("{database} belongs to another program.", database=database))


def no_right(path: Path) -> NoRight:
    """Return the error that says that this user may not read a folder or file."""
    return NoRight(phrase("You have no right to read {file}.", file=path))


def open_connection(folder: Path) -> tuple[Connection, bool]:
    """Open the library's database for writing where that is possible; return it and whether it is read-only.

    The caller holds the folder's lock. A library with a newer schema, on a read-only disk or without rights to write
    is opened for reading, and so it is on a full disk, which has no room for what SQLite shares between processes.
    Raises ReadingListError.
    """
    database = folder / DATABASE
    writable = os.access(database, os.W_OK) and os.access(folder, os.W_OK)
    try:
        if not writable:
            return _open_for_reading(database), True
        connection = connect(database)
        version = version_of(connection)
        if version > SCHEMA_VERSION:
            connection.close()
            return connect(database, mode="ro"), True
        mode = "WAL" if WAL_IS_SAFE else "DELETE"
        connection.execute(f"PRAGMA journal_mode = {mode}").fetchone()
    except DatabaseError as error:
        if (is_failing(error) or is_full(error)) and is_full_disk(folder):
            return _open_on_full_disk(folder), True
        raise LibraryUnusable(
            phrase("{database} cannot be opened ({error}).", database=database, error=error),
            "readinglist doctor says more.",
        ) from error
    return connection, False


def _open_on_full_disk(folder: Path) -> Connection:
    try:
        return _open_for_reading(folder / DATABASE)
    except DatabaseError as error:
        raise DiskFull(
            phrase(
                "The disk is full, and the library in {folder} cannot be opened. Make room and try again.",
                folder=folder,
            )
        ) from error


def close_to_others(folder: Path) -> bool:
    """Let nobody but the user read the library; say whether that was not so before."""
    changed = False
    with contextlib.suppress(OSError):  # another user's file: the rights are theirs to set
        for path in (folder, folder / DATABASE):
            if os.name == "posix" and path.stat().st_mode & 0o077:
                path.chmod(0o700 if path is folder else 0o600)
                changed = True
    return changed


def check_readable(connection: Connection, folder: Path) -> None:
    """Raise LibraryUnusable for a library of another schema that can only be read, and not by this program."""
    version = version_of(connection)
    if version < SCHEMA_VERSION:
        if is_full_disk(folder):
            raise DiskFull(
                "The library is of an older version and has to be upgraded, but the disk is full. Make room and try"
                " again."
            )
        raise LibraryUnusable(
            phrase(
                "The library in {folder} is of an older version and has to be upgraded, but cannot be written there.",
                folder=folder,
            ),
            "Copy the folder to a place where it can be written, and open that.",
        )
    try:
        connection.execute(f"{SELECT} LIMIT 0")
    except DatabaseError as error:
        if version == SCHEMA_VERSION:
            raise
        raise LibraryUnusable(
            "A newer version of readinglist wrote this library, in a way that this one cannot read.",
            "Update the program.",
        ) from error


def _open_for_reading(database: Path) -> Connection:
    wal = database.with_name(database.name + "-wal")
    # Even to be read, a WAL database writes its -shm file; without a -wal the file itself is all there is.
    immutable = not (wal.exists() and wal.stat().st_size)
    connection = connect(database, mode="ro", immutable=immutable)
    connection.execute("SELECT count(*) FROM library").fetchone()
    return connection


def upgrade(folder: Path) -> None:
    """Bring an older library to today's schema, with a backup before.

    Raises LibraryBusy while another program has it open, and ReadingListError when there is no room for the backup.
    """
    with FolderLock(folder / LOCK, alone=True):
        connection = connect(folder / DATABASE)
        try:
            if version_of(connection) < SCHEMA_VERSION:
                if not room_for(folder / DATABASE, folder):
                    raise ReadingListError(
                        "The library is of an older version and has to be upgraded, but there is no room on the disk"
                        " for a backup before. Make room and try again."
                    )
                make_backup(connection, folder / BACKUPS, datetime.now(UTC), "upgrade")
                migrate(connection)
        finally:
            connection.close()


def read_only_reason(connection: Connection, folder: Path) -> LibraryReadOnly:
    """Return the error that tells why a library opened for reading cannot be written."""
    if version_of(connection) > SCHEMA_VERSION:
        return LibraryReadOnly(
            "A newer version of readinglist wrote this library; here it is open for reading only. Update the program."
        )
    if is_full_disk(folder):
        return LibraryReadOnly("The disk is full: the library is open for reading only. Make room and open it again.")
    return LibraryReadOnly("The library's folder or disk cannot be written; it is open for reading only.")
