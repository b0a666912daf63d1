"""Tags edited in place by keys and mouse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QListView, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from readinglist.paper import PaperId
from readinglist.ui.reader_events import TagsEdited
from readinglist.ui.tag_chip import TagChip
from readinglist.ui.tag_editor import TagEditor
from readinglist.ui.theme import DARK, LIGHT

ONE, TWO = PaperId(1), PaperId(2)
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Known:
    name: str
    count: int = 1
    colour: str | None = None


class Told:
    """Keeps what the editor told."""

    def __init__(self, editor: TagEditor) -> None:
        self.edits: list[TagsEdited] = []
        editor.tags_changed.connect(self.edits.append)


@pytest.fixture
def editor(qtbot: QtBot) -> Iterator[TagEditor]:
    window = QWidget()
    window.resize(600, 400)
    elsewhere = QPushButton("elsewhere", window)
    elsewhere.move(0, 300)
    editor = TagEditor(LIGHT, window)
    editor.setGeometry(10, 10, 560, 100)
    editor.set_known_tags([Known("evaluation", 38), Known("retrieval-bench", 4), Known("to cite", 9)])
    editor.show_tags(ONE, frozenset({"retrieval", "systems"}), {"retrieval": "#2F7D5B"})
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    elsewhere.setFocus()
    yield editor
    window.close()


def field(editor: TagEditor) -> QLineEdit:
    found = editor.findChild(QLineEdit, "tagField")
    assert found is not None
    return found


def chips(editor: TagEditor) -> list[TagChip]:
    return [chip for chip in editor.findChildren(TagChip) if not chip.isHidden()]


def names(editor: TagEditor) -> list[str]:
    return [chip.name for chip in chips(editor)]


def popup(editor: TagEditor) -> QListView:
    found = editor.window().findChild(QListView, "tagOffers")
    assert found is not None
    return found


def offered(editor: TagEditor) -> list[str]:
    model = popup(editor).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def added(*tags: str) -> TagsEdited:
    return TagsEdited(ONE, frozenset(tags), NOTHING)


def test_tags_are_shown_as_chips_in_order(editor: TagEditor) -> None:
    assert names(editor) == ["retrieval", "systems"]


def test_enter_takes_the_completion(editor: TagEditor, qtbot: QtBot) -> None:
    told = Told(editor)
    editor.start()
    qtbot.keyClicks(field(editor), "eval")
    assert offered(editor) == ["evaluation", "retrieval-bench", "eval"]
    qtbot.keyClick(field(editor), Qt.Key.Key_Return)
    assert told.edits == [added("evaluation")]
    assert names(editor) == ["evaluation", "retrieval", "systems"]
    assert editor.is_editing
    assert field(editor).text() == ""


def test_the_arrow_keys_choose_among_the_completions(editor: TagEditor, qtbot: QtBot) -> None:
    told = Told(editor)
    editor.start()
    qtbot.keyClicks(field(editor), "eval")
    qtbot.keyClick(field(editor), Qt.Key.Key_Down)
    qtbot.keyClick(field(editor), Qt.Key.Key_Enter)
    qtbot.keyClicks(field(editor), "eval")
    qtbot.keyClick(field(editor), Qt.Key.Key_Up)
    qtbot.keyClick(field(editor), Qt.Key.Key_Enter)
    assert told.edits == [added("retrieval-bench"), added("eval")]


def test_ctrl_enter_makes_a_new_tag_also_where_a_completion_is_offered(editor: TagEditor, qtbot: QtBot) -> None:
    told = Told(editor)
    editor.start()
    qtbot.keyClicks(field(editor), "  eval ")
    qtbot.keyClick(field(editor), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.edits == [added("eval")]


def test_ctrl_enter_keeps_the_spelling_the_library_has(editor: TagEditor, qtbot: QtBot) -> None:
    told = Told(editor)
    editor.start()
    qtbot.keyClicks(field(editor), "To Cite")
    qtbot.keyClick(field(editor), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field(editor), "RETRIEVAL")
    qtbot.keyClick(field(editor), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.edits == [added("to cite")]


def test_enter_makes_a_tag_that_nothing_is_like(editor: TagEditor, qtbot: QtBot) -> None:
    told = Told(editor)
    editor.start()
    qtbot.keyClicks(field(editor), "a, tag with / levels")
    qtbot.keyClick(field(editor), Qt.Key.Key_Return)
    assert told.edits == [added("a, tag with/levels")]


def test_a_word_that_no_tag_can_be_is_refused_where_it_is_typed(editor: TagEditor, qtbot: QtBot) -> None:
    told = Told(editor)
    editor.start()
    qtbot.keyClicks(field(editor), "None")
    qtbot.keyClick(field(editor), Qt.Key.Key_Return)
    qtbot.keyClick(field(editor), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    said = popup(editor).model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "“None” cannot be a tag"
    assert told.edits == []
    assert field(editor).text() == "None"


def test_tab_takes_the_completion_while_something_is_typed(editor: TagEditor, qtbot: QtBot) -> None:
    told = Told(editor)
    editor.start()
    qtbot.keyClicks(field(editor), "cit")
    qtbot.keyClick(field(editor), Qt.Key.Key_Tab)
    assert told.edits == [added("to cite")]
    assert field(editor).hasFocus()


def test_backspace_in_an_empty_field_removes_the_last_chip(editor: TagEditor, qtbot: QtBot) -> None:
    told = Told(editor)
    editor.start()
    qtbot.keyClicks(field(editor), "x")
    qtbot.keyClick(field(editor), Qt.Key.Key_Backspace)
    assert told.edits == []
    qtbot.keyClick(field(editor), Qt.Key.Key_Backspace)
    assert told.edits == [TagsEdited(ONE, NOTHING, frozenset({"systems"}))]
    assert names(editor) == ["retrieval"]


def test_escape_leaves_without_an_edit_and_goes_back(editor: TagEditor, qtbot: QtBot) -> None:
    told = Told(editor)
    before = editor.window().focusWidget()
    editor.start()
    qtbot.keyClicks(field(editor), "eval")
    qtbot.keyClick(field(editor), Qt.Key.Key_Escape)
    assert told.edits == []
    assert not editor.is_editing
    assert not popup(editor).isVisible()
    assert editor.window().focusWidget() is before


def test_escape_copes_with_the_widget_before_being_gone(editor: TagEditor, qtbot: QtBot) -> None:
    before = QLineEdit(editor.window())
    before.show()
    before.setFocus()
    editor.start()
    before.deleteLater()
    qtbot.waitSignal(before.destroyed).wait()
    qtbot.keyClick(field(editor), Qt.Key.Key_Escape)
    assert not editor.is_editing


def test_single_keys_of_the_window_are_typed_into_the_field(editor: TagEditor, qtbot: QtBot) -> None:
    fired: list[str] = []
    for key in ("E", "Return", "Down", "Ctrl+Return", "Escape"):
        action = QAction(key, editor.window())
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda checked=False, key=key: fired.append(key))
        editor.window().addAction(action)
    editor.start()
    qtbot.keyClicks(field(editor), "e")
    qtbot.keyClick(field(editor), Qt.Key.Key_Down)
    qtbot.keyClick(field(editor), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(field(editor), Qt.Key.Key_Return)
    assert fired == []


def test_a_click_takes_a_completion(editor: TagEditor, qtbot: QtBot) -> None:
    told = Told(editor)
    editor.start()
    qtbot.keyClicks(field(editor), "eval")
    view = popup(editor)
    rect = view.visualRect(view.model().index(1, 0))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert told.edits == [added("retrieval-bench")]
    assert editor.is_editing
    assert field(editor).hasFocus()


def test_a_click_on_the_plus_opens_the_field(editor: TagEditor, qtbot: QtBot) -> None:
    button = editor.findChild(QToolButton, "addTagButton")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert editor.is_editing
    assert field(editor).hasFocus()


def test_a_click_on_a_chip_finds_papers_with_the_tag(editor: TagEditor, qtbot: QtBot) -> None:
    editor.show_tags(ONE, frozenset({"to cite"}), {})
    with qtbot.waitSignal(editor.search_requested) as told:
        qtbot.mouseClick(chips(editor)[0], Qt.MouseButton.LeftButton, pos=QPoint(20, 13))
    assert told.args == ['tag:"to cite"']


def test_a_click_on_the_cross_of_a_chip_takes_the_tag_off(editor: TagEditor, qtbot: QtBot) -> None:
    told = Told(editor)
    chip = chips(editor)[0]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 8, 13))
    assert told.edits == [TagsEdited(ONE, NOTHING, frozenset({"retrieval"}))]


def test_chips_are_reached_and_removed_by_keys(editor: TagEditor, qtbot: QtBot) -> None:
    told = Told(editor)
    chips(editor)[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(editor.window().focusWidget(), Qt.Key.Key_Right)
    assert chips(editor)[1].hasFocus()
    qtbot.keyClick(chips(editor)[1], Qt.Key.Key_Delete)
    assert told.edits == [TagsEdited(ONE, NOTHING, frozenset({"systems"}))]
    assert chips(editor)[0].hasFocus()
    with qtbot.waitSignal(editor.search_requested) as asked:
        qtbot.keyClick(chips(editor)[0], Qt.Key.Key_Return)
    assert asked.args == ["tag:retrieval"]


def test_left_in_the_empty_field_goes_to_the_chips(editor: TagEditor, qtbot: QtBot) -> None:
    editor.start()
    qtbot.keyClick(field(editor), Qt.Key.Key_Left)
    assert chips(editor)[-1].hasFocus()
    assert editor.is_editing
    qtbot.keyClick(chips(editor)[-1], Qt.Key.Key_Escape)
    assert field(editor).hasFocus()


def test_an_edit_not_yet_confirmed_survives_the_paper_being_shown_again(editor: TagEditor, qtbot: QtBot) -> None:
    editor.start()
    qtbot.keyClicks(field(editor), "eval")
    qtbot.keyClick(field(editor), Qt.Key.Key_Return)
    qtbot.keyClicks(field(editor), "ci")
    editor.show_tags(ONE, frozenset({"retrieval", "systems"}), {})
    assert "evaluation" in names(editor)
    assert field(editor).text() == "ci"
    editor.show_tags(ONE, frozenset({"evaluation", "retrieval", "systems"}), {})
    editor.show_tags(ONE, frozenset({"systems"}), {})
    assert names(editor) == ["systems"]


def test_an_edit_that_is_never_confirmed_is_taken_back_on_the_screen(editor: TagEditor, qtbot: QtBot) -> None:
    editor._forget.setInterval(20)
    editor.start()
    qtbot.keyClicks(field(editor), "eval")
    qtbot.keyClick(field(editor), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(editor) == ["retrieval", "systems"], timeout=2_000)


def test_another_paper_ends_the_editing(editor: TagEditor, qtbot: QtBot) -> None:
    told = Told(editor)
    editor.start()
    qtbot.keyClicks(field(editor), "eval")
    editor.show_tags(TWO, frozenset({"theory"}), {})
    assert not editor.is_editing
    assert names(editor) == ["theory"]
    assert told.edits == []


def test_hundreds_of_tags_need_few_widgets_until_all_are_asked_for(editor: TagEditor, qtbot: QtBot) -> None:
    editor.show_tags(ONE, frozenset(f"tag {number}" for number in range(300)), {})
    more = editor.findChild(QToolButton, "showTagsButton")
    assert more is not None
    assert len(chips(editor)) == 60
    assert more.text() == "240 more"
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert len(chips(editor)) == 300
    assert more.isHidden()


def test_many_tags_take_several_rows(editor: TagEditor) -> None:
    one_row = editor.height_for(560)
    editor.show_tags(ONE, frozenset(f"a longer tag {number}" for number in range(20)), {})
    assert editor.height_for(300) > editor.height_for(560) > one_row


def test_a_change_of_theme_keeps_what_is_typed(editor: TagEditor, qtbot: QtBot) -> None:
    editor.start()
    qtbot.keyClicks(field(editor), "eval")
    editor.set_theme(DARK)
    assert field(editor).text() == "eval"
    assert popup(editor).isVisible()


def test_every_part_has_a_name_for_those_who_cannot_see_it(editor: TagEditor) -> None:
    editor.start()
    parts = [field(editor), *chips(editor), popup(editor), editor]
    assert all(part.accessibleName() for part in parts)
