"""The one door for edits: every change goes through `_apply`, which writes rows, history and outbox together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from uuid import uuid4

from readinglist.changes import Change, diff
from readinglist.errors import ReadingListError
from readinglist.library.base import OpenLibrary
from readinglist.library.settling import settled
from readinglist.library.showing import safe
from readinglist.library.values import Changed, Edited, NoSuchPaper
from readinglist.order import key_between, keys_between
from readinglist.paper import Paper, PaperId, Status
from readinglist.phrase import phrase
from readinglist.progress import Progress, Silent
from readinglist.store import history
from readinglist.store.driver import Connection
from readinglist.store.papers import insert_paper, read_papers, write_changes
from readinglist.store.tags import first_spellings, shared_tags

Pairs = Iterable[tuple[Paper, Paper]]
"""Papers before and after an edit; each is looked at once, so that thousands of them need not be held."""

_AT_A_TIME = 500


class Edits(OpenLibrary):
    """Reading papers by number, and every way of changing them."""

    def paper(self, number: int) -> Paper:
        """Return one paper, also from the trash. Raises NoSuchPaper."""
        return safe(self._wanted(self._store.reader(), [number])[0])

    def papers(self, ids: Iterable[int], *, positions: bool = True) -> list[Paper]:
        """Return papers in the order asked; a number that none has is left out.

        Without `positions` their places in Up next are not counted, which for a long queue takes longer than the rest.
        """
        return list(map(safe, read_papers(self._store.reader(), ids, positions=positions)))

    def shared_tags(self, ids: Collection[int]) -> frozenset[str]:
        """Return the tags that every one of some papers has; a matter of a millisecond for some hundred."""
        return shared_tags(self._store.reader(), ids)

    def edit(
        self,
        label: str,
        ids: Iterable[int],
        change: Callable[[Paper], Paper | None],
        *,
        progress: Progress | None = None,
    ) -> Edited:
        """Change papers: `change` gives each one's new value, or None to put it into the trash.

        All or nothing, one entry in the history. What follows from a change (see `settled`) is seen to. Raises
        NoSuchPaper, ReadingListError for a value that no paper can have, or Cancelled, and then nothing is done.
        """
        now = self._now()
        with self._store.writing() as connection:
            befores = self._each(connection, ids, progress or Silent())
            pairs: Pairs = ((paper, settled(paper, change(paper), now=now)) for paper in befores)
            pairs = _with_order(connection, _with_spelling(connection, pairs))
            edited, changed = self._apply(connection, label, pairs, now=now)
        self._publish(changed)
        return edited

    def add(self, paper: Paper) -> Edited:
        """Add one paper by hand, as a new one whatever else the library holds."""
        now = self._now()
        blank = Paper(title="", uid=str(uuid4()), added=now, changed=now)
        with self._store.writing() as connection:
            new = replace(settled(blank, paper, now=now), corrected=frozenset())
            ((_, new),) = _with_order(connection, _with_spelling(connection, [(blank, new)]))
            number = insert_paper(connection, new)
            connection.execute("INSERT INTO outbox (paper) VALUES (?)", [number])
            entry = history.add_entry(
                connection,
                actor=self._actor,
                session=self._session,
                at=now,
                kind="edit",
                label="Add",
                edited=1,
                changes=[],
                papers={"added": ((number, number),)},
            )
        self._publish(Changed("Add", added=frozenset({number})))
        return Edited("Add", 1, [number], entry)

    def star(self, ids: Iterable[int], on: bool = True, *, progress: Progress | None = None) -> Edited:
        """Star papers, or take the star away."""
        label = "Star" if on else "Unstar"
        return self.edit(label, ids, lambda paper: replace(paper, starred=on), progress=progress)

    def tag(
        self,
        ids: Iterable[int],
        add: Iterable[str] = (),
        remove: Iterable[str] = (),
        *,
        progress: Progress | None = None,
    ) -> Edited:
        """Add and remove tags; any spelling of a tag removes it."""
        added = frozenset(add)
        removed = {name.casefold() for name in remove}

        def change(paper: Paper) -> Paper:
            have = {name.casefold() for name in paper.tags}
            kept = {name for name in paper.tags if name.casefold() not in removed}
            return replace(paper, tags=frozenset(kept | {name for name in added if name.casefold() not in have}))

        return self.edit("Tag" if added else "Untag", ids, change, progress=progress)

    def move(
        self,
        ids: Iterable[int],
        status: Status | str,
        *,
        place: str = "bottom",
        before: int | None = None,
        until: str | None = None,
        progress: Progress | None = None,
    ) -> Edited:
        """Change the status of papers; into Up next they go, in the order given, to the `bottom`, the `top` or
        `before` a paper that is in it. `until` (ISO date) says when a Later paper comes back.

        Raises ReadingListError for a place or a date that makes no sense.
        """
        status = Status(status)
        numbers = list(dict.fromkeys(ids))
        if until is not None and status is not Status.LATER:
            raise ReadingListError("Only papers moved to Later can have a day to come back.")
        if until is not None and not _is_date(until):
            raise ReadingListError(phrase("“{until}” is not a date; write it as 2026-03-11.", until=until))
        now = self._now()
        label = f"Move to {STATUS_NAMES[status]}"
        with self._store.writing() as connection:
            keys = _queue_keys(connection, numbers, place, before) if status is Status.NEXT else {}
            befores = self._each(connection, numbers, progress or Silent())
            pairs = (
                (p, settled(p, replace(p, status=status, order_key=keys.get(p.id), until=until), now=now))
                for p in befores
            )
            edited, changed = self._apply(connection, label, pairs, now=now)
        self._publish(changed)
        return edited

    def correct(self, ids: Iterable[int], **values: object) -> Edited:
        """Set source fields (title, abstract, authors, year, doi, arxiv_id, url, venue …) by hand."""
        return self.edit("Correct", ids, lambda paper: replace(paper, **values))  # type: ignore[arg-type]

    def remove(self, ids: Iterable[int], *, progress: Progress | None = None) -> Edited:
        """Put papers into the trash."""
        return self.edit("Remove", ids, lambda _: None, progress=progress)

    def restore(self, ids: Iterable[int], *, progress: Progress | None = None) -> Edited:
        """Take papers out of the trash."""
        return self.edit("Restore", ids, lambda paper: replace(paper, trashed=None), progress=progress)

    def _each(self, connection: Connection, ids: Iterable[int], progress: Progress) -> Iterator[Paper]:
        """Yield papers in the order given, read some hundred at a time. Raises NoSuchPaper, Cancelled."""
        numbers = list(dict.fromkeys(ids))
        for first in range(0, len(numbers), _AT_A_TIME):
            progress.step(first, len(numbers))
            yield from self._wanted(connection, numbers[first : first + _AT_A_TIME], positions=False)

    def _wanted(self, connection: Connection, ids: Iterable[int], *, positions: bool = True) -> list[Paper]:
        numbers = list(dict.fromkeys(ids))
        papers = read_papers(connection, numbers, positions=positions)
        if len(papers) < len(numbers):
            missing = sorted(set(numbers) - {paper.id for paper in papers})
            raise NoSuchPaper(
                phrase("There is no paper {missing}.", missing=missing[0])
                if len(missing) == 1
                else phrase(
                    "There are no papers {missing}{more}.",
                    missing=", ".join(map(str, missing[:10])),
                    more=" …" if len(missing) > 10 else "",
                )
            )
        return papers

    def _apply(
        self,
        connection: Connection,
        label: str,
        pairs: Pairs,
        *,
        now: str,
        kind: str = "edit",
        papers: dict[str, history.Ranges] | None = None,
        wide: Sequence[Change] = (),
        stretch: str | None = None,
        reverses: int | None = None,
    ) -> tuple[Edited, Changed]:
        """Write what leads from the first to the second of each pair, with one entry, inside the caller's transaction.

        `papers` are ranges the caller has written itself, `wide` changes of the library as a whole. Without any change
        nothing is written.
        """
        changes = list(wide)
        ids: list[PaperId] = []
        gone, back, other = set[int](), set[int](), set[int]()
        rest = iter(pairs)
        while some := list(islice(rest, _AT_A_TIME)):
            afters: dict[str, Paper] = {}
            made: list[Change] = []
            for before, after in some:
                found = diff(before, after)
                if not found:
                    continue
                made += found
                afters[after.uid] = after
                ids.append(after.id)
                if bool(before.trashed) == bool(after.trashed):
                    other.add(after.id)
                else:
                    (gone if after.trashed else back).add(after.id)
            write_changes(connection, afters, made, now=now)
            changes += made
        if not changes and not papers:
            return Edited(label, 0, [], None), Changed(label)
        whole = {what: {n for a, z in ranges for n in range(a, z + 1)} for what, ranges in (papers or {}).items()}
        gone |= whole.get("trashed", set())
        back |= whole.get("added", set()) | whole.get("restored", set())
        ids += [PaperId(n) for n in sorted(set().union(*whole.values()))]
        entry = history.add_entry(
            connection,
            actor=self._actor,
            session=self._session,
            at=now,
            kind=kind,
            label=label,
            edited=len(ids),
            changes=changes,
            papers=papers,
            stretch=stretch,
            reverses=reverses,
        )
        changed = Changed(label, frozenset(back), frozenset(other), frozenset(gone))
        return Edited(label, len(ids), ids, entry), changed


STATUS_NAMES = {
    Status.INBOX: "Inbox",
    Status.NEXT: "Up next",
    Status.READING: "Reading",
    Status.LATER: "Later",
    Status.READ: "Read",
    Status.ARCHIVED: "Archive",
}


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _queue_keys(connection: Connection, ids: Sequence[int], place: str, before: int | None) -> Mapping[int, str]:
    """Return keys that put `ids` in that order at a place in Up next."""
    moving = set(ids)
    queue = [
        (number, key)
        for number, key in connection.execute(
            "SELECT id, order_key FROM paper WHERE status = 'next' AND trashed IS NULL ORDER BY order_key, id"
        )
        if number not in moving
    ]
    at = 0 if place == "top" else len(queue)
    if before is not None:
        at = next((i for i, (number, _) in enumerate(queue) if number == before), -1)
        if at < 0:
            raise ReadingListError(phrase("Paper {before} is not in Up next.", before=before))
    low = queue[at - 1][1] if at > 0 else None
    high = queue[at][1] if at < len(queue) else None
    return dict(zip(ids, keys_between(low, high, len(ids)), strict=True))


def _with_spelling(connection: Connection, pairs: Pairs) -> Pairs:
    """Spell new tags as the library does, and as one of them where an edit brings two spellings."""
    spelt: dict[frozenset[str], frozenset[str]] = {}
    for before, after in pairs:
        new = after.tags - before.tags
        if new:
            if new not in spelt:
                spelt[new] = first_spellings(connection, new)
            have = {name.casefold() for name in before.tags & after.tags}
            tags = (after.tags & before.tags) | {n for n in spelt[new] if n.casefold() not in have}
            if tags != after.tags:
                after = replace(after, tags=tags)
        yield before, after


def _with_order(connection: Connection, pairs: Pairs) -> Pairs:
    """Give papers that come into Up next without a place one at its bottom."""
    last: str | None = None
    for before, after in pairs:
        if after.status is Status.NEXT and after.order_key is None:
            if last is None:
                (last,) = connection.execute("SELECT max(order_key) FROM paper WHERE status = 'next'").fetchone()
            last = key_between(last, None)
            after = replace(after, order_key=last)
        yield before, after
