"""Put back what a disk has damaged, from the history or from a backup."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

from readinglist.changes import EDITABLE
from readinglist.library.safety import Safety
from readinglist.library.values import Finding as Found
from readinglist.paper import Paper
from readinglist.phrase import phrase
from readinglist.progress import Silent
from readinglist.store import checks
from readinglist.store.backup import Backup
from readinglist.store.checks import Damaged
from readinglist.store.driver import DatabaseError, connect
from readinglist.store.papers import read_papers
from readinglist.store.rows import proof


class Mending(Safety):
    """Repairs of single papers; `Care` says what is to be repaired."""

    def _mend_paper(self, number: int, columns: Sequence[str], backups: Sequence[Backup]) -> bool:
        """Put back columns of a paper from the newest backup in which it can be read; say whether there was one.

        Where there is none, a text keeps what can be read of it, anything else is emptied.
        """
        good = self._paper_in_backups(number, backups)
        with self._store.writing() as connection:
            checks.make_readable(connection, number, columns, None if good is None else good.uid)
            (before,) = read_papers(connection, [number])
            fields = [column for column in columns if column in EDITABLE]
            after = before if good is None else replace(before, **{name: getattr(good, name) for name in fields})
            _, changed = self._apply(connection, "Mend paper", [(before, after)], now=self._now())
            checks.take_in_anew(connection, number)
        self._publish(changed)
        return good is not None

    def _paper_in_backups(self, number: int, backups: Sequence[Backup]) -> Paper | None:
        for backup in backups:
            try:
                with closing(connect(backup.path, mode="ro", immutable=True)) as connection:
                    if number not in checks.damaged_papers(connection, Silent(), number) and (
                        papers := read_papers(connection, [number])
                    ):
                        return papers[0]
            except DatabaseError:
                continue
        return None

    def _mend_note(self, damaged: Damaged, backups: Sequence[Backup]) -> Found:
        whole = damaged.whole and json.loads(damaged.whole)
        if whole is None:
            whole = self._note_in_backups(damaged.paper, backups)
        with self._store.writing() as connection:
            (paper,) = read_papers(connection, [damaged.paper])
            text = paper.note if whole is None else whole
            connection.execute("UPDATE paper SET note = NULL, note_hash = NULL WHERE id = ?", [paper.id])
            pair = (replace(paper, note=None), replace(paper, note=text))
            _, changed = self._apply(connection, "Mend note", [pair], now=self._now())
        self._publish(changed)
        name = damaged.title
        if whole is None:
            return Found(
                "notes",
                True,
                phrase(
                    "The note of “{title}” (paper {number}) is damaged and nowhere else: look through it.",
                    title=name,
                    number=damaged.paper,
                ),
                None,
                repaired=True,
            )
        return Found(
            "notes",
            True,
            phrase(
                "The note of “{title}” (paper {number}) is as it was when it was last whole.",
                title=name,
                number=damaged.paper,
            ),
            None,
            repaired=True,
        )

    def _note_in_backups(self, number: int, backups: Sequence[Backup]) -> str | None:
        """Return the note of a paper from the newest backup in which it is whole."""
        (uid,) = self._store.reader().execute("SELECT uid FROM paper WHERE id = ?", [number]).fetchone()
        for backup in backups:
            try:
                with closing(connect(backup.path, mode="ro", immutable=True)) as connection:
                    row = connection.execute("SELECT note, note_hash FROM paper WHERE uid = ?", [uid]).fetchone()
            except DatabaseError:
                continue
            if row and row[0] is not None and proof(row[0]) == row[1]:
                return str(row[0])
        return None
