"""The list of suggestions: its order, its reasons, answers to them, and that it never jumps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QToolButton

from readinglist.paper import PaperId
from tests.ui.conftest import Bench

TEXTS = {
    "Lighthouse": "Lighthouse keepers write of sea fog, and of ships that pass the lighthouse.",
    "Herring": "Herring shoals turn as one; we count herring at night.",
    "Bread": "Sourdough bread rises with yeast and time.",
}
NAMES = ("quartz", "amber", "jade", "opal")


@pytest.fixture
def topics(make_bench: Callable[[list[dict[str, object]]], Bench], monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Lighthouses (1, 4, 7, 10), herring (2, 5, 8, 11) and bread (3, 6, 9, 12), all in the Inbox."""
    monkeypatch.setattr("readinglist.ui.suggesting.WAIT_MS", 1)
    return make_bench(
        [{"title": f"{topic} and {name}", "abstract": text} for name in NAMES for topic, text in TEXTS.items()]
    )


def ids(bench: Bench) -> list[int]:
    return [int(number) for number in bench.window.pane.papers.papers.ids]


def words(bench: Bench) -> str:
    label = bench.find("suggestedWords")
    assert isinstance(label, QLabel)
    return label.text() if label.isVisible() else ""


def note(bench: Bench) -> str:
    label = bench.find("listNote")
    assert isinstance(label, QLabel)
    return label.text() if label.isVisible() else ""


def test_a_new_reader_is_told_so_over_the_list(topics: Bench) -> None:
    topics.do("actionGoSuggested")
    assert len(ids(topics)) == 12
    assert note(topics).startswith("Nothing is known of what you like yet")
    topics.go("queue:inbox")
    assert note(topics) == ""


def test_the_list_is_in_the_order_of_what_was_liked_and_says_why(topics: Bench) -> None:
    topics.window._library.star([1])
    topics.window._library.move([2], "archived")
    topics.settle()
    topics.do("actionGoSuggested")
    assert set(ids(topics)[:3]) == {4, 7, 10}
    assert set(ids(topics)[-3:]) == {5, 8, 11}
    assert note(topics) == "Learnt from what you liked (1) and what you archived unread (1)."
    row = topics.window.pane.papers
    paper = row.papers.paper(0)
    assert paper is not None
    assert "close to “Lighthouse and quartz”, which you starred" in row.rows.spoken(paper)
    row.select_id(PaperId(ids(topics)[0]))
    topics.settle()
    assert words(topics).startswith("Suggested because: ")
    assert "close to “Lighthouse and quartz”, which you starred" in words(topics)
    topics.go("queue:inbox")
    topics.window.pane.papers.select_id(PaperId(4))
    topics.settle()
    assert words(topics) == ""


def test_answers_are_given_by_button_and_key_and_can_be_undone(topics: Bench) -> None:
    topics.do("actionGoSuggested")
    first, second = ids(topics)[:2]
    topics.window.pane.papers.select_id(PaperId(first))
    topics.settle()
    more, less = topics.find("actionMoreLikeButton"), topics.find("actionLessLikeButton")
    assert isinstance(more, QToolButton)
    assert isinstance(less, QToolButton)
    more.click()
    topics.settle()
    assert topics.window._library.paper(first).taste == "more"
    assert more.isChecked()
    assert not less.isChecked()
    assert "chosen" in more.accessibleName()
    more.click()
    topics.settle()
    assert topics.window._library.paper(first).taste is None
    assert not more.isChecked()
    topics.window.pane.papers.select_id(PaperId(second))
    topics.window.pane.papers.setFocus()
    topics.settle()
    topics.key("-")
    topics.settle()
    assert topics.window._library.paper(second).taste == "less"
    topics.do("actionUndo")
    assert topics.window._library.paper(second).taste is None


def test_the_list_does_not_jump_while_it_is_read(topics: Bench) -> None:
    topics.do("actionGoSuggested")
    before = ids(topics)
    gone = before[3]
    topics.window.pane.papers.select_id(PaperId(gone))
    topics.do("actionToArchived")
    topics.window._library.star([before[6]])
    topics.settle()
    assert ids(topics) == [number for number in before if number != gone]
    topics.go("queue:inbox")
    topics.do("actionGoSuggested")
    assert before[6] not in ids(topics)  # liked, and so nothing to suggest
    assert set(ids(topics)) == set(before) - {gone, before[6]}
    assert set(ids(topics)[:3]) < {n for n in range(1, 13) if n % 3 == before[6] % 3}


def test_what_comes_in_is_added_at_the_end(topics: Bench) -> None:
    topics.window._library.star([1])
    topics.do("actionGoSuggested")
    before = ids(topics)
    with topics.library() as other:
        other.move([before[0]], "archived")
        from readinglist.paper import Paper

        other.add(Paper(title="Lighthouse and ruby", abstract=TEXTS["Lighthouse"]))
    topics.settle()
    topics.qtbot.waitUntil(lambda: ids(topics)[-1] == 13 and topics.window.idle(), timeout=10_000)
    assert ids(topics) == [*before[1:], 13]


def test_a_search_in_the_list_keeps_to_it(topics: Bench) -> None:
    topics.window._library.star([1])
    topics.do("actionGoSuggested")
    topics.type("lighthouse")
    assert set(ids(topics)) == {1, 4, 7, 10}
    topics.find("scopeHere").click()  # type: ignore[attr-defined]
    topics.settle()
    assert set(ids(topics)) == {4, 7, 10}
    assert note(topics) == ""


def test_the_list_is_there_when_the_window_opens_on_it(topics: Bench) -> None:
    topics.do("actionGoSuggested")
    topics.window.close()
    topics.open()
    assert topics.window._searching.question.view.key == "view:suggested"
    assert len(ids(topics)) == 12


def test_an_empty_inbox_is_told(topics: Bench) -> None:
    topics.window._library.move(range(1, 13), "read")
    topics.settle()
    topics.do("actionGoSuggested")
    assert ids(topics) == []
    shown = [label.text() for label in topics.window.pane.empty.findChildren(QLabel)]
    assert "Nothing in the Inbox is left to suggest." in shown


def test_what_is_suggested_is_exported_as_it_is_listed(
    topics: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglist.ui.suggesting.SHOWN", 5)
    topics.do("actionGoSuggested")
    assert len(ids(topics)) == 5
    topics.window._arrivals._export()
    topics.settle()
    topics.window._arrivals.saving._dialog.close()
    topics.window._arrivals.saving.save_as(str(tmp_path / "suggested.jsonl"))
    topics.settle()
    assert len((tmp_path / "suggested.jsonl").read_text().splitlines()) == 5


def by_suggestion(bench: Bench) -> None:
    bench.do("actionSortSuggested")


def test_the_inbox_can_be_ordered_by_suggestion_with_reasons(topics: Bench) -> None:
    topics.window._library.move([4, 9], "read")
    topics.window._library.move([2], "archived")
    topics.settle()
    usual = ids(topics)
    assert len(usual) == 9
    by_suggestion(topics)
    assert set(ids(topics)[:2]) != set(usual[:2])
    assert set(ids(topics)[:6]) == {1, 3, 6, 7, 10, 12}
    assert set(ids(topics)[-3:]) == {5, 8, 11}  # herring comes last
    assert "read" in note(topics) or "liked" in note(topics)
    topics.window.pane.papers.select_id(PaperId(ids(topics)[0]))
    topics.settle()
    assert words(topics).startswith("Suggested because: ")
    assert topics.find("sortButton").text() == "Suggested first"
    topics.do("actionSortDefault")
    assert ids(topics) == usual
    assert (note(topics), words(topics)) == ("", "")


def test_an_inbox_that_is_triaged_in_that_order_does_not_jump(topics: Bench) -> None:
    topics.window._library.star([1])
    topics.settle()
    by_suggestion(topics)
    before = ids(topics)
    for place in (0, 3, 5):
        topics.window._library.move([before[place]], "archived" if place else "next")
        topics.settle()
    left = [number for number in before if number not in (before[0], before[3], before[5])]
    assert ids(topics) == left
    topics.go("queue:next")
    topics.go("queue:inbox")  # coming back, it is in the new order
    assert set(ids(topics)) == set(left)


def test_other_lists_are_ordered_by_suggestion_too_and_all_their_papers_stay(topics: Bench) -> None:
    library = topics.window._library
    library.move([1, 2, 3, 4, 5], "later")
    library.star([7])
    library.answer([5], "less")
    topics.settle()
    topics.go("queue:later")
    by_suggestion(topics)
    assert set(ids(topics)) == {1, 2, 3, 4, 5}
    assert set(ids(topics)[:2]) == {1, 4}
    assert ids(topics)[-1] == 5  # the reader wanted less of it
    topics.go("queue:inbox")
    assert topics.find("sortButton").text() == "Newest added"
    topics.type("herring")
    assert not topics.window.actions_by_name["actionSortSuggested"].isVisible()
    topics.go("view:suggested")
    assert not topics.window.actions_by_name["actionSortSuggested"].isVisible()


def test_the_best_is_in_sight_when_that_order_was_chosen(
    make_bench: Callable[[list[dict[str, object]]], Bench],
) -> None:
    others = [{"title": f"Bread number {n}", "abstract": "Sourdough bread rises."} for n in range(60)]
    fog = [{"title": f"Fog number {n}", "abstract": "Lighthouses in sea fog."} for n in range(3)]
    bench = make_bench([*others, *fog])
    bench.window._library.star([61])
    bench.settle()
    by_suggestion(bench)
    papers = bench.window.pane.papers
    assert set(ids(bench)[:3]) == {61, 62, 63}
    assert papers.indexAt(papers.viewport().rect().topLeft()).row() == 0
    assert papers.current_id() == ids(bench)[0]


def test_going_back_to_a_search_among_suggestions_finds_what_it_found(topics: Bench) -> None:
    topics.window._library.star([1])
    topics.window._library.move([2], "next")
    topics.settle()
    topics.do("actionGoSuggested")
    topics.type("herring")
    scope = topics.find("scopeHere")
    assert isinstance(scope, QAbstractButton)
    scope.click()
    topics.settle()
    assert set(ids(topics)) == {5, 8, 11}
    topics.go("queue:next")
    topics.do("actionSortSuggested")  # another list has an order by suggestion now
    assert ids(topics) == [2]
    topics.do("actionBack")
    assert topics.window.pane.search.text() == "herring"
    assert set(ids(topics)) == {5, 8, 11}


def test_a_paper_that_comes_back_while_a_search_is_kept_to_the_suggestions_is_found(topics: Bench) -> None:
    topics.window._library.star([1])
    topics.window._library.move([2, 5], "next")
    topics.settle()
    topics.do("actionGoSuggested")
    topics.type("herring")
    scope = topics.find("scopeHere")
    assert isinstance(scope, QAbstractButton)
    scope.click()
    topics.settle()
    assert set(ids(topics)) == {8, 11}
    topics.window._library.move([5], "inbox")
    topics.settle()
    assert set(ids(topics)) == {5, 8, 11}


def test_a_search_typed_before_the_suggestions_are_learnt_anew_finds_them_too(topics: Bench) -> None:
    topics.window._library.star([1])
    topics.window._library.move([2, 5], "next")
    topics.settle()
    topics.do("actionGoSuggested")
    topics.go("queue:next")
    topics.window._library.move([5], "inbox")
    topics.settle()
    topics.window.actions_by_name["actionGoSuggested"].trigger()
    topics.window.pane.search.line.setText("herring")
    topics.window._searching.look_everywhere(False)
    topics.settle()
    assert set(ids(topics)) == {5, 8, 11}
