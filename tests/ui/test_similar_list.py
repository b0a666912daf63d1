"""Papers close to the one that is read: the rows, when they are asked for, and the way to them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.library import Library
from readinglist.paper import Author, Paper, PaperId, Status
from readinglist.ui.jobs import Lane
from readinglist.ui.neighbours import Neighbour, Neighbours, neighbourhood
from readinglist.ui.similar_list import SimilarList
from readinglist.ui.theme import DARK, LIGHT
from tests.ui.conftest import Bench

ROWS = [
    Neighbour(
        Paper(id=PaperId(3), title="Night films of herring", authors=(Author("Ada Brandt"),), year=2024), ("herring",)
    ),
    Neighbour(Paper(id=PaperId(5), title="A very long title " * 20, status=Status.READ), ("shoals", "night film")),
]
HERRINGS: list[dict[str, object]] = [
    {"title": "Shoals of herring", "abstract": "A shoal of herring turns as one. We film the herring at night."},
    {"title": "Night films of herring", "abstract": "We film herring at night, and count the shoals."},
    {"title": "Herring at night", "abstract": "The herring shoal rises at night.", "status": "read"},
    {"title": "On bread", "abstract": "Bread rises with time. A long time makes a good bread."},
    {"title": "Rising bread", "abstract": "Why bread rises: yeast and time."},
    {"title": "Xyzzy"},
]


@pytest.fixture
def rows(qtbot: QtBot) -> Iterator[SimilarList]:
    made = SimilarList(LIGHT)
    made.resize(500, 100)
    made.show_neighbours(ROWS)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


def test_a_row_says_the_paper_and_what_both_have(rows: SimilarList) -> None:
    index = rows.model().index(0, 0)
    assert index.data() == "Night films of herring"
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Brandt" in spoken
    assert "herring" in spoken.rpartition("Both have")[2]
    assert rows.height_for(500) == 2 * rows.sizeHintForRow(0)


def test_a_click_goes_to_the_paper(qtbot: QtBot, rows: SimilarList) -> None:
    with qtbot.waitSignal(rows.paper_wanted) as wanted:
        place = rows.visualRect(rows.model().index(1, 0)).center()
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wanted.args == [5]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_keys_go_down_and_to_the_paper(qtbot: QtBot, rows: SimilarList, key: Qt.Key) -> None:
    rows.setCurrentIndex(rows.model().index(0, 0))
    QTest.keyClick(rows, Qt.Key.Key_Down)
    with qtbot.waitSignal(rows.paper_wanted) as wanted:
        QTest.keyClick(rows, key)
    assert wanted.args == [5]
    with qtbot.waitSignal(rows.left):
        QTest.keyClick(rows, Qt.Key.Key_Escape)


def test_rows_are_painted_light_and_dark_and_narrow(rows: SimilarList) -> None:
    light = rows.grab().toImage()
    rows.set_theme(DARK)
    assert rows.grab().toImage() != light
    rows.resize(60, 100)
    rows.setFocus()
    rows.setCurrentIndex(rows.model().index(0, 0))
    assert not rows.grab().isNull()


def test_the_row_the_reader_is_at_stays(rows: SimilarList) -> None:
    rows.setCurrentIndex(rows.model().index(1, 0))
    rows.show_neighbours(ROWS[::-1])
    assert rows.currentIndex().row() == 1
    rows.show_neighbours([])
    assert not rows.currentIndex().isValid()
    assert rows.count() == 0


@pytest.fixture
def herrings(make_bench: Callable[[list[dict[str, object]]], Bench]) -> Bench:
    return make_bench(HERRINGS)


def close_ones(bench: Bench) -> list[str]:
    """Return the titles at the end of the reader."""
    rows = bench.find("similarList")
    assert isinstance(rows, SimilarList)
    if rows.isHidden():
        return []
    return [rows.model().index(row, 0).data() for row in range(rows.count())]


def choose(bench: Bench, title: str) -> None:
    model = bench.window.pane.papers.papers
    row = next(n for n in range(model.rowCount()) if (paper := model.paper(n)) and paper.title == title)
    bench.window.pane.papers.select_row(row)
    bench.settle()


def test_the_reader_ends_with_the_papers_close_to_it(herrings: Bench) -> None:
    choose(herrings, "Shoals of herring")
    assert set(close_ones(herrings)) == {"Night films of herring", "Herring at night"}
    choose(herrings, "On bread")
    assert close_ones(herrings) == ["Rising bread"]


def test_a_paper_like_no_other_has_no_list(herrings: Bench) -> None:
    choose(herrings, "Shoals of herring")
    choose(herrings, "Xyzzy")
    assert close_ones(herrings) == []
    assert herrings.find("similarTitle").isHidden()


def test_enter_goes_to_a_paper_of_the_same_list_and_of_another(herrings: Bench) -> None:
    choose(herrings, "Shoals of herring")
    rows = herrings.find("similarList")
    assert isinstance(rows, SimilarList)
    for title in ("Night films of herring", "Herring at night"):
        rows.setFocus()
        rows.setCurrentIndex(rows.model().index(close_ones(herrings).index(title), 0))
        QTest.keyClick(rows, Qt.Key.Key_Return)
        herrings.settle()
        assert herrings.window.reader._paper is not None
        assert herrings.window.reader._paper.title == title
        assert QApplication.focusWidget() is herrings.window.pane.papers
    assert herrings.window._searching.question.view.key == "view:all"


def test_a_paper_that_is_thrown_away_leaves_the_list(herrings: Bench) -> None:
    choose(herrings, "On bread")
    with herrings.library() as library:
        library.remove([5])
    herrings.settle()
    assert close_ones(herrings) == []


def test_with_several_selected_there_is_none(herrings: Bench) -> None:
    choose(herrings, "On bread")
    herrings.do("actionSelectAll")
    assert not herrings.find("similarList").isVisible()
    choose(herrings, "On bread")
    assert close_ones(herrings) == ["Rising bread"]


def test_papers_passed_quickly_are_not_asked_about(herrings: Bench, qtbot: QtBot) -> None:
    with herrings.library() as library:
        asked: list[int] = []

        class Counted(Neighbours):
            def _ask(self) -> None:
                asked.append(self._of or 0)
                super()._ask()

        lane = Lane("test")
        neighbours = Counted(library, lane)
        neighbours._soon.setInterval(60)
        found: list[object] = []
        neighbours.found.connect(found.append)
        for number in (1, 2, 3, 4):
            neighbours.show_for(PaperId(number))
        neighbours.show_for(PaperId(4))
        assert not neighbours.settled
        qtbot.waitUntil(lambda: bool(found), timeout=5_000)
        neighbours.show_for(PaperId(4))
        assert neighbours.settled
        assert asked == [4]
        neighbours.show_for(None)
        neighbours.refresh()
        assert neighbours.settled
        lane.close()


def test_a_paper_that_is_gone_is_no_failure(herrings: Bench, qtbot: QtBot) -> None:
    with herrings.library() as library:
        lane = Lane("test")
        neighbours = Neighbours(library, lane)
        failures: list[str] = []
        neighbours.failed.connect(failures.append)
        neighbours.show_for(PaperId(99))
        qtbot.waitUntil(lambda: neighbours.settled and not lane.busy, timeout=5_000)
        lane.close()
    assert failures == []


def test_a_search_does_not_wait_for_what_is_like_the_paper_read(
    herrings: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = threading.Event()

    def slow(_library: Library, paper_id: PaperId) -> object:
        assert done.wait(20)
        return neighbourhood(_library, paper_id)

    choose(herrings, "On bread")
    monkeypatch.setattr("readinglist.ui.neighbours.neighbourhood", slow)
    herrings.window._neighbours.refresh()
    herrings.qtbot.waitUntil(lambda: herrings.window.lanes.aside.busy)
    with herrings.qtbot.waitSignal(herrings.window._searching.listed, timeout=10_000):
        herrings.window._searching.search("herring")
    done.set()
    herrings.settle()


def test_while_letters_come_it_is_asked_after_the_last_of_them(herrings: Bench) -> None:
    choose(herrings, "On bread")
    window = herrings.window
    window._neighbours._soon.setTimerType(Qt.TimerType.PreciseTimer)
    window._neighbours._soon.setInterval(60_000)
    window._neighbours.refresh()
    herrings.qtbot.wait(50)
    before = window._neighbours._soon.remainingTime()
    with herrings.qtbot.waitSignal(window._searching.sent):
        window._searching.search("bread")
    assert window._neighbours._soon.remainingTime() > before
    window._neighbours._soon.setInterval(0)
    herrings.settle()


def test_asking_waits_for_nothing_in_the_window_s_thread(herrings: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = threading.Event()

    def slow(_library: Library, paper_id: PaperId) -> object:
        assert asked.wait(10)
        return neighbourhood(_library, paper_id)

    monkeypatch.setattr("readinglist.ui.neighbours.neighbourhood", slow)
    herrings.window._neighbours.show_for(PaperId(4))
    QApplication.processEvents()
    asked.set()
    herrings.settle()
