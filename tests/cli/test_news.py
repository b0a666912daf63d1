"""`trends` for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.discover.rising_papers import papers

if TYPE_CHECKING:
    from tests.cli.conftest import Commands

KEYS = {"today", "by", "since", "late", "early", "periods", "terms", "pending"}


@pytest.fixture
def rising(empty: Commands) -> Commands:
    """Commands on a library of papers of two years, brought along at once."""
    lines = [
        json.dumps({"title": paper.title, "abstract": paper.abstract, "year": 2024 if paper.id <= 60 else 2025})
        for paper in papers(60, 30)
    ]
    empty.done("import", "-", stdin="\n".join(lines))
    return empty


def test_trends_as_json_have_terms_with_counts_and_searches(rising: Commands) -> None:
    trends = rising.data("trends")
    assert set(trends) == KEYS
    assert (trends["by"], trends["since"], trends["late"], trends["early"]) == ("year", "2025-01-01", 30, 60)
    first = trends["terms"][0]
    assert set(first) == {"names", "score", "late", "early", "series", "query"}
    assert first["names"][0].casefold() == "tidal lantern networks"
    assert len(rising.found(first["query"])) == first["late"] == 15
    assert len(first["series"]) == len(trends["periods"]) == 2


def test_trends_for_people_say_the_same(rising: Commands) -> None:
    text = rising.done("trends", "--limit", 1)
    assert "30 papers since 2025, against 60 of 2024." in text
    assert "idal lantern networks" in text
    assert "▁█" in text
    assert "15 papers" in text


def test_a_day_that_is_none_is_a_wrong_call(rising: Commands) -> None:
    result = rising.run("trends", "--since", "soon")
    assert result.exit_code == 2
    assert "is no date" in result.stderr
    assert rising.run("trends", "--since", "2999").exit_code == 2


def test_where_there_is_nothing_to_compare_it_is_said(commands: Commands, other: Commands) -> None:
    assert "nothing to compare" in commands.done("trends")
    assert "nothing to compare" in other.done("trends")
