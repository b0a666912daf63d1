"""References in citation styles: right for what is common, whole for what is odd."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.errors import ReadingListError
from readinglist.formats import references
from readinglist.formats.references import STYLES, plain_reference, reference
from readinglist.formats.source import Source
from readinglist.formats.table import read_source, write
from readinglist.paper import Author, Paper

ARTICLE = Paper(
    "On the order of lists: a study",
    authors=(Author("Ludwig van Beethoven", "van Beethoven"), Author("Ada B. Lovelace")),
    year=2020,
    published="2020-05-04",
    venue="Journal of the Lists",
    doi="10.1000/x",
    extra={"entry_type": "article", "volume": "3", "number": "2", "pages": "1-12"},
)
PREPRINT = Paper("GPT-4 & <lists>", authors=(Author("OpenAI", "OpenAI"),), year=2024, arxiv_id="2401.00001")
TALK = Paper("Why do lists end?", authors=(Author("Ada Bo"),), year=2021, venue="Proc. of CONF", extra={"pages": "5-9"})


APA = (
    "van Beethoven, L., & Lovelace, A. B. (2020). On the order of lists: a study. Journal of the Lists, 3(2), 1–12. "
    "https://doi.org/10.1000/x"
)
CHICAGO = (
    "van Beethoven, Ludwig, and Ada B. Lovelace. 2020. “On the Order of Lists: A Study.” Journal of the Lists 3 (2): "
    "1–12. doi:10.1000/x."
)
HARVARD = (
    "van Beethoven, L. and Lovelace, A.B. (2020) “On the order of lists: a study”, Journal of the Lists, 3(2), pp. "
    "1–12. Available at: https://doi.org/10.1000/x."
)
IEEE = (
    "L. van Beethoven and A. B. Lovelace, “On the order of lists: a study,” Journal of the Lists, vol. 3, no. 2, pp. "
    "1–12, May 2020, doi: 10.1000/x."
)


@pytest.mark.parametrize(
    ("style", "paper", "text"),
    [
        ("apa", ARTICLE, APA),
        ("chicago", ARTICLE, CHICAGO),
        ("harvard", ARTICLE, HARVARD),
        ("ieee", ARTICLE, IEEE),
        (
            "apa",
            PREPRINT,
            "OpenAI. (2024). GPT-4 & <lists> (arXiv:2401.00001). arXiv. https://arxiv.org/abs/2401.00001",
        ),
        ("apa", TALK, "Bo, A. (2021). Why do lists end? Proc. of CONF, 5–9."),
        ("ieee", TALK, "A. Bo, “Why do lists end?” in Proc. of CONF, 2021, pp. 5–9."),
        ("chicago", TALK, "Bo, Ada. 2021. “Why Do Lists End?” In Proc. of CONF, 5–9."),
    ],
)
def test_common_papers_are_cited_as_the_style_wants(style: str, paper: Paper, text: str) -> None:
    assert reference(paper, style) == text


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "paper",
    [
        Paper("Only a title"),
        Paper("No author", year=2020, venue="Journal of Lists"),
        Paper("No year", authors=(Author("Ada Bo"),)),
        Paper("Ends with a stop.", authors=(Author("Bo"),), published="2020-02"),
        Paper("1. A number [1]", venue="V", authors=(Author("X, Y, Z"),)),
        Paper("数学の論文", authors=(Author("山田 太郎"),), year=2020),
        Paper("Crowd", authors=tuple(Author(f"Ada N{number}") for number in range(300)), year=1),
        Paper('<span class="nocase">x</span>', year=2020),
        Paper("Edited", extra={"editor": "Du, Cy", "entry_type": "inproceedings", "pages": "x", "volume": 3}),
        Paper("Odd", year=2020, extra={"entry_type": ["x"], "editor": 7, "volume": None, "publisher": "P"}),
    ],
    ids=lambda paper: paper.title[:12],
)
def test_odd_papers_get_a_reference_too(style: str, paper: Paper) -> None:
    text = reference(paper, style)
    assert text.lower().count(paper.title.strip(".").lower()) == 1
    assert ".." not in text
    assert "\n" not in text


@pytest.mark.parametrize("style", STYLES)
def test_articles_are_cited_without_publishers_and_editors(style: str) -> None:
    more = {"publisher": "Press", "address": "Bonn", "editor": "Du, Cy"}
    assert reference(replace(ARTICLE, extra={**ARTICLE.extra, **more}), style) == reference(ARTICLE, style)


@pytest.mark.parametrize("style", STYLES)
def test_an_identifier_for_a_title_is_said_once(style: str) -> None:
    assert reference(Paper("doi:10.1000/x", doi="10.1000/x"), style) == "doi:10.1000/x. https://doi.org/10.1000/x"


def test_a_title_without_end_is_cut() -> None:
    assert len(reference(Paper("word " * 50_000, authors=(Author("Bo"),)), "apa")) < 3000


class Tags(HTMLParser):
    """Collects the tags and the text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=15, deadline=None)
@given(
    text=st.text(min_size=1, max_size=20).filter(str.strip), more=st.sampled_from(["<script>", "&amp;", "<i>", '"', ""])
)
def test_html_holds_nothing_of_the_paper_as_markup(style: str, text: str, more: str) -> None:
    paper = Paper(text + more, authors=(Author(more + "Bo"),), venue=f"{more} Lists", year=2020)
    found = Tags(reference(paper, style, html=True))
    assert found.tags <= {"i", "b", "sup", "sub", "span"}
    if more:
        assert more in found.text


def test_what_citeproc_cannot_do_is_done_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **options: object) -> str:
        raise AttributeError("'NoneType' object has no attribute 'render'")

    monkeypatch.setattr(references, "_formatted", fail)
    assert reference(TALK, "apa") == "Ada Bo (2021). Why do lists end?. Proc. of CONF."


def test_a_plain_reference_says_what_is_known() -> None:
    assert plain_reference(PREPRINT, html=True) == (
        "OpenAI (2024). GPT-4 &amp; &lt;lists&gt;. https://arxiv.org/abs/2401.00001"
    )
    crowd = Paper("Big", authors=tuple(Author(f"N{number}") for number in range(40)), published="2021-01")
    assert "N19 et al. (2021). Big." in plain_reference(crowd)


def test_a_list_of_references_is_written_a_line_each() -> None:
    lines = "".join(write([ARTICLE, TALK], "ieee")).splitlines()
    assert [line[:4] for line in lines] == ["[1] ", "[2] "]
    assert "".join(write([ARTICLE, TALK], "apa")).count("\n") == 2


def test_a_page_of_references_is_whole() -> None:
    page = "".join(write([PREPRINT], "apa-html"))
    assert page.startswith("<!DOCTYPE html>")
    assert "<li>OpenAI. (2024). <i>GPT-4 &amp; &lt;lists&gt;</i>" in page
    assert page.endswith("</html>\n")
    assert "<ol>" in "".join(write([], "ieee-html"))


def test_references_are_never_read() -> None:
    with pytest.raises(ReadingListError, match="not read"):
        read_source(Source("a", data=b"x"), format_name="apa", today=date(2026, 3, 12))
