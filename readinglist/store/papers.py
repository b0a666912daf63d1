"""Read and write papers: rows, tags and highlights. Writes happen inside somebody else's transaction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from readinglist.changes import Change, highlight_from_json, reading_order
from readinglist.paper import TEXT_FIELDS, Highlight, Paper, PaperId
from readinglist.store.driver import Connection, OperationalError, Row
from readinglist.store.rows import CHECKS, COLUMNS, KEYS, SELECT, column_value, from_row, key_values, proof, to_row
from readinglist.store.tags import tag_id, tag_key

_IDENTIFYING = {"title", "doi", "arxiv_id", "authors"}
NO_TAGS: frozenset[str] = frozenset()
_OF_THESE = "IN (SELECT value FROM json_each(?))"
_HIGHLIGHT_COLUMNS = 'id, quote, prefix, suffix, "start", "end", colour, comment, created'


def read_papers(connection: Connection, ids: Iterable[int], *, positions: bool = True) -> list[Paper]:
    """Return the papers of `ids` in that order; a number that no paper has is left out.

    Without `positions` nobody is told the place in Up next, which takes a look at all of it.
    """
    wanted = list(ids)
    numbers = json.dumps(wanted)
    rows = {row[0]: row for row in _rows(connection, f"{SELECT} WHERE id {_OF_THESE}", [numbers])}
    tags = _tags_of(connection, numbers)
    highlights = _highlights_of(connection, numbers)
    status = 1 + COLUMNS.index("status")
    queued = positions and any(row[status] == "next" for row in rows.values())
    places = queue_positions(connection) if queued else {}
    return [
        from_row(row, tags.get(number, NO_TAGS), highlights.get(number, ()), places.get(number))
        for number in wanted
        if (row := rows.get(number))
    ]


def _rows(connection: Connection, statement: str, values: Sequence[object]) -> list[Row]:
    """Return all rows; a text that a damaged disk has made undecodable is shown as well as it can be (doctor tells)."""
    try:
        rows: list[Row] = connection.execute(statement, values).fetchall()
    except OperationalError as error:
        if "decode" not in str(error):
            raise
        connection.text_factory = lambda text: text.decode("utf-8", "replace")
        try:
            rows = connection.execute(statement, values).fetchall()
        finally:
            connection.text_factory = str
    return rows


def _tags_of(connection: Connection, numbers: str) -> dict[int, frozenset[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for paper, name in connection.execute(
        f"SELECT paper, name FROM paper_tag JOIN tag ON tag.id = tag WHERE paper {_OF_THESE}", [numbers]
    ):
        found[paper].append(name)
    return {paper: frozenset(names) for paper, names in found.items()}


def _highlights_of(connection: Connection, numbers: str) -> dict[int, list[Highlight]]:
    found: dict[int, list[Highlight]] = defaultdict(list)
    for paper, *values in connection.execute(
        f"SELECT paper, {_HIGHLIGHT_COLUMNS} FROM highlight WHERE paper {_OF_THESE}", [numbers]
    ):
        found[paper].append(Highlight(*values))
    for highlights in found.values():
        highlights.sort(key=reading_order)
    return found


def queue_positions(connection: Connection) -> dict[int, int]:
    """Return the 1-based place of every paper in Up next."""
    # One row, as of a listing: see `listing.list_ids`.
    (numbers,) = connection.execute(
        "SELECT json_group_array(id) FROM"
        " (SELECT id FROM paper WHERE status = 'next' AND trashed IS NULL ORDER BY order_key, id)"
    ).fetchone()
    return {number: place for place, number in enumerate(json.loads(numbers), 1)}


def numbers_of(connection: Connection, uids: Collection[str]) -> dict[str, PaperId]:
    """Return the number of each paper in this library by its uid; unknown ones are left out."""
    rows = connection.execute(f"SELECT uid, id FROM paper WHERE uid {_OF_THESE}", [json.dumps(list(uids))])
    return {uid: PaperId(number) for uid, number in rows}


def insert_paper(connection: Connection, paper: Paper) -> PaperId:
    """Insert a new paper with its tags and highlights; return its number."""
    marks = ", ".join("?" * len(COLUMNS))
    cursor = connection.execute(f"INSERT INTO paper ({', '.join(COLUMNS)}) VALUES ({marks})", to_row(paper))
    number = PaperId(int(cursor.lastrowid or 0))
    insert_tags(connection, ((number, tag) for tag in paper.tags))
    insert_highlights(connection, ((number, highlight) for highlight in paper.highlights))
    return number


def insert_tags(connection: Connection, links: Iterable[tuple[int, str]]) -> None:
    """Tag papers: pairs of a paper's number and a tag's name."""
    known: dict[str, int] = {}
    rows = []
    for number, name in links:
        key = tag_key(name)
        if key not in known:
            known[key] = tag_id(connection, name)
        rows.append((number, known[key]))
    connection.executemany("INSERT OR IGNORE INTO paper_tag (paper, tag) VALUES (?, ?)", rows)


def insert_highlights(connection: Connection, highlights: Iterable[tuple[int, Highlight]]) -> None:
    """Insert highlights: pairs of a paper's number and a highlight; one with a known id is replaced."""
    connection.executemany(
        f"INSERT OR REPLACE INTO highlight (paper, {_HIGHLIGHT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (number, h.id, h.quote, h.prefix, h.suffix, h.start, h.end, h.colour, h.comment, h.created)
            for number, h in highlights
        ),
    )


def write_changes(
    connection: Connection,
    papers: Mapping[str, Paper],
    changes: Sequence[Change],
    *,
    now: str,
) -> None:
    """Write what `changes` say about `papers` (by uid, as they are afterwards), their time and generation, and
    put those whose text has changed into the outbox."""
    columns: dict[str, dict[str, None]] = defaultdict(dict)  # uid -> changed columns, in order
    added: list[tuple[int, str]] = []
    removed: list[tuple[int, str]] = []
    new_highlights: list[tuple[int, Highlight]] = []
    old_highlights: list[Row] = []
    text_changed: dict[int, None] = {}
    for change in changes:
        paper = papers[change.uid]
        columns.setdefault(change.uid, {})
        if change.field in TEXT_FIELDS:
            text_changed[paper.id] = None
        if change.field == "tags":
            if change.after is not None:
                added.append((paper.id, change.after))
            else:
                removed.append((paper.id, tag_key(change.before)))
        elif change.field == "highlights":
            if change.after is not None:
                new_highlights.append((paper.id, highlight_from_json(change.after)))
            else:
                old_highlights.append((change.before["id"],))
        else:
            columns[change.uid][change.field] = None
    _update_columns(connection, papers, columns, now)
    connection.executemany(
        "DELETE FROM paper_tag WHERE paper = ? AND tag = (SELECT id FROM tag WHERE key = ?)", removed
    )
    insert_tags(connection, added)
    connection.executemany("DELETE FROM highlight WHERE id = ?", old_highlights)
    insert_highlights(connection, new_highlights)
    connection.executemany("INSERT INTO outbox (paper) VALUES (?)", ((number,) for number in text_changed))


def _update_columns(
    connection: Connection, papers: Mapping[str, Paper], columns: Mapping[str, Mapping[str, None]], now: str
) -> None:
    """Write the changed columns, one prepared statement for all papers in which the same ones changed."""
    together: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for uid, names in columns.items():
        paper = papers[uid]
        values = [column_value(name, getattr(paper, name)) for name in names]
        written = tuple(names)
        if names.keys() & _IDENTIFYING:
            written, values = (*written, *KEYS), [*values, *key_values(paper)]
        if "note" in names:
            written, values = (*written, *CHECKS), [*values, proof(paper.note)]
        together[written].append((*values, now, paper.id))
    for written, rows in together.items():
        settings = "".join(f"{name} = ?, " for name in written)
        connection.executemany(
            f"UPDATE paper SET {settings}changed = ?, generation = generation + 1 WHERE id = ?", rows
        )
