"""`undo`, `redo`, `history`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Commands


def test_the_newest_edit_is_undone_and_named(commands: Commands) -> None:
    commands.done("tag", 3, "--add", "kept")
    commands.done("star", 3)
    assert commands.done("undo").strip() == "Undone: Star (1 paper)."
    assert commands.found("is:starred") == []
    assert commands.found("tag:kept") == [3]
    assert commands.done("redo").strip() == "Done again: Star (1 paper)."
    assert commands.found("is:starred") == [3]


def test_an_import_can_be_undone(commands: Commands) -> None:
    undone = commands.data("undo")
    assert undone["edited"] == 5
    assert commands.data("search")["total"] == 0
    assert len(commands.data("trash")) == 5


def test_an_earlier_entry_is_undone_and_what_changed_since_is_left_alone_and_told(commands: Commands) -> None:
    entry = commands.data("set", 3, "--year", "2020", "--venue", "Lists")["entry"]
    commands.done("set", 3, "--year", "2021")
    result = commands.run("undo", "--entry", entry)
    assert result.exit_code == 0
    assert "Undone: " in result.stdout
    assert "year" in result.stderr
    paper = commands.data("show", 3)[0]
    assert (paper["year"], paper["venue"]) == (2021, None)


def test_nothing_to_take_back_is_a_failure(empty: Commands) -> None:
    for call in (["undo"], ["redo"], ["undo", "--entry", "77"]):
        result = empty.run(*call)
        assert result.exit_code == 1
        assert result.stderr.startswith("readinglist: ")


def test_history_tells_what_was_done_newest_first(commands: Commands) -> None:
    entry = commands.data("star", 3)["entry"]
    commands.done("undo")
    undo, star, *_ = commands.data("history")
    assert set(star) == {"entry", "at", "label", "kind", "edited", "undone"}
    assert (star["entry"], star["kind"], star["edited"], star["undone"]) == (entry, "edit", 1, True)
    assert undo["kind"] == "undo"
    assert len(commands.data("history", "--limit", 1)) == 1
    shown = commands.done("history").splitlines()
    assert "undone" in shown[1]
    assert shown[0].split()[0] == str(undo["entry"])


def test_an_empty_history_says_so(empty: Commands) -> None:
    assert empty.done("history").strip() == "Nothing has been done yet."
    assert empty.data("history") == []
