"""Papers that are in the library twice: find them, merge them, or keep that they are two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING
from uuid import uuid4

from readinglist.changes import Change
from readinglist.errors import ReadingListError
from readinglist.library.annotating import Annotating
from readinglist.library.settling import settled
from readinglist.library.values import Edited
from readinglist.merging import Rule, choose, merged
from readinglist.paper import Paper, PaperId
from readinglist.phrase import phrase
from readinglist.progress import Progress, Silent
from readinglist.store.driver import Connection
from readinglist.store.duplicates import alias_of, all_apart, is_apart, pair_name, read_briefs, set_alias, set_apart
from readinglist.store.papers import read_papers

if TYPE_CHECKING:
    from readinglist.duplicates import Group, Pair
    from readinglist.library.reports import Merge

_READ = 500
_STEP = 50


class Duplicating(Annotating):
    """Duplicates and what becomes of them."""

    def duplicates(self, *, similar: bool = True, progress: Progress | None = None) -> list[Group]:
        """Return the papers that are one, or with `similar` perhaps one, in groups; none from the trash.

        Takes seconds at 100,000 papers. Pairs that `keep_apart` was told of are left out.
        """
        from readinglist.duplicates import are_one, candidates, groups

        progress = progress or Silent()
        with self._store.reading() as connection:
            briefs = read_briefs(connection)
            pairs = [pair for pair in candidates(briefs, progress) if similar or pair.why != "similar"]
            papers = _by_number(connection, (n for pair in pairs for n in (pair.one, pair.other)))
            apart = all_apart(connection)
        confirmed: list[Pair] = []
        for done, pair in enumerate(pairs):
            if done % _READ == 0:
                progress.step(done, len(pairs), "Comparing papers")
            one, other = papers[pair.one], papers[pair.other]
            if pair_name(one.uid, other.uid) not in apart and are_one(one, other, pair.why):
                confirmed.append(pair)
        return groups(confirmed)

    def preview_merge(self, ids: Sequence[int], *, keep: int | None = None, rule: Rule = Rule.OLDEST) -> Merge:
        """Return what `merge` would do, changing nothing."""
        return self._merge(self._store.reader(), ids, keep, rule)

    def merge(self, ids: Sequence[int], *, keep: int | None = None, rule: Rule = Rule.OLDEST) -> Edited:
        """Make one paper of several: `keep`, or the one that `rule` chooses, takes in what the others have (see
        `merging.merged`), and these go to the trash.

        What is imported for them later goes to the one that was kept. One entry in the history. Raises
        ReadingListError for fewer than two papers, or a `keep` that is not among them, and NoSuchPaper.
        """
        return self._merge_all("Merge", [(ids, keep)], rule)

    def merge_duplicates(self, rule: Rule, *, progress: Progress | None = None) -> Edited:
        """Merge every group of papers that are certainly one; those with similar titles only are left alone."""
        found = self.duplicates(similar=False, progress=progress)
        return self.merge_each([group.ids for group in found], rule, progress=progress)

    def merge_each(self, found: Iterable[Sequence[int]], rule: Rule, *, progress: Progress | None = None) -> Edited:
        """Make one paper of each of several groups, as one entry in the history.

        Papers that have gone to the trash since the groups were found are left out.
        """
        progress = progress or Silent()
        wanted: list[tuple[Sequence[int], int | None]] = []
        groups_found = list(found)
        for done, ids in enumerate(groups_found):
            if done % _STEP == 0:
                progress.step(done, len(groups_found), "Merging papers")
            there = [paper.id for paper in self.papers(ids) if paper.trashed is None]
            if len(there) > 1:
                wanted.append((there, None))
        return self._merge_all("Merge duplicates", wanted, rule)

    def keep_apart(self, ids: Sequence[int]) -> Edited:
        """Keep that papers are not one, so that `duplicates` does not ask again."""
        now = self._now()
        with self._store.writing() as connection:
            papers = self._wanted(connection, ids)
            names = [pair_name(a.uid, b.uid) for a, b in combinations(papers, 2)]
            new = [name for name in names if is_apart(connection, name) is None]
            for name in new:
                set_apart(connection, name, "yes")
            wide = [Change("", f"apart:{name}", None, "yes") for name in new]
            edited, changed = self._apply(connection, "Not duplicates", [], now=now, wide=wide)
        self._publish(changed)
        return edited

    def _merge_all(self, label: str, wanted: Iterable[tuple[Sequence[int], int | None]], rule: Rule) -> Edited:
        now = self._now()
        with self._store.writing() as connection:
            pairs: list[tuple[Paper, Paper]] = []
            wide: list[Change] = []
            for ids, keep in wanted:
                merge = self._merge(connection, ids, keep, rule)
                pairs.append((merge.kept, settled_merge(merge, now)))
                for other in merge.others:
                    pairs.append((other, settled(other, None, now=now)))
                    before = alias_of(connection, other.uid)
                    set_alias(connection, other.uid, merge.kept.uid)
                    wide.append(Change("", f"alias:{other.uid}", before, merge.kept.uid))
            edited, changed = self._apply(connection, label, pairs, now=now, wide=wide)
        self._publish(changed)
        return edited

    def _merge(self, connection: Connection, ids: Sequence[int], keep: int | None, rule: Rule) -> Merge:
        from readinglist.library.reports import Merge

        papers = self._wanted(connection, ids)
        if len(papers) < 2:
            raise ReadingListError("Merging takes two papers or more.")
        if gone := [paper for paper in papers if paper.trashed]:
            raise ReadingListError(phrase("Paper {id} is in the trash; restore it first.", id=gone[0].id))
        kept = choose(papers, rule) if keep is None else next((p for p in papers if p.id == keep), None)
        if kept is None:
            raise ReadingListError(phrase("Paper {keep}, the one to keep, is not among those to merge.", keep=keep))
        others = tuple(paper for paper in papers if paper.id != kept.id)
        return Merge(kept, merged(kept, others, lambda: str(uuid4())), others)


def settled_merge(merge: Merge, now: str) -> Paper:
    """Return the result of a merge with the rules of an edit kept, none of its fields counting as set by hand."""
    after = settled(merge.kept, merge.result, now=now)
    return replace(after, corrected=merge.kept.corrected, finished=merge.result.finished)


def _by_number(connection: Connection, ids: Iterable[int]) -> dict[int, Paper]:
    wanted = [PaperId(n) for n in sorted(set(ids))]
    papers: dict[int, Paper] = {}
    for first in range(0, len(wanted), _READ):
        papers |= {paper.id: paper for paper in read_papers(connection, wanted[first : first + _READ])}
    return papers
