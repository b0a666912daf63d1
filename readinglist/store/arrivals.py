"""When papers came: the dates of all papers outside the trash, read from indexes."""

from __future__ import annotations

import json

from readinglist.store.driver import Connection


def arrivals(connection: Connection) -> list[tuple[int, str, int | None]]:
    """Return number, when it was added (UTC) and year of each paper, in any order."""
    columns = connection.execute(
        "SELECT json_group_array(id), json_group_array(added), json_group_array(year)"
        " FROM paper INDEXED BY paper_listing WHERE trashed IS NULL"
    ).fetchone()
    # Column by column: 87,000 small lists would hold Python's lock for 70 ms.
    numbers, added, years = map(json.loads, columns)
    return list(zip(numbers, added, years, strict=True))


def lists(connection: Connection) -> dict[int, str]:
    """Return the date of the list that papers came in, by their numbers, in the trash or not."""
    (rows,) = connection.execute(
        "SELECT json_group_array(json_array(id, listed)) FROM paper INDEXED BY paper_origin WHERE listed IS NOT NULL"
    ).fetchone()
    return dict(json.loads(rows))
