"""Where a reader can go from a paper."""

from __future__ import annotations

from readinglist.paper import Link, Paper
from readinglist.ui.paper_links import paper_links, short_address


def test_doi_and_arxiv_come_first_and_lead_to_their_resolvers() -> None:
    paper = Paper("T", doi="10.1000/a<b", arxiv_id="2401.00001", links=(Link("code", "https://github.com/a/b"),))
    assert [(link.name, link.url) for link in paper_links(paper)] == [
        ("10.1000/a<b", "https://doi.org/10.1000/a%3Cb"),
        ("arXiv 2401.00001", "https://arxiv.org/abs/2401.00001"),
        ("github.com/a/b", "https://github.com/a/b"),
    ]


def test_an_address_that_repeats_the_arxiv_page_is_left_out() -> None:
    paper = Paper("T", arxiv_id="2401.00001", url="http://arxiv.org/abs/2401.00001v2")
    assert [link.name for link in paper_links(paper)] == ["arXiv 2401.00001"]


def test_an_address_stands_once() -> None:
    paper = Paper(
        "T", url="https://x.org/a/", links=(Link("page", "http://x.org/a"), Link("pdf", "https://x.org/a.pdf"))
    )
    assert [(link.name, link.kind) for link in paper_links(paper)] == [("x.org/a", "page"), ("PDF", "pdf")]


def test_only_web_addresses_are_links() -> None:
    links = tuple(
        Link("other", url) for url in ("file:///etc/passwd", "javascript:alert(1)", "ftp://x.org", "https:///")
    )
    assert paper_links(Paper("T", url="smb://host/share", links=links)) == []


def test_a_long_address_is_shortened() -> None:
    short = short_address("https://www.example.org/" + "a" * 100)
    assert len(short) == 44
    assert short.startswith("example.org/")
    assert short.endswith("…")
