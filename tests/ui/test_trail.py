"""Back and forward through the lists, with what was typed and selected in each; and the keys that go to a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
NO_KEY = Qt.KeyboardModifier.NoModifier


def title(bench: Bench) -> str:
    label = bench.find("listTitle")
    assert isinstance(label, QLabel)
    return label.text()


def back(bench: Bench) -> None:
    bench.key(Qt.Key.Key_Left, ALT)
    bench.settle()


def forward(bench: Bench) -> None:
    bench.key(Qt.Key.Key_Right, ALT)
    bench.settle()


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("i", "Inbox"),
        ("u", "Up next"),
        ("r", "Reading"),
        ("l", "Later"),
        ("d", "Read"),
        ("a", "Archive"),
    ],
)
def test_g_and_a_letter_go_to_a_list(bench: Bench, key: str, name: str) -> None:
    bench.go("view:all")
    bench.key("g")
    bench.key(key)
    bench.settle()
    assert title(bench) == name
    view = bench.window.sidebar.current_view()
    assert view is not None
    assert view.title == name


def test_back_and_forward_go_the_way_that_was_taken(bench: Bench) -> None:
    for view in ("queue:inbox", "queue:next", "tag:sea", "view:all"):
        bench.go(view)
    seen = [title(bench)]
    for _ in range(5):
        back(bench)
        seen.append(title(bench))
    assert seen == ["All papers", "sea", "Up next", "Inbox", "Inbox", "Inbox"]
    for _ in range(5):
        forward(bench)
    assert title(bench) == "All papers"


def test_the_sidebar_follows(bench: Bench) -> None:
    bench.go("queue:next")
    bench.go("queue:read")
    back(bench)
    view = bench.window.sidebar.current_view()
    assert view is not None
    assert view.key == "queue:next"


def test_what_was_selected_is_selected_again(bench: Bench) -> None:
    bench.go("queue:next")
    bench.window.pane.papers.select_row(1)
    bench.settle()
    bench.go("view:all")
    bench.window.pane.papers.select_row(3)
    bench.settle()
    fourth = bench.current()
    back(bench)
    assert bench.current() == "Ropes"
    forward(bench)
    assert bench.current() == fourth


def test_several_papers_that_were_selected_are_again(bench: Bench) -> None:
    bench.go("queue:next")
    bench.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    bench.settle()
    bench.go("queue:inbox")
    back(bench)
    assert bench.window.pane.papers.selected_count() == 2
    assert bench.current() == "Ropes"


def test_a_search_is_a_stop_with_its_words(bench: Bench) -> None:
    bench.go("queue:next")
    bench.type("lighthouse")
    assert bench.titles() == ["Lighthouses"]
    bench.go("queue:read")
    back(bench)
    assert bench.window.pane.search.text() == "lighthouse"
    assert bench.titles() == ["Lighthouses"]
    back(bench)
    assert bench.window.pane.search.text() == ""
    assert bench.titles() == ["Four", "Ropes", "Knots"]
    forward(bench)
    assert bench.titles() == ["Lighthouses"]


def test_typing_on_is_one_stop(bench: Bench) -> None:
    bench.go("queue:next")
    bench.type("lig")
    bench.type("lighthouse")
    back(bench)
    assert (title(bench), bench.window.pane.search.text()) == ("Up next", "")


def test_going_somewhere_else_forgets_the_way_forward(bench: Bench) -> None:
    bench.go("queue:next")
    bench.go("queue:read")
    back(bench)
    bench.go("view:all")
    forward(bench)
    assert title(bench) == "All papers"
    assert not bench.window.actions_by_name["actionForward"].isEnabled()
    back(bench)
    assert title(bench) == "Up next"


def test_an_edit_is_no_stop(bench: Bench) -> None:
    bench.go("queue:next")
    bench.go("queue:inbox")
    bench.key("s")
    bench.settle()
    back(bench)
    assert title(bench) == "Up next"


def test_a_tag_that_is_gone_is_passed_over(bench: Bench) -> None:
    bench.go("queue:next")
    bench.go("tag:food")
    bench.go("queue:inbox")
    with bench.library() as library:
        library.delete_tag("food")
    bench.settle()
    back(bench)
    assert title(bench) == "Up next"


@pytest.mark.parametrize("where", ["paperList", "sidebar", "abstractView", "mainWindow"])
def test_the_buttons_of_the_mouse_go_back_and_forward(bench: Bench, where: str) -> None:
    bench.go("queue:next")
    bench.go("queue:inbox")
    current = bench.current()
    widget: QWidget = bench.window if where == "mainWindow" else bench.find(where)
    target = getattr(widget, "viewport", lambda: widget)()
    QTest.mouseClick(target, Qt.MouseButton.BackButton, NO_KEY, QPoint(30, 60))
    bench.settle()
    assert title(bench) == "Up next"
    QTest.mouseClick(target, Qt.MouseButton.ForwardButton, NO_KEY, QPoint(30, 60))
    bench.settle()
    assert (title(bench), bench.current()) == ("Inbox", current)


def test_out_of_triage_back_shows_the_list_before(bench: Bench) -> None:
    bench.go("queue:next")
    bench.go("queue:inbox")
    bench.key("t", CTRL)
    bench.settle()
    back(bench)
    assert not bench.find("triageView").isVisible()
    assert title(bench) == "Up next"


def test_after_enter_back_returns_to_the_inbox(make_bench: Callable[[list[dict[str, object]]], Bench]) -> None:
    bench = make_bench([{"title": name} for name in ("Alpha", "Beta", "Gamma")])
    bench.go("queue:inbox")
    bench.key("j")
    bench.key(Qt.Key.Key_Return)
    bench.settle()
    assert title(bench) == "Reading"
    back(bench)
    assert (title(bench), bench.titles()) == ("Inbox", ["Alpha", "Gamma"])
