"""`suggest`, `next`, `like`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.test_finding import PAPER

if TYPE_CHECKING:
    from tests.cli.conftest import Commands


def test_a_new_reader_is_told_so(commands: Commands) -> None:
    found = commands.data("suggest")
    assert set(found) == {"basis", "note", "liked", "passed", "pending", "papers"}
    assert (found["basis"], found["liked"], found["passed"], found["pending"]) == ("new", 0, 0, 0)
    assert len(found["papers"]) == 5
    assert "Nothing is known of what you like yet" in commands.done("suggest")


def test_suggestions_have_scores_and_reasons(commands: Commands) -> None:
    commands.done("add", "--title", "Zeppelins over the weather", "--abstract", "Zeppelins fly in any weather.")
    commands.done("add", "--title", "A history of zeppelins", "--abstract", "Zeppelins flew.")
    commands.done("star", 6)
    commands.done("move", 2, "--to", "archived")
    found = commands.data("suggest")
    assert found["basis"] == "history"
    assert found["note"] == "Learnt from what you liked (1) and what you archived unread (1)."
    first = found["papers"][0]
    assert set(first) >= PAPER | {"score", "reasons", "why", "close_to"}
    assert first["id"] == 7
    assert first["close_to"] == [6]
    assert "zeppelins" in first["reasons"][0].lower()
    assert all(-1 <= paper["score"] <= 1 for paper in found["papers"])
    shown = commands.done("suggest", "--limit", 1)
    assert "A history of zeppelins" in shown
    assert "close to “Zeppelins over the weather”, which you starred" in " ".join(shown.split())
    assert [paper["id"] for paper in commands.data("suggest", "--query", "is:starred")["papers"]] == [6]


def test_next_says_what_to_read_and_why(commands: Commands) -> None:
    commands.done("move", 3, "--to", "next")
    assert commands.data("next")["from"] == "next"
    shown = commands.done("next")
    assert "number 3" in shown
    assert "It is the first in Up next." in shown


def test_nothing_to_read_is_no_error(empty: Commands) -> None:
    assert empty.data("next") == {"paper": None, "from": None, "why": None}
    assert empty.done("next").strip() == "Nothing waits to be read."
    assert empty.done("suggest").strip() == "Nothing waits in the Inbox."


def test_answers_are_edits(commands: Commands) -> None:
    assert commands.data("like", 1, 2)["label"] == "More like this"
    assert [paper["taste"] for paper in commands.data("show", 1, 2, 3)] == ["more", "more", None]
    commands.done("like", 1, "--less")
    commands.done("like", 2, "--clear")
    assert [paper["taste"] for paper in commands.data("show", 1, 2)] == ["less", None]
    commands.done("undo")
    assert [paper["taste"] for paper in commands.data("show", 1, 2)] == ["less", "more"]
    assert commands.run("like", 1, "--less", "--clear").exit_code == 2
    assert commands.run("like", 99).exit_code == 1
