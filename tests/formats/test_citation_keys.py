"""Citation keys: made of the paper alone, unique in an export."""

from __future__ import annotations

import pytest

from readinglist.formats.citation_keys import CitationKeys, made_key
from readinglist.paper import Author, Paper


@pytest.mark.parametrize(
    ("paper", "key"),
    [
        (Paper("On the Order of Lists", authors=(Author("Ada Bo"),), year=2021), "bo2021order"),
        (Paper("GPT-4", authors=(Author("Ludwig van Beethoven"),), published="2023-03"), "vanbeethoven2023gpt"),
        (Paper("Über Listen", authors=(Author("Jörg Müller", "Müller"),), year=2020), "muller2020uber"),
        (Paper("Report", authors=(Author("World Bank", "World Bank"),), year=2020), "world2020report"),
        (Paper("A"), "anonnda"),
        (Paper("!?"), "anonnd"),
    ],
)
def test_a_key_is_family_name_year_and_word(paper: Paper, key: str) -> None:
    assert made_key(paper) == key


def test_a_key_does_not_depend_on_how_many_others_there_are() -> None:
    papers = [Paper("On Lists", uid=str(n), year=2020, authors=(Author("Ada Bo"),)) for n in range(50)]
    keys = CitationKeys()
    given = [keys.of(paper) for paper in papers]
    assert len({key.lower() for key in given}) == 50
    fewer = CitationKeys()
    assert [fewer.of(paper) for paper in (papers[0], papers[30], papers[7])] == [given[0], given[30], given[7]]


def test_the_same_paper_twice_has_two_keys() -> None:
    keys = CitationKeys()
    assert len({keys.of(Paper("On Lists")) for _ in range(100)}) == 100


def test_a_key_that_a_paper_came_with_is_kept_when_it_can_be_one() -> None:
    keys = CitationKeys()
    assert keys.of(Paper("T", extra={"citation_key": "DBLP:conf/Lists-1"})) == "DBLP:conf/Lists-1"
    assert keys.of(Paper("T", extra={"citation_key": "a}, b"})) == "anonndt"
    assert keys.of(Paper("T", extra={"citation_key": 5})).startswith("anonndt-")
