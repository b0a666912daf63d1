"""Papers with as much text as an import lets in do not hold up the window for a second."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit

from readinglist.formats.size import LINE_CHARS
from readinglist.ui import abstract_view, marked_label, plain_document
from readinglist.ui.marked_label import MarkedLabel
from readinglist.ui.plain_document import endless_word, is_renderable
from tests.pace import within

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

WORDS = "lorem ipsum dolor "
UID = "11111111-1111-4111-8111-111111111111"
LONGEST: dict[str, dict[str, object]] = {
    "a title of words": {"title": ("T " + WORDS * 600)[: LINE_CHARS - 1]},
    "a title of one word": {"title": "T" + "x" * (LINE_CHARS - 1)},
    "a venue": {"title": "V", "venue": (WORDS * 600)[: LINE_CHARS - 1]},
    "an abstract of words": {"title": "Ab", "abstract": WORDS * 12_000},
    "an abstract of lines": {"title": "Al", "abstract": "\n\n".join(["a"] * 60_000)},
    "an abstract of one word": {"title": "Ao", "abstract": "x" * 200_000},
    "an abstract of formulas": {"title": "Af", "abstract": "$\\alpha_{" * 20_000 + "}" * 20_000},
    "a note of words": {"title": "Nw", "note": WORDS * 12_000},
    "a note of one word": {"title": "No", "note": "x" * 29_000},
    "a note of quotes": {"title": "Nq", "note": "> " * 14_000},
    "authors": {"title": "Au", "authors": [f"Ada B{number}" for number in range(20_000)]},
    "keywords": {"title": "Ke", "keywords": [f"k{number}" for number in range(5_000)]},
    "tags": {"title": "Ta", "tags": [f"tag number {number}" for number in range(500)]},
    "highlights": {
        "title": "Hi",
        "uid": UID,
        "abstract": "word " * 20_000,
        "highlights": [
            {"id": f"{number:08x}{UID[8:]}", "quote": "word", "start": number * 5, "end": number * 5 + 4}
            for number in range(2_000)
        ],
    },
}


@pytest.mark.parametrize(
    "note", ["before " + "x" * 300_000 + " after", "a\n" * 40_000, "| a |\n" * 20_000, "é漢字 " * 9_000]
)
def test_any_note_can_be_written_on_word_for_word(
    make_bench: Callable[[list[dict[str, object]]], Bench], note: str
) -> None:
    bench = make_bench([{"title": "Long", "note": note}, {"title": "Short", "note": "two words"}])
    bench.go("view:all")
    papers = bench.window.pane.papers
    by_title = {paper.title: paper for paper in (papers.papers.paper(row) for row in range(2)) if paper is not None}
    papers.select_id(by_title["Long"].id)
    bench.settle()
    with within(8, clock=time.thread_time):  # a word without an end took a minute and more to be cut into lines
        bench.key("n")
        bench.settle()
        field = bench.window.findChild(QTextEdit, "noteField")
        assert isinstance(field, QTextEdit)
        QTest.keyClicks(field, " more")
        bench.key(Qt.Key.Key_Escape)
        bench.settle()
    written = papers.papers.paper(papers.papers.row_of(by_title["Long"].id))
    assert written is not None
    assert written.note == f"{by_title['Long'].note} more"
    papers.select_id(by_title["Short"].id)
    bench.settle()
    bench.key("n")
    bench.settle()
    assert field.lineWrapMode() == QTextEdit.LineWrapMode.WidgetWidth


def test_a_word_without_an_end_can_be_pasted_into_a_note(bench: Bench) -> None:
    bench.go("view:all")
    bench.key("n")
    bench.settle()
    field = bench.window.findChild(QTextEdit, "noteField")
    assert isinstance(field, QTextEdit)
    data = QMimeData()
    data.setText("y" * 200_000)
    field.insertFromMimeData(data)
    bench.key(Qt.Key.Key_Escape)
    bench.settle()
    paper = bench.window.pane.papers.current_paper()
    assert paper is not None
    assert paper.note == "y" * 200_000


def test_no_paper_however_long_holds_up_the_window(make_bench: Callable[[list[dict[str, object]]], Bench]) -> None:
    bench = make_bench([*LONGEST.values(), {"title": "Other"}])
    bench.go("view:all")
    model = bench.window.pane.papers.papers
    assert model.rowCount() == len(LONGEST) + 1
    for row in range(model.rowCount()):
        assert model.paper(row) is not None
        with within(1, clock=time.thread_time):
            bench.window.pane.papers.setCurrentIndex(model.index(row, 0))
            bench.settle()
            bench.window.grab()


def test_of_a_huge_abstract_the_beginning_is_shown(qapp: QApplication) -> None:
    view = abstract_view.AbstractView()
    text = "one two\n\n" * 2_000
    view.show_text(text)
    assert view.toPlainText().endswith("…")
    assert view.document().blockCount() <= abstract_view.MOST_LINES
    view.show_text("a short one")
    assert view.toPlainText() == "a short one"
    view.show_text("before " + "x" * 50_000)
    assert view.toPlainText().startswith("before xxx")
    assert len(view.toPlainText()) < 6_000
    assert isinstance(view, QTextEdit)


def test_of_a_huge_line_the_beginning_is_shown_with_its_marks(qapp: QApplication) -> None:
    label = MarkedLabel()
    label.show_text("word " * 20_000, [(0, 4), (90_000, 90_004)])
    assert len(label.text()) == marked_label.LONGEST_CHARS + 1
    assert label._marks == [(0, 4)]


def test_the_first_word_that_is_longer_than_any_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_document, "LONGEST_WORD_CHARS", 7)
    drawn = random.Random(3)
    for _ in range(5_000):
        text = "".join(drawn.choices("ab \n", [6, 6, 1, 0.3], k=drawn.randrange(60)))
        long = (word.start() for word in re.finditer(r"\S+", text) if word.end() - word.start() > 7)
        assert endless_word(text) == next(long, None), text


@pytest.mark.parametrize(("text", "start"), [("a " + "x" * 6_000, 2), ("word " * 5_000, None), ("x" * 5_000, None)])
def test_a_word_longer_than_any_is_found(text: str, start: int | None) -> None:
    assert endless_word(text) == start
    assert is_renderable(text) == (start is None)
