"""Saving what is typed under a name, and editing, renaming and deleting it, by keys and by mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QToolButton

from readinglist.ui.views import View

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

CONTROL = Qt.KeyboardModifier.ControlModifier


def saved(bench: Bench) -> dict[str, str]:
    with bench.library() as library:
        return {search.name: search.query for search in library.searches()}


def name_line(bench: Bench) -> QLineEdit:
    line = bench.find("searchName")
    assert isinstance(line, QLineEdit)
    return line


def shown_name(bench: Bench) -> str:
    return bench.window._searching.question.view.key


@pytest.fixture
def salty(bench: Bench) -> Bench:
    """Save a search, see its list, with the focus in the sidebar."""
    with bench.library() as library:
        library.save_search("salty", "tag:sea bias")
    bench.settle()
    bench.go("search:salty")
    bench.window.sidebar.setFocus()
    return bench


def test_a_search_is_saved_by_key_and_counted_in_the_sidebar(bench: Bench) -> None:
    assert not bench.window.actions_by_name["actionSaveSearch"].isEnabled()
    bench.type("tag:sea bias")
    bench.key("d", CONTROL)
    assert QApplication.focusWidget() is name_line(bench)
    assert name_line(bench).selectedText() == "tag:sea bias"
    QTest.keyClicks(name_line(bench), "salty ones")
    bench.key(Qt.Key.Key_Return)
    bench.settle()
    assert saved(bench) == {"salty ones": "tag:sea bias"}
    assert QApplication.focusWidget() is bench.window.pane.search.line
    assert bench.window.pane.search.text() == "tag:sea bias"
    item = bench.window.sidebar._items["search:salty ones"]
    assert item.data(0, Qt.ItemDataRole.AccessibleTextRole) == "salty ones, 1"
    bench.do("actionUndo")
    assert saved(bench) == {}


def test_the_bookmark_shows_what_is_saved(bench: Bench) -> None:
    button = bench.find("bookmarkButton")
    assert isinstance(button, QToolButton)
    assert not button.isVisible()
    bench.type("bias")
    assert button.accessibleName() == "Save this search"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.keyClicks(name_line(bench), "slant")
    save = bench.find("saveSearchButton")
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    bench.settle()
    assert button.accessibleName() == "Saved as “slant”"
    bench.type("bias ")
    assert button.accessibleName() == "Saved as “slant”"
    bench.type("biased")
    assert button.accessibleName() == "Save this search"


def test_a_name_that_is_taken_is_replaced_knowingly(salty: Bench) -> None:
    salty.type("rope")
    salty.key("d", CONTROL)
    QTest.keyClicks(name_line(salty), "Salty")
    save, words = salty.find("saveSearchButton"), salty.find("saveBarWords")
    assert isinstance(save, QPushButton)
    assert isinstance(words, QLabel)
    assert (save.text(), words.text()) == ("Replace", "This replaces the saved search “salty”.")
    salty.key(Qt.Key.Key_Return)
    salty.settle()
    assert list(saved(salty).values()) == ["rope"]


def test_escape_leaves_the_name_and_saves_nothing(bench: Bench) -> None:
    bench.type("rope")
    bench.key("d", CONTROL)
    QTest.keyClicks(name_line(bench), "ees")
    bench.key(Qt.Key.Key_Escape)
    assert not name_line(bench).isVisible()
    assert (bench.window.pane.search.text(), saved(bench)) == ("rope", {})
    assert QApplication.focusWidget() is bench.window.pane.search.line


def test_what_is_saved_is_what_is_shown(bench: Bench) -> None:
    bench.go("queue:next")
    bench.type("bias OR rope")
    scope = bench.find("scopeHere")
    assert isinstance(scope, QToolButton)
    scope.click()
    bench.do("actionSortTitle")
    titles = bench.titles()
    assert titles == ["Four", "Ropes"]
    bench.key("d", CONTROL)
    QTest.keyClicks(name_line(bench), "soon")
    bench.key(Qt.Key.Key_Return)
    bench.settle()
    bench.go("search:soon")
    assert bench.titles() == titles


def test_a_query_with_an_error_cannot_be_saved(bench: Bench) -> None:
    bench.type("bias")
    bench.type("bias tga:x")
    assert not bench.window.actions_by_name["actionSaveSearch"].isEnabled()
    assert not bench.find("bookmarkButton").isVisible()
    bench.key("d", CONTROL)
    assert not name_line(bench).isVisible()
    bench.type("bias tag:x")
    assert bench.window.actions_by_name["actionSaveSearch"].isEnabled()


def test_a_saved_search_is_renamed_in_its_row_and_stays_on_show(salty: Bench) -> None:
    salty.key(Qt.Key.Key_F2)
    line = salty.find("renameLine")
    assert isinstance(line, QLineEdit)
    assert line.selectedText() == "salty"
    QTest.keyClicks(line, "brine")
    QTest.keyClick(line, Qt.Key.Key_Return)
    salty.settle()
    assert saved(salty) == {"brine": "tag:sea bias"}
    assert shown_name(salty) == "search:brine"
    current = salty.window.sidebar.current_view()
    assert current is not None
    assert current.key == "search:brine"
    assert salty.titles() == ["Four"]
    salty.do("actionUndo")
    assert saved(salty) == {"salty": "tag:sea bias"}


def test_renaming_can_be_left_and_a_taken_name_is_refused(salty: Bench) -> None:
    with salty.library() as library:
        library.save_search("ropes", "rope")
    salty.settle()
    salty.key(Qt.Key.Key_F2)
    QTest.keyClick(salty.find("renameLine"), Qt.Key.Key_Escape)
    salty.settle()
    salty.key(Qt.Key.Key_F2)
    line = salty.window.sidebar.findChildren(QLineEdit, "renameLine")[-1]
    QTest.keyClicks(line, "Ropes")
    QTest.keyClick(line, Qt.Key.Key_Return)
    salty.qtbot.waitUntil(salty.window.pane.toast.isVisible)
    assert salty.window.pane.toast.text() == "There is a saved search “Ropes” already."
    assert (set(saved(salty)), shown_name(salty)) == ({"salty", "ropes"}, "search:salty")


def test_a_saved_search_is_deleted_by_key_and_comes_back(salty: Bench) -> None:
    salty.key(Qt.Key.Key_Delete)
    salty.settle()
    assert saved(salty) == {}
    assert shown_name(salty) == "view:all"
    salty.do("actionUndo")
    assert saved(salty) == {"salty": "tag:sea bias"}
    assert salty.window.sidebar.view("search:salty") is not None


def test_a_saved_search_is_edited_in_the_field(salty: Bench) -> None:
    salty.key("e", CONTROL)
    line = salty.window.pane.search.line
    assert QApplication.focusWidget() is line
    assert (line.text(), name_line(salty).text()) == ("tag:sea bias", "salty")
    QTest.keyClicks(line, " OR rope")
    salty.settle()
    assert sorted(salty.titles()) == ["Four", "Ropes"]
    save = salty.find("saveSearchButton")
    assert isinstance(save, QPushButton)
    assert save.text() == "Save"
    save.click()
    salty.settle()
    assert saved(salty) == {"salty": "tag:sea bias OR rope"}


def test_the_menu_of_its_row_offers_all_of_it(salty: Bench) -> None:
    asked: list[View] = []
    sidebar = salty.window.sidebar
    sidebar.menu_asked.connect(lambda view, _place: asked.append(view))
    menu = salty.window._view_menu.made_menu(sidebar.view("search:salty"))  # type: ignore[arg-type]
    assert [a.text() for a in menu.actions() if a.text()] == ["Edit search", "Rename", "Delete saved search"]
    place: QPoint = sidebar.visualItemRect(sidebar._items["search:salty"]).center()
    sidebar.customContextMenuRequested.emit(place)
    assert [view.key for view in asked] == ["search:salty"]
    opened = QApplication.activePopupWidget()
    assert isinstance(opened, QMenu)
    opened.close()
    next(action for action in menu.actions() if action.text() == "Delete saved search").trigger()
    salty.settle()
    assert saved(salty) == {}


def test_a_saved_search_that_makes_no_sense_says_so(bench: Bench) -> None:
    bench.window.navigation.show_view(View("search:odd", "search", "odd", "tga:x", "", "search"))
    bench.settle()
    assert bench.titles() == []
    said = [label.text() for label in bench.window.pane.empty.findChildren(QLabel)]
    assert any("tga" in words for words in said)


def test_a_saved_search_that_cannot_be_answered_lists_nothing_and_says_why(bench: Bench) -> None:
    with bench.library() as library:
        library.save_search("salty", "tag:sea")
        library.save_search("both", "search:salty bias")
    bench.settle()
    bench.go("search:salty")
    with bench.library() as library:
        library.delete_search("salty")
    bench.settle()
    bench.go("search:both")
    assert bench.titles() == []
    title = bench.find("listTitle")
    assert isinstance(title, QLabel)
    assert title.text() == "both"
    offer = bench.window.pane.empty.findChild(QPushButton)
    said = [label.text() for label in bench.window.pane.empty.findChildren(QLabel) if label.text()]
    assert len(said) == 1
    assert "salty" in said[0]
    assert offer is not None
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    bench.settle()
    assert bench.window.pane.search.text() == "search:salty bias"
    with bench.library() as library:
        library.save_search("salty", "tag:sea")
    bench.window.pane.search.clear()
    bench.settle()
    bench.go("search:both")
    assert bench.titles() == ["Four"]


def test_a_window_that_begins_with_a_search_without_an_answer_opens(bench: Bench) -> None:
    with bench.library() as library:
        library.save_search("itself", "tag:sea")
    bench.settle()
    bench.go("search:itself")
    bench.window.close()
    with bench.library() as library:
        library.save_search("itself", "search:itself")
    bench.open()
    assert bench.titles() == []
    assert not bench.window.pane.empty.isHidden()
