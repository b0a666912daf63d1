"""`import`, `export`, `formats`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from readinglist.cli import terminal
from readinglist.formats.source import Limits

if TYPE_CHECKING:
    from tests.cli.conftest import Commands

RECORDS = [
    {"title": "Order in lists", "year": 2020, "abstract": "Why order matters."},
    {"title": ""},
    {"title": "Mood"},
]


def jsonl(records: list[dict[str, object]]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_a_page_is_taken_in_and_the_second_time_is_known(empty: Commands, tmp_path: Path, page: str) -> None:
    file = tmp_path / "page.txt"
    file.write_text(page)
    assert empty.done("import", file).strip() == "5 read: 5 added, 0 updated, 0 unchanged, 0 failed"
    assert empty.done("import", file).strip() == "5 read: 0 added, 0 updated, 5 unchanged, 0 failed"


def test_the_report_as_json_adds_up(empty: Commands, page: str) -> None:
    report = empty.data("import", "-", stdin=page)
    assert set(report) >= {"read", "added", "updated", "unchanged", "failed", "problems", "import_id", "seconds"}
    assert report["read"] == report["added"] + report["updated"] + report["unchanged"] + report["failed"] == 5


def test_what_was_taken_in_is_searchable_at_once(empty: Commands, page: str) -> None:
    empty.done("import", "-", stdin=page)
    answer = empty.data("search", "mood")
    assert (answer["total"], answer["pending"]) == (1, 0)


def test_tags_and_a_status_may_be_given(empty: Commands, page: str) -> None:
    empty.done("import", "-", "--tag", "lists/short", "--tag", "new, and good", "--to", "later", stdin=page)
    assert len(empty.found("tag:lists", "is:later")) == 5
    assert {tag["name"] for tag in empty.data("tags")} == {"lists/short", "new, and good"}


def test_a_trial_takes_nothing_in(empty: Commands, page: str) -> None:
    assert "5 added" in empty.done("import", "-", "--dry-run", stdin=page)
    assert empty.data("search")["total"] == 0


def test_a_record_that_fails_is_told_of_and_the_others_are_in(empty: Commands) -> None:
    result = empty.run("import", "-", "--format", "jsonl", stdin=jsonl(RECORDS))
    assert result.exit_code == 3
    assert "3 read: 2 added, 0 updated, 0 unchanged, 1 failed" in result.stdout
    assert "line 2: not taken in:" in result.stderr
    assert empty.data("search")["total"] == 2


def test_many_problems_are_shortened_for_people_and_whole_for_programs(empty: Commands) -> None:
    bad = jsonl([{"title": ""}] * 30 + [{"title": "Good"}])
    result = empty.run("import", "-", "--dry-run", stdin=bad)
    assert result.stderr.count("not taken in") == 20
    assert "10 more problems" in result.stderr
    result = empty.run("import", "-", "--dry-run", "--json", stdin=bad)
    assert result.exit_code == 3
    assert len(json.loads(result.stdout)["problems"]) == 30


def test_nothing_recognised_is_a_failure(empty: Commands) -> None:
    result = empty.run("import", "-", stdin="x")
    assert result.exit_code == 1
    assert result.stderr.startswith("readinglist: ")


@pytest.mark.parametrize("name", ["absent.bib", "."])
def test_a_file_that_cannot_be_taken_in_is_named(empty: Commands, name: str, tmp_path: Path) -> None:
    result = empty.run("import", tmp_path / name)
    assert result.exit_code == 1
    assert (name if name != "." else tmp_path.name) in result.stderr


def test_without_a_file_the_call_is_wrong(empty: Commands, page: str) -> None:
    assert empty.run("import", stdin=page).exit_code == 2
    assert empty.run("import", "-", "-", stdin=page).exit_code == 2
    assert empty.run("import", "-", "--format", "papyrus", stdin=page).exit_code == 2
    assert empty.run("import", "-", "--to", "limbo", stdin=page).exit_code == 2


def test_an_export_is_taken_in_again_with_everything(commands: Commands, other: Commands, tmp_path: Path) -> None:
    commands.done("tag", 2, "--add", "lists")
    commands.done("note", 2, "--set", "Ask about *zeppelins*.")
    commands.done("export", "--format", "json", "-o", tmp_path / "all.json")
    other.done("import", tmp_path / "all.json")
    (paper,) = other.data("search", "tag:lists")["papers"]
    assert paper["note"] == "Ask about *zeppelins*."


def test_an_export_holds_what_the_query_finds(commands: Commands) -> None:
    commands.done("star", 3)
    lines = commands.done("export", "-is:starred", "--format", "jsonl").splitlines()
    assert len(lines) == 4
    assert all(json.loads(line)["starred"] is False for line in lines)


def test_an_export_does_not_make_do_with_some_of_the_words(commands: Commands) -> None:
    assert commands.data("search", "mood zeppelin")["relaxed"] is True
    assert json.loads(commands.done("export", "mood zeppelin", "--format", "json")) == []


def test_an_export_that_fails_leaves_the_old_file(commands: Commands, tmp_path: Path) -> None:
    file = tmp_path / "old.json"
    file.write_text("old")
    assert commands.run("export", "tga:x", "--format", "json", "-o", file).exit_code == 2
    assert commands.run("export", "--format", "page", "-o", file).exit_code == 2
    assert file.read_text() == "old"
    result = commands.run("export", "--format", "json", "-o", tmp_path / "no" / "such" / "folder.json")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_an_export_replaces_the_old_file(commands: Commands, tmp_path: Path) -> None:
    file = tmp_path / "old.json"
    file.write_text("old")
    assert commands.done("export", "--format", "json", "-o", file) == ""
    assert len(json.loads(file.read_text())) == 5


def test_formats_say_what_they_can(empty: Commands) -> None:
    formats = {each["name"]: each for each in empty.data("formats")}
    assert set(formats["json"]) == {"name", "label", "suffixes", "read", "write"}
    assert (formats["page"]["read"], formats["page"]["write"]) == (True, False)
    assert formats["jsonl"]["write"] is True
    assert "page" in empty.done("formats")


def test_a_terminal_is_told_how_to_end_its_input(
    empty: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], page: str
) -> None:
    from readinglist.cli import taking_in

    monkeypatch.setattr(taking_in, "listens", lambda stream: stream == "stdin")
    assert "Ctrl+" in empty.run("import", "-", stdin=page).stderr
    assert terminal.listens("stdin") is False


def test_a_folder_goes_out_and_comes_in_again(commands: Commands, other: Commands, tmp_path: Path) -> None:
    commands.done("note", 2, "--set", "Ask about *zeppelins*.")
    commands.done("tag", 2, "--add", "to read, soon")
    folder = tmp_path / "papers"
    assert commands.done("export", "--format", "markdown-folder", "-o", folder) == ""
    assert len(list(folder.iterdir())) == 5
    other.done("import", folder)
    (paper,) = other.data("search", 'tag:"to read, soon"')["papers"]
    assert paper["note"] == "Ask about *zeppelins*."
    assert len(other.found()) == 5


def test_edited_files_of_a_folder_are_named(commands: Commands, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    commands.done("export", "--format", "markdown-folder", "-o", folder)
    file = sorted(folder.iterdir())[0]
    file.write_text(file.read_text() + "Edited.\n")
    result = commands.run("export", "--format", "markdown-folder", "-o", folder)
    assert result.exit_code == 0
    assert file.name in result.stderr
    assert "left as they are" in result.stderr


def test_a_folder_and_a_file_are_not_mistaken_for_each_other(commands: Commands, tmp_path: Path) -> None:
    assert commands.run("export", "--format", "markdown-folder").exit_code == 2
    assert commands.run("export", "--format", "markdown-folder", "-o", "-").exit_code == 2
    assert commands.run("export", "--format", "json", "-o", tmp_path).exit_code == 2
    (tmp_path / "mine.txt").write_text("mine")
    result = commands.run("export", "--format", "markdown-folder", "-o", tmp_path)
    assert result.exit_code == 1
    assert "holds other files" in result.stderr


def test_standard_input_is_not_read_for_ever(empty: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Limits, "of", lambda *, large: Limits(None if large else 10))
    result = empty.run("import", "-", stdin='{"title": "One"}')
    assert (result.exit_code, "standard input holds more" in result.stderr) == (1, True)
    empty.done("import", "-", "--large", stdin='{"title": "One"}')
