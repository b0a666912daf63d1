"""Tell whether a paper that comes in is here already, or came earlier in the same import."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from readinglist.dedup import identity_keys, same_paper
from readinglist.paper import Paper
from readinglist.store.driver import Connection
from readinglist.store.papers import read_papers
from readinglist.store.staging import Staging


def _keys(paper: Paper) -> list[tuple[str, str]]:
    """Return the (kind, key) pairs a paper can be found by."""
    keys = identity_keys(paper)
    # A title without words is a key too: two records of it may still be told to be one by other means.
    pairs = [("title_key", keys.title_key)]
    pairs += [("doi_key", keys.doi)] if keys.doi else []
    pairs += [("arxiv_key", keys.arxiv_id)] if keys.arxiv_id else []
    pairs += [("uid", paper.uid)] if paper.uid else []
    return pairs


def _is_same(known: Paper, found: Paper) -> bool:
    return (bool(found.uid) and known.uid == found.uid) or same_paper(known, found)


class InLibrary:
    """The papers of the library that a batch of incoming ones may be; looked up once for the batch."""

    def __init__(self, connection: Connection, papers: Iterable[Paper]) -> None:
        """Look up candidates for `papers` by all their keys."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for paper in papers:
            for kind, key in _keys(paper):
                wanted[kind].add(key)
        self._ids: dict[tuple[str, str], list[int]] = defaultdict(list)
        for kind, keys in wanted.items():
            rows = connection.execute(
                f"SELECT {kind}, id FROM paper WHERE {kind} IN (SELECT value FROM json_each(?)) ORDER BY id",
                [json.dumps(list(keys))],
            )
            for key, number in rows:
                self._ids[kind, key].append(number)
        ids = sorted({number for numbers in self._ids.values() for number in numbers})
        self._papers: dict[int, Paper] = {paper.id: paper for paper in read_papers(connection, ids)}

    def find(self, found: Paper) -> Paper | None:
        """Return the paper of the library that `found` is, one outside the trash if there is a choice, or None."""
        seen: dict[int, None] = {}
        for pair in _keys(found):
            seen |= dict.fromkeys(self._ids.get(pair, ()))
        same = [paper for number in seen if _is_same(paper := self._papers[number], found)]
        return next((paper for paper in same if not paper.trashed), same[0] if same else None)

    def replace(self, paper: Paper) -> None:
        """Go on with `paper` in the place of what it was."""
        self._papers[paper.id] = paper


class InImport:
    """The new papers of one import so far, by their keys."""

    def __init__(self, staging: Staging) -> None:
        """Look papers up in `staging`."""
        self.staging = staging
        self._numbers: dict[tuple[str, str], list[int]] = {}
        self._waiting: dict[int, Paper] = {}
        self.count = 0

    def find(self, found: Paper) -> tuple[int, Paper] | None:
        """Return the number and value of the new paper that `found` is once more, or None."""
        seen: dict[int, None] = {}
        for pair in _keys(found):
            seen |= dict.fromkeys(self._numbers.get(pair, ()))
        for n in seen:
            paper = self._waiting.get(n) or self.staging.get(n)
            if paper is not None and _is_same(paper, found):
                return n, paper
        return None

    def add(self, paper: Paper) -> None:
        """Take a new paper."""
        self.count += 1
        self.replace(self.count, paper)

    def replace(self, n: int, paper: Paper) -> None:
        """Put `paper` in the place of what was number `n`."""
        self._waiting[n] = paper
        for pair in _keys(paper):
            numbers = self._numbers.setdefault(pair, [])
            if n not in numbers:
                numbers.append(n)

    def flush(self) -> None:
        """Write what is new to the staging tables."""
        self.staging.put(self._waiting.items())
        self._waiting.clear()
