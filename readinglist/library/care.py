"""Look after a library: what `doctor` finds, says and repairs."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from readinglist.errors import DiskFull
from readinglist.index.damaged import IndexDamaged
from readinglist.library.mending import Mending
from readinglist.library.synchronised import synchronised_by
from readinglist.library.values import Finding as Found
from readinglist.phrase import phrase
from readinglist.progress import Progress, Silent
from readinglist.store import checks, outbox
from readinglist.store.backup import BACKUPS, Backup, trouble_with
from readinglist.store.driver import Connection
from readinglist.store.files import give_rights, is_without_rights
from readinglist.store.opening import LOCK
from readinglist.store.plain import in_plain_words
from readinglist.store.restoring import DATABASE
from readinglist.store.schema import wrong_definitions

if TYPE_CHECKING:
    from readinglist.index.index import Index

_LOW_DISK_BYTES = 200_000_000
_OLD_BACKUP_DAYS = 30
_TRIES = 3
_NAMED = 10


class Care(Mending):
    """Checks and repairs."""

    def doctor(
        self, repair: bool = False, progress: Progress | None = None, *, folder: Path | None = None
    ) -> list[Found]:
        """Look at everything that can be wrong; with `repair`, mend what can be mended and say so.

        `folder` may hold backups besides the library's own. A repair that touches the database makes a backup first.
        Raises Cancelled, and LibraryBusy when another program writes all the time.
        """
        progress = progress or Silent()
        backups = self.backups(folder)
        found = list(self._database(progress, backups))
        if all(finding.ok for finding in found):
            found += [
                *self._papers(repair, progress, backups),
                *self._references(repair),
                *self._notes(repair, backups),
            ]
        found += [*self._mended_on_opening(), *self._rights(repair), *self._disk(), *self._place()]
        if found[0].ok:
            found += [*self._last_backup(backups), *self._places_of_backups(folder, repair), *self._index_found(repair)]
        return found

    def _database(self, progress: Progress, backups: Sequence[Backup]) -> Iterator[Found]:
        with closing(self._store.open_reader()) as connection:
            wrong = checks.integrity(connection, progress)
            if not wrong and (tables := wrong_definitions(connection)):
                wrong = [phrase("the definitions of {tables} are not what they were", tables=", ".join(tables))]
            if not wrong and (lagging := checks.lagging_counters(connection)):
                wrong = [
                    phrase(
                        "the numbers of {tables} do not fit together, as if two files had been mixed",
                        tables=", ".join(lagging),
                    )
                ]
        if not wrong:
            yield Found("database", True, phrase("The database is sound."))
            return
        remedy = phrase("puts back the newest whole backup (quit other windows first)") if backups else None
        yield Found("database", False, phrase("The database is damaged: {wrong}.", wrong="; ".join(wrong)), remedy)

    def _papers(self, repair: bool, progress: Progress, backups: Sequence[Backup]) -> Iterator[Found]:
        with self._store.reading() as connection:
            damaged = checks.damaged_papers(connection, progress)
        if not damaged:
            yield Found("papers", True, phrase("Every paper can be read."))
            return
        named = [
            phrase("paper {number} ({fields})", number=number, fields=", ".join(columns))
            for number, columns in list(damaged.items())[:_NAMED]
        ]
        listed = "; ".join(named) + (" …" if len(damaged) > _NAMED else "")
        if repair and not self.read_only:
            self.back_up(reason="repair")
            lost = [number for number, columns in damaged.items() if not self._mend_paper(number, columns, backups)]
            message = phrase("Damaged fields of papers were put back from a backup: {listed}.", listed=listed)
            if lost:
                message = phrase(
                    "Fields of papers were damaged: {listed}. No backup has those of {lost}: look through them.",
                    listed=listed,
                    lost=", ".join(map(str, lost[:_NAMED])),
                )
            yield Found("papers", True, message, None, repaired=True)
        else:
            message = phrase("Fields of papers are damaged and cannot be read: {listed}.", listed=listed)
            yield Found("papers", False, message, phrase("puts them back from a backup, or empties them"))

    def _references(self, repair: bool) -> Iterator[Found]:
        broken = checks.broken_references(self._store.reader())
        if not broken:
            yield Found("references", True, phrase("Every tag, link and highlight has its paper."))
            return
        rows = _listed(broken)
        if repair and not self.read_only:
            self.back_up(reason="repair")
            with self._store.writing() as connection:
                checks.mend_references(connection)
            yield Found(
                "references",
                True,
                phrase("What pointed at something that is not there was removed: {rows}.", rows=rows),
                None,
                repaired=True,
            )
        else:
            message = phrase("There are parts that belong to nothing any more: {rows}.", rows=rows)
            yield Found("references", False, message, phrase("makes a backup and removes them"))

    def _notes(self, repair: bool, backups: Sequence[Backup]) -> Iterator[Found]:
        with self._store.reading() as connection:
            damaged = checks.damaged_notes(connection)
            revisions = checks.damaged_revisions(connection)
        if not damaged:
            yield Found("notes", True, phrase("Every note is as it was written."))
        elif repair and not self.read_only:
            self.back_up(reason="repair")
            for note in damaged:
                yield self._mend_note(note, backups)
        else:
            for note in damaged:
                message = phrase(
                    "The note of “{title}” (paper {number}) is not as it was written.",
                    title=note.title,
                    number=note.paper,
                )
                yield Found(
                    "notes", False, message, phrase("puts back its last whole version, from the history or a backup")
                )
        if revisions:
            message = phrase("Earlier versions of notes that cannot be trusted any more: {n}.", n=revisions)
            yield Found("history", False, message)

    def _mended_on_opening(self) -> Iterator[Found]:
        """Tell of what was found and put right when the library was opened."""
        mended = self._store.mended
        if mended.restored is not None:
            message = phrase(
                "A backup was being put back when the program ended; it is in its place now. What was there before is"
                " kept in {folder}.",
                folder=mended.restored,
            )
            yield Found("backups", True, message, None, repaired=True)
        if mended.stale_wal is not None:
            message = phrase(
                "Beside the database lay a file of changes that was not its own (library.db-wal), as when a database is"
                " copied back by hand. It was not played in; it is kept in {folder}.",
                folder=mended.stale_wal,
            )
            yield Found("wal", True, message, None, repaired=True)
        if mended.rights:
            message = phrase("The library could be read by others; it can be read by you alone now.")
            yield Found("rights", True, message, None, repaired=True)

    def _rights(self, repair: bool) -> Iterator[Found]:
        if os.name != "posix":
            return
        for path, what, wanted in (
            (self.folder, phrase("The folder"), 0o700),
            (self.folder / DATABASE, phrase("The database"), 0o600),
        ):
            mode = path.stat().st_mode & 0o777
            good = mode & 0o077 == 0
            if not good and repair and not self.read_only:
                path.chmod(wanted)
                yield Found(
                    "rights", True, phrase("{file} can be read by you alone now.", file=what), None, repaired=True
                )
            else:
                yield Found(
                    "rights",
                    good,
                    phrase("{file} can be read by you alone.", file=what)
                    if good
                    else phrase("{file} can be read by others (rights {mode:o}).", file=what, mode=mode),
                    None if good else phrase("sets its rights to {mode:o}", mode=wanted),
                )
        if (reason := self.read_only_reason()) is None:
            return
        files = (self.folder, self.folder / DATABASE, self.folder / LOCK)
        locked = [path for path in files if path.exists() and is_without_rights(path)]
        if not locked:
            yield Found("rights", False, reason)
        elif repair:
            for path in locked:
                give_rights(path)
            message = phrase("The library could only be read. It can be written when it is opened again.")
            yield Found("rights", True, message, None, repaired=True)
        else:
            message = phrase("You have no right to write the library, which is yours; it is open for reading only.")
            yield Found("rights", False, message, phrase("gives you the right to write it"))

    def _disk(self) -> Iterator[Found]:
        free = shutil.disk_usage(self.folder).free
        wanted = _LOW_DISK_BYTES + (self.folder / DATABASE).stat().st_size
        yield Found(
            "disk",
            free > wanted,
            phrase("{n:,} MB are free on the library's disk.", n=free // 1_000_000)
            if free > wanted
            else phrase(
                "Only {n:,} MB are free on the library's disk; make room before you go on.", n=free // 1_000_000
            ),
        )

    def _place(self) -> Iterator[Found]:
        """Tell of a folder that another program copies while we write: a library is lost that way sooner or later."""
        if service := synchronised_by(self.folder):
            yield Found(
                "place",
                False,
                phrase(
                    "The library lies in a folder of {service}, which copies it while it is being written and may"
                    " damage it. Move it elsewhere, and let only backups be synchronised.",
                    service=service,
                ),
            )

    def _last_backup(self, backups: Sequence[Backup]) -> Iterator[Found]:
        newest = next((backup for backup in backups if backup.papers is not None), None)
        if newest is not None and not self._is_old(newest):
            yield Found(
                "backups", True, phrase("The newest backup is of {time} UTC.", time=newest.at[:16].replace("T", " "))
            )
        elif self.read_only or not self._live_papers():
            yield Found("backups", True, phrase("No backup is needed yet."))
        else:
            none = newest is None
            message = phrase("There is no backup yet.") if none else phrase("The newest backup is over a month old.")
            yield Found("backups", True, message)

    def _places_of_backups(self, chosen: Path | None, repair: bool) -> Iterator[Found]:
        """Tell of folders in which no backup can be kept; one that is not there is made, or is on a disk elsewhere."""
        own = None if self.read_only else self.folder / BACKUPS
        for place in (own, chosen):
            if place is None or (why := trouble_with(place)) is None:
                continue
            ours = is_without_rights(place)
            if ours and repair:
                give_rights(place)
                message = phrase("Backups can be kept in {folder} again.", folder=place)
                yield Found("backups", True, message, None, repaired=True)
            else:
                message = phrase("No backups can be kept in {folder}: {reason}.", folder=place, reason=why)
                yield Found("backups", False, message, phrase("gives you the right to write it") if ours else None)

    def _is_old(self, backup: Backup) -> bool:
        return (self._clock() - datetime.fromisoformat(backup.at)).days > _OLD_BACKUP_DAYS

    def _index_found(self, repair: bool) -> Iterator[Found]:
        try:
            yield from self._index_agrees(repair)
        except (DiskFull, OSError) as error:  # there is no room for what it needs, or its folder cannot be written
            plain = error if isinstance(error, DiskFull) else in_plain_words(error)
            if plain is None:
                raise
            yield Found("index", False, plain.message)

    def _index_agrees(self, repair: bool) -> Iterator[Found]:
        sound, agrees, waiting, stuck = self._state_of_index()
        if repair and (waiting or not agrees):
            count = self.update_index() if agrees and not stuck else self.rebuild_index()
            left = self.pending()
            if left:
                yield Found(
                    "index", False, phrase("{papers} could not be taken into the search index.", papers=_papers(left))
                )
            else:
                yield Found(
                    "index",
                    True,
                    phrase("The search index has taken in {papers}.", papers=_papers(count)),
                    None,
                    repaired=True,
                )
        elif not sound or not agrees:
            message = phrase("The search index does not agree with the library.")
            yield Found("index", False, message, phrase("builds the search index again"))
        elif stuck:
            message = phrase("{papers} wait for the search index in vain.", papers=_papers(waiting))
            yield Found("index", False, message, phrase("builds the search index again"))
        elif waiting:  # as after any edit; searches know of them
            yield Found(
                "index", True, phrase("{papers} still to be taken into the search index.", papers=_papers(waiting))
            )
        else:
            yield Found("index", True, phrase("The search index holds every paper."))

    def _state_of_index(self) -> _IndexState:
        """Look at the index against the library, as far as another process that is writing it lets us."""
        index = self._opened_index()
        try:
            with index.kept_still() as still, self._store.reading() as connection:
                sound = _is_sound(index, tries=1 if still else _TRIES)
                waiting = self.pending()
                if not still:  # it has rows of the outbox that it has taken in and not yet let go of
                    return _IndexState(sound, sound, waiting, stuck=False)
                agrees = sound and (waiting > 0 or self._has_all(index, connection))
                first = outbox.first_seq(connection)
                stuck = sound and not self.read_only and 0 < first <= index.last_seq
                return _IndexState(sound, agrees, waiting, stuck)
        except IndexDamaged:
            return _IndexState(sound=False, agrees=False, waiting=0, stuck=False)

    def _has_all(self, index: Index, connection: Connection) -> bool:
        """Say whether the index has the papers of the library and no others."""
        numbers = {number for (number,) in connection.execute("SELECT id FROM paper")}
        return index.count == len(numbers) and index.papers() == numbers


class _IndexState(NamedTuple):
    """The index's files are what was written; it has all papers but those that wait; these cannot come in."""

    sound: bool
    agrees: bool
    waiting: int
    stuck: bool


def _is_sound(index: Index, tries: int) -> bool:
    """Read the index through; a file that another process has just put a new one in place of is no damage."""
    for _ in range(tries):
        with contextlib.suppress(IndexDamaged):
            index.verify()
            return True
    return False


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} × {name}" for name, count in counts.items())


def _papers(count: int) -> str:
    return phrase("1 paper") if count == 1 else phrase("{n:,} papers", n=count)
