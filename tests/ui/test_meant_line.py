"""The line that offers a query spelt otherwise, alone and in the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from readinglist.ui.meant_line import MeantLine
from readinglist.ui.theme import DARK, LIGHT
from tests.ui.conftest import Bench


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[MeantLine]:
    made = MeantLine(LIGHT)
    made.resize(400, 30)
    yield made
    made.close()
    made.deleteLater()


def test_there_is_no_line_without_a_query(line: MeantLine) -> None:
    line.show_query("deep learning")
    assert not line.isHidden()
    line.show_query(None)
    assert line.isHidden()
    assert line.query() == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_takes_the_query(qtbot: QtBot, line: MeantLine, key: Qt.Key) -> None:
    line.show_query('title:"a & b"')
    button = line.findChild(QPushButton)
    assert button is not None
    with qtbot.waitSignal(line.chosen) as taken:
        QTest.keyClick(button, key)
    assert taken.args == ['title:"a & b"']


def test_a_long_query_gives_way_and_is_told_whole(line: MeantLine) -> None:
    query = "sparse " * 40
    line.show_query(query)
    line.set_theme(DARK)
    line.show()
    button = line.findChild(QPushButton)
    assert button is not None
    assert button.text().endswith("…")
    assert query in button.toolTip()
    assert query in button.accessibleName()
    assert button.width() <= line.width()


@pytest.fixture
def misspelt(make_bench: Callable[[list[dict[str, object]]], Bench]) -> Bench:
    papers: list[dict[str, object]] = [{"title": f"Transformer {n}", "status": "read"} for n in range(101)]
    return make_bench([*papers, {"title": "A transfomer and fog"}, {"title": "Fog", "tags": ["sea/fog"]}])


def test_a_misspelt_word_is_offered_over_the_list_and_taken(misspelt: Bench) -> None:
    misspelt.type("transfomer")
    assert misspelt.titles() == ["A"]
    line = misspelt.window.pane.meant
    assert line.isVisible()
    assert line.query() == "transformer"
    line.setFocus()
    misspelt.key(Qt.Key.Key_Return)
    misspelt.settle()
    assert misspelt.window.pane.search.line.text() == "transformer"
    assert len(misspelt.titles()) == 101
    assert not line.isVisible()
    assert QApplication.focusWidget() is misspelt.window.pane.papers


def test_with_nothing_found_the_empty_list_offers_it(misspelt: Bench) -> None:
    misspelt.type("transfrmoer")
    assert misspelt.titles() == []
    assert not misspelt.window.pane.meant.isVisible()
    assert misspelt.window.pane.empty.isVisible()
    button = misspelt.window.pane.empty.findChild(QPushButton)
    assert button is not None
    button.click()
    misspelt.settle()
    assert misspelt.window.pane.search.line.text() == "transformer"


def test_within_a_list_what_is_offered_is_what_was_typed(misspelt: Bench) -> None:
    misspelt.go("queue:read")
    misspelt.type("transfrmoer")
    misspelt.window.pane.everywhere_chosen.emit(False)
    misspelt.settle()
    button = misspelt.window.pane.empty.findChild(QPushButton)
    assert button is not None
    button.click()
    misspelt.settle()
    assert misspelt.window.pane.search.line.text() == "transformer"


def test_the_line_goes_with_the_search(misspelt: Bench) -> None:
    misspelt.type("transfomer")
    misspelt.window.pane.search.clear()
    misspelt.settle()
    assert not misspelt.window.pane.meant.isVisible()
