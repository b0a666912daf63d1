"""Where an import gathers its new papers before one short transaction takes them all: temporary tables.

So the library is locked for the copying only, memory stays bounded, and a cancelled import leaves nothing behind.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from readinglist.changes import highlight_from_json, highlight_to_json
from readinglist.order import key_between
from readinglist.paper import Paper
from readinglist.store.driver import Connection
from readinglist.store.history import Ranges
from readinglist.store.papers import insert_highlights
from readinglist.store.rows import AS_JSON, COLUMNS, PLAIN, from_row, to_row
from readinglist.store.tags import tag_id
from readinglist.store.whole import as_ranges

_NAMES = ", ".join(COLUMNS)
_SELECT = "SELECT n, " + ", ".join((*COLUMNS[: 1 + len(PLAIN)], *AS_JSON)) + ", tags, highlights FROM temp.staged"


class Staging:
    """New papers by a running number `n` from 1, as they will be inserted."""

    def __init__(self, connection: Connection) -> None:
        """Make the tables on a connection that nobody else uses."""
        self._connection = connection
        connection.execute("PRAGMA temp_store = FILE")
        connection.execute(f"CREATE TEMP TABLE staged (n INTEGER PRIMARY KEY, {_NAMES}, tags, highlights)")

    def put(self, papers: Iterable[tuple[int, Paper]]) -> None:
        """Stage papers under their numbers, in place of what was staged there."""
        marks = ", ".join("?" * (len(COLUMNS) + 3))
        self._connection.execute("BEGIN")
        self._connection.executemany(
            f"INSERT OR REPLACE INTO temp.staged VALUES ({marks})",
            (
                (
                    n,
                    *to_row(paper),
                    json.dumps(sorted(paper.tags)) if paper.tags else None,
                    json.dumps([highlight_to_json(h) for h in paper.highlights]) if paper.highlights else None,
                )
                for n, paper in papers
            ),
        )
        self._connection.execute("COMMIT")

    def get(self, n: int) -> Paper | None:
        """Return the paper staged under `n`."""
        row = self._connection.execute(f"{_SELECT} WHERE n = ?", [n]).fetchone()
        if row is None:
            return None
        *values, tags, highlights = row
        return from_row(
            tuple(values),
            frozenset(json.loads(tags or "[]")),
            [highlight_from_json(h) for h in json.loads(highlights or "[]")],
            None,
        )

    def drop(self, numbers: Iterable[int]) -> None:
        """Forget staged papers."""
        self._connection.executemany("DELETE FROM temp.staged WHERE n = ?", ((n,) for n in numbers))

    def arrived_since(self, last: int) -> list[int]:
        """Return the numbers of staged papers that share a key with a paper of the library numbered above `last`."""
        rows = self._connection.execute(
            "SELECT n FROM temp.staged JOIN paper ON paper.id > ?1 AND ("
            " paper.title_key = staged.title_key OR paper.doi_key = staged.doi_key"
            " OR paper.arxiv_key = staged.arxiv_key OR paper.uid = staged.uid)",
            [last],
        )
        return sorted({n for (n,) in rows})

    def insert(self) -> Ranges:
        """Copy everything into the library inside the caller's transaction; return the numbers given, as ranges.

        Papers for Up next go to its bottom, in the order their keys had among themselves.
        """
        connection = self._connection
        self._order_queue()
        base = last_number(connection)
        connection.execute(
            f"INSERT INTO paper (id, {_NAMES}) SELECT ? + n, {_NAMES} FROM temp.staged ORDER BY n", [base]
        )
        connection.execute("INSERT INTO outbox (paper) SELECT ? + n FROM temp.staged ORDER BY n", [base])
        names = connection.execute(
            "SELECT DISTINCT value FROM temp.staged, json_each(tags) WHERE tags IS NOT NULL ORDER BY value"
        ).fetchall()
        for (name,) in names:
            connection.execute(
                "INSERT OR IGNORE INTO paper_tag (paper, tag)"
                " SELECT ? + n, ? FROM temp.staged, json_each(tags) WHERE value = ?",
                [base, tag_id(connection, name), name],
            )
        marked = connection.execute("SELECT n, highlights FROM temp.staged WHERE highlights IS NOT NULL")
        insert_highlights(
            connection,
            [(base + n, highlight_from_json(h)) for n, text in marked for h in json.loads(text)],
        )
        rows: Sequence[tuple[int]] = connection.execute("SELECT ? + n FROM temp.staged ORDER BY n", [base]).fetchall()
        return as_ranges(number for (number,) in rows)

    def _order_queue(self) -> None:
        queue = self._connection.execute(
            "SELECT n FROM temp.staged WHERE status = 'next' ORDER BY order_key IS NULL, order_key, n"
        ).fetchall()
        (last,) = self._connection.execute("SELECT max(order_key) FROM paper WHERE status = 'next'").fetchone()
        rows = []
        for (n,) in queue:
            last = key_between(last, None)
            rows.append((last, n))
        self._connection.executemany("UPDATE temp.staged SET order_key = ? WHERE n = ?", rows)


def last_number(connection: Connection) -> int:
    """Return the highest number that a paper of this library ever had."""
    (number,) = connection.execute(
        "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'paper'), 0),"
        " coalesce((SELECT max(id) FROM paper), 0))"
    ).fetchone()
    return int(number)
