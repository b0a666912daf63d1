"""Completing a query while it is typed, by keys and by mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView

from readinglist.ui.search_completion import SearchCompletion

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

CONTROL = Qt.KeyboardModifier.ControlModifier


def completion(bench: Bench) -> SearchCompletion:
    return bench.window.pane.search.completion


def shown(bench: Bench) -> list[str]:
    return [offer.shown for offer in completion(bench).offers]


def typed(bench: Bench, text: str) -> None:
    """Type where the cursor is, and wait for the names to have been read."""
    line = bench.window.pane.search.line
    if not line.hasFocus():
        bench.window.pane.search.focus()
    QTest.keyClicks(line, text)
    bench.settle()


@pytest.fixture
def library_names(bench: Bench) -> Bench:
    """Give the six papers an author with a name of three words, and a saved search."""
    with bench.library() as library:
        library.correct(
            [1], authors=(*library.paper(1).authors, type(library.paper(1).authors[0])("Mies van den Berg"))
        )
        library.save_search("to read soon", "is:next")
        library.tag([4], add=["sea/ships"])
    bench.settle()
    return bench


def test_the_beginning_of_a_field_is_completed_with_its_meaning_beside_it(bench: Bench) -> None:
    typed(bench, "ta")
    assert shown(bench) == ["tag:", "tags:"]
    assert completion(bench).offers[0].meaning == "a tag and the tags under it"
    bench.key(Qt.Key.Key_Tab)
    assert bench.window.pane.search.text() == "tag:"
    bench.settle()
    assert {"sea", "sea/fish", "food"} <= set(shown(bench))


def test_plain_words_open_nothing(bench: Bench) -> None:
    for text in ("lighthouse", "t", "zebra ", "fog bias", "http://x"):
        bench.window.pane.search.clear()
        typed(bench, text)
        assert shown(bench) == [], text


def test_plain_words_are_completed_when_asked(library_names: Bench) -> None:
    bench = library_names
    typed(bench, "ber")
    assert shown(bench) == []
    bench.key(Qt.Key.Key_Space, CONTROL)
    bench.settle()
    assert shown(bench) == ["author:Mies van den Berg"]
    bench.key(Qt.Key.Key_Return)
    bench.settle()
    assert bench.window.pane.search.text() == 'author:"Mies van den Berg" '
    assert bench.titles() == ["Lighthouses"]


@pytest.mark.parametrize(
    ("text", "first", "result"),
    [
        ("is:re", "reading", "is:reading "),
        ("has:hi", "highlight", "has:highlight "),
        ("fog sort:-up", "upvotes", "fog sort:-upvotes "),
        ("tag:fi", "sea/fish", "tag:sea/fish "),
        ("search:read", "to read soon", 'search:"to read soon" '),
    ],
)
def test_enter_takes_a_value_where_what_is_typed_is_none(
    library_names: Bench, text: str, first: str, result: str
) -> None:
    bench = library_names
    typed(bench, text)
    assert shown(bench)[0] == first
    bench.key(Qt.Key.Key_Return)
    assert bench.window.pane.search.text() == result
    assert QApplication.focusWidget() is bench.window.pane.search.line


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("author:okaf", 'author:"Cleo Okafor" '),
        ("author:van den", "author:van den"),
        ('author:"van den', 'author:"Mies van den Berg" '),
        ("venue:guess", 'venue:"Journal of Coastal Guesses" '),
    ],
)
def test_tab_takes_a_name_and_quotes_it(library_names: Bench, text: str, result: str) -> None:
    bench = library_names
    typed(bench, text)
    if shown(bench):
        bench.key(Qt.Key.Key_Tab)
    assert bench.window.pane.search.text() == result


def test_enter_goes_to_the_list_while_no_row_is_chosen(bench: Bench) -> None:
    typed(bench, "author:okaf")
    assert shown(bench) == ["Cleo Okafor"]
    bench.key(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is bench.window.pane.papers
    assert (shown(bench), bench.window.pane.search.text()) == ([], "author:okaf")


def test_arrows_choose_and_leave_again(bench: Bench) -> None:
    told: list[str] = []
    completion(bench).announced.connect(told.append)
    typed(bench, "au")
    assert told == ["Tab takes author:, words of one author's name"]
    bench.key(Qt.Key.Key_Down)
    assert told[-1] == "author:, words of one author's name"
    bench.key(Qt.Key.Key_Up)
    assert told[-1] == "au"
    bench.key(Qt.Key.Key_Down)
    bench.key(Qt.Key.Key_Return)
    assert bench.window.pane.search.text() == "author:"


def test_escape_closes_the_list_and_leaves_the_words(bench: Bench) -> None:
    typed(bench, "ta")
    bench.key(Qt.Key.Key_Escape)
    assert (shown(bench), bench.window.pane.search.text()) == ([], "ta")
    typed(bench, "g")
    assert shown(bench) == [], "it was closed for this word"
    typed(bench, " au")
    assert shown(bench) == ["author:"]
    bench.key(Qt.Key.Key_Escape)
    bench.key(Qt.Key.Key_Escape)
    assert bench.window.pane.search.text() == ""


def test_typing_on_loses_no_letter_and_the_focus_stays(bench: Bench) -> None:
    bench.window.pane.search.focus()
    line = bench.window.pane.search.line
    for letter in "tag:sea/fish author:lind is:next title:herring ":
        QTest.keyClicks(line, letter)
        assert QApplication.focusWidget() is line
    assert line.text() == "tag:sea/fish author:lind is:next title:herring "
    assert shown(bench) == []


def test_a_click_takes_and_can_be_undone_in_the_line(bench: Bench) -> None:
    typed(bench, "fog is:")
    rows = bench.find("searchOffers")
    assert isinstance(rows, QListView)
    place = rows.visualRect(rows.model().index(1, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    line = bench.window.pane.search.line
    assert line.text() == "fog is:next "
    assert QApplication.focusWidget() is line
    line.undo()
    assert line.text() == "fog is:"


def test_a_value_in_the_middle_is_replaced_as_a_whole(bench: Bench) -> None:
    bench.window.pane.search.focus()
    line = bench.window.pane.search.line
    line.insert("𝔘 is:next fog")
    line.setCursorPosition(len("𝔘 is:n") + 1)  # the letter takes two places in Qt
    bench.key(Qt.Key.Key_Space, CONTROL)
    bench.key(Qt.Key.Key_Down)
    bench.key(Qt.Key.Key_Return)
    assert line.text() in ("𝔘 is:next fog", "𝔘 is:next  fog")


def test_names_follow_the_library(bench: Bench) -> None:
    typed(bench, "tag:whal")
    assert shown(bench) == []
    with bench.library() as library:
        library.tag([1], add=["whales"])
    bench.settle()
    typed(bench, "e")
    bench.qtbot.waitUntil(lambda: shown(bench) == ["whales"])


def test_rows_are_spoken_with_what_they_mean(library_names: Bench) -> None:
    bench = library_names
    typed(bench, "tag:sea")
    assert completion(bench).offers[0].spoken == "sea, 3 papers"
    rows = bench.find("searchOffers")
    assert isinstance(rows, QListView)
    assert rows.accessibleName()
    assert rows.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "sea, 3 papers"


def test_the_list_closes_when_the_field_is_left_or_cleared(bench: Bench) -> None:
    typed(bench, "is:")
    assert shown(bench)
    bench.window.pane.papers.setFocus()
    assert shown(bench) == []
    typed(bench, "is:")
    bench.window.pane.search.clear()
    assert shown(bench) == []
