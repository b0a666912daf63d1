"""Backups of an open library, and the emptying of its trash."""

from __future__ import annotations

import logging
from contextlib import closing
from datetime import UTC, timedelta
from pathlib import Path

from readinglist.errors import Problem, ReadingListError
from readinglist.library.completing import Completing
from readinglist.paths import recovery_folders
from readinglist.phrase import phrase
from readinglist.progress import Progress
from readinglist.store import purge
from readinglist.store.backup import (
    BACKUPS,
    Backup,
    is_current,
    list_backups,
    make_backup,
    room_for,
    thin_out,
    write_copy,
)
from readinglist.store.restoring import DATABASE

log = logging.getLogger(__name__)

TRASH_DAYS = 30
BACKUP_SOURCE = "backup"
"""The source of what an import has to tell of the backup before it."""


class Safety(Completing):
    """What keeps a library from being lost."""

    def back_up(
        self,
        to: Path | None = None,
        *,
        reason: str = "manual",
        folder: Path | None = None,
        progress: Progress | None = None,
    ) -> Backup:
        """Make a backup, checked and durable: the file `to`, or one in `folder` (the library's own `backups/`).

        In a folder, those that are not worth keeping any more are deleted (see `store.backup.worth_keeping`). Raises
        ReadingListError when there is no room or `to` is there already, and Cancelled.
        """
        place = folder or self.folder / BACKUPS
        target = place if to is None else to.absolute().parent
        with closing(self._store.open_reader()) as connection:
            if not room_for(self.folder / DATABASE, target):
                raise ReadingListError(phrase("There is no room for a backup on the disk of {target}.", target=target))
            if to is None:
                backup = make_backup(connection, place, self._clock(), reason, progress)
                thin_out(place, backup.path)
                return backup
            if to.exists():
                raise ReadingListError(phrase("{to} is there already; name a new file for the backup.", to=to))
            if not to.absolute().parent.is_dir():
                raise ReadingListError(phrase("There is no folder {parent}.", parent=to.absolute().parent))
            write_copy(connection, to, progress)
            at = self._now()
            return Backup(to, at, reason, to.stat().st_size, self._live_and_here())

    def back_up_if_changed(
        self, reason: str, *, folder: Path | None = None, progress: Progress | None = None
    ) -> Backup | None:
        """Make a backup unless the newest one there is of this very state; return it, or None."""
        if self.read_only or is_current(self._store.reader(), list_backups([folder or self.folder / BACKUPS])[:1]):
            return None
        return self.back_up(reason=reason, folder=folder, progress=progress)

    def keep_copy(self) -> Path:
        """Write a copy of a library whose file is not in its place any more beside the notes that cannot be saved.

        `recover` puts it back. Raises ReadingListError when it cannot be written anywhere.
        """
        problem: Exception | None = None
        stamp = self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
        for place in recovery_folders():
            file = place / self.library_id / f"{stamp}-library.db"
            try:
                file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._store.copy_open_file(file)
            except (OSError, ReadingListError) as error:
                problem = problem or error
                continue
            return file
        raise ReadingListError(phrase("No copy of the library can be kept: {reason}.", reason=problem or "?"))

    def backups(self, folder: Path | None = None) -> list[Backup]:
        """Return the backups of this library, the newest first, also those in another `folder`."""
        return list_backups([self.folder / BACKUPS, *([folder] if folder else [])])

    def purge_trash(self) -> int:
        """Delete for good what has been in the trash for 30 days; return how many papers. Merged ones stay.

        They are out of undo's reach then, and their numbers are never given again.
        """
        if self.read_only:
            return 0
        before = (self._clock().astimezone(UTC) - timedelta(days=TRASH_DAYS)).strftime("%Y-%m-%dT%H:%M:%SZ")
        if not purge.count_purgeable(self._store.reader(), before):
            return 0
        with self._store.writing() as connection:
            return purge.purge(connection, before)

    def _before_bulk(self, progress: Progress) -> list[Problem]:
        try:
            self.back_up_if_changed("import", progress=progress)
        except ReadingListError as error:  # papers can be taken out again: no reason not to take them in
            log.warning("no backup before an import: %s", error)
            return [
                Problem(
                    "notice",
                    BACKUP_SOURCE,
                    None,
                    phrase("There is no backup from before this import: {error}", error=error),
                )
            ]
        return []

    def _live_and_here(self) -> int:
        return int(self._store.reader().execute("SELECT count(*) FROM paper WHERE trashed IS NULL").fetchone()[0])
