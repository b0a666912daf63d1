"""Positions of what is shown against code points of what is stored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from readinglist.ui.plain_document import SafeDocument
from readinglist.ui.text_positions import shown_text

PIECES = ["a", "é", "e\u0301", "𝑥", "🧪", "注", "\n", "\n\n", " ", "\n \n", "\u2028", "\ufffc", "\u00a0"]
STORED = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def between(document: SafeDocument, start: int, end: int) -> str:
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


@pytest.mark.parametrize(
    ("stored", "passage"),
    [
        ("the logit lens", "logit"),
        ("cost 𝑂(𝑛 log 𝑛) and more", "and"),
        ("cost 𝑂(𝑛 log 𝑛) and more", "𝑛 log 𝑛"),
        ("re\u0301sume\u0301 and cafe\u0301", "cafe\u0301"),
        ("🧪🧪 first\n\nsecond 🧪 third", "second 🧪"),
        ("one\n\n\n \ntwo\n\nthree", "three"),
        ("one\nstill one\n\ntwo", "still"),
        ("注意機構を追跡する。\n\n結果", "結果"),
        ("object \ufffc here", "here"),
    ],
)
def test_a_passage_is_shown_where_the_document_has_it(qapp: object, stored: str, passage: str) -> None:
    shown = shown_text(stored)
    document = SafeDocument()
    document.setPlainText(shown.text)
    start = stored.index(passage)
    found = between(document, shown.position(start), shown.position(start + len(passage)))
    assert found == passage


def test_a_passage_over_two_paragraphs_comes_back_with_what_stands_between_them(qtbot: QtBot) -> None:
    stored = "first 𝑥\n\n\nsecond"
    shown = shown_text(stored)
    start, end = shown.offset(shown.position(6)), shown.offset(shown.position(len(stored) - 3))
    assert stored[start:end] == "𝑥\n\n\nsec"


def test_the_second_half_of_a_wide_character_counts_as_its_start() -> None:
    shown = shown_text("a𝑥b")
    assert [shown.offset(position) for position in range(5)] == [0, 1, 1, 2, 3]


def test_places_beyond_the_text_count_as_its_ends() -> None:
    shown = shown_text("ab")
    assert (shown.position(-5), shown.position(99), shown.offset(-5), shown.offset(99)) == (0, 2, 0, 2)


@given(STORED)
def test_every_code_point_finds_its_way_back(stored: str) -> None:
    shown = shown_text(stored)
    gaps = {offset for offset in range(len(stored)) if stored[offset].isspace()}
    for offset in range(len(stored) + 1):
        back = shown.offset(shown.position(offset))
        assert back == offset or offset in gaps or (offset - 1) in gaps


@given(STORED)
def test_the_document_has_exactly_the_positions_that_are_promised(stored: str) -> None:
    shown = shown_text(stored)
    document = SafeDocument()
    document.setPlainText(shown.text)
    assert document.characterCount() - 1 == shown.position(len(stored))


@pytest.mark.parametrize(
    ("stored", "selected", "passage"),
    [
        (r"for $x^{10}$ and", "x¹⁰", r"$x^{10}$"),
        (r"for $x^{10}$ and", "¹⁰ and", r"$x^{10}$ and"),
        (r"for $x^{10}$ and", "for x", r"for $x^{10}$"),
        (r"by \emph{gradient descent} alone", "gradient descent", "gradient descent"),
        (r"by \emph{gradient descent} alone", "descent alone", "descent} alone"),
        (r"𝑥 is $\alpha$ 𝑦", "α 𝑦", r"$\alpha$ 𝑦"),
        ("one $a$\n\ntwo $b$", "a\ntwo b", "$a$\n\ntwo $b$"),
    ],
)
def test_a_selection_has_the_whole_of_a_formula_and_is_shown_again(stored: str, selected: str, passage: str) -> None:
    shown = shown_text(stored)
    place = len(shown.text[: shown.text.index(selected)].encode("utf-16-le")) // 2
    last = place + len(selected.encode("utf-16-le")) // 2
    start, end = shown.offset(place), shown.offset(last, is_end=True)
    assert stored[start:end] == passage
    assert shown.position(start) <= place
    assert shown.position(end, is_end=True) >= last


def test_a_mark_within_a_formula_has_all_of_it() -> None:
    shown = shown_text(r"an $\log \alpha$ cat")
    start, end = 5, 8  # "log"
    assert shown.text[shown.position(start) : shown.position(end, is_end=True)] == "log α"
    assert shown.text[shown.position(17) : shown.position(20, is_end=True)] == "cat"
