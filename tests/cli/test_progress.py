"""The progress bar, and Ctrl+C while it runs."""

from __future__ import annotations

import io
import signal
from collections.abc import Iterator

import pytest

from readinglist.cli import progress as progress_module
from readinglist.cli.progress import Bar, watched
from readinglist.progress import Cancelled


@pytest.fixture(autouse=True)
def _redraw_always(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(progress_module, "_REDRAW_SECONDS", 0.0)
    return


def test_the_bar_shows_how_far_the_work_is() -> None:
    stream = io.StringIO()
    bar = Bar("Reading", stream)
    bar.step(41, 82)
    assert "Reading" in stream.getvalue()
    assert "50%" in stream.getvalue()
    assert "41 of 82" in stream.getvalue()


def test_work_of_unknown_size_is_counted() -> None:
    stream = io.StringIO()
    Bar("Reading", stream).step(1200, None)
    assert "Reading  1,200" in stream.getvalue()


def test_the_work_may_say_itself_where_it_is() -> None:
    stream = io.StringIO()
    Bar("Reading", stream).step(1200, None, "1,200 papers\x1b[2J read")
    assert "1,200 papers[2J read" in stream.getvalue()
    assert "Reading" not in stream.getvalue()


def test_the_line_is_taken_away_at_the_end() -> None:
    stream = io.StringIO()
    bar = Bar("Reading", stream)
    bar.step(1, 2)
    bar.clear()
    assert stream.getvalue().endswith("\r\x1b[2K")


def test_nothing_is_drawn_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with watched("Reading") as progress:
        progress.step(1, 2)
    assert capsys.readouterr() == ("", "")


def test_the_first_interrupt_stops_at_the_next_step_and_the_second_at_once() -> None:
    with watched("Reading") as progress:
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(Cancelled):
            progress.step(1, 2)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_interrupts_are_as_before_afterwards() -> None:
    before = signal.getsignal(signal.SIGINT)
    with watched("Reading"):
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
