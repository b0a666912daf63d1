"""A sheet over the window keeps keys and focus to itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from readinglist.ui.overlay import Sheet
from readinglist.ui.theme import LIGHT


class Bench:
    """A window with a button, and a sheet with two fields over it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.window.resize(600, 400)
        self.below = QPushButton("below", self.window)
        self.sheet = Sheet(LIGHT, self.window, card_width=300, card_height=200)
        self.one, self.two = QLineEdit(self.sheet.card), QLineEdit(self.sheet.card)
        self.sheet.body.addWidget(self.one)
        self.sheet.body.addWidget(self.two)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.below.setFocus()
        self.sheet.open_sheet(self.one)


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_tab_goes_round_inside(bench: Bench, qtbot: QtBot) -> None:
    seen = []
    for _ in range(3):
        qtbot.keyClick(bench.window.focusWidget(), Qt.Key.Key_Tab)
        seen.append(bench.window.focusWidget())
    qtbot.keyClick(bench.window.focusWidget(), Qt.Key.Key_Backtab)
    assert seen == [bench.two, bench.one, bench.two]
    assert bench.one.hasFocus()


def test_no_shortcut_of_the_window_fires(bench: Bench, qtbot: QtBot) -> None:
    action = QAction("undo", bench.window)
    action.setShortcuts([QKeySequence("Ctrl+K"), QKeySequence("F5"), QKeySequence("E")])
    bench.window.addAction(action)
    with qtbot.assertNotEmitted(action.triggered):
        qtbot.keyClick(bench.one, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(bench.one, Qt.Key.Key_F5)
        qtbot.keyClick(bench.one, Qt.Key.Key_E)
    assert bench.one.text() == "e"


def test_escape_closes_and_gives_the_focus_back(bench: Bench, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bench.sheet.closed):
        qtbot.keyClick(bench.one, Qt.Key.Key_Escape)
    assert not bench.sheet.isVisible()
    assert bench.below.hasFocus()


def test_a_click_beside_the_card_closes_and_one_on_it_does_not(bench: Bench, qtbot: QtBot) -> None:
    qtbot.mouseClick(bench.sheet, Qt.MouseButton.LeftButton, pos=bench.sheet.card.geometry().topLeft() + QPoint(5, 5))
    assert bench.sheet.isVisible()
    qtbot.mouseClick(bench.sheet, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert not bench.sheet.isVisible()


def test_it_keeps_to_the_size_of_the_window(bench: Bench) -> None:
    bench.window.resize(250, 180)
    assert bench.sheet.size() == bench.window.size()
    assert bench.sheet.rect().contains(bench.sheet.card.geometry())
