"""OPML in and out; what a list names besides addresses of the web is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from readinglist.errors import Problem, ReadingListError
from readinglist.feeds.address import read_address
from readinglist.feeds.opml import Listed, read_opml, write_opml
from readinglist.feeds.values import Feed
from readinglist.formats.source import Source


def read(text: str) -> list[Listed | Problem]:
    return read_opml(Source("list.opml", data=text.encode()))


def test_feeds_are_found_at_any_depth_each_once() -> None:
    found = read(
        """<?xml version="1.0"?>
<opml version="1.0"><body>
<outline text="Lists"><outline TEXT="On lists" xmlurl="https://example.org/a.xml"/>
<outline title="deep"><outline title="Queues" xmlUrl="https://example.org/b.xml" type="rss"/></outline></outline>
<outline text="again" xmlUrl="https://EXAMPLE.org/a.xml"/><outline xmlUrl="http://export.arxiv.org/rss/cs.CL"/>
<outline text="a folder of nothing"/></body></opml>"""
    )
    assert [(item.name, item.address.text) for item in found if isinstance(item, Listed)] == [
        ("On lists", "https://example.org/a.xml"),
        ("Queues", "https://example.org/b.xml"),
        (None, "arxiv:cs.CL"),
    ]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "/etc/passwd", "exec:rm", "|rm", "ftp://x/y", "filter:a:b"])
def test_a_file_or_a_program_is_told_of_and_left_alone(address: str) -> None:
    (item,) = read(f'<opml><body>\n<outline text="x" xmlUrl="{address}"/></body></opml>')
    assert isinstance(item, Problem)
    assert (item.kind, item.source, item.line) == ("failed", "list.opml", 2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no XML",
        "<html/>",
        "<not-opml><outline xmlUrl='https://example.org/'/></not-opml>",
        "<opml>" + " " * 1_100_000 + "</opml>",
    ],
)
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(ReadingListError):
        read(text)


def test_a_list_may_nest_as_deep_as_it_likes() -> None:
    inner = '<outline xmlUrl="https://example.org/a"/>'
    assert len(read(f"<opml>{'<outline>' * 5000}{inner}{'</outline>' * 5000}</opml>")) == 1


def test_no_entity_is_expanded_or_fetched() -> None:
    found = read(
        '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "yyyy">]>'
        '<opml><body><outline text="&x;&y;" xmlUrl="https://example.org/a"/></body></opml>'
    )
    assert [item.name for item in found if isinstance(item, Listed)] != ["yyyy"]
    assert not any("root:" in str(item) for item in found)


def test_a_broken_list_is_read_up_to_there() -> None:
    found = read('<opml><body><outline xmlUrl="https://example.org/a"/><outline xmlUrl="https://example.org/b"/><out')
    assert [item.address.text for item in found if isinstance(item, Listed)][:1] == ["https://example.org/a"]
    assert [item.kind for item in found if isinstance(item, Problem)] == ["notice"]


def test_what_is_written_is_read_again() -> None:
    named = {
        "arxiv:cs.CL": None,
        'arxiv:all:"a & b" ANDNOT ti:<c>': None,
        "huggingface": "Daily",
        "https://me:pw@example.org/x?a=1&b=%22": 'Quotes " and <tags> & all',
    }
    feeds = [Feed(n, str(n), read_address(text), "", name) for n, (text, name) in enumerate(named.items())]
    again = read(write_opml([*feeds, Feed(9, "9", read_address("pyproject.toml", folder=Path.cwd()), "")]))
    assert [item.address for item in again if isinstance(item, Listed)] == [feed.address for feed in feeds]
    assert [item.name for item in again if isinstance(item, Listed)] == [feed.name for feed in feeds]


def test_lists_of_other_programs_are_read(shared_data: Path) -> None:
    counts = {}
    for file in sorted((shared_data / "interop" / "opml").iterdir()):
        try:
            found = read_opml(Source(file.name, path=file))
        except ReadingListError:
            counts[file.name] = -1
            continue
        counts[file.name] = sum(isinstance(item, Listed) for item in found)
    assert counts == {
        "body-element-missing.opml": 0,
        "category.opml": 1,
        "example.opml": 7,
        "example2.opml": 7,
        "filtered.opml": 2,
        "opml-element-missing.opml": -1,
        "piped.opml": 1,
        "test-urls+.opml": 4,
    }
