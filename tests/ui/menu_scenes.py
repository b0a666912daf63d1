"""Every menu as scenes: those of the menu bar, of buttons, and what a right click opens; text fields have Qt's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QMenu,
    QToolButton,
    QWidget,
)

from tests.ui.scenes import Scene, press, write

if TYPE_CHECKING:
    from tests.ui.conftest import Bench


def _ask_menu(widget: QWidget, at: QPoint | None = None) -> None:
    """Ask for the context menu of a widget, as the right button does."""
    asked = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
    place = at if at is not None else asked.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, asked.mapToGlobal(place))
    QApplication.sendEvent(asked, event)


def _menu_of(find: Callable[[Bench], QWidget]) -> Scene:
    def do(bench: Bench) -> None:
        _ask_menu(find(bench))
        _must_be_open()

    return do


def _must_be_open() -> None:
    assert isinstance(QApplication.activePopupWidget(), QMenu)


def _bar_menu(place: int, bench: Bench) -> None:
    """Open a menu of the bar, and beside it every menu in it."""
    bar = bench.window.menuBar()
    action = bar.actions()[place]
    menu = action.menu()
    assert isinstance(menu, QMenu)
    menu.popup(bar.mapToGlobal(bar.actionGeometry(action).bottomLeft()))
    for inner in menu.findChildren(QMenu):
        inner.popup(menu.mapToGlobal(QPoint(menu.width(), 0)))
    _must_be_open()


def _row_menu(name: str, key: str, bench: Bench) -> None:
    """Ask for the menu of the row of the sidebar whose view has this key."""
    bench.go(key)
    tree = bench.find(name)
    assert isinstance(tree, QAbstractItemView)
    _ask_menu(tree, tree.visualRect(tree.currentIndex()).center())


def _focused_after(*keys: str) -> Callable[[Bench], QWidget]:
    def find(bench: Bench) -> QWidget:
        for key in keys:
            press(bench, key)
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus

    return find


def _search_line(bench: Bench) -> QWidget:
    line = bench.window.pane.search.line
    assert isinstance(line, QLineEdit)
    line.setFocus()
    write(bench, "ψ")
    return line


def _note_with_text(bench: Bench) -> QWidget:
    editor = _focused_after("n")(bench)
    write(bench, "ψ")
    return editor


def _button_menu(name: str, bench: Bench) -> None:
    button = bench.find(name)
    assert isinstance(button, QToolButton)
    if button.menu() is not None:
        button.menu().popup(button.mapToGlobal(button.rect().bottomLeft()))
    else:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    _must_be_open()


MENU_SCENES: Mapping[str, Scene] = {
    **{f"menu {place + 1} of the bar": partial(_bar_menu, place) for place in range(7)},
    "menu of the list": _menu_of(lambda bench: bench.window.pane.papers),
    "menu of a tag": partial(_row_menu, "sidebar", "tag:θάλασσα"),
    "menu of a saved search": partial(_row_menu, "sidebar", "search:κύματα"),
    "menu of the abstract": _menu_of(lambda bench: bench.find("abstractView")),
    "menu of a highlight": _menu_of(lambda bench: bench.find("highlightList")),
    "menu of the search field": _menu_of(_search_line),
    "menu of the note": _menu_of(_note_with_text),
    "menu of a tag that is typed": _menu_of(_focused_after("t")),
    "new name for a tag": lambda bench: (bench.go("tag:θάλασσα"), bench.do("actionRenameTag"))[1],
    "menu of the order": partial(_button_menu, "sortButton"),
    "menu of the reader": partial(_button_menu, "moreButton"),
}
