"""Snapshots of an index that was never on a disk."""

from __future__ import annotations

import numpy as np

from readinglist.index.builder import Builder
from readinglist.index.segment import Segment
from readinglist.index.snapshot import Snapshot
from readinglist.paper import Paper


def snapshot_of(papers: list[Paper], shares: int = 1, gone: tuple[int, ...] = ()) -> Snapshot:
    segments = []
    for first in range(shares):
        builder = Builder()
        share = papers[first::shares]
        for paper in share:
            builder.add(paper)
        deleted = [doc for doc, paper in enumerate(share) if paper.id in gone]
        segments.append((Segment(str(first), *builder.arrays()), np.array(deleted, np.int32)))
    return Snapshot(segments)
