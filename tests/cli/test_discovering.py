"""`similar`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.test_finding import PAPER

if TYPE_CHECKING:
    from tests.cli.conftest import Commands


def test_similar_answers_with_papers_scores_and_reasons(commands: Commands) -> None:
    papers = commands.data("similar", 1)["papers"]
    assert papers
    assert all(set(paper) >= PAPER | {"score", "why"} for paper in papers)
    assert 1 not in [paper["id"] for paper in papers]
    assert all(0 < paper["score"] <= 1 and paper["why"] for paper in papers)


def test_similar_prints_the_reasons(commands: Commands) -> None:
    commands.done("add", "--title", "Zeppelins over the mood of the day", "--abstract", "Zeppelins and moods.")
    commands.done("add", "--title", "A history of zeppelins")
    shown = commands.done("similar", 7)
    assert "Zeppelins over the mood" in shown
    assert "zeppelins" in shown.splitlines()[1].lower()
    assert shown.splitlines()[-1].endswith(("1 paper.", "papers."))
    assert commands.done("similar", 7, "--limit", 1).count("eppelins over") == 1


def test_papers_can_be_named_by_a_query(commands: Commands) -> None:
    commands.done("star", 1, 2)
    named = commands.data("similar", "--query", "is:starred")["papers"]
    assert {1, 2}.isdisjoint(paper["id"] for paper in named)


def test_what_cannot_be_done_is_told(commands: Commands) -> None:
    assert commands.run("similar", 99).exit_code == 1
    assert commands.run("similar").exit_code == 2
    assert commands.run("similar", 1, "--limit", 0).exit_code == 2
    commands.done("add", "--title", "Xyzzy")
    assert commands.done("similar", 6).strip() == "No paper is like that."


def test_a_misspelt_word_is_asked_about(commands: Commands) -> None:
    assert commands.data("search", "wether")["did_you_mean"] == "weather"
    assert "Did you mean “weather”?" in commands.done("search", "wether")
