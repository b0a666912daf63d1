"""`duplicates` and `merge` as a reader calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Commands


@pytest.fixture
def doubled(empty: Commands) -> Commands:
    """1 and 2 are certainly one, 3 and 4 perhaps."""
    empty.done("add", "--title", "Rain and lists", "--author", "Ada Example", "--abstract", "It rains.")
    empty.done("add", "--title", "Rain and Lists", "--author", "A Example", "--doi", "10.1000/rain")
    empty.done("add", "--title", "Maps of images for robots", "--author", "Ada Example")
    empty.done("add", "--title", "Maps of images for robots: a view", "--author", "Ada Example")
    return empty


def test_duplicates_are_listed_with_the_reason(doubled: Commands) -> None:
    found = doubled.data("duplicates")
    assert [(g["why"], g["certain"], [p["id"] for p in g["papers"]]) for g in found] == [
        ("title", True, [1, 2]),
        ("similar", False, [3, 4]),
    ]
    text = doubled.done("duplicates")
    assert "The same title:" in text
    assert "2 groups, 1 of them certain." in text


def test_a_library_without_duplicates_says_so(commands: Commands) -> None:
    assert commands.done("duplicates").strip() == "No paper is in the library twice."
    assert commands.data("duplicates") == []


def test_merge_keeps_the_oldest_unless_told(doubled: Commands) -> None:
    assert doubled.data("merge", 1, 2)["ids"] == [1, 2]
    assert doubled.data("show", 1)[0]["doi"] == "10.1000/rain"
    assert [paper["id"] for paper in doubled.data("trash")] == [2]
    doubled.done("undo")
    doubled.done("merge", 1, 2, "--keep", 2)
    assert [paper["id"] for paper in doubled.data("trash")] == [1]


def test_a_dry_run_tells_and_changes_nothing(doubled: Commands) -> None:
    text = doubled.done("merge", 1, 2, "--dry-run")
    assert "doi: nothing -> 10.1000/rain" in text
    assert text.rstrip().endswith("Nothing was changed.")
    assert doubled.data("merge", 2, 1, "--dry-run")[0]["merged"] == [2]
    assert [m["kept"] for m in doubled.data("duplicates", "--merge", "fullest", "--dry-run")] == [1]
    assert doubled.data("trash") == []


def test_all_certain_ones_are_merged_by_rule(doubled: Commands) -> None:
    edited = doubled.data("duplicates", "--merge", "oldest")
    assert (edited["label"], edited["ids"]) == ("Merge duplicates", [1, 2])
    assert doubled.data("duplicates", "--merge", "oldest")["entry"] is None


def test_a_pair_can_be_told_to_be_two(doubled: Commands) -> None:
    doubled.done("duplicates", "--apart", 4, 3)
    assert [g["why"] for g in doubled.data("duplicates")] == ["title"]


def test_wrong_calls_are_told_of_plainly(doubled: Commands) -> None:
    assert doubled.run("merge", 1).exit_code == 1
    assert doubled.run("merge", 1, 99).exit_code == 1
    assert doubled.run("duplicates", "--dry-run").exit_code == 2
    assert doubled.run("duplicates", "--merge", "youngest").exit_code == 2
