"""The sheet of keys says what the program really does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from readinglist.query.fields import help_rows
from readinglist.ui.actions import Actions, plain_text
from readinglist.ui.key_sheet import KeySheet
from readinglist.ui.theme import DARK, LIGHT


class Bench:
    """A sheet over a window, with the program's actions."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.window.resize(1_000, 700)
        self.actions = Actions(LIGHT, self.window)
        self.sheet = KeySheet(LIGHT, self.window)
        self.sheet.set_actions(self.actions)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.sheet.show_keys()

    @property
    def field(self) -> QLineEdit:
        found = self.sheet.findChild(QLineEdit, "keyFilter")
        assert found is not None
        return found

    @property
    def browser(self) -> QTextBrowser:
        found = self.sheet.findChild(QTextBrowser, "keyText")
        assert found is not None
        return found

    @property
    def text(self) -> str:
        return self.browser.toPlainText().replace("\u00a0", " ")


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_every_action_with_a_key_stands_on_it(bench: Bench) -> None:
    keyed = [action for action in bench.actions if action.shortcuts()]
    assert keyed
    for action in keyed:
        assert plain_text(action).rstrip("…") in bench.text
        assert all(key.toString() in bench.text for key in action.shortcuts())


def test_the_whole_search_language_stands_on_it(bench: Bench) -> None:
    for row in help_rows():
        assert row.write in bench.text
        assert row.finds in bench.text


def test_typing_narrows_it_down(bench: Bench, qtbot: QtBot) -> None:
    qtbot.keyClicks(bench.field, "archi")
    assert "Archive" in bench.text
    assert "is:archived" in bench.text
    assert "Quit" not in bench.text
    assert "is:starred" not in bench.text
    qtbot.keyClicks(bench.field, "<b>zzz")
    assert bench.text == "Nothing here is called that."


def test_the_arrow_keys_scroll_it_while_typing(bench: Bench, qtbot: QtBot) -> None:
    bar = bench.browser.verticalScrollBar()
    qtbot.keyClick(bench.field, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    qtbot.keyClick(bench.field, Qt.Key.Key_PageUp)
    assert bar.value() == 0


def test_escape_closes_it(bench: Bench, qtbot: QtBot) -> None:
    qtbot.keyClick(bench.field, Qt.Key.Key_Escape)
    assert not bench.sheet.isVisible()


def test_it_is_drawn_in_both_themes_and_in_a_narrow_window(bench: Bench) -> None:
    light = bench.window.grab().toImage()
    bench.sheet.set_theme(DARK)
    assert bench.window.grab().toImage() != light
    bench.window.resize(500, 500)
    assert "Quit" in bench.text
    assert "is:starred" in bench.text


def test_the_sheet_is_drawn_again_only_when_it_would_look_otherwise(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(qtbot)
    qtbot.waitUntil(lambda: bool(bench.browser.toPlainText()))
    drawn: list[str] = []
    monkeypatch.setattr(bench.browser, "setHtml", drawn.append)
    bench.sheet.close_sheet()
    bench.sheet.show_keys()
    qtbot.wait(20)
    assert not drawn
    bench.sheet.close_sheet()
    bench.sheet.set_theme(DARK)
    bench.sheet.show_keys()
    qtbot.waitUntil(lambda: bool(drawn))
