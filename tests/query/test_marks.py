"""Marks and snippets: what a reader sees of why a paper was found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.paper import Author, Highlight, Paper
from readinglist.query.marks import SNIPPET_LENGTH, marks, snippet
from readinglist.query.nodes import Node
from readinglist.query.parse import parse


def marked(query: str, text: str, field: str = "title") -> list[str]:
    return [text[start:end] for start, end in marks(parse(query).node, field, text)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("order", "Orders and disorder, ordered", ["Orders", "ordered"]),
        ("transf*", "A transformer transforms.", ["transformer", "transforms"]),
        ('"logit lens"', "logit, a lens; the Logit-Lens", ["Logit-Lens"]),
        ("GPT-4", "GPT 5, GPT-4 and 4", ["GPT-4"]),
        ("fuzy~", "a fuzzy fuzz", ["fuzzy", "fuzz"]),
        ("cafe naive", "Café: nai\u0308ve", ["Café", "nai\u0308ve"]),
        ("注意", "自注意機構と注意", ["注意", "注意"]),
        ("b -c", "a b c", ["b"]),
        ("b NOT (c OR b)", "a b c", ["b"]),
        ("-b", "a b c", []),
        ("a OR b OR zebra", "a, b", ["a", "b"]),
        ('"a b" "b c"', "x a b c d", ["a b c"]),
        ("title:a abstract:b", "a b", ["a"]),
        ("is:read tag:a", "a b", []),
        ("", "a b", []),
    ],
)
def test_marks(query: str, text: str, expected: list[str]) -> None:
    assert marked(query, text) == expected


def test_marks_count_code_points() -> None:
    assert marks(parse("lens").node, "title", "𝔘𝔫 lens") == [(3, 7)]


LONG = (
    "Reading lists grow. " * 12
    + "The logit lens of a garden shows what a shelf hides. "
    + "Nothing else is said here of anything at all. " * 12
)


def test_a_snippet_is_the_passage_with_most_of_the_words() -> None:
    paper = Paper("A study", abstract=LONG)
    found = snippet(parse("logit garden reading").node, paper)
    assert found is not None
    assert found.field == "abstract"
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert len(found.text) <= SNIPPET_LENGTH + 2
    words = [found.text[start:end] for start, end in found.marks]
    assert {"logit", "garden", "Reading"} <= set(words)


def test_a_short_text_is_shown_whole() -> None:
    found = snippet(parse("lens").node, Paper("x", note="The lens\nof the garden."))
    assert found is not None
    assert (found.field, found.text, found.marks) == ("note", "The lens of the garden.", ((4, 8),))


def test_a_title_is_repeated_only_when_it_says_more() -> None:
    paper = Paper("Logit lens", abstract="We look through a lens.")
    both = snippet(parse("logit lens").node, paper)
    one = snippet(parse("lens").node, paper)
    assert both is not None
    assert one is not None
    assert (both.field, one.field) == ("title", "abstract")


def test_the_readers_own_words_go_before_the_abstract() -> None:
    highlight = Highlight("h", "a shelf", "", "", None, None, "yellow", "of gardens", "")
    paper = Paper("x", abstract="A garden.", highlights=(highlight,))
    found = snippet(parse("garden").node, paper)
    assert found is not None
    assert (found.field, found.text) == ("highlight", "of gardens")


def test_a_paper_found_by_its_author_shows_its_beginning() -> None:
    paper = Paper("x", abstract=LONG, authors=(Author("Ada Beek"),))
    found = snippet(parse("author:beek").node, paper)
    assert found is not None
    assert found.field == "abstract"
    assert found.text.startswith("Reading lists grow.")
    assert found.marks == ()


def test_without_words_to_find_there_is_no_snippet() -> None:
    for query in ("", "is:read", "-lens", "tag:lens"):
        assert snippet(parse(query).node, Paper("lens")) is None


def test_a_text_without_spaces_is_cut_between_characters() -> None:
    paper = Paper("x", abstract="語" * 300 + "注意" + "語" * 300)
    found = snippet(parse("注意").node, paper)
    assert found is not None
    ((start, end),) = found.marks
    assert found.text[start:end] == "注意"
    assert len(found.text) <= SNIPPET_LENGTH + 2


def test_a_phrase_longer_than_a_snippet_is_cut() -> None:
    phrase = " ".join(["word"] * 60)
    found = snippet(parse(f'"{phrase}"').node, Paper("x", abstract=f"Some {phrase} more and more."))
    assert found is not None
    assert len(found.text) <= SNIPPET_LENGTH + 2
    assert all(0 <= start < end <= len(found.text) for start, end in found.marks)


@given(data=st.data())
def test_marks_are_in_order_apart_and_in_the_text(data: st.DataObject, trees: st.SearchStrategy[Node]) -> None:
    node = data.draw(trees)
    text = data.draw(st.text('aB1é注 "\\()-.\n', max_size=400))
    paper = Paper("sparse code", abstract=text or None)
    found = snippet(node, paper)
    shown = [(text, marks(node, "abstract", text))] + ([(found.text, list(found.marks))] if found else [])
    for line, places in shown:
        ends = [0, *(end for _, end in places)]
        assert all(before <= start < end for before, (start, end) in zip(ends, places, strict=False))
        assert ends[-1] <= len(line)


def test_a_snippet_has_all_of_a_formula_that_it_would_cut() -> None:
    filler = "words of no interest at all that go on and on for a while. " * 6
    formula = r"$\mathcal{O}(\frac{n^2}{\epsilon} \log n)$"
    text = f"{filler}It takes {formula} steps to find tides. {filler}"
    for query in ("epsilon", "mathcal", "tides", "log"):
        found = snippet(parse(query).node, Paper(title="T", abstract=text))
        assert found is not None
        assert formula in found.text
        assert [found.text[a:b] for a, b in found.marks] == [query]
