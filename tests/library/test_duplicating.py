"""Duplicates in a real library: found, merged, taken back, met again by an import, told to be two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from readinglist.duplicates import Group
from readinglist.errors import ReadingListError
from readinglist.formats.source import Source
from readinglist.library import Library
from readinglist.merging import Rule
from readinglist.paper import Author, Paper

ADA = (Author("Ada Example"),)


@pytest.fixture
def doubled(empty: Library) -> Library:
    """1 and 3 are one by their title, 2 and 4 perhaps; 5 is alone."""
    for paper in (
        Paper("Reading lists and rain", authors=ADA, year=2020, abstract="Rain makes lists longer."),
        Paper("Maps of images for robots", authors=ADA, year=2021),
        Paper("Reading Lists and Rain", authors=ADA, year=2021, venue="Journal of Rain", doi="10.1000/rain"),
        Paper("Maps of images for robots: an extended view", authors=ADA, year=2022),
        Paper("Cats", authors=ADA),
    ):
        empty.add(paper)
    return empty


def test_duplicates_are_found_in_groups(doubled: Library) -> None:
    assert doubled.duplicates() == [Group((1, 3), "title", True), Group((2, 4), "similar", False)]
    assert doubled.duplicates(similar=False) == [Group((1, 3), "title", True)]


def test_papers_in_the_trash_are_no_duplicates(doubled: Library) -> None:
    doubled.remove([3, 4])
    assert doubled.duplicates() == []


def test_a_merge_is_one_edit_that_can_be_taken_back(doubled: Library) -> None:
    doubled.star([3])
    doubled.write_note(3, "From the third.")
    before = doubled.papers([1, 3])
    edited = doubled.merge([1, 3])
    kept = doubled.paper(1)
    assert (kept.doi, kept.venue, kept.starred, kept.note) == (
        "10.1000/rain",
        "Journal of Rain",
        True,
        "From the third.",
    )
    assert kept.corrected == frozenset()
    assert doubled.paper(3).trashed
    assert edited.ids == [1, 3]
    assert doubled.search("third").ids == [1]
    undone = doubled.undo()
    assert undone.conflicts == []
    assert [replace(p, changed="") for p in doubled.papers([1, 3])] == [replace(p, changed="") for p in before]


def test_what_is_imported_for_a_merged_paper_goes_to_the_one_kept(doubled: Library) -> None:
    doubled.merge([2, 4])
    record = (
        b'[{"title": "Maps of images for robots: an extended view", "authors": ["Ada Example"], "doi": "10.1000/maps"}]'
    )
    report = doubled.import_([Source("again.json", data=record)])
    assert (report.added, report.updated, report.problems) == (0, 1, [])
    assert (doubled.paper(2).doi, doubled.paper(4).doi) == ("10.1000/maps", None)


def test_a_merge_of_a_merge_is_followed_to_the_end(doubled: Library) -> None:
    doubled.merge([2, 4], keep=4)
    doubled.merge([4, 5], keep=5)
    record = b'[{"title": "Maps of images for robots", "authors": ["Ada Example"], "doi": "10.1000/maps"}]'
    doubled.import_([Source("again.json", data=record)])
    assert doubled.paper(5).doi == "10.1000/maps"


def test_a_restored_paper_stands_for_itself_again(doubled: Library) -> None:
    doubled.merge([2, 4])
    doubled.restore([4])
    record = (
        b'[{"title": "Maps of images for robots: an extended view", "authors": ["Ada Example"], "doi": "10.1000/maps"}]'
    )
    doubled.import_([Source("again.json", data=record)])
    assert doubled.paper(4).doi == "10.1000/maps"


def test_a_preview_changes_nothing_and_says_what_a_merge_does(doubled: Library) -> None:
    preview = doubled.preview_merge([1, 3], rule=Rule.NEWEST)
    assert (preview.kept.id, [paper.id for paper in preview.others]) == (3, [1])
    assert preview.result.abstract == "Rain makes lists longer."
    assert not any(paper.trashed for paper in doubled.papers([1, 3]))


def test_all_that_is_certain_is_merged_by_rule_in_one_edit(doubled: Library) -> None:
    edited = doubled.merge_duplicates(Rule.FULLEST)
    assert (doubled.paper(3).abstract, bool(doubled.paper(1).trashed)) == ("Rain makes lists longer.", True)
    assert not doubled.paper(4).trashed
    assert doubled.undo(edited.entry).conflicts == []
    assert doubled.duplicates(similar=False) == [Group((1, 3), "title", True)]


def test_papers_told_to_be_two_are_not_listed_again(doubled: Library) -> None:
    doubled.keep_apart([4, 2])
    assert [group.ids for group in doubled.duplicates()] == [(1, 3)]
    assert doubled.keep_apart([2, 4]).entry is None
    doubled.undo()
    assert [group.ids for group in doubled.duplicates()] == [(1, 3), (2, 4)]


def test_merging_needs_two_papers_outside_the_trash(doubled: Library) -> None:
    with pytest.raises(ReadingListError, match="two papers"):
        doubled.merge([1, 1])
    with pytest.raises(ReadingListError, match="not among"):
        doubled.merge([1, 3], keep=5)
    doubled.remove([3])
    with pytest.raises(ReadingListError, match="trash"):
        doubled.merge([1, 3])


def test_groups_are_merged_as_one_entry(doubled: Library) -> None:
    edited = doubled.merge_each([(1, 3), (2, 4)], Rule.NEWEST)
    assert sorted(paper.id for paper in doubled.papers([1, 2, 3, 4]) if paper.trashed) == [1, 2]
    assert edited.entry is not None
    doubled.undo()
    assert not any(paper.trashed for paper in doubled.papers([1, 2, 3, 4]))


def test_what_went_to_the_trash_since_is_left_out_of_the_groups(doubled: Library) -> None:
    doubled.remove([3])
    doubled.merge_each([(1, 3), (2, 4)], Rule.OLDEST)
    assert [paper.id for paper in doubled.papers([1, 2, 3, 4]) if paper.trashed] == [3, 4]
    assert doubled.paper(1).doi is None
