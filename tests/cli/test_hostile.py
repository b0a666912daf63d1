"""No control character and no turn of direction reaches the terminal, whatever a library, a file or a call holds.

What comes in is cleaned; here somebody else has written into the database itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest

from tests.poison import poison

if TYPE_CHECKING:
    from tests.cli.conftest import Commands

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def poisoned(commands: Commands) -> Commands:
    commands.done("tag", 1, "--add", "nlp")
    commands.done("note", 1, "--set", "a note")
    commands.done("highlight", 1, "--quote", "papers in a list", "--comment", "why")
    commands.done("searches", "save", "saved", "papers")
    commands.done("feeds", "add", "arxiv:cs.CL")
    commands.done("remove", 5)
    poison(commands.folder)
    return commands


_SHOWN = (
    *("search", "show 1", "show 1 2 --json", "highlights", "trash", "tags", "searches", "history"),
    *(
        "feeds",
        "feeds show 1",
        "stats",
        "digest",
        "trends",
        "suggest",
        "next",
        "duplicates",
        "similar 1",
        "search papers",
        "doctor",
    ),
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
