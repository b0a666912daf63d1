"""What is offered for a tag being typed."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from readinglist.ui.tag_offers import ROWS, clean_tag, is_tag, offers


@dataclass(frozen=True)
class Known:
    name: str
    count: int = 1
    colour: str | None = None


TAGS = [
    Known("evaluation", 38),
    Known("retrieval-bench", 4),
    Known("retrieval", 61),
    Known("Évaluation/humaine", 2),
    Known("attention", 24),
]
NOTHING: frozenset[str] = frozenset()


def test_tags_that_begin_with_it_come_first_then_those_that_hold_it() -> None:
    found = [(offer.name, offer.create) for offer in offers("eval", TAGS, NOTHING)]
    assert found == [
        ("evaluation", False),
        ("Évaluation/humaine", False),
        ("retrieval", False),
        ("retrieval-bench", False),
        ("eval", True),
    ]


def test_what_was_typed_is_told_where_it_stands() -> None:
    first = offers("EVAL", TAGS, NOTHING)[2]
    assert (first.name, first.name[first.start : first.end]) == ("retrieval", "eval")


def test_an_existing_tag_is_not_offered_anew_in_another_spelling() -> None:
    assert [offer.create for offer in offers("EVALUATION", TAGS, NOTHING)] == [False, False]


def test_tags_on_the_paper_are_not_offered() -> None:
    assert "retrieval" not in [offer.name for offer in offers("retr", TAGS, frozenset({"Retrieval"}))]


def test_nothing_typed_offers_the_most_used() -> None:
    assert [offer.name for offer in offers("", TAGS, NOTHING)][:2] == ["retrieval", "evaluation"]


def test_no_more_is_offered_than_there_is_room_for() -> None:
    many = [Known(f"tag {number}") for number in range(1_000)]
    assert len(offers("tag", many, NOTHING)) == ROWS


def test_words_with_a_meaning_in_queries_are_no_tags() -> None:
    assert [is_tag(name) for name in ("none", "Any", "", "nlp")] == [False, False, False, True]
    (offer,) = offers("none", TAGS, NOTHING)
    assert (offer.name, offer.create, offer.refused) == ("none", False, True)


def test_a_tag_is_trimmed_at_every_level() -> None:
    assert clean_tag("  nlp /  parsing  trees/ ") == "nlp/parsing trees"


@given(st.text(max_size=20), st.lists(st.text(min_size=1, max_size=12), max_size=6))
def test_places_lie_within_the_name(typed: str, names: list[str]) -> None:
    for offer in offers(typed, [Known(name) for name in names], NOTHING):
        assert 0 <= offer.start <= offer.end <= len(offer.name)
