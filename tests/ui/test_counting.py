"""The numbers of the sidebar: of the library, and of what is found while something is searched for."""

from __future__ import annotations

import threading

import pytest

from readinglist.ui import counting, sidebar
from readinglist.ui.sidebar_rows import COUNT, tag_rows
from tests.ui.conftest import Bench


def shown(bench: Bench) -> dict[str, int]:
    """Return the numbers in the sidebar that are shown: those above 0."""
    items = bench.window.sidebar._items
    return {key: count for key, item in items.items() if (count := item.data(0, COUNT))}


TOTALS = {
    "queue:inbox": 2,
    "queue:next": 3,
    "queue:read": 1,
    "view:all": 6,
    "view:starred": 1,
    "view:notes": 1,
    "view:week": 6,
    "tag:food": 1,
    "tag:sea": 2,
    "tag:sea/fish": 1,
    "tag:sea/tides": 1,
}


def test_while_searching_every_row_counts_what_is_found(bench: Bench) -> None:
    assert shown(bench) == TOTALS
    bench.type("bias")
    assert shown(bench) == {
        "queue:inbox": 1,
        "queue:next": 1,
        "view:all": 2,
        "view:week": 2,
        "tag:food": 1,
        "tag:sea": 1,
        "tag:sea/fish": 1,
    }
    bench.type("history")
    assert shown(bench) == {"queue:next": 2, "view:all": 2, "view:starred": 1, "view:week": 2}


def test_emptying_the_field_brings_the_totals_back(bench: Bench) -> None:
    bench.type("bias")
    bench.window.pane.search.clear()
    bench.settle()
    assert shown(bench) == TOTALS


def test_choosing_a_list_brings_the_totals_back(bench: Bench) -> None:
    bench.type("bias")
    bench.go("queue:next")
    assert shown(bench) == TOTALS


def test_an_edit_while_searching_is_counted_in_both(bench: Bench) -> None:
    bench.type("bias")
    bench.window.pane.papers.setFocus()
    bench.window.pane.papers.select_id(bench.window.pane.papers.papers.paper(0).id)
    bench.do("actionStar")
    assert shown(bench)["view:starred"] == 1
    assert shown(bench)["view:all"] == 2
    bench.window.pane.search.clear()
    bench.settle()
    assert shown(bench)["view:starred"] == 2


def test_saved_searches_count_what_is_found_too(bench: Bench) -> None:
    with bench.library() as library:
        library.save_search("fishes", "herring OR ropes")
    bench.settle()
    assert shown(bench)["search:fishes"] == 2
    bench.type("bias")
    assert shown(bench)["search:fishes"] == 1


def test_the_window_counts_all_papers_whatever_is_searched(bench: Bench) -> None:
    bench.type("bias")
    bench.window._counting.refresh()
    bench.settle()
    assert bench.window._presenter.counts is not None
    assert bench.window._presenter.counts.total == 6
    assert shown(bench)["view:all"] == 2


def test_the_rows_of_tags_are_not_made_by_the_window_and_stay_while_the_tags_do(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[bool] = []

    def noted(tags: object) -> object:
        made.append(threading.current_thread() is threading.main_thread())
        return tag_rows(tags)  # type: ignore[arg-type]

    for module in (counting, sidebar):
        monkeypatch.setattr(module, "tag_rows", noted)
    before = bench.window.sidebar._shown_tags
    bench.do("actionStar")
    assert made == [False]
    assert bench.window.sidebar._shown_tags is before
    bench.window._editing.tag(list(bench.window.pane.papers.papers.ids[:1]), frozenset(["new"]), frozenset(), "")
    bench.settle()
    assert "new" in [row.path for row in bench.window.sidebar._shown_tags]
