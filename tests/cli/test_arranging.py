"""`tags` and `searches`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Commands


@pytest.fixture
def tagged(commands: Commands) -> Commands:
    commands.done("tag", 1, 2, "--add", "nlp")
    commands.done("tag", 3, "--add", "nlp/parsing")
    commands.done("tag", 4, "--add", "Language")
    return commands


def counts(commands: Commands) -> dict[str, int]:
    return {tag["name"]: tag["count"] for tag in commands.data("tags")}


def test_tags_are_listed_with_their_counts(tagged: Commands) -> None:
    assert counts(tagged) == {"Language": 1, "nlp": 2, "nlp/parsing": 1}
    assert all(set(tag) == {"name", "colour", "count"} for tag in tagged.data("tags"))
    assert "nlp/parsing  1" in tagged.done("tags")


def test_no_tags_are_said_to_be_none(empty: Commands) -> None:
    assert empty.done("tags").strip() == "There are no tags yet."
    assert empty.data("tags") == []


def test_a_tag_is_renamed_with_what_lies_under_it(tagged: Commands) -> None:
    assert tagged.data("tags", "rename", "nlp", "text")["edited"] == 3
    assert counts(tagged) == {"Language": 1, "text": 2, "text/parsing": 1}
    assert tagged.run("tags", "rename", "nlp", "x").exit_code == 1


def test_tags_are_merged_into_the_last(tagged: Commands) -> None:
    tagged.done("tags", "merge", "nlp/parsing", "nlp", "language")
    assert counts(tagged) == {"Language": 4}
    assert tagged.run("tags", "merge", "language").exit_code == 2


def test_a_tag_is_deleted(tagged: Commands) -> None:
    tagged.done("tags", "delete", "nlp")
    assert counts(tagged) == {"Language": 1}


def test_a_tag_gets_a_colour_by_name_or_by_number(tagged: Commands) -> None:
    tagged.done("tags", "colour", "nlp", "green")
    assert next(tag["colour"] for tag in tagged.data("tags") if tag["name"] == "nlp") == "#2F7D5B"
    tagged.done("tags", "colour", "nlp", "#abcdef")
    assert next(tag["colour"] for tag in tagged.data("tags") if tag["name"] == "nlp") == "#ABCDEF"
    assert tagged.run("tags", "colour", "nlp", "mauve").exit_code == 2
    assert tagged.run("tags", "colour", "absent", "green").exit_code == 1


def test_a_search_is_saved_used_and_deleted(commands: Commands) -> None:
    assert commands.done("searches").strip() == "There are no saved searches yet."
    commands.done("star", 3)
    commands.done("searches", "save", "plain", "study", "-is:starred")
    assert commands.data("searches") == [{"name": "plain", "query": "study -is:starred"}]
    assert len(commands.found("search:plain")) == 4
    assert "study -is:starred" in commands.done("searches")
    commands.done("searches", "rename", "plain", "quite plain")
    assert commands.data("searches") == [{"name": "quite plain", "query": "study -is:starred"}]
    assert commands.run("searches", "rename", "gone", "x").exit_code == 1
    commands.done("searches", "rename", "quite plain", "plain")
    commands.done("searches", "delete", "plain")
    assert commands.data("searches") == []
    assert commands.run("searches", "delete", "plain").exit_code == 1


def test_a_wrong_query_is_not_saved(commands: Commands) -> None:
    assert commands.run("searches", "save", "wrong", "tga:x").exit_code == 2
    assert commands.data("searches") == []
