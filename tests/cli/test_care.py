"""`doctor` and `index`."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from readinglist.paths import settings_file

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
    assert wrong[0].endswith("(doctor --repair: makes a backup and removes them)")
    assert any(not finding["ok"] for finding in json.loads(commands.run("doctor", "--json").stdout))


def test_papers_waiting_for_the_index_are_nothing_wrong(commands: Commands) -> None:
    commands.done("note", 3, "--set", "Ask about *zeppelins*.")
    assert commands.run("doctor").exit_code == 0


def test_the_index_is_rebuilt_and_finds_the_same(commands: Commands) -> None:
    assert commands.data("index", "--rebuild") == {"indexed": 5, "pending": 0}
    assert commands.data("index") == {"indexed": 0, "pending": 0}
    assert commands.found("mood") == [3]
    assert "0 papers taken into the index." in commands.done("index")


def test_a_library_that_does_not_open_gets_its_backup_from_the_chosen_folder(commands: Commands) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(f'backup_folder = "{(commands.folder.parent / "elsewhere").as_posix()}"\n')
    commands.done("backup")
    (commands.folder / "library.db").write_bytes(b"")
    assert "puts back the backup of" in commands.run("doctor").stdout
    assert commands.done("doctor", "--repair").startswith("repaired")
    assert commands.found("mood") == [3]


def test_what_a_repair_cannot_do_is_said(commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(total=1, used=1, free=1_000_000))
    (line,) = [line for line in commands.run("doctor").stdout.splitlines() if line.startswith("wrong")]
    assert "Only 1 MB are free" in line
    assert line.endswith("(doctor --repair: leaves this to you)")
