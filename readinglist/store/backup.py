"""Backups: whole copies of the database, checked when made, thinned out by age. Knows nothing of what is in them.

A backup is one database file (`VACUUM INTO`, so in rollback mode and without a `-wal`) in the folder `backups/`, named
by the time it was made and what for: `2026-03-11T093000Z-import.db`.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import shutil
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from stat import S_ISREG

from readinglist.errors import ReadingListError
from readinglist.phrase import joined, phrase
from readinglist.progress import Progress, Silent
from readinglist.store.driver import Connection, DatabaseError, connect, is_full, stoppable
from readinglist.store.files import sync_file, sync_folder
from readinglist.store.schema import APPLICATION_ID, SCHEMA_VERSION, version_of, wrong_definitions

log = logging.getLogger(__name__)

BACKUPS = "backups"
REASONS = ("manual", "time", "quit", "upgrade", "import", "repair", "recover")
RECENT, DAYS, WEEKS = 10, 7, 4
"""So many of the newest are kept, and the newest of so many days and weeks before."""

_UNREADABLE_KEPT = timedelta(days=30)
"""So long after it, relative to the newest, a backup that cannot be read is kept: somebody may want to look at it."""

_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}Z)(?:\.(\d+))?-(" + "|".join(REASONS) + r")\.db")
_UUID = re.compile(r"\('[0-9a-f-]{36}',\)")
_TIME = "%Y-%m-%dT%H%M%SZ"
_UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup. `at` is RFC 3339 in UTC; `papers` counts those outside the trash, None when the file is no good."""

    path: Path
    at: str
    reason: str
    size_bytes: int
    papers: int | None = None


def make_backup(
    connection: Connection, folder: Path, now: datetime, reason: str, progress: Progress | None = None
) -> Backup:
    """Write a backup of an open library into `folder`, checked and durable, and return it.

    `now` is aware. An interruption at any point leaves no half backup that looks like one. Raises ReadingListError,
    and Cancelled.
    """
    moment = now.astimezone(UTC)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, ValueError) as error:  # ValueError: a NUL in a name from the settings
        raise ReadingListError(
            phrase("No backup can be made in {folder}: {reason}.", folder=folder, reason=error)
        ) from error
    for left in folder.glob(f"*{_UNFINISHED}*"):
        with suppress(OSError):
            left.unlink()
    stamp = moment.strftime(_TIME)
    number = 0
    while os.path.lexists(path := folder / f"{stamp}{f'.{number}' if number else ''}-{reason}.db"):
        number += 1
    write_copy(connection, path, progress)
    return Backup(path, _rfc3339(moment), reason, path.stat().st_size, count_papers(path))


def write_copy(connection: Connection, path: Path, progress: Progress | None = None) -> None:
    """Write a whole, checked, durable copy of an open library to `path`, which is replaced.

    Raises ReadingListError, and Cancelled.
    """
    unfinished = path.with_name(path.name + _UNFINISHED)
    try:
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with stoppable(connection, progress or Silent()):
            connection.execute("VACUUM INTO ?", [str(unfinished)])
        check_copy(unfinished)
        sync_file(unfinished)
        unfinished.replace(path)
        sync_folder(path.parent)
    except DatabaseError as error:
        reason = phrase("the disk is full") if is_full(error) else error
        raise ReadingListError(
            phrase("The backup {path} could not be made: {reason}.", path=path, reason=reason)
        ) from error
    except OSError as error:
        raise ReadingListError(
            phrase("The backup {path} could not be made: {reason}.", path=path, reason=error)
        ) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def check_copy(path: Path) -> None:
    """Read a whole backup and raise ReadingListError, with what is wrong, unless it is a sound library of ours."""
    try:
        with closing(connect(path, mode="ro", immutable=not _has_wal(path))) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            if application != APPLICATION_ID:
                raise ReadingListError(phrase("{path} is not a library of this program.", path=path))
            if version_of(connection) > SCHEMA_VERSION:
                raise ReadingListError(
                    phrase("{path} was written by a newer version of readinglist; update that first.", path=path)
                )
            answers = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(3)")]
            if not _UUID.fullmatch(str(connection.execute("SELECT value FROM library WHERE key = 'id'").fetchone())):
                answers = [phrase("its id is not readable")]
            if (
                answers == ["ok"]
                and version_of(connection) == SCHEMA_VERSION
                and (names := wrong_definitions(connection))
            ):
                answers = [phrase("the definitions of {names} are not what they were", names=", ".join(names))]
            if answers != ["ok"]:
                raise ReadingListError(phrase("{path} is damaged: {answers}.", path=path, answers=joined(answers)))
    except DatabaseError as error:
        raise ReadingListError(
            phrase("{path} cannot be read as a library: {error}.", path=path, error=error)
        ) from error


def _has_wal(path: Path) -> bool:
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def list_backups(folders: Iterable[Path]) -> list[Backup]:
    """Return the backups in some folders, the newest first. What cannot be looked into holds none."""
    found = []
    for path in chain.from_iterable(map(_files_in, dict.fromkeys(folders))):
        if (match := _NAME.fullmatch(path.name)) and (size := _size_of(path)) is not None:
            moment = datetime.strptime(match[1], _TIME).replace(tzinfo=UTC)
            order = (moment, int(match[2] or 0))
            found.append((order, Backup(path, _rfc3339(moment), match[3], size, count_papers(path))))
    return [backup for _, backup in sorted(found, key=lambda each: (each[0], each[1].path.name), reverse=True)]


def trouble_with(folder: Path) -> str | None:
    """Return why no backups can be read from or written to a folder; None when they can, or nobody has tried yet."""
    try:
        next(folder.iterdir(), None)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        return getattr(error, "strerror", None) or str(error)
    return None if os.access(folder, os.W_OK | os.X_OK) else os.strerror(errno.EACCES)


def _files_in(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except (OSError, ValueError) as error:
        if not isinstance(error, FileNotFoundError):
            log.warning("no backups can be read from %s: %s", folder, error)
        return []


def _size_of(path: Path) -> int | None:
    """Return the size of a file; None for anything else, also for one that has just been thinned out."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size if S_ISREG(stat.st_mode) else None


def count_papers(path: Path) -> int | None:
    """Return how many papers a backup holds outside the trash, None when it cannot be read."""
    try:
        with closing(connect(path, mode="ro", immutable=not _has_wal(path))) as connection:
            return int(connection.execute("SELECT count(*) FROM paper WHERE trashed IS NULL").fetchone()[0])
    except (DatabaseError, OSError):
        return None


def is_current(connection: Connection, backups: Sequence[Backup]) -> bool:
    """Say whether nothing was edited since the newest readable backup was made."""
    newest = next((backup for backup in backups if backup.papers is not None), None)
    if newest is None:
        return connection.execute("SELECT 1 FROM entry LIMIT 1").fetchone() is None
    try:
        with closing(connect(newest.path, mode="ro", immutable=True)) as copy:
            return _state(copy) == _state(connection)
    except DatabaseError:
        return False


def _state(connection: Connection) -> tuple[object, ...]:
    """Return what differs between two states of a library: the last edit, and what was last written in it.

    A stretch of writing is one edit, and several of its saves may come within the second that its time tells.
    """
    row = connection.execute("SELECT max(id), max(at), count(*) FROM entry").fetchone()
    written = connection.execute("SELECT hash FROM change WHERE entry = ? AND n = 0", row[:1]).fetchone()
    return (*row, written, version_of(connection))


def thin_out(folder: Path, made: Path | None = None) -> list[Path]:
    """Delete the backups that are not worth keeping and return them: see `worth_keeping`.

    The one just `made` stays, whatever its time: a clock that was put back would make it the oldest of all.
    """
    backups = list_backups([folder])
    keep = worth_keeping(backups)
    gone = []
    for path in [backup.path for backup in backups if backup not in keep and backup.path != made]:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:  # one too many is no harm
            log.warning("an old backup stays: %s", error)
        else:
            gone.append(path)
    return gone


def worth_keeping(backups: Sequence[Backup]) -> list[Backup]:
    """Return which of some backups, the newest first, to keep.

    The newest ten, the newest of each of seven days and of four weeks before. One made by hand is never dropped, nor
    one that is more than twice as large as any that is kept: the small ones may be what was left of it. One that cannot
    be read takes nobody's place.
    """
    keep = {backup.path: backup for backup in backups if backup.reason == "manual"}
    sound = [backup for backup in backups if backup.papers is not None and backup.reason != "manual"]
    for backup in sound[:RECENT]:
        keep[backup.path] = backup
    for most, name in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V")):
        newest: dict[str, Backup] = {}
        for backup in sound:
            newest.setdefault(_moment(backup).strftime(name), backup)
        for backup in list(newest.values())[:most]:
            keep[backup.path] = backup
    kept_sizes = [backup.size_bytes for backup in keep.values() if backup.reason != "manual"]
    for backup in sound:
        if backup.path not in keep and backup.size_bytes > 2 * max(kept_sizes, default=0):
            keep[backup.path] = backup
            kept_sizes.append(backup.size_bytes)
    unsound = [backup for backup in backups if backup.papers is None and backup.path not in keep]
    keep |= {b.path: b for b in unsound if _moment(b) > _moment(backups[0]) - _UNREADABLE_KEPT}
    return [backup for backup in backups if backup.path in keep]


def _moment(backup: Backup) -> datetime:
    return datetime.fromisoformat(backup.at)


def _rfc3339(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def room_for(path: Path, folder: Path) -> bool:
    """Say whether a copy of the database at `path` fits on the disk of `folder`, with something to spare."""
    place = folder
    while not os.path.exists(place):  # noqa: PTH110 - pathlib raises where it may not look
        place = place.parent
    try:
        free = shutil.disk_usage(place).free
    except OSError:  # whoever writes there will hear what is wrong
        return True
    return free > path.stat().st_size * 1.1 + 20_000_000
