"""What the history knows of one note. Reads only, and reads also what the disk has damaged."""

from __future__ import annotations

import json
from typing import NamedTuple

from readinglist.store.driver import Connection, as_bytes
from readinglist.store.rows import revision_proof


class NoteChange(NamedTuple):
    """One change of a note, None for no note; `whole`: both texts are as they were written.

    `at`, `label` and `kind` are those of its entry in the history.
    """

    at: str
    label: str
    kind: str
    before: str | None
    after: str | None
    whole: bool


def note_changes(connection: Connection, uid: str) -> list[NoteChange]:
    """Return the changes of the note of a paper in the order they were made.

    Looks through all changes there are (50 ms for a million), so that no edit has to keep an index of them.
    """
    with as_bytes(connection):
        rows = connection.execute(
            "SELECT at, label, kind, before, after, hash FROM change JOIN entry ON entry.id = change.entry"
            " WHERE uid = ? AND field = 'note' ORDER BY change.entry, n",
            [uid],
        ).fetchall()
    return [_change(*row) for row in rows]


def _change(
    at: bytes, label: bytes, kind: bytes, before: bytes | None, after: bytes | None, wanted: bytes | None
) -> NoteChange:
    old, new = (None if stored is None else _decoded(stored) for stored in (before, after))
    whole = wanted is not None and wanted == revision_proof(old, new).encode()
    return NoteChange(_decoded(at), _decoded(label), _decoded(kind), _read(old), _read(new), whole)


def _decoded(stored: bytes) -> str:
    return stored.decode("utf-8", "replace")


def _read(stored: str | None) -> str | None:
    """Return the text that history stores as JSON; of one that is no JSON any more what can be read."""
    if stored is None:
        return None
    try:
        value = json.loads(stored)
    except ValueError:
        return stored.strip('"')
    return value if isinstance(value, str) else None
