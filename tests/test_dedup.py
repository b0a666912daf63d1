"""The same paper told again, and what a second record adds."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.dedup import Keys, family_key, identity_keys, is_newer_version, same_paper, taken_in
from readinglist.paper import READER_FIELDS, SOURCE_FIELDS, Author, Highlight, Link, Paper, Status

LANTERNS = Paper("On the Habits of Lanterns", authors=(Author("Ada Brook"),), abstract="They glow.")


def test_keys_are_normal_forms() -> None:
    paper = Paper(
        "Röntgen & the  GPT-4 Lamp!",
        authors=(Author("Jörg Müller"), Author("B. Second")),
        doi="https://doi.org/10.5555/ABC.7",
        arxiv_id="arXiv:2401.00017v3",
    )
    assert identity_keys(paper) == Keys("10.5555/abc.7", "2401.00017", "rontgen the gpt 4 lamp", "muller")


def test_arxiv_doi_is_an_arxiv_id() -> None:
    assert identity_keys(Paper("T", doi="10.48550/arXiv.2401.00017"))[:2] == (None, "2401.00017")
    assert same_paper(Paper("A", doi="10.48550/arxiv.2401.00017"), Paper("B", arxiv_id="2401.00017"))


def test_paper_without_anything_has_empty_keys() -> None:
    assert identity_keys(Paper("?!")) == Keys(None, None, "", "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Author("Vincent van der Berg"), Author("V. Berg")),
        (Author("Jörg Müller"), Author("Mueller, J.")),
        (Author("Luz García Vega", "García Vega"), Author("Luz García Vega")),
        (Author("Sam Hill Jr."), Author("Hill, Sam")),
        (Author("LAMP TEAM", "LAMP TEAM"), Author("Lamp Team", "Lamp Team")),
    ],
)
def test_spellings_of_one_family_name_share_a_key(one: Author, other: Author) -> None:
    assert family_key(one) == family_key(other) != ""


def test_institutions_that_end_alike_have_different_keys() -> None:
    assert family_key(Author("Lamp Team", "Lamp Team")) != family_key(Author("Wick Team", "Wick Team"))


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        # 1: identifiers
        (Paper("Lamps of old", doi="10.5555/1"), Paper("Lamps, revised", doi="10.5555/1"), True),
        (Paper("Lamps of old", arxiv_id="2401.00017"), Paper("New lamps", arxiv_id="2401.00017v2"), True),
        (Paper("Lamps of old", doi="10.5555/1"), Paper("New lamps", doi="10.5555/2"), False),
        # 2: titles
        (LANTERNS, replace(LANTERNS, title="on the habits of  LANTERNS."), True),
        (LANTERNS, replace(LANTERNS, title="On the Habits of Candles"), False),
        (LANTERNS, replace(LANTERNS, authors=(Author("Ada Stone"),)), False),
        (LANTERNS, replace(LANTERNS, authors=(Author("Brook, A."), Author("C. Two"))), True),
        (LANTERNS, replace(LANTERNS, authors=(Author("Brook Ada"),)), True),
        (LANTERNS, replace(LANTERNS, authors=()), True),
        (replace(LANTERNS, doi="10.5555/1", year=2020), replace(LANTERNS, doi="10.5555/2", year=2022), True),
        (
            replace(LANTERNS, arxiv_id="2401.00017"),
            replace(LANTERNS, doi="10.5555/2", authors=(Author("X Y"),)),
            False,
        ),
        # 3: one word
        (Paper("LampNet", abstract="A net."), Paper("LampNet", abstract="Another."), False),
        (Paper("LampNet", abstract="A net."), Paper("LAMPNET", abstract="A net!"), True),
        (
            Paper("LampNet", authors=(Author("A Bo"),), year=2020),
            Paper("LampNet", authors=(Author("A Bo"),), year=2021),
            True,
        ),
        (Paper("LampNet", year=2020, venue="Glow"), Paper("LampNet", year=2020, venue="glow"), True),
        (Paper("LampNet", year=2020, venue="Glow"), Paper("LampNet", year=2020), False),
        (
            Paper("LampNet", url="https://a.example/1"),
            Paper("LampNet", url="https://a.example/1", year=1),
            True,
        ),
        (Paper("LampNet"), Paper("LampNet"), True),
        (Paper("LampNet"), Paper("LampNet", url="https://a.example/1"), False),
        # 4: titles that many have
        (
            Paper("Guest editorial", authors=(Author("A Bo"),), year=2020),
            Paper("Guest Editorial", authors=(Author("A Bo"),), year=2021),
            False,
        ),
        (
            Paper("Guest editorial", authors=(Author("A Bo"),), year=2020),
            Paper("Guest Editorial", authors=(Author("A Bo"),)),
            True,
        ),
        (
            Paper("Preface", year=2020, venue="Glow"),
            Paper("Preface", year=2020, venue="Glow", doi="10.5555/1"),
            True,
        ),
        (
            Paper("Preface", doi="10.5555/1", venue="Glow"),
            Paper("Preface", doi="10.5555/2", venue="Glow"),
            False,
        ),
        (Paper("Preface"), Paper("Preface"), True),
        (Paper("???", authors=(Author("A Bo"),)), Paper("!", authors=(Author("A Bo"),)), False),
        (Paper("???", authors=(Author("A Bo"),)), Paper("???", authors=(Author("A Bo"),), year=2020), True),
    ],
)
def test_same_paper_by_its_rules(a: Paper, b: Paper, same: bool) -> None:
    assert same_paper(a, b) is same
    assert same_paper(b, a) is same


_texts = st.sampled_from(["", "Editorial", "LampNet", "Two lamps", "!", "The Glow of É"])
_papers = st.builds(
    Paper,
    title=_texts,
    abstract=st.none() | _texts.filter(bool),
    authors=st.lists(st.builds(Author, st.sampled_from(["A Bo", "Bo, A.", "C Du", "-"])), max_size=2).map(tuple),
    year=st.none() | st.integers(2020, 2021),
    venue=st.none() | st.sampled_from(["Glow", "Wick"]),
    doi=st.none() | st.sampled_from(["10.5555/1", "10.48550/arxiv.2401.00017", "odd"]),
    arxiv_id=st.none() | st.sampled_from(["2401.00017", "2401.00018"]),
    url=st.none() | st.sampled_from(["https://a.example", "https://b.example"]),
    links=st.lists(st.builds(Link, st.just("code"), st.sampled_from("abc")), max_size=2).map(tuple),
    keywords=st.lists(st.sampled_from(["x", "X", "y"]), max_size=3).map(tuple),
    upvotes=st.none() | st.integers(0, 3),
    source=st.sampled_from(["arxiv", "page"]),
    version=st.none() | st.sampled_from(["v1", "v2", "2026-01-01T00:00:00Z", "2026-01-01T02:00:00+01:00", "later"]),
    corrected=st.frozensets(st.sampled_from(SOURCE_FIELDS), max_size=3),
    tags=st.frozensets(st.sampled_from("ab")),
    extra=st.dictionaries(st.sampled_from("pq"), st.integers(0, 2)),
)


@given(_papers, _papers)
def test_being_the_same_paper_is_mutual(a: Paper, b: Paper) -> None:
    assert same_paper(a, b) == same_paper(b, a)


@given(_papers)
def test_every_paper_is_the_same_as_its_own_record(paper: Paper) -> None:
    assert same_paper(paper, paper)
    assert taken_in(paper, paper) is paper


@given(_papers, _papers)
def test_taking_in_twice_changes_nothing_more(known: Paper, found: Paper) -> None:
    once = taken_in(known, found)
    assert taken_in(once, found) is once


@given(_papers, _papers)
def test_taking_in_keeps_what_is_not_the_sources(known: Paper, found: Paper) -> None:
    result = taken_in(known, found)
    kept = {f.name for f in fields(Paper)} - set(SOURCE_FIELDS) - {"version", "extra"}
    for name in kept | known.corrected:
        assert getattr(result, name) == getattr(known, name)
    for name in SOURCE_FIELDS:
        if getattr(known, name):
            assert getattr(result, name)


@given(_papers, _papers)
def test_only_one_of_two_versions_is_newer(a: Paper, b: Paper) -> None:
    assert not (is_newer_version(a, b) and is_newer_version(b, a))


def _arxiv(version: str | None, **values: Any) -> Paper:
    return replace(LANTERNS, source="arxiv", arxiv_id="2401.00017", version=version, **values)


@pytest.mark.parametrize(
    ("known", "found", "newer"),
    [
        (_arxiv("v2"), _arxiv("v3"), True),
        (_arxiv("v9"), _arxiv("v10"), True),
        (_arxiv("v3"), _arxiv("v3"), False),
        (_arxiv("v3"), _arxiv("v2"), False),
        (_arxiv(None), _arxiv("v2"), False),
        (_arxiv("v1"), _arxiv(None), False),
        (_arxiv("v1"), replace(_arxiv("v2"), source="bibtex"), False),
        (_arxiv("v1"), replace(_arxiv("v2"), arxiv_id="2401.00018"), False),
        (_arxiv("v1"), replace(_arxiv("v2"), arxiv_id=None), False),
        (_arxiv("2026-01-01T10:00:00Z"), _arxiv("2026-01-01T11:30:00+01:00"), True),
        (_arxiv("2026-01-01T10:00:00Z"), _arxiv("2026-01-01T10:30:00+01:00"), False),
        (_arxiv("2026-01-01T10:00:00Z"), _arxiv("v7"), False),
        (_arxiv("first"), _arxiv("second"), False),
    ],
)
def test_newer_version_of_the_same_record(known: Paper, found: Paper, newer: bool) -> None:
    assert is_newer_version(known, found) is newer


def test_empty_fields_are_filled_and_others_kept() -> None:
    known = replace(LANTERNS, abstract=None)
    found = replace(LANTERNS, title="ON THE HABITS OF LANTERNS", abstract="Text.", year=0, upvotes=0, doi="10.5555/1")
    assert taken_in(known, found) == replace(known, abstract="Text.", year=0, upvotes=0, doi="10.5555/1")


def test_newer_version_replaces_what_the_reader_did_not_correct() -> None:
    known = _arxiv("v1", venue="Mine", year=2020, corrected=frozenset({"venue"}))
    found = _arxiv("v2", venue="Glow", year=2021, title="On Lanterns", abstract=None)
    assert taken_in(known, found) == replace(known, version="v2", year=2021, title="On Lanterns")


def test_field_corrected_to_nothing_stays_empty() -> None:
    known = replace(LANTERNS, corrected=frozenset({"venue", "links", "upvotes"}))
    assert taken_in(known, replace(known, venue="Glow", links=(Link("pdf", "x"),), upvotes=3)) is known


def test_links_and_keywords_are_united_without_repeats() -> None:
    known = replace(LANTERNS, links=(Link("code", "https://a.example/x"),), keywords=("Glow", "wick"))
    found = replace(
        LANTERNS,
        links=(Link("other", "https://a.example/x/"), Link("pdf", "https://b.example")),
        keywords=("glow", "flame"),
    )
    result = taken_in(known, found)
    assert result.links == (*known.links, Link("pdf", "https://b.example"))
    assert result.keywords == ("Glow", "wick", "flame")


def test_upvotes_only_grow() -> None:
    known = replace(LANTERNS, upvotes=5)
    assert taken_in(known, replace(LANTERNS, upvotes=7)).upvotes == 7
    assert taken_in(known, replace(LANTERNS, upvotes=3)) is known


def test_fields_of_the_reader_are_never_touched() -> None:
    mark = Highlight("h", "glow", "They ", ".", 5, 9, "pink", None, "2026-01-01T00:00:00Z")
    known = _arxiv("v1")
    found = _arxiv(
        "v2",
        abstract="They glow much.",
        status=Status.READ,
        order_key="V",
        until="2027-01-01",
        starred=True,
        tags=frozenset({"t"}),
        note="n",
        highlights=(mark,),
        finished="2026-01-01T00:00:00Z",
        trashed="2026-01-01T00:00:00Z",
    )
    result = taken_in(known, found)
    assert result.abstract == "They glow much."
    assert all(getattr(result, name) == getattr(known, name) for name in READER_FIELDS)


def test_extra_gains_keys_and_a_newer_version_renews_them() -> None:
    known = _arxiv("v1", extra={"comment": "9 pages", "own": 1})
    same = _arxiv("v1", extra={"comment": "10 pages", "journal": "J"})
    assert taken_in(known, same).extra == {"comment": "9 pages", "own": 1, "journal": "J"}
    assert taken_in(known, replace(same, version="v2")).extra == {
        "comment": "10 pages",
        "own": 1,
        "journal": "J",
    }


def test_unknown_version_is_learnt_when_the_text_is_that_versions() -> None:
    assert taken_in(_arxiv(None), _arxiv("v2")).version == "v2"
    assert taken_in(_arxiv(None), _arxiv("v2", abstract="Other.")).version is None
