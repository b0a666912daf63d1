"""The note: written, saved as typed, never lost and never overwritten."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from readinglist.paper import PaperId
from readinglist.ui.note_editor import LONGEST_MS, QUIET_MS, NoteEditor
from readinglist.ui.note_parts import NoteField, NoteView
from readinglist.ui.reader_events import NoteEdited
from readinglist.ui.theme import DARK, LIGHT

ONE, TWO = PaperId(1), PaperId(2)
SAVED = "Saved just now · Markdown"


class Bench:
    """An editor in a window, what it told, and its parts."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        self.window.resize(600, 500)
        self.elsewhere = QPushButton("elsewhere", self.window)
        self.elsewhere.move(0, 450)
        self.editor = NoteEditor(LIGHT, self.window)
        self.editor.setGeometry(10, 10, 560, 400)
        self.told: list[NoteEdited] = []
        self.editor.note_changed.connect(self.told.append)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.elsewhere.setFocus()

    @property
    def field(self) -> NoteField:
        found = self.editor.findChild(NoteField)
        assert found is not None
        return found

    @property
    def view(self) -> NoteView:
        found = self.editor.findChild(NoteView)
        assert found is not None
        return found

    def label(self, name: str) -> QLabel:
        found = self.editor.findChild(QLabel, name)
        assert found is not None
        return found

    @property
    def state(self) -> str:
        return self.label("noteState").text()

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.field, text)

    def write(self, text: str) -> None:
        self.editor.start()
        self.type(text)


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_a_note_is_shown_formatted(bench: Bench) -> None:
    bench.editor.show_note(ONE, "**Why** it matters\n\n- one\n- two")
    assert bench.view.toPlainText() == "Why it matters\none\ntwo"
    assert bench.view.isVisible()
    assert not bench.field.isVisible()


def test_an_empty_note_says_how_to_begin(bench: Bench) -> None:
    bench.editor.show_note(ONE, None)
    assert bench.view.placeholderText() == "Click to write a note"  # no key is known yet


def test_writing_shows_the_source_with_the_caret_at_its_end(bench: Bench) -> None:
    bench.editor.show_note(ONE, "**Why** it matters")
    bench.write("!")
    assert bench.editor.text() == "**Why** it matters!"


def test_a_pause_in_typing_tells_the_note(bench: Bench) -> None:
    bench.editor.show_note(ONE, None)
    bench.write("idea")
    assert bench.told == []
    bench.qtbot.waitUntil(lambda: len(bench.told) == 1, timeout=QUIET_MS * 3)
    assert (bench.told[0].id, bench.told[0].text) == (ONE, "idea")


def test_typing_without_a_pause_is_told_of_at_least_every_two_seconds(bench: Bench) -> None:
    bench.editor.show_note(ONE, None)
    bench.editor.start()
    for _ in range(LONGEST_MS // 200 + 2):
        bench.type("x")
        bench.qtbot.wait(200)
        if bench.told:
            break
    assert bench.told
    assert set(bench.told[0].text) == {"x"}


def test_typing_on_without_a_pause_after_a_save_that_failed_is_told_of_too(bench: Bench) -> None:
    bench.editor.show_note(ONE, None)
    bench.write("a")
    bench.editor.flush()
    bench.editor.note_failed(ONE, "The disk is full.")
    for _ in range(LONGEST_MS // 200 + 2):
        bench.type("x")
        bench.qtbot.wait(200)
        if len(bench.told) > 1:
            break
    assert bench.told[-1].text.startswith("axxx")


def test_escape_tells_at_once_and_goes_back(bench: Bench) -> None:
    bench.editor.show_note(ONE, None)
    bench.write("idea")
    bench.qtbot.keyClick(bench.field, Qt.Key.Key_Escape)
    assert [edit.text for edit in bench.told] == ["idea"]
    assert bench.elsewhere.hasFocus()
    assert not bench.editor.is_editing


def test_going_elsewhere_tells_at_once(bench: Bench) -> None:
    bench.editor.show_note(ONE, None)
    bench.write("idea")
    bench.elsewhere.setFocus(Qt.FocusReason.MouseFocusReason)
    assert [edit.text for edit in bench.told] == ["idea"]
    assert not bench.editor.is_editing


def test_another_paper_tells_the_note_of_the_one_before(bench: Bench) -> None:
    bench.editor.show_note(ONE, None)
    bench.write("idea")
    bench.editor.show_note(TWO, "second")
    assert [(edit.id, edit.text) for edit in bench.told] == [(ONE, "idea")]
    assert bench.editor.text() == "second"
    assert not bench.editor.is_editing


def test_looking_at_a_note_without_typing_tells_nothing(bench: Bench) -> None:
    bench.editor.show_note(ONE, "5\u00a0000 *items*  \n\n* x\n\t")
    bench.editor.start()
    bench.editor.leave()
    bench.editor.flush()
    assert bench.told == []


def test_a_note_is_told_exactly_as_typed(bench: Bench) -> None:
    source = "5\u00a0000 *items*  \n\n* x\n+ y\n\n<b>bold</b> &amp; \\*  "
    bench.editor.show_note(ONE, source)
    bench.write("!")
    bench.qtbot.keyClick(bench.field, Qt.Key.Key_Return)
    bench.editor.flush()
    assert bench.told[0].text == source + "!\n"


def test_every_enter_is_a_line(bench: Bench) -> None:
    bench.editor.show_note(ONE, None)
    bench.write("a")
    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        bench.qtbot.keyClick(bench.field, Qt.Key.Key_Return, modifier)
    bench.type("b")
    assert bench.editor.text() == "a\n\n\nb"
    for _ in range(4):
        bench.qtbot.keyClick(bench.field, Qt.Key.Key_Backspace)
    assert bench.editor.text() == "a"


def test_one_stretch_of_writing_has_one_token_and_the_next_another(bench: Bench) -> None:
    bench.editor.show_note(ONE, None)
    bench.write("a")
    bench.editor.flush()
    bench.type("b")
    bench.editor.leave()
    bench.write("c")
    bench.editor.flush()
    tokens = [edit.stretch for edit in bench.told]
    assert len(tokens) == 3
    assert tokens[0] == tokens[1] != tokens[2]


def test_saved_is_said_only_when_the_library_says_so(bench: Bench) -> None:
    bench.editor.show_note(ONE, None)
    bench.write("idea")
    bench.editor.flush()
    assert bench.state == "Saving…"
    bench.editor.note_saved(ONE, "something else")
    assert bench.state != SAVED
    bench.editor.note_saved(ONE, "idea")
    assert bench.state == SAVED
    assert bench.editor.unsaved() == {}


def test_saved_is_not_said_while_there_is_more_to_save(bench: Bench) -> None:
    bench.editor.show_note(ONE, None)
    bench.write("idea")
    bench.editor.flush()
    bench.type("s")
    bench.editor.note_saved(ONE, "idea")
    assert bench.state != SAVED
    assert bench.editor.unsaved() == {ONE: "ideas"}


def test_a_change_from_elsewhere_is_shown(bench: Bench) -> None:
    bench.editor.show_note(ONE, "old")
    bench.editor.show_note(ONE, "new")
    assert bench.view.toPlainText() == "new"


def test_what_is_being_typed_is_never_replaced(bench: Bench) -> None:
    bench.editor.show_note(ONE, "old")
    bench.write(" and mine")
    bench.editor.show_note(ONE, "from elsewhere")
    assert bench.editor.text() == "old and mine"
    bench.editor.flush()
    bench.editor.show_note(ONE, "from elsewhere again")
    assert bench.editor.text() == "old and mine"
    assert bench.told[-1].text == "old and mine"


def test_the_echo_of_a_save_does_not_move_the_caret(bench: Bench) -> None:
    bench.editor.show_note(ONE, "word")
    bench.write("s")
    bench.editor.flush()
    bench.qtbot.keyClick(bench.field, Qt.Key.Key_Home)
    bench.editor.note_saved(ONE, "words")
    bench.editor.show_note(ONE, "words")
    bench.type("my ")
    assert bench.editor.text() == "my words"


@pytest.mark.parametrize(("typed", "kept"), [("e\u0301te\u0301", "été"), ("\n  ", None), ("a\u202eb", "ab")])
def test_what_the_library_makes_of_a_text_does_not_disturb_the_writing(
    bench: Bench, typed: str, kept: str | None
) -> None:
    bench.editor.show_note(ONE, "x")
    bench.editor.start()
    bench.field.selectAll()
    bench.field.insertPlainText(typed)
    bench.editor.flush()
    bench.editor.show_note(ONE, kept)
    bench.editor.note_saved(ONE, typed)
    bench.editor.show_note(ONE, kept)
    bench.type("!")
    assert bench.editor.text() == typed + "!"


def test_a_note_that_could_not_be_saved_stays_with_the_reason(bench: Bench) -> None:
    bench.editor.show_note(ONE, None)
    bench.write("idea")
    bench.editor.flush()
    bench.editor.note_failed(ONE, "The disk is full.")
    assert bench.label("noteProblem").text() == "The disk is full."
    assert bench.label("noteProblem").isVisible()
    assert bench.editor.text() == "idea"
    assert bench.state == "Not saved"
    bench.editor.note_saved(ONE, "idea")
    assert not bench.label("noteProblem").isVisible()
    assert bench.state == SAVED


def test_try_again_tells_the_note_once_more(bench: Bench) -> None:
    bench.editor.show_note(ONE, None)
    bench.write("idea")
    bench.editor.flush()
    bench.editor.note_failed(ONE, "The disk is full.")
    button = bench.editor.findChild(QPushButton, "noteRetry")
    bench.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [edit.text for edit in bench.told][:2] == ["idea", "idea"]


def test_an_unsaved_note_comes_back_with_its_paper(bench: Bench) -> None:
    bench.editor.show_note(ONE, "old")
    bench.write(" idea")
    bench.editor.show_note(TWO, None)
    bench.editor.note_failed(ONE, "The disk is full.")
    assert not bench.label("noteProblem").isVisible()
    assert bench.editor.unsaved() == {ONE: "old idea"}
    bench.editor.show_note(ONE, "old")
    assert bench.editor.text() == "old idea"
    assert bench.state == "Not saved yet"
    bench.editor.flush()
    assert bench.told[-1].text == "old idea"


def test_retry_tells_the_failed_notes_of_other_papers(bench: Bench) -> None:
    bench.editor.show_note(ONE, None)
    bench.write("idea")
    bench.editor.show_note(TWO, None)
    bench.editor.note_failed(ONE, "The disk is full.")
    bench.told.clear()
    bench.editor.retry()
    assert [(edit.id, edit.text) for edit in bench.told] == [(ONE, "idea")]


def test_single_keys_of_the_window_are_typed_into_the_note(bench: Bench) -> None:
    fired: list[str] = []
    for key in ("E", "Return", "Space", "Escape", "Down", "Del"):
        action = QAction(key, bench.window)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda checked=False, key=key: fired.append(key))
        bench.window.addAction(action)
    bench.editor.show_note(ONE, None)
    bench.write("e e")
    for code in (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Delete):
        bench.qtbot.keyClick(bench.field, code)
    assert fired == []
    assert bench.editor.text() == "e e\n"


def test_undo_while_writing_takes_back_typing_and_nothing_before(bench: Bench) -> None:
    bench.editor.show_note(ONE, "old")
    bench.write(" new")
    for _ in range(5):
        bench.qtbot.keyClick(bench.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bench.editor.text() == "old"


def test_enter_and_a_click_begin_writing(bench: Bench) -> None:
    bench.editor.show_note(ONE, "text")
    bench.view.setFocus(Qt.FocusReason.TabFocusReason)
    bench.qtbot.keyClick(bench.view, Qt.Key.Key_Return)
    assert bench.editor.is_editing
    bench.editor.leave()
    bench.qtbot.mouseClick(bench.view.viewport(), Qt.MouseButton.LeftButton)
    assert bench.editor.is_editing
    assert bench.field.hasFocus()


def test_a_link_is_told_of_and_never_followed(bench: Bench) -> None:
    bench.editor.show_note(ONE, "[code](https://example.org/a) [file](file:///etc/passwd)")
    opened: list[str] = []
    bench.editor.link_opened.connect(opened.append)
    for name in ("code", "file"):
        place = bench.view.document().find(name)
        place.setPosition(place.selectionStart() + 2)
        bench.qtbot.mouseClick(
            bench.view.viewport(), Qt.MouseButton.LeftButton, pos=bench.view.cursorRect(place).center()
        )
    assert opened == ["https://example.org/a"]
    assert not bench.editor.is_editing
    assert bench.view.toPlainText() == "code file"


def test_a_note_too_large_to_format_is_shown_as_typed(bench: Bench) -> None:
    table = "|a|b|\n|-|-|\n" + "|x|y|\n" * 3_000
    bench.editor.show_note(ONE, table)
    assert bench.view.toPlainText() == table


def test_the_editor_grows_with_the_text(bench: Bench) -> None:
    bench.editor.show_note(ONE, None)
    bench.editor.start()
    before = bench.editor.height_for(560)
    bench.qtbot.keyClicks(bench.field, "a")
    for _ in range(10):
        bench.qtbot.keyClick(bench.field, Qt.Key.Key_Return)
    assert bench.editor.height_for(560) > before


def test_a_change_of_theme_keeps_what_is_typed(bench: Bench) -> None:
    bench.editor.show_note(ONE, "old")
    bench.write(" new")
    bench.editor.set_theme(DARK)
    assert bench.editor.text() == "old new"
    assert bench.editor.is_editing
    bench.editor.flush()
    assert bench.told[-1].text == "old new"


LONG = "A line of a long note.\n" * 10_000


def test_keys_that_are_pressed_while_a_long_note_opens_are_typed_at_its_end(bench: Bench) -> None:
    bench.editor.show_note(ONE, LONG)
    bench.write("abc")
    assert not bench.editor.settled
    bench.qtbot.waitUntil(lambda: bench.editor.settled)
    assert bench.editor.text() == LONG + "abc"
    bench.qtbot.waitUntil(lambda: len(bench.told) == 1, timeout=QUIET_MS * 3)
    assert bench.told[0].text == LONG + "abc"


def test_nothing_is_lost_when_a_long_note_is_left_while_it_opens(bench: Bench) -> None:
    bench.editor.show_note(ONE, LONG)
    bench.write("abc")
    bench.elsewhere.setFocus()
    assert bench.told[-1].text == LONG + "abc"
    bench.editor.start()
    bench.elsewhere.setFocus()
    assert len(bench.told) == 1
    bench.write("d")
    bench.qtbot.keyClick(bench.field, Qt.Key.Key_Escape)
    bench.qtbot.waitUntil(lambda: not bench.editor.is_editing)
    assert bench.told[-1].text == LONG + "abcd"
