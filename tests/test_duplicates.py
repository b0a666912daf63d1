"""Which papers are perhaps one: keys, nearly the same titles, and what tells two papers apart."""

from __future__ import annotations

import random

import pytest

from readinglist.duplicates import Brief, Group, Pair, are_one, candidates, groups
from readinglist.paper import Author, Paper
from readinglist.progress import Silent
from readinglist.text.words import title_key
from tests.pace import within


def brief(n: int, title: str, *, family: str = "example", year: int | None = 2020, doi: str | None = None) -> Brief:
    return Brief(n, title_key(title), doi, None, family, year)


def found(*briefs: Brief) -> set[tuple[int, int, str]]:
    return {tuple(pair) for pair in candidates(briefs, Silent())}


def test_a_key_that_two_papers_share_makes_them_candidates() -> None:
    assert found(brief(1, "One title", doi="10.1/x"), brief(2, "Quite another", doi="10.1/x")) == {(1, 2, "doi")}
    assert found(brief(1, "Same title"), brief(2, "same  Title!")) == {(1, 2, "title")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Are large models temporally grounded", "Are large model temporally grounded"),
        ("Translating images into maps", "Translating images into maps (extended abstract)"),
        ("Policies from smoothed action value functions", "Smoothed action value functions policies from"),
        ("Learning to paint with colour words", "Learning to paint with color words"),
    ],
)
def test_titles_that_are_nearly_the_same_make_candidates(one: str, other: str) -> None:
    assert found(brief(1, one), brief(2, other)) == {(1, 2, "similar")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A theory of reading lists, part I", "A theory of reading lists, part II"),
        ("Findings of the shared task 2019", "Findings of the shared task 2020"),
        ("Supervised learning of reading orders", "Unsupervised learning of reading orders"),
        ("On lists and their readers in spring", "On lists and their owners in winter"),
    ],
)
def test_a_part_a_year_or_a_negation_tells_titles_apart(one: str, other: str) -> None:
    assert found(brief(1, one), brief(2, other)) == set()


def test_another_first_author_or_a_distant_year_speaks_against_similar_titles() -> None:
    title, other = "Translating images into maps", "Translating images into maps again"
    assert found(brief(1, title), brief(2, other, family="somebody")) == set()
    assert found(brief(1, title), brief(2, other, year=2030)) == set()
    assert found(brief(1, title, year=None), brief(2, other, year=2030)) == {(1, 2, "similar")}


def paper(title: str, *names: str, abstract: str | None = None) -> Paper:
    return Paper(title, authors=tuple(map(Author, names)), abstract=abstract)


def test_similar_titles_need_an_author_in_common_and_abstracts_that_agree() -> None:
    text = "We translate images into maps with a transformer and show that it is quicker than before."
    edited = text.replace("quicker", "much quicker").replace("We", "Here we")
    one = paper("Translating images into maps", "Ada Example", abstract=text)
    assert are_one(
        one, paper("Translating images into maps: again", "B. Boole", "A. Example", abstract=edited), "similar"
    )
    assert not are_one(one, paper("Translating images into maps: again", "B. Boole", abstract=edited), "similar")
    other = paper(
        "Translating images into maps: again", "Ada Example", abstract="Cats sleep on warm radiators all day."
    )
    assert not are_one(one, other, "similar")


def test_groups_join_what_is_joined_and_say_what_is_certain() -> None:
    pairs = [
        Pair(1, 2, "doi"),
        Pair(3, 4, "title"),
        Pair(2, 5, "similar"),
        Pair(4, 3, "similar"),
        Pair(8, 9, "similar"),
    ]
    assert groups(pairs) == [
        Group((1, 2, 5), "doi", certain=False),
        Group((3, 4), "title", certain=True),
        Group((8, 9), "similar", certain=False),
    ]


def test_two_certain_groups_joined_by_a_guess_are_not_certain() -> None:
    assert groups([Pair(2, 3, "similar"), Pair(1, 2, "doi"), Pair(3, 4, "doi")]) == [Group((1, 2, 3, 4), "doi", False)]


def test_thousands_of_like_titles_take_no_square_of_their_number() -> None:
    rng = random.Random(5)
    words = [f"word{letter}{n}x" for letter in "abcdef" for n in ("", "a", "b", "c", "d")]
    briefs = [brief(n, " ".join(rng.choices(words, k=6)), family="") for n in range(20_000)]
    briefs += [brief(n, "Editorial", family="") for n in range(20_000, 24_000)]
    with within(5):
        count = sum(1 for _ in candidates(briefs, Silent()))
    assert count < 100_000
