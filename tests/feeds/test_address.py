"""What a reader types becomes a feed, or a sentence; nothing that may be a secret is shown."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.errors import ReadingListError
from readinglist.feeds.address import Kind, kept_address, normal_url, read_address, shown, usual_name


@pytest.mark.parametrize(
    ("typed", "kept", "url"),
    [
        ("arxiv:cs.CL", "arxiv:cs.CL", "https://rss.arxiv.org/rss/cs.CL"),
        ("arXiv: cs.CL+math.AG", "arxiv:cs.CL+math.AG", "https://rss.arxiv.org/rss/cs.CL+math.AG"),
        ("https://arxiv.org/list/cs.CL/recent", "arxiv:cs.CL", "https://rss.arxiv.org/rss/cs.CL"),
        ("http://export.arxiv.org/rss/hep-th", "arxiv:hep-th", "https://rss.arxiv.org/rss/hep-th"),
        ("huggingface", "huggingface", "https://huggingface.co/api/daily_papers?limit=100"),
        ("HF", "huggingface", "https://huggingface.co/api/daily_papers?limit=100"),
        ("https://huggingface.co/papers", "huggingface", "https://huggingface.co/api/daily_papers?limit=100"),
        (" https://Example.org/a b ", "https://example.org/a%20b", "https://example.org/a%20b"),
        ("https://exämple.org", "https://xn--exmple-cua.org/", "https://xn--exmple-cua.org/"),
        ("http://[2001:db8::1]:8080/x", "http://[2001:db8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
    ],
)
def test_an_address_is_understood(typed: str, kept: str, url: str) -> None:
    address = read_address(typed)
    assert (address.text, address.url) == (kept, url)
    assert kept_address(address.text) == address
    assert read_address(address.url or "").url == url


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("arxiv:all:electron", "all:electron"),
        ("arxiv:electron", "all:electron"),
        ("arxiv:sparse autoencoders", 'all:"sparse autoencoders"'),
        ('arxiv:ti:"logit lens" AND cat:cs.CL', 'ti:"logit lens" AND cat:cs.CL'),
        ("arxiv:au:o'neil & sons?x=1#y", "au:o'neil & sons?x=1#y"),
    ],
)
def test_a_query_of_arxiv_asks_for_what_changed_last(typed: str, query: str) -> None:
    address = read_address(typed)
    asked = parse_qs(urlsplit(address.url or "").query)
    assert asked["search_query"] == [query]
    assert (asked["sortBy"], asked["sortOrder"]) == (["lastUpdatedDate"], ["descending"])
    assert read_address(address.url or "") == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "arxiv:",
        "ftp://example.org/feed",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/xml,<rss/>",
        "exec:~/bin/feed",
        "|~/feed.py",
        "nowhere.xml",
        "http://",
        "https://exa mple.org/",
        "https://example.org:99999/",
        "https://-\u202e/",
        "https://" + "a" * 5000,
    ],
)
def test_what_is_no_address_is_refused_in_words(typed: str, tmp_path: Path) -> None:
    with pytest.raises(ReadingListError):
        read_address(typed, folder=tmp_path)


@pytest.mark.parametrize("typed", ["name" * 300, "~nobody-of-this-name/new.xml"])
def test_a_name_that_no_file_can_have_is_refused_in_words(typed: str, tmp_path: Path) -> None:
    with pytest.raises(ReadingListError, match="neither"):
        read_address(typed, folder=tmp_path)


def test_a_file_is_one_where_files_are_meant(tmp_path: Path) -> None:
    (tmp_path / "new.xml").write_text("<rss/>")
    address = read_address("new.xml", folder=tmp_path)
    assert (address.kind, address.path, address.url) == (Kind.FILE, tmp_path / "new.xml", None)
    assert kept_address(address.text) == address
    with pytest.raises(ReadingListError, match="neither"):
        read_address("new.xml")


def test_what_was_kept_by_another_program_and_makes_no_sense_cannot_be_asked() -> None:
    address = kept_address("https://exa mple/")
    assert (address.url, address.path) == (None, None)


@pytest.mark.parametrize(
    ("address", "secret"),
    [
        ("https://ada:swordfish@example.org/feed", "swordfish"),
        ("https://swordfish@example.org/feed", "swordfish"),
        ("https://example.org/feed?token=swordfish&page=2", "swordfish"),
        ("https://example.org/feed?api_key=swordfish", "swordfish"),
        ("https://example.org/private/0123456789abcdef01234567/feed.xml", "0123456789abcdef"),
        ("https://example.org/feed?x=0123456789abcdef01234567", "0123456789abcdef"),
        ("https://example.org/feed?0123456789abcdef01234567", "0123456789abcdef"),
    ],
)
def test_a_secret_is_not_shown(address: str, secret: str) -> None:
    kept = read_address(address)
    for text in (shown(kept.text), usual_name(kept)):
        assert secret not in text
        assert "example.org" in text


@pytest.mark.parametrize("address", ["arxiv:cs.CL", "https://example.org/2026/03/new-papers-of-the-week.xml?page=2"])
def test_a_plain_address_is_shown_as_it_is(address: str) -> None:
    assert shown(address) == address


@given(st.text(max_size=80) | st.from_regex(r"https?://[^\s]{1,60}", fullmatch=True))
def test_any_text_is_an_address_or_refused(typed: str) -> None:
    try:
        address = read_address(typed)
    except ReadingListError:
        return
    assert address.url is not None
    assert address.url.isascii()
    assert address.url.startswith(("http://", "https://"))
    assert normal_url(address.url) == address.url
    shown(address.text)
    usual_name(address)


@pytest.mark.parametrize("text", ["https://user:pw@exampl]]>", "http://[::1", "https://a]b/feed?token=secret"])
def test_an_address_that_is_none_is_refused_and_shown_without_its_secrets(text: str) -> None:
    assert shown(text) in ("https://…", "http://…")
    with pytest.raises(ReadingListError):
        read_address(text)
