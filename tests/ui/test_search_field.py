"""Typing a search: one answer for a burst, and errors that show their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from readinglist.errors import QueryError
from readinglist.ui.search_field import SearchField
from readinglist.ui.theme import LIGHT

if TYPE_CHECKING:
    from tests.ui.conftest import Bench


@pytest.fixture
def field(qtbot: QtBot) -> SearchField:
    made = SearchField(LIGHT)
    qtbot.addWidget(made)
    made.resize(380, 60)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_a_burst_of_letters_is_told_once(field: SearchField, qtbot: QtBot) -> None:
    told: list[str] = []
    field.query_changed.connect(told.append)
    QTest.keyClicks(field.line, "fog")
    qtbot.waitUntil(lambda: field.settled)
    assert told[-1] == "fog"
    assert len(told) <= 3
    field.set_text("a")
    field.set_text("ab")
    field.set_text("abc")
    qtbot.waitUntil(lambda: field.settled)
    assert told[-2:] == ["fog", "abc"]


def test_escape_clears_then_leads_to_the_list(field: SearchField, qtbot: QtBot) -> None:
    QTest.keyClicks(field.line, "fog")
    QTest.keyClick(field.line, Qt.Key.Key_Escape)
    assert field.text() == ""
    with qtbot.waitSignal(field.went_down):
        QTest.keyClick(field.line, Qt.Key.Key_Escape)


def test_an_error_is_said_and_its_place_marked(field: SearchField, qtbot: QtBot) -> None:
    field.set_text("tga:fog")
    before = field.line.grab().toImage()
    field.show_problem(QueryError("There is no field “tga:”.", "tga:fog", 0, 4, "tag:"))
    assert field.line.grab().toImage() != before
    suggestion = field.findChild(QToolButton, "searchSuggestion")
    assert suggestion is not None
    assert suggestion.isVisible()
    suggestion.click()
    assert field.text() == "tag:fog"


def test_a_suggestion_is_put_in_place_by_code_points(field: SearchField) -> None:
    field.set_text("𝔘𝔫 tga:x")
    field.show_problem(QueryError("no", "𝔘𝔫 tga:x", 3, 7, "tag:"))
    suggestion = field.findChild(QToolButton, "searchSuggestion")
    assert suggestion is not None
    suggestion.click()
    assert field.text() == "𝔘𝔫 tag:x"


def test_a_sound_query_hides_the_problem(field: SearchField) -> None:
    field.show_problem(QueryError("no", "x", 0, 1))
    field.show_problem(None)
    assert not field._problem.isVisible()


def test_typing_lists_what_is_found_in_all_papers_and_says_so(bench: Bench) -> None:
    bench.go("queue:next")
    bench.type("bias")
    assert sorted(bench.titles()) == ["Four", "Lighthouses"]
    assert bench.window.pane._title.text() == "All papers"
    assert bench.window.pane._count.text() == "2 matches"
    assert bench.find("scopeEverywhere").isVisible()


def test_a_search_can_be_kept_to_the_list(bench: Bench) -> None:
    bench.go("queue:next")
    bench.type("bias OR rope")
    assert len(bench.titles()) == 3
    button = bench.find("scopeHere")
    assert isinstance(button, QToolButton)
    button.click()
    bench.settle()
    assert sorted(bench.titles()) == ["Four", "Ropes"]
    assert bench.window.pane._title.text() == "Up next"


def test_a_word_is_found_while_it_is_typed(bench: Bench) -> None:
    bench.type("lighth")
    assert bench.titles() == ["Lighthouses"]


def test_an_error_keeps_the_list(bench: Bench) -> None:
    bench.type("bias")
    bench.type("bias tga:x")
    assert len(bench.titles()) == 2
    assert "tga" in bench.window.pane.search._problem.text()
    bench.type("bias tag:sea")
    assert bench.titles() == ["Four"]
    assert not bench.window.pane.search._problem.isVisible()


def test_clearing_a_search_brings_the_view_back(bench: Bench) -> None:
    bench.go("queue:next")
    bench.type("lighthouse")
    bench.key(Qt.Key.Key_Escape)
    bench.settle()
    assert bench.titles() == ["Four", "Ropes", "Knots"]


def test_choosing_a_list_ends_the_search(bench: Bench) -> None:
    bench.type("lighthouse")
    bench.go("queue:read")
    assert (bench.titles(), bench.window.pane.search.text()) == (["Old"], "")


def test_nothing_found_is_a_sentence_with_a_way_out(bench: Bench) -> None:
    bench.type("zeppelin")
    assert "zeppelin" in bench.window.pane.empty.sentence()
    bench.window.navigation.take_offer("clear")
    bench.settle()
    assert bench.titles()


def test_words_that_no_paper_has_together_find_those_with_some(bench: Bench) -> None:
    bench.type("herring lighthouse")
    assert sorted(bench.titles()) == ["Four", "Lighthouses"]
    assert "some of the words" in bench.window.pane._count.text()


def test_the_matches_are_marked_in_row_and_reader(bench: Bench) -> None:
    bench.type("fog")
    image = bench.window.grab().toImage()
    mark = LIGHT.mark.lower()
    columns = {
        x for x in range(image.width()) for y in range(0, image.height(), 2) if image.pixelColor(x, y).name() == mark
    }
    assert min(columns) < 600 < max(columns)


def test_slash_goes_to_the_search_and_down_to_the_list(bench: Bench) -> None:
    bench.go("queue:next")
    bench.key("/")
    assert QApplication.focusWidget() is bench.window.pane.search.line
    bench.key(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is bench.window.pane.papers


def test_an_edit_of_the_list_shown_does_not_end_the_search(bench: Bench) -> None:
    bench.type("bias")
    bench.window.pane.papers.setFocus()
    bench.key("s")
    bench.settle()
    assert bench.window.pane.search.text() == "bias"
    assert len(bench.titles()) == 2


def test_one_key_takes_the_suggestion_and_one_takes_it_back(bench: Bench) -> None:
    said: list[str] = []
    bench.window.pane.search.completion.announced.connect(said.append)
    bench.type("bias tga:sea")
    assert "Did you mean" in said[-1]
    assert "Did you mean" in bench.window.pane.search.line.accessibleDescription()
    bench.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    assert bench.window.pane.search.text() == "bias tag:sea"
    assert bench.titles() == ["Four"]
    bench.window.pane.search.line.undo()
    assert bench.window.pane.search.text() == "bias tga:sea"


def test_what_is_too_much_can_be_removed(bench: Bench) -> None:
    bench.type("(bias OR fog)) -tides")
    suggestion = bench.find("searchSuggestion")
    assert isinstance(suggestion, QToolButton)
    assert suggestion.text() == "Remove it"
    QTest.mouseClick(suggestion, Qt.MouseButton.LeftButton)
    bench.settle()
    assert bench.window.pane.search.text() == "(bias OR fog) -tides"


def test_an_unfinished_query_is_not_complained_of(bench: Bench) -> None:
    with bench.library() as library:
        library.save_search("salty", "tag:sea")
    bench.settle()
    bench.window.pane.search.focus()
    line = bench.window.pane.search.line
    for text in (
        '"positional bi',
        "author:",
        'author:"bo l',
        "tag:se",
        "(bias OR",
        "-",
        "is:unr",
        "year:2..",
        "search:sal",
    ):
        line.clear()
        for letter in text:
            QTest.keyClicks(line, letter)
            bench.settle()
            assert not bench.window.pane.search._problem.isVisible(), line.text()


def test_what_was_unfinished_is_complained_of_once_it_is_left(bench: Bench) -> None:
    with bench.library() as library:
        library.save_search("salty", "tag:sea")
    bench.settle()
    bench.type("fog search:sal")
    bench.key(Qt.Key.Key_Escape)
    assert bench.window.pane.search._problem.text() == "There is no saved search “sal”."


def test_an_error_in_a_search_kept_to_the_list_is_marked_in_what_is_typed(bench: Bench) -> None:
    bench.go("queue:next")
    bench.type("rope")
    scope = bench.find("scopeHere")
    assert isinstance(scope, QToolButton)
    scope.click()
    bench.settle()
    bench.type("rope search:none fog")
    assert bench.window.pane.search.line._place == (5, 16)


def test_the_list_stays_true_while_an_error_is_typed(bench: Bench) -> None:
    bench.go("queue:next")
    bench.type("is:next -rope")
    assert bench.titles() == ["Four", "Knots"]
    bench.type("is:next -rope tga:x")
    with bench.library() as library:
        library.move([5], "read")
    bench.settle()
    assert bench.titles() == ["Four"]
    assert bench.window.pane.search._problem.isVisible()


def test_the_same_words_typed_again_after_another_list_was_chosen_are_asked_again(bench: Bench) -> None:
    bench.type("fog")
    assert bench.titles() == ["Lighthouses"]
    bench.window.go_to("view:all")
    bench.window.pane.search.focus()
    QTest.keyClicks(bench.window.pane.search.line, "fog")  # before the window has looked at its events
    bench.settle()
    assert bench.window.pane.search.text() == "fog"
    assert bench.titles() == ["Lighthouses"]


def test_a_space_after_the_beginning_of_a_word_leaves_the_list_as_it_is(bench: Bench) -> None:
    bench.type("kno")
    bench.type("kno ")
    assert bench.titles() == ["Knots"]
    with bench.library() as library:
        library.star([1])
    bench.settle()
    assert bench.titles() == ["Knots"]


def test_the_space_after_a_word_taken_away_makes_it_a_beginning_again(bench: Bench) -> None:
    bench.type("zzz")
    bench.window.pane.search.set_text("kno ")
    bench.settle()
    assert bench.titles() == []
    bench.window.pane.search.set_text("kno")
    bench.settle()
    assert bench.titles() == ["Knots"]
