"""Undo and redo: an entry that reverses another, also in a later run of the program and in another process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from readinglist.changes import Change, apply_changes
from readinglist.errors import ReadingListError
from readinglist.library.edits import Edits
from readinglist.library.values import Changed, Undone
from readinglist.paper import Paper
from readinglist.phrase import phrase
from readinglist.progress import Progress, Silent
from readinglist.store import duplicates, feeds, history, searches, tags, whole
from readinglist.store.driver import Connection
from readinglist.store.history import Entry, Ranges
from readinglist.store.papers import numbers_of, read_papers

_AT_A_TIME = 500
_OPPOSITE = {"added": "trashed", "restored": "trashed", "trashed": "restored"}
_FIELD_NAMES = {
    "order_key": "place in Up next",
    "arxiv_id": "arXiv id",
    "doi": "DOI",
    "url": "address",
    "starred": "star",
    "until": "day to come back",
    "trashed": "place in the trash",
    "taste": "answer to a suggestion",
    "submitted_by": "submitter",
}


class Undoing(Edits):
    """The history of a library, and going back and forth in it."""

    def history(self, limit: int = 50) -> list[Entry]:
        """Return the newest entries, newest first."""
        return history.list_entries(self._store.reader(), limit)

    def undo(self, entry: int | None = None, *, own: bool = False, progress: Progress | None = None) -> Undone:
        """Take back an entry: the one named, the newest made through this object (`own`), or the newest of all.

        A field that has changed since is left alone and told of. Raises ReadingListError when there is nothing to undo,
        or Cancelled, and then nothing is done.
        """
        with self._store.writing() as connection:
            session = self._session if own else None
            target = (
                history.newest_to_undo(connection, session) if entry is None else history.get_entry(connection, entry)
            )
            if target is None:
                raise ReadingListError(
                    "There is nothing to undo." if entry is None else phrase("There is no entry {entry}.", entry=entry)
                )
            if target.undone or target.kind == "undo":
                raise ReadingListError(
                    phrase("Entry {id} ({label}) has been undone already.", id=target.id, label=target.label)
                )
            undone, changed = self._reverse(connection, target, "undo", progress or Silent())
        self._publish(changed)
        return undone

    def redo(self, *, own: bool = False, progress: Progress | None = None) -> Undone:
        """Do again what was undone last, if no edit came after. Raises ReadingListError when there is nothing."""
        with self._store.writing() as connection:
            target = history.newest_to_redo(connection, self._session if own else None)
            if target is None:
                raise ReadingListError("There is nothing to redo.")
            undone, changed = self._reverse(connection, target, "redo", progress or Silent())
        self._publish(changed)
        return undone

    def _reverse(self, connection: Connection, target: Entry, kind: str, progress: Progress) -> tuple[Undone, Changed]:
        now = self._now()
        by_paper: dict[str, list[Change]] = defaultdict(list)
        for change in reversed(history.read_changes(connection, target.id)):
            by_paper[change.uid].append(change.reversed())
        conflicts: list[str] = []
        wide = _reverse_wide(connection, by_paper.pop("", []), conflicts)
        pairs = _reversed_pairs(connection, by_paper, conflicts, progress)
        ranges = self._reverse_ranges(connection, target, now)
        edited, changed = self._apply(
            connection,
            target.label,
            pairs,
            now=now,
            kind=kind,
            papers=ranges,
            wide=wide,
            reverses=target.id,
        )
        entry = edited.entry
        if entry is None:  # everything has changed since: the entry counts as undone all the same
            entry = history.add_entry(
                connection,
                actor=self._actor,
                session=self._session,
                at=now,
                kind=kind,
                label=target.label,
                edited=0,
                changes=[],
                reverses=target.id,
            )
        return Undone(target.label, edited.edited, edited.ids, entry, conflicts), changed

    def _reverse_ranges(self, connection: Connection, target: Entry, now: str) -> dict[str, Ranges] | None:
        written: dict[str, Ranges] = {}
        for what, ranges in target.papers.items():
            opposite = _OPPOSITE[what]
            done = whole.set_trashed(connection, ranges, now if opposite == "trashed" else None, now)
            if done:
                written[opposite] = done
        return written or None


def _reversed_pairs(
    connection: Connection, by_paper: Mapping[str, list[Change]], conflicts: list[str], progress: Progress
) -> Iterator[tuple[Paper, Paper]]:
    """Yield each paper as it is and as it was before its changes, read some hundred at a time."""
    numbers = numbers_of(connection, by_paper)
    uids = list(by_paper)
    for first in range(0, len(uids), _AT_A_TIME):
        progress.step(first, len(uids))
        some = uids[first : first + _AT_A_TIME]
        known = [numbers[uid] for uid in some if uid in numbers]
        papers = {paper.uid: paper for paper in read_papers(connection, known, positions=False)}
        for uid in some:
            if (before := papers.get(uid)) is None:
                conflicts.append("A paper has been deleted for good since.")
                continue
            after, left = apply_changes(before, by_paper[uid])
            conflicts += [_conflict(before, change) for change in left]
            yield before, after


_WIDE: dict[str, tuple[str, Callable[[Connection, str], Any], Callable[[Connection, str, Any], None]]] = {
    "colour": ("colour of the tag", tags.colour_of, tags.set_colour),
    "spelling": ("spelling of the tag", tags.spelling_of, tags.set_spelling),
    "search": ("saved search", searches.query_of, searches.set_query),
    "alias": ("merging of paper", duplicates.alias_of, duplicates.set_alias),
    "feed": ("feed", feeds.definition_of, feeds.set_definition),
    "apart": ("pair of papers", duplicates.is_apart, duplicates.set_apart),
}


def _reverse_wide(connection: Connection, changes: list[Change], conflicts: list[str]) -> list[Change]:
    """Reverse changes of the library as a whole: colours and spellings of tags, saved searches."""
    made = []
    for change in changes:
        what, _, name = change.field.partition(":")
        words, read, write = _WIDE[what]
        if read(connection, name) == change.before:
            write(connection, name, change.after)
            made.append(change)
        else:
            conflicts.append(
                phrase("The {words} “{name}” has changed since and was left alone.", words=phrase(words), name=name)
            )
    return made


def _conflict(paper: Paper, change: Change) -> str:
    name: str = phrase(_FIELD_NAMES.get(change.field, change.field))
    if change.field == "tags":
        name = phrase("tag “{name}”", name=change.before or change.after)
    elif change.field == "highlights":
        quote = (change.before or change.after)["quote"]
        name = phrase("highlight “{quote}”", quote=quote[:40] + ("…" if len(quote) > 40 else ""))
    return phrase(
        "The {name} of “{title}” (paper {id}) has changed since and was left alone.",
        name=name,
        title=paper.title,
        id=paper.id,
    )
