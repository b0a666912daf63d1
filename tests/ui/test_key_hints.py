"""Every hint of a key names the key in force: after the reader has chosen others no scene tells of the usual ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTextEdit

from readinglist.paper import Paper
from readinglist.ui.actions import TABLE, native_key
from tests.ui.painted import painted_texts
from tests.ui.scenes import GREEK, SCENES, close_all, go_home, press, settle_in, shown_widgets

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

CTRL = Qt.KeyboardModifier.ControlModifier

CHANGED = [row for row in TABLE if row.keys]
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ123456789"
FREE = [f"{keys}{sign}" for keys in ("Ctrl+Alt+Shift+", "Meta+Shift+", "Meta+Alt+") for sign in SIGNS]
NEW = {row.name.removeprefix("action"): (key,) for row, key in zip(CHANGED, FREE, strict=False)}
OLD = {native_key(key) for row in CHANGED for key in row.keys}
FIXED = {"Return", "Enter", "Space", "Del", "F1", "F2", "Back", "Forward"}
"""Keys that mean something of their own in sheets, editors and small lists, which cannot be changed, and words."""

EMPTY = {
    "queue:next": "ToNext",
    "queue:reading": "ToReading",
    "queue:later": "ToLater",
    "queue:read": "ToRead",
    "queue:archived": "ToArchived",
    "view:notes": "Note",
    "view:starred": "Star",
}


def _says_old(text: str) -> bool:
    """Say whether a text tells of a usual key: alone, after Press, in parentheses, or with Ctrl or Alt."""
    for key in OLD - FIXED:
        if text == key or re.search(rf"([Pp]ress |\(){re.escape(key)}(?![A-Za-z+])", text):
            return True
        if "+" in key and re.search(rf"(?<![A-Za-z+]){re.escape(key)}(?![A-Za-z0-9+])", text):
            return True
    return False


def _said(bench: Bench) -> Iterator[str]:
    for widget in shown_widgets():
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        match widget:
            case QLabel() | QAbstractButton():
                yield widget.text()
            case QLineEdit() | QTextEdit():
                yield widget.placeholderText()
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            yield from painted_texts(top)


def test_no_scene_tells_of_a_key_that_was_changed(make_bench: Callable[[list[dict[str, object]]], Bench]) -> None:
    bench = make_bench(GREEK)
    settle_in(bench)
    assert len(NEW) == len(CHANGED)
    assert any(map(_says_old, _said(bench)))  # before they are changed there are some
    bench.window.preferences.change(keys=NEW)
    bench.settle()
    faults: dict[str, str] = {}
    for name in (
        *("paper", "reading, empty", "trash, empty", "nothing found", "found", "several papers", "starred", "undone"),
        *("triage", "focus", "keys", "palette", "statistics", "import sheet", "duplicates"),
    ):
        go_home(bench)
        SCENES[name](bench)
        faults |= {text: name for text in _said(bench) if _says_old(text)}
        close_all(bench)
    for action in ("actionToArchived", "actionHighlight", "actionToLater", "actionTag", "actionNote"):
        go_home(bench)
        bench.do(action)
        faults |= {text: action for text in _said(bench) if _says_old(text)}
        close_all(bench)
    assert faults == {}


def _empty_words(bench: Bench) -> str:
    return " ".join(label.text() for label in bench.window.pane.empty.findChildren(QLabel))


def test_an_empty_list_names_the_key_in_force_or_none(empty_bench: Bench) -> None:
    bench = empty_bench
    with bench.library() as library:
        library.add(Paper(title="Ropes"))
    bench.settle()
    for view, name in EMPTY.items():
        bench.go(view)
        usual = min(next(row.keys for row in TABLE if row.name == f"action{name}"), key=len)
        assert f"Press {usual} " in _empty_words(bench)
    bench.window.preferences.change(keys={"Star": ("Ctrl+9",)})
    bench.settle()
    assert "Press Ctrl+9 " in _empty_words(bench)  # at once, in the list that is shown
    bench.window.preferences.change(keys={"Star": ()})
    bench.settle()
    assert "Press" not in _empty_words(bench)


def test_the_hints_of_note_and_highlight_name_the_keys_in_force(bench: Bench) -> None:
    bench.go("view:all")
    view = bench.find("noteView")
    assert isinstance(view, QTextEdit)
    assert view.placeholderText() == "Press N to write a note"
    bench.window.preferences.change(keys={"Note": ("Ctrl+9",), "Highlight": ("Ctrl+8",)})
    bench.settle()
    assert view.placeholderText() == "Press Ctrl+9 to write a note"
    press(bench, "8", CTRL)
    hint = bench.find("highlightHint")
    assert isinstance(hint, QLabel)
    assert hint.text().endswith("then press Ctrl+8.")
    bench.window.preferences.change(keys={"Note": (), "Highlight": ()})
    bench.settle()
    assert view.placeholderText() == "Click to write a note"
    bench.do("actionHighlight")
    assert hint.text().endswith("then highlight it.")


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("Undo Ctrl+Z", True),
        ("Undo Ctrl+Shift+Z", True),
        ("Ctrl+Alt+Shift+Z", False),
        ("E", True),
        ("Press L on", True),
    ],
)
def test_a_usual_key_is_known_when_it_is_told_of(text: str, old: bool) -> None:
    assert _says_old(text) is old
