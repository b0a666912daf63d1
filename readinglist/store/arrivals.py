"""When papers came: the dates of all papers outside the trash, read from indexes."""

from __future__ import annotations

import json

from readinglist.store.driver import Connection


def arrivals(connection: Connection) -> list[tuple[int, str, int | None]]:
    """Return number, when it was added (UTC) and year of each paper, in any order."""
    (rows,) = connection.execute(
        "SELECT json_group_array(json_array(id, added, year)) FROM paper INDEXED BY paper_listing WHERE trashed IS NULL"
    ).fetchone()
    return [(number, added, year) for number, added, year in json.loads(rows)]


def lists(connection: Connection) -> dict[int, str]:
    """Return the date of the list that papers came in, by their numbers, in the trash or not."""
    (rows,) = connection.execute(
        "SELECT json_group_array(json_array(id, listed)) FROM paper INDEXED BY paper_origin WHERE listed IS NOT NULL"
    ).fetchone()
    return dict(json.loads(rows))
