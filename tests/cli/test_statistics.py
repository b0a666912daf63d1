"""`stats` prints the figures of the library for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Commands

KEYS = {"today", "year", "first", "last", "totals", "weeks", "days", "queue", "months", "tags"}


def test_stats_as_json_has_every_figure(commands: Commands) -> None:
    commands.done("move", 1, 2, "--to", "read")
    commands.done("tag", 1, "--add", "sea/tides")
    stats = commands.data("stats")
    assert set(stats) == KEYS
    assert stats["totals"]["papers"] == 5
    assert stats["totals"]["read"] == stats["weeks"][-1]["read"] == stats["days"][-1]["read"] == 2
    assert stats["queue"]["papers"] == stats["queue"]["ages"][0]["papers"] == 3
    assert [(tag["tag"], tag["read"][-1]) for tag in stats["tags"]] == [("sea", 1)]


def test_stats_for_people_say_the_same(commands: Commands) -> None:
    commands.done("move", 1, "--to", "read")
    commands.done("tag", 1, "--add", "sea\u202e")
    text = commands.done("stats")
    assert "5 papers, 1 read, 4 in the queue." in text
    assert "5 added and 1 read in the last 53 weeks." in text
    assert "█" * 30 in text
    assert "under a week" in text
    assert "\u202e" not in text


def test_a_year_can_be_named(commands: Commands) -> None:
    assert "0 added and 0 read in 1999." in commands.done("stats", "--year", 1999)
    assert commands.run("stats", "--year", "x").exit_code == 2


def test_an_empty_library_is_no_error(empty: Commands) -> None:
    assert "The queue is empty." in empty.done("stats")
