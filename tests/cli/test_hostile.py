"""No control character and no turn of direction reaches the terminal, whatever a library, a file or a call holds.

What comes in is cleaned; here somebody else has written into the database itself.
"""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from readinglist.store.driver import Connection, connect

if TYPE_CHECKING:
    from tests.cli.conftest import Commands

TRICK = "\x1b]0;gone\x07\x1b[2J\u202egnp.exe\u2066\x9b31m\x08\x7f"
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_TEXTS = {
    "paper": ("title", "abstract", "venue", "url", "submitted_by", "authors", "keywords", "links", "extra"),
    "tag": ("name",),
    "search": ("name", "query"),
    "entry": ("label",),
    "highlight": ("quote", "comment"),
    "feed": ("name", "address"),
}


def _writable(folder: Path) -> Connection:
    return connect(folder / "library.db")


def _poison(folder: Path) -> None:
    """Put the trick into every text of the database."""
    with closing(_writable(folder)) as connection:
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


@pytest.fixture
def poisoned(commands: Commands) -> Commands:
    commands.done("tag", 1, "--add", "nlp")
    commands.done("note", 1, "--set", "a note")
    commands.done("highlight", 1, "--quote", "papers in a list", "--comment", "why")
    commands.done("searches", "save", "saved", "papers")
    commands.done("feeds", "add", "arxiv:cs.CL")
    commands.done("remove", 5)
    _poison(commands.folder)
    return commands


_SHOWN = (
    *("search", "show 1", "show 1 2 --json", "highlights", "trash", "tags", "searches", "history"),
    *("feeds", "feeds show 1", "stats", "digest", "trends", "duplicates", "similar 1", "search papers", "doctor"),
    *("search papres", "search is:starred", "search --json", "note 1", "export --format apa 1", "tags --json"),
    *("history --json", "searches --json", "feeds --json", "feeds export", "undo", "redo", "move 1 --to next"),
)


def test_nothing_that_is_shown_of_a_poisoned_library_acts_on_the_terminal(
    poisoned: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglist.cli.taking_in.listens", lambda _: True)
    faults = {}
    seen = 0
    for call in _SHOWN:
        result = poisoned.run(*call.split())
        said = click.unstyle(result.stdout) + click.unstyle(result.stderr)
        seen += "gnp.exe" in said
        found = set(_UNSAFE.findall(said))
        if found or result.exit_code not in (0, 1, 2) or not isinstance(result.exception, SystemExit | None):
            lines = [line for line in said.split("\n") if _UNSAFE.search(line)]
            faults[call] = (result.exit_code, result.exception, lines)
    assert faults == {}
    assert seen > len(_SHOWN) / 2
