"""What is new in a library, in groups, each paper once, with reasons."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from readinglist.formats.digest_formats import DIGEST_FORMATS
from readinglist.library import Digest, Library
from readinglist.paper import Paper

if TYPE_CHECKING:
    from tests.library.conftest import Clock


def names(digest: Digest) -> list[tuple[str, list[int]]]:
    return [(group.name, [int(entry.paper.id) for entry in group.papers]) for group in digest.groups]


def test_papers_stand_in_the_first_saved_search_that_finds_them_and_nowhere_else(library: Library) -> None:
    library.save_search("Cats", "cat")
    library.save_search("Lists", '"reading list" OR "positional bias"')
    digest = library.digest()
    assert names(digest) == [("Cats", [2]), ("Lists", [1]), ("", [3])]
    assert [group.kind for group in digest.groups] == ["search", "search", "rest"]
    assert (digest.by, digest.total, digest.since, digest.today) == ("search", 3, "2026-03-10", "2026-03-11")


def test_reasons_are_the_words_found_and_the_other_searches(library: Library) -> None:
    library.save_search("Cats", "cat")
    library.save_search("Lists", '"positional bias"')
    (entry,) = library.digest().groups[0].papers
    assert list(entry.reasons) == ["“Cats”", "also in “Lists”"]


def test_what_the_reader_will_like_comes_first_where_anything_is_known(library: Library, clock: Clock) -> None:
    library.save_search("Cats", "cat")
    library.star([2])
    library.move([2], "read")
    library.move([3], "archived")
    clock.pass_(days=3)
    library.add(Paper(title="Boxes that cats prefer", abstract="Forty cats choose boxes; their bias is positional."))
    library.add(Paper(title="Cats of Rome", abstract="Where they sleep."))
    library.add(Paper(title="Sparse notes again", abstract="A note is sparse when it says little."))
    library.wait_for_index()
    digest = library.digest()
    assert digest.by == "suggestion"
    assert digest.note
    first = digest.groups[0]
    assert (first.kind, first.papers[0].paper.id) == ("suggestion", 4)
    assert first.papers[0].reasons
    shown = [entry.paper.id for group in digest.groups for entry in group.papers]
    assert sorted(shown) == [4, 5, 6]
    assert "Suggested for you" in "".join(DIGEST_FORMATS["text"](digest))


def test_suggestions_to_a_new_reader_are_made_only_when_asked_for(library: Library) -> None:
    library.wait_for_index()
    assert library.digest().by == "tag"
    digest = library.digest(by="suggestion")
    assert [(group.kind, len(group.papers)) for group in digest.groups] == [("suggestion", 1), ("rest", 2)]
    assert digest.note is not None
    assert "Nothing is known" in digest.note


def test_the_query_of_a_group_finds_its_papers(library: Library) -> None:
    library.save_search("Cats", "cat OR notes")
    library.tag([1], add=["sea"])
    for by in ("search", "tag"):
        for group in library.digest(by=by).groups[:-1]:  # type: ignore[arg-type]
            assert set(library.search(group.query).ids) == {entry.paper.id for entry in group.papers}


def test_what_is_read_archived_or_older_is_not_new(library: Library, clock: Clock) -> None:
    library.move([1], "read")
    library.move([2], "archived")
    clock.pass_(days=2)
    assert library.digest().total == 0
    assert names(library.digest(date(2026, 3, 11))) == [("", [3])]


def test_by_tag_the_largest_comes_first_and_a_paper_stands_once(library: Library) -> None:
    library.tag([1, 2], add=["sea/tides"])
    library.tag([2, 3], add=["air"])
    library.tag([1], add=["air"])
    digest = library.digest(by="tag")
    assert names(digest) == [("air", [1, 2, 3])]
    assert list(digest.groups[0].papers[0].reasons) == ["also tagged “sea/tides”"]


def test_a_paper_without_a_tag_stands_with_those_it_is_like(library: Library, clock: Clock) -> None:
    library.tag([2], add=["cats"])
    library.move([1], "archived")
    library.wait_for_index()
    clock.pass_(days=3)
    library.add(Paper(title="Boxes that cats prefer", abstract="Forty cats choose boxes; their bias is positional."))
    library.add(Paper(title="Bread", abstract="Yeast makes it rise."))
    digest = library.digest(by="tag")
    assert names(digest) == [("cats", [4]), ("", [5])]
    assert list(digest.groups[0].papers[0].reasons) == ["like “Positional bias of cats”"]


def test_only_so_many_papers_are_told_of_those_with_most_upvotes(library: Library) -> None:
    library.correct([3], upvotes=9)
    digest = library.digest(limit=1)
    assert names(digest) == [("", [3])]
    assert (digest.total, digest.shown) == (3, 1)


def test_a_saved_search_that_cannot_be_read_is_left_out(library: Library) -> None:
    library.save_search("Cats", "cat")
    with library._store.writing() as connection:
        connection.execute("INSERT INTO search VALUES ('Broken', 'tga:')")
    assert [name for name, _ in names(library.digest())] == ["Cats", ""]


@pytest.mark.parametrize("by", ["suggestion", "search", "tag"])
def test_the_same_library_and_day_give_the_same_bytes(library: Library, reopened: Library, by: str) -> None:
    library.save_search("Cats", "cat OR list")
    library.tag([1, 2, 3], add=["a", "b", "c"])
    for write in DIGEST_FORMATS.values():
        first, second = ("".join(write(each.digest(by=by))) for each in (library, reopened))  # type: ignore[arg-type]
        assert first == second


def test_an_empty_library_has_an_empty_digest(empty: Library) -> None:
    assert empty.digest().groups == ()
