"""The report for a bug tells what is needed and nothing that is anybody's business."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from readinglist.cli.outcome import log_path
from readinglist.cli.report import without_names

if TYPE_CHECKING:
    from tests.cli.conftest import Commands


def test_a_report_holds_versions_and_findings_and_no_word_of_the_reader(commands: Commands, tmp_path: Path) -> None:
    commands.done("note", 1, "--set", "My secret thoughts on unicorns")
    commands.done("tag", 1, "--add", "confidential")
    log_path().parent.mkdir(parents=True, exist_ok=True)
    log_path().write_text("2026-03-11 WARNING the settings in /home/ada/x.toml of “Ada” are damaged\n")
    commands.done("doctor", "--report", tmp_path / "bug.txt")
    text = (tmp_path / "bug.txt").read_text()
    assert "Whoosh 2.7.4" in text
    assert "ok database: The database is sound." in text
    assert "WARNING the settings in [path] of “…” are damaged" in text
    for word in ("unicorns", "confidential", "reading list number", "ada", str(tmp_path), commands.folder.name + "/"):
        assert word not in text


def test_a_file_that_is_there_is_not_replaced(commands: Commands, tmp_path: Path) -> None:
    (tmp_path / "bug.txt").write_text("mine")
    assert commands.run("doctor", "--report", tmp_path / "bug.txt").exit_code == 1
    assert (tmp_path / "bug.txt").read_text() == "mine"


def test_a_report_of_a_library_that_does_not_open(commands: Commands, tmp_path: Path) -> None:
    (commands.folder / "library.db").write_bytes(b"")
    assert commands.run("doctor", "--report", tmp_path / "bug.txt").exit_code == 1
    assert "WRONG database: [path] is empty" in (tmp_path / "bug.txt").read_text()


def test_windows_paths_are_left_out_too() -> None:
    assert without_names(r"cannot read C:\Users\ada\library.db now") == "cannot read [path] now"
