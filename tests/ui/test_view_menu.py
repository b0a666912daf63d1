"""Tags and saved searches, handled from the sidebar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QInputDialog, QMenu

from readinglist.ui.views import View

if TYPE_CHECKING:
    from tests.ui.conftest import Bench


def view(bench: Bench, key: str) -> View:
    found = bench.window.sidebar.view(key)
    assert found is not None
    return found


def answer(bench: Bench, text: str) -> None:
    """Type into the dialog that asks for a name, and accept it."""
    dialog = bench.window.findChild(QInputDialog, "nameDialog")
    assert dialog is not None
    dialog.setTextValue(text)
    dialog.accept()
    bench.settle()


def test_a_tag_is_renamed_with_what_lies_under_it(bench: Bench) -> None:
    bench.go("tag:sea")
    bench.do("actionRenameTag")
    answer(bench, "ocean")
    with bench.library() as library:
        assert sorted(tag.name for tag in library.tags()) == ["food", "ocean/fish", "ocean/tides"]


def test_a_tag_is_deleted_and_that_can_be_undone(bench: Bench) -> None:
    bench.go("tag:food")
    bench.do("actionDeleteTag")
    assert bench.window.sidebar.view("tag:food") is None
    bench.do("actionUndo")
    assert bench.window.sidebar.view("tag:food") is not None


def test_a_tag_gets_another_colour(bench: Bench) -> None:
    menu = bench.window._view_menu.made_menu(view(bench, "tag:food"))
    colours = next(m for action in menu.actions() if isinstance(m := action.menu(), QMenu))
    red = next(action for action in colours.actions() if action.text() == "Red")
    red.trigger()
    bench.settle()
    with bench.library() as library:
        assert {tag.name: tag.colour for tag in library.tags()}["food"] == "#B23A58"


def test_a_search_is_saved_listed_and_deleted(bench: Bench) -> None:
    assert not bench.window.actions_by_name["actionSaveSearch"].isEnabled()
    bench.type("tag:sea bias")
    bench.do("actionSaveSearch")
    answer(bench, "salty")
    bench.go("search:salty")
    assert bench.titles() == ["Four"]
    bench.window._view_menu._view = view(bench, "search:salty")
    bench.window._view_menu._delete_chosen()
    bench.settle()
    assert bench.window.sidebar.view("search:salty") is None
    assert bench.window._searching.question.view.key == "view:all"


def test_a_saved_search_that_makes_no_sense_says_so(bench: Bench) -> None:
    bench.window._on_view_chosen(View("search:odd", "search", "odd", "tga:x", "", "search"))
    bench.window._searching.settled  # noqa: B018 - the list stays as it is
    bench.qtbot.waitUntil(bench.window.pane.toast.isVisible)
    assert "tga" in bench.window.pane.toast.text()
