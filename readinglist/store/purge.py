"""Delete papers for good that have been in the trash for long. Inside somebody else's transaction."""

from __future__ import annotations

from readinglist.store.driver import Connection

# A merged paper has to be known as long as the one it was merged into may be met again under its old name.
_OLD = "trashed IS NOT NULL AND trashed < ? AND uid NOT IN (SELECT uid FROM alias)"


def count_purgeable(connection: Connection, before: str) -> int:
    """Return how many papers were put into the trash before a time (RFC 3339, UTC)."""
    return int(connection.execute(f"SELECT count(*) FROM paper WHERE {_OLD}", [before]).fetchone()[0])


def purge(connection: Connection, before: str) -> int:
    """Delete these papers, with their tags and highlights, and have the index forget them; return how many."""
    connection.execute(f"INSERT INTO outbox (paper) SELECT id FROM paper WHERE {_OLD}", [before])
    return int(connection.execute(f"DELETE FROM paper WHERE {_OLD}", [before]).rowcount)
