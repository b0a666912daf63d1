"""Keep the index in step with the library. The index is disposable: whatever is wrong with it, it is built again."""

from __future__ import annotations

import contextlib
import logging
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from readinglist.index.damaged import IndexBusy, IndexDamaged
from readinglist.library.meaning import Meaning
from readinglist.paper import Paper, PaperId
from readinglist.paths import index_folder
from readinglist.progress import Progress, Silent
from readinglist.store import outbox
from readinglist.store.driver import Connection
from readinglist.store.papers import read_papers

if TYPE_CHECKING:
    from readinglist.index.index import Index

log = logging.getLogger(__name__)

_ROWS = 20_000
_READ = 500
_MANY = 5_000
"""After so many papers at once the index is folded: a second's work that makes every search quicker."""
_WAIT_S = 0.05
_PATIENCE_S = 30.0


class Indexing(Meaning):
    """The index of an open library."""

    _index: Index | None = None
    _index_guard: threading.Lock

    def pending(self) -> int:
        """Return how many papers the index has still to take in."""
        if self.read_only:
            return self._live_papers() if self._lacks_all() else 0
        self._opened_index()
        return outbox.pending_count(self._store.reader())

    def _behind(self, connection: Connection, limit: int = -1) -> list[int]:
        """Return the papers that the index has not taken in, or not as they are now; `limit` of them (-1: all)."""
        if self.read_only:
            if self._lacks_all():
                return [number for (number,) in connection.execute("SELECT id FROM paper ORDER BY id LIMIT ?", [limit])]
            if self._opened_index().last_seq == outbox.last_seq(connection):
                return []  # the rows that are left cannot be let go of
        return outbox.pending_ids(connection, limit)

    def _lacks_all(self) -> bool:
        """Say whether every paper of a library that cannot be written is missing: its outbox does not hold them."""
        index = self._opened_index()
        if index.fresh:
            with contextlib.suppress(IndexDamaged):
                index.refresh()  # another process may have made it meanwhile
        return index.fresh

    def update_index(self, progress: Progress | None = None) -> int:
        """Bring the index up to date; return how many papers it took in.

        Returns at once when another process is doing it. `Cancelled` leaves what is done done.
        """
        progress = progress or Silent()
        index = self._opened_index()
        if not index.try_lock():
            return 0
        try:
            return self._index_all(index, progress) if self.read_only else self._drain(index, progress)
        except IndexDamaged:
            log.warning("the index is damaged and is built again")
            self._throw_away()
            return self.update_index(progress)
        finally:
            index.unlock()

    def rebuild_index(self, progress: Progress | None = None) -> int:
        """Throw the index away and build it again; return how many papers it holds then.

        Raises IndexBusy when another process writes it for long, and Cancelled.
        """
        until = time.monotonic() + _PATIENCE_S
        while not self._throw_away_alone():
            if time.monotonic() > until:
                raise IndexBusy
            (progress or Silent()).step(0, None)
            time.sleep(_WAIT_S)
        return self.update_index(progress)

    def _throw_away_alone(self) -> bool:
        """Throw the index away unless another process is writing it: it would write on into nothing."""
        try:
            with self._opened_index().kept_still() as still:
                if still:
                    self._throw_away()
                return still
        except IndexDamaged:
            self._throw_away()
            return True

    def tidy_index(self) -> None:
        """Make searches quicker in an idle moment, where edits have been taken in; takes some tenths of a second.

        Does nothing while another process writes the index, or where it is damaged: the next search finds that out.
        """
        if not self.read_only:
            with contextlib.suppress(IndexBusy, IndexDamaged):
                self._opened_index().tidy()

    def wait_for_index(self) -> None:
        """Return when every committed edit is in the index, bringing it up to date here or waiting for whoever does."""
        while self.pending():
            if not self.update_index():
                time.sleep(_WAIT_S)

    def _drain(self, index: Index, progress: Progress) -> int:
        connection = self._store.reader()
        total = outbox.pending_count(connection)
        done = 0
        while True:
            ids, last = outbox.next_batch(connection, _ROWS)
            if not ids:
                if done >= _MANY:
                    index.fold(progress)
                return done
            step = _Onward(progress, done, max(total, done + len(ids)))
            gone = {PaperId(number) for number in ids}
            before = index.last_seq
            index.update(self._read(ids, gone), gone, last_seq=last, progress=step)
            self.embed_edited(ids, before, last)
            with self._store.writing() as writer:
                outbox.forget(writer, last)
            done += len(ids)

    def _index_all(self, index: Index, progress: Progress) -> int:
        """Build the index of a library that cannot be written, and so has no outbox of what is missing."""
        if not index.fresh:
            return 0
        connection = self._store.reader()
        ids = [number for (number,) in connection.execute("SELECT id FROM paper ORDER BY id")]
        index.update(self._read(ids, set()), (), last_seq=outbox.last_seq(connection), progress=progress)
        return len(ids)

    def _read(self, ids: Sequence[int], gone: set[PaperId]) -> Iterator[Paper]:
        """Yield the papers of `ids`, and take each one's number out of `gone`."""
        connection = self._store.reader()
        for first in range(0, len(ids), _READ):
            for paper in read_papers(connection, ids[first : first + _READ]):
                gone.discard(paper.id)
                yield paper

    def _opened_index(self) -> Index:
        """Return the index, opened and checked against the library once; one that does not agree is thrown away."""
        with self._index_guard:
            if self._index is None:
                self._index = self._open_index()
            return self._index

    def _open_index(self) -> Index:
        # numpy comes with the index, and neither is needed to list papers.
        from readinglist.index.index import Index
        from readinglist.index.stamp import Stamp

        folder = index_folder(self.library_id, self.folder)
        index = Index.open(folder, Stamp(self.library_id))
        if not index.fresh and not self._agrees(index) and self._disagrees_for_sure(index):
            index.close()
            self._embeddings = None
            shutil.rmtree(folder, ignore_errors=True)
            index = Index.open(folder, Stamp(self.library_id))
        if index.fresh and not self.read_only and self._live_papers():
            with self._store.writing() as writer:
                outbox.enqueue_all(writer)
        return index

    def _agrees(self, index: Index) -> bool:
        """Say whether the index is of this very state of the library, but for what waits in the outbox."""
        connection = self._store.reader()
        last = outbox.last_seq(connection)
        if index.last_seq > last:
            return False  # the library is older than its index: a backup has been put back
        if self.read_only and index.last_seq == last:
            return index.count == self._live_papers()  # what it has taken in cannot be let go of
        if 0 < outbox.first_seq(connection) <= index.last_seq:
            return False  # it was edited since then, or killed between the commit of the index and that of the outbox
        return outbox.pending_count(connection) > 0 or index.count == self._live_papers()

    def _disagrees_for_sure(self, index: Index) -> bool:
        """Say the same while nobody can take papers in: between two looks another process may have done so."""
        with index.kept_still() as still, self._store.reading():
            return still and not self._agrees(index)

    def _live_papers(self) -> int:
        return int(self._store.reader().execute("SELECT count(*) FROM paper").fetchone()[0])

    def _throw_away(self) -> None:
        with self._index_guard:
            if self._index is not None:
                self._index.close()
                self._index = None
            self._embeddings = None
            shutil.rmtree(index_folder(self.library_id, self.folder), ignore_errors=True)


class _Onward:
    """A progress that goes on from what earlier batches did."""

    def __init__(self, progress: Progress, before: int, total: int) -> None:
        self._progress, self._before, self._total = progress, before, total

    def step(self, done: int, total: int | None, text: str = "") -> None:
        self._progress.step(self._before + done, self._total, text)
