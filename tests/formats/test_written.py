"""What is only written: one Markdown text, one HTML page, W3C annotations. Nothing a paper says acts in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from readinglist.formats.html_page import note_html
from readinglist.formats.table import write
from readinglist.paper import Author, Highlight, Link, Paper, Status
from tests.formats.whole_papers import papers
from tests.pace import within

ABSTRACT = "We keep lists of papers.\n\nThey grow & <b>grow</b>."
PAPER = Paper(
    title="On <i>Lists</i> & *Order*",
    uid="7c1f8a52-7f0e-4b6e-9d3b-2f6f2f6f2f6f",
    abstract=ABSTRACT,
    authors=(Author("Ada Quill"), Author("Bo Roe")),
    year=2024,
    venue="Journal of Lists",
    doi="10.1000/x(1)2",
    arxiv_id="2401.00001",
    url="https://example.org/a",
    links=(Link("pdf", "https://example.org/a.pdf"), Link("code", "https://github.com/a/b")),
    status=Status.NEXT,
    starred=True,
    tags=frozenset({"nlp/bias", "to read, soon"}),
    note="# Mine\n\nRead *this*.",
    highlights=(
        Highlight("0b8e3d4e-5b0a-4c9e-8f43-0a0a0a0a0a0a", "keep lists", "We ", " of papers", 3, 13, "green",
                  "Do we?", "2026-03-11T09:30:00Z"),
        Highlight("1b8e3d4e-5b0a-4c9e-8f43-0a0a0a0a0a0a", "papers.\n\nThey", "", "", 17, 30, "blue", None, ""),
        Highlight("2b8e3d4e-5b0a-4c9e-8f43-0a0a0a0a0a0a", "gone", "", "", None, None, "pink", None, ""),
    ),
    changed="2026-03-11T09:30:00Z",
)  # fmt: skip
HOSTILE = (
    "<script>alert(1)</script> <img src=http://x.example/p.png onerror=x> ![a](http://x.example/p.png) "
    "[b](javascript:alert(1)) </style></article> & \" ' # h ``` [[page]] #tag"
)


class Page(HTMLParser):
    """Collects the tags of a page and whether they are closed in order."""

    VOID = frozenset({"meta", "br", "hr"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(*given_papers: Paper) -> Page:
    page = Page("".join(write(given_papers, "html")))
    assert page.open == []
    return page


def test_a_page_says_everything_and_is_well_formed() -> None:
    page = page_of(PAPER)
    for said in (
        "On <i>Lists</i> & *Order*", "Ada Quill, Bo Roe", "Journal of Lists", "2024", "Up next", "nlp/bias", "★",
        "to read, soon", "They grow & <b>grow</b>.", "Do we?", "gone", "Mine", "1 paper",
    ):  # fmt: skip
        assert said in page.text.replace("\n", " ") or said in page.text
    links = {attributes["href"] for tag, attributes in page.tags if tag == "a"}
    assert links == {
        "https://example.org/a", "https://arxiv.org/abs/2401.00001", "https://doi.org/10.1000/x(1)2",
        "https://example.org/a.pdf", "https://github.com/a/b",
    }  # fmt: skip


def test_highlights_are_marked_where_they_stand() -> None:
    html = "".join(write([PAPER], "html"))
    assert '<p>We <mark class="green">keep lists</mark> of <mark class="blue">papers.</mark></p>' in html
    assert '<p><mark class="blue">They</mark> grow' in html


def test_highlights_that_overlap_stay_well_formed() -> None:
    one, two, _ = PAPER.highlights
    both = (replace(one, quote=ABSTRACT[3:20], end=20), replace(two, quote=ABSTRACT[8:30], start=8))
    html = "".join(write([replace(PAPER, highlights=both)], "html"))
    assert '<mark class="green">keep lists of pap</mark><mark class="blue">ers.</mark>' in html


ALLOWED = frozenset(
    {"html", "head", "meta", "title", "style", "body", "main", "article", "footer", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {
        "p",
        "a",
        "span",
        "ul",
        "ol",
        "li",
        "div",
        "q",
        "mark",
        "em",
        "strong",
        "s",
        "code",
        "pre",
        "blockquote",
        "hr",
        "br",
    }
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
ATTRIBUTES = frozenset({"href", "rel", "class", "title", "lang", "charset", "http-equiv", "content", "name"})


def hostile_papers() -> Iterator[Paper]:
    highlight = replace(PAPER.highlights[2], quote=HOSTILE, comment=HOSTILE, colour=HOSTILE)
    yield Paper(
        title=HOSTILE, abstract=HOSTILE, authors=(Author(HOSTILE),), venue=HOSTILE, note=HOSTILE, published=HOSTILE,
        tags=frozenset({HOSTILE}), highlights=(highlight,), url="javascript:alert(1)", doi=HOSTILE, arxiv_id=HOSTILE,
        links=(Link("other", "data:text/html,x"), Link("code", 'https://a.example/"onclick="x')),
    )  # fmt: skip
    yield Paper(
        title="a", note="[x](file:///etc/passwd) <https://b.example> [y](data:text/html,z) ![z](https://c.example/i)"
    )


@pytest.mark.parametrize("paper", list(hostile_papers()), ids=["everywhere", "note"])
def test_a_page_runs_and_loads_nothing(paper: Paper) -> None:
    page = page_of(paper)
    assert {tag for tag, _ in page.tags} <= ALLOWED
    for tag, attributes in page.tags:
        assert attributes.keys() <= {
            "href",
            "rel",
            "class",
            "title",
            "lang",
            "charset",
            "http-equiv",
            "content",
            "name",
        }, tag
        assert re.match(r"https?://", attributes.get("href") or "https://")
    (policy,) = (each["content"] for _, each in page.tags if each.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    assert "url(" not in "".join(write([], "html"))
    assert "@import" not in "".join(write([], "html"))


@settings(max_examples=60, deadline=None)
@given(st.lists(papers, max_size=2), st.text(max_size=30))
def test_a_page_is_well_formed_whatever_the_papers(given_papers: list[Paper], note: str) -> None:
    page_of(*given_papers, Paper(title="x", note=f"{note}<p>[a]({note})"))


@pytest.mark.parametrize(
    "piece", ["[", "*", "`", "> ", "- ", "![", "<", "_a*", "[a](", "~", "|", "\n", "&", "\\", "a*b_"]
)
def test_a_hostile_note_takes_bounded_time(piece: str) -> None:
    with within(10):
        note_html(piece * (25_000 // len(piece)))
    assert note_html("x" * 50_001).startswith("<pre>")


def test_one_markdown_text_says_everything() -> None:
    text = "".join(write([PAPER], "markdown"))
    for said in (
        "## On \\<i\\>Lists\\</i\\> & \\*Order\\*", "Ada Quill, Bo Roe · 2024 · Journal of Lists",
        "[DOI](https://doi.org/10.1000/x%281%292)", "Up next · starred · Tags: nlp/bias, to read, soon",
        "We keep lists of papers.", "> keep lists\n\nDo we?", "**Note**\n\n### Mine\n\nRead *this*.",
    ):  # fmt: skip
        assert said in text


def test_markdown_of_foreign_text_makes_no_image_link_or_html() -> None:
    foreign = replace(next(hostile_papers()), note=None, links=(), url=None, doi=None, arxiv_id=None)
    html = MarkdownIt("commonmark").render("".join(write([foreign], "markdown")))
    assert {tag for tag, _ in Page(html).tags} <= {"h1", "h2", "p", "blockquote"}


@pytest.mark.parametrize("text", ["1986. A year", "- a", "+ a", "--- b", "# a", "> a", "a == b", "10) b", "a_b_c * d"])
def test_markdown_shows_text_as_it_is(text: str) -> None:
    html = MarkdownIt("commonmark").render("".join(write([Paper(title="T", abstract=text)], "markdown")))
    assert Page(html).text.strip().endswith(text)


def test_annotations_hold_both_selectors_comment_and_colour() -> None:
    collection = json.loads("".join(write([PAPER, Paper(title="None")], "annotations")))
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (collection["type"], collection["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
    items = collection["first"]["items"]
    assert collection["total"] == len(items) == 4
    first = items[0]
    assert first["id"] == "urn:uuid:0b8e3d4e-5b0a-4c9e-8f43-0a0a0a0a0a0a"
    assert (first["created"], first["motivation"], first["body"]["value"]) == (
        "2026-03-11T09:30:00Z", "commenting", "Do we?",
    )  # fmt: skip
    assert first["target"]["source"]["id"] == "https://example.org/a"
    assert first["target"]["styleClass"] == "green"
    assert first["target"]["selector"] == [
        {"type": "TextQuoteSelector", "exact": "keep lists", "prefix": "We ", "suffix": " of papers"},
        {"type": "TextPositionSelector", "start": 3, "end": 13},
    ]
    assert [item["motivation"] for item in items] == ["commenting", "highlighting", "highlighting", "commenting"]
    assert [selector["type"] for selector in items[2]["target"]["selector"]] == ["TextQuoteSelector"]
    assert (items[3]["body"]["value"], items[3]["body"]["format"]) == ("# Mine\n\nRead *this*.", "text/markdown")
    assert items[3]["target"] == first["target"]["source"]


def test_no_papers_make_an_empty_collection() -> None:
    assert json.loads("".join(write([], "annotations")))["total"] == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(papers, max_size=3))
def test_annotations_are_json_with_an_id_each(given_papers: list[Paper]) -> None:
    collection = json.loads("".join(write(given_papers, "annotations")))
    assert all(item["id"].startswith("urn:uuid:") for item in collection["first"]["items"])
    assert collection["total"] == sum(len(paper.highlights) + bool(paper.note) for paper in given_papers)
