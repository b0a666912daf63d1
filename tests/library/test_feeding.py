"""Subscriptions: added, removed, renamed, taken from lists and given out; each undone like any edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from readinglist.errors import LibraryReadOnly, ReadingListError
from readinglist.formats.source import Source
from readinglist.library import Library

OPML = b"""<opml version="2.0"><body><outline text="On lists" xmlUrl="https://example.org/a.xml"/>
<outline text="arXiv" xmlUrl="https://rss.arxiv.org/rss/cs.CL"/><outline text="x" xmlUrl="file:///etc/passwd"/>
</body></opml>"""


def names(library: Library) -> list[tuple[int, str]]:
    return [(feed.number, feed.name) for feed in library.feeds()]


def test_a_feed_is_added_and_nothing_is_fetched(empty: Library) -> None:
    edited, feed = empty.add_feed("arxiv:cs.CL")
    assert (edited.label, edited.edited, feed.number) == ("Add feed arXiv cs.CL", 0, 1)
    assert empty.feeds() == [feed]
    assert feed.state.checked is None
    assert empty.feed_notices(feed) == []


def test_a_feed_that_is_here_is_refused(empty: Library) -> None:
    empty.add_feed("https://example.org/feed")
    with pytest.raises(ReadingListError, match="feed 1"):
        empty.add_feed("HTTPS://EXAMPLE.ORG/feed#top")


def test_a_folder_is_no_feed(empty: Library, tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    with pytest.raises(ReadingListError, match="not a file"):
        empty.add_feed("lists", folder=tmp_path)


def test_adding_and_removing_are_undone_and_numbers_stay(empty: Library) -> None:
    empty.add_feed("arxiv:cs.CL")
    empty.add_feed("huggingface", name="Daily")
    edited = empty.remove_feed(1)
    assert names(empty) == [(2, "Daily")]
    assert empty.undo(edited.entry).conflicts == []
    assert names(empty) == [(1, "arXiv cs.CL"), (2, "Daily")]
    empty.redo()
    empty.add_feed("arxiv:math")
    assert names(empty) == [(2, "Daily"), (3, "arXiv math")]
    empty.undo()
    assert names(empty) == [(2, "Daily")]


def test_removing_a_feed_that_was_never_there_says_so(empty: Library) -> None:
    with pytest.raises(ReadingListError, match="There is no feed 7"):
        empty.remove_feed(7)


def test_a_name_is_given_and_taken_back(empty: Library) -> None:
    empty.add_feed("arxiv:cs.CL")
    empty.rename_feed(1, " Language\u202e ")
    assert names(empty) == [(1, "Language")]
    assert empty.rename_feed(1, "Language").entry is None
    empty.undo()
    assert names(empty) == [(1, "arXiv cs.CL")]


def test_a_change_of_a_feed_since_is_left_alone_by_undo(empty: Library) -> None:
    edited, _ = empty.add_feed("arxiv:cs.CL")
    empty.rename_feed(1, "Language")
    (conflict,) = empty.undo(edited.entry).conflicts
    assert "has changed since" in conflict
    assert names(empty) == [(1, "Language")]


def test_a_list_is_taken_in_as_one_entry(empty: Library) -> None:
    empty.add_feed("https://example.org/a.xml")
    done = empty.import_feeds(Source("list.opml", data=OPML))
    assert ([feed.name for feed in done.feeds], done.here) == (["arXiv"], 1)
    assert [(problem.kind, problem.line) for problem in done.problems] == [("failed", 2)]
    again = empty.import_feeds(Source("list.opml", data=OPML))
    assert (again.feeds, again.here, again.edited.entry) == ([], 2, None)
    empty.undo(done.edited.entry)
    assert names(empty) == [(1, "example.org/a.xml")]


def test_what_is_given_out_is_taken_in_elsewhere(empty: Library, tmp_path: Path) -> None:
    empty.add_feed("https://me:pw@example.org/a.xml")
    empty.add_feed("arxiv:all:lists", name="Lists")
    with Library.open(tmp_path / "other") as other:
        other.import_feeds(Source("list.opml", data=empty.export_feeds().encode()))
        assert [feed.address for feed in other.feeds()] == [feed.address for feed in empty.feeds()]


def test_a_library_that_cannot_be_written_refuses(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.add_feed("arxiv:cs.CL")
    monkeypatch.setattr(library._store, "read_only", True)
    for act in (lambda: library.add_feed("huggingface"), lambda: library.remove_feed(1), library.refresh_feeds):
        with pytest.raises(LibraryReadOnly):
            act()
    assert len(library.feeds()) == 1
