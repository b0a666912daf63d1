"""What can be wrong with a library's database, found by reading it. Changes nothing but through `mend_*`.

SQLite's own check misses most bytes that the disk has turned over (it said ok in 55 % of cases), so notes have a hash.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, NamedTuple

from readinglist.paper import Status
from readinglist.progress import Progress
from readinglist.store.driver import Connection, DatabaseError, as_bytes, stoppable
from readinglist.store.papers import read_papers
from readinglist.store.rows import AS_JSON, KEYS, NUMBERS, PLAIN, from_column, key_values, proof, revision_proof

_NAMES = {
    "paper_tag": "tag",
    "change": "change in the history",
    "entry": "entry of the history",
    "feed_state": "state of a feed",
}
_ROWS_A_STEP = 256
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


class _References(NamedTuple):
    """The foreign keys of a table, of those whose rows go with what they point at or of the others.

    `broken` has for each column what finds the rows in which it points at something that is not there.
    """

    table: str
    cascades: bool
    broken: dict[str, str]

    @property
    def where(self) -> str:
        """What finds all such rows."""
        return " OR ".join(self.broken.values())


def _references(connection: Connection) -> list[_References]:
    found = []
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        keys = connection.execute("SELECT * FROM pragma_foreign_key_list(?)", [table]).fetchall()
        for cascades in (True, False):
            broken = {
                key[3]: f'"{key[3]}" NOT IN (SELECT "{key[4] or "rowid"}" FROM "{key[2]}")'
                for key in keys
                if (key[6] == "CASCADE") is cascades
            }
            if broken:
                found.append(_References(table, cascades, broken))
    return found


def broken_references(connection: Connection) -> dict[str, int]:
    """Return how many rows of what point at something that is not there."""
    found: dict[str, int] = {}
    for references in _references(connection):
        table = references.table
        (count,) = connection.execute(f'SELECT count(*) FROM "{table}" WHERE {references.where}').fetchone()
        if count:
            name = _NAMES.get(table, table)
            found[name] = found.get(name, 0) + int(count)
    return found


def mend_references(connection: Connection) -> None:
    """Remove what points at something that is not there, inside the caller's transaction.

    A row that belongs to it goes, as it would have gone with it; another one only lets go of it.
    """
    for references in _references(connection):
        if references.cascades:
            connection.execute(f'DELETE FROM "{references.table}" WHERE {references.where}')
            continue
        for name, where in references.broken.items():
            connection.execute(f'UPDATE "{references.table}" SET "{name}" = NULL WHERE {where}')


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


def damaged_papers(connection: Connection, progress: Progress, number: int | None = None) -> dict[int, list[str]]:
    """Return the columns of papers (or of one) that cannot be read as what they are; notes have their own check.

    Raises Cancelled.
    """
    texts = [name for name in ("uid", *PLAIN) if name not in (*NUMBERS, "status", "note")]
    columns = [*texts, "status", *NUMBERS, *AS_JSON]
    # Text comes as bytes here, and so would a BLOB.
    types = " || ',' || ".join(f"typeof({name})" for name in columns)
    where = "" if number is None else f" WHERE id = {number:d}"
    found: dict[int, list[str]] = {}
    with as_bytes(connection):
        rows = connection.execute(f"SELECT id, {types}, {', '.join(columns)} FROM paper{where}")
        for row, (key, kinds, *values) in enumerate(rows):
            if row % _ROWS_A_STEP == 0:
                progress.step(row, None)
            wrong = [
                name
                for name, kind, value in zip(columns, kinds.decode().split(","), values, strict=True)
                if kind != "null" and not _is_readable(name, kind, value)
            ]
            if wrong:
                found[int(key)] = wrong
    return found


def _is_readable(name: str, kind: str, value: Any) -> bool:
    if name in NUMBERS:
        return kind == "integer"
    if kind != "text":
        return False
    try:
        text = value.decode()
        if name == "status":
            Status(text)
        elif name in AS_JSON:
            from_column(name, text)
    except (ValueError, TypeError, RecursionError):
        return False
    return True


def make_readable(connection: Connection, number: int, columns: Iterable[str], uid: str | None) -> None:
    """Give damaged columns of a paper something that can be read, inside the caller's transaction."""
    for name in columns:
        with as_bytes(connection):
            (value,) = connection.execute(f"SELECT {name} FROM paper WHERE id = ?", [number]).fetchone()
        readable: object = None
        if name == "uid":
            readable = uid or str(uuid.uuid4())
        elif name == "status":
            readable = str(Status.INBOX)
        elif name == "starred":
            readable = 0
        elif name not in (*NUMBERS, *AS_JSON):
            readable = (value if isinstance(value, bytes) else str(value).encode()).decode("utf-8", "replace")
        connection.execute(f"UPDATE paper SET {name} = ? WHERE id = ?", [readable, number])


def take_in_anew(connection: Connection, number: int) -> None:
    """Have keys and index of a paper follow from what it is now, inside the caller's transaction."""
    (paper,) = read_papers(connection, [number])
    settings = ", ".join(f"{name} = ?" for name in KEYS)
    connection.execute(f"UPDATE paper SET {settings} WHERE id = ?", [*key_values(paper), number])
    connection.execute("INSERT INTO outbox (paper) VALUES (?)", [number])


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
