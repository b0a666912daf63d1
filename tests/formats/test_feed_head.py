"""What a feed says of itself."""

from __future__ import annotations

import pytest

from readinglist.formats.feed_head import FeedHead, read_head
from readinglist.formats.source import Source
from tests.feed_server import arxiv_answer, arxiv_list, blog, daily_papers, papers

OPENSEARCH = 'xmlns:os="http://a9.com/-/spec/opensearchrss/1.0/"'


def head(text: str) -> FeedHead:
    return read_head(Source("feed", data=text.encode()))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (blog(["2026-03-10"], title="Lists & more"), FeedHead("Lists & more")),
        (arxiv_list(papers(2)), FeedHead("cs.CL updates on arXiv.org")),
        (arxiv_answer(papers(2), total=31), FeedHead("arXiv Query: search_query=all:lists", 31, 100)),
        (arxiv_answer([], total=0), FeedHead("arXiv Query: search_query=all:lists", 0, 100)),
        (
            f"""<rss {OPENSEARCH}><channel><item><title>a</title></item><title>Late</title>
            <os:totalResults> 7 </os:totalResults><os:startIndex>x</os:startIndex></channel></rss>""",
            FeedHead("Late", 7),
        ),
        (blog(["2026-03-10", "2026-03-11"])[:-40], FeedHead("Notes on lists", whole=False)),
        (daily_papers(papers(1)), FeedHead()),
        ("<html><head><title>Sign in</title></head></html>", FeedHead()),
        ("", FeedHead()),
        (f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{'x' * 5000}</title></feed>", FeedHead("x" * 200)),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>" + "<a>" * 500 + "</feed>", FeedHead()),
    ],
)
def test_a_head_is_read(text: str, wanted: FeedHead) -> None:
    assert head(text) == wanted


def test_a_count_beyond_reason_is_cut() -> None:
    text = blog([]).replace("<title>", f"<os:totalResults {OPENSEARCH}>{'9' * 5000}</os:totalResults><title>")
    assert head(text).total == 10**9


def test_a_web_page_names_its_feeds() -> None:
    text = """<!DOCTYPE html><html>
<LINK title='a' REL="alternate home" type=application/rss+xml href='/feed?a=1&amp;b=2'>
<link rel="stylesheet" href="/x.css"><link rel="alternate" type="text/html" href="/de"><link rel=alternate
 type="application/atom+xml" href="https://example.org/atom"/><link rel="alternate" type="application/rss+xml">"""
    assert head(text).alternates == ("/feed?a=1&b=2", "https://example.org/atom")
    assert head("<html>" + '<link rel="alternate" type="application/rss+xml" href="/f">' * 50).alternates == ("/f",) * 5
    assert head("<html>" + "<link " * 20_000).alternates == ()
