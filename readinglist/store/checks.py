"""What can be wrong with a library's database, found by reading it. Changes nothing but through `mend_*`.

SQLite's own check misses most bytes that the disk has turned over (it said ok in 55 % of cases), so notes have a hash.
"""

from __future__ import annotations

from typing import NamedTuple

from readinglist.progress import Progress
from readinglist.store.driver import Connection, DatabaseError, as_bytes, stoppable
from readinglist.store.rows import proof, revision_proof

_NAMES = {
    "paper_tag": "tag",
    "change": "change in the history",
    "entry": "entry of the history",
    "feed_state": "state of a feed",
}
_COUNTERS = (("paper", "id"), ("entry", "id"), ("outbox", "seq"))


class Damaged(NamedTuple):
    """A note that is not what was written; `whole` is its last revision that is, as JSON text, or None."""

    paper: int
    title: str
    whole: str | None


def integrity(connection: Connection, progress: Progress) -> list[str]:
    """Return what SQLite finds wrong with the file, at most five sentences."""
    try:
        with stoppable(connection, progress):
            answers = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)")]
    except DatabaseError as error:
        answers = [str(error)]
    return [] if answers == ["ok"] else answers


class _Reference(NamedTuple):
    """A foreign key: the table, its column, whether its rows go with what they point at, and which rows are broken."""

    table: str
    column: str
    cascades: bool
    where: str


def _references(connection: Connection) -> list[_Reference]:
    """Return the foreign keys of all tables."""
    found = []
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for key in connection.execute("SELECT * FROM pragma_foreign_key_list(?)", [table]).fetchall():
            parent, column, target, on_delete = key[2], key[3], key[4] or "rowid", key[6]
            where = f'"{column}" IS NOT NULL AND "{column}" NOT IN (SELECT "{target}" FROM "{parent}")'
            found.append(_Reference(table, column, on_delete == "CASCADE", where))
    return found


def broken_references(connection: Connection) -> dict[str, int]:
    """Return how many rows of what point at something that is not there."""
    found: dict[str, int] = {}
    for reference in _references(connection):
        table = reference.table
        (count,) = connection.execute(f'SELECT count(*) FROM "{table}" WHERE {reference.where}').fetchone()
        if count:
            name = _NAMES.get(table, table)
            found[name] = found.get(name, 0) + int(count)
    return found


def mend_references(connection: Connection) -> None:
    """Remove what points at something that is not there, inside the caller's transaction.

    A row that belongs to it goes, as it would have gone with it; another one only lets go of it.
    """
    for reference in _references(connection):
        what = f'DELETE FROM "{reference.table}"'
        if not reference.cascades:
            what = f'UPDATE "{reference.table}" SET "{reference.column}" = NULL'
        connection.execute(f"{what} WHERE {reference.where}")


def lagging_counters(connection: Connection) -> list[str]:
    """Return the tables whose highest number was never given out: the file was put together from two."""
    found = []
    for table, column in _COUNTERS:
        (highest,) = connection.execute(f"SELECT coalesce(max({column}), 0) FROM {table}").fetchone()
        row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", [table]).fetchone()
        if highest > (row[0] if row else 0):
            found.append(table)
    return found


def damaged_notes(connection: Connection) -> list[Damaged]:
    """Return the notes that are not what was written."""
    with as_bytes(connection):
        rows = connection.execute(
            "SELECT id, uid, title, note, note_hash FROM paper WHERE note IS NOT NULL OR note_hash IS NOT NULL"
        ).fetchall()
        found = []
        for number, uid, title, note, hashed in rows:
            if not _agrees(note, hashed):
                found.append(Damaged(number, title.decode("utf-8", "replace"), _last_whole(connection, uid, hashed)))
    return found


def _agrees(note: bytes | None, hashed: bytes | None) -> bool:
    try:
        text = None if note is None else note.decode()
    except UnicodeDecodeError:
        return False
    expected = proof(text)
    return hashed == (None if expected is None else expected.encode())


def _last_whole(connection: Connection, uid: bytes, hashed: bytes | None) -> str | None:
    """Return the newest revision of a note that is as it was written."""
    rows = connection.execute(
        "SELECT before, after, hash FROM change WHERE uid = ? AND field = 'note' ORDER BY entry DESC",
        [uid.decode("utf-8", "replace")],
    )
    for before, after, wanted in rows:
        try:
            texts = [None if text is None else text.decode() for text in (before, after)]
        except UnicodeDecodeError:
            continue
        if wanted == revision_proof(*texts).encode() and texts[1] is not None:
            return str(texts[1])
    return None


def damaged_revisions(connection: Connection) -> int:
    """Return how many earlier versions of notes in the history are not what was written."""
    with as_bytes(connection):
        rows = connection.execute("SELECT before, after, hash FROM change WHERE field = 'note' AND hash IS NOT NULL")
        return sum(not _revision_agrees(*row) for row in rows)


def _revision_agrees(before: bytes | None, after: bytes | None, wanted: bytes) -> bool:
    try:
        texts = [None if text is None else text.decode() for text in (before, after)]
    except UnicodeDecodeError:
        return False
    return wanted == revision_proof(*texts).encode()
