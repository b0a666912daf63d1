"""Write changes of the index: new segments, deletions, folds. Knows nothing of searching.

Every function here expects the caller to hold the index's lock, and returns the state after its commit. Whatever
is raised before the commit leaves the last one as it was.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.index.array_file import write_arrays
from readinglist.index.builder import Builder
from readinglist.index.commit import Commit, Entry, marker_state, remove_leftovers, segment_file, write_commit
from readinglist.index.fold import MOST_DOCUMENTS, SIZES, fold, segments_to_fold
from readinglist.index.invert import Arrays
from readinglist.index.segment import Segment
from readinglist.index.snapshot import Snapshot
from readinglist.index.stamp import Stamp
from readinglist.index.state import State, open_segment
from readinglist.paper import Paper, PaperId
from readinglist.progress import Progress

_FLUSH_DOCUMENTS = 20_000
_FLUSH_WORDS = 8_000_000
_STEP = 200


@dataclass(slots=True)
class _Piece:
    """A segment of the commit to come; `size` is that of its file, None while it is in memory only."""

    segment: Segment
    deleted: NDArray[np.int32]
    size: int | None
    arrays: Arrays
    about: dict[str, Any]

    @property
    def live(self) -> int:
        return self.segment.documents - len(self.deleted)


_NONE: NDArray[np.int32] = np.zeros(0, np.int32)


def update(
    folder: Path,
    stamp: Stamp,
    state: State,
    papers: Iterable[Paper],
    removed: Iterable[PaperId],
    *,
    last_seq: int,
    progress: Progress,
) -> State:
    """Add or replace papers, remove others, and commit."""
    with _cleaned_on_error(folder, state):
        added = list(_added(folder, papers, progress))
        ids = np.concatenate([np.zeros(0, np.int64), *(piece.segment.papers for piece in added)])
        gone = np.concatenate([ids, np.fromiter(removed, np.int64)])
        pieces = _committed(state)
        for piece in pieces:
            newly = np.flatnonzero(np.isin(piece.segment.papers, gone)).astype(np.int32)
            if len(newly):
                piece.deleted = np.union1d(piece.deleted, newly).astype(np.int32)
        _keep_last(added, ids)
        pieces = [piece for piece in (*pieces, *added) if piece.live]
        chosen = segments_to_fold([piece.live for piece in pieces])
        if chosen:
            folded = _folded([piece for number, piece in enumerate(pieces) if number in chosen])
            pieces = [piece for number, piece in enumerate(pieces) if number not in chosen]
            pieces.append(folded)
        for piece in pieces:
            _write(folder, piece)
    return _commit(folder, stamp, state, pieces, last_seq)


def fold_small(folder: Path, stamp: Stamp, state: State) -> State:
    """Fold what single edits have left into one segment, and commit."""
    pieces = _committed(state)
    small = [piece for piece in pieces if piece.live < SIZES[-1]]
    if len(small) < 2:
        return state
    with _cleaned_on_error(folder, state):
        folded = _folded(small)
        _write(folder, folded)
    kept = [piece for piece in pieces if piece.live >= SIZES[-1]]
    return _commit(folder, stamp, state, [*kept, folded], state.commit.last_seq)


def fold_all(folder: Path, stamp: Stamp, state: State, progress: Progress) -> State:
    """Fold the whole index into as few segments as may be, without deleted documents, and commit."""
    pieces = _committed(state)
    shares: list[list[_Piece]] = [[]]
    for piece in pieces:
        if sum(other.live for other in shares[-1]) + piece.live > MOST_DOCUMENTS and shares[-1]:
            shares.append([])
        shares[-1].append(piece)
    if not any(len(share) > 1 or any(len(piece.deleted) for piece in share) for share in shares):
        return state
    with _cleaned_on_error(folder, state):
        done = 0
        result: list[_Piece] = []
        for share in shares:
            progress.step(done, state.commit.count, "Folding the search index")
            if len(share) > 1 or len(share[0].deleted):
                piece = _folded(share)
                _write(folder, piece)
                result.append(piece)
            else:
                result.extend(share)
            done += sum(piece.live for piece in share)
        progress.step(done, state.commit.count, "Folding the search index")
    return _commit(folder, stamp, state, result, state.commit.last_seq)


def _added(folder: Path, papers: Iterable[Paper], progress: Progress) -> Iterator[_Piece]:
    """Yield new segments; all but the last are written already, to keep memory bounded."""
    total = len(papers) if isinstance(papers, Collection) else None
    builder = Builder()
    done = 0
    for paper in papers:
        if paper.id < 1:
            raise ValueError("only a paper of a library, with a number, can be indexed")
        if done % _STEP == 0:
            progress.step(done, total, "Indexing")
        if len(builder) >= _FLUSH_DOCUMENTS or builder.words >= _FLUSH_WORDS:
            piece = _piece(*builder.arrays())
            _write(folder, piece)
            yield piece
            builder = Builder()
        builder.add(paper)
        done += 1
    if len(builder):
        progress.step(done, total, "Indexing")
        yield _piece(*builder.arrays())


def _keep_last(added: Sequence[_Piece], ids: NDArray[np.int64]) -> None:
    """Where a paper was given more than once, let its last document stand."""
    backwards, places = np.unique(ids[::-1], return_index=True)
    if len(backwards) == len(ids):
        return
    stays = np.zeros(len(ids), np.bool_)
    stays[len(ids) - 1 - places] = True
    begin = 0
    for piece in added:
        end = begin + piece.segment.documents
        piece.deleted = np.flatnonzero(~stays[begin:end]).astype(np.int32)
        begin = end


def _committed(state: State) -> list[_Piece]:
    return [
        _Piece(part.segment, part.deleted, entry.size, {}, {})
        for part, entry in zip(state.snapshot.parts, state.commit.segments, strict=True)
    ]


def _piece(arrays: Arrays, about: dict[str, Any]) -> _Piece:
    return _Piece(Segment(secrets.token_hex(8), arrays, about), _NONE, None, arrays, about)


def _folded(pieces: Sequence[_Piece]) -> _Piece:
    return _piece(*fold([(piece.segment, piece.deleted) for piece in pieces]))


def _write(folder: Path, piece: _Piece) -> None:
    """Write a segment that is in memory only, and map it."""
    if piece.size is None:
        segment_id = piece.segment.segment_id
        piece.size = write_arrays(folder / segment_file(segment_id), piece.arrays, piece.about)
        piece.arrays = {}
        piece.segment = open_segment(folder, segment_id, piece.size)


def _commit(folder: Path, stamp: Stamp, before: State, pieces: Sequence[_Piece], last_seq: int) -> State:
    entries = tuple(
        Entry(piece.segment.segment_id, piece.segment.documents, piece.size or 0, piece.deleted) for piece in pieces
    )
    commit = Commit(before.commit.generation + 1, entries, last_seq, sum(piece.live for piece in pieces))
    write_commit(folder, stamp, commit)
    remove_leftovers(folder, commit)
    return State(commit, Snapshot([(piece.segment, piece.deleted) for piece in pieces]), marker_state(folder))


@contextmanager
def _cleaned_on_error(folder: Path, state: State) -> Iterator[None]:
    """Remove the segments of a commit that did not come about."""
    try:
        yield
    except BaseException:
        remove_leftovers(folder, state.commit)
        raise
