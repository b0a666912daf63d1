"""`search`, `show`, `highlights`, `trash`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Commands


PAPER = {
    *("id", "uid", "title", "abstract", "authors", "year", "published", "listed", "venue", "doi", "arxiv_id", "url"),
    *("links", "keywords", "upvotes", "submitted_by", "status", "position", "until", "starred", "tags", "note"),
    *("highlights", "added", "changed", "finished", "source"),
}


def test_a_search_answers_with_papers_and_their_snippets(commands: Commands) -> None:
    answer = commands.data("search", "mood")
    assert set(answer) >= {"query", "total", "seconds", "did_you_mean", "relaxed", "pending", "papers"}
    assert (answer["query"], answer["total"], answer["relaxed"]) == ("mood", 1, False)
    (paper,) = answer["papers"]
    assert set(paper) >= PAPER | {"score", "snippet"}
    assert paper["score"] > 0
    snippet = paper["snippet"]
    assert [snippet["text"][start:end] for start, end in snippet["marks"]] == ["mood"]
    assert paper["doi"] is None
    assert paper["tags"] == []


def test_without_words_there_is_neither_score_nor_snippet(commands: Commands) -> None:
    papers = commands.data("search", "is:inbox")["papers"]
    assert len(papers) == 5
    assert all(paper["score"] is None and paper["snippet"] is None for paper in papers)


def test_the_page_of_a_search_is_chosen(commands: Commands) -> None:
    everything = commands.found("sort:id")
    assert commands.found("sort:id", "--limit", "2", "--offset", "1") == everything[1:3]
    assert commands.data("search", "--limit", "0")["total"] == 5


def test_a_search_may_be_sorted(commands: Commands) -> None:
    by_title = commands.found("--sort", "title")
    assert commands.found("--sort", "-title") == by_title[::-1]
    assert commands.run("search", "--sort", "colour").exit_code == 2


def test_numbers_alone_can_be_asked_for(commands: Commands) -> None:
    numbers = commands.found("study")
    assert commands.done("search", "study", "--ids").split() == [str(n) for n in numbers]
    assert commands.data("search", "study", "--ids") == numbers
    assert commands.done("search", "zeppelin", "--ids") == ""


def test_a_dash_needs_no_quotes(commands: Commands) -> None:
    commands.done("star", 3)
    assert 3 not in commands.found("-is:starred")
    assert len(commands.found("study", "-title:3", "--limit", "9")) == 4


def test_people_see_numbers_titles_tags_and_a_total(commands: Commands) -> None:
    commands.done("tag", 3, "--add", "habits/reading")
    commands.done("star", 3)
    shown = commands.done("search", "mood")
    assert "3 ·*  A short study of reading list number 3" in shown
    assert "habits/reading" in shown
    assert "the mood of" in shown
    assert "1 paper. " in shown.splitlines()[-1]


def test_a_long_list_says_how_much_of_it_is_shown(commands: Commands) -> None:
    assert "5 papers, 3 to 4 shown." in commands.done("search", "--limit", "2", "--offset", "2")


def test_nothing_found_is_said(commands: Commands) -> None:
    assert commands.done("search", "zeppelin").splitlines()[-1] == "No paper found."


def test_an_answer_with_some_of_the_words_says_so(commands: Commands) -> None:
    assert "No paper has all of these words" in commands.done("search", "mood zeppelin")


@pytest.mark.parametrize("query", ["tga:x", '"open', "year:x", "(a"])
def test_a_wrong_query_shows_the_place(commands: Commands, query: str) -> None:
    result = commands.run("search", query)
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert lines[0] == f"  {query}"
    assert set(lines[1].strip()) == {"^"}
    assert lines[2].startswith("readinglist: ")
    assert result.stdout == ""


def test_a_wrong_query_for_highlights_shows_the_place_as_typed(commands: Commands) -> None:
    assert commands.run("highlights", "tga:x").stderr == commands.run("search", "tga:x").stderr


def test_everything_about_papers_is_shown_in_the_order_asked(commands: Commands) -> None:
    papers = commands.data("show", 3, 1)
    assert [paper["id"] for paper in papers] == [3, 1]
    assert set(papers[0]) >= PAPER
    shown = commands.done("show", 3)
    assert "https://github.com/example/list3" in shown
    assert "Inbox" in shown
    assert "the mood of" in " ".join(shown.split())


def test_note_and_highlights_are_shown(commands: Commands) -> None:
    commands.done("note", 3, "--set", "Ask about *zeppelins*.")
    commands.done("highlight", 3, "--quote", "the mood of the day", "--comment", "the claim")
    shown = commands.done("show", 3)
    assert "Ask about *zeppelins*." in shown
    assert "“the mood of the day”" in shown
    assert "the claim" in shown


def test_a_paper_that_is_not_there_is_a_failure(commands: Commands) -> None:
    result = commands.run("show", 3, 99999)
    assert result.exit_code == 1
    assert result.stderr.startswith("readinglist: ")
    assert "99999" in result.stderr
    assert result.stdout == ""


def test_highlights_are_listed_with_their_papers(commands: Commands) -> None:
    commands.done("highlight", 3, "--quote", "the mood of the day")
    (found,) = commands.data("highlights")
    assert set(found) >= {
        "paper",
        "title",
        "id",
        "quote",
        "prefix",
        "suffix",
        "start",
        "end",
        "colour",
        "comment",
        "created",
    }
    assert (found["paper"], found["quote"]) == (3, "the mood of the day")
    assert commands.data("highlights", "-id:3") == []
    assert "1 highlight." in commands.done("highlights")


def test_the_trash_is_listed_and_searched_only_when_asked(commands: Commands) -> None:
    assert commands.data("trash") == []
    commands.done("remove", 3)
    assert commands.found("mood") == []
    assert [paper["id"] for paper in commands.data("trash")] == [3]
    assert "1 paper in the trash." in commands.done("trash")
    assert "in the trash since" in commands.done("show", 3)


def test_no_title_can_steer_the_terminal(empty: Commands) -> None:
    empty.done("add", "--title", "Up\x1b[2Jside \u202edown", "--author", "A\x07nn", "--abstract", "a\u2066b\x9bc words")
    for command in (["search"], ["search", "words"], ["show", "1"], ["search", "--json"]):
        shown = empty.done(*command)
        assert not set("\x1b\x07\x9b\u202e\u2066") & set(shown)
