"""Tags, handled from the sidebar; saved searches are in test_saved_searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QInputDialog, QLabel, QMenu

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


def shown(bench: Bench) -> tuple[str, str]:
    """Return which row of the sidebar is current, and the title over the list."""
    current = bench.window.sidebar.current_view()
    title = bench.find("listTitle")
    assert isinstance(title, QLabel)
    return (current.key if current is not None else "", title.text())


def test_the_papers_of_a_tag_stay_in_sight_under_its_new_name(bench: Bench) -> None:
    bench.go("tag:sea")
    bench.do("actionRenameTag")
    answer(bench, "ocean")
    assert shown(bench) == ("tag:ocean", "ocean")
    assert sorted(bench.titles()) == ["A", "Four"]
    bench.go("tag:ocean/fish")
    bench.window._view_menu._view = view(bench, "tag:ocean")
    bench.window._view_menu._rename("water/sea")
    bench.settle()
    assert shown(bench) == ("tag:water/sea/fish", "fish")
    assert bench.titles() == ["Four"]


def test_a_tag_given_the_name_of_another_is_merged_into_it(bench: Bench) -> None:
    bench.go("tag:food")
    bench.do("actionRenameTag")
    answer(bench, "sea/tides")
    assert shown(bench) == ("tag:sea/tides", "tides")
    assert sorted(bench.titles()) == ["A", "Four"]
    assert "Merged the tag “food” into “sea/tides”" in bench.window.pane.toast.text()
    bench.do("actionUndo")
    assert bench.window.sidebar.view("tag:food") is not None


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
