"""Lists of papers by their numbers, and counts: what SQL answers without the index."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from readinglist.store.driver import Connection

_COUNTS = """
SELECT count(*), sum(status = 'inbox'), sum(status = 'next'), sum(status = 'reading'), sum(status = 'later'),
       sum(status = 'read'), sum(status = 'archived')
FROM paper INDEXED BY paper_listing WHERE trashed IS NULL
"""

STATUSES = ("inbox", "next", "reading", "later", "read", "archived")
"""By the number that stands for each in `standings`."""
STATUS, STARRED, RECENT, TRASHED, NOTED = 7, 8, 16, 32, 64
STANDING_BITS = 7
_STANDINGS = f"""
SELECT json_group_array((id << {STANDING_BITS}) | standing) FROM (
    SELECT id, CASE status WHEN 'inbox' THEN 0 WHEN 'next' THEN 1 WHEN 'reading' THEN 2 WHEN 'read' THEN 4
                      WHEN 'archived' THEN 5 ELSE CASE WHEN until <= :today THEN 0 ELSE 3 END END
               | (starred <> 0) * {STARRED} | (added >= :week_ago) * {RECENT} | (trashed IS NOT NULL) * {TRASHED}
               | (id IN (SELECT id FROM paper WHERE note IS NOT NULL)) * {NOTED} AS standing
    FROM paper INDEXED BY paper_listing
)
"""


def standings(connection: Connection, today: str, week_ago: str) -> str:
    """Return where every paper stands, as a JSON list of numbers in any order: its own, then `STANDING_BITS` of flags.

    The flags are the place in `STATUSES` (a due paper is in the Inbox) and the constants above.
    """
    (numbers,) = connection.execute(_STANDINGS, {"today": today, "week_ago": week_ago}).fetchone()
    return str(numbers)


def list_ids(
    connection: Connection,
    condition: str,
    parameters: Mapping[str, Any],
    order: str,
    *,
    trash: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> list[int]:
    """Return the numbers of the papers that meet `condition`, in `order`; outside the trash unless `trash`.

    `condition` and `order` come from `filters`; `limit` None is all of them.
    """
    where = condition if trash else f"trashed IS NULL AND {condition}"
    # One row, not one a paper: the driver gives Python's lock away at each row, so that beside a busy thread a
    # listing of 87k papers took 2 to 10 s (measured; 75 ms alone), and takes the same as alone like this.
    (numbers,) = connection.execute(
        f"SELECT json_group_array(id) FROM "
        f"(SELECT id FROM paper WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset)",
        {**parameters, "limit": -1 if limit is None else limit, "offset": offset},
    ).fetchone()
    ids: list[int] = json.loads(numbers)
    return ids


def ids_where(connection: Connection, condition: str, parameters: Mapping[str, Any]) -> list[int]:
    """Return the numbers of the papers that meet `condition`, in the trash or not, in any order.

    Several times as quick as `list_ids`: without an order an index can answer, not the rows with their abstracts.
    """
    (numbers,) = connection.execute(f"SELECT json_group_array(id) FROM paper WHERE {condition}", parameters).fetchone()
    ids: list[int] = json.loads(numbers)
    return ids


def count_ids(connection: Connection, condition: str, parameters: Mapping[str, Any], *, trash: bool = False) -> int:
    """Return how many papers `list_ids` would give without a limit."""
    where = condition if trash else f"trashed IS NULL AND {condition}"
    return int(connection.execute(f"SELECT count(*) FROM paper WHERE {where}", parameters).fetchone()[0])


def has_papers(connection: Connection) -> bool:
    """Return whether there is any paper, in the trash or not."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM paper)").fetchone()[0])


def count_states(connection: Connection, today: str, week_ago: str) -> dict[str, int]:
    """Return the counts of the sidebar; `today` is the local date, `week_ago` a time in UTC."""
    names = ("total", "inbox", "next", "reading", "later", "read", "archived")
    counts = dict(zip(names, (n or 0 for n in connection.execute(_COUNTS).fetchone()), strict=True))

    def one(where: str, *values: str) -> int:
        return int(connection.execute(f"SELECT count(*) FROM paper WHERE {where}", values).fetchone()[0])

    due = one("trashed IS NULL AND status = 'later' AND until <= ?", today)
    counts["inbox"] += due
    counts["later"] -= due
    counts["starred"] = one("starred AND trashed IS NULL")
    # From the small index of notes: by itself SQLite takes that of the trash and looks at every row (100 times slower).
    counts["with_notes"] = one("note IS NOT NULL AND +trashed IS NULL")
    counts["trash"] = one("trashed IS NOT NULL")
    counts["added_this_week"] = one("trashed IS NULL AND added >= ?", week_ago)
    return counts
