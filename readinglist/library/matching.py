"""Tell whether a paper that comes in is here already, or came earlier in the same import."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from readinglist.dedup import identity_keys, same_paper
from readinglist.paper import Paper
from readinglist.store.driver import Connection
from readinglist.store.duplicates import merged_into
from readinglist.store.papers import read_papers
from readinglist.store.staging import Staging

_COMPARED = 100
"""Thousands of papers may be called "Editorial": so many candidates, the newest, are looked at for one record."""


class Incoming(NamedTuple):
    """A paper that comes in, and the (column, key) pairs it may be found by."""

    paper: Paper
    keys: tuple[tuple[str, str], ...]


def incoming(paper: Paper) -> Incoming:
    """Return a paper with its keys, which take longer to work out than to look up."""
    keys = identity_keys(paper)
    # A title without words is a key too: two records of it may still be told to be one by other means.
    pairs = [("title_key", keys.title_key)]
    if keys.doi:
        pairs.append(("doi_key", keys.doi))
    if keys.arxiv_id:
        pairs.append(("arxiv_key", keys.arxiv_id))
    if paper.uid:
        pairs.append(("uid", paper.uid))
    return Incoming(paper, tuple(pairs))


def _is_same(known: Paper, found: Paper) -> bool:
    return (bool(found.uid) and known.uid == found.uid) or same_paper(known, found)


class InLibrary:
    """The papers of the library that a batch of incoming ones may be; looked up once for the batch."""

    def __init__(self, connection: Connection, found: Iterable[Incoming]) -> None:
        """Look up candidates for all of `found` by all their keys."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for each in found:
            for column, key in each.keys:
                wanted[column].add(key)
        self._ids: dict[tuple[str, str], list[int]] = defaultdict(list)
        for column, keys in wanted.items():
            rows = connection.execute(
                f"SELECT {column}, id FROM paper WHERE {column} IN (SELECT value FROM json_each(?)) ORDER BY id",
                [json.dumps(list(keys))],
            )
            for key, number in rows:
                self._ids[column, key].append(number)
        ids = sorted({number for numbers in self._ids.values() for number in numbers})
        self._papers: dict[int, Paper] = {paper.id: paper for paper in read_papers(connection, ids)}
        gone = [paper.id for paper in self._papers.values() if paper.trashed]
        self._merged = merged_into(connection, gone) if gone else {}
        kept = sorted(set(self._merged.values()) - self._papers.keys())
        self._papers |= {paper.id: paper for paper in read_papers(connection, kept)}

    def find(self, found: Incoming) -> Paper | None:
        """Return the paper of the library that `found` is, one outside the trash if there is a choice, or None.

        One that was merged stands for the paper it was merged into.
        """
        if not self._papers:
            return None
        seen = dict.fromkeys(number for pair in found.keys for number in self._ids.get(pair, ())[-_COMPARED:])
        same = [paper for number in seen if _is_same(paper := self._papers[number], found.paper)]
        same = [self._papers[self._merged.get(paper.id, paper.id)] for paper in same]
        return next((paper for paper in same if not paper.trashed), same[0] if same else None)

    def replace(self, paper: Paper) -> None:
        """Go on with `paper` in the place of what it was."""
        self._papers[paper.id] = paper


class InImport:
    """The new papers of one import so far, by their keys."""

    def __init__(self, staging: Staging) -> None:
        """Look papers up in `staging`."""
        self.staging = staging
        self.count = 0
        self._numbers: dict[tuple[str, str], list[int]] = {}
        self._waiting: dict[int, Paper] = {}

    def find(self, found: Incoming) -> tuple[int, Paper] | None:
        """Return the number and value of the new paper that `found` is once more, or None."""
        seen = dict.fromkeys(number for pair in found.keys for number in self._numbers.get(pair, ())[-_COMPARED:])
        for n in seen:
            paper = self._waiting.get(n) or self.staging.get(n)
            if paper is not None and _is_same(paper, found.paper):
                return n, paper
        return None

    def add(self, found: Incoming, paper: Paper) -> None:
        """Take `paper`, the new paper that `found` becomes."""
        self.count += 1
        self.replace(self.count, found, paper)

    def replace(self, n: int, found: Incoming, paper: Paper) -> None:
        """Put `paper`, what `found` made of it, in the place of what was number `n`."""
        self._waiting[n] = paper
        for pair in found.keys:
            numbers = self._numbers.setdefault(pair, [])
            if n not in numbers[-_COMPARED:]:
                numbers.append(n)

    def flush(self) -> None:
        """Write what is new to the staging tables."""
        self.staging.put(self._waiting.items())
        self._waiting.clear()
