"""The list: it fetches what is in sight, and the selection stays with its papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from readinglist.errors import ReadingListError
from readinglist.paper import Paper, PaperId
from readinglist.ui.paper_list import PaperList
from readinglist.ui.paper_model import PAGE_ROWS
from readinglist.ui.theme import DARK, LIGHT
from tests.pace import within

LONG = "a title of many words that goes on and on until it cannot stand in one line of any list"


class Shelf:
    """Papers by number, and which of them were asked for."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.broken = False

    def fetch(self, ids: Sequence[PaperId]) -> list[Paper]:
        """Return made-up papers; every third has a long title."""
        self.asked.append(list(ids))
        if self.broken:
            raise ReadingListError("The disk is gone.")
        return [Paper(f"{n} {LONG}" if n % 3 == 0 else f"Paper {n}", id=n, abstract="Text.") for n in ids]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def papers(qtbot: QtBot, shelf: Shelf) -> Iterator[PaperList]:
    view = PaperList(shelf.fetch, LIGHT)
    view.resize(404, 700)
    view.show()
    qtbot.waitExposed(view)
    yield view
    view.close()
    view.deleteLater()


def ids(*numbers: int) -> list[PaperId]:
    return [PaperId(number) for number in numbers]


def many(count: int) -> list[PaperId]:
    return [PaperId(number) for number in range(1, count + 1)]


def test_only_the_pages_in_sight_are_fetched(papers: PaperList, shelf: Shelf, qtbot: QtBot) -> None:
    papers.show_ids(many(100_000), keep_place=False)
    qtbot.waitUntil(lambda: papers.painted)
    assert shelf.asked == [list(range(1, PAGE_ROWS + 1))]
    papers.verticalScrollBar().setValue(papers.verticalScrollBar().maximum())
    qtbot.wait(1)
    assert len(shelf.asked) <= 4
    assert shelf.asked[-1][-1] == 100_000


def test_a_hundred_thousand_rows_are_reset_and_selected_at_once(papers: PaperList, qtbot: QtBot) -> None:
    numbers = many(100_000)
    papers.show_ids(numbers, keep_place=False)
    qtbot.waitUntil(lambda: papers.painted)
    with within(1):
        papers.selectAll()
        assert papers.selected_count() == 100_000
        papers.show_ids(numbers[:-1], keep_place=True)
        assert papers.selected_count() == 99_999


def test_rows_are_as_high_as_their_titles_need(papers: PaperList) -> None:
    papers.show_ids(ids(1, 3), keep_place=False)
    header = papers.verticalHeader()
    assert (header.sectionSize(0), header.sectionSize(1)) == (85, 104)


def test_what_is_in_sight_does_not_move_while_rows_get_their_height(papers: PaperList, qtbot: QtBot) -> None:
    papers.show_ids(many(3_000), keep_place=False)
    bar, header = papers.verticalScrollBar(), papers.verticalHeader()
    bar.setValue(100_000)
    qtbot.wait(1)
    row = header.visualIndexAt(300)
    before = header.sectionViewportPosition(row)
    bar.setValue(bar.value() - 60)
    assert header.sectionViewportPosition(row) == before + 60
    bar.setValue(bar.value() - 600)
    assert header.sectionViewportPosition(row) == before + 660


def test_the_selection_stays_with_its_papers(papers: PaperList) -> None:
    papers.show_ids(many(20), keep_place=False)
    papers.select_row(4)
    papers.show_ids(ids(9, 5, 1), keep_place=True)
    assert (papers.current_id(), papers.selected_ids()) == (5, [5])


def test_several_selected_papers_stay_selected_without_those_that_went(papers: PaperList) -> None:
    papers.show_ids(many(20), keep_place=False)
    papers.select_row(4)
    for _ in range(3):
        QTest.keyClick(papers, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert papers.selected_ids() == [5, 6, 7, 8]
    papers.show_ids(ids(8, 20, 6, 5), keep_place=True)
    assert papers.selected_ids() == [8, 6, 5]


def test_the_paper_that_takes_the_row_of_one_that_went_is_current(papers: PaperList) -> None:
    papers.show_ids(many(5), keep_place=False)
    papers.select_row(2)
    papers.show_ids(ids(1, 2, 4, 5), keep_place=True)
    assert papers.current_id() == 4
    papers.select_row(3)
    papers.show_ids(ids(1, 2, 4), keep_place=True)
    assert papers.current_id() == 4


def test_stepping_past_a_selection_goes_on_and_at_the_end_back(papers: PaperList) -> None:
    papers.show_ids(many(5), keep_place=False)
    papers.select_row(1)
    QTest.keyClick(papers, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    papers.step_past_selection()
    assert papers.selected_ids() == [4]
    papers.select_row(4)
    papers.step_past_selection()
    assert papers.selected_ids() == [4]


def test_the_list_keeps_its_place_when_papers_above_it_go(papers: PaperList, qtbot: QtBot) -> None:
    papers.show_ids(many(200), keep_place=False)
    papers.select_row(60)
    papers.verticalScrollBar().setValue(papers.verticalScrollBar().value() + 37)
    qtbot.wait(1)
    row = papers.papers.row_of(61)
    before = papers.verticalHeader().sectionViewportPosition(row)
    papers.show_ids([n for n in many(200) if n > 10], keep_place=True)
    row = papers.papers.row_of(61)
    assert papers.verticalHeader().sectionViewportPosition(row) == before


def test_a_burst_of_changes_is_told_once(papers: PaperList, qtbot: QtBot) -> None:
    papers.show_ids(many(50), keep_place=False)
    qtbot.waitUntil(lambda: papers.settled)
    told: list[bool] = []
    papers.selection_settled.connect(lambda: told.append(True))
    for _ in range(10):
        papers.step(1)
    qtbot.waitUntil(lambda: papers.settled)
    assert told == [True]


def test_an_error_while_fetching_is_told_and_the_rows_stay_empty(papers: PaperList, shelf: Shelf, qtbot: QtBot) -> None:
    shelf.broken = True
    with qtbot.waitSignal(papers.papers.fetch_failed) as heard:
        papers.show_ids(many(5), keep_place=False)
    assert heard.args == ["The disk is gone."]
    index = papers.papers.index(0, 0)
    assert index.data(Qt.ItemDataRole.DisplayRole) is None


def test_rows_have_words_for_those_who_cannot_see_them(papers: PaperList) -> None:
    papers.show_ids(ids(1), keep_place=False)
    words = papers.papers.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words.startswith("Paper 1")
    assert "in Inbox" in words


def test_escape_and_up_from_the_first_row_lead_to_the_search(papers: PaperList, qtbot: QtBot) -> None:
    papers.show_ids(many(3), keep_place=False)
    with qtbot.waitSignal(papers.escaped):
        QTest.keyClick(papers, Qt.Key.Key_Escape)
    with qtbot.waitSignal(papers.left_upwards):
        QTest.keyClick(papers, Qt.Key.Key_Up)


def test_another_theme_keeps_the_heights(papers: PaperList) -> None:
    papers.show_ids(many(9), keep_place=False)
    before = [papers.verticalHeader().sectionSize(row) for row in range(5)]
    papers.set_theme(DARK)
    assert [papers.verticalHeader().sectionSize(row) for row in range(5)] == before
