"""`trends` and `digest` for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path
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
    assert set(first) == {"names", "score", "late", "early", "series", "words", "query"}
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


def test_a_digest_as_json_has_groups_of_papers_with_reasons(commands: Commands) -> None:
    commands.done("searches", "save", "Weather", "weather")
    digest = commands.data("digest")
    assert set(digest) == {"today", "since", "by", "total", "note", "groups"}
    assert (digest["by"], digest["total"]) == ("search", 5)
    weather, rest = digest["groups"]
    assert set(weather) == {"kind", "name", "query", "papers"}
    assert (weather["name"], [paper["id"] for paper in weather["papers"]]) == ("Weather", [1])
    assert weather["papers"][0]["reasons"] == ["“weather”"]
    assert (rest["kind"], rest["name"], len(rest["papers"])) == ("rest", None, 4)


@pytest.mark.parametrize(("name", "begins"), [("html", "<!DOCTYPE html>"), ("eml", "From: "), ("markdown", "# 5 new")])
def test_a_digest_is_written_to_a_file_or_printed(commands: Commands, tmp_path: Path, name: str, begins: str) -> None:
    file = tmp_path / "digest"
    assert commands.done("digest", "--format", name, "-o", file) == ""
    data = file.read_bytes()
    assert data.startswith(begins.encode())
    assert commands.run("digest", "--format", name).stdout_bytes == data


def test_a_digest_for_a_terminal_names_the_papers(commands: Commands) -> None:
    text = commands.done("digest")
    assert text.startswith("5 new papers since ")
    assert "\n1  A short study of reading list number 1\n" in text
    commands.done("move", "--query", "added:today", "--to", "archived")
    assert commands.done("digest").startswith("No new papers since ")


def test_a_digest_that_cannot_be_written_is_an_error(commands: Commands, tmp_path: Path) -> None:
    result = commands.run("digest", "-o", tmp_path / "none" / "digest")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
