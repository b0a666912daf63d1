"""Feeds are fetched, taken in, remembered and undone; whatever a server does, the library is as it should be."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from readinglist.errors import LibraryBusy, ReadingListError
from readinglist.feeds import fetch as fetching
from readinglist.library import Library, Outcome
from readinglist.library.refreshing import LOCK
from readinglist.progress import Cancelled
from readinglist.store.lock import FolderLock
from tests.feed_server import Entry, FeedServer, Handler, Reply, arxiv_answer, arxiv_list, blog, daily_papers, papers
from tests.library.conftest import Clock


def refresh(library: Library, *numbers: int) -> Outcome:
    """Refresh and return the one outcome."""
    (outcome,) = library.refresh_feeds(numbers or None).outcomes
    return outcome


@pytest.fixture
def arxiv(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> FeedServer:
    """The server in the place of all others: https://HOST/PATH?QUERY is asked for at /HOST/PATH."""
    real = fetching.fetch

    def fetch(url: str, **options: Any) -> Any:
        return real(server.url("/" + url.partition("://")[2].partition("?")[0]), **options)

    monkeypatch.setattr(fetching, "fetch", fetch)
    return server


def test_what_is_new_comes_in_as_one_entry_and_goes_by_undo(empty: Library, server: FeedServer) -> None:
    empty.add_feed(server.gives("/feed", arxiv_list(papers(3))))
    outcome = refresh(empty)
    assert (outcome.state, outcome.added) == ("new", 3)
    assert outcome.days == [("2026-03-11", [1, 2, 3])]
    paper = empty.paper(1)
    assert (paper.arxiv_id, paper.version, paper.listed, paper.status) == ("2603.00001", "v1", "2026-03-11", "inbox")
    assert empty.history(1)[0].label == f"Feed {server.host}/feed"
    assert empty.announcements(1)[0].ids == [1, 2, 3]
    empty.undo()
    assert empty.search("").ids == []
    assert empty.announcements(1) == []


def test_what_has_not_changed_is_not_read(empty: Library, server: FeedServer) -> None:
    empty.add_feed(server.gives("/feed", arxiv_list(papers(3)), ETag='"1"'))
    refresh(empty)
    outcome = refresh(empty)
    assert (outcome.state, outcome.report, outcome.feed.state.new) == ("unchanged", None, 0)
    assert len(empty.history()) == 2
    server.gives("/feed", arxiv_list(papers(4)), ETag='"2"')
    outcome = refresh(empty)
    assert (outcome.added, outcome.report and outcome.report.unchanged) == (1, 3)


def test_the_state_is_remembered(empty: Library, server: FeedServer, clock: Clock, reopened_at: Any) -> None:
    empty.add_feed(server.gives("/feed", blog(["2026-03-10"], title="Notes & lists")))
    refresh(empty)
    (feed,) = reopened_at().feeds()
    assert feed.name == "Notes & lists"
    assert (feed.state.fetched, feed.state.new, feed.state.error) == ("2026-03-11T09:30:00Z", 1, None)


@pytest.fixture
def reopened_at(empty: Library, clock: Clock) -> Any:
    opened = []

    def again() -> Library:
        opened.append(Library.open(empty.folder, clock=clock))
        return opened[-1]

    yield again
    for library in opened:
        library.close()


def test_a_newer_version_updates_the_paper_and_is_told_of_when_it_was_read(empty: Library, server: FeedServer) -> None:
    empty.add_feed(server.gives("/feed", arxiv_list([Entry("2603.00001", "On lists"), Entry("2603.00002", "Mine")])))
    refresh(empty)
    empty.move([1], "read")
    empty.correct([2], title="My title")
    newer = [
        Entry("2603.00001", "On longer lists", 2, "replace", "We count longer lists."),
        Entry("2603.00002", "Their title", 2, "replace"),
        Entry("1901.00001", "An old one", 7, "replace"),
        Entry("1902.00001", "Another old one", 2, "replace-cross"),
    ]
    server.gives("/feed", arxiv_list(newer, "Thu, 12 Mar 2026 00:00:00 -0400"))
    outcome = refresh(empty)
    assert (outcome.added, outcome.left_out, outcome.report and outcome.report.updated) == (0, 2, 2)
    paper = empty.paper(1)
    assert (paper.title, paper.abstract, paper.version, paper.status) == (
        "On longer lists",
        "We count longer lists.",
        "v2",
        "read",
    )
    assert empty.paper(2).title == "My title"
    (revision,) = outcome.revised
    assert (revision.paper, revision.before, revision.after, revision.fields) == (1, "v1", "v2", ("title", "abstract"))
    assert empty.revisions() == [revision]
    empty.undo()
    assert empty.paper(1).title == "On lists"
    assert empty.revisions() == []


def test_a_query_of_arxiv_gives_what_there_is_and_then_what_is_new(
    empty: Library, arxiv: FeedServer, clock: Clock
) -> None:
    first = [Entry("2603.00001", "A"), Entry("2401.00009", "Old and mended", 3, published="2024-01-05")]
    arxiv.gives("/export.arxiv.org/api/query", arxiv_answer(first, total=214881, per_page=2))
    empty.add_feed('arxiv:ti:"lists"')
    outcome = refresh(empty)
    assert outcome.added == 2
    assert [day for day, _ in outcome.days] == ["2026-03-09", "2024-01-05"]
    assert empty.feed_notices(outcome.feed) == []
    clock.pass_(days=3)
    then = [
        Entry("2301.00001", "Old and mended, not here", 2, published="2023-01-02"),
        Entry("2603.00030", "Mended at once", 2, published="2026-03-12"),
        *first,
    ]
    arxiv.gives("/export.arxiv.org/api/query", arxiv_answer(then, total=214881, per_page=4))
    outcome = refresh(empty)
    assert (outcome.added, outcome.left_out) == (1, 1)
    assert empty.paper(3).listed == "2026-03-14"


def test_arxiv_waits_three_seconds_between_requests(
    empty: Library, arxiv: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    now = [100.0]

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        now[0] += seconds

    monkeypatch.setattr(
        "readinglist.feeds.manners.Manners.__init__.__kwdefaults__", {"now": lambda: now[0], "sleep": sleep}
    )
    for name in ("cs.CL", "cs.LG"):
        arxiv.gives(f"/rss.arxiv.org/rss/{name}", arxiv_list([]))
        empty.add_feed(f"arxiv:{name}")
    done = empty.refresh_feeds()
    assert [outcome.state for outcome in done.outcomes] == ["unchanged", "unchanged"]
    assert round(sum(waited), 3) == 3
    empty.refresh_feeds([1])  # a moment later, in another run
    assert round(sum(waited), 3) >= 6


def test_daily_papers_of_hugging_face(empty: Library, arxiv: FeedServer) -> None:
    arxiv.gives("/huggingface.co/api/daily_papers", daily_papers(papers(2)))
    empty.add_feed("huggingface")
    outcome = refresh(empty)
    assert outcome.days == [("2026-03-11", [1, 2])]
    assert empty.paper(1).source == "huggingface"


def test_a_file_is_read_again_when_it_has_changed(empty: Library, tmp_path: Path) -> None:
    file = tmp_path / "new.bib"
    file.write_text("@article{a, title={On lists}, author={Lister, Ada}}")
    empty.add_feed("new.bib", folder=tmp_path)
    assert refresh(empty).added == 1
    assert refresh(empty).report is None
    file.write_text("@article{a, title={On lists}, author={Lister, Ada}}\n@article{b, title={More}}")
    assert refresh(empty).added == 1
    file.unlink()
    assert refresh(empty).feed.state.error == "the file new.bib is not there, or cannot be read"


def test_one_bad_feed_stops_no_other(empty: Library, server: FeedServer, clock: Clock) -> None:
    empty.add_feed(server.url("/missing"))
    empty.add_feed(server.gives("/page", "<html><body><h1>Sign in</h1><p>Please.</p></body></html>"))
    empty.add_feed(server.gives("/feed", blog(["2026-03-10"])))
    done = empty.refresh_feeds()
    assert [outcome.state for outcome in done.outcomes] == ["failed", "failed", "new"]
    missing, page, _ = empty.feeds()
    assert missing.state.error == "there is nothing at this address any more (404)"
    assert page.state.error == "this is no list that could be read as a feed"
    assert missing.state.failing_since == "2026-03-11T09:30:00Z"
    clock.pass_(hours=1)
    empty.refresh_feeds([1])
    assert empty.feed(1).state.failing_since == "2026-03-11T09:30:00Z"
    assert empty.feed(1).state.checked == "2026-03-11T10:30:00Z"
    server.gives("/missing", blog(["2026-03-10"]))
    refresh(empty, 1)
    assert (empty.feed(1).state.error, empty.feed(1).state.failing_since) == (None, None)


def test_what_a_server_says_of_the_content_does_not_matter(empty: Library, server: FeedServer) -> None:
    empty.add_feed(server.gives("/feed", blog(["2026-03-10"]), Content_Type="image/png"))
    assert refresh(empty).added == 1


def test_a_web_page_is_told_with_the_feed_that_it_names(empty: Library, server: FeedServer) -> None:
    link = '<link rel="alternate" type="application/atom+xml" href="../feed?token=swordfish">'
    empty.add_feed(server.gives("/blog/index", f"<!DOCTYPE html><html><head>{link}</head><body>Hello.</body></html>"))
    words = f"this is a web page and no feed; the feed that it names is {server.url('/feed?token=…')}"
    assert refresh(empty).feed.state.error == words


def test_who_asks_to_be_left_alone_is(empty: Library, server: FeedServer, clock: Clock) -> None:
    server.replies["/feed"] = Reply(b"", 429, {"Retry-After": "3600"})
    empty.add_feed(server.url("/feed"))
    assert refresh(empty).state == "failed"
    server.gives("/feed", blog(["2026-03-10"]))
    clock.pass_(minutes=59)
    assert refresh(empty).state == "waiting"
    assert len(server.asked) == 1
    clock.pass_(minutes=2)
    assert refresh(empty).added == 1


def test_an_answer_that_is_cut_off_gives_whole_papers_only(empty: Library, server: FeedServer) -> None:
    text = arxiv_answer(papers(3)).encode()

    def cut(handler: Handler) -> None:
        handler.wfile.write(b'HTTP/1.1 200 OK\r\nETag: "a"\r\nContent-Length: %d\r\n\r\n' % len(text))
        handler.wfile.write(text[: text.rindex(b"</summary>") - 20])

    server.replies["/feed"] = Reply(act=cut)
    empty.add_feed(server.url("/feed"))
    outcome = refresh(empty)
    assert outcome.added == 2
    assert any("cut off" in notice for notice in empty.feed_notices(outcome.feed))
    server.gives("/feed", text, ETag='"a"')
    outcome = refresh(empty)
    assert outcome.added == 1
    assert empty.paper(3).abstract == "We count what is on a list, and find that lists grow."
    assert empty.feed_notices(outcome.feed) == []


def test_fewer_papers_than_announced_are_pointed_out(empty: Library, server: FeedServer) -> None:
    empty.add_feed(server.gives("/feed", arxiv_answer(papers(2), total=31)))
    assert empty.feed_notices(refresh(empty).feed) == ["It announced 31 papers and gave 2."]


def test_a_feed_of_nothing_but_new_papers_may_have_dropped_some(
    empty: Library, server: FeedServer, clock: Clock
) -> None:
    empty.add_feed(server.gives("/feed", arxiv_answer(papers(12))))
    assert empty.feed_notices(refresh(empty).feed) == []
    clock.pass_(days=1)
    server.gives("/feed", arxiv_answer(papers(12, start=13)))
    (told,) = empty.feed_notices(refresh(empty).feed)
    assert told.startswith("All of the 12 papers it gave were new")


def test_a_feed_gone_quiet_is_pointed_out(empty: Library, server: FeedServer, clock: Clock) -> None:
    empty.add_feed(server.gives("/feed", blog(f"2026-03-{n:02}" for n in range(3, 11))))
    refresh(empty)
    assert empty.feed_notices(empty.feed(1)) == []
    clock.pass_(days=10)
    (told,) = empty.feed_notices(refresh(empty).feed)
    assert told == "Quiet since 2026-03-10; it usually has something new within a day."


def test_a_list_without_papers_is_no_error(empty: Library, server: FeedServer) -> None:
    empty.add_feed(server.gives("/feed", arxiv_list([])))
    outcome = refresh(empty)
    assert (outcome.state, outcome.report and outcome.report.problems) == ("unchanged", [])


def test_an_error_that_arxiv_answers_as_a_paper_is_one(empty: Library, server: FeedServer) -> None:
    answer = arxiv_answer([Entry("x", "Error", abstract="malformed query")])
    answer = answer.replace("http://arxiv.org/abs/xv1", "http://arxiv.org/api/errors#malformed")
    empty.add_feed(server.gives("/feed", answer))
    assert refresh(empty).feed.state.error == "arXiv answered with an error: malformed query"
    assert empty.search("").total == 0


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(b"<rss><channel>" + b" " * 60_000_000 + b"</channel></rss>"),
        b"\x1f\x8b" + b"\0" * 100,
        b"<rss><channel><item>" + b"<a>" * 100_000,
        b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel>&b;</channel></rss>',
        b"\0" * 1000,
        b"",
        b"[" * 100_000,
        "{}",
        b"\xff\xfe<\0r\0s\0s\0>\0",
    ],
    ids=["gzip bomb", "damaged gzip", "deep", "entities", "zeros", "nothing", "deep JSON", "object", "half UTF-16"],
)
def test_hostile_answers_are_an_error_of_the_feed_or_nothing(
    empty: Library, server: FeedServer, body: bytes | str
) -> None:
    empty.add_feed(server.gives("/feed", body))
    outcome = refresh(empty)
    assert outcome.state in ("failed", "unchanged")
    assert empty.search("").total == 0
    assert "\n" not in (outcome.feed.state.error or "")


def test_what_was_thrown_away_stays_away_without_a_word(empty: Library, server: FeedServer) -> None:
    empty.add_feed(server.gives("/feed", arxiv_list(papers(2))))
    refresh(empty)
    empty.remove([1])
    outcome = refresh(empty)
    assert outcome.report is not None
    assert (outcome.report.unchanged, outcome.report.problems) == (2, [])
    assert empty.paper(1).trashed


def test_removing_a_feed_removes_no_paper(empty: Library, server: FeedServer) -> None:
    empty.add_feed(server.gives("/feed", arxiv_list(papers(2))))
    refresh(empty)
    empty.remove_feed(1)
    assert empty.search("").total == 2
    assert empty.announcements(1) == []


def test_a_feed_that_comes_back_by_undo_is_as_it_was(empty: Library, server: FeedServer) -> None:
    empty.add_feed(server.gives("/feed", arxiv_list(papers(2)), ETag='"1"'))
    refresh(empty)
    before, days = empty.feed(1), empty.announcements(1)
    empty.remove([2])
    for _ in range(2):
        entry = empty.remove_feed(1).entry
        empty.undo(entry)
        assert empty.feed(1) == before
    empty.restore([2])
    assert empty.announcements(1) == days
    assert refresh(empty).report is None
    empty.remove_feed(1)
    assert empty.add_feed(server.url("/feed"))[1].state.checked is None


def test_a_feed_removed_while_it_is_fetched_does_no_harm(empty: Library, server: FeedServer) -> None:
    def remove(handler: Handler) -> None:
        empty.remove_feed(1)
        body = arxiv_list(papers(2)).encode()
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))

    server.replies["/feed"] = Reply(act=remove)
    empty.add_feed(server.url("/feed"))
    assert refresh(empty).added == 2
    assert empty.feeds() == []
    assert all(finding.ok for finding in empty.doctor() if finding.check in ("database", "references"))


def test_two_processes_do_not_refresh_at_once(empty: Library, server: FeedServer, reopened_at: Any) -> None:
    empty.add_feed(server.gives("/feed", arxiv_list(papers(2))))
    with FolderLock(empty.folder / LOCK, alone=True), pytest.raises(LibraryBusy, match="refreshing the feeds"):
        reopened_at().refresh_feeds()
    assert server.asked == []
    assert refresh(empty).added == 2


_OTHER = """
import sys
from pathlib import Path
from readinglist.library import Library

with Library.open(Path(sys.argv[1])) as library:
    library.refresh_feeds()
"""


def test_a_process_that_is_killed_in_a_refresh_leaves_all_in_order(empty: Library, server: FeedServer) -> None:
    ended = threading.Event()

    def silent(_: Handler) -> None:
        ended.wait(20)

    empty.add_feed(server.gives("/first", arxiv_list(papers(2))))
    server.replies["/slow"] = Reply(act=silent)
    empty.add_feed(server.url("/slow"))
    other = subprocess.Popen([sys.executable, "-c", _OTHER, str(empty.folder)])
    try:
        until = time.monotonic() + 30
        while (len(server.asked) < 2 or empty.feed(1).state.new != 2) and time.monotonic() < until:
            time.sleep(0.02)
        with pytest.raises(LibraryBusy, match="refreshing the feeds"):
            empty.refresh_feeds()
        empty.star([1])  # the library itself is nobody's
    finally:
        other.kill()
        other.wait()
        ended.set()
    assert (empty.feed(1).state.new, empty.feed(2).state.checked) == (2, None)
    server.gives("/slow", arxiv_list(papers(3)))
    assert [outcome.added for outcome in empty.refresh_feeds().outcomes] == [0, 1]
    assert empty.paper(1).starred


def test_it_can_be_stopped_and_what_is_in_stays(empty: Library, server: FeedServer) -> None:
    ended = threading.Event()

    def silent(_: Handler) -> None:
        ended.wait(5)

    empty.add_feed(server.gives("/feed", arxiv_list(papers(2))))
    server.replies["/slow"] = Reply(act=silent)
    empty.add_feed(server.url("/slow"))
    empty.add_feed(server.gives("/other", blog(["2026-03-10"])))

    class Stopping:
        def step(self, done: int, total: int | None, text: str = "") -> None:
            if done == 1 and len(server.asked) == 2:
                raise Cancelled

    done = empty.refresh_feeds(progress=Stopping())
    ended.set()
    assert (done.stopped, [outcome.added for outcome in done.outcomes]) == (True, [2])
    assert empty.feed(2).state.checked is None
    assert [path for path, _ in server.asked] == ["/feed", "/slow"]


def test_several_feeds_are_several_entries(empty: Library, server: FeedServer) -> None:
    empty.add_feed(server.gives("/a", arxiv_list(papers(3))))
    empty.add_feed(server.gives("/b", arxiv_list(papers(3, start=3))))
    done = empty.refresh_feeds()
    assert [outcome.added for outcome in done.outcomes] == [3, 2]
    for entry in done.entries:
        empty.undo(entry)
    assert empty.search("").total == 0


def test_what_is_due_goes_by_when_it_was_asked(empty: Library, server: FeedServer, clock: Clock) -> None:
    empty.add_feed(server.gives("/a", blog(["2026-03-10"])))
    empty.add_feed(server.url("/missing"))
    assert empty.feeds_due(timedelta(hours=6)) == [1, 2]
    empty.refresh_feeds()
    clock.pass_(hours=5)
    assert empty.feeds_due(timedelta(hours=6)) == []
    clock.pass_(hours=1)
    assert empty.feeds_due(timedelta(hours=6)) == [1, 2]


def test_a_feed_that_is_not_there_cannot_be_refreshed(empty: Library) -> None:
    with pytest.raises(ReadingListError, match="There is no feed 4"):
        empty.refresh_feeds([4])


def test_no_secret_reaches_the_log(empty: Library, server: FeedServer, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        empty.add_feed(server.url("/feed?token=swordfish").replace("http://", "http://ada:swordfish@"))
        outcome = refresh(empty)
    assert outcome.state == "failed"
    assert "swordfish" not in caplog.text
    assert "swordfish" not in outcome.feed.name + outcome.feed.shown_address + (outcome.feed.state.error or "")
    assert "swordfish" not in "".join(entry.label for entry in empty.history())


def test_without_feeds_nothing_is_done(empty: Library) -> None:
    done = empty.refresh_feeds()
    assert (done.outcomes, done.added, done.entries, done.failed) == ([], 0, [], [])


RECORDED = (
    "arxiv/q_testing_s0_m10.xml", "arxiv/q_testing_s5_m15.xml", "arxiv/id_0000.0000_s0_m100.xml", "feeds/rss.xml",
    "feeds/atom10_feed_authors.xml", "feeds/rss10_1.xml", "feeds/rss091_1.xml", "huggingface/daily_papers.json",
)  # fmt: skip


def test_recorded_feeds_come_in(empty: Library, server: FeedServer, shared_data: Path) -> None:
    for name in RECORDED:
        empty.add_feed(server.gives(f"/{name}", (shared_data / "interop" / name).read_bytes()))
    done = empty.refresh_feeds()
    assert [outcome.added for outcome in done.outcomes] == [10, 10, 0, 8, 9, 1, 1, 1]
    assert done.failed == []
    again = empty.refresh_feeds()
    assert [outcome.added for outcome in again.outcomes] == [0] * len(RECORDED)


def test_files_and_secrets_of_this_machine_are_nobodys(empty: Library, tmp_path: Path, server: FeedServer) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text(blog(["2026-03-10"]))
    for path, where in (("/a", secret.as_uri()), ("/b", os.fspath(secret))):
        server.replies[path] = Reply(b"", 302, {"Location": where})
        empty.add_feed(server.url(path))
    done = empty.refresh_feeds()
    assert [outcome.state for outcome in done.outcomes] == ["failed", "failed"]
    assert empty.search("").total == 0
