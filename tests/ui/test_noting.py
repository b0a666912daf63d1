"""Notes in the real window: the preview while writing, versions looked at and taken back, by key and mouse."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QTextEdit, QWidget

from readinglist.paths import state_file
from readinglist.ui.note_parts import NoteField, NoteView
from readinglist.ui.version_list import VersionList
from readinglist.ui.version_sheet import VersionSheet

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def _view(bench: Bench) -> NoteView:
    view = bench.find("noteView")
    assert isinstance(view, NoteView)
    return view


def _field(bench: Bench) -> NoteField:
    field = bench.find("noteField")
    assert isinstance(field, NoteField)
    return field


def _begin(bench: Bench, title: str = "Lighthouses") -> None:
    bench.go("view:all")
    for _ in range(10):
        if bench.current() == title:
            break
        bench.key("j")
        bench.settle()
    assert bench.current() == title
    bench.key("n")
    bench.settle()
    assert _field(bench).hasFocus()


def _wait_for(bench: Bench, text: str) -> None:
    bench.qtbot.waitUntil(lambda: _view(bench).toPlainText() == text, timeout=3_000)


def test_what_is_typed_is_shown_formatted_beside_it(bench: Bench) -> None:
    _begin(bench)
    QTest.keyClicks(_field(bench), "**Why** it matters")
    _wait_for(bench, "Why it matters")
    assert _view(bench).isVisible()
    assert _view(bench).document().find("Why").charFormat().fontWeight() > 600
    assert _field(bench).hasFocus()
    QTest.keyClicks(_field(bench), " more")
    _wait_for(bench, "Why it matters more")


def test_preview_follows_the_typing_without_a_pause_in_it(bench: Bench) -> None:
    _begin(bench)
    for letter in "abcdefghijklmnopqrstuvwxyz":
        QTest.keyClicks(_field(bench), letter)
        QTest.qWait(15)
    assert len(_view(bench).toPlainText()) > 5


def test_text_and_preview_lie_side_by_side_where_wide_and_below_each_other_where_not(bench: Bench) -> None:
    _begin(bench)
    QTest.keyClicks(_field(bench), "one two")
    _wait_for(bench, "one two")
    bench.window.resize(1440, 900)
    bench.settle()
    field, view = _field(bench).geometry(), _view(bench).geometry()
    assert view.left() > field.right()
    assert (view.top(), view.width()) == (field.top(), field.width())
    bench.window.resize(900, 700)
    bench.settle()
    field, view = _field(bench).geometry(), _view(bench).geometry()
    assert view.top() > field.bottom()
    assert view.left() == field.left()
    assert not _field(bench).visibleRegion().isEmpty()


def test_a_key_turns_the_preview_off_and_it_stays_so(bench: Bench) -> None:
    _begin(bench)
    bench.key("p", CTRL)
    bench.settle()
    assert not _view(bench).isVisible()
    assert _field(bench).hasFocus()
    QTest.keyClicks(_field(bench), "plain *text*")
    bench.key(Qt.Key.Key_Escape)
    bench.settle()
    assert _view(bench).isVisible()
    assert _view(bench).toPlainText() == "plain text"
    bench.window.close()
    assert json.loads(state_file().read_text())["note_preview"] is False
    bench.open()
    assert not bench.window.actions_by_name["actionNotePreview"].isChecked()
    _begin(bench)
    assert not _view(bench).isVisible()


def test_the_button_over_the_note_turns_the_preview_on_and_off(bench: Bench) -> None:
    _begin(bench)
    button = bench.find("buttonNotePreview")
    assert "(Ctrl+P)" in button.toolTip()
    for shown in (False, True):
        bench.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        bench.settle()
        assert _view(bench).isVisible() is shown
        assert _field(bench).hasFocus()


def test_a_click_on_the_preview_leaves_the_writing_where_it_is(bench: Bench) -> None:
    _begin(bench)
    QTest.keyClicks(_field(bench), "one [two](https://example.org/)")
    _wait_for(bench, "one two")
    bench.key(Qt.Key.Key_Home)
    bench.qtbot.mouseClick(_view(bench).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(4, 8))
    assert _field(bench).hasFocus()
    assert _field(bench).textCursor().position() == 0


def test_the_preview_reaches_nothing_outside(bench: Bench) -> None:
    _begin(bench)
    text = "![x](file:///dev/zero) <img src='/dev/zero'> ok"
    _field(bench).insertPlainText(text)
    bench.qtbot.waitUntil(lambda: "ok" in _view(bench).toPlainText(), timeout=3_000)
    assert "<img" in _view(bench).toPlainText()


def test_a_long_note_is_written_without_a_preview_and_says_so(bench: Bench) -> None:
    _begin(bench)
    _field(bench).insertPlainText("A line of a long note.\n" * 2_000)
    _wait_for(bench, "This note is too long for a preview.")
    bench.key(Qt.Key.Key_Escape)
    bench.settle()
    assert "too long to be shown formatted" in _label(bench, "noteState")


def test_the_preview_of_a_note_higher_than_the_page_stays_beside_the_caret(bench: Bench) -> None:
    bench.window.resize(1440, 700)
    _begin(bench)
    _field(bench).insertPlainText("\n\n".join(f"- item {n}" for n in range(120)))
    bench.qtbot.waitUntil(lambda: "item 119" in _view(bench).toPlainText(), timeout=3_000)
    bench.settle()
    assert _field(bench).height() > _view(bench).height() + 200
    assert abs(_field(bench).geometry().bottom() - _view(bench).geometry().bottom()) < 60
    bench.key(Qt.Key.Key_Home, CTRL)
    assert _view(bench).geometry().top() - _field(bench).geometry().top() < 60


def _label(bench: Bench, name: str) -> str:
    label = bench.find(name)
    assert isinstance(label, QLabel)
    return label.text()


def _write(bench: Bench, *texts: str) -> int:
    with bench.library() as library:
        (number,) = library.search("title:Lighthouses").ids
        for text in texts:
            library.write_note(number, text)
    bench.go("view:all")
    bench.settle()
    while bench.current() != "Lighthouses":
        bench.key("j")
        bench.settle()
    return int(number)


def _sheet(bench: Bench) -> VersionSheet:
    sheet = bench.find("versionSheet")
    assert isinstance(sheet, VersionSheet)
    return sheet


def _list(bench: Bench) -> VersionList:
    found = bench.find("versionList")
    assert isinstance(found, VersionList)
    return found


def _rows(bench: Bench) -> list[list[str]]:
    rows = _list(bench)
    items = [rows.topLevelItem(row) for row in range(rows.topLevelItemCount())]
    return [[item.text(column) for column in (1, 2)] for item in items if item is not None]


def _text(bench: Bench) -> QTextEdit:
    text = bench.find("versionText")
    assert isinstance(text, QTextEdit)
    return text


def _styled(bench: Bench) -> dict[str, list[str]]:
    """Return what is underlined and what is struck through."""
    found: dict[str, list[str]] = {"underlined": [], "struck": []}
    block = _text(bench).document().begin()
    while block.isValid():
        parts = block.begin()
        while not parts.atEnd():
            part = parts.fragment()
            for name, on in (
                ("underlined", part.charFormat().fontUnderline()),
                ("struck", part.charFormat().fontStrikeOut()),
            ):
                if on:
                    found[name].append(part.text())
            parts += 1
        block = block.next()
    return found


def test_an_earlier_version_is_found_compared_and_taken_back_by_keys(bench: Bench) -> None:
    number = _write(bench, "The red tower.", "The blue tower, again.", "")
    bench.key("n", SHIFT)
    bench.settle()
    assert _sheet(bench).isVisible()
    assert _list(bench).hasFocus()
    assert _rows(bench) == [["no note", "now · written"], ["4 words", "written"], ["3 words", "written"]]
    assert _text(bench).toPlainText() == "The blue tower, again."
    bench.key(Qt.Key.Key_Down)
    bench.settle()
    assert _styled(bench) == {"underlined": ["The red tower."], "struck": []}
    assert "would come back (3 words)" in _label(bench, "versionSummary")
    bench.key(Qt.Key.Key_Return)
    bench.settle()
    assert not _sheet(bench).isVisible()
    with bench.library() as library:
        assert library.paper(number).note == "The red tower."
    assert _view(bench).toPlainText() == "The red tower."
    assert "earlier version" in bench.window.pane.toast.text()
    bench.key("z", CTRL)
    bench.settle()
    with bench.library() as library:
        assert library.paper(number).note is None


def test_the_difference_is_shown_by_more_than_colour(bench: Bench) -> None:
    _write(bench, "The red tower stands.", "The blue tower stands.")
    bench.do("actionNoteVersions")
    assert _styled(bench) == {"underlined": ["red"], "struck": ["blue"]}
    assert _text(bench).toPlainText() == "The bluered tower stands."
    assert _label(bench, "versionSummary") == _text(bench).accessibleDescription()
    box = bench.find("versionCompare")
    assert isinstance(box, QCheckBox)
    bench.qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    bench.settle()
    assert _text(bench).toPlainText() == "The red tower stands."
    assert _styled(bench) == {"underlined": [], "struck": []}


def test_a_version_is_taken_back_by_mouse(bench: Bench) -> None:
    number = _write(bench, "one", "two")
    bench.qtbot.mouseClick(bench.find("buttonNoteVersions"), Qt.MouseButton.LeftButton)
    bench.settle()
    rows = _list(bench)
    now = rows.topLevelItem(0)
    assert now is not None
    bench.qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualItemRect(now).center())
    take = bench.find("versionTake")
    assert isinstance(take, QPushButton)
    assert not take.isEnabled()  # the note is so already
    assert "as it is now" in _label(bench, "versionSummary")
    before = rows.topLevelItem(1)
    assert before is not None
    bench.qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualItemRect(before).center())
    bench.settle()
    bench.qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    bench.settle()
    with bench.library() as library:
        assert library.paper(number).note == "one"


def test_what_is_being_typed_is_the_newest_version(bench: Bench) -> None:
    _write(bench, "one")
    bench.key("n")
    bench.settle()
    QTest.keyClicks(_field(bench), " and two")
    bench.do("actionNoteVersions")
    assert _rows(bench)[0] == ["3 words", "now · written"]
    assert _styled(bench)["struck"] == [" and two"]
    bench.key(Qt.Key.Key_Return)
    bench.settle()
    assert _view(bench).toPlainText() == "one"


def test_what_undo_and_a_merge_did_to_a_note_is_among_its_versions(bench: Bench) -> None:
    number = _write(bench, "one")
    with bench.library() as library:
        (other,) = library.search("title:Ropes").ids
        library.write_note(other, "two")
        library.merge([number, other], keep=number)
        library.undo()
    bench.settle()
    bench.do("actionNoteVersions")
    assert [row[1] for row in _rows(bench)] == ["now · undone: Merge", "Merge", "written"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, None])
def test_the_sheet_is_left_without_a_change(bench: Bench, key: Qt.Key | None) -> None:
    number = _write(bench, "one", "two")
    bench.do("actionNoteVersions")
    if key is None:
        bench.qtbot.mouseClick(bench.find("versionLeave"), Qt.MouseButton.LeftButton)
    else:
        bench.key(key)
    bench.settle()
    assert not _sheet(bench).isVisible()
    with bench.library() as library:
        assert library.paper(number).note == "two"
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    assert not _sheet(bench).isAncestorOf(focus)


def test_a_paper_without_a_note_says_so(bench: Bench) -> None:
    _write(bench)
    bench.do("actionNoteVersions")
    assert _rows(bench) == []
    assert "never been a note" in _sheet(bench).words.text()
    bench.key(Qt.Key.Key_Return)
    assert not bench.find("versionTake").isEnabled()


def test_a_long_note_with_a_small_change_shows_the_change(bench: Bench) -> None:
    long = "".join(f"Line {n} of a very long note.\n" for n in range(5_000))
    _write(bench, long, long.replace("Line 2500 ", "Row 2500 "))
    bench.do("actionNoteVersions")
    bench.qtbot.waitUntil(lambda: bool(_styled(bench)["struck"]), timeout=5_000)
    assert _styled(bench) == {"underlined": ["Line"], "struck": ["Row"]}
    assert len(_text(bench).toPlainText()) < 2_000
