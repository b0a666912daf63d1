"""The reader as a whole, by keys and mouse, with a paper shown and shown again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from readinglist.paper import Author, Highlight, Link, Paper, PaperId
from readinglist.query.parse import parse
from readinglist.ui.abstract_view import AbstractView
from readinglist.ui.actions import Actions
from readinglist.ui.highlight_list import HighlightList
from readinglist.ui.note_editor import NoteEditor
from readinglist.ui.note_parts import NoteField
from readinglist.ui.reader import Reader
from readinglist.ui.reader_events import HighlightEdited, HighlightMade, NoteEdited, TagsEdited
from readinglist.ui.tag_chip import TagField
from readinglist.ui.tag_editor import TagEditor
from readinglist.ui.theme import DARK, LIGHT

ABSTRACT = (
    "Personal libraries are searched from half-remembered phrases, at a cost of 𝑂(𝑛 log 𝑛) bits.\n\n"
    "Readers of a re\u0301sume\u0301 found the paper they meant 94 % of the time. " + "More is said. " * 120
)
PAPER = Paper(
    "Small indexes <img src='file:///dev/zero'>, long memories",
    id=PaperId(1),
    abstract=ABSTRACT,
    authors=(Author("Adaeze Okafor"), Author("Signe Lindqvist")),
    year=2026,
    venue="Fictional Conference",
    doi="10.1000/182",
    links=(Link("code", "https://github.com/a/b"), Link("other", "file:///etc/passwd")),
    tags=frozenset({"retrieval"}),
    note="an **old** note",
)
OTHER = Paper("Another paper", id=PaperId(2), abstract="Short.")


@dataclass(frozen=True)
class Known:
    name: str
    count: int = 1
    colour: str | None = None


class Bench:
    """A reader in a window beside a button that stands for the list, and what it told."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        self.window.resize(760, 520)
        self.list = QPushButton("list", self.window)
        self.actions = Actions(LIGHT, self.window)
        self.reader = Reader(LIGHT, self.window)
        self.reader.set_actions(self.actions)
        self.reader.set_known_tags([Known("evaluation")])
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.list)
        layout.addWidget(self.reader)
        self.told: list[Any] = []
        for signal in (
            self.reader.tags_changed,
            self.reader.note_changed,
            self.reader.highlight_requested,
            self.reader.highlight_removed,
            self.reader.highlight_edited,
            self.reader.link_opened,
            self.reader.search_requested,
        ):
            signal.connect(self.told.append)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.list.setFocus()

    def show(self, paper: Paper | None, query: str | None = None) -> None:
        node = parse(query).node if query else None
        self.reader.show_paper(paper, marks_node=node, tag_colours={})

    def part(self, kind: type[Any], name: str = "") -> Any:
        found = self.reader.findChild(kind, name) if name else self.reader.findChild(kind)
        assert found is not None
        return found

    @property
    def abstract(self) -> AbstractView:
        found = self.part(AbstractView)
        assert isinstance(found, AbstractView)
        return found

    @property
    def scroll(self) -> int:
        return int(self.part(QScrollArea, "readerArea").verticalScrollBar().value())

    def select(self, passage: str) -> int:
        start = ABSTRACT.index(passage)
        self.abstract.select(start, start + len(passage))
        return start


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def marked(label: QLabel) -> int:
    return len(label._mark_rects())  # type: ignore[attr-defined]


def test_a_paper_is_shown_with_its_facts(bench: Bench) -> None:
    bench.show(PAPER)
    texts = [bench.part(QLabel, name).text() for name in ("titleLabel", "authorsLabel", "factsLabel")]
    assert texts == [PAPER.title, "Adaeze Okafor, Signe Lindqvist", "Fictional Conference · 2026"]
    assert bench.abstract.toPlainText() == ABSTRACT.replace("\n\n", "\n")


def test_every_label_shows_plain_text(bench: Bench) -> None:
    bench.show(PAPER)
    labels = bench.reader.findChildren(QLabel)
    assert labels
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)


def test_links_are_told_of_by_click_and_key_and_only_web_addresses(bench: Bench) -> None:
    bench.show(PAPER)
    buttons = [button for button in bench.reader.findChildren(QPushButton) if button.objectName().startswith("link")]
    shown = [button for button in buttons if button.isVisible()]
    assert [button.text() for button in shown] == ["10.1000/182", "github.com/a/b"]
    bench.qtbot.mouseClick(shown[0], Qt.MouseButton.LeftButton)
    shown[1].setFocus()
    bench.qtbot.keyClick(shown[1], Qt.Key.Key_Space)
    assert bench.told == ["https://doi.org/10.1000/182", "https://github.com/a/b"]


def test_the_matches_of_the_search_are_marked_and_unmarked(bench: Bench) -> None:
    bench.show(PAPER, "phrases okafor small")
    shown = [selection.cursor.selectedText() for selection in bench.abstract.extraSelections()]
    assert shown == ["phrases"]
    assert (marked(bench.part(QLabel, "titleLabel")), marked(bench.part(QLabel, "authorsLabel"))) == (1, 1)
    bench.show(PAPER)
    assert bench.abstract.extraSelections() == []
    assert not marked(bench.part(QLabel, "titleLabel"))


def test_nothing_selected_and_many_selected_are_said(bench: Bench) -> None:
    bench.show(None)
    title = bench.part(QLabel, "readerMessageTitle")
    assert title.text() == "No paper selected"
    assert title.isVisible()
    bench.reader.show_many(1_240)
    assert title.text() == "1,240 papers selected"
    assert title.isVisible()
    bench.show(PAPER)
    assert not title.isVisible()


def test_a_paper_without_an_abstract_says_so(bench: Bench) -> None:
    bench.show(replace(PAPER, abstract=None))
    assert bench.part(QLabel, "noAbstract").isVisible()
    assert not bench.abstract.isVisible()


def test_the_selection_becomes_a_highlight_in_code_points(bench: Bench) -> None:
    bench.show(PAPER)
    start = bench.select("𝑂(𝑛 log 𝑛)")
    assert bench.reader.highlight_selection()
    assert bench.told == [HighlightMade(PaperId(1), "𝑂(𝑛 log 𝑛)", start, "yellow", None)]
    bench.told.clear()
    start = bench.select("re\u0301sume\u0301 found")
    bench.reader.highlight_selection()
    assert bench.told == [HighlightMade(PaperId(1), "re\u0301sume\u0301 found", start, "yellow", None)]


def test_a_selection_over_paragraphs_is_quoted_as_stored(bench: Bench) -> None:
    bench.show(PAPER)
    bench.select("bits.\n\nReaders")
    bench.reader.highlight_selection()
    assert bench.told[0].quote == "bits.\n\nReaders"


def test_highlight_without_a_selection_says_how(bench: Bench) -> None:
    bench.show(PAPER)
    assert not bench.reader.highlight_selection()
    assert bench.part(QLabel, "highlightHint").isVisible()
    assert bench.abstract.hasFocus()
    assert bench.told == []


def test_the_same_passage_again_changes_nothing_twice(bench: Bench) -> None:
    start = ABSTRACT.index("half-remembered")
    highlight = Highlight("h1", "half-remembered", "", "", start, start + 15, "green", "why", "")
    bench.show(replace(PAPER, highlights=(highlight,)))
    bench.select("half-remembered")
    bench.reader.highlight_selection()
    assert bench.told == [HighlightEdited("h1", "why", "yellow")]


def test_the_list_of_highlights_jumps_to_the_place(bench: Bench) -> None:
    start = ABSTRACT.rindex("More is said")
    highlight = Highlight("h1", "More is said", "", "", start, start + 12, "green", None, "")
    bench.show(replace(PAPER, highlights=(highlight,)))
    listed = bench.part(HighlightList)
    listed.go_to("h1")
    bench.qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert bench.abstract.selected() == (start, start + 12)
    assert bench.scroll > 0
    bench.qtbot.keyClick(listed, Qt.Key.Key_Delete)
    assert bench.told == ["h1"]


def test_with_the_last_highlight_gone_the_focus_goes_to_the_abstract(bench: Bench) -> None:
    start = ABSTRACT.index("half-remembered")
    highlight = Highlight("h1", "half-remembered", "", "", start, start + 15, "green", "why", "")
    bench.show(replace(PAPER, highlights=(highlight,)))
    bench.part(HighlightList).setFocus()
    bench.show(PAPER)
    assert bench.abstract.hasFocus()


def test_tags_are_edited_and_told_with_their_paper(bench: Bench) -> None:
    bench.show(PAPER)
    bench.reader.edit_tags()
    field = bench.part(TagField)
    assert field.hasFocus()
    bench.qtbot.keyClicks(field, "eval")
    bench.qtbot.keyClick(field, Qt.Key.Key_Return)
    bench.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert bench.told == [TagsEdited(PaperId(1), frozenset({"evaluation"}), frozenset())]
    assert bench.list.hasFocus()


def test_a_note_is_written_told_and_left(bench: Bench) -> None:
    bench.show(PAPER)
    bench.reader.edit_note()
    field = bench.part(NoteField)
    assert field.hasFocus()
    bench.qtbot.keyClicks(field, " more")
    bench.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert [(edit.id, edit.text) for edit in bench.told] == [(PaperId(1), "an **old** note more")]
    assert bench.list.hasFocus()


def test_going_on_tells_the_note_of_the_paper_before(bench: Bench) -> None:
    for going_on in (lambda: bench.show(OTHER), lambda: bench.show(None), lambda: bench.reader.show_many(2)):
        bench.show(PAPER)
        bench.told.clear()
        bench.reader.edit_note()
        bench.qtbot.keyClicks(bench.part(NoteField), "!")
        going_on()
        told = [edit for edit in bench.told if isinstance(edit, NoteEdited)]
        assert [(edit.id, edit.text) for edit in told] == [(PaperId(1), "an **old** note!")]
        bench.reader.note_saved(PaperId(1), "an **old** note!")


def test_shown_again_scroll_selection_and_typing_stay(bench: Bench) -> None:
    bench.show(PAPER)
    bench.reader.edit_note()
    bench.qtbot.keyClicks(bench.part(NoteField), " mine")
    scroll = bench.scroll
    bench.abstract.select(3, 20)
    bench.part(NoteField).setFocus()
    bench.part(QScrollArea, "readerArea").verticalScrollBar().setValue(scroll)
    bench.show(replace(PAPER, starred=True, note="from elsewhere"))
    assert scroll > 0
    assert bench.scroll == scroll
    assert bench.abstract.selected() == (3, 20)
    assert bench.part(NoteEditor).text() == "an **old** note mine"
    assert bench.part(NoteField).isVisible()


def test_another_paper_starts_at_its_top_with_nothing_selected(bench: Bench) -> None:
    bench.show(PAPER)
    bench.abstract.select(3, 20)
    assert bench.reader.page_down()
    bench.show(replace(PAPER, id=PaperId(3)))
    assert bench.scroll == 0
    assert bench.abstract.selected() is None


def test_paging_ends_at_the_end(bench: Bench) -> None:
    bench.show(PAPER)
    pages = 0
    while bench.reader.page_down():
        pages += 1
        assert pages < 50
    assert pages > 0
    bench.show(OTHER)
    assert not bench.reader.page_down()
    bench.show(None)
    assert not bench.reader.page_down()


def test_the_column_is_never_wider_than_it_reads_well(bench: Bench) -> None:
    bench.show(PAPER)
    widths = {}
    for width in (420, 760, 1_600):
        bench.window.resize(width, 520)
        area = bench.part(QScrollArea, "readerArea")
        widths[width] = bench.abstract.width()
        assert bench.abstract.width() < area.viewport().width()
    assert widths[420] < 420
    assert widths[1_600] == 620


def test_the_bar_shows_less_where_there_is_less_room(bench: Bench) -> None:
    bench.show(PAPER)
    read = bench.part(QToolButton, "buttonToReading")
    assert read.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    bench.window.resize(430, 520)
    assert read.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    bar = read.parentWidget()
    shown = [button for button in bar.findChildren(QToolButton) if button.isVisible()]
    assert all(bar.rect().contains(button.geometry()) for button in shown)


def test_the_buttons_do_what_their_actions_do(bench: Bench) -> None:
    bench.show(PAPER)
    with bench.qtbot.waitSignal(bench.actions["actionStar"].triggered):
        bench.qtbot.mouseClick(bench.part(QToolButton, "buttonStar"), Qt.MouseButton.LeftButton)


def test_the_menu_of_the_bar_is_opened_by_key_and_does_what_its_actions_do(bench: Bench) -> None:
    bench.show(PAPER)
    bench.qtbot.keyClick(bench.part(QToolButton, "moreButton"), Qt.Key.Key_Space)
    menu = bench.part(QMenu, "moreMenu")
    assert menu.isVisible()
    assert bench.actions["actionToNext"] in menu.actions()
    menu.close()


def test_the_star_is_filled_and_said_where_a_paper_has_one(bench: Bench) -> None:
    bench.show(PAPER)
    button = bench.part(QToolButton, "buttonStar")
    plain = button.icon().pixmap(17).toImage()
    bench.show(replace(PAPER, starred=True))
    assert button.icon().pixmap(17).toImage() != plain
    assert button.accessibleDescription() == "starred"
    bench.actions["actionStar"].setToolTip("changed")
    assert button.icon().pixmap(17).toImage() != plain


def test_hundreds_of_authors_are_shown_when_asked_for(bench: Bench) -> None:
    crowd = tuple(Author(f"Given Family{number}") for number in range(300))
    bench.show(replace(PAPER, authors=crowd))
    button = bench.part(QPushButton, "allAuthorsButton")
    label = bench.part(QLabel, "authorsLabel")
    assert button.text() == "and 276 more"
    assert "Family299" not in label.text()
    bench.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "Family299" in label.text()
    assert not button.isVisible()
    bench.show(replace(PAPER, id=PaperId(3), authors=crowd))
    assert "Family299" not in label.text()


def test_a_change_of_theme_reaches_every_part_and_keeps_what_is_typed(bench: Bench) -> None:
    bench.show(PAPER, "phrases")
    bench.reader.edit_note()
    bench.qtbot.keyClicks(bench.part(NoteField), "!")
    light = bench.reader.grab().toImage()
    bench.reader.set_theme(DARK)
    dark = bench.reader.grab().toImage()
    assert bench.part(NoteEditor).text() == "an **old** note!"
    assert light.pixelColor(3, 200).name() == LIGHT.read.lower()
    assert dark.pixelColor(3, 200).name() == DARK.read.lower()


def test_everything_that_takes_the_focus_has_a_name(bench: Bench) -> None:
    bench.show(PAPER)
    bench.reader.edit_tags()
    nameless = [
        widget
        for widget in bench.reader.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


def test_tab_goes_from_top_to_bottom(bench: Bench) -> None:
    start = ABSTRACT.index("half-remembered")
    highlight = Highlight("h1", "half-remembered", "", "", start, start + 15, "green", "why", "")
    bench.show(replace(PAPER, highlights=(highlight,)))
    bench.window.resize(760, 1_600)
    first = bench.part(QToolButton, "buttonToReading")
    first.setFocus()
    places = []
    for _ in range(40):
        widget = bench.window.focusWidget()
        if widget is bench.list:
            break
        places.append(widget.mapTo(bench.reader, QPoint(0, 0)).y())
        bench.qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert len(places) > 15
    assert places == sorted(places)


def test_files_dropped_on_it_are_left_to_the_window(bench: Bench) -> None:
    bench.show(PAPER)
    assert not bench.abstract.acceptDrops()
    assert not bench.abstract.viewport().acceptDrops()
    data = QMimeData()
    data.setHtml("<img src='file:///dev/zero'>")
    assert not bench.part(NoteField).canInsertFromMimeData(data)


def test_the_parts_have_the_names_of_the_contract(bench: Bench) -> None:
    names = {widget.objectName() for widget in bench.reader.findChildren(QWidget)}
    assert {"titleLabel", "abstractView", "tagEditor", "noteEditor", "highlightList"} <= names
    assert bench.reader.objectName() == "reader"
    assert isinstance(bench.part(QWidget, "noteEditor"), NoteEditor)
    assert isinstance(bench.part(QWidget, "tagEditor"), TagEditor)
