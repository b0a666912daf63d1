"""`tag`, `star`, `unstar`, `move`, `remove`, `restore`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from readinglist.cli.dates import today

if TYPE_CHECKING:
    from tests.cli.conftest import Commands


def queue(commands: Commands) -> list[int]:
    return list(commands.found("is:next", "sort:position"))


def test_an_edit_tells_what_it_did(commands: Commands) -> None:
    edited = commands.data("star", 3, 1)
    assert set(edited) == {"label", "edited", "ids", "entry"}
    assert (edited["edited"], edited["ids"]) == (2, [3, 1])
    assert isinstance(edited["entry"], int)
    assert commands.data("star", 3) | {"label": ""} == {"label": "", "edited": 0, "ids": [], "entry": None}
    assert "nothing to change" in commands.done("star", 3)
    assert "1 paper (3)" in commands.done("unstar", 3)
    assert commands.found("is:starred") == [1]


def test_papers_are_named_by_numbers_or_by_a_query_and_never_by_both(commands: Commands) -> None:
    for call in (["star"], ["star", "1", "--query", "mood"], ["star", "--query", " "], ["star", "0"], ["star", "x"]):
        assert commands.run(*call).exit_code == 2
    assert commands.data("star", "--query", "mood OR weather")["edited"] == 2
    assert commands.data("unstar", "--query", "-mood")["ids"] == [1]


def test_a_query_means_the_papers_for_which_it_holds(commands: Commands) -> None:
    assert commands.data("search", "mood zeppelin")["total"] == 1
    assert commands.data("remove", "--query", "mood zeppelin")["edited"] == 0
    assert commands.run("remove", "--query", "tga:x").exit_code == 2


def test_one_number_that_is_not_there_changes_nothing(commands: Commands) -> None:
    assert commands.run("star", 1, 99999).exit_code == 1
    assert commands.found("is:starred") == []


def test_tags_are_added_and_removed(commands: Commands) -> None:
    commands.done("tag", 1, 2, "--add", "nlp/parsing", "--add", "new, and good")
    commands.done("tag", 2, "--remove", "NLP/Parsing")
    assert commands.found("tag:nlp") == [1]
    assert commands.data("show", 2)[0]["tags"] == ["new, and good"]
    assert commands.run("tag", 1).exit_code == 2
    assert commands.run("tag", 1, "--add", "none").exit_code == 1


def test_the_queue_has_the_order_it_is_given(commands: Commands) -> None:
    commands.done("move", 3, 1, "--to", "next")
    commands.done("move", 5, "--to", "next", "--top")
    commands.done("move", 4, "--to", "next", "--before", 1)
    commands.done("move", 2, "--to", "next", "--bottom")
    assert queue(commands) == [5, 3, 4, 1, 2]
    assert [p["position"] for p in commands.data("show", 5, 2)] == [1, 5]
    commands.done("move", 3, "--to", "read")
    assert queue(commands) == [5, 4, 1, 2]
    assert commands.run("move", 3, "--to", "next", "--before", 99).exit_code == 1


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--to", "limbo"],
        ["--to", "next", "--top", "--bottom"],
        ["--to", "next", "--top", "--before", "2"],
        ["--to", "read", "--top"],
        ["--to", "read", "--until", "tomorrow"],
        ["--to", "later", "--until", "soon"],
        ["--to", "later", "--until", "2001-01-01"],
    ],
)
def test_a_move_that_makes_no_sense_is_a_wrong_call(commands: Commands, options: list[str]) -> None:
    assert commands.run("move", 1, *options).exit_code == 2
    assert commands.data("show", 1)[0]["status"] == "inbox"


def test_a_later_paper_comes_back_on_its_day(commands: Commands) -> None:
    commands.done("move", 1, "--to", "later", "--until", "tomorrow")
    commands.done("move", 2, "--to", "later", "--until", "today")
    assert commands.data("show", 1)[0]["until"] == (today() + timedelta(days=1)).isoformat()
    assert 1 not in commands.found("is:inbox")
    assert 2 in commands.found("is:inbox")
    assert "came back" in commands.done("show", 2)


def test_removed_papers_come_back_whole(commands: Commands) -> None:
    commands.done("tag", 3, "--add", "kept")
    commands.done("remove", 3)
    assert commands.found("tag:kept") == []
    commands.done("restore", 3)
    assert commands.found("tag:kept") == [3]


def test_a_query_to_restore_looks_in_the_trash_only(commands: Commands) -> None:
    commands.done("remove", 1, 3)
    assert commands.data("restore", "--query", "mood OR length OR weather -title:1")["ids"] == [3]
    assert [paper["id"] for paper in commands.data("trash")] == [1]
    result = commands.run("restore", "--query", '"mood')
    assert result.exit_code == 2
    assert result.stderr.splitlines()[0] == '  "mood'
