"""What the index has still to take in. Writes happen inside somebody else's transaction."""

from __future__ import annotations

from readinglist.store.driver import Connection


def pending_count(connection: Connection) -> int:
    """Return how many papers wait for the index."""
    return int(connection.execute("SELECT count(DISTINCT paper) FROM outbox").fetchone()[0])


def pending_ids(connection: Connection, limit: int) -> list[int]:
    """Return the papers that wait, the first `limit` of them."""
    return [n for (n,) in connection.execute("SELECT DISTINCT paper FROM outbox LIMIT ?", [limit])]


def next_batch(connection: Connection, limit: int) -> tuple[list[int], int]:
    """Return the papers of the first `limit` rows, without repeats, and the last row's sequence number (0: none)."""
    rows = connection.execute("SELECT seq, paper FROM outbox ORDER BY seq LIMIT ?", [limit]).fetchall()
    return list(dict.fromkeys(paper for _, paper in rows)), rows[-1][0] if rows else 0


def forget(connection: Connection, last_seq: int) -> None:
    """Delete the rows up to a sequence number: the index has them."""
    connection.execute("DELETE FROM outbox WHERE seq <= ?", [last_seq])


def first_seq(connection: Connection) -> int:
    """Return the lowest sequence number that waits (0: none)."""
    return int(connection.execute("SELECT coalesce(min(seq), 0) FROM outbox").fetchone()[0])


def last_seq(connection: Connection) -> int:
    """Return the highest sequence number ever given."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'").fetchone()
    return int(row[0]) if row else 0


def enqueue_all(connection: Connection) -> None:
    """Queue every paper for the index, in place of what waits."""
    connection.execute("DELETE FROM outbox")
    connection.execute("INSERT INTO outbox (paper) SELECT id FROM paper ORDER BY id")
