"""What can be wrong with a library's database, found by reading it. Changes nothing but through `mend_*`.

SQLite's own check misses most bytes that the disk has turned over (it said ok in 55 % of cases), so notes have a hash.
"""

from __future__ import annotations

from typing import NamedTuple

from readinglist.progress import Progress
from readinglist.store.driver import Connection, DatabaseError, as_bytes, stoppable
from readinglist.store.rows import proof, revision_proof

_REFERENCES = {
    "tags": "paper_tag WHERE paper NOT IN (SELECT id FROM paper) OR tag NOT IN (SELECT id FROM tag)",
    "highlights": "highlight WHERE paper NOT IN (SELECT id FROM paper)",
    "changes": "change WHERE entry NOT IN (SELECT id FROM entry)",
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


def broken_references(connection: Connection) -> dict[str, int]:
    """Return how many rows of what point at something that is not there."""
    found = {}
    for name, where in _REFERENCES.items():
        (count,) = connection.execute(f"SELECT count(*) FROM {where}").fetchone()
        if count:
            found[name] = int(count)
    return found


def mend_references(connection: Connection) -> None:
    """Delete the rows that point at something that is not there, inside the caller's transaction."""
    for where in _REFERENCES.values():
        connection.execute(f"DELETE FROM {where}")


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
