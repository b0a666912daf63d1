"""Our own engine for the benchmarks: the index alone, and the library with everything around it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus import Asked, write_lines

from readinglist.paper import Paper


class OurIndex:
    """`Index.search` and choosing the best: no parsing, no SQL."""

    name = "our index"

    def __init__(self, folder: Path) -> None:
        import numpy as np

        from readinglist.index.index import Index
        from readinglist.index.stamp import Stamp

        self._np = np
        self._index = Index.open(folder, Stamp("bench"))

    def build(self, papers: Sequence[Paper]) -> None:
        self._index.update(papers, (), last_seq=1)

    def tidy(self) -> None:
        self._index.fold()

    def find(self, asked: Asked, limit: int) -> tuple[int, list[int]]:
        found = self._index.search(_node(asked), filters=_no_filters, everything=_no_filters)
        best, key = found.ids, -found.scores
        if len(best) > limit:
            near = self._np.flatnonzero(key <= self._np.partition(key, limit)[limit])
            best, key = best[near], key[near]
        return len(found.ids), best[self._np.lexsort((best, key))][:limit].tolist()

    def edit(self, paper: Paper) -> None:
        self._index.update([paper], (), last_seq=self._index.last_seq + 1)


class OurLibrary:
    """`Library.search` as the window asks it: the query as text, filters and all."""

    name = "our library"

    def __init__(self, folder: Path) -> None:
        for kind in ("CACHE", "CONFIG", "STATE"):
            os.environ[f"XDG_{kind}_HOME"] = str(folder / kind.lower())
        from readinglist.library import Library

        self._folder = folder
        self.library = Library.open(folder / "library")

    def build(self, papers: Sequence[Paper]) -> None:
        """Import the papers from a file and index them; both count."""
        lines = self._folder / "papers.jsonl"
        write_lines(papers, lines)
        self.library.import_([lines], large=True)
        lines.unlink()
        self.library.wait_for_index()

    def add_each(self, papers: Sequence[Paper]) -> None:
        """Add papers one by one, each under its own number, whether or not two of them look like one paper."""
        for paper in papers:
            if self.library.add(paper).ids != [paper.id]:
                raise AssertionError("papers are to be numbered from 1")
        self.library.wait_for_index()

    def papers(self) -> list[Paper]:
        """Return all papers as the library holds them."""
        return list(self.library.read_all(sorted(self.library.search().ids)))

    def tidy(self) -> None:
        self.library._opened_index().fold()  # the window does it in an idle moment

    def find(self, asked: Asked, limit: int) -> tuple[int, list[int]]:
        text = typed(asked)
        hits = self.library.search(text, limit=limit, typing=asked.prefix, relax=False)
        return hits.total, list(hits.ids)

    def edit(self, paper: Paper) -> None:
        """Edit through the outbox: the paper is found at once, and indexed later."""
        self.library.edit("Edit", [paper.id], lambda old: replace(old, abstract=paper.abstract))

    def index_edits(self) -> None:
        """Take what was edited into the index."""
        self.library.update_index()


def typed(asked: Asked) -> str:
    """Return a query as a reader writes it."""
    if asked.joined == "phrase":
        return '"' + " ".join(asked.words) + '"'
    return (" OR " if asked.joined == "or" else " ").join(asked.words) + ("~1" if asked.fuzzy else "")


def _node(asked: Asked) -> Any:
    from readinglist.query.nodes import And, Or, Text

    if asked.joined == "phrase":
        return Text(" ".join(asked.words))
    *first, last = asked.words
    members = (*map(Text, first), Text(last, prefix=asked.prefix, fuzzy=int(asked.fuzzy)))
    return members[0] if len(members) == 1 else (And if asked.joined == "and" else Or)(members)


def _no_filters(*leaf: Any) -> Any:
    raise AssertionError(f"no query has a filter or asks for all papers: {leaf}")
