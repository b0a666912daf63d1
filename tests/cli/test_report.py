"""The report for a bug tells what is needed and nothing that is anybody's business."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from readinglist.cli.discretion import without_names, without_quotes
from readinglist.cli.outcome import log_path, logged

if TYPE_CHECKING:
    from tests.cli.conftest import Commands


_LOG = """\
2026-03-11 WARNING 12 readinglist.settings: the settings in /home/ada lovelace/x.toml of “Ada” are damaged
2026-03-11 ERROR 12 readinglist.feeds.fetch: https://ada:pw@example.org/secret.xml and news.example.org do not answer
Traceback (most recent call last):
  File "/home/ada lovelace/src/readinglist/cli/program.py", line 7, in run
  File "/usr/lib/python3.11/json/decoder.py", line 355, in raw_decode
ValueError: “unclosed and private
"""


def test_a_report_holds_versions_counts_and_findings_and_no_word_of_the_reader(
    commands: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglist.cli.report._home", lambda: Path("/home/ada lovelace"))
    commands.done("note", 1, "--set", "My secret thoughts on unicorns")
    commands.done("tag", 1, "--add", "confidential")
    commands.done("searches", "save", "hobbies", "unicorns")
    commands.done("feeds", "add", "https://example.org/private.xml")
    log_path().parent.mkdir(parents=True, exist_ok=True)
    log_path().write_text(_LOG, encoding="utf-8")
    commands.done("doctor", "--report", tmp_path / "bug.txt")
    text = (tmp_path / "bug.txt").read_text(encoding="utf-8")
    assert text.startswith("Report of readinglist for a bug.")
    assert "Left out: titles, notes, tags, searches, feeds, names, and paths" in text
    assert "Whoosh 2.7.4" in text
    assert "with_notes 1, highlights 0, tags 1" in text
    assert "feeds 1" in text
    assert "ok database: The database is sound." in text
    assert "the settings in ~[path] of “…” are damaged" in text
    assert "readinglist.feeds.fetch: [address] and [address] do not answer" in text
    assert "  File readinglist.cli.program.py, line 7, in run" in text
    assert "  File decoder.py, line 355, in raw_decode" in text
    words = ["unicorns", "confidential", "hobbies", "private", "reading list number", "ada", "lovelace", "secret", "pw"]
    body = text.partition("\n\n")[2]
    for word in (*words, str(tmp_path), commands.folder.name + "/"):
        assert word not in body, word


def test_a_file_that_is_there_is_not_replaced(commands: Commands, tmp_path: Path) -> None:
    (tmp_path / "bug.txt").write_text("mine")
    assert commands.run("doctor", "--report", tmp_path / "bug.txt").exit_code == 1
    assert (tmp_path / "bug.txt").read_text() == "mine"


def test_a_report_of_a_library_that_does_not_open(commands: Commands, tmp_path: Path) -> None:
    (commands.folder / "library.db").write_bytes(b"")
    assert commands.run("doctor", "--report", tmp_path / "bug.txt").exit_code == 1
    text = (tmp_path / "bug.txt").read_text(encoding="utf-8")
    assert "WRONG database: [library][path]/library.db is empty" in text
    assert "The library could not be opened." in text


def test_windows_paths_are_left_out_too() -> None:
    line = r"cannot read C:\Users\ada\library.db or C:\Users\ada\x now"
    assert without_names(line) == "cannot read [path]/library.db or [path] now"


def test_the_name_of_the_user_is_left_out_wherever_it_stands() -> None:
    assert without_names("ada has it open; adage", user="ada") == "[user] has it open; adage"


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("“My diary” is in the trash", "“…” is in the trash"),
        ("“unclosed and private", "“…”"),
        ("invalid literal for int(): 'I met her'", "invalid literal for int(): “…”"),
        ("the library's note isn't there", "the library's note isn't there"),
        (
            "[Errno 2] No such file or directory: '/home/ada/x.db'",
            "[Errno 2] No such file or directory: '/home/ada/x.db'",
        ),
    ],
)
def test_the_log_keeps_no_quotes_but_paths(message: str, kept: str) -> None:
    assert without_quotes(message) == kept


def test_an_error_in_the_log_has_its_places_and_no_text_of_the_reader(tmp_path: Path) -> None:
    log = logging.getLogger("readinglist.test")
    with logged():
        try:
            try:
                int("my note: zymurgy")
            except ValueError as error:
                raise RuntimeError("first line “zymurgy”\nzymurgy in the second") from error
        except RuntimeError:
            log.exception("the note “%s” is lost", "zymurgy")
    text = log_path().read_text(encoding="utf-8")
    assert "ERROR" in text
    assert "the note “…” is lost" in text
    assert "ValueError: invalid literal for int() with base 10: “…”" in text
    assert "RuntimeError: first line “…”" in text
    assert text.index("ValueError") < text.index("and then:") < text.index("RuntimeError")
    assert "test_report.py" in text
    assert "zymurgy" not in re.sub(r"^    .*$", "", text, flags=re.MULTILINE)  # lines of the program itself
