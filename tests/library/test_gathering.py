"""Feeds of several servers are asked at a time, each server once at a time; queries of arXiv page after page."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from readinglist.feeds import fetch as fetching
from readinglist.feeds.manners import Manners
from readinglist.library import Library
from readinglist.library.gathering import Gathering
from readinglist.progress import Cancelled, Silent
from tests.feed_server import Entry, FeedServer, Handler, Reply, arxiv_answer, arxiv_list, papers
from tests.library.conftest import Clock

_QUERY = "/export.arxiv.org/api/query"


@pytest.fixture
def other(server: FeedServer) -> Iterator[FeedServer]:
    """A second server, of another name: localhost, where the first is 127.0.0.1."""
    second = FeedServer()
    second.host = second.host.replace("127.0.0.1", "localhost")
    yield second
    second.close()


def _answer(handler: Handler, body: str) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body.encode())))
    handler.end_headers()
    handler.wfile.write(body.encode())


def test_two_servers_are_asked_at_once_and_taken_in_in_the_order_of_the_feeds(
    empty: Library, server: FeedServer, other: FeedServer
) -> None:
    both = threading.Barrier(2)

    def slow(handler: Handler) -> None:
        both.wait(timeout=10)  # nobody is answered before both were asked
        time.sleep(0.2)
        _answer(handler, arxiv_list(papers(2)))

    def quick(handler: Handler) -> None:
        both.wait(timeout=10)
        _answer(handler, arxiv_list(papers(2, start=3)))

    server.replies["/slow"], other.replies["/quick"] = Reply(act=slow), Reply(act=quick)
    empty.add_feed(server.url("/slow"))
    empty.add_feed(other.url("/quick"))
    done = empty.refresh_feeds()
    assert [outcome.added for outcome in done.outcomes] == [2, 2]
    assert [empty.paper(n).arxiv_id for n in (1, 2, 3, 4)] == ["2603.00001", "2603.00002", "2603.00003", "2603.00004"]


def test_a_server_is_asked_one_thing_at_a_time(empty: Library, server: FeedServer, other: FeedServer) -> None:
    at_once: list[int] = []
    asking = threading.Lock()
    running = 0

    def counted(handler: Handler) -> None:
        nonlocal running
        with asking:
            running += 1
            at_once.append(running)
        time.sleep(0.02)
        with asking:
            running -= 1
        _answer(handler, arxiv_list([]))

    for n in range(5):
        server.replies[f"/{n}"] = Reply(act=counted)
        empty.add_feed(server.url(f"/{n}"))
    empty.add_feed(other.gives("/else", arxiv_list([])))
    assert [outcome.state for outcome in empty.refresh_feeds().outcomes] == ["unchanged"] * 6
    assert at_once == [1] * 5
    assert [path for path, _ in server.asked] == [f"/{n}" for n in range(5)]


def test_what_was_fetched_and_not_taken_in_is_asked_again(
    empty: Library, server: FeedServer, other: FeedServer
) -> None:
    ended = threading.Event()
    server.replies["/silent"] = Reply(act=lambda _: bool(ended.wait(10)))  # type: ignore[arg-type, return-value]
    empty.add_feed(server.url("/silent"))
    empty.add_feed(other.gives("/feed", arxiv_list(papers(2)), ETag='"1"'))

    class Stopping:
        def step(self, done: int, total: int | None, text: str = "") -> None:
            if other.asked and server.asked:
                raise Cancelled

    started = time.monotonic()
    done = empty.refresh_feeds(progress=Stopping())
    assert (done.stopped, done.outcomes) == (True, [])
    assert time.monotonic() - started < 5
    ended.set()
    server.gives("/silent", arxiv_list([]))
    assert [outcome.added for outcome in empty.refresh_feeds().outcomes] == [0, 2]
    assert not [thread for thread in threading.enumerate() if thread.name == "gather"]


def test_no_more_is_fetched_than_can_wait(
    empty: Library, server: FeedServer, other: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglist.library.gathering.AHEAD", 3)
    for n in range(6):
        empty.add_feed((other if n % 2 else server).gives(f"/{n}", arxiv_list([])))
    feeds = empty.feeds()
    with Gathering(feeds, {}, Manners(), empty.today()) as gathering:
        until = time.monotonic() + 20
        while len([*server.asked, *other.asked]) < 3 and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(0.3)  # what may not be fetched would be by now
        assert sorted(path for path, _ in [*server.asked, *other.asked]) == ["/0", "/1", "/2"]
        answers = [gathering.next(Silent()) for _ in feeds]
    assert [answer is not None and answer.entries for answer in answers] == [0] * 6


class Archive:
    """arXiv as its API answers: pages of a list that grows at the front."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.asked: list[int] = []
        self.at: list[float] = []
        self.broken: set[int] = set()

    def page(self, start: int, size: int) -> str:
        listed = arxiv_answer(self.entries[start : start + size], total=len(self.entries))
        return listed.replace("startIndex>0<", f"startIndex>{start}<")


@pytest.fixture
def archive(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """arXiv, asked with a clock that goes on by itself."""
    made = Archive()
    now = [100.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    def fetch(url: str, **options: Any) -> Any:
        asked = dict(parse_qsl(urlsplit(url).query))
        start = int(asked["start"])
        made.asked.append(start)
        made.at.append(now[0])
        path = f"{_QUERY}/{start}"
        server.gives(path, made.page(start, int(asked["max_results"])))
        if start in made.broken:
            server.replies[path] = Reply(status=500)
        return real(server.url(path), **options)

    real = fetching.fetch
    monkeypatch.setattr(fetching, "fetch", fetch)
    monkeypatch.setattr(
        "readinglist.feeds.manners.Manners.__init__.__kwdefaults__", {"now": lambda: now[0], "sleep": sleep}
    )
    return made


def _subscribed(library: Library, archive: Archive, clock: Clock) -> None:
    """Subscribe to a query that has been fetched once."""
    archive.entries = papers(130, start=1001, month="2602")
    library.add_feed("arxiv:all:lists")
    (outcome,) = library.refresh_feeds().outcomes
    assert (outcome.added, archive.asked) == (100, [0])  # the first time the newest are enough
    archive.asked.clear()
    archive.at.clear()
    clock.pass_(days=2)


def test_a_query_is_asked_until_it_gives_what_it_gave_before(empty: Library, archive: Archive, clock: Clock) -> None:
    _subscribed(empty, archive, clock)
    archive.entries = [*papers(230), *archive.entries]
    (outcome,) = empty.refresh_feeds().outcomes
    assert (outcome.added, archive.asked) == (230, [0, 100, 200])
    assert all(after - before >= 3 for before, after in pairwise(archive.at))
    assert empty.feed_notices(outcome.feed) == []
    assert len(empty.history()) == 3  # the feed, and one entry a refresh
    empty.undo()
    assert empty.search("").total == 100


def test_a_newer_version_of_a_known_paper_is_not_where_the_last_time_ended(
    empty: Library, archive: Archive, clock: Clock
) -> None:
    _subscribed(empty, archive, clock)
    first, *rest = archive.entries
    newer = Entry(first.number, "On list number 1001, mended", version=2)
    archive.entries = [newer, *papers(120), *rest]
    (outcome,) = empty.refresh_feeds().outcomes
    assert (outcome.added, archive.asked) == (120, [0, 100])
    assert outcome.report is not None
    assert outcome.report.updated == 1


def test_with_more_pages_than_are_asked_for_that_is_said(empty: Library, archive: Archive, clock: Clock) -> None:
    _subscribed(empty, archive, clock)
    archive.entries = [*papers(700), *archive.entries]
    (outcome,) = empty.refresh_feeds().outcomes
    assert (outcome.added, archive.asked) == (500, [0, 100, 200, 300, 400])
    (told,) = empty.feed_notices(outcome.feed)
    assert told.startswith("All of the 500 papers it gave were new")


def test_a_page_that_fails_hides_nothing(empty: Library, archive: Archive, clock: Clock) -> None:
    _subscribed(empty, archive, clock)
    archive.entries = [*papers(130), *archive.entries]
    archive.broken = {100}
    (outcome,) = empty.refresh_feeds().outcomes
    assert (outcome.state, outcome.added) == ("failed", 0)
    archive.broken = set()
    (outcome,) = empty.refresh_feeds().outcomes
    assert outcome.added == 130
    assert empty.feed_notices(outcome.feed) == []


def test_a_page_without_papers_ends_it_and_that_is_said(empty: Library, archive: Archive, clock: Clock) -> None:
    _subscribed(empty, archive, clock)
    archive.entries = papers(100)  # it says that there are more, and gives none
    answer = archive.page

    def page(start: int, size: int) -> str:
        return answer(start, size).replace("totalResults>100<", "totalResults>900<")

    archive.page = page  # type: ignore[method-assign]
    (outcome,) = empty.refresh_feeds().outcomes
    assert (outcome.added, archive.asked) == (100, [0, 100])
    (told,) = empty.feed_notices(outcome.feed)
    assert told.startswith("All of the 100 papers it gave were new")


def test_what_moved_on_to_the_next_page_meanwhile_is_there_once(empty: Library, archive: Archive, clock: Clock) -> None:
    _subscribed(empty, archive, clock)
    old = archive.entries
    archive.entries = [*papers(150, start=4), *old]
    answer = archive.page

    def page(start: int, size: int) -> str:
        made = answer(start, size)
        archive.entries = [*papers(153), *old]  # three more before the next page is asked for
        return made

    archive.page = page  # type: ignore[method-assign]
    (outcome,) = empty.refresh_feeds().outcomes
    assert (outcome.added, archive.asked) == (150, [0, 100])
    assert empty.feed_notices(outcome.feed) == []
    assert outcome.report is not None
    assert outcome.report.read == 197
