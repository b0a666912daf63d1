"""Lanes: work elsewhere, answers here, in order, and an end to it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from readinglist.errors import ReadingListError
from readinglist.progress import Progress
from readinglist.ui.jobs import Lane, Lanes, Step


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    made = Lane("test")
    yield made
    made.close()


def test_a_job_runs_in_its_thread_and_answers_in_ours(lane: Lane, qtbot: QtBot) -> None:
    here = threading.get_ident()
    answers: list[tuple[bool, bool]] = []
    lane.run(
        lambda _: threading.get_ident(),
        done=lambda there: answers.append((there != here, threading.get_ident() == here)),
    )
    qtbot.waitUntil(lambda: not lane.busy)
    assert answers == [(True, True)]


def test_jobs_of_a_lane_run_one_after_another(lane: Lane, qtbot: QtBot) -> None:
    order: list[int] = []
    for number in range(20):
        lane.run(lambda _, n=number: order.append(n))  # type: ignore[misc]
    qtbot.waitUntil(lambda: not lane.busy)
    assert order == list(range(20))


def test_an_error_comes_back_as_a_value(lane: Lane, qtbot: QtBot) -> None:
    def fail(_: Progress) -> None:
        raise ReadingListError("no paper")

    errors: list[str] = []
    lane.run(fail, failed=lambda error: errors.append(str(error)))
    qtbot.waitUntil(lambda: not lane.busy)
    assert errors == ["no paper"]


def test_a_bug_is_logged_with_its_traceback_and_told(
    lane: Lane, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    errors: list[Exception] = []
    with caplog.at_level(logging.ERROR):
        lane.run(lambda _: 1 / 0, failed=errors.append)
        qtbot.waitUntil(lambda: not lane.busy)
    assert isinstance(errors[0], ZeroDivisionError)
    assert "ZeroDivisionError" in caplog.text


def test_a_cancelled_job_is_never_done(lane: Lane, qtbot: QtBot) -> None:
    started = threading.Event()
    heard: list[str] = []

    def work(progress: Progress) -> None:
        started.set()
        while True:
            progress.step(0, None)
            time.sleep(0.001)

    job = lane.run(work, done=lambda _: heard.append("done"), cancelled=lambda: heard.append("cancelled"))
    assert started.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: not lane.busy)
    assert heard == ["cancelled"]


def test_only_the_latest_search_is_answered(lane: Lane, qtbot: QtBot) -> None:
    go = threading.Event()
    answers: list[int] = []
    lane.run(lambda _: go.wait(5))
    for number in range(5):
        lane.run_latest(lambda _, n=number: n, done=answers.append)  # type: ignore[misc]
    go.set()
    qtbot.waitUntil(lambda: not lane.busy)
    assert answers == [4]


def test_progress_is_told_at_most_thirty_times_a_second_but_the_end_always(lane: Lane, qtbot: QtBot) -> None:
    steps: list[Step] = []

    def work(progress: Progress) -> None:
        for number in range(1, 2001):
            progress.step(number, 2000, "papers")

    lane.run(work, progressed=steps.append)
    qtbot.waitUntil(lambda: not lane.busy)
    assert 1 < len(steps) < 200
    assert steps[-1] == Step(2000, 2000, "papers")


def test_closing_an_edits_lane_does_what_waits(qtbot: QtBot) -> None:
    lane = Lane("test")
    written: list[int] = []
    for number in range(5):
        lane.run(lambda _, n=number: (time.sleep(0.005), written.append(n)))  # type: ignore[misc]
    lane.close(finish=True)
    assert written == [0, 1, 2, 3, 4]


def test_closing_gives_up_what_waits_and_calls_nobody_back(qtbot: QtBot) -> None:
    lane = Lane("test")
    heard: list[object] = []
    for _ in range(5):
        lane.run(lambda _: time.sleep(0.005), done=heard.append)
    lane.close()
    qtbot.wait(30)
    assert heard == []
    assert lane.run(lambda _: None, done=heard.append).finished


def test_settle_waits_for_the_answers(lane: Lane) -> None:
    answers: list[int] = []
    lane.run(lambda _: 7, done=answers.append)
    assert lane.settle()
    assert answers == [7]


def test_lanes_end_their_threads(qtbot: QtBot) -> None:
    before = threading.active_count()
    parent = QObject()
    lanes = Lanes(parent)
    lanes.background.run(lambda _: time.sleep(0.01))
    assert lanes.busy
    lanes.close()
    assert threading.active_count() == before
