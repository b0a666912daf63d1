"""`note`."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from readinglist.cli import noting

if TYPE_CHECKING:
    from tests.cli.conftest import Commands


def test_a_note_is_written_printed_and_deleted(commands: Commands) -> None:
    assert commands.done("note", 3) == ""
    assert commands.data("note", 3) == {"id": 3, "note": None}
    commands.done("note", 3, "--set", "First.")
    commands.done("note", 3, "--append", "Second *thought*.")
    assert commands.done("note", 3) == "First.\n\nSecond *thought*.\n"
    assert commands.found("note:thought") == [3]
    commands.done("note", 3, "--set", "")
    assert commands.data("note", 3)["note"] is None
    commands.done("note", 3, "--append", "Anew.")
    assert commands.data("note", 3)["note"] == "Anew."


def test_a_note_comes_from_a_file_or_from_standard_input(commands: Commands, tmp_path: Path) -> None:
    (tmp_path / "note.md").write_bytes("\ufeffÀ lire.".encode())
    commands.done("note", 3, "--file", tmp_path / "note.md")
    assert commands.data("note", 3)["note"] == "À lire."
    commands.done("note", 3, "--file", "-", stdin="From a pipe.")
    assert commands.data("note", 3)["note"] == "From a pipe."
    (tmp_path / "note.md").write_bytes(b"\xff\xfe\xfa")
    for file in (tmp_path / "absent.md", tmp_path / "note.md"):
        result = commands.run("note", 3, "--file", file)
        assert result.exit_code == 1
        assert result.stderr.startswith("readinglist: ")
    assert commands.run("note", 3, "--file", "-", "--edit").exit_code == 2
    assert commands.run("note", 99, "--set", "x").exit_code == 1


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that plays the editor: it runs the lines written to the returned file, `path` being the note's."""
    script = tmp_path / "editor.py"
    body = tmp_path / "body.py"
    script.write_text(
        f"import sys, pathlib\npath = pathlib.Path(sys.argv[1])\nexec(pathlib.Path({str(body)!r}).read_text())\n"
    )
    monkeypatch.setenv("VISUAL", f'"{sys.executable}" "{script}"')
    return body


def test_a_note_is_written_in_the_readers_editor(commands: Commands, editor: Path) -> None:
    commands.done("note", 3, "--set", "Before.")
    editor.write_text("path.write_text(path.read_text().rstrip() + ' After.')")
    commands.done("note", 3, "--edit")
    assert commands.data("note", 3)["note"] == "Before. After."
    editor.write_text("")
    assert "stays as it is" in commands.done("note", 3, "--edit")


def test_what_was_written_is_kept_when_the_note_changed_meanwhile(commands: Commands, editor: Path) -> None:
    editor.write_text(
        "import subprocess, sys\n"
        f"subprocess.run([sys.executable, '-m', 'readinglist', '--library', {str(commands.folder)!r},"
        " 'note', '3', '--set', 'Theirs.'], check=True, stdout=subprocess.DEVNULL)\n"
        "path.write_text('Mine.')"
    )
    result = commands.run("note", 3, "--edit")
    assert result.exit_code == 1
    assert commands.data("note", 3)["note"] == "Theirs."
    kept = Path(result.stderr.strip().split(" is in ")[1].rstrip("."))
    assert kept.read_text() == "Mine."
    kept.unlink()


def test_the_versions_of_a_note_are_listed_shown_and_taken_back(commands: Commands) -> None:
    assert commands.done("note", 3, "--versions") == "There has never been a note.\n"
    for text in ("First.", "Second *thought*.", ""):
        commands.done("note", 3, "--set", text)
    assert [(v["version"], v["text"], v["label"], v["whole"]) for v in commands.data("note", 3, "--versions")] == [
        (3, None, "Note", True),
        (2, "Second *thought*.", "Note", True),
        (1, "First.", "Note", True),
    ]
    lines = commands.done("note", 3, "--versions").splitlines()
    assert [line.split()[0] for line in lines] == ["3", "2", "1"]
    assert "no note" in lines[0]
    assert "2 words" in lines[1]
    assert commands.done("note", 3, "--show", 2) == "Second *thought*.\n"
    assert commands.data("note", 3, "--show", 1)["text"] == "First."
    edited = commands.data("note", 3, "--take-back", 1)
    assert (edited["label"], edited["ids"]) == ("Take back note", [3])
    assert commands.data("note", 3)["note"] == "First."
    commands.done("undo")
    assert commands.data("note", 3)["note"] is None
    labels = [(v["kind"], v["label"]) for v in commands.data("note", 3, "--versions")][:2]
    assert labels == [("undo", "Take back note"), ("edit", "Take back note")]
    assert "Undo: Take back note" in commands.done("note", 3, "--versions")


def test_a_version_that_is_not_there_is_told_of(commands: Commands) -> None:
    for option in ("--show", "--take-back"):
        assert "never been a note" in commands.run("note", 3, option, 1).stderr
    commands.done("note", 3, "--set", "First.")
    for option in ("--show", "--take-back"):
        result = commands.run("note", 3, option, 2)
        assert result.exit_code == 1
        assert "no version 2; it has 1 to 1." in result.stderr
    assert commands.run("note", 3, "--take-back", 1, "--set", "x").exit_code == 2
    assert commands.run("note", 3, "--versions", "--edit").exit_code == 2
    assert commands.run("note", 99, "--versions").exit_code == 1


def test_a_note_is_read_from_files_only_and_from_no_endless_one(
    commands: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noting, "_MOST_BYTES", 100)
    (tmp_path / "long.md").write_text("x" * 101)
    result = commands.run("note", 1, "--file", tmp_path / "long.md")
    assert (result.exit_code, "too long for a note" in result.stderr) == (1, True)
    result = commands.run("note", 1, "--file", "-", stdin="x" * 101)
    assert (result.exit_code, "standard input holds more" in result.stderr) == (1, True)
    commands.done("note", 1, "--file", "-", stdin="x" * 100)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.md")
        threading.Thread(target=_let_in, args=(tmp_path / "pipe.md",), daemon=True).start()
        result = commands.run("note", 1, "--file", tmp_path / "pipe.md")
        assert (result.exit_code, "is no file" in result.stderr) == (1, True)


def _let_in(pipe: Path) -> None:
    """Open a pipe for whoever waits for it, or a test that fails would never end."""
    time.sleep(2)
    with contextlib.suppress(OSError):
        os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
