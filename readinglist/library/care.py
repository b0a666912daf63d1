"""Look after a library: what `doctor` finds, says and repairs."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from readinglist.index.damaged import IndexDamaged
from readinglist.library.safety import Safety
from readinglist.library.values import Finding as Found
from readinglist.progress import Progress, Silent
from readinglist.store import checks, outbox
from readinglist.store.backup import Backup
from readinglist.store.checks import Damaged
from readinglist.store.driver import DatabaseError, connect
from readinglist.store.papers import read_papers
from readinglist.store.restoring import DATABASE
from readinglist.store.rows import proof

_LOW_DISK_BYTES = 200_000_000
_OLD_BACKUP_DAYS = 30
_SYNCHRONISED = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "mobile documents": "iCloud Drive",
    "icloud drive": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud drive": "pCloud",
    "seafile": "Seafile",
    "syncthing": "Syncthing",
}


class Care(Safety):
    """Checks and repairs."""

    def doctor(self, repair: bool = False, progress: Progress | None = None) -> list[Found]:
        """Look at everything that can be wrong; with `repair`, mend what can be mended and say so.

        A repair that touches the database makes a backup first. Raises Cancelled, and LibraryBusy when another program
        writes all the time.
        """
        progress = progress or Silent()
        found = list(self._database(progress))
        if all(finding.ok for finding in found):
            found += [*self._references(repair), *self._notes(repair)]
        found += [*self._rights(repair), *self._disk(), *self._place(), *self._last_backup()]
        if found[0].ok:
            found += self._index_agrees(repair)
        return found

    def _database(self, progress: Progress) -> Iterator[Found]:
        with closing(self._store.open_reader()) as connection:
            wrong = checks.integrity(connection, progress)
            if not wrong and (lagging := checks.lagging_counters(connection)):
                wrong = [f"the numbers of {' and '.join(lagging)} do not fit together, as if two files had been mixed"]
        if not wrong:
            yield Found("database", True, "The database is sound.")
            return
        remedy = "puts back the newest whole backup (quit other windows first)" if self.backups() else None
        yield Found("database", False, f"The database is damaged: {'; '.join(wrong)}.", remedy)

    def _references(self, repair: bool) -> Iterator[Found]:
        broken = checks.broken_references(self._store.reader())
        if not broken:
            yield Found("references", True, "Every tag, link and highlight has its paper.")
            return
        message = f"{_listed(broken)} belong to papers that are not there."
        if repair and not self.read_only:
            self.back_up(reason="repair")
            with self._store.writing() as connection:
                checks.mend_references(connection)
            yield Found("references", True, f"{message[:-1]}: removed.", None, repaired=True)
        else:
            yield Found("references", False, message, "makes a backup and removes them")

    def _notes(self, repair: bool) -> Iterator[Found]:
        with self._store.reading() as connection:
            damaged = checks.damaged_notes(connection)
            revisions = checks.damaged_revisions(connection)
        if not damaged:
            yield Found("notes", True, "Every note is as it was written.")
        elif repair and not self.read_only:
            self.back_up(reason="repair")
            for note in damaged:
                yield self._mend_note(note)
        else:
            for note in damaged:
                message = f"The note of “{note.title}” (paper {note.paper}) is not as it was written."
                yield Found("notes", False, message, "puts back its last whole version, from the history or a backup")
        if revisions:
            count = "1 earlier version" if revisions == 1 else f"{revisions} earlier versions"
            yield Found("history", False, f"{count} of notes in the history cannot be trusted any more.")

    def _mend_note(self, damaged: Damaged) -> Found:
        whole = damaged.whole and json.loads(damaged.whole)
        if whole is None:
            whole = self._note_in_backups(damaged.paper)
        with self._store.writing() as connection:
            (paper,) = read_papers(connection, [damaged.paper])
            text = paper.note if whole is None else whole
            connection.execute("UPDATE paper SET note = NULL, note_hash = NULL WHERE id = ?", [paper.id])
            pair = (replace(paper, note=None), replace(paper, note=text))
            _, changed = self._apply(connection, "Mend note", [pair], now=self._now())
        self._publish(changed)
        name = f"The note of “{damaged.title}” (paper {damaged.paper})"
        if whole is None:
            return Found("notes", True, f"{name} is damaged and nowhere else: look through it.", None, repaired=True)
        return Found("notes", True, f"{name} is as it was when it was last whole.", None, repaired=True)

    def _note_in_backups(self, number: int) -> str | None:
        """Return the note of a paper from the newest backup in which it is whole."""
        (uid,) = self._store.reader().execute("SELECT uid FROM paper WHERE id = ?", [number]).fetchone()
        for backup in self.backups():
            try:
                with closing(connect(backup.path, mode="ro", immutable=True)) as connection:
                    row = connection.execute("SELECT note, note_hash FROM paper WHERE uid = ?", [uid]).fetchone()
            except DatabaseError:
                continue
            if row and row[0] is not None and proof(row[0]) == row[1]:
                return str(row[0])
        return None

    def _rights(self, repair: bool) -> Iterator[Found]:
        if os.name != "posix":
            return
        for path, wanted in ((self.folder, 0o700), (self.folder / DATABASE, 0o600)):
            mode = path.stat().st_mode & 0o777
            good = mode & 0o077 == 0
            if not good and repair and not self.read_only:
                path.chmod(wanted)
                yield Found("rights", True, f"{path.name} can be read by you alone now.", None, repaired=True)
            else:
                yield Found(
                    "rights",
                    good,
                    f"{path.name} can be read by you alone."
                    if good
                    else f"{path.name} can be read by others (rights {mode:o}).",
                    None if good else f"sets its rights to {wanted:o}",
                )
        if self.read_only:
            yield Found("rights", False, "The library cannot be written here; it is open for reading only.")

    def _disk(self) -> Iterator[Found]:
        free = shutil.disk_usage(self.folder).free
        wanted = _LOW_DISK_BYTES + (self.folder / DATABASE).stat().st_size
        yield Found(
            "disk",
            free > wanted,
            f"{free // 1_000_000:,} MB are free on the library's disk."
            if free > wanted
            else f"Only {free // 1_000_000:,} MB are free on the library's disk; make room before you go on.",
        )

    def _place(self) -> Iterator[Found]:
        """Tell of a folder that another program copies while we write: a library is lost that way sooner or later."""
        if service := synchronised_by(self.folder):
            yield Found(
                "place",
                False,
                f"The library lies in a folder of {service}, which copies it while it is being written and may"
                " damage it. Move it elsewhere, and let only backups be synchronised.",
            )

    def _last_backup(self) -> Iterator[Found]:
        newest = next((backup for backup in self.backups() if backup.papers is not None), None)
        if newest is not None and not self._is_old(newest):
            yield Found("backups", True, f"The newest backup is of {newest.at[:16].replace('T', ' ')} UTC.")
        elif self.read_only or not self._live_papers():
            yield Found("backups", True, "No backup is needed yet.")
        else:
            message = "There is no backup yet." if newest is None else "The newest backup is over a month old."
            yield Found("backups", True, f"{message} One is made with: readinglist backup")

    def _is_old(self, backup: Backup) -> bool:
        return (self._clock() - datetime.fromisoformat(backup.at)).days > _OLD_BACKUP_DAYS

    def _index_agrees(self, repair: bool) -> Iterator[Found]:
        waiting = self.pending()
        sound = self._index_is_sound()
        agrees = sound and (waiting > 0 or self._opened_index().count == self._live_papers())
        stuck = sound and waiting > 0 and outbox.first_seq(self._store.reader()) <= self._opened_index().last_seq
        if repair and (waiting or not agrees):
            count = self.update_index() if agrees and not stuck else self.rebuild_index()
            left = self.pending()
            if left:
                yield Found("index", False, f"{_papers(left)} could not be taken into the search index.")
            else:
                yield Found("index", True, f"The search index has taken in {_papers(count)}.", None, repaired=True)
        elif not agrees:
            message = "The search index does not agree with the library."
            yield Found("index", False, message, "builds the search index again")
        elif stuck:
            message = f"{_papers(waiting)} wait for the search index in vain."
            yield Found("index", False, message, "builds the search index again")
        elif waiting:  # as after any edit; searches know of them
            yield Found("index", True, f"{_papers(waiting)} still to be taken into the search index.")
        else:
            yield Found("index", True, "The search index holds every paper.")

    def _index_is_sound(self) -> bool:
        try:
            self._opened_index().verify()
        except IndexDamaged:
            return False
        return True


def _listed(counts: dict[str, int]) -> str:
    return " and ".join(f"{count} {name}" for name, count in counts.items())


def _papers(count: int) -> str:
    return "1 paper" if count == 1 else f"{count:,} papers"


def synchronised_by(folder: Path) -> str | None:
    """Return the name of the service that synchronises `folder`, as far as its path or a mark in it tells."""
    for part in (folder, *folder.parents):
        name = part.name.casefold()
        for known, service in _SYNCHRONISED.items():
            if name == known or name.startswith((f"{known} ", f"{known}-", f"{known} (")):
                return service
        if (part / ".stfolder").exists():
            return "Syncthing"
        if (part / ".dropbox").exists() and part != Path.home():
            return "Dropbox"
    return None
