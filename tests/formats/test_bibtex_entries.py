"""BibTeX cut into entries, however it arrives."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.formats.bibtex_entries import Abbreviation, Aside, Block, Broken, Entry, Remark, blocks
from readinglist.formats.source import Limits
from tests.pace import within

GOOD = "@article{before, title = {Before}}\n"
AFTER = "\n@article{after,\n  title = {After},\n}\n"


def read(text: str, **options: object) -> list[Block]:
    return list(blocks([text], **options))  # type: ignore[arg-type]


def test_values_are_joined_and_abbreviations_put_in() -> None:
    [definition, entry] = read('@string{j = "Journal"}\n@article{k, a = j # " of " # {Lists}, b = 12, c = jan}')
    assert definition == Abbreviation(1, "j", "Journal")
    assert entry == Entry(2, "article", "k", {"a": "Journal of Lists", "b": "12", "c": "January"})


def test_lines_count_every_kind_of_line_end() -> None:
    text = "\r\n@misc{a,\r\n t = {x}}\r@misc{b,\n t = {y}}\n\n@misc{c, t = {z}}"
    for size in (1, 2, 3, 7, 1000):
        chunks = [text[at : at + size] for at in range(0, len(text), size)]
        assert [block.line for block in blocks(chunks)] == [2, 4, 7], size


pieces = st.lists(
    st.sampled_from(
        [
            GOOD,
            "@misc{x, t = {y}",
            "}",
            "{",
            '"',
            "@comment{",
            "@string{a = {b}}\n",
            "%",
            "\n",
            "@",
            "\\",
            ", ",
            "#",
            "=",
            "a ",
        ]
    ),
    max_size=12,
).map("".join)


@given(text=pieces, size=st.integers(1, 40))
def test_how_a_text_is_cut_into_pieces_does_not_matter(text: str, size: int) -> None:
    assert list(blocks([text[at : at + size] for at in range(0, len(text), size)])) == read(text)


@given(
    text=st.one_of(pieces, st.text(alphabet='@misc{}(),="#\n %\\', max_size=40)).filter(lambda text: "%" not in text)
)
def test_nothing_before_or_between_costs_a_good_entry(text: str) -> None:
    found = [block.fields.get("title") for block in read(GOOD + text + AFTER) if isinstance(block, Entry)]
    opened = re.search(r"@\s*comment\s*[{(]|@\s*preamble", text)
    assert found[0] == "Before"
    assert found[-1] == "After" or opened


def test_a_comment_holds_what_its_braces_hold() -> None:
    [aside, remark, entry] = read("@comment{\n@misc{inside,\n t = {x}}\n}\n@misc{outside, t = {y}}")
    assert isinstance(aside, Aside)
    assert isinstance(remark, Remark)
    assert isinstance(entry, Entry)
    assert entry.key == "outside"
    unclosed = read("@comment{\n@misc{inside,\n t = {x}}\n@misc{outside, t = {y}}")
    assert [block.key for block in unclosed if isinstance(block, Entry)] == ["inside", "outside"]


def test_prose_with_an_at_sign_at_the_start_of_a_line_is_prose() -> None:
    prose = "It has annotations:\n@Mapping(value, path)\n@param{x, y}\n@home {soon}\nand more."
    [entry] = read(f"@misc{{a,\n t = {{{prose}}},\n u = {{y}}\n}}\n")
    assert isinstance(entry, Entry)
    assert entry.fields == {"t": prose, "u": "y"}


def test_an_entry_beyond_measure_is_one_broken_entry_and_never_held_whole() -> None:
    def chunks():  # type: ignore[no-untyped-def]
        yield GOOD
        yield "@misc{long,\n t = {"
        for _ in range(200):
            yield "words " * 1_000
        yield "}}\n"
        yield AFTER

    limits = Limits(field_chars=1_000)
    found = list(blocks(chunks(), limits=limits))
    assert [type(block) for block in found] == [Entry, Broken, Entry]
    assert found[1] == Broken(2, "it is longer than 8,000 characters")


def test_abbreviations_cannot_grow_without_end() -> None:
    text = (
        '@string{s = "ha"}\n'
        + "@string{s = s # s # s # s # s # s # s # s}\n" * 30
        + "@misc{a, t = s # s # s # s # s # s # s # s # s}"
    )
    with within(2):
        found = read(text)
    assert isinstance(found[-1], Broken | Entry)
    assert any(isinstance(block, Aside) for block in found)


@pytest.mark.parametrize(
    "entry",
    [
        "@misc{a,\n t = {x} u = {y}\n}",
        "@misc{a\n t = {x}, u = {y}\n}",
        "@misc{a,\n t {x},\n u = {y}\n}",
        "@misc{a,\n t = {x}},\n u = {y}\n}",
        "@misc{a,,\n t = {x},, u = {y},,\n}",
        "@misc(a,\n t = {x}, u = {y}\n)",
        "@ misc {a,\n % remark\n t = {x}, % remark\n u = {y}\n}",
        "@misc{a, t = {x}, u = {y}",
    ],
)
def test_what_cannot_be_meant_otherwise_is_read(entry: str) -> None:
    [found] = read(entry)
    assert isinstance(found, Entry)
    assert (found.key, found.fields) == ("a", {"t": "x", "u": "y"})


def test_escaped_braces_and_quotes_count_where_they_must() -> None:
    for value in (r"{C:\papers\}", r'"M\"uller"', r"{one \{ brace}", r"{\{ and \}}"):
        [found] = read(f"@misc{{a, t = {value}, u = {{y}}}}")
        assert isinstance(found, Entry), value
        assert found.fields == {"t": value[1:-1], "u": "y"}
