"""The table of actions: complete, without two meanings for a key."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu

from readinglist.ui.actions import TABLE, Actions, key_text, plain_text, tooltip
from readinglist.ui.theme import DARK, LIGHT

CONTRACT = (
    "actionStar",
    "actionTag",
    "actionNote",
    "actionHighlight",
    "actionUndo",
    "actionRedo",
    "actionImport",
    "actionPaste",
    "actionNext",
    "actionPrevious",
    "actionToInbox",
    "actionToNext",
    "actionToReading",
    "actionToLater",
    "actionToRead",
    "actionToArchived",
    "actionTriage",
    "actionFocus",
)


@pytest.fixture
def window(qapp: QApplication) -> QMainWindow:
    return QMainWindow()


def in_menus(menu: QMenu) -> list[QAction]:
    found: list[QAction] = []
    for action in menu.actions():
        below = action.menu()
        found += in_menus(below) if isinstance(below, QMenu) else [action]
    return found


def test_the_names_of_the_contract_are_there(window: QMainWindow) -> None:
    actions = Actions(LIGHT, window)
    assert [actions[name].objectName() for name in CONTRACT] == list(CONTRACT)


def test_every_action_is_in_a_menu_once(window: QMainWindow) -> None:
    actions = Actions(LIGHT, window)
    actions.fill(window.menuBar())
    found: Counter[str] = Counter()
    for top in window.menuBar().actions():
        menu = top.menu()
        assert isinstance(menu, QMenu)
        found.update(action.objectName() for action in in_menus(menu) if not action.isSeparator())
    assert found == Counter(row.name for row in TABLE)


def test_the_menus_are_those_of_the_design(window: QMainWindow) -> None:
    Actions(LIGHT, window).fill(window.menuBar())
    texts = [action.text() for action in window.menuBar().actions()]
    assert texts == ["File", "Edit", "View", "Paper", "Tags", "Go", "Help"]


def test_no_key_has_two_meanings() -> None:
    keys = Counter(key for row in TABLE for key in row.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_mnemonics_of_a_menu_differ() -> None:
    for menu in {row.menu for row in TABLE}:
        letters = Counter(
            row.text[row.text.index("&") + 1].lower() for row in TABLE if row.menu == menu and "&" in row.text
        )
        assert [letter for letter, count in letters.items() if count > 1] == [], menu


def test_a_tooltip_names_the_key(window: QMainWindow) -> None:
    actions = Actions(LIGHT, window)
    assert tooltip(actions["actionStar"]) == "Star (S)"
    assert key_text(actions["actionUndo"]) == "Ctrl+Z"
    assert plain_text(actions["actionImport"]) == "Import…"


def test_icons_follow_the_theme(window: QMainWindow) -> None:
    actions = Actions(LIGHT, window)
    actions.draw_for_buttons(["actionStar"])
    before = actions["actionStar"].icon().pixmap(17).toImage()
    actions.set_theme(DARK)
    assert actions["actionStar"].icon().pixmap(17).toImage() != before
