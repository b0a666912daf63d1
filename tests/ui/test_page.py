"""What all pages do alike."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from readinglist.progress import Progress
from readinglist.ui.jobs import Lane
from readinglist.ui.page import Page
from readinglist.ui.theme import LIGHT


class _Counted(Page):
    """A page that shows a number when it is told to."""

    def __init__(self, lane: Lane) -> None:
        super().__init__("countView", "Count", LIGHT, lane)
        self.gate = threading.Event()
        self.shown: list[int] = []

    def refresh(self) -> None:
        def call(_progress: Progress) -> int:
            self.gate.wait(10)
            return 1

        self.ask(call, self.shown.append)


@pytest.fixture
def page(qtbot: QtBot) -> _Counted:
    lane = Lane("test")
    made = _Counted(lane)
    qtbot.addWidget(made, before_close_func=lambda _page: lane.close())
    made.show()
    return made


def test_it_is_settled_once_what_it_asked_is_there(page: _Counted, qtbot: QtBot) -> None:
    page.refresh()
    assert not page.settled
    page.gate.set()
    qtbot.waitUntil(lambda: page.settled)
    assert page.shown == [1]


def test_it_gives_up_when_the_reader_leaves_it(page: _Counted, qtbot: QtBot) -> None:
    page.refresh()
    page.hide()
    assert page.settled
    page.gate.set()
    qtbot.waitUntil(lambda: not page._lane.busy)
    assert page.shown == []


def test_it_goes_on_while_the_window_is_minimised(page: _Counted, qtbot: QtBot) -> None:
    page.refresh()
    page.showMinimized()
    page.gate.set()
    qtbot.waitUntil(lambda: not page._lane.busy)
    assert page.shown == [1]
