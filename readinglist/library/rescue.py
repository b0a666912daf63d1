"""What can be done for a library that does not open: see what is wrong, put a backup back, keep what can be read.

Works on folders, not on an open `Library`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from readinglist.errors import ReadingListError
from readinglist.library.values import Finding
from readinglist.paths import index_folder
from readinglist.phrase import phrase
from readinglist.progress import Progress
from readinglist.store.backup import BACKUPS, Backup, check_copy, count_papers, list_backups
from readinglist.store.driver import connect
from readinglist.store.files import give_rights, is_without_rights
from readinglist.store.lock import FolderLock
from readinglist.store.opening import LOCK, check_header
from readinglist.store.restoring import DATABASE, REPLACED, restore


def _local_now() -> datetime:
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Recovered:
    """What putting a backup back did: how many papers are there now, and where the old files are."""

    papers: int
    replaced: Path | None


def recover(
    folder: Path, backup: Path, *, clock: Callable[[], datetime] = _local_now, progress: Progress | None = None
) -> Recovered:
    """Put a backup in the place of the library in `folder`, whatever state that is in.

    Nothing is deleted: the old files are moved to `replaced/`. The search index is built again at the next opening.
    Raises ReadingListError when the backup is no good, LibraryBusy while the library is open somewhere, and Cancelled.
    """
    if folder.exists() and not folder.is_dir():
        raise ReadingListError(phrase("{folder} is a file, and a library is a folder.", folder=folder))
    if folder.exists() and not is_ours(folder) and any(folder.iterdir()):
        raise ReadingListError(
            phrase("{folder} holds other files and no library; name the folder of the library.", folder=folder)
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ReadingListError(phrase("{folder} cannot be made: {reason}.", folder=folder, reason=error)) from error
    with FolderLock(folder / LOCK, alone=True):
        replaced = restore(folder, backup, clock(), progress)
        with closing(connect(folder / DATABASE, mode="ro")) as connection:
            (library_id,) = connection.execute("SELECT value FROM library WHERE key = 'id'").fetchone()
        shutil.rmtree(index_folder(str(library_id), folder), ignore_errors=True)
    return Recovered(count_papers(folder / DATABASE) or 0, replaced)


def is_ours(folder: Path) -> bool:
    """Say whether a folder is, or was, a library; one that may not be looked into is taken for it."""
    if folder.is_dir() and not os.access(folder, os.X_OK):
        return True
    return any((folder / name).exists() for name in (DATABASE, LOCK, BACKUPS, REPLACED))


def examine(folder: Path, others: Iterable[Path] = ()) -> list[Finding]:
    """Return what is wrong with a library that does not open, the worst first, and what can be done about it.

    Backups are looked for in `others` too.
    """
    database = folder / DATABASE
    if not folder.exists():
        return [Finding("folder", False, phrase("There is no folder {folder}.", folder=folder))]
    if (locked := _locked(folder)) is not None:
        message = phrase("You have no right to read {file}.", file=locked)
        return [
            Finding("rights", False, message, phrase("gives it back to you") if is_without_rights(locked) else None)
        ]
    good = newest_good(folder, others)
    remedy = None
    if good is not None:
        remedy = phrase("puts back the backup of {at} ({n} papers)", at=good.at[:16].replace("T", " "), n=good.papers)
    if not database.exists():
        return [
            Finding(
                "database",
                False,
                phrase("There is no {database} in {folder}.", database=DATABASE, folder=folder),
                remedy,
            )
        ]
    try:
        check_header(database)
        check_copy(database)
    except ReadingListError as error:
        return [Finding("database", False, error.message, remedy)]
    except OSError as error:
        return [
            Finding("database", False, phrase("{database} cannot be read: {reason}.", database=database, reason=error))
        ]
    return []


def _locked(folder: Path) -> Path | None:
    """Return the folder or its database, when this user may not read it."""
    if not os.access(folder, os.R_OK | os.X_OK):
        return folder
    database = folder / DATABASE
    return database if database.exists() and not os.access(database, os.R_OK) else None


def backups_of(folder: Path, others: Iterable[Path] = ()) -> list[Backup]:
    """Return the backups of the library in `folder`, the newest first, also those in other folders."""
    return list_backups([folder / BACKUPS, *others])


def shown(backup: Backup) -> str:
    """Return when a backup was made, for people."""
    return f"{backup.at[:16].replace('T', ' ')} UTC"


def newest_good(folder: Path, others: Iterable[Path] = ()) -> Backup | None:
    """Return the newest backup of the library in `folder` that is whole, or None.

    One of a day to come, made while the clock was ahead, is taken only where there is no other.
    """
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    for backup in sorted(backups_of(folder, others), key=lambda backup: backup.at > tomorrow):
        try:
            check_copy(backup.path)
        except ReadingListError:
            continue
        return backup
    return None


def repair(folder: Path, others: Sequence[Path] = (), *, clock: Callable[[], datetime] = _local_now) -> list[Finding]:
    """Put the newest whole backup back and say so; what is wrong without one is only told.

    Where only the right to read is wanting, it is given back, and nothing is put in the place of what is there.
    """
    given = []
    while (locked := _locked(folder)) is not None and is_without_rights(locked):
        give_rights(locked)
        message = phrase("You had no right to read {file}; you have it again.", file=locked)
        given.append(Finding("rights", True, message, None, repaired=True))
    found = examine(folder, others)
    if given or any(finding.check == "rights" for finding in found):
        return [*given, *found]
    good = newest_good(folder, others) if found else None
    if good is None:
        return found
    recovered = recover(folder, good.path, clock=clock)
    message = phrase("The backup of {at} with {n} papers was put back.", at=shown(good), n=recovered.papers)
    if recovered.replaced:
        message = phrase("{said} The damaged files are in {replaced}.", said=message, replaced=recovered.replaced)
    return [Finding("database", True, message, None, repaired=True)]
