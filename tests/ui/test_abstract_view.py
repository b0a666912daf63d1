"""The abstract, read and highlighted by keys and mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from readinglist.paper import Highlight
from readinglist.ui.abstract_view import ALL_MARKED, AbstractView
from readinglist.ui.theme import DARK, LIGHT

TEXT = "The cost is 𝑂(𝑛 log 𝑛) for a re\u0301sume\u0301.\n\nThe second paragraph has the logit lens in it."


def made(hid: str, quote: str, colour: str = "yellow") -> Highlight:
    start = TEXT.index(quote)
    return Highlight(hid, quote, "", "", start, start + len(quote), colour, None, "2026-03-11T09:00:00Z")


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[AbstractView]:
    window = QWidget()
    window.resize(500, 300)
    view = AbstractView(window)
    view.set_theme(LIGHT)
    QVBoxLayout(window).addWidget(view)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    view.show_text(TEXT)
    view.setFocus()
    yield view
    window.close()


def test_the_whole_text_is_shown_in_paragraphs(view: AbstractView) -> None:
    assert view.document().blockCount() == 2
    assert view.toPlainText() == TEXT.replace("\n\n", "\n")


def test_a_selection_by_keys_is_told_in_code_points(view: AbstractView, qtbot: QtBot) -> None:
    start = TEXT.index("𝑛 log 𝑛")
    view.select(start, start)
    for _ in "𝑛 log 𝑛":
        qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected() == (start, start + len("𝑛 log 𝑛"))


def test_a_selection_after_combining_marks_and_a_paragraph_is_right(view: AbstractView, qtbot: QtBot) -> None:
    end = TEXT.index("logit lens")
    view.select(end, end)
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier)
    selected = view.selected()
    assert selected is not None
    assert view.passage(*selected) == "logit lens"


def test_a_selection_by_mouse_is_told_without_the_spaces_around_it(view: AbstractView, qtbot: QtBot) -> None:
    start = TEXT.index("second")
    view.select(start, start + len("second "))
    first = view.cursorRect()
    cursor = view.textCursor()
    cursor.setPosition(cursor.anchor())
    view.setTextCursor(cursor)
    begin = view.cursorRect()
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=begin.center())
    qtbot.mouseMove(view.viewport(), pos=first.center())
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=first.center())
    assert view.selected() == (start, start + len("second"))


def test_the_text_cannot_be_changed(view: AbstractView, qtbot: QtBot) -> None:
    view.selectAll()
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_X, Qt.Key.Key_Return):
        qtbot.keyClick(view, key)
    qtbot.keyClick(view, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert view.toPlainText() == TEXT.replace("\n\n", "\n")


def test_single_keys_of_the_window_work_in_it(view: AbstractView, qtbot: QtBot) -> None:
    fired: list[str] = []
    for key in ("J", "Space", "S", "Return"):
        action = QAction(key, view.window())
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda checked=False, key=key: fired.append(key))
        view.window().addAction(action)
    for code in (Qt.Key.Key_J, Qt.Key.Key_Space, Qt.Key.Key_S, Qt.Key.Key_Return):
        qtbot.keyClick(view, code)
    assert fired == ["J", "Space", "S", "Return"]


def test_arrow_keys_move_the_caret_although_the_window_has_them(view: AbstractView, qtbot: QtBot) -> None:
    action = QAction("next", view.window())
    action.setShortcut(QKeySequence("Down"))
    view.window().addAction(action)
    view.select(0, 0)
    with qtbot.assertNotEmitted(action.triggered):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.textCursor().position() > 0


def test_ctrl_a_selects_the_text_although_the_window_has_it(view: AbstractView, qtbot: QtBot) -> None:
    action = QAction("all papers", view)
    action.setShortcut(QKeySequence("Ctrl+A"))
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    view.addAction(action)
    with qtbot.assertNotEmitted(action.triggered):
        qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert view.selected() == (0, len(TEXT))


def test_highlights_and_marks_are_coloured_at_their_places(view: AbstractView) -> None:
    highlights = [made("1", "𝑂(𝑛 log 𝑛)"), made("2", "logit lens", "blue")]
    mark = (TEXT.index("paragraph"), TEXT.index("paragraph") + 9)
    view.show_text(TEXT, highlights, [mark])
    shown = [selection.cursor.selectedText() for selection in view.extraSelections()]
    assert shown == ["𝑂(𝑛 log 𝑛)", "logit lens", "paragraph"]


def test_colours_of_highlights_differ_by_line_also(view: AbstractView) -> None:
    highlights = [made(c, "logit lens", c) for c in ("yellow", "green", "blue", "pink", "orange")]
    view.show_text(TEXT, highlights)
    styles = {selection.format.underlineStyle() for selection in view.extraSelections()}
    assert len(styles) == 5


def test_a_highlight_without_a_place_is_not_drawn(view: AbstractView) -> None:
    view.show_text(TEXT, [Highlight("1", "gone", "", "", None, None, "yellow", None, "")])
    assert view.extraSelections() == []


def test_a_click_on_a_highlight_tells_which(view: AbstractView, qtbot: QtBot) -> None:
    view.show_text(TEXT, [made("1", "The second paragraph has"), made("2", "second")])
    start = TEXT.index("second") + 2
    view.select(start, start)
    with qtbot.waitSignal(view.highlight_clicked) as told:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.cursorRect().center())
    assert told.args == ["2"]


def test_shown_again_the_selection_stays(view: AbstractView) -> None:
    start = TEXT.index("second")
    view.select(start, start + 6)
    view.show_text(TEXT, [made("1", "logit lens")], keep=True)
    assert view.selected() == (start, start + 6)
    view.show_text("Before. " + TEXT, keep=True)
    assert view.selected() == (start, start + 6)


def test_another_text_starts_at_its_beginning(view: AbstractView) -> None:
    view.select(5, 9)
    view.show_text("Another text altogether")
    assert view.selected() is None
    assert view.textCursor().position() == 0


def test_escape_lets_go_of_the_selection(view: AbstractView, qtbot: QtBot) -> None:
    view.select(0, 8)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.selected() is None


def test_the_menu_highlights_the_selection_in_a_colour(view: AbstractView, qtbot: QtBot) -> None:
    view.select(0, 8)
    menu = view.context_menu(QPoint(0, 0))
    colours = next(found for found in menu.findChildren(QMenu) if found.title() == "Highlight")
    green = next(action for action in colours.actions() if action.text() == "Green")
    with qtbot.waitSignal(view.highlight_wanted) as told:
        green.trigger()
    assert told.args == ["green"]


def test_the_menu_searches_for_the_selection_as_a_phrase(view: AbstractView, qtbot: QtBot) -> None:
    start = TEXT.index("logit")
    view.select(start, start + len("logit lens"))
    menu = view.context_menu(QPoint(0, 0))
    search = next(action for action in menu.actions() if action.text().startswith("Search"))
    with qtbot.waitSignal(view.search_requested) as told:
        search.trigger()
    assert told.args == ['"logit lens"']


def test_the_menu_removes_the_highlight_under_the_mouse(view: AbstractView, qtbot: QtBot) -> None:
    view.show_text(TEXT, [made("7", "second")])
    start = TEXT.index("second") + 2
    view.select(start, start)
    menu = view.context_menu(view.cursorRect().center())
    remove = next(action for action in menu.actions() if action.text() == "Remove this highlight")
    with qtbot.waitSignal(view.highlight_removed) as told:
        remove.trigger()
    assert told.args == ["7"]


def test_a_change_of_theme_keeps_text_and_selection(view: AbstractView) -> None:
    view.show_text(TEXT, [made("1", "logit lens")])
    view.select(4, 8)
    light = view.extraSelections()
    view.set_theme(DARK)
    dark = view.extraSelections()
    assert view.selected() == (4, 8)
    assert dark[0].format.background().color() != light[0].format.background().color()


def test_the_height_is_that_of_the_text(view: AbstractView) -> None:
    wide, narrow = view.height_for(620), view.height_for(200)
    view.show_text("One line")
    assert narrow > wide > view.height_for(620)


@pytest.mark.parametrize("word", ["word ", "כותב "])
def test_of_thousands_of_highlights_those_in_sight_are_coloured(qtbot: QtBot, word: str) -> None:
    count = 2_000
    view, area = AbstractView(), QScrollArea()
    qtbot.addWidget(area)
    area.resize(500, 300)
    view.set_theme(LIGHT)
    starts = range(0, count * len(word), len(word))
    highlights = [
        Highlight(str(start), word.strip(), "", "", start, start + 4, "yellow", None, "2026-03-11T09:00:00Z")
        for start in starts
    ]
    view.show_text(word * count, highlights)
    view.resize(460, view.height_for(460))
    area.setWidget(view)
    with qtbot.waitExposed(area):
        area.show()
    for part in (0, 0.5, 1):
        bar = area.verticalScrollBar()
        bar.setValue(round(bar.maximum() * part))
        area.viewport().repaint()
        seen = view.viewport().visibleRegion().boundingRect().adjusted(2, 2, -2, -2)
        corners = (seen.topLeft(), seen.topRight(), seen.bottomLeft(), seen.bottomRight())
        places = [view.cursorForPosition(corner).position() for corner in corners]
        coloured = {selection.cursor.selectionStart() for selection in view.extraSelections()}
        wanted = {start for start in starts if min(places) <= start and start + 4 <= max(places)}
        assert wanted
        assert wanted <= coloured
        assert len(coloured) < count / 4, "Qt looks at all that are coloured for every line it paints"
    view.show_text(word * count, highlights[:ALL_MARKED])
    assert len(view.extraSelections()) == ALL_MARKED


def test_with_thousands_of_highlights_nothing_is_painted_for_ever(qtbot: QtBot) -> None:
    view = AbstractView()
    qtbot.addWidget(view)
    view.set_theme(LIGHT)
    view.resize(460, 4_000)
    highlights = [Highlight(str(n), "word", "", "", n * 5, n * 5 + 4, "green", None, "") for n in range(1_000)]
    view.show_text("word " * 1_000, highlights)
    view.show()
    qtbot.waitExposed(view)
    painted: list[int] = []
    paint = view.paintEvent
    view.paintEvent = lambda event: (painted.append(1), paint(event))  # type: ignore[method-assign]
    qtbot.wait(200)
    assert len(painted) <= 2
