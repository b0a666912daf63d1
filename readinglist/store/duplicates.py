"""What is known of papers that are one: what candidates are found by, merged papers, pairs told to be two.

Writes happen inside somebody else's transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from readinglist.store.driver import Connection

if TYPE_CHECKING:
    from readinglist.duplicates import Brief

_AT_A_TIME = 2_000
_OF_THESE = "IN (SELECT value FROM json_each(?))"


def read_briefs(connection: Connection) -> list[Brief]:
    """Return what candidates are found by, for every paper outside the trash, the oldest number first."""
    from readinglist.duplicates import Brief

    briefs: list[Brief] = []
    last = 0
    while True:
        # Some thousand as one row: one row each would give Python's lock away as often, all of them at once would keep
        # it from the window for a tenth of a second.
        (rows,) = connection.execute(
            "SELECT json_group_array(json_array(id, title_key, doi_key, arxiv_key, author_key, year)) FROM"
            " (SELECT * FROM paper WHERE +trashed IS NULL AND id > ? ORDER BY id LIMIT ?)",
            [last, _AT_A_TIME],
        ).fetchone()
        some = [Brief(*row) for row in json.loads(rows)]
        if not some:
            return briefs
        briefs += some
        last = some[-1].id


def merged_into(connection: Connection, ids: Iterable[int]) -> dict[int, int]:
    """Return where papers in the trash have been merged into, in the end; those that were not are left out."""
    rows = connection.execute(
        f"""
        WITH RECURSIVE follow(start, uid, steps) AS (
            SELECT paper.id, alias.kept, 1 FROM paper JOIN alias ON alias.uid = paper.uid
            WHERE paper.id {_OF_THESE} AND trashed IS NOT NULL
            UNION
            SELECT start, alias.kept, steps + 1 FROM follow
            JOIN paper ON paper.uid = follow.uid AND trashed IS NOT NULL
            JOIN alias ON alias.uid = follow.uid WHERE steps < 100
        )
        SELECT start, paper.id FROM follow JOIN paper ON paper.uid = follow.uid WHERE trashed IS NULL
        """,
        [json.dumps(list(ids))],
    )
    return dict(rows.fetchall())


def alias_of(connection: Connection, uid: str) -> str | None:
    """Return the uid of the paper that `uid` was merged into, or None."""
    row = connection.execute("SELECT kept FROM alias WHERE uid = ?", [uid]).fetchone()
    return str(row[0]) if row else None


def set_alias(connection: Connection, uid: str, kept: str | None) -> None:
    """Say that the paper `uid` was merged into another, or (None) that it was not."""
    connection.execute("DELETE FROM alias WHERE uid = ?", [uid])
    if kept is not None:
        connection.execute("INSERT INTO alias (uid, kept) VALUES (?, ?)", [uid, kept])


def pair_name(one: str, other: str) -> str:
    """Return the name of a pair of papers, given by uid in any order."""
    return " ".join(sorted((one, other)))


def is_apart(connection: Connection, name: str) -> str | None:
    """Return "yes" when the reader has said of the pair called `name` that it is two papers, else None."""
    row = connection.execute("SELECT 1 FROM apart WHERE pair = ?", [name]).fetchone()
    return "yes" if row else None


def set_apart(connection: Connection, name: str, apart: str | None) -> None:
    """Keep that a pair is two papers, or (None) forget it."""
    if apart is None:
        connection.execute("DELETE FROM apart WHERE pair = ?", [name])
    else:
        connection.execute("INSERT OR IGNORE INTO apart (pair) VALUES (?)", [name])


def all_apart(connection: Connection) -> frozenset[str]:
    """Return the names of all pairs that are two papers."""
    return frozenset(name for (name,) in connection.execute("SELECT pair FROM apart"))
