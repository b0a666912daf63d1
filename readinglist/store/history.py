"""Entries of the history and their changes. Writes happen inside somebody else's transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from readinglist.changes import Change
from readinglist.store.driver import Connection, Row
from readinglist.store.rows import revision_proof
from readinglist.text.clean import clean_line

Ranges = tuple[tuple[int, int], ...]
"""Numbers of papers as ascending (first, last) pairs, both included."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One edit as history tells of it.

    `kind` is `edit`, `undo` or `redo`; `edited` counts papers; `papers` holds, by `added`, `trashed` and `restored`,
    the papers that the entry treated as a whole; `undone`: a later entry has taken it back.
    """

    id: int
    at: str
    label: str
    kind: str
    edited: int
    undone: bool
    session: str
    stretch: str | None
    reverses: int | None
    papers: dict[str, Ranges]


_SELECT = "SELECT id, at, label, kind, edited, reversed_by IS NOT NULL, session, stretch, reverses, papers FROM entry"


def add_entry(
    connection: Connection,
    *,
    actor: str,
    session: str,
    at: str,
    kind: str,
    label: str,
    edited: int,
    changes: Sequence[Change],
    papers: dict[str, Ranges] | None = None,
    stretch: str | None = None,
    reverses: int | None = None,
) -> int:
    """Append an entry with its changes; return its number. An entry that reverses another marks it."""
    (seq,) = connection.execute("SELECT coalesce(max(seq), 0) + 1 FROM entry WHERE actor = ?", [actor]).fetchone()
    cursor = connection.execute(
        "INSERT INTO entry (actor, seq, session, at, kind, label, edited, stretch, papers, reverses)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            actor,
            seq,
            session,
            at,
            kind,
            label,
            edited,
            stretch,
            json.dumps(papers) if papers else None,
            reverses,
        ],
    )
    entry = int(cursor.lastrowid or 0)
    connection.executemany(
        "INSERT INTO change (entry, n, uid, field, before, after, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((entry, n, c.uid, c.field, *_written(c)) for n, c in enumerate(changes)),
    )
    if reverses is not None:
        connection.execute("UPDATE entry SET reversed_by = ? WHERE id = ?", [entry, reverses])
    return entry


def continue_entry(connection: Connection, entry: int, at: str, change: Change) -> None:
    """Make the one change of `entry` lead to where `change` leads (more of one stretch of writing)."""
    (before,) = connection.execute("SELECT before FROM change WHERE entry = ?", [entry]).fetchone()
    after = _text(change.after)
    connection.execute(
        "UPDATE change SET after = ?, hash = ? WHERE entry = ?", [after, revision_proof(before, after), entry]
    )
    connection.execute("UPDATE entry SET at = ? WHERE id = ?", [at, entry])


def get_entry(connection: Connection, number: int) -> Entry | None:
    """Return one entry, or None."""
    row = connection.execute(f"{_SELECT} WHERE id = ?", [number]).fetchone()
    return _entry(row) if row else None


def newest_entry(connection: Connection) -> Entry | None:
    """Return the last entry of all, or None."""
    row = connection.execute(f"{_SELECT} ORDER BY id DESC LIMIT 1").fetchone()
    return _entry(row) if row else None


def newest_to_undo(connection: Connection, session: str | None) -> Entry | None:
    """Return the newest edit or redo that still stands (made in `session`, when given), or None."""
    row = connection.execute(
        f"{_SELECT} WHERE reversed_by IS NULL AND kind IN ('edit', 'redo') AND (?1 IS NULL OR session = ?1)"
        " ORDER BY id DESC LIMIT 1",
        [session],
    ).fetchone()
    return _entry(row) if row else None


def newest_to_redo(connection: Connection, session: str | None) -> Entry | None:
    """Return the newest undo that still stands and that no edit came after, or None."""
    row = connection.execute(
        f"{_SELECT} WHERE reversed_by IS NULL AND kind = 'undo' AND (?1 IS NULL OR session = ?1) AND id >"
        " (SELECT coalesce(max(id), 0) FROM entry WHERE kind = 'edit' AND (?1 IS NULL OR session = ?1))"
        " ORDER BY id DESC LIMIT 1",
        [session],
    ).fetchone()
    return _entry(row) if row else None


def list_entries(connection: Connection, limit: int) -> list[Entry]:
    """Return the newest `limit` entries, newest first."""
    return [_entry(row) for row in connection.execute(f"{_SELECT} ORDER BY id DESC LIMIT ?", [limit])]


def read_changes(connection: Connection, entry: int) -> list[Change]:
    """Return the changes of an entry in the order they were made."""
    rows = connection.execute("SELECT uid, field, before, after FROM change WHERE entry = ? ORDER BY n", [entry])
    return [Change(uid, field, _value(before), _value(after)) for uid, field, before, after in rows]


def _entry(row: Row) -> Entry:
    *values, papers = row
    number, at, label, kind, edited, undone, session, stretch, reverses = values
    ranges = {what: tuple((first, last) for first, last in pairs) for what, pairs in json.loads(papers or "{}").items()}
    return Entry(number, at, clean_line(label), kind, edited, bool(undone), session, stretch, reverses, ranges)


def _written(change: Change) -> Row:
    """Return before, after and the hash as the table has them; of notes alone is proof kept."""
    before, after = _text(change.before), _text(change.after)
    return before, after, revision_proof(before, after) if change.field == "note" else None


def _text(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _value(text: str | None) -> object:
    return None if text is None else json.loads(text)
