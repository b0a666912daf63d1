"""Put a backup in the place of a library's database, so that an interruption at any point leaves a good library.

The steps: a checked, durable copy of the backup beside the database; its rename to `library.db.restored-TIME`, from
which on the restore is decided; the old files moved to `replaced/TIME/`; the copy renamed to `library.db`. Whoever
opens a library in which this was interrupted finishes it first (`finish_restoring`). Nothing is ever deleted.

Also here: a `-wal` file that belongs to another database than it lies beside, as when a backup was put back by hand.
SQLite would play it into the database, without an error and with wrong rows.
"""

from __future__ import annotations

import re
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from readinglist.errors import ReadingListError
from readinglist.phrase import phrase
from readinglist.progress import Progress
from readinglist.store.backup import check_copy, write_copy
from readinglist.store.driver import DatabaseError, connect
from readinglist.store.files import sync_folder

DATABASE = "library.db"
REPLACED = "replaced"
_BESIDE = ("-wal", "-shm", "-journal")
_RESTORED = f"{DATABASE}.restored-"
_STAMP = re.compile(r"[-0-9T]+Z(?:\.\d+)?")


def restore(folder: Path, backup: Path, now: datetime, progress: Progress | None = None) -> Path | None:
    """Put `backup` in the place of the database in `folder`, whose lock the caller holds alone.

    Return the folder into which the old files were moved, None when there were none. Raises ReadingListError, with
    everything left as it was, when the backup is no good or cannot be copied.
    """
    if not backup.is_file():
        raise ReadingListError(phrase("There is no file {backup}.", backup=backup))
    check_copy(backup)
    finish_restoring(folder)
    for left in folder.glob(f"{_RESTORED}*"):
        with suppress(OSError):
            left.unlink()  # of a restore that was interrupted before it was decided
    time = now.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    number = 0
    while (folder / REPLACED / (stamp := f"{time}{f'.{number}' if number else ''}")).exists():
        number += 1
    aside = folder / REPLACED / stamp
    try:
        if _present(folder):
            aside.mkdir(mode=0o700, parents=True)  # before anything is decided: it may not be possible
    except OSError as error:
        raise ReadingListError(
            phrase(
                "There is no place to keep what the backup would replace: {folder} cannot be made ({reason}).",
                folder=aside,
                reason=error.strerror or error,
            )
        ) from error
    try:
        with closing(connect(backup, mode="ro", immutable=not _size(backup, "-wal"))) as connection:
            write_copy(connection, folder / f"{_RESTORED}{stamp}", progress)
    except DatabaseError as error:
        raise ReadingListError(
            phrase("{backup} cannot be read as a library: {error}.", backup=backup, error=error)
        ) from error
    finally:
        if not is_half_restored(folder):
            with suppress(OSError):
                aside.rmdir()
                aside.parent.rmdir()
    return finish_restoring(folder)


def is_half_restored(folder: Path) -> bool:
    """Say whether a restore was decided upon and not finished."""
    return any(_decided(folder))


def finish_restoring(folder: Path) -> Path | None:
    """Finish a restore that was decided upon; return where the old files are. The caller holds the lock alone."""
    moved = None
    # Two can only be there when the program was killed twice: the later one is what was wanted last.
    for new in sorted(_decided(folder)):
        aside = folder / REPLACED / new.name.removeprefix(_RESTORED)
        try:
            moved = _move_aside(folder, aside) or moved
            new.replace(folder / DATABASE)
        except OSError as error:
            raise ReadingListError(
                phrase(
                    "The backup could not be put in its place ({reason}). Everything is still in {folder}.",
                    reason=error,
                    folder=folder,
                )
            ) from error
        sync_folder(folder)
    return moved


def _decided(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    # Not the copy that is being written, nor the journal that SQLite keeps beside it.
    return [path for path in folder.glob(f"{_RESTORED}*") if _STAMP.fullmatch(path.name.removeprefix(_RESTORED))]


def _present(folder: Path) -> list[Path]:
    return [path for name in ("", *_BESIDE) if (path := folder / f"{DATABASE}{name}").exists()]


def _move_aside(folder: Path, aside: Path) -> Path | None:
    present = _present(folder)
    if not present:
        return aside if aside.exists() else None
    aside.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in present:
        path.replace(aside / path.name)
    sync_folder(aside)
    sync_folder(folder)
    return aside


def put_stale_wal_aside(folder: Path, now: datetime) -> Path | None:
    """Move a `-wal` that is not the database's own out of its way; return where to, None when there is none.

    The caller holds the lock alone: nobody has the database open.
    """
    if not has_stale_wal(folder):
        return None
    time = now.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    aside = folder / REPLACED / f"{time}-wal"
    aside.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("-wal", "-shm"):
        path = folder / f"{DATABASE}{name}"
        if path.exists():
            path.replace(aside / path.name)
    sync_folder(folder)
    return aside


def has_stale_wal(folder: Path) -> bool:
    """Say whether there is a `-wal` with content that cannot be the database's own.

    The database's header says that it is not in WAL mode (SQLite file format §1.3.3): every backup of ours is so until
    it is opened, and a database of ours in that mode has no such file. A copy made otherwise cannot be told by looking
    at it; nor may a `-wal` be doubted lightly, for after a crash it holds the last edits.
    """
    database = folder / DATABASE
    if not _size(database, "-wal") or not database.exists():
        return False
    with database.open("rb") as file:
        header = file.read(20)
    return len(header) == 20 and header[18:20] == b"\x01\x01"


def _size(path: Path, suffix: str) -> int:
    beside = path.with_name(path.name + suffix)
    return beside.stat().st_size if beside.exists() else 0
