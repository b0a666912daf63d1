"""Formulas are shown as signs wherever a paper's words are, and marked, found and copied as they are stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QLabel, QTextEdit

from readinglist.ui.abstract_view import AbstractView
from readinglist.ui.marked_label import MarkedLabel
from tests.ui.painted import painted_texts

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

PAPER = {
    "title": r"Sharp $\ell_2$ bounds",
    "abstract": r"It takes $\mathcal{O}(n \log n)$ steps in 95\% of \emph{all} cases.",
    "authors": ["Ada Brandt"],
    "year": 2026,
}

NOTE = r"needs *only* $\mathcal{O}(n^2)$, see `$n$`"


def _abstract(bench: Bench) -> AbstractView:
    view = bench.find("abstractView")
    assert isinstance(view, AbstractView)
    return view


def test_formulas_are_signs_in_list_title_and_abstract(make_bench: Callable[[list[dict[str, object]]], Bench]) -> None:
    bench = make_bench([PAPER])
    assert _abstract(bench).toPlainText() == "It takes O(n log n) steps in 95% of all cases."
    slanted = _abstract(bench).document().find("n log").selectionStart()
    cursor = QTextCursor(_abstract(bench).document())
    cursor.setPosition(slanted + 1)
    assert cursor.charFormat().fontItalic()
    title = bench.find("titleLabel")
    assert isinstance(title, QLabel)
    assert title.text() == "Sharp ℓ₂ bounds"
    assert any("Sharp ℓ₂ bounds" in text for text in painted_texts(bench.window.pane.papers))
    bench.key("e")
    bench.settle()
    assert "Sharp ℓ₂ bounds" in bench.window.pane.toast.text()


def test_a_passage_with_a_formula_is_highlighted_as_it_is_stored(
    make_bench: Callable[[list[dict[str, object]]], Bench],
) -> None:
    bench = make_bench([PAPER])
    view = _abstract(bench)
    at = view.toPlainText().index("takes")
    cursor = view.textCursor()
    cursor.setPosition(at)
    cursor.setPosition(view.toPlainText().index("log"), QTextCursor.MoveMode.KeepAnchor)  # ends in the formula
    view.setTextCursor(cursor)
    view.setFocus()
    bench.key("h")
    bench.settle()
    with bench.library() as library:
        (highlight,) = library.paper(library.search("sharp").ids[0]).highlights
    assert highlight.quote == r"takes $\mathcal{O}(n \log n)$"
    (shown,) = [s for s in view.extraSelections() if not s.cursor.selectedText().startswith("\u2029")]
    assert shown.cursor.selectedText() == "takes O(n log n)"
    assert any("takes O(n log n)" in text for text in painted_texts(bench.find("highlightList")))


def test_what_a_search_finds_beside_a_formula_is_marked_in_its_place(
    make_bench: Callable[[list[dict[str, object]]], Bench],
) -> None:
    bench = make_bench([PAPER])
    bench.type("steps bounds")
    marked = [selection.cursor.selectedText() for selection in _abstract(bench).extraSelections()]
    assert marked == ["steps"]
    title = bench.find("titleLabel")
    assert isinstance(title, MarkedLabel)
    assert [title.text()[a:b] for a, b in title._marks] == ["bounds"]


def test_a_reference_has_signs_and_an_entry_of_bibtex_the_source(
    make_bench: Callable[[list[dict[str, object]]], Bench],
) -> None:
    bench = make_bench([PAPER])
    bench.window.pane.papers.setFocus(Qt.FocusReason.OtherFocusReason)
    bench.key("c")
    bench.settle()
    assert "Sharp ℓ₂ bounds" in QGuiApplication.clipboard().text()
    bench.do("actionCopyBibtex")
    entry = QGuiApplication.clipboard().text()
    assert r"title = {Sharp $\ell_2$ bounds}" in entry
    assert entry.startswith("@")
    assert "jabref" not in entry
    assert entry.endswith("}")


def test_formulas_of_a_note_are_signs_while_it_is_read(make_bench: Callable[[list[dict[str, object]]], Bench]) -> None:
    bench = make_bench([{**PAPER, "note": NOTE}])
    view = bench.find("noteView")
    assert isinstance(view, QTextEdit)
    assert view.toPlainText() == "needs only O(n²), see $n$"
    bench.key("n")
    bench.settle()
    field = bench.find("noteField")
    assert isinstance(field, QTextEdit)
    assert field.toPlainText() == NOTE
