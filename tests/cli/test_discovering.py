"""`similar`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from readinglist.discover import embedding
from readinglist.paths import settings_file
from tests.cli.test_finding import PAPER
from tests.meanings import TITLES, stand_in

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


def test_by_meaning_papers_are_learnt_first_and_compared_then(empty: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    for title in TITLES:
        empty.done("add", "--title", title)
    file = settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('similar_by = "meaning"\n')
    monkeypatch.setattr(embedding, "is_installed", lambda: False)
    asked = empty.run("similar", 1)
    assert asked.exit_code == 0
    assert "pip install wordllama" in asked.stderr
    assert empty.data("similar", 1)["papers"][0]["id"] == 2
    model = stand_in(monkeypatch)
    assert empty.data("similar", 1)["papers"][0]["id"] == 3
    assert len(model.read) == 5
    empty.done("set", 3, "--title", "A feline in the old house by night")
    empty.data("similar", 1)
    assert len(model.read) == 6
