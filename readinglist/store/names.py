"""The names that papers carry, and how many papers carry each: authors, venues, keywords, sources."""

from __future__ import annotations

from readinglist.store.driver import Connection
from readinglist.store.tags import tag_key

_NAMES = {
    "author": (
        # A name by itself, or in a list with the family name.
        "SELECT CASE each.type WHEN 'array' THEN each.value ->> 0 ELSE each.value END AS name"
        " FROM paper, json_each(authors) AS each WHERE authors IS NOT NULL AND trashed IS NULL"
    ),
    "keyword": (
        "SELECT each.value AS name FROM paper, json_each(keywords) AS each"
        " WHERE keywords IS NOT NULL AND trashed IS NULL"
    ),
    "venue": "SELECT venue AS name FROM paper WHERE venue IS NOT NULL AND trashed IS NULL",
    "source": "SELECT source AS name FROM paper WHERE trashed IS NULL",
}


def count_names(connection: Connection, field: str) -> tuple[list[str], list[int]]:
    """Return the names of `field` (author, keyword, venue or source) and beside them their papers, most first.

    Papers in the trash do not count. Some 0.5 s for the authors of 87,000 papers, nearly all of it inside SQLite.
    """
    # One row with all of them, for the reason told in `listing.list_ids`; no name has a line break in it.
    names, counts = connection.execute(
        "SELECT group_concat(name, char(10)), group_concat(papers, ' ') FROM (SELECT name, count(*) AS papers"
        f" FROM ({_NAMES[field]}) WHERE name != '' GROUP BY name ORDER BY papers DESC, name)"
    ).fetchone()
    return (names.split("\n"), [int(n) for n in counts.split()]) if names else ([], [])


def count_tags(connection: Connection) -> list[tuple[str, int]]:
    """Return every tag and every level above one, and the papers that `tag:` finds by it, in no order."""
    rows = connection.execute("SELECT DISTINCT name FROM tag JOIN paper_tag ON tag = tag.id ORDER BY key").fetchall()
    paths: dict[str, str] = {}
    for (name,) in rows:
        levels = name.split("/")
        for depth in range(1, len(levels) + 1):
            path = "/".join(levels[:depth])
            paths.setdefault(tag_key(path), path)
    counted = []
    for key, path in paths.items():
        (papers,) = connection.execute(
            "SELECT count(DISTINCT paper) FROM paper_tag JOIN paper ON paper.id = paper WHERE trashed IS NULL"
            " AND tag IN (SELECT id FROM tag WHERE key = ?1 OR substr(key, 1, length(?1) + 1) = ?1 || '/')",
            [key],
        ).fetchone()
        if papers:
            counted.append((path, papers))
    return counted
