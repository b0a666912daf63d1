"""The `feeds` commands, each as a run of the program of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Commands
from tests.feed_server import Entry, FeedServer, Reply, arxiv_list, blog, papers

FEED = {
    "id": 1,
    "name": "arXiv cs.CL",
    "address": "arxiv:cs.CL",
    "kind": "arxiv",
    "checked": None,
    "fetched": None,
    "newest": None,
    "new": 0,
    "error": None,
    "failing_since": None,
    "wait_until": None,
    "notices": [],
}


def test_feeds_are_added_listed_and_removed(empty: Commands) -> None:
    assert "no feeds yet" in empty.done("feeds")
    assert empty.data("feeds") == []
    added = empty.data("feeds", "add", "arxiv:cs.CL")
    assert (added["label"], added["edited"], added["ids"], added["entry"]) == ("Add feed arXiv cs.CL", 0, [], 1)
    feed = added["feed"]
    assert {**FEED, "added": feed["added"]} == feed
    assert empty.data("feeds") == [feed]
    assert empty.done("feeds").split() == ["1", "arXiv", "cs.CL", "not", "asked", "yet"]
    assert empty.data("feeds", "remove", 1)["label"] == "Remove feed arXiv cs.CL"
    assert empty.data("feeds") == []
    empty.done("undo")
    assert [each["id"] for each in empty.data("feeds")] == [1]
    empty.done("feeds", "rename", 1, "Language")
    assert empty.data("feeds")[0]["name"] == "Language"


def test_a_file_is_looked_for_where_the_reader_is(
    empty: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "new.xml").write_text(blog(["2026-03-10"]))
    assert empty.data("feeds", "add", "new.xml")["feed"]["address"] == str(tmp_path / "new.xml")
    assert empty.data("feeds", "refresh")["added"] == 1


@pytest.mark.parametrize("address", ["ftp://example.org/x", "file:///etc/passwd", "nowhere.xml", "", "arxiv:"])
def test_what_is_no_address_is_refused(empty: Commands, address: str) -> None:
    result = empty.run("feeds", "add", address)
    assert result.exit_code == 1
    assert result.stderr.startswith("readinglist: ")
    assert result.stderr.count("\n") == 1


def test_a_refresh_tells_what_came_by_day(empty: Commands, server: FeedServer) -> None:
    empty.done("feeds", "add", server.gives("/feed", arxiv_list(papers(3), "Wed, 11 Mar 2026 00:00:00 -0400")))
    done = empty.data("feeds", "refresh")
    (feed,) = done["feeds"]
    assert (done["added"], done["failed"], done["stopped"]) == (3, 0, False)
    assert (feed["state"], feed["read"], feed["added"], feed["import_id"]) == ("new", 3, 3, 2)
    assert feed["days"] == [{"day": "2026-03-11", "ids": [1, 2, 3]}]
    assert feed["problems"] == []
    assert feed["new"] == 3
    assert empty.found("list", "number") == [1, 2, 3]
    shown = empty.data("feeds", "show", 1)
    assert shown["days"] == feed["days"]
    assert "2026-03-11  3 papers" in empty.done("feeds", "show", 1)
    said = empty.done("feeds", "refresh", 1)
    assert said == "cs.CL updates on arXiv.org: 0 added, 0 updated, 3 unchanged\n"


def test_what_changed_since_it_was_read_is_told_until_it_is_seen(empty: Commands, server: FeedServer) -> None:
    empty.done("feeds", "add", server.gives("/feed", arxiv_list([Entry("2603.00001", "On lists")])))
    empty.done("feeds", "refresh")
    empty.done("move", 1, "--to", "read")
    server.gives("/feed", arxiv_list([Entry("2603.00001", "On longer lists", 2, "replace")]))
    told = "Changed since you read it: 1 On longer lists (v1 to v2): title"
    assert told in empty.done("feeds", "refresh")
    assert told in empty.done("feeds")
    assert empty.found("is:revised") == [1]
    assert empty.data("feeds", "seen")["ids"] == [1]
    assert "Changed" not in empty.done("feeds")
    assert empty.data("feeds", "seen")["ids"] == []


def test_exit_statuses_tell_none_some_and_all(empty: Commands, server: FeedServer) -> None:
    empty.done("feeds", "add", server.url("/missing"))
    empty.done("feeds", "add", server.gives("/feed", blog(["2026-03-10"])))
    result = empty.run("feeds", "refresh")
    assert result.exit_code == 3
    assert "1 added" in result.stdout
    assert result.stderr.splitlines()[-1].endswith("there is nothing at this address any more (404)")
    assert empty.run("feeds", "refresh", 1).exit_code == 1
    assert empty.run("feeds", "refresh", 2).exit_code == 0
    assert empty.run("feeds", "refresh", 9).exit_code == 1
    assert empty.run("feeds", "refresh", "x").exit_code == 2
    listed = empty.run("feeds")
    assert listed.exit_code == 0
    assert "failing since" in listed.stdout
    error = empty.data("feeds")[0]["error"]
    assert error == "there is nothing at this address any more (404)"


def test_without_a_network_it_is_one_plain_line_a_feed(empty: Commands, server: FeedServer) -> None:
    url = server.url("/feed")
    server.close()
    empty.done("feeds", "add", url)
    result = empty.run("feeds", "refresh")
    assert result.exit_code == 1
    assert result.stderr == f"readinglist: feed 1 ({url.removeprefix('http://')}): nothing answers at 127.0.0.1\n"


def test_a_secret_is_printed_by_export_alone(empty: Commands, server: FeedServer, tmp_path: Path) -> None:
    address = "https://ada:swordfish@example.org/feed?token=swordfish"
    outputs = [empty.run("feeds", "add", address, *more) for more in ((), ("--json",))]
    outputs += [empty.run("feeds"), empty.run("feeds", "--json"), empty.run("feeds", "show", 1), empty.run("history")]
    for result in outputs:
        assert "swordfish" not in result.stdout + result.stderr
    file = tmp_path / "feeds.opml"
    result = empty.run("feeds", "export", "-o", file)
    assert "1 address in it may hold a password or a token" in result.stderr
    assert "swordfish" in file.read_text()


def test_lists_go_out_and_come_in(empty: Commands, other: Commands, tmp_path: Path) -> None:
    for address in ("arxiv:cs.CL", "huggingface", "https://example.org/a?b=1&c=2"):
        empty.done("feeds", "add", address)
    file = tmp_path / "feeds.opml"
    file.write_text(empty.done("feeds", "export"))
    done = other.data("feeds", "import", file)
    assert (done["read"], done["added"], done["unchanged"], done["failed"]) == (3, 3, 0, 0)
    assert [feed["address"] for feed in other.data("feeds")] == [feed["address"] for feed in empty.data("feeds")]
    again = other.data("feeds", "import", file)
    assert (again["added"], again["unchanged"], again["entry"]) == (0, 3, None)
    other.done("undo")
    assert other.data("feeds") == []


def test_a_list_with_what_cannot_be_taken_is_status_3(empty: Commands, tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text('<opml><outline xmlUrl="exec:x"/><outline xmlUrl="https://example.org/"/></opml>')
    result = empty.run("feeds", "import", file, "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["problems"][0]["line"] == 1
    file.write_text("no list")
    assert empty.run("feeds", "import", file).exit_code == 1
    assert empty.run("feeds", "import", tmp_path / "nowhere.opml").exit_code == 1


def test_a_title_cannot_write_on_the_terminal(empty: Commands, server: FeedServer) -> None:
    title = "\u202eLists\x9b31m&#x9b;&#x202e;\u2028x"
    empty.done("feeds", "add", server.gives("/feed", blog(["2026-03-10"], title=title)))
    server.replies["/bad"] = Reply(b"", 302, {"Location": "evil\x9b31m:x"})
    empty.done("feeds", "add", server.url("/bad"))
    result = empty.run("feeds", "refresh")
    printed = result.stdout + result.stderr + empty.done("feeds") + empty.done("feeds", "--json")
    assert not {"\x9b", "\u202e", "\u2028"} & set(printed)
