"""The library as everybody outside sees it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from readinglist.errors import ReadingListError
from readinglist.library.charting import Charting
from readinglist.paper import PaperId
from readinglist.paths import installation_id
from readinglist.phrase import phrase
from readinglist.progress import Progress
from readinglist.store.store import Store

if TYPE_CHECKING:
    from readinglist.library.reports import ExportFormat


def _local_now() -> datetime:
    return datetime.now().astimezone()


class Library(Charting):
    """An open library: papers, edits, imports, searches, care. A context manager; usable from several threads.

    Each part is a class of its own, one built on the other: `Edits`, `Undoing`, `Noting`, `Annotating`, `Duplicating`,
    `TakingIn`, `Meaning`, `Indexing`, `Finding`, `Discovering`, `Suggesting`, `Completing`, `Safety`, `Care`,
    `Statistics`, `Trending`, `Digesting`, `Feeding`, `Refreshing`, `Charting`.
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

    def export(self, query: str, format_name: str, *, ids: list[PaperId] | None = None) -> Iterator[str]:
        """Return the papers a query finds in a format, piece by piece. Raises ReadingListError, QueryError.

        Never the relaxed answer: what was asked for is taken along, and nothing else. `ids` are what the query finds,
        where that is known already.
        """
        from readinglist.formats.table import write

        ids = self.search(query, relax=False).ids if ids is None else ids
        return write(self.read_all(ids), format_name)

    def export_folder(
        self, query: str, format_name: str, folder: Path, progress: Progress, *, ids: list[PaperId] | None = None
    ) -> list[str]:
        """Write the papers a query finds into a folder, in a format that is one; return the files left alone.

        These are those that somebody has edited since they were written. Raises as `export` and `write_folder` do.
        """
        from readinglist.formats.folder import write_folder
        from readinglist.formats.table import format_called

        write = format_called(format_name).files
        if write is None:
            raise ReadingListError(phrase("The format {format_name} is a file, not a folder.", format_name=format_name))
        ids = self.search(query, relax=False).ids if ids is None else ids
        return list(write_folder(self.read_all(ids), len(ids), write, folder, progress).edited)

    @staticmethod
    def export_formats() -> list[ExportFormat]:
        """Return the formats that papers can be written in."""
        from readinglist.formats.table import FORMATS
        from readinglist.library.reports import ExportFormat

        return [
            ExportFormat(name, each.label, "" if each.files else each.suffixes[0], each.files is not None)
            for name, each in FORMATS.items()
            if each.can_write
        ]

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
