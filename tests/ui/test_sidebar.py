"""The sidebar: what it lists, counts and tells."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from readinglist.library import Tag
from readinglist.ui.sidebar import Contents, Sidebar
from readinglist.ui.theme import DARK, LIGHT
from readinglist.ui.views import View

TAGS = [Tag("sea/tides", "#2A5BD0", 2), Tag("food", "#2F7D5B", 1), Tag("Sea/fish", "#8A4FBF", 3)]


@pytest.fixture
def sidebar(qtbot: QtBot) -> Iterator[Sidebar]:
    made = Sidebar(LIGHT)
    made.resize(224, 900)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


def keys(sidebar: Sidebar) -> list[str]:
    return [view.key for view in sidebar.views()]


def test_the_queue_comes_first_in_the_order_of_a_paper_s_way(sidebar: Sidebar) -> None:
    assert [key.partition(":")[2] for key in keys(sidebar)[:6]] == [
        "inbox",
        "next",
        "reading",
        "later",
        "read",
        "archived",
    ]


def test_tags_stand_as_a_tree_whatever_their_case(sidebar: Sidebar) -> None:
    sidebar.show_contents(Contents(tags=TAGS))
    assert [key for key in keys(sidebar) if key.startswith("tag:")] == [
        "tag:food",
        "tag:Sea",
        "tag:Sea/fish",
        "tag:sea/tides",
    ]
    parent = sidebar._items["tag:Sea"]
    assert [parent.child(n).text(0) for n in range(parent.childCount())] == ["fish", "tides"]


def test_saved_searches_stand_among_the_views(sidebar: Sidebar) -> None:
    sidebar.show_contents(Contents(searches=[("to read soon", "is:next year:2024")]))
    view = sidebar.view("search:to read soon")
    assert view is not None
    assert (view.title, view.query) == ("to read soon", "is:next year:2024")


def test_counts_change_without_a_new_tree(sidebar: Sidebar) -> None:
    sidebar.show_contents(Contents({"tag:food": 1}, TAGS))
    item = sidebar._items["tag:food"]
    sidebar.show_contents(Contents({"tag:food": 9}, TAGS))
    assert sidebar._items["tag:food"] is item
    assert item.data(0, Qt.ItemDataRole.AccessibleTextRole) == "food, 9"


def test_what_is_chosen_and_folded_stays_so_when_tags_come(sidebar: Sidebar) -> None:
    sidebar.show_contents(Contents(tags=TAGS))
    sidebar.choose("tag:food")
    sidebar._items["tag:Sea"].setExpanded(False)
    chosen: list[View] = []
    sidebar.view_chosen.connect(chosen.append)
    sidebar.show_contents(Contents(tags=[*TAGS, Tag("art", "#2A5BD0", 1)]))
    current = sidebar.current_view()
    assert current is not None
    assert current.key == "tag:food"
    assert not sidebar._items["tag:Sea"].isExpanded()
    assert chosen == []


def test_a_click_and_the_arrows_ask_for_a_list(sidebar: Sidebar, qtbot: QtBot) -> None:
    chosen: list[str] = []
    sidebar.view_chosen.connect(lambda view: chosen.append(view.key))
    place = sidebar.visualItemRect(sidebar._items["queue:next"]).center()
    QTest.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.keyClick(sidebar, Qt.Key.Key_Down)
    assert chosen == ["queue:next", "queue:reading"]


def test_choosing_by_program_asks_for_nothing(sidebar: Sidebar) -> None:
    chosen: list[View] = []
    sidebar.view_chosen.connect(chosen.append)
    sidebar.choose("queue:read")
    sidebar.choose("no such view")
    assert chosen == []
    assert sidebar.current_view() is None


def test_enter_leads_on_to_the_list(sidebar: Sidebar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sidebar.left):
        QTest.keyClick(sidebar, Qt.Key.Key_Return)


def test_the_arrow_of_a_branch_folds_it_without_choosing_it(sidebar: Sidebar) -> None:
    sidebar.show_contents(Contents(tags=TAGS))
    item = sidebar._items["tag:Sea"]
    rect = sidebar.visualItemRect(item)
    arrow = sidebar._rows.arrow_rect(rect, 0).center()
    QTest.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=arrow)
    assert not item.isExpanded()
    assert sidebar.current_view() is None


def test_another_theme_is_drawn(sidebar: Sidebar) -> None:
    sidebar.show_contents(Contents(tags=TAGS))
    before = sidebar.grab().toImage()
    sidebar.set_theme(DARK)
    assert sidebar.grab().toImage() != before
