"""Duplicates in the window: found, looked at side by side, merged, kept apart, and taken back."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from readinglist.library import Library
from readinglist.paper import Author, Paper, Status
from readinglist.ui.compare_table import CompareTable
from readinglist.ui.duplicates_view import DuplicatesView
from readinglist.ui.theme import DARK
from tests.ui.conftest import Bench, end

ADA = (Author("Ada Example"),)
CTRL = Qt.KeyboardModifier.ControlModifier
PAPERS = (
    Paper("Reading lists and rain", authors=ADA, year=2020, abstract="Rain makes lists longer.", note="Mine."),
    Paper("Maps of images for robots", authors=ADA, year=2021),
    Paper("Reading Lists and Rain", authors=ADA, year=2021, venue="Journal of Rain", doi="10.1000/rain", note="Yours."),
    Paper("Maps of images for robots: an extended view", authors=ADA, year=2022, tags=frozenset({"maps"})),
    Paper("Cats", authors=ADA),
    Paper("Ropes of old harbours", authors=ADA, doi="10.1000/ropes", status=Status.READING),
    Paper("Ropes, knots and harbours", authors=ADA, doi="10.1000/ropes", starred=True),
)
"""1 and 3 are one by title, 6 and 7 by DOI, 2 and 4 perhaps, and 5 is alone."""


class Doubles(Bench):
    """A window on a library with duplicates."""

    @property
    def view(self) -> DuplicatesView:
        found = self.find("duplicatesView")
        assert isinstance(found, DuplicatesView)
        return found

    def label(self, name: str) -> str:
        found = self.find(name)
        assert isinstance(found, QLabel)
        return found.text()

    def button(self, name: str) -> QPushButton:
        found = self.find(name)
        assert isinstance(found, QPushButton)
        return found

    def press(self, key: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.key(key, modifier)
        self.settle()

    def click(self, name: str) -> None:
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)
        self.settle()

    def cells(self, field: str) -> list[str]:
        """What stands in the row of a field."""
        table = self.find("compareTable")
        assert isinstance(table, CompareTable)
        model = table.model()
        for row in range(model.rowCount()):
            if str(model.headerData(row, Qt.Orientation.Vertical)).split(" ")[0] == field:
                return [str(model.index(row, column).data()) for column in range(model.columnCount())]
        return []

    def listed(self) -> list[str]:
        """What a screen reader says of the groups."""
        model = self.view.groups.model()
        return [str(model.index(r, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for r in range(model.rowCount())]

    def select(self, *rows: int) -> None:
        papers = self.window.pane.papers
        flags = QItemSelectionModel.SelectionFlag
        for at, row in enumerate(rows):
            papers.selectionModel().select(papers.papers.index(row, 0), flags.Select if at else flags.ClearAndSelect)
        self.settle()
        papers.setFocus()


@pytest.fixture(scope="session")
def seven_papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library of the papers above, to be copied."""
    folder = tmp_path_factory.mktemp("seven-papers") / "library"
    with Library.open(folder) as library:
        for paper in PAPERS:
            library.add(paper)
        library.wait_for_index()
    return folder


@pytest.fixture
def bench(qtbot: QtBot, folder: Path, seven_papers: Path) -> Iterator[Doubles]:
    shutil.copytree(seven_papers, folder)
    made = Doubles(qtbot, folder)
    made.go("view:all")
    yield made
    end(made.window)


@pytest.fixture
def found(bench: Doubles) -> Doubles:
    bench.press(Qt.Key.Key_M, CTRL)
    return bench


def trashed(bench: Bench) -> list[int]:
    with bench.library() as library:
        return sorted(library.search("is:trash").ids)


def test_groups_are_listed_with_the_reason_those_that_are_certain_first(found: Doubles) -> None:
    assert found.listed() == [
        "Reading lists and rain, The same title · certain",
        "Ropes of old harbours, The same DOI · certain",
        "Maps of images for robots, Similar titles · look closely",
    ]
    assert found.label("duplicatesState") == "1 of 3"


def test_papers_stand_side_by_side_with_the_oldest_kept_and_the_result(found: Doubles) -> None:
    assert found.cells("Title") == ["Reading lists and rain", "Reading Lists and Rain", "Reading lists and rain"]
    assert found.cells("Venue") == ["", "Journal of Rain", "Journal of Rain"]
    assert found.cells("Note") == ["Mine.", "Yours.", "Mine.\n\nYours."]
    keep = found.find("keep1")
    assert isinstance(keep, QRadioButton)
    assert keep.isChecked()
    assert found.label("mergeSummary") == "Paper 1 is kept and takes in: Venue, DOI, Note. The other goes to the trash."


def test_differences_are_marked_by_a_sign_and_in_words(found: Doubles) -> None:
    model = found.view.table.model()
    heads = [str(model.headerData(row, Qt.Orientation.Vertical)) for row in range(model.rowCount())]
    assert "Venue ≠" in heads
    assert "Authors" in heads
    said = model.index(heads.index("Venue ≠"), 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Merged, Venue, Journal of Rain, the papers differ, taken in"


def test_enter_merges_and_goes_on_to_the_next_group(found: Doubles) -> None:
    found.press(Qt.Key.Key_Return)
    assert trashed(found) == [3]
    with found.library() as library:
        paper = library.paper(1)
    assert (paper.venue, paper.doi, paper.note) == ("Journal of Rain", "10.1000/rain", "Mine.\n\nYours.")
    assert len(found.listed()) == 2
    assert found.cells("DOI") == ["10.1000/ropes"] * 3
    assert found.window.pane.toast.text() == "Merged 2 papers into “Reading lists and rain”"
    assert found.find("undoButton").isVisible()


def test_ctrl_z_takes_a_merge_back_and_lists_the_group_again(found: Doubles) -> None:
    found.press(Qt.Key.Key_Return)
    found.press(Qt.Key.Key_Z, CTRL)
    assert trashed(found) == []
    assert len(found.listed()) == 3
    assert found.label("duplicatesState") == "1 of 3"


def test_the_toast_takes_a_merge_back_by_mouse(found: Doubles) -> None:
    found.click("mergeButton")
    assert trashed(found) == [3]
    found.click("undoButton")
    assert trashed(found) == []
    assert len(found.listed()) == 3


def test_another_paper_is_kept_by_its_number(found: Doubles) -> None:
    found.press("2")
    assert found.cells("Title")[-1] == "Reading Lists and Rain"
    assert "Paper 2 is kept" in found.label("mergeSummary")
    found.press(Qt.Key.Key_Return)
    assert trashed(found) == [1]


def test_another_paper_is_kept_by_its_button(found: Doubles) -> None:
    found.click("keep2")
    found.click("mergeButton")
    assert trashed(found) == [1]


def test_the_rule_chooses_the_paper_to_keep(found: Doubles) -> None:
    rule = found.find("mergeRule")
    assert isinstance(rule, QComboBox)
    rule.setFocus()
    found.press(Qt.Key.Key_Down)
    assert rule.currentText() == "the one added last"
    assert "Paper 2 is kept" in found.label("mergeSummary")


def test_all_that_are_certain_are_merged_at_once_and_taken_back_at_once(found: Doubles) -> None:
    assert found.button("mergeAll").text() == "Merge the 2 that are certain"
    found.click("mergeAll")
    assert trashed(found) == [3, 7]
    assert found.listed() == ["Maps of images for robots, Similar titles · look closely"]
    assert not found.find("mergeAll").isVisible()
    assert found.window.pane.toast.text() == "Merged the papers of 2 groups"
    found.press(Qt.Key.Key_Z, CTRL)
    assert trashed(found) == []
    assert len(found.listed()) == 3


def test_papers_that_are_not_duplicates_are_not_listed_again(found: Doubles) -> None:
    found.press("j")
    found.press("j")
    found.press("n")
    assert len(found.listed()) == 2
    assert trashed(found) == []
    found.press(Qt.Key.Key_Escape)
    found.press(Qt.Key.Key_M, CTRL)
    assert len(found.listed()) == 2
    assert "Maps" not in " ".join(found.listed())


def test_keeping_apart_can_be_taken_back(found: Doubles) -> None:
    found.press("n")
    found.press(Qt.Key.Key_Z, CTRL)
    assert len(found.listed()) == 3
    with found.library() as library:
        assert len(library.duplicates()) == 3


def test_a_group_is_skipped_and_stays(found: Doubles) -> None:
    found.press("s")
    assert found.cells("DOI") == ["10.1000/ropes"] * 3
    for _ in range(2):
        found.click("skipGroup")
    assert found.label("duplicatesState") == "1 of 3"
    assert trashed(found) == []


def test_the_last_group_ends_in_a_sentence(found: Doubles) -> None:
    for _ in range(3):
        found.press(Qt.Key.Key_Return)
    assert trashed(found) == [3, 4, 7]
    assert found.label("duplicatesMessage") == "That was the last of them."
    assert not found.find("mergeButton").isVisible()
    found.press(Qt.Key.Key_Return)
    assert not found.view.isVisible()


def test_a_library_without_duplicates_says_so(empty_bench: Bench) -> None:
    empty_bench.do("actionDuplicates")
    message = empty_bench.find("duplicatesMessage")
    assert isinstance(message, QLabel)
    assert message.text() == "No paper is in the library twice."
    assert QApplication.focusWidget() is empty_bench.find("duplicatesClose")


def test_looking_can_be_cancelled(bench: Doubles) -> None:
    gate = threading.Event()
    bench.window.lanes.background.run(lambda _: gate.wait(5))
    bench.window.actions_by_name["actionDuplicates"].trigger()
    assert bench.find("duplicatesProgress").isVisible()
    assert bench.button("duplicatesClose").text() == "Cancel"
    bench.key(Qt.Key.Key_Escape)
    assert not bench.view.isVisible()
    gate.set()
    bench.settle()
    assert not bench.view.isVisible()
    assert QApplication.focusWidget() is bench.window.pane.papers


def test_selected_papers_are_merged_side_by_side(bench: Doubles) -> None:
    titles = bench.titles()
    bench.select(titles.index("Cats"), titles.index("Ropes"))
    bench.press("m")
    assert bench.label("duplicatesTitle") == "Merge 2 papers"
    assert not bench.find("duplicateGroups").isVisible()
    bench.press(Qt.Key.Key_Return)
    assert not bench.view.isVisible()
    assert len(trashed(bench)) == 1
    assert bench.window.pane.toast.text().startswith("Merged 2 papers into")
    assert bench.window.pane.toast.isVisible()
    bench.do("actionUndo")
    assert trashed(bench) == []


@pytest.mark.parametrize(("rows", "enabled"), [((0,), False), ((0, 1), True), ((0, 1, 2), True)])
def test_merging_takes_two_papers_or_more(bench: Doubles, rows: tuple[int, ...], enabled: bool) -> None:
    bench.select(*rows)
    assert bench.window.actions_by_name["actionMerge"].isEnabled() is enabled


def test_more_papers_than_can_be_looked_at_are_not_merged(make_bench: Callable[..., Bench]) -> None:
    bench = make_bench([{"title": f"Invented paper {n} of many"} for n in range(11)])
    bench.go("view:all")
    bench.do("actionSelectAll")
    assert not bench.window.actions_by_name["actionMerge"].isEnabled()


def test_papers_that_went_to_the_trash_meanwhile_are_not_merged(found: Doubles) -> None:
    with found.library() as library:
        library.remove([3])
    found.settle()
    assert "is in the trash" in found.label("mergeSummary")
    assert not found.button("mergeButton").isEnabled()
    found.press(Qt.Key.Key_Return)
    assert trashed(found) == [3]
    found.press("s")
    assert found.button("mergeButton").isEnabled()


def test_tab_goes_round_in_the_sheet_and_reaches_every_control(found: Doubles) -> None:
    seen = set()
    for _ in range(20):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert found.view.isAncestorOf(focus)
        assert focus.accessibleName() or isinstance(focus, QPushButton), focus.objectName()
        seen.add(focus.objectName())
        found.key(Qt.Key.Key_Tab)
    assert seen >= {
        "duplicateGroups",
        "compareTable",
        "mergeButton",
        "notDuplicates",
        "skipGroup",
        "duplicatesClose",
        "mergeRule",
        "mergeAll",
    }
    assert {"keep1", "keep2"} & seen


def test_a_long_text_is_unfolded_by_space(found: Doubles) -> None:
    with found.library() as library:
        library.correct([1], abstract="Rain makes lists longer, and longer still. " * 20)
    found.settle()
    table = found.view.table
    row = next(r for r, line in enumerate(table.comparison().lines) if line.name == "abstract")
    table.setFocus()
    table.setCurrentIndex(table.model().index(row, 0))
    folded = table.rowHeight(row)
    found.key(Qt.Key.Key_Space)
    assert table.rowHeight(row) > 2 * folded
    found.key(Qt.Key.Key_Space)
    assert table.rowHeight(row) == folded


def test_it_is_drawn_in_both_themes(found: Doubles) -> None:
    light = found.window.grab().toImage()
    found.view.set_theme(DARK)
    assert found.window.grab().toImage() != light


def test_in_a_narrow_window_the_list_gives_way_and_nothing_is_cut_off(found: Doubles) -> None:
    found.window.resize(580, 460)
    found.settle()
    assert not found.find("duplicateGroups").isVisible()
    card = found.view.card
    for name in ("mergeButton", "duplicatesClose", "skipGroup", "notDuplicates", "mergeAll"):
        button = found.button(name)
        assert card.rect().contains(button.geometry()), name
        assert button.width() >= button.sizeHint().width(), name
    found.press("j")
    assert found.cells("DOI") == ["10.1000/ropes"] * 3
    found.window.resize(1200, 800)
    found.settle()
    assert found.find("duplicateGroups").isVisible()
