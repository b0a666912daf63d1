"""Searches over a small library; the index and the plain meaning must agree at any moment."""

from __future__ import annotations

import pytest

from readinglist.errors import QueryError
from readinglist.library import Library, ranking
from readinglist.paper import Paper
from readinglist.paths import index_folder


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", [1, 2, 3]),
        ("positional bias", [2]),
        ("bias OR rain", [1, 2]),
        ("-cats", [1, 3]),
        ('"logit lens"', [2]),
        ('"lens logit"', []),
        ("cafe", [2]),
        ("title:sparse", [3]),
        ("abstract:rain", [1]),
        ("box*", [2]),
        ("(weather OR cats) -rain", [2]),
        ("has:code", [2]),
        ("is:inbox", [1, 2, 3]),
        ("is:read", []),
        ("added:today", [1, 2, 3]),
        ("id:1,3", [1, 3]),
        ("source:page", [1, 2, 3]),
        ("sort:-title", [1, 3, 2]),
        ("weather sort:id", [1]),
    ],
)
@pytest.mark.parametrize("indexed", [True, False])
def test_a_query_finds(library: Library, query: str, ids: list[int], indexed: bool) -> None:
    if indexed:
        library.wait_for_index()
        assert library.pending() == 0
    hits = library.search(query)
    assert (sorted(hits.ids) if "sort:" not in query else hits.ids) == ids
    assert hits.total == len(ids)


def test_an_edit_is_found_before_and_after_the_index_takes_it_in(library: Library) -> None:
    library.wait_for_index()
    library.write_note(1, "Ask about zeppelins.")
    library.correct([2], title="Dogs, corrected")
    for _ in range(2):
        assert library.search("zeppelins").ids == [1]
        assert library.search("title:dogs").ids == [2]
        assert library.search("title:cats").ids == []
        library.wait_for_index()


def test_starring_a_paper_is_no_work_for_the_index(library: Library) -> None:
    library.wait_for_index()
    library.star([1])
    library.tag([1], add=["x"])
    library.move([1], "read")
    assert library.pending() == 0


def test_pages_of_a_search_follow_one_another(library: Library) -> None:
    library.wait_for_index()
    whole = library.search("we")
    assert whole.total == 3
    assert library.search("we", limit=2).ids == whole.ids[:2]
    assert library.search("we", limit=2, offset=2).ids == whole.ids[2:]
    assert library.search("", limit=1, offset=1).ids == [2]
    assert library.search("", limit=1, offset=1).total == 3


def test_words_that_nothing_has_together_are_found_apart(library: Library) -> None:
    library.wait_for_index()
    hits = library.search("weather cats")
    assert hits.relaxed
    assert sorted(hits.ids) == [1, 2]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("weathr zeppelins", [1]),
        ("postioanl zeppelins", [2]),
        ("weather cast", [1, 2]),
        ("(wether zeppelins) has:code", []),
        ("sprase-noting boxes", [2, 3]),
        ("xyzzy zeppelins", []),
    ],
)
@pytest.mark.parametrize("indexed", [True, False])
def test_words_that_no_paper_has_may_have_typing_errors(
    library: Library, query: str, ids: list[int], indexed: bool
) -> None:
    library.wait_for_index()
    if not indexed:
        library.correct([1, 2, 3], venue="Invented")
        assert library.pending() == 3
    hits = library.search(query)
    assert (sorted(hits.ids), hits.relaxed) == (ids, bool(ids))


def test_a_word_that_some_paper_has_is_taken_as_it_is(library: Library) -> None:
    library.add(Paper(title="Casts"))
    library.wait_for_index()
    assert sorted(library.search("weather casts").ids) == [1, 4]


def test_what_the_first_papers_of_a_question_share_ranks_the_others(empty: Library) -> None:
    question = "what brews the best tea at noon"
    for number in range(60):
        shared = "samovar" if number < 10 else "kettle"
        empty.add(Paper(title=f"Tea at noon brews {number}", abstract=f"What brews the best tea: {shared}"))
    with_samovar = empty.add(Paper(title="A word on tea", abstract="Tea in a samovar")).ids[0]
    without = empty.add(Paper(title="A word on tea", abstract="Tea in a teapot")).ids[0]
    empty.wait_for_index()
    short = empty.search("tea word", limit=2).ids
    hits = empty.search(" OR ".join(question.split()))
    assert sorted(short) == [with_samovar, without]
    assert hits.ids.index(with_samovar) < hits.ids.index(without)
    assert hits.total == 62


def test_typing_finds_words_by_their_beginning(library: Library) -> None:
    library.wait_for_index()
    for end in range(2, len("positional bias")):
        assert 2 in library.search("positional bias"[:end], typing=True).ids


def test_a_snippet_shows_the_match(library: Library) -> None:
    library.wait_for_index()
    hits = library.search("boxes")
    snippet = library.snippet(hits, library.paper(2))
    assert snippet is not None
    assert snippet.field == "abstract"
    assert [snippet.text[a:z] for a, z in snippet.marks] == ["boxes"]


def test_a_misplaced_query_tells_its_place(library: Library) -> None:
    with pytest.raises(QueryError) as caught:
        library.search("cats tga:x")
    assert (caught.value.start, caught.value.end) == (5, 9)
    assert caught.value.suggestion == "tag:"


def test_counts_follow_edits(library: Library) -> None:
    library.star([1])
    library.tag([1, 2], add=["a", "b"])
    library.write_note(3, "n")
    library.remove([2])
    library.move([1], "next")
    counts = library.counts()
    assert (counts.inbox, counts.next, counts.starred, counts.trash) == (1, 1, 1, 1)
    assert (counts.with_notes, counts.total) == (1, 2)
    assert counts.added_this_week == 2
    assert {name: tag.count for name, tag in counts.tags.items()} == {"a": 1, "b": 1}


def test_papers_in_the_trash_are_found_there_only(library: Library) -> None:
    library.remove([2])
    library.wait_for_index()
    assert library.search("cats").total == 0
    assert library.search("cats is:trash").ids == [2]


def test_an_index_that_disappears_is_built_again(library: Library) -> None:
    library.wait_for_index()
    library.rebuild_index()
    assert library.search("cats").ids == [2]
    assert all(finding.ok for finding in library.doctor())


def test_the_first_search_after_the_index_was_damaged_misses_nothing(library: Library, reopened: Library) -> None:
    library.wait_for_index()
    found = library.search("we").ids
    for file in index_folder(library.library_id, library.folder).iterdir():
        file.write_bytes(b"")
    assert sorted(library.search("we").ids) == sorted(found)  # noticed while the index is open
    library.wait_for_index()
    for file in index_folder(library.library_id, library.folder).iterdir():
        file.write_bytes(b"")
    assert sorted(reopened.search("we").ids) == sorted(found)  # noticed on opening


def test_many_values_sort_with_unknown_ones_last(library: Library) -> None:
    library.add(Paper(title="Dated", year=1999))
    library.correct([2], year=2005)
    assert library.search("sort:year").ids[:2] == [2, 4]
    assert library.search("sort:-year").ids[:2] == [4, 2]
    assert library.search("", sort="title").ids[0] == 4


@pytest.mark.parametrize("few", [0, 2_000])
def test_papers_found_by_words_come_in_the_order_asked_for(
    library: Library, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(ranking, "_FEW", few)
    for number, year in ((1, 2003), (2, 2001)):
        library.correct([number], year=year)
    library.wait_for_index()
    assert library.search("we sort:year").ids == [1, 2, 3]
    assert library.search("we sort:-year", limit=2).ids == [2, 1]
    library.correct([3], year=2005)
    assert library.search("we sort:year").ids == [3, 1, 2]
    hits = library.search("we sort:year")
    assert hits.scores is not None
    assert dict(zip(hits.ids, hits.scores, strict=True)) == pytest.approx(
        dict(zip((best := library.search("we")).ids, best.scores or (), strict=True))
    )


def test_an_export_takes_what_was_asked_for_and_nothing_like_it(library: Library) -> None:
    assert library.search("weather cats").relaxed
    assert "".join(library.export("weather cats", "jsonl")) == ""


def test_text_that_is_no_text_is_searched_and_not_found(library: Library) -> None:
    assert library.search("cats \ud800").ids == [2]
    assert library.search("tag:\ud800").total == 0


def test_warming_up_opens_the_index_and_changes_nothing(library: Library) -> None:
    library.wait_for_index()
    library.close()
    with Library.open(library.folder) as again:
        assert again._index is None
        again.warm_up()
        assert again._index is not None
        assert again.search("positional bias").ids == [2]
