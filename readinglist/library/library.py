"""The library as everybody outside sees it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType

from readinglist.library.care import Care
from readinglist.paths import installation_id
from readinglist.store.store import Store


def _local_now() -> datetime:
    return datetime.now().astimezone()


class Library(Care):
    """An open library: papers, edits, imports, searches, care. A context manager; usable from several threads.

    Each part is a class of its own, one built on the other: `Edits`, `Undoing`, `Annotating`, `Duplicating`,
    `TakingIn`, `Indexing`, `Finding`, `Discovering`, `Completing`, `Safety`, `Care`.
    """

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        create: bool = True,
        clock: Callable[[], datetime] = _local_now,
    ) -> Library:
        """Open the library in `folder`, making one in a missing or empty folder unless told not to.

        `clock` gives aware local times. Raises ReadingListError for anything that is not a library, and
        LibraryBusy while one is being repaired.
        """
        folder = Path(folder)
        library = cls(Store(folder, create=create), actor=installation_id(), clock=clock)
        library._index_guard = threading.Lock()
        library._kept = threading.local()
        return library

    def export(self, query: str, format_name: str) -> Iterator[str]:
        """Return the papers a query finds in a format, piece by piece. Raises ReadingListError, QueryError.

        Never the relaxed answer: what was asked for is taken along, and nothing else.
        """
        from readinglist.formats.table import write

        ids = self.search(query, relax=False).ids
        return write(self.read_all(ids), format_name)

    def close(self) -> None:
        """Close everything; harmless when done before."""
        if self._index is not None:
            self._index.close()
            self._index = None
        self._store.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
