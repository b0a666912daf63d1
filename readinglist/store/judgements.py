"""What a reader has made of their papers, as SQL tells it: stars, tags, notes, answers, and where they put them."""

from __future__ import annotations

import json
from typing import NamedTuple

from readinglist.store.driver import Connection

_TELLING = 0.25
_FEW = 20
"""In a library of more papers, a tag that a larger share of them has came with an import: it tells nothing."""

_JUDGED = """
SELECT json_group_array(json_array(id, status, starred, finished IS NOT NULL, noted, marked, tagged, taste))
FROM (
    SELECT id, status, starred, finished, taste,
           id IN (SELECT id FROM paper WHERE note IS NOT NULL) AS noted,
           id IN (SELECT paper FROM highlight) AS marked,
           id IN (SELECT paper FROM paper_tag WHERE tag IN (SELECT value FROM json_each(:tags))) AS tagged
    FROM paper
    WHERE trashed IS NULL
      AND (status IN ('next', 'reading', 'read', 'archived') OR starred OR noted OR marked OR tagged
           OR taste IS NOT NULL)
)
"""


class Judgement(NamedTuple):
    """What a reader has made of one paper; `marked`: highlighted, `taste`: as in `Paper`."""

    id: int
    status: str
    starred: bool
    finished: bool
    noted: bool
    marked: bool
    tagged: bool
    taste: str | None


def judgements(connection: Connection) -> list[Judgement]:
    """Return what the reader has made of each paper that they made anything of, the trash left out."""
    (papers,) = connection.execute("SELECT count(*) FROM paper WHERE trashed IS NULL").fetchone()
    most = papers if papers <= _FEW else _TELLING * papers
    rows = connection.execute("SELECT tag FROM paper_tag GROUP BY tag HAVING count(*) <= ?", [most])
    (found,) = connection.execute(_JUDGED, {"tags": json.dumps([tag for (tag,) in rows])}).fetchone()
    return [Judgement(*row) for row in json.loads(found)]


def facts(connection: Connection, ids: list[int]) -> list[tuple[int, int | None, str, str]]:
    """Return what is known of papers, in the order of `ids`: number, upvotes, day of list or paper, when added."""
    (found,) = connection.execute(
        """
        SELECT json_group_array(json_array(id, upvotes, coalesce(listed, published, year || '', ''), added))
        FROM paper WHERE id IN (SELECT value FROM json_each(?))
        """,
        [json.dumps(ids)],
    ).fetchone()
    by_id = {row[0]: tuple(row) for row in json.loads(found)}
    return [by_id[number] for number in ids if number in by_id]
