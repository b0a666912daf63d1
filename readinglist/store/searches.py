"""Saved searches. Writes happen inside somebody else's transaction."""

from __future__ import annotations

from readinglist.store.driver import Connection
from readinglist.text.clean import clean_line


def list_searches(connection: Connection) -> list[tuple[str, str]]:
    """Return names and queries, by name."""
    return [
        (clean_line(n), clean_line(q)) for n, q in connection.execute("SELECT name, query FROM search ORDER BY name")
    ]


def query_of(connection: Connection, name: str) -> str | None:
    """Return the query saved under `name` in any case, or None."""
    row = connection.execute("SELECT query FROM search WHERE name = ?", [name]).fetchone()
    return str(row[0]) if row else None


def set_query(connection: Connection, name: str, query: str | None) -> None:
    """Save a query under a name, or delete it (None)."""
    if query is None:
        connection.execute("DELETE FROM search WHERE name = ?", [name])
    else:
        connection.execute(
            "INSERT INTO search (name, query) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET query = ?2",
            [name, query],
        )
