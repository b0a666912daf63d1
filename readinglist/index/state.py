"""What one process knows of the last commit. Knows nothing of searching or of what comes next."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from readinglist.index.array_file import ArrayFile
from readinglist.index.commit import EMPTY, Commit, marker_state, read_commit, segment_file
from readinglist.index.damaged import IndexDamaged
from readinglist.index.segment import Segment
from readinglist.index.snapshot import Snapshot
from readinglist.index.stamp import Stamp

_PATIENCE_SECONDS = 5.0
_READ_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class State:
    """A commit, its segments opened, and what its marker looked like (see `marker_state`)."""

    commit: Commit
    snapshot: Snapshot
    seen: Sequence[int]


def empty_state(folder: Path) -> State:
    """Return the state of an index without papers, whatever the folder holds."""
    return State(EMPTY, Snapshot([]), marker_state(folder))


def load(folder: Path, stamp: Stamp, before: State | None) -> State:
    """Return the state of the last commit; segments that `before` has open are taken over.

    Raises IndexDamaged when there is no commit, or it is damaged or foreign.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        seen = marker_state(folder)
        try:
            commit = read_commit(folder, stamp)
            return State(commit, Snapshot(_segments(folder, commit, before)), seen)
        except OSError as error:
            # Another process may have committed, and removed the old files, since the marker was read.
            if marker_state(folder) == seen or time.monotonic() > deadline:
                raise IndexDamaged(f"{type(error).__name__}: {error.strerror}") from error


def _segments(folder: Path, commit: Commit, before: State | None) -> list[tuple[Segment, NDArray[np.int32]]]:
    opened = {part.segment.segment_id: part.segment for part in before.snapshot.parts} if before else {}
    segments: list[tuple[Segment, NDArray[np.int32]]] = []
    for entry in commit.segments:
        segment = opened.get(entry.segment_id)
        if segment is None:
            segment = open_segment(folder, entry.segment_id, entry.size)
        if segment.documents != entry.documents:
            raise IndexDamaged(f"{entry.segment_id}: the count of documents")
        segments.append((segment, entry.deleted))
    return segments


def open_segment(folder: Path, segment_id: str, size: int) -> Segment:
    """Map a segment of `size` bytes; raise IndexDamaged or OSError when it is not what was written."""
    file = ArrayFile(folder / segment_file(segment_id), size)
    # Reading all of a large one would take longer than everything else; a wrong paper is worse than a missed one.
    file.verify(*(() if size <= _READ_BYTES else ("papers",)))
    return Segment(segment_id, file, file.about)


def verify(folder: Path, state: State) -> None:
    """Read all segments of a state; raise IndexDamaged where they are not what was written."""
    for entry in state.commit.segments:
        try:
            ArrayFile(folder / segment_file(entry.segment_id), entry.size).verify()
        except OSError as error:
            raise IndexDamaged(f"{entry.segment_id}: {error.strerror}") from error
