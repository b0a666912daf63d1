"""A highlight gets its place, and finds it again in a changed abstract."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from readinglist.anchor import CONTEXT, TELLING, anchor, make_highlight
from readinglist.errors import ReadingListError
from readinglist.paper import Highlight
from tests.pace import within

ABSTRACT = (
    "Street lanterns are often counted by hand. We count them from the air, at night, with a camera that "
    "weighs less than a lantern does. In three towns the count was off by four in a hundred. Fog remains a "
    "problem."
)
PASSAGE = "the count was off by four in a hundred"


def mark(abstract: str, quote: str, **options: Any) -> Highlight:
    return make_highlight(abstract, quote, **{"id": "h1", "created": "2026-03-11T09:30:00Z", **options})


def test_highlight_knows_its_place_and_surroundings() -> None:
    found = mark(ABSTRACT, PASSAGE, comment="how counted?", colour="pink")
    start = ABSTRACT.index(PASSAGE)
    assert found == Highlight(
        id="h1",
        quote=PASSAGE,
        prefix=ABSTRACT[start - CONTEXT : start],
        suffix=". Fog remains a problem.",
        start=start,
        end=start + len(PASSAGE),
        colour="pink",
        comment="how counted?",
        created="2026-03-11T09:30:00Z",
    )


def test_quote_may_differ_in_white_space_and_keeps_the_abstracts() -> None:
    abstract = "  One\u00a0lamp\n\n two  lamps. "
    found = mark(abstract, " lamp two\tlamps ")
    assert (found.quote, found.start, found.end) == ("lamp\n\n two  lamps", 6, 23)


def test_quote_typed_with_accents_apart_is_found() -> None:
    assert mark("Une lumière douce.", "lumie\u0300re").quote == "lumière"


def test_offsets_count_code_points() -> None:
    assert mark("🏮🏮 glow", "glow").start == 3


def test_quote_inside_a_word_or_without_spaces_is_found() -> None:
    assert mark("提灯は夜に光る。", "夜に光").start == 3


@pytest.mark.parametrize(
    ("quote", "options", "message"),
    [
        (" \n", {}, "empty"),
        ("no such words", {}, "does not stand in the abstract"),
        ("lamp", {}, "more than once, at 2, 10 and 25"),
        ("lamp", {"start": 3}, "does not stand at 3, but at 2, 10 and 25"),
        ("lamp", {"start": 900}, "does not stand at 900"),
        ("lamp", {"start": -5}, "does not stand at -5"),
        ("floor", {"colour": "grey"}, "no colour “grey”"),
    ],
)
def test_bad_highlight_is_refused_in_plain_words(quote: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ReadingListError, match=message):
        mark("A lamp, a lamp, no floor lamp", quote.replace("floor", "no floor"), **options)


def test_start_chooses_among_several() -> None:
    assert mark("A lamp, a lamp, no floor lamp", "lamp", start=10).start == 10
    assert mark("A lamp, a lamp, no floor lamp", "lamp", start=9).start == 10
    assert mark("a b a", "a", start=0).start == 0


def test_many_places_are_told_in_part() -> None:
    with pytest.raises(ReadingListError, match="18 and more"):
        mark("a " * 500_000, "a")


def test_unchanged_abstract_returns_the_very_highlight() -> None:
    found = mark(ABSTRACT, PASSAGE)
    assert anchor(found, ABSTRACT) is found


def check(highlight: Highlight, abstract: str) -> Highlight:
    found = anchor(highlight, abstract)
    if found.start is not None and found.end is not None:
        assert 0 <= found.start < found.end <= len(abstract)
        assert abstract[found.start : found.end] == found.quote
        assert abstract[: found.start].endswith(found.prefix)
        assert abstract[found.end :].startswith(found.suffix)
    else:
        assert found.start is found.end is None
        assert (found.quote, found.prefix, found.suffix) == (
            highlight.quote,
            highlight.prefix,
            highlight.suffix,
        )
    kept = (found.id, found.comment, found.colour, found.created)
    assert kept == (highlight.id, highlight.comment, highlight.colour, highlight.created)
    assert anchor(found, abstract) is found
    return found


def test_nearest_of_equal_places_is_taken() -> None:
    abstract = "The lamps glow in the town at dusk, and they hum. " * 3
    found = mark(abstract, "they hum", start=abstract.index("they hum", 60))
    assert check(found, abstract[10:]).start == abstract.index("they hum", 60) - 10


def test_surroundings_choose_among_several_places() -> None:
    before = "The red lamp fell over. The green lamp stood still all night."
    after = "A lamp is a light. The green lamp stood still all night. The red lamp fell over."
    found = mark(before, "lamp", start=before.index("lamp fell"))
    assert check(found, after).start == after.index("lamp fell")


def test_word_that_only_stands_elsewhere_is_not_taken_for_the_passage() -> None:
    before = "Fog hides a lamp from view. Rain never did. Later on we describe how any lamp was built in detail."
    found = mark(before, "lamp", start=12)
    assert check(found, before[44:]).start is None


@pytest.mark.parametrize(
    ("before", "after", "quote"),
    [
        ("was off by four in", "was off by some four in", "the count was off by some four in a hundred"),
        ("the count was off", "the cuont was off", "the cuont was off by four in a hundred"),
        ("a hundred", "one hundred", "the count was off by four in one hundred"),
        (" was off by four in", " was\noff  by four in", "the count was\noff  by four in a hundred"),
        ("the count was", "The counts were", "The counts were off by four in a hundred"),
    ],
)
def test_corrected_passage_is_found_whole(before: str, after: str, quote: str) -> None:
    assert check(mark(ABSTRACT, PASSAGE), ABSTRACT.replace(before, after)).quote == quote


def test_corrected_passage_without_spaces_is_found() -> None:
    before = "提灯は夜に光る。街の提灯を空から数えた。霧の夜は数えられない。"
    found = check(mark(before, "街の提灯を空から数えた"), before.replace("空から", "上空から"))
    assert found.quote == "街の提灯を上空から数えた"


def test_long_passage_with_a_correction_is_found() -> None:
    words = [f"word{n}" for n in range(1500)]
    before = " ".join(words)
    changed = " ".join([*words[:700], "another", *words[703:]])
    quote = " ".join(words[100:1400])
    found = check(mark(before, quote), "New beginning. " + changed)
    assert found.quote.split() == [*words[100:700], "another", *words[703:1400]]


def test_deleted_passage_loses_its_place_and_comes_back_with_it() -> None:
    found = mark(ABSTRACT, PASSAGE)
    lost = check(found, ABSTRACT.replace("In three towns " + PASSAGE + ". ", ""))
    assert (lost.start, lost.quote) == (None, PASSAGE)
    assert check(lost, ABSTRACT) == found


def test_similar_sentence_is_not_taken_for_a_deleted_one() -> None:
    gone = "We tried the method on three towns by the sea."
    kept = "We tried the camera on four towns in the hills."
    before = f"Lanterns are few. {gone} Nothing else was done at all. {kept}"
    assert check(mark(before, gone), before.replace(gone + " ", "")).start is None


def test_abstract_that_is_gone_loses_the_place() -> None:
    assert anchor(mark(ABSTRACT, PASSAGE), None).start is None
    assert check(mark(ABSTRACT, PASSAGE), " \n ").start is None


def test_highlight_without_surroundings_is_placed_where_its_quote_stands_once() -> None:
    bare = Highlight("h", "lamp", "", "", None, None, "yellow", None, "2026-01-01T00:00:00Z")
    assert check(bare, "One lamp glows.").start == 4
    assert check(bare, "One lamp glows, a lamp hums.").start is None
    assert check(replace(bare, quote=" "), "One lamp glows.").start is None


def test_megabyte_of_text_takes_no_time_to_speak_of() -> None:
    with within(10):
        found = mark(ABSTRACT, PASSAGE)
        check(found, "Rain fell on the town and its lamps. " * 27_000)
        check(replace(found, quote="a" * 300_000), "a" * 1_000_000)
        check(replace(found, quote="a" * 40_000 + "b"), "a" * 1_000_000)
        check(replace(found, quote="ab " * 15_000), "ab ba " * 160_000)
        check(replace(found, quote="x y " * 300_000), "x z " * 250_000)


_text = st.text(st.sampled_from("ab \n.é提"), max_size=60)


@given(st.data(), _text)
def test_one_edit_elsewhere_never_loses_the_highlight(data: st.DataObject, abstract: str) -> None:
    assume(abstract.strip())
    start = data.draw(st.sampled_from([i for i, c in enumerate(abstract) if not c.isspace()]))
    end = data.draw(st.sampled_from([i + 1 for i, c in enumerate(abstract) if i >= start and not c.isspace()]))
    found = mark(abstract, abstract[start:end], start=start)
    assert (found.start, found.end) == (start, end)
    low, high = (0, start) if data.draw(st.booleans()) else (end, len(abstract))
    a, b = sorted((data.draw(st.integers(low, high)), data.draw(st.integers(low, high))))
    after = check(found, abstract[:a] + data.draw(_text) + abstract[b:])
    assert after.quote == found.quote
    assert after.start is not None


_vocabulary = [f"{a}{b}{c}" for a in ("lan", "mor", "tis", "bel") for b in ("der", "gul", "pra") for c in ("on", "um")]


@given(
    st.permutations(_vocabulary),
    st.integers(0, 23),
    st.integers(1, 8),
    st.lists(st.integers(0, 30), max_size=4),
)
def test_edits_elsewhere_keep_a_telling_passage_in_its_very_place(
    words: list[str], first: int, count: int, inserted: list[int]
) -> None:
    quote = " ".join(words[first : first + count])
    assume(len(quote) >= TELLING)
    before, behind = words[:first], words[first + count :]
    found = mark(" ".join(words), quote)
    for place in inserted:
        side = before if place % 2 else behind
        side.insert(place % (len(side) + 1), f"inserted{place}")
    abstract = " ".join([*before, quote, *behind])
    assert check(found, abstract).start == len(" ".join([*before, ""]))


@given(st.permutations(_vocabulary), st.integers(0, 23), st.integers(1, 10))
def test_deleted_passage_loses_its_place(words: list[str], first: int, count: int) -> None:
    found = mark(" ".join(words), " ".join(words[first : first + count]))
    assert check(found, " ".join(words[:first] + words[first + count :])).start is None


@given(_text, _text, _text, _text, st.none() | st.integers(0, 100))
def test_any_highlight_on_any_abstract_is_placed_truly_or_not_at_all(
    abstract: str, quote: str, prefix: str, suffix: str, start: int | None
) -> None:
    end = None if start is None else start + len(quote)
    check(Highlight("h", quote, prefix, suffix, start, end, "blue", None, "2026-01-01T00:00:00Z"), abstract)
