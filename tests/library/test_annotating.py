"""Notes, highlights, tags as a whole, saved searches."""

from __future__ import annotations

import pytest

from readinglist.errors import QueryError, ReadingListError
from readinglist.library import Library
from readinglist.paper import Paper


def test_a_highlight_stands_where_its_quote_does(library: Library) -> None:
    library.highlight(2, "first of several boxes", comment="key", colour="green")
    paper = library.paper(2)
    (highlight,) = paper.highlights
    assert paper.abstract is not None
    assert paper.abstract[highlight.start : highlight.end] == "first of several boxes"
    assert (highlight.comment, highlight.colour) == ("key", "green")
    assert library.search("highlight:boxes").ids == [2]


def test_a_quote_that_stands_twice_needs_its_start(library: Library) -> None:
    added = library.add(Paper(title="Twice", abstract="one two one")).ids[0]
    with pytest.raises(ReadingListError):
        library.highlight(added, "one")
    library.highlight(added, "one", start=8)
    assert library.paper(added).highlights[0].start == 8


def test_highlights_follow_a_corrected_abstract(library: Library) -> None:
    library.highlight(2, "first of several boxes")
    library.correct([2], abstract="Here is more. Cats prefer the first of several boxes.")
    (highlight,) = library.paper(2).highlights
    assert (highlight.start, highlight.end) == (30, 52)


def test_a_highlight_is_changed_and_removed_by_the_beginning_of_its_id(library: Library) -> None:
    library.highlight(2, "several")
    (highlight,) = library.paper(2).highlights
    library.change_highlight(highlight.id, comment="why?", colour="pink")
    assert (library.paper(2).highlights[0].comment, library.paper(2).highlights[0].colour) == ("why?", "pink")
    library.remove_highlight(highlight.id[:8])
    assert library.paper(2).highlights == ()


@pytest.mark.parametrize("hid", ["", "abc", "%%%%", "00000000"])
def test_a_highlight_that_is_not_there_is_said_so(library: Library, hid: str) -> None:
    with pytest.raises(ReadingListError):
        library.remove_highlight(hid)


def test_renaming_a_tag_takes_the_tags_under_it_along(library: Library) -> None:
    library.tag([1], add=["nlp", "nlp/parsing"])
    library.tag([2], add=["nlpx"])
    library.rename_tag("NLP", "language")
    assert library.paper(1).tags == {"language", "language/parsing"}
    assert library.paper(2).tags == {"nlpx"}


def test_renaming_only_the_case_of_a_tag_is_possible(library: Library) -> None:
    library.tag([1, 2], add=["nlp"])
    library.rename_tag("nlp", "NLP")
    assert library.paper(1).tags == library.paper(2).tags == {"NLP"}
    library.undo()
    assert library.paper(1).tags == {"nlp"}


def test_merging_tags_leaves_one(library: Library) -> None:
    library.tag([1], add=["cat"])
    library.tag([1, 2], add=["cats"])
    assert library.merge_tags(["cat"], "cats").edited == 1
    assert [(t.name, t.count) for t in library.tags()] == [("cats", 2)]


def test_a_tag_cannot_move_under_itself(library: Library) -> None:
    library.tag([1], add=["a"])
    with pytest.raises(ReadingListError):
        library.rename_tag("a", "a/b")


def test_unknown_tags_and_colours_are_refused(library: Library) -> None:
    for call in (
        lambda: library.rename_tag("no", "other"),
        lambda: library.delete_tag("no"),
        lambda: library.colour_tag("no", "#123456"),
        lambda: library.highlight(2, "several", colour="mauve"),
    ):
        with pytest.raises(ReadingListError):
            call()


def test_a_saved_search_is_used_by_name(library: Library) -> None:
    library.save_search("On cats", "title:cats OR weather")
    assert sorted(library.search('search:"on cats"').ids) == [1, 2]
    library.delete_search("ON CATS")
    assert library.searches() == []


def test_a_wrong_query_is_not_saved(library: Library) -> None:
    with pytest.raises(QueryError):
        library.save_search("Bad", 'tga:x "')
    assert library.searches() == []


def test_a_note_of_white_space_is_no_note(library: Library) -> None:
    library.write_note(1, "Something")
    library.write_note(1, " \n ")
    assert library.paper(1).note is None


def test_words_of_a_highlight_choose_among_highlights(library: Library) -> None:
    library.highlight(2, "several boxes")
    library.highlight(2, "forty cats", comment="how many?")
    assert [h.quote for _, h in library.highlights("highlight:many")] == ["forty cats"]
    assert len(library.highlights("cats")) == 2
    assert library.highlights("weather cats") == []


def test_a_saved_search_is_renamed_where_others_name_it_too(library: Library) -> None:
    library.save_search("cats", "title:cats")
    library.save_search("both", "search:Cats OR -search:cats year:2024")
    library.rename_search("cats", "small cats")
    assert {s.name: s.query for s in library.searches()} == {
        "small cats": "title:cats",
        "both": 'search:"small cats" OR -search:"small cats" year:2024',
    }
    assert library.search("search:both").ids == library.search("title:cats OR (-title:cats year:2024)").ids
    library.undo()
    assert {s.name: s.query for s in library.searches()} == {
        "cats": "title:cats",
        "both": "search:Cats OR -search:cats year:2024",
    }
    library.redo()
    assert "small cats" in {s.name for s in library.searches()}


def test_the_case_of_a_saved_search_can_be_changed_and_undone(library: Library) -> None:
    library.save_search("cats", "title:cats")
    library.rename_search("cats", "Cats")
    assert [s.name for s in library.searches()] == ["Cats"]
    library.undo()
    assert [s.name for s in library.searches()] == ["cats"]


@pytest.mark.parametrize(("old", "new"), [("dogs", "x"), ("cats", "Birds"), ("cats", "  ")])
def test_a_rename_that_cannot_be_is_refused(library: Library, old: str, new: str) -> None:
    library.save_search("cats", "title:cats")
    library.save_search("birds", "title:birds")
    with pytest.raises(ReadingListError):
        library.rename_search(old, new)
    assert [s.name for s in library.searches()] == ["birds", "cats"]
