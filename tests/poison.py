"""Put controls and turns of direction into every text of a library, past everything that would clean it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from readinglist.store.driver import connect

TRICK = "\x1b]0;gone\x07\x1b[2J\u202egnp.exe\u2066\x9b31m\x08\x7f"
_TEXTS = {
    "paper": ("title", "abstract", "venue", "url", "submitted_by", "authors", "keywords", "links", "extra"),
    "tag": ("name",),
    "search": ("name", "query"),
    "entry": ("label",),
    "highlight": ("quote", "comment"),
    "feed": ("name", "address"),
}


def poison(folder: Path) -> None:
    """Put the trick into every text of the database."""
    with closing(connect(folder / "library.db")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for table, columns in _TEXTS.items():
            there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            for column in set(columns) & there:
                for rowid, text in connection.execute(f"SELECT rowid, {column} FROM {table}").fetchall():
                    if text is None:
                        continue
                    # Within the first text of a column of JSON, else in the middle of the text.
                    new = text.replace('"', f'"{_escaped(TRICK)}', 1) if text[:1] in "[{" else f"{text} {TRICK} more"
                    connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", [new, rowid])
        connection.execute("COMMIT")


def _escaped(text: str) -> str:
    return "".join(f"\\u{ord(char):04x}" for char in text)
