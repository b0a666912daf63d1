"""The connections of one open library: a reader for each thread, one writer, transactions that leave nothing open."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

from readinglist.errors import LibraryDamaged, LibraryMoved, LibraryUnusable
from readinglist.phrase import phrase
from readinglist.store import driver
from readinglist.store.backup import write_copy
from readinglist.store.driver import Connection
from readinglist.store.lock import FolderLock
from readinglist.store.opening import (
    LOCK,
    check_readable,
    close_to_others,
    no_right,
    open_connection,
    prepare,
    read_only_reason,
    upgrade,
)
from readinglist.store.place import Place
from readinglist.store.plain import in_plain_words, of_writing
from readinglist.store.restoring import DATABASE
from readinglist.store.schema import SCHEMA_VERSION, version_of


class Store:
    """An open library folder. Usable from several threads; `close` once, when no other thread uses it any more."""

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        """Open `folder`, making a library in a missing or empty one unless told not to. Raises ReadingListError."""
        self.folder = folder
        try:
            self.mended = prepare(folder, create=create)
            self._lock = self._shared_lock()
        except PermissionError as error:
            raise no_right(folder) from error
        except OSError as error:
            raise LibraryUnusable(
                phrase("{folder} cannot be opened: {reason}.", folder=folder, reason=error)
            ) from error
        try:
            self._open(folder)
        except driver.DatabaseError as error:
            self._let_go()
            plain = in_plain_words(error)
            if plain is not None and not isinstance(plain, LibraryDamaged):
                raise plain from error
            raise LibraryUnusable(
                phrase("{database} is damaged ({error}).", database=folder / DATABASE, error=error),
                "readinglist doctor says more.",
            ) from error
        except BaseException:
            self._let_go()
            raise
        self._writing = threading.RLock()
        self._readers: list[Connection] = []
        self._local = threading.local()
        self._seen_version = self._data_version()

    def _open(self, folder: Path) -> None:
        """Open the writer, after an upgrade where one is needed."""
        self._writer, self.read_only = open_connection(folder)
        if not self.read_only and version_of(self._writer) < SCHEMA_VERSION:
            self._let_go()
            upgrade(folder)
            self._lock = self._shared_lock()
            self._writer, self.read_only = open_connection(folder)
        if self.read_only:
            check_readable(self._writer, folder)
        else:
            self.mended.rights = close_to_others(folder)
        self._place = Place(folder / DATABASE)
        (mode,) = self._writer.execute("PRAGMA journal_mode").fetchone()
        self._changes = folder / f"{DATABASE}-wal" if mode == "wal" else None
        self.library_id = str(self._writer.execute("SELECT value FROM library WHERE key = 'id'").fetchone()[0])

    def _let_go(self) -> None:
        if (writer := getattr(self, "_writer", None)) is not None:
            writer.close()
        self._lock.release()

    def _shared_lock(self) -> FolderLock:
        try:
            return FolderLock(self.folder / LOCK)
        except OSError:
            # A folder that cannot be written has no writers to be kept apart from.
            return FolderLock(self.folder / DATABASE)

    def reader(self) -> Connection:
        """Return this thread's connection for reading."""
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            self._refuse_moved()
            if self.read_only:
                connection, _ = open_connection(self.folder)
            else:
                connection = driver.connect(self.folder / DATABASE)
            connection.execute("PRAGMA query_only = ON")
            self._local.connection = connection
            with self._writing:
                self._readers.append(connection)
        return connection

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give this thread's connection with one unchanging view of the library for the time of the block."""
        connection = self.reader()
        if connection.in_transaction:
            yield connection
            return
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def writing(self, connection: Connection | None = None) -> Iterator[Connection]:
        """Give the writer inside one `BEGIN IMMEDIATE` transaction: committed at the end, rolled back on any error.

        `connection` (from `open_writer`) takes the place of the shared writer. Raises LibraryReadOnly, LibraryBusy
        when another process writes for longer than we wait, or LibraryMoved.
        """
        with self._writing if connection is None else contextlib.nullcontext():
            connection = connection or self._writer
            self.refuse_read_only()
            try:
                driver.begin_writing(connection)
                try:
                    yield connection
                    self._refuse_moved()
                    connection.execute("COMMIT")
                    self._keep_changes(connection)
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
            except driver.OperationalError as error:
                raise of_writing(error) from error

    def _keep_changes(self, connection: Connection) -> None:
        """Put what was just committed into the database itself where the file of changes was taken away.

        SQLite goes on writing to a `-wal` that a program which synchronises folders has deleted, and a crash would lose
        all that is in it.
        """
        if connection is self._writer and self._changes is not None and not self._changes.exists():
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def refuse_read_only(self) -> None:
        """Raise LibraryReadOnly, with the reason, when nothing can be written."""
        if self.read_only:
            raise read_only_reason(self._writer, self.folder)

    def _refuse_moved(self) -> None:
        """Raise LibraryMoved when the file that was opened is not at its path: a system keeps it until it is closed."""
        if self._place.is_left():
            raise LibraryMoved(
                phrase(
                    "The library is not in its place any more ({folder}): it was deleted, moved or replaced. "
                    "Nothing is saved until it is back, or is opened again.",
                    folder=self.folder,
                )
            )

    def open_writer(self) -> Connection:
        """Return another connection for long work with temporary tables; the caller closes it."""
        self.refuse_read_only()
        self._refuse_moved()
        return driver.connect(self.folder / DATABASE)

    def open_reader(self) -> Connection:
        """Return another connection for long reading, as a backup; the caller closes it."""
        self._refuse_moved()
        return open_connection(self.folder)[0] if self.read_only else driver.connect(self.folder / DATABASE)

    def copy_open_file(self, to: Path) -> None:
        """Write a whole, checked copy of what is open to `to`, wherever its file is: a deleted one lives until closed.

        Nothing else is written meanwhile. Raises ReadingListError.
        """
        with self._writing:
            write_copy(self._writer, to)

    def changed_elsewhere(self) -> bool:
        """Say whether another connection has written since this was last asked; False while we are writing.

        Raises LibraryMoved.
        """
        self._refuse_moved()
        if not self._writing.acquire(blocking=False):
            return False
        try:
            if self._writer.in_transaction:
                return False
            version = self._data_version()
            changed, self._seen_version = version != self._seen_version, version
            return changed
        finally:
            self._writing.release()

    def _data_version(self) -> int:
        return int(self._writer.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close every connection and let go of the folder; harmless when done before."""
        with self._writing:
            for connection in self._readers:
                connection.close()
            self._readers.clear()
            self._local = threading.local()
            self._writer.close()
            self._lock.release()
