"""Text for a terminal: widths, lines, marks."""

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.cli.terminal import cells, cut, line_spans, pad, table, wrap, wrap_marked

BOLD = "\x1b[1m"


@pytest.mark.parametrize(("text", "size"), [("abc", 3), ("注意", 4), ("e\u0301", 1), ("", 0), ("ｗ", 2)])
def test_wide_characters_count_double_and_combining_ones_not(text: str, size: int) -> None:
    assert cells(text) == size


@given(st.text(max_size=40), st.integers(2, 30))
def test_cut_text_fits(text: str, room: int) -> None:
    assert cells(cut(text, room)) <= room


@given(st.text(alphabet="ab 注\u0301é ", max_size=60), st.integers(2, 20))
def test_lines_fit_and_lose_no_word(text: str, room: int) -> None:
    lines = [text[start:end] for start, end in line_spans(text, room)]
    assert all(cells(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_wrapped_text_keeps_its_paragraphs() -> None:
    assert wrap("one two\n\nthree", 5, indent=" ") == [" one", " two", "", " thre", " e"]


def test_a_marked_place_is_bold_and_shown_though_it_stands_late() -> None:
    text = "many words before " * 20 + "the logit lens here"
    start = text.index("logit lens")
    lines = wrap_marked(text, [(start, start + 10)], 60, most_lines=2)
    shown = "\n".join(lines)
    assert len(lines) == 2
    assert shown.startswith("… ")
    assert f"{BOLD}logit lens" in shown or f"{BOLD}logit" in shown


def test_marks_do_not_let_control_characters_through() -> None:
    (line,) = wrap_marked("a\x1b[2Jb \u202ec", [(0, 1)], 60, most_lines=1)
    assert "\u202e" not in line
    assert "\x1b" not in click.unstyle(line)


def test_marks_outside_the_text_are_harmless() -> None:
    assert wrap_marked("short", [(3, 99), (120, 130)], 60, most_lines=2)


def test_columns_are_aligned_by_cells() -> None:
    assert table([("注", "1"), ("abc", "12")], right=(1,)) == ["注    1", "abc  12"]
    assert table([]) == []


def test_padding_may_stand_before() -> None:
    assert (pad("7", 3, right=True), pad("注", 3)) == ("  7", "注 ")
