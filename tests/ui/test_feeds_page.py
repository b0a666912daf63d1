"""Feeds in the window: the page, refreshing with progress, stop and undo, the interval, what changed since reading."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from readinglist.library import Source
from readinglist.ui.feed_table import DayTable, FeedTable, RevisedTable
from readinglist.ui.feeds_page import FeedsPage
from tests.feed_server import Entry, FeedServer, Handler, Reply, arxiv_answer, arxiv_list, blog, papers
from tests.pace import within
from tests.ui.conftest import Bench


def page(bench: Bench) -> FeedsPage:
    found = bench.find("feedsView")
    assert isinstance(found, FeedsPage)
    return found


def shown(bench: Bench) -> FeedsPage:
    """Open the page."""
    bench.do("actionGoFeeds")
    return page(bench)


def rows(table: FeedTable | DayTable | RevisedTable) -> list[list[str]]:
    items = [table.topLevelItem(n) for n in range(table.topLevelItemCount())]
    return [[item.text(column) for column in range(table.columnCount())] for item in items if item is not None]


def toast(bench: Bench) -> str:
    return bench.window.pane.toast.text()


def press(bench: Bench, name: str) -> None:
    button = bench.find(name)
    assert isinstance(button, QPushButton)
    button.click()
    bench.settle()


def add(bench: Bench, address: str) -> None:
    line = bench.find("feedAddress")
    assert isinstance(line, QLineEdit)
    line.setText(address)
    QTest.keyClick(line, Qt.Key.Key_Return)
    bench.settle()


def subscribed(bench: Bench, *addresses: str) -> None:
    with bench.library() as library:
        for address in addresses:
            library.add_feed(address)


def test_without_feeds_the_page_says_what_they_are_for(bench: Bench) -> None:
    opened = shown(bench)
    assert opened.line.hasFocus()
    assert not opened.table.isVisible()
    add(bench, "arxiv:cs.CL")
    assert [row[:2] for row in rows(opened.table)] == [["arXiv cs.CL", "Not asked yet"]]
    assert opened.line.text() == ""
    assert "fetched when you refresh it" in toast(bench)


def test_what_is_no_address_is_told_and_stays_to_be_mended(bench: Bench) -> None:
    opened = shown(bench)
    add(bench, "ftp://example.org/x")
    assert toast(bench).startswith("“ftp:” is no kind of address")
    assert opened.line.text() == "ftp://example.org/x"
    assert rows(opened.table) == []


def test_a_refresh_brings_papers_and_one_undo_takes_all_of_them_back(bench: Bench, server: FeedServer) -> None:
    subscribed(
        bench,
        server.gives("/a", arxiv_list(papers(3))),
        server.gives("/b", arxiv_list(papers(2, start=10))),
        server.url("/missing"),
    )
    opened = shown(bench)
    bench.do("actionFeedsRefresh")
    words = f"5 new papers · {server.host}/missing: there is nothing at this address any more (404)"
    assert toast(bench) == words
    assert [row[1::2] for row in rows(opened.table)] == [["All well", "3"], ["All well", "2"], ["Has failed", ""]]
    assert bench.window.pane.toast.isVisible()
    bench.find("undoButton").click()  # type: ignore[attr-defined]
    bench.settle()
    with bench.library() as library:
        assert library.search("title:number").total == 0
    assert bench.window.actions_by_name["actionFeedsRefresh"].isEnabled()


def test_ctrl_z_takes_back_all_feeds_of_a_refresh_too(bench: Bench, server: FeedServer) -> None:
    subscribed(bench, server.gives("/a", arxiv_list(papers(1))), server.gives("/b", arxiv_list(papers(1, start=9))))
    bench.do("actionFeedsRefresh")
    bench.do("actionUndo")
    with bench.library() as library:
        assert library.search("title:number").total == 0


def test_one_feed_is_refreshed_alone(bench: Bench, server: FeedServer) -> None:
    subscribed(bench, server.gives("/a", blog(["2026-03-10"])), server.gives("/b", blog(["2026-03-09"])))
    opened = shown(bench)
    opened.table.select(2)
    bench.settle()
    press(bench, "feedRefresh")
    assert [path for path, _ in server.asked] == ["/b"]
    assert [day for day, _ in rows(opened.days)] == ["Mar 9"] or rows(opened.days)[0][1] == "1"


def test_what_is_wrong_with_a_feed_stands_below_it(bench: Bench, server: FeedServer) -> None:
    subscribed(bench, server.url("/feed?token=swordfish"), server.gives("/short", arxiv_answer(papers(2), total=31)))
    opened = shown(bench)
    bench.do("actionFeedsRefresh")
    words, address = bench.find("feedWords"), bench.find("feedShownAddress")
    assert isinstance(words, QLabel)
    assert isinstance(address, QLabel)
    assert words.text().startswith("There is nothing at this address any more (404).\nIt has failed since ")
    assert address.text() == server.url("/feed?token=…")
    opened.table.select(2)
    bench.settle()
    assert words.text() == "It announced 31 papers and gave 2."
    assert rows(opened.table)[1][1] == "Worth a look"


def test_a_refresh_is_stopped_from_the_status_line_and_what_is_in_stays(bench: Bench, server: FeedServer) -> None:
    ended = threading.Event()

    def silent(_: Handler) -> None:
        ended.wait(20)

    server.replies["/slow"] = Reply(act=silent)
    subscribed(bench, server.gives("/a", blog(["2026-03-10"])), server.url("/slow"))
    bench.window.actions_by_name["actionFeedsRefresh"].trigger()
    with bench.library() as library:  # both are asked at once: what has answered need not be in yet
        bench.qtbot.waitUntil(lambda: library.feeds()[0].state.new == 1, timeout=10_000)
    bench.qtbot.waitUntil(bench.find("cancelButton").isVisible, timeout=5_000)
    assert not bench.window.actions_by_name["actionFeedsRefresh"].isEnabled()
    bench.find("cancelButton").click()  # type: ignore[attr-defined]
    bench.settle()
    ended.set()
    assert toast(bench) == "1 new paper · stopped"
    assert not bench.find("cancelButton").isVisible()


def test_a_refresh_stopped_before_any_answer_is_in_does_not_say_that_there_are_no_feeds(
    bench: Bench, server: FeedServer
) -> None:
    ended = threading.Event()

    def silent(_: Handler) -> None:
        ended.wait(20)

    server.replies["/slow"] = Reply(act=silent)
    subscribed(bench, server.url("/slow"))
    bench.window.actions_by_name["actionFeedsRefresh"].trigger()
    bench.qtbot.waitUntil(lambda: len(server.asked) == 1, timeout=10_000)
    bench.qtbot.waitUntil(bench.find("cancelButton").isVisible, timeout=5_000)
    bench.find("cancelButton").click()  # type: ignore[attr-defined]
    bench.settle()
    ended.set()
    assert toast(bench) == "Nothing new in the feeds · stopped"


def test_closing_the_window_ends_a_refresh_at_once(bench: Bench, server: FeedServer) -> None:
    ended = threading.Event()

    def silent(_: Handler) -> None:
        ended.wait(20)

    server.replies["/slow"] = Reply(act=silent)
    subscribed(bench, server.url("/slow"))
    bench.window.actions_by_name["actionFeedsRefresh"].trigger()
    bench.qtbot.waitUntil(lambda: len(server.asked) == 1, timeout=10_000)
    started = time.monotonic()
    bench.window.close()
    assert time.monotonic() - started < 5
    ended.set()


def test_nothing_is_asked_by_itself_unless_the_reader_wants_it(bench: Bench, server: FeedServer) -> None:
    subscribed(bench, server.gives("/a", blog(["2026-03-10"])))
    keeper = bench.window.feeds
    assert not keeper.timer.isActive()
    keeper._on_time()
    bench.settle()
    assert server.asked == []


def test_at_the_chosen_interval_feeds_that_are_due_are_asked(bench: Bench, server: FeedServer) -> None:
    subscribed(bench, server.gives("/a", blog(["2026-03-10"])))
    opened = shown(bench)
    opened.interval.setCurrentIndex(opened.interval.findData("6h"))
    assert bench.window.preferences.settings.refresh_feeds == "6h"
    keeper = bench.window.feeds
    assert keeper.timer.isActive()
    keeper._on_time()
    bench.settle()
    assert len(server.asked) == 1
    assert toast(bench) == "1 new paper"
    keeper._on_time()
    bench.settle()
    assert len(server.asked) == 1
    bench.window.preferences.change(refresh_feeds="never")
    assert not keeper.timer.isActive()
    assert opened.interval.currentData() == "never"


def test_a_day_lists_its_papers(bench: Bench, server: FeedServer) -> None:
    subscribed(bench, server.gives("/a", arxiv_list(papers(2))))
    opened = shown(bench)
    bench.do("actionFeedsRefresh")
    opened.days.setFocus()
    QTest.keyClick(opened.days, Qt.Key.Key_Return)
    bench.settle()
    assert not opened.isVisible()
    assert bench.titles() == ["On", "On"]


def test_a_paper_that_changed_since_it_was_read_says_so_until_it_is_seen(bench: Bench, server: FeedServer) -> None:
    url = server.gives("/a", arxiv_list([Entry("2603.00001", "Seagulls")]))
    with bench.library() as library:
        library.add_feed(url)
        (outcome,) = library.refresh_feeds().outcomes
        library.move(outcome.days[0][1], "read")
    server.gives("/a", arxiv_list([Entry("2603.00001", "Seagulls again", 2, "replace")]))
    opened = shown(bench)
    bench.do("actionFeedsRefresh")
    assert toast(bench) == "1 paper updated · 1 changed since you read it"
    assert rows(opened.revised) == [["Seagulls again", "v1 to v2: title"]]
    QTest.keyClick(opened.revised, Qt.Key.Key_Return)
    bench.settle()
    assert bench.current() == "Seagulls"
    line, words = bench.find("revisedLine"), bench.find("revisedWords")
    assert isinstance(words, QLabel)
    assert line.isVisible()
    assert words.text() == "Changed since you read it: v1 to v2: title"
    press(bench, "revisedSeen")
    assert not line.isVisible()
    bench.do("actionUndo")
    assert line.isVisible()
    bench.do("actionFeedsSeen")
    assert not line.isVisible()
    assert rows(shown(bench).revised) == []


def test_a_feed_is_removed_and_comes_back(bench: Bench) -> None:
    subscribed(bench, "arxiv:cs.CL", "huggingface")
    opened = shown(bench)
    opened.table.setFocus()
    QTest.keyClick(opened.table, Qt.Key.Key_Delete)
    bench.settle()
    assert toast(bench) == "Removed the feed “arXiv cs.CL”. Its papers stay."
    assert [row[0] for row in rows(opened.table)] == ["Hugging Face daily papers"]
    bench.do("actionUndo")
    assert [row[0] for row in rows(opened.table)] == ["arXiv cs.CL", "Hugging Face daily papers"]


def test_a_feed_gets_another_name(bench: Bench) -> None:
    subscribed(bench, "arxiv:cs.CL")
    opened = shown(bench)
    press(bench, "feedRename")
    line = opened.table.findChild(QLineEdit, "feedNameLine")
    assert line is not None
    QTest.keyClicks(line, "Language, e and s")
    QTest.keyClick(line, Qt.Key.Key_Return)
    bench.settle()
    assert rows(opened.table)[0][0] == "Language, e and s"


def test_lists_come_in_and_go_out(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text(
        '<opml><outline text="A" xmlUrl="https://me:pw@example.org/a"/><outline xmlUrl="exec:x"/></opml>', "utf-8"
    )
    opened = shown(bench)
    bench.window.feeds.import_list(file)
    bench.settle()
    assert toast(bench) == "Added 1 feed · 1 could not be taken"
    assert rows(opened.table)[0][0] == "A"
    out = tmp_path / "out.opml"
    bench.window.feeds.export_list(out)
    bench.settle()
    assert toast(bench) == "Exported the feeds to out.opml. It holds a password or a token: mind who gets it."
    assert "https://me:pw@example.org/a" in out.read_text("utf-8")
    bench.window.feeds.import_list(tmp_path / "absent.opml")
    bench.settle()
    assert "no such file" in toast(bench)


def test_another_process_that_refreshes_is_told_of(bench: Bench) -> None:
    from readinglist.store.lock import FolderLock

    subscribed(bench, "arxiv:cs.CL")
    with FolderLock(bench.folder / "feeds.lock", alone=True):
        bench.do("actionFeedsRefresh")
    assert toast(bench) == "Another window or program is refreshing the feeds of this library."


def test_leaving_the_page_marks_the_list_that_is_shown(bench: Bench) -> None:
    shown(bench)
    bench.go("queue:next")
    current = bench.window.sidebar.current_view()
    assert current is not None
    assert current.key == "queue:next"
    opened = shown(bench)
    opened.setFocus()
    QTest.keyClick(opened, Qt.Key.Key_Escape)
    bench.settle()
    current = bench.window.sidebar.current_view()
    assert current is not None
    assert current.key == "queue:next"


def test_a_hostile_title_is_shown_as_text(bench: Bench, server: FeedServer) -> None:
    title = '<img src="file:///etc/passwd"> & <b>bold</b>'
    subscribed(bench, server.gives("/a", blog(["2026-03-10"], title=title)))
    opened = shown(bench)
    bench.do("actionFeedsRefresh")
    assert rows(opened.table)[0][0] == title


def test_a_window_that_was_opened_on_many_feeds_does_not_stutter(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    with bench.library() as library:
        outlines = "".join(f'<outline xmlUrl="https://example.org/{number}"/>' for number in range(300))
        library.import_feeds(Source("list", data=f"<opml>{outlines}</opml>".encode()))
    opened = shown(bench)
    assert len(rows(opened.table)) == 300
    with within(0.5):
        assert opened.shown is not None
        opened.table.show_feeds(opened.shown.feeds, opened.shown.notices)
