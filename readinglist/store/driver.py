"""The one module that imports the SQLite driver; all databases are opened through it.

Two drivers on one file in one process break POSIX locks ("How to corrupt an SQLite database file" §2.2.1).
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from readinglist.progress import Cancelled, Progress

if TYPE_CHECKING:
    import sqlite3 as driver
else:
    try:
        import pysqlite3.dbapi2 as driver
    except ImportError:  # no wheel for this machine; sqlite-utils falls back in the same order
        import sqlite3 as driver

Connection = driver.Connection
DatabaseError = driver.DatabaseError
OperationalError = driver.OperationalError
Row = tuple[Any, ...]

VERSION = tuple(int(part) for part in driver.sqlite_version.split("."))
WAL_IS_SAFE = VERSION >= (3, 51, 3)
"""Before 3.51.3 two processes that write and checkpoint can corrupt a WAL database (the WAL-reset bug)."""

BUSY_MS = 5000
"""How long a statement waits for another process's lock."""


class _Connection(Connection):
    """A connection whose errors can be read: the driver takes it for granted that SQLite's are UTF-8.

    They quote the table definitions of the file, which a disk may have damaged.
    """

    def execute(self, sql: str, values: Any = (), /) -> driver.Cursor:
        try:
            return super().execute(sql, values)
        except UnicodeDecodeError as error:
            raise _unreadable(error) from error

    def executemany(self, sql: str, rows: Any, /) -> driver.Cursor:
        try:
            return super().executemany(sql, rows)
        except UnicodeDecodeError as error:
            raise _unreadable(error) from error


def _unreadable(error: UnicodeDecodeError) -> DatabaseError:
    said = error.object.decode("utf-8", "backslashreplace")
    return DatabaseError("".join(char if char.isprintable() else " " for char in said))


def connect(path: Path, *, mode: str = "rw", immutable: bool = False) -> Connection:
    """Open the database at `path` in autocommit mode; `mode` is `ro`, `rw` or `rwc` as in SQLite's URIs.

    `immutable` reads a file on a medium that nobody can write. Raises OperationalError.
    """
    uri = f"file:{quote(os.fsencode(path.resolve()))}?mode={mode}" + ("&immutable=1" if immutable else "")
    connection = driver.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000, factory=_Connection
    )
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    # A library may come from somebody else: its schema must not run anything.
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -32768")
    return connection


def connect_to_memory() -> Connection:
    """Open an empty database in memory."""
    connection: Connection = driver.connect(":memory:", isolation_level=None, factory=_Connection)
    return connection


_LOOK_S = 0.002


def begin_writing(connection: Connection) -> None:
    """Begin a transaction that writes, waiting `BUSY_MS` for another process's to end.

    SQLite's own waiting soon looks every 100 ms only, and goes without for seconds beside one who writes all the time.
    Raises OperationalError.
    """
    until = time.monotonic() + BUSY_MS / 1000
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except OperationalError as error:
                if not is_busy(error) or time.monotonic() > until:
                    raise
                time.sleep(_LOOK_S)
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")


_STEPS = 100_000
"""Instructions of SQLite's machine between two looks at whether to stop: some milliseconds."""


@contextlib.contextmanager
def stoppable(connection: Connection, progress: Progress) -> Iterator[None]:
    """Let `progress` stop the statements of the block; raises its `Cancelled`."""
    stopped: list[Cancelled] = []

    def look() -> int:
        try:
            progress.step(0, None)
        except Cancelled as error:
            stopped.append(error)
        return len(stopped)

    connection.set_progress_handler(look, _STEPS)
    try:
        yield
    except DatabaseError:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


@contextlib.contextmanager
def as_bytes(connection: Connection) -> Iterator[None]:
    """Read text as it is stored: a damaged one may not be decodable."""
    connection.text_factory = bytes
    try:
        yield
    finally:
        connection.text_factory = str


def is_busy(error: BaseException) -> bool:
    """Say whether SQLite gave up waiting for a lock."""
    return isinstance(error, OperationalError) and ("locked" in str(error) or "busy" in str(error))


def is_full(error: BaseException) -> bool:
    """Say whether the disk is full."""
    return isinstance(error, OperationalError) and "full" in str(error)


def is_read_only(error: BaseException) -> bool:
    """Say whether the file or its folder cannot be written."""
    return isinstance(error, OperationalError) and "readonly" in str(error)


def is_failing(error: BaseException) -> bool:
    """Say whether the system could not read, write or open the file, whatever is in it."""
    return isinstance(error, OperationalError) and ("disk I/O" in str(error) or "unable to open" in str(error))
