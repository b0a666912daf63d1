"""Take papers in from files and text: tell new ones from known ones, then all of them or none, in one transaction."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from readinglist.dedup import taken_in
from readinglist.errors import LibraryBusy, Problem, ReadingListError
from readinglist.formats.size import text_chars
from readinglist.library.duplicating import Duplicating
from readinglist.library.matching import InImport, InLibrary, incoming
from readinglist.library.revising import revision_of, with_revision
from readinglist.library.values import Changed
from readinglist.paper import SOURCE_FIELDS, Paper, Status
from readinglist.phrase import phrase
from readinglist.progress import Progress, Silent
from readinglist.store.driver import Connection
from readinglist.store.history import Ranges
from readinglist.store.papers import read_papers
from readinglist.store.staging import Staging, last_number
from readinglist.store.tags import normal_tag
from readinglist.text.clean import clean_line

if TYPE_CHECKING:
    from readinglist.formats.item import Item, Record
    from readinglist.formats.source import Limits, Source
    from readinglist.library.plan import Plan
    from readinglist.library.reports import ImportReport, Preview

BATCH = 500
_BATCH_CHARS = 5_000_000
BULK = 1000
"""An import that touches more papers than this is preceded by a backup."""


class TakingIn(Duplicating):
    """Imports and their previews."""

    def import_(
        self,
        sources: Sequence[Source | Path],
        *,
        to: Status | str | None = None,
        tags: Iterable[str] = (),
        format_name: str | None = None,
        dry_run: bool = False,
        large: bool = False,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Take in papers, all of them or, on any error or `Cancelled`, none.

        New ones get the status `to` (else their own from an export, else the Inbox) and `tags`. Known ones are filled
        in, see `dedup.taken_in`. `large` lifts the limit on size. Raises ReadingListError when no source can be read or
        nothing is recognised in any; a bad record, or a bad source among good ones, is a problem in the report.
        """
        return self._run(sources, to, tags, format_name, dry_run, large, progress or Silent())[0]

    def preview(
        self,
        sources: Sequence[Source | Path],
        *,
        format_name: str | None = None,
        large: bool = False,
        progress: Progress | None = None,
    ) -> Preview:
        """Return what importing `sources` would do, changing nothing."""
        from readinglist.library.reports import Preview

        report, plan, formats = self._run(sources, None, (), format_name, True, large, progress or Silent())
        return Preview(report, plan.items, formats, len(sources))

    def _run(
        self,
        sources: Sequence[Source | Path],
        to: Status | str | None,
        tags: Iterable[str],
        format_name: str | None,
        dry_run: bool,
        large: bool,
        progress: Progress,
    ) -> tuple[ImportReport, Plan, list[str]]:
        from readinglist.formats.item import Record
        from readinglist.formats.source import BadSource, Limits, Source
        from readinglist.formats.table import FORMATS
        from readinglist.library.plan import Plan

        opened = [s if isinstance(s, Source) else Source(s.name, path=s) for s in sources]
        if not opened:
            raise ReadingListError("There is nothing to take in.")
        plan = Plan(None if to is None else Status(to), frozenset(map(normal_tag, tags)))
        label = f"Import {opened[0].name}" if len(opened) == 1 else f"Import {len(opened)} files"
        formats: dict[str, None] = {}

        def batches() -> Generator[list[Item], None, None]:
            unread: list[ReadingListError] = []
            for source in opened:
                plan.source = source.name
                reading = _items(source, format_name, self._clock().date(), Limits.of(large=large), tell)
                try:
                    with closing(reading) as items:
                        for batch in _batches(items):
                            formats.update({item.paper.source: None for item in batch if isinstance(item, Record)})
                            yield batch
                except LibraryBusy:
                    raise
                except ReadingListError as error:  # a file among many that is no good costs itself
                    unread.append(error)
                    plan.failed += 1
                    what = error.what if isinstance(error, BadSource) else error.message
                    plan.problems.append(Problem("failed", source.name, None, what))  # however many there are
            if len(unread) == len(opened):
                raise unread[0]

        def tell() -> None:
            progress.step(plan.read, None, phrase("{n:,} papers read", n=plan.read))

        with closing(batches()) as read:
            report = self._take_in(label, read, plan, dry_run=dry_run, progress=progress, tell=tell)
        return report, plan, [FORMATS[name].label for name in formats if name in FORMATS]

    def _take_in(
        self,
        label: str,
        batches: Iterable[Sequence[Item]],
        plan: Plan,
        *,
        dry_run: bool = False,
        progress: Progress,
        tell: Callable[[], None] = lambda: None,
    ) -> ImportReport:
        """Take in what `batches` bring as one entry of the history, or nothing; `tell` is called after each of them."""
        started = time.perf_counter()
        connection = self._store.open_writer()
        try:
            new = InImport(Staging(connection))
            last = last_number(connection)
            for batch in batches:
                self._take_batch(connection, new, batch, plan)
                tell()
            import_id, ids = None, range(0)
            if not dry_run and (new.count or plan.updates):
                if new.count + len(plan.updates) > BULK:
                    plan.problems += self._before_bulk(progress)
                progress.step(0, None, "Writing")
                import_id, ids = self._write(connection, label, new, plan, last)
        finally:
            connection.close()
        return plan.report(import_id, ids, time.perf_counter() - started)

    def _before_bulk(self, _progress: Progress) -> list[Problem]:
        """Make what is here safe before many papers change; return what could not be done about it."""
        return []

    def _take_batch(self, connection: Connection, new: InImport, batch: Sequence[Item], plan: Plan) -> None:
        problems = [item for item in batch if isinstance(item, Problem)]
        from readinglist.formats.item import Record

        records = [(item, incoming(item.paper)) for item in batch if isinstance(item, Record)]
        for problem in problems:
            plan.tell(problem)
        plan.failed += sum(problem.kind == "failed" for problem in problems)
        here = InLibrary(connection, (each for _, each in records))
        now = self._now()
        for item, each in records:
            if (known := here.find(each)) is not None:
                self._meet(known, item, here, plan)
            elif (again := new.find(each)) is not None:
                n, staged = again
                after = taken_in(staged, each.paper)
                if after is not staged:
                    new.replace(n, each, after)
                plan.told("twice" if after is staged else "filled", each.paper, _gained(staged, after))
            elif plan.only_known(each.paper):
                plan.left_out += 1
            else:
                new.add(each, _newcomer(item, now, plan))
                plan.told("new", each.paper)
        new.flush()

    def _meet(self, known: Paper, item: Record, here: InLibrary, plan: Plan) -> None:
        """Treat a record of a paper that is in the library."""
        plan.met[known.id] = item.paper.listed
        if known.trashed:
            if plan.tells_of_trash:
                plan.notice(
                    item,
                    phrase("“{title}” is in the trash (paper {id}) and stays there.", title=known.title, id=known.id),
                )
            plan.told("here", item.paper)
            return
        after = taken_in(known, item.paper)
        if after is known:
            plan.told("here", item.paper)
            return
        here.replace(after)
        plan.update(known.id, item.paper)
        plan.told("filled", item.paper, _gained(known, after))

    def _write(
        self, connection: Connection, label: str, new: InImport, plan: Plan, last: int
    ) -> tuple[int | None, range]:
        """Write the plan in one transaction; what another process has added meanwhile is met, not doubled."""
        staging = new.staging
        with self._store.writing(connection):
            late = staging.arrived_since(last) if last_number(connection) > last else []
            candidates = [(n, incoming(paper)) for n in late if (paper := staging.get(n)) is not None]
            here = InLibrary(connection, (each for _, each in candidates))
            for n, each in candidates:
                if (known := here.find(each)) is not None:
                    staging.drop([n])
                    plan.added -= 1
                    plan.unchanged += 1
                    if not known.trashed:
                        plan.update(known.id, each.paper)
            ranges: Ranges = staging.insert()
            now = self._now()
            knowns = read_papers(connection, plan.updates)
            pairs = [(known, with_revision(known, _filled(known, plan.updates[known.id]), now)) for known in knowns]
            papers = {"added": ranges} if ranges else None
            edited, changed = self._apply(connection, label, pairs, now=now, papers=papers)
        plan.revised += [
            told
            for known, after in pairs
            if after.extra is not known.extra and (told := revision_of(after)) and told != revision_of(known)
        ]
        self._publish(Changed(label, changed.added, changed.edited))
        return edited.entry, range(ranges[0][0], ranges[-1][1] + 1) if ranges else range(0)


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield items so many at a time that they take little memory, however long they are."""
    from readinglist.formats.item import Record

    batch: list[Item] = []
    chars = 0
    for item in items:
        batch.append(item)
        chars += text_chars(item.paper) if isinstance(item, Record) else len(item.message)
        if len(batch) == BATCH or chars > _BATCH_CHARS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch


def _items(
    source: Source, format_name: str | None, today: date, limits: Limits, check: Callable[[], None]
) -> Generator[Item, None, None]:
    """Yield the items of a source; a large or packed one is read in a child process, all that it can take down.

    `check` is called all the time and stops the reading by raising.
    """
    # The formats are of no use to a window that only lists papers, and take a while to import.
    from readinglist.formats.apart import LARGE_BYTES, read_apart
    from readinglist.formats.table import read_source

    if source.size_bytes() > LARGE_BYTES or source.is_packed:
        yield from read_apart(source, format_name=format_name, today=today, limits=limits, check=check)
    else:
        yield from read_source(source, format_name=format_name, today=today, limits=limits)


def _gained(before: Paper, after: Paper) -> tuple[str, ...]:
    """Return the names of the fields in which they differ."""
    if before is after:
        return ()
    return tuple(name for name in (*SOURCE_FIELDS, "extra", "version") if getattr(before, name) != getattr(after, name))


def _filled(known: Paper, found: Iterable[Paper]) -> Paper:
    after = known
    for paper in found:
        after = taken_in(after, paper)
    if after.abstract != known.abstract and after.highlights:
        from readinglist.anchor import anchor  # with it comes rapidfuzz, 5 ms of every start

        after = replace(after, highlights=tuple(anchor(h, after.abstract or "") for h in after.highlights))
    return after


def _newcomer(item: Record, now: str, plan: Plan) -> Paper:
    """Return the paper that a record becomes in the library."""
    found = item.paper
    own = []
    for tag in found.tags:
        try:
            own.append(normal_tag(tag))
        except ReadingListError as error:
            plan.notice(item, phrase("“{title}”: {error}", title=clean_line(found.title)[:60], error=error))
    status = plan.status or (found.status if item.reader else Status.INBOX)
    return replace(
        found,
        listed=found.listed or plan.listed(found),
        uid=found.uid or str(uuid.uuid4()),
        added=found.added or now,
        changed=found.changed or now,
        status=status,
        order_key=found.order_key if status is Status.NEXT else None,
        until=found.until if status is Status.LATER else None,
        finished=found.finished or (now if status is Status.READ else None),
        trashed=None,
        tags=_one_spelling([*sorted(own), *sorted(plan.tags)]),
    )


def _one_spelling(names: Iterable[str]) -> frozenset[str]:
    spelt: dict[str, str] = {}
    for name in names:
        spelt.setdefault(name.casefold(), name)
    return frozenset(spelt.values())
