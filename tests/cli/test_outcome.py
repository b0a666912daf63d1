"""Exit statuses and what is said with them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from readinglist.cli import outcome as outcome_module
from readinglist.cli.outcome import logged, outcome
from readinglist.errors import QueryError, ReadingListError
from readinglist.progress import Cancelled


@pytest.fixture
def log_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "logs" / "readinglist.log"
    monkeypatch.setattr(outcome_module, "log_path", lambda: path)
    return path


def failing(error: BaseException) -> Callable[[], int]:
    def work() -> int:
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (ReadingListError("There is no paper 7."), 1, "readinglist: There is no paper 7."),
        (click.UsageError("Say which."), 2, "readinglist: Say which."),
        (click.ClickException("no editor"), 1, "readinglist: no editor"),
        (KeyboardInterrupt(), 130, "readinglist: stopped."),
        (Cancelled(), 130, "readinglist: stopped."),
        (click.Abort(), 130, "readinglist: stopped."),
        (BrokenPipeError(), 1, ""),
    ],
)
def test_each_end_has_its_status_and_words(
    error: BaseException, status: int, words: str, capsys: pytest.CaptureFixture[str], log_file: Path
) -> None:
    assert outcome(failing(error)) == status
    assert capsys.readouterr().err.strip() == words
    assert not log_file.exists()


def test_the_status_of_the_work_is_the_status() -> None:
    assert outcome(lambda: 3) == 3


def test_a_query_error_shows_the_place(capsys: pytest.CaptureFixture[str]) -> None:
    error = QueryError("There is no field “tga”.", "注 tga:x", 2, 5, "tag")
    assert outcome(failing(error)) == 2
    assert capsys.readouterr().err.splitlines() == [
        "  注 tga:x",
        "     ^^^",
        "readinglist: There is no field “tga”.",
        "Did you mean: tag",
    ]


@pytest.mark.parametrize("place", [(0, 3), (500, 503), (997, 1000), (1000, 1000), (0, 1000), (2000, 3000)])
def test_the_place_in_a_long_query_stays_in_sight(place: tuple[int, int], capsys: pytest.CaptureFixture[str]) -> None:
    outcome(failing(QueryError("No.", "word " * 200, *place)))
    query, carets, *_ = capsys.readouterr().err.splitlines()
    assert len(query) <= 80
    assert "^" in carets
    assert len(carets) <= 80


def test_a_query_with_control_characters_is_shown_without(capsys: pytest.CaptureFixture[str]) -> None:
    outcome(failing(QueryError("No\x1b[2J.", "a\x1b[2J\u202e:b", 0, 1)))
    shown = capsys.readouterr().err
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_a_bug_is_logged_and_said_in_one_sentence(log_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with logged():
        assert outcome(failing(ZeroDivisionError("deep inside"))) == 1
    said = capsys.readouterr().err
    assert said.startswith("readinglist: ")
    assert len(said.splitlines()) == 1
    assert str(log_file) in said
    assert "Traceback" not in said
    assert "Traceback" in log_file.read_text()
    assert "deep inside" in log_file.read_text()


def test_a_log_that_cannot_be_written_is_no_second_failure(log_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log_file.parent.write_text("a file where the folder should be")
    with logged():
        assert outcome(failing(ZeroDivisionError("deep inside"))) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_warnings_go_to_the_log_and_not_to_the_terminal(log_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with logged():
        logging.getLogger("readinglist.somewhere").warning("slow disk")
    assert "slow disk" in log_file.read_text()
    assert capsys.readouterr().err == ""


def test_a_log_that_has_grown_is_put_aside(log_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcome_module, "_LOG_BYTES", 10)
    with logged():
        for text in ("the first line", "the second line"):
            logging.getLogger("readinglist.somewhere").warning(text)
    assert "second" in log_file.read_text()
    assert "first" not in log_file.read_text()
    assert "first" in log_file.with_suffix(".old.log").read_text()
