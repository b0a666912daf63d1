"""Papers with as much text as an import lets in do not hold up the window for a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QTextEdit

from readinglist.formats.size import LINE_CHARS
from readinglist.ui import abstract_view, marked_label
from readinglist.ui.marked_label import MarkedLabel
from readinglist.ui.plain_document import endless_word, is_renderable

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


def test_no_paper_however_long_holds_up_the_window(make_bench: Callable[[list[dict[str, object]]], Bench]) -> None:
    bench = make_bench([*LONGEST.values(), {"title": "Other"}])
    bench.go("view:all")
    model = bench.window.pane.papers.papers
    assert model.rowCount() == len(LONGEST) + 1
    slow = {}
    for row in range(model.rowCount()):
        paper = model.paper(row)
        assert paper is not None
        began = time.thread_time()
        bench.window.pane.papers.setCurrentIndex(model.index(row, 0))
        bench.settle()
        bench.window.grab()
        if (seconds := time.thread_time() - began) > 1:
            slow[paper.title[:20]] = seconds
    assert slow == {}


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


@pytest.mark.parametrize(("text", "start"), [("a " + "x" * 6_000, 2), ("word " * 5_000, None), ("x" * 5_000, None)])
def test_a_word_longer_than_any_is_found(text: str, start: int | None) -> None:
    assert endless_word(text) == start
    assert is_renderable(text) == (start is None)
