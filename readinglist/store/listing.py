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
    counts["with_notes"] = one("note IS NOT NULL AND trashed IS NULL")
    counts["trash"] = one("trashed IS NOT NULL")
    counts["added_this_week"] = one("trashed IS NULL AND added >= ?", week_ago)
    return counts
