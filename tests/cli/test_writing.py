"""`add`, `set`, `highlight`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Commands


ABSTRACT = "Bias at the start, bias at the end."


def test_a_paper_is_added_by_hand(empty: Commands) -> None:
    paper = empty.data(
        *("add", "--title", " On  lists ", "--author", "Ada Quill", "--author", "Ludwig van Hove", "--year", "2024"),
        *("--doi", "https://doi.org/10.1145/ABC.1", "--arxiv", "arXiv:2401.00001v2", "--url", "https://example.org/x"),
    )
    assert paper["title"] == "On lists"
    assert paper["authors"] == ["Ada Quill", "Ludwig van Hove"]
    assert (paper["year"], paper["doi"], paper["arxiv_id"]) == (2024, "10.1145/abc.1", "2401.00001")
    assert (paper["url"], paper["source"], paper["abstract"]) == ("https://example.org/x", "manual", None)
    assert empty.found("lists") == [paper["id"]]
    assert empty.done("add", "--title", "Second").strip() == "Added 2: Second"


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--title", " "],
        ["--title", "T", "--year", "soon"],
        ["--title", "T", "--year", "24"],
        ["--title", "T", "--doi", "x"],
        ["--title", "T", "--arxiv", "x"],
        ["--title", "T", "--url", "file:///tmp/x"],
    ],
)
def test_a_paper_that_cannot_be_is_a_wrong_call(empty: Commands, options: list[str]) -> None:
    assert empty.run("add", *options).exit_code == 2
    assert empty.data("search")["total"] == 0


def test_fields_are_corrected_and_taken_away(commands: Commands) -> None:
    commands.done("set", 3, "--year", "2024", "--venue", "Lists", "--author", "Ada Quill", "--doi", "10.0000/x.1")
    paper = commands.data("show", 3)[0]
    assert (paper["year"], paper["venue"], paper["authors"], paper["doi"]) == (
        2024,
        "Lists",
        ["Ada Quill"],
        "10.0000/x.1",
    )
    commands.done("set", 3, "--year", "", "--venue", "", "--author", "", "--doi", "")
    paper = commands.data("show", 3)[0]
    assert (paper["year"], paper["venue"], paper["authors"], paper["doi"]) == (None, None, [], None)


def test_a_correction_that_says_nothing_is_a_wrong_call(commands: Commands) -> None:
    assert commands.run("set", 3).exit_code == 2
    assert commands.run("set", 3, "--title", " ").exit_code == 2
    assert commands.run("set", 3, "--year", "MMXX").exit_code == 2
    assert commands.run("set", "--year", "2020").exit_code == 2


def test_a_passage_is_highlighted_and_the_mark_removed(commands: Commands) -> None:
    commands.done("highlight", 3, "--quote", "mood of the day", "--comment", "key", "--colour", "green")
    (mark,) = commands.data("show", 3)[0]["highlights"]
    abstract = commands.data("show", 3)[0]["abstract"]
    assert abstract[mark["start"] : mark["end"]] == "mood of the day"
    assert (mark["comment"], mark["colour"]) == ("key", "green")
    commands.done("highlight", "--remove", mark["id"][:8])
    assert commands.data("show", 3)[0]["highlights"] == []
    assert commands.run("highlight", "--remove", mark["id"]).exit_code == 1


def test_a_passage_that_stands_twice_needs_its_place(empty: Commands) -> None:
    empty.done("add", "--title", "Bias", "--abstract", ABSTRACT)
    assert empty.run("highlight", 1, "--quote", "at the").exit_code == 1
    empty.done("highlight", 1, "--quote", "at the", "--start", ABSTRACT.rindex("at the"))
    (mark,) = empty.data("show", 1)[0]["highlights"]
    assert mark["start"] == ABSTRACT.rindex("at the")


@pytest.mark.parametrize(
    "arguments", [[], ["3"], ["--quote", "x"], ["3", "--remove", "abcd"], ["3", "--quote", "mood", "--colour", "mauve"]]
)
def test_a_highlight_that_says_too_little_is_a_wrong_call(commands: Commands, arguments: list[str]) -> None:
    assert commands.run("highlight", *arguments).exit_code == 2


def test_a_passage_that_is_not_there_is_a_failure(commands: Commands) -> None:
    assert commands.run("highlight", 3, "--quote", "zeppelin").exit_code == 1
