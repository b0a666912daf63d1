"""Notes: written as typed, with every earlier version at hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from readinglist.changes import diff
from readinglist.errors import ReadingListError
from readinglist.library.settling import settled
from readinglist.library.undoing import Undoing
from readinglist.library.values import Changed, Edited
from readinglist.paper import Paper
from readinglist.phrase import phrase
from readinglist.store import history
from readinglist.store.driver import Connection
from readinglist.store.note_history import NoteChange, note_changes
from readinglist.store.papers import write_changes

if TYPE_CHECKING:
    from readinglist.library.reports import NoteVersion


class Noting(Undoing):
    """What a reader writes about a paper."""

    def write_note(self, number: int, text: str, *, stretch: str | None = None) -> Edited:
        """Replace a paper's note (Markdown; empty deletes it).

        Saves of one paper with the same `stretch` token, with nothing else in between, are one entry.
        """
        now = self._now()
        with self._store.writing() as connection:
            (before,) = self._wanted(connection, [number])
            after = settled(before, replace(before, note=text), now=now)
            entry = self._continued(connection, before, stretch)
            if entry is not None and after.note != before.note:
                changes = diff(before, after)
                write_changes(connection, {after.uid: after}, changes, now=now)
                history.continue_entry(connection, entry, now, changes[0])
                edited = Edited("Note", 1, [after.id], entry)
                changed = Changed("Note", edited=frozenset([after.id]))
            else:
                edited, changed = self._apply(connection, "Note", [(before, after)], now=now, stretch=stretch)
        self._publish(changed)
        return edited

    def _continued(self, connection: Connection, paper: Paper, stretch: str | None) -> int | None:
        """Return the entry that a save of this stretch continues: the newest of all, unless the note changed since."""
        entry = history.newest_entry(connection) if stretch else None
        if entry is None or entry.undone or entry.stretch != stretch or entry.session != self._session:
            return None
        (written,) = history.read_changes(connection, entry.id)
        return entry.id if (written.uid, written.after) == (paper.uid, paper.note) else None

    def note_versions(self, number: int) -> list[NoteVersion]:
        """Return every text that the note on a paper has had, the oldest first, the last one being the note as it is.

        A stretch of writing is one version. Empty when there has never been a note. Raises NoSuchPaper.
        """
        with self._store.reading() as connection:
            (paper,) = self._wanted(connection, [number])
            return _versions(paper, note_changes(connection, paper.uid))

    def note_version(self, number: int, version: int) -> NoteVersion:
        """Return one version of the note on a paper. Raises ReadingListError when there is none of that number."""
        versions = self.note_versions(number)
        if 1 <= version <= len(versions):
            return versions[version - 1]
        raise ReadingListError(
            phrase(
                "The note on paper {id} has no version {version}; it has 1 to {last}.",
                id=number,
                version=version,
                last=len(versions),
            )
            if versions
            else phrase("There has never been a note on paper {id}.", id=number)
        )

    def take_back_note(self, number: int, version: int) -> Edited:
        """Make the note on a paper what it was in one of its versions, as an edit like any other."""
        text = self.note_version(number, version).text
        return self.edit("Take back note", [number], lambda paper: replace(paper, note=text))


def _versions(paper: Paper, changes: list[NoteChange]) -> list[NoteVersion]:
    """Return the texts between which the changes lead, each from the change of the two that is whole."""
    from readinglist.library.reports import NoteVersion

    if not changes:
        return [NoteVersion(1, paper.added, paper.note, "", "edit")] if paper.note else []
    first = changes[0]
    found = []
    if first.before:
        found.append(NoteVersion(1, paper.added, first.before, "", "edit", first.whole))
    for at, change in enumerate(changes):
        text, whole = change.after or "", change.whole
        if at + 1 == len(changes):
            text, whole = paper.note or "", True  # what the paper has; `doctor` looks after that
        elif not whole and changes[at + 1].whole:
            text, whole = changes[at + 1].before or "", True
        found.append(NoteVersion(len(found) + 1, change.at, text, change.label, change.kind, whole))
    return found
