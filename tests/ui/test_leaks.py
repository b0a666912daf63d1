"""What is opened and closed again leaves nothing behind: no widget, timer or action, and no wrapper of Python's."""

from __future__ import annotations

import gc
import time
import weakref
from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import SIGNAL, QEvent, QEventLoop, QMetaMethod, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton
from shiboken6 import getAllValidWrappers

from tests.ui.conftest import Bench, end

TIMES, WARM = 25, 3
STRAY = 12
"""So many objects of a class more are none for each of `TIMES`: Qt makes some when it first needs them."""

_SIGNAL = QMetaMethod.MethodType.Signal
CTRL = Qt.KeyboardModifier.ControlModifier
SHEETS = (
    *("actionKeys", "actionSettings", "actionPalette", "actionDuplicates", "actionCheck", "actionRestoreBackup"),
    *("actionNoteVersions", "actionTag", "actionToLater", "actionTriage", "actionFocus", "actionSaveSearch"),
    *("actionGoNext", "actionGoFeeds", "actionGoMorning", "actionGoSuggested", "actionGoTrends", "actionGoMap"),
)


def settle(bench: Bench) -> None:
    until = time.monotonic() + 10
    QApplication.processEvents()
    while not bench.window.idle() and time.monotonic() < until:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)


def press(bench: Bench, key: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or bench.window, key, modifier)
    settle(bench)


def open_and_close(action: str) -> Callable[[Bench], None]:
    def do(bench: Bench) -> None:
        bench.window.actions_by_name[action].trigger()
        settle(bench)
        press(bench, Qt.Key.Key_Escape)

    return do


def look_at_the_stats(bench: Bench) -> None:
    open_and_close("actionGoStats")(bench)


def say_what_it_is(bench: Bench) -> None:
    bench.window.actions_by_name["actionAbout"].trigger()
    for window in QApplication.topLevelWidgets():
        if window is not bench.window and window.isVisible():
            window.close()


def search(bench: Bench) -> None:
    press(bench, "/")
    for key in "tag:s bias":
        press(bench, key)
    press(bench, Qt.Key.Key_Escape)
    press(bench, Qt.Key.Key_Escape)


def tag_all(bench: Bench) -> None:
    bench.window.pane.papers.selectAll()
    open_and_close("actionTag")(bench)
    bench.window.pane.papers.select_row(0)


def edit_and_undo(bench: Bench) -> None:
    for key in "se":
        press(bench, key)
        press(bench, "z", CTRL)


def tag_and_save_anew(bench: Bench) -> None:
    """Have a tag, one below it, and a saved search come and go, as from the command line."""
    with bench.library() as library:
        library.tag([1], add=["passing", "passing/by"])
        library.save_search("passing", "bias")
    settle(bench)
    assert bench.window.sidebar.count_of("tag:passing/by") == 1
    with bench.library() as library:
        library.tag([1], remove=["passing", "passing/by"])
        library.delete_search("passing")
    settle(bench)


def write(bench: Bench) -> None:
    press(bench, "n")
    press(bench, "a")
    press(bench, Qt.Key.Key_Backspace)
    press(bench, Qt.Key.Key_Escape)


def open_menus(bench: Bench) -> None:
    for menu in bench.window.actions_by_name._menus.values():
        menu.popup(bench.window.pos())
        menu.close()


def switch_theme(bench: Bench) -> None:
    for name in ("Dark", "Light"):
        bench.window.actions_by_name[f"actionTheme{name}"].trigger()
        settle(bench)


OTHERS = (
    *(look_at_the_stats, say_what_it_is, search, tag_all, edit_and_undo, tag_and_save_anew, write, open_menus),
    switch_theme,
)
FEWER = {look_at_the_stats: 15, switch_theme: 15, search: 15, edit_and_undo: 15, write: 15}
"""What takes long is done so often; it leaves more than strays behind all the same."""


def counted(bench: Bench) -> Counter[str]:
    """Return how many objects there are, by class: those of Qt in the window and beside it, and Python's for them."""
    for _ in range(2):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()
        gc.collect()
    tops: list[QObject] = [QApplication.instance(), *QApplication.topLevelWidgets()]  # type: ignore[list-item]
    there = {id(child): child for top in tops for child in (top, *top.findChildren(QObject))}
    found = Counter(f"Qt's {child.metaObject().className()}" for child in there.values())
    del tops, there
    gc.collect()
    return found + Counter(f"Python's {type(each).__name__}" for each in getAllValidWrappers())


@pytest.mark.parametrize(
    ("name", "act"),
    [*((name, open_and_close(name)) for name in SHEETS), *((act.__name__, act) for act in OTHERS)],
    ids=[*SHEETS, *(act.__name__ for act in OTHERS)],
)
def test_what_is_opened_and_closed_leaves_nothing_behind(bench: Bench, name: str, act: Callable[[Bench], None]) -> None:
    times = FEWER.get(act, TIMES)
    for _ in range(WARM):
        act(bench)
    before = counted(bench)
    for _ in range(times):
        act(bench)
    after = counted(bench)
    more = {kind: count - before[kind] for kind, count in after.items() if count - before[kind] >= STRAY}
    assert more == {}, f"{name}, {times} times"


def test_an_object_that_stays_behind_is_seen(bench: Bench) -> None:
    before = counted(bench)
    kept = [QObject(bench.window) for _ in range(STRAY)]
    found = counted(bench)
    assert found["Qt's QObject"] == before["Qt's QObject"] + len(kept)
    assert found["Python's QObject"] >= before["Python's QObject"] + len(kept)


def test_a_button_is_connected_to_its_action_once_however_often_that_changes(bench: Bench) -> None:
    def connections(action: QAction) -> int:
        meta = action.metaObject()
        signals = [meta.method(at) for at in range(meta.methodCount())]
        named = [bytes(each.methodSignature().data()).decode() for each in signals if each.methodType() == _SIGNAL]
        return sum(action.receivers(SIGNAL(name)) for name in named)

    found = [button for button in bench.window.findChildren(QToolButton) if button.defaultAction() is not None]
    buttons = [button for button in found if not isinstance(button.parent(), QLineEdit)]  # whose signs stay as they are
    assert len(buttons) > 10
    before = [connections(button.defaultAction()) for button in buttons]
    for button in buttons:
        for on in (False, True) * 5:
            button.defaultAction().setEnabled(on)
            assert button.isEnabled() is on
    assert [connections(button.defaultAction()) for button in buttons] == before


@pytest.mark.parametrize("action", ["actionKeys", "actionSettings", "actionPalette", "actionDuplicates", "actionCheck"])
def test_a_window_in_which_a_sheet_was_open_is_freed(bench: Bench, action: str) -> None:
    bench.do(action)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Escape):
        press(bench, key)
    before = weakref.ref(bench.window)
    end(bench.window)
    bench.open()
    end(bench.window)  # what keeps an older window by right is about the newest, as a job of the program's
    bench.open()
    gc.unfreeze()
    gc.collect()
    assert before() is None
