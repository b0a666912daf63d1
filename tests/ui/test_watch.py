"""Changes are heard, whoever made them, in the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from readinglist.library import Changed, Library
from readinglist.paper import Paper
from readinglist.ui.watch import Watch


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with Library.open(folder) as made:
        made.add(Paper("Ropes"))
        yield made


@pytest.fixture
def eye(library: Library, qtbot: QtBot) -> Iterator[Watch]:
    made = Watch(library)
    yield made
    made.close()


def test_an_edit_of_a_worker_is_heard_in_the_window_s_thread(library: Library, eye: Watch, qtbot: QtBot) -> None:
    heard: list[tuple[Changed, int]] = []
    eye.changed.connect(lambda changed: heard.append((changed, threading.get_ident())))
    worker = threading.Thread(target=lambda: library.star([1]))
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(heard))
    ((changed, thread),) = heard
    assert (changed.edited, thread) == (frozenset({1}), threading.get_ident())


def test_another_connection_is_heard_within_a_second(folder: Path, eye: Watch, qtbot: QtBot) -> None:
    with Library.open(folder) as other, qtbot.waitSignal(eye.changed_elsewhere, timeout=1_000):
        other.star([1])


def test_our_own_edit_is_not_taken_for_another_s(library: Library, eye: Watch, qtbot: QtBot) -> None:
    heard: list[bool] = []
    eye.changed_elsewhere.connect(lambda: heard.append(True))
    library.star([1])
    eye.look()
    assert heard == []


def test_a_new_day_is_told_once(library: Library, qtbot: QtBot) -> None:
    days = [date(2026, 3, 11)]
    eye = Watch(library, today=lambda: days[-1])
    heard: list[bool] = []
    eye.day_changed.connect(lambda: heard.append(True))
    eye.look()
    assert heard == []
    days.append(date(2026, 3, 12))
    eye.look()
    eye.look()
    assert heard == [True]
    eye.close()


def test_after_closing_nothing_is_heard(library: Library, qtbot: QtBot) -> None:
    eye = Watch(library)
    heard: list[Changed] = []
    eye.changed.connect(heard.append)
    eye.close()
    library.star([1])
    qtbot.wait(10)
    assert heard == []
