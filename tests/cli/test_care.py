"""`doctor` and `index`."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Commands


def test_a_sound_library_is_found_sound(commands: Commands) -> None:
    findings = commands.data("doctor")
    assert findings
    assert all(finding["ok"] for finding in findings)
    assert all(set(finding) >= {"check", "ok", "message", "repair", "repaired"} for finding in findings)
    lines = commands.done("doctor").splitlines()
    assert len(lines) == len(findings)
    assert all(line.startswith("ok") for line in lines)


def test_what_is_wrong_is_named_and_is_a_failure(commands: Commands) -> None:
    with closing(sqlite3.connect(commands.folder / "library.db")) as connection, connection:
        connection.execute("INSERT INTO paper_tag (paper, tag) VALUES (999, 999)")
    result = commands.run("doctor")
    assert result.exit_code == 1
    wrong = [line for line in result.stdout.splitlines() if line.startswith("wrong")]
    assert len(wrong) == 1
    assert any(not finding["ok"] for finding in json.loads(commands.run("doctor", "--json").stdout))


def test_papers_waiting_for_the_index_are_nothing_wrong(commands: Commands) -> None:
    commands.done("note", 3, "--set", "Ask about *zeppelins*.")
    assert commands.run("doctor").exit_code == 0


def test_the_index_is_rebuilt_and_finds_the_same(commands: Commands) -> None:
    assert commands.data("index", "--rebuild") == {"indexed": 5, "pending": 0}
    assert commands.data("index") == {"indexed": 0, "pending": 0}
    assert commands.found("mood") == [3]
    assert "0 papers taken into the index." in commands.done("index")
