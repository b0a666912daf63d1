"""The index of a library's papers: kept in step by `update`, asked by `search`. Knows nothing of the library.

One object may be used from several threads: a search works on the snapshot of the last commit, which never
changes. Several processes may have the index open; one of them at a time writes.

Whoosh takes as long to import as all the rest to open, so it is imported where it is asked for (`whoosh`).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from readinglist.errors import ReadingListError
from readinglist.index import tree, writing
from readinglist.index.commit import marker_state, remove_leftovers
from readinglist.index.damaged import IndexBusy, IndexDamaged
from readinglist.index.feedback import with_feedback
from readinglist.index.found import Found
from readinglist.index.leaves import is_known
from readinglist.index.lock import FileLock
from readinglist.index.snapshot import Snapshot
from readinglist.index.stamp import Stamp
from readinglist.index.state import State, empty_state, load, verify
from readinglist.paper import Paper, PaperId
from readinglist.progress import Progress, Silent
from readinglist.query.nodes import Filter, Node, Text
from readinglist.query.nodes import filters as filters_of

if TYPE_CHECKING:
    from readinglist.index.codec import ArrayIndex

__all__ = ["Found", "Index", "IndexBusy", "IndexDamaged", "Stamp"]

log = logging.getLogger(__name__)

T = TypeVar("T")

_LOCK = "readinglist-index.lock"


class Index:
    """The papers' texts, searchable. Made by `Index.open`."""

    def __init__(self, folder: Path, stamp: Stamp, state: State, *, fresh: bool) -> None:
        self.fresh = fresh
        """Nothing is in it, and that is not because the library is empty: give it every paper."""
        self._folder = folder
        self._stamp = stamp
        self._state = state
        self._lock = FileLock(folder / _LOCK)
        self._writing = threading.RLock()
        self._reloading = threading.Lock()
        self._setting = threading.Lock()

    @classmethod
    def open(cls, folder: Path, stamp: Stamp) -> Index:
        """Open the index in `folder`, which is made if need be and belongs to the index alone.

        An index that is damaged, foreign, older or half written is thrown away without a word, and `fresh` is
        set. Raises OSError when the folder can be neither read nor made.
        """
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            index = cls(folder, stamp, load(folder, stamp, None), fresh=False)
        # What a file in another form raises when it is read is anybody's guess.
        except Exception as error:  # noqa: BLE001
            log.info("The search index in %s is made anew: %s", folder, error)
            index = cls(folder, stamp, empty_state(folder), fresh=True)
        try:
            locked = index._lock.acquire()
        except OSError:
            # A folder that can only be read is good enough for that.
            locked = False
        # Under the lock, and only what is as it was when it was judged.
        if locked and index._is_current():
            remove_leftovers(folder, None if index.fresh else index._state.commit)
            if index.fresh:
                index._state = empty_state(folder)
        index._lock.release()
        return index

    @property
    def last_seq(self) -> int:
        """The last entry of the outbox taken in, as of the last look at the commits (0: none)."""
        return self._state.commit.last_seq

    @property
    def count(self) -> int:
        """How many papers are in the index, as of the last look at the commits."""
        return self._state.commit.count

    def close(self) -> None:
        """Let go of the lock and the files; the object is of no use afterwards."""
        self._lock.release()
        self._state = empty_state(self._folder)

    def try_lock(self) -> bool:
        """Become the one writer among all processes, if there is none; say whether that is so.

        Then `last_seq` and `count` are those of the last commit. Raises IndexDamaged when that cannot be read.
        """
        with self._writing:
            if not self._lock.acquire():
                return False
            try:
                self.refresh()
            except BaseException:
                self._lock.release()
                raise
            return True

    def unlock(self) -> None:
        """Let another process write."""
        self._lock.release()

    @contextmanager
    def kept_still(self) -> Iterator[bool]:
        """Keep everybody from writing for the time of the block; give False where somebody is at it already.

        Raises IndexDamaged as `try_lock` does.
        """
        with self._writing:
            mine = not self._lock.held and self.try_lock()
            try:
                yield mine
            finally:
                if mine:
                    self._lock.release()

    def refresh(self) -> bool:
        """Look for a commit of another process; say whether there was one. `search` does so by itself.

        Costs a look at one file's times. Raises IndexDamaged when the last commit cannot be read.
        """
        if self._is_current():
            return False
        with self._reloading:
            if self._is_current():
                return False
            before = self._state
            loaded = load(self._folder, self._stamp, before)
            self._set(loaded, before)
            return True

    def update(
        self,
        papers: Iterable[Paper],
        removed: Iterable[PaperId],
        *,
        last_seq: int,
        progress: Progress | None = None,
    ) -> None:
        """Add or replace papers, remove others, and commit it all at once, down to the disk.

        A paper given twice stands as it was given last; one that is given and removed stands; `removed` is read once
        all papers have been. `last_seq` is remembered. Whatever is raised (Cancelled by `progress`, OSError,
        ValueError for a paper without a number, IndexBusy) leaves the last commit as it was. Memory stays bounded:
        papers may be any number.
        """
        with self._as_writer():
            state = writing.update(
                self._folder,
                self._stamp,
                self._state,
                papers,
                removed,
                last_seq=last_seq,
                progress=progress or Silent(),
            )
            self._set(state)

    def fold(self, progress: Progress | None = None) -> None:
        """Make the index as small and quick as it can be: one segment, nothing deleted in it.

        For an idle moment after many papers have come in: it takes seconds at 100,000 papers. Raises as `update`.
        """
        with self._as_writer():
            self._set(writing.fold_all(self._folder, self._stamp, self._state, progress or Silent()))

    def tidy(self) -> None:
        """Fold what edits have left, for an idle moment: it takes some tenths of a second. Raises as `update`."""
        with self._as_writer():
            self._set(writing.fold_small(self._folder, self._stamp, self._state))

    def search(
        self,
        node: Node,
        *,
        filters: Callable[[Filter], NDArray[np.int64]],
        everything: Callable[[], NDArray[np.int64]],
        masked: Collection[PaperId] | NDArray[np.int64] = (),
    ) -> Found:
        """Return the papers that a query's tree finds.

        `filters` answers a filter with paper numbers; `everything` gives the numbers that Everything and Not are
        answered from, and is called for trees that need them only (text leaves and filters are not cut down to
        them); `masked` papers are found by no text leaf: the index is behind on them. Raises IndexDamaged when the
        files turn out not to be what was written, ReadingListError for a tree that is nested too deeply or asks for
        too many phrases of very common words (so that no search takes much more than a second), and whatever
        `filters` and `everything` raise.
        """
        self.refresh()
        try:
            answers = [(leaf, filters(leaf)) for leaf in filters_of(node)]
            whole = everything() if tree.asks_for_all(node) else np.zeros(0, np.int64)
        except RecursionError:
            raise ReadingListError("The query is nested too deeply.") from None
        return self.look(lambda snapshot: tree.search(snapshot, node, answers, whole, masked))

    def look(self, ask: Callable[[Snapshot], T]) -> T:
        """Return what `ask` makes of the snapshot of the last commit. Raises IndexDamaged as `search` does."""
        self.refresh()
        try:
            return ask(self._state.snapshot)
        except (IndexError, ValueError, KeyError, OSError, OverflowError, MemoryError) as error:
            log.warning("The index in %s could not be looked into", self._folder, exc_info=True)
            raise IndexDamaged(f"{type(error).__name__}: {error}") from error

    def with_feedback(self, found: Found, best: Sequence[Paper]) -> Found:
        """Return what `search` found, ranked again by what its `best` papers have in common (see `feedback`)."""
        return self.look(lambda snapshot: with_feedback(snapshot, found, best))

    def knows(self, leaf: Text) -> bool:
        """Say whether there is something that agrees with every word of a leaf, if not in one paper."""
        return self.look(lambda snapshot: is_known(snapshot, leaf))

    def papers(self) -> set[int]:
        """Return the numbers of all papers in the index."""
        return self.look(lambda snapshot: set(snapshot.papers[snapshot.papers > 0].tolist()))

    def verify(self) -> None:
        """Read every byte of the index and raise IndexDamaged where it is not what was written."""
        self.refresh()
        verify(self._folder, self._state)

    def whoosh(self) -> ArrayIndex:
        """Return the index as it stands as a Whoosh index, to be searched with Whoosh's own queries."""
        from readinglist.index.codec import ArrayIndex

        self.refresh()
        return ArrayIndex(self._state.snapshot)

    def _set(self, state: State, before: State | None = None) -> None:
        """Go on with `state`, unless the state is no longer `before`: what was loaded meanwhile may be older."""
        with self._setting:
            if before is None or self._state is before:
                self._state = state
                self.fresh = False

    def _is_current(self) -> bool:
        return marker_state(self._folder) == self._state.seen

    @contextmanager
    def _as_writer(self) -> Iterator[None]:
        with self._writing:
            held = self._lock.held
            if not self.try_lock():
                raise IndexBusy
            try:
                yield
            finally:
                if not held:
                    self._lock.release()
