"""Feeds, their state, and which papers they have told of. Writes happen inside somebody else's transaction.

What a feed is (where, called what) is an edit and has a history; its state is not. A feed that is removed takes no
paper with it; its state and its announcements are put aside under its uid, for when the removal is undone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from readinglist.store.driver import Connection

_ASIDE = "removed feed "
_KEPT_ASIDE = 10_000


class FeedRow(NamedTuple):
    """A feed as it is kept: `name` is the reader's own, `state` None until it has been asked."""

    number: int
    uid: str
    address: str
    name: str | None
    added: str
    state: str | None


def list_feeds(connection: Connection) -> list[FeedRow]:
    """Return the feeds in the order they were added."""
    rows = connection.execute(
        "SELECT id, uid, address, name, added, state FROM feed LEFT JOIN feed_state ON feed = id ORDER BY id"
    )
    return [FeedRow(*row) for row in rows]


def next_number(connection: Connection) -> int:
    """Return the number for a new feed; one that was given is never given again."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'feed'").fetchone()
    return int(row[0]) + 1 if row else 1


def definition_of(connection: Connection, uid: str) -> dict[str, Any] | None:
    """Return what the reader has said of a feed, as history keeps it, or None when there is no such feed."""
    row = connection.execute("SELECT id, address, name, added FROM feed WHERE uid = ?", [uid]).fetchone()
    return None if row is None else dict(zip(("number", "address", "name", "added"), row, strict=True))


def set_definition(connection: Connection, uid: str, definition: dict[str, Any] | None) -> None:
    """Make a feed what `definition` says, or (None) remove it. Its number stays, unless another has it by now."""
    if definition is None:
        _put_aside(connection, uid)
        connection.execute("DELETE FROM feed WHERE uid = ?", [uid])
        return
    number, address, name, added = (definition[key] for key in ("number", "address", "name", "added"))
    taken = connection.execute("SELECT 1 FROM feed WHERE id = ? AND uid <> ?", [number, uid]).fetchone()
    connection.execute(
        "INSERT INTO feed (id, uid, address, name, added) VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT (uid) DO UPDATE SET address = ?3, name = ?4",
        [None if taken else number, uid, address, name, added],
    )
    _put_back(connection, uid)


def _put_aside(connection: Connection, uid: str) -> None:
    """Keep what would go with a feed."""
    row = connection.execute("SELECT id, state FROM feed LEFT JOIN feed_state ON feed = id WHERE uid = ?", [uid])
    number, state = row.fetchone() or (None, None)
    told = connection.execute(
        "SELECT paper, day FROM announcement WHERE feed = ? ORDER BY day DESC LIMIT ?", [number, _KEPT_ASIDE]
    ).fetchall()
    if state is not None or told:
        connection.execute(
            "INSERT OR REPLACE INTO library (key, value) VALUES (?, ?)",
            [_ASIDE + uid, json.dumps({"state": state, "told": told})],
        )


def _put_back(connection: Connection, uid: str) -> None:
    """Give a feed that is here again what was kept of it."""
    row = connection.execute("SELECT value FROM library WHERE key = ?", [_ASIDE + uid]).fetchone()
    if row is None:
        return
    kept = json.loads(row[0])
    (number,) = connection.execute("SELECT id FROM feed WHERE uid = ?", [uid]).fetchone()
    if kept["state"] is not None:
        set_state(connection, number, kept["state"])
    announce(connection, number, [(paper, day) for paper, day in kept["told"]])
    connection.execute("DELETE FROM library WHERE key = ?", [_ASIDE + uid])


def set_state(connection: Connection, number: int, state: str) -> None:
    """Keep the state of a feed; of one that was removed meanwhile nothing."""
    connection.execute(
        "INSERT INTO feed_state (feed, state) SELECT id, ?2 FROM feed WHERE id = ?1"
        " ON CONFLICT (feed) DO UPDATE SET state = ?2",
        [number, state],
    )


def announce(connection: Connection, number: int, papers: Iterable[tuple[int, str]]) -> None:
    """Keep that a feed has told of papers: (number, day). A paper keeps the day it was told of first."""
    connection.executemany(
        "INSERT OR IGNORE INTO announcement (feed, paper, day)"
        " SELECT feed.id, paper.id, ?3 FROM feed, paper WHERE feed.id = ?1 AND paper.id = ?2",
        ((number, paper, day) for paper, day in papers),
    )


def announced_days(connection: Connection, number: int, limit: int) -> list[tuple[str, list[int]]]:
    """Return the newest `limit` days on which a feed told of papers, newest first, with those outside the trash."""
    rows = connection.execute(
        "SELECT day, json_group_array(paper) FROM announcement"
        " WHERE feed = ?1 AND paper NOT IN (SELECT id FROM paper WHERE trashed IS NOT NULL)"
        " GROUP BY day ORDER BY day DESC LIMIT ?2",
        [number, limit],
    )
    return [(day, sorted(json.loads(papers))) for day, papers in rows]


def announced_versions(connection: Connection, number: int, limit: int = 2000) -> list[tuple[str, str | None]]:
    """Return arXiv's number and the version of the newest papers that a feed has told of, as they are here."""
    rows = connection.execute(
        "SELECT arxiv_id, version FROM announcement JOIN paper ON paper.id = announcement.paper"
        " WHERE feed = ?1 AND arxiv_id IS NOT NULL ORDER BY day DESC, paper.id DESC LIMIT ?2",
        [number, limit],
    )
    return rows.fetchall()


def days_of(connection: Connection, first: int, last: int) -> dict[int, str | None]:
    """Return the day of the list that the papers of a range of numbers came in."""
    return dict(connection.execute("SELECT id, listed FROM paper WHERE id BETWEEN ? AND ?", [first, last]).fetchall())


def revised_papers(connection: Connection) -> list[int]:
    """Return the papers outside the trash that have changed since they were read, by number."""
    rows = connection.execute(
        "SELECT id FROM paper WHERE id IN (SELECT id FROM paper INDEXED BY paper_revised"
        " WHERE ifnull(instr(extra, '\"revised_since_read\":'), 0)) AND trashed IS NULL ORDER BY id"
    )
    return [number for (number,) in rows]
