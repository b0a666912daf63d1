"""RIS and CSL-JSON give back what they can hold, whatever stands in a paper."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.formats.item import Record
from readinglist.formats.source import Source
from readinglist.formats.table import read_source, recognise, write
from readinglist.paper import Author, Link, Paper, Status
from readinglist.text.clean import clean_line, clean_paragraphs, clean_text

_PIECES = st.sampled_from(
    [
        "\nTY  - JOUR\n",
        "\nER  - \n",
        "\nAU  - Nobody, Paul\n",
        "ER  - ",
        "TY  - JOUR",
        "\nPMID- 1\n",
        "<i>sloped</i>",
        "&lt;b&gt;",
        "AT&T; a < b > c",
        "<p>One</p>",
        '"quoted" \\ back',
        "\n\n      six spaces",
        "DOI: 10.1000/x",
        "KW  - a; b",
        "  - ",
        "\r\n",
        "\u2028",
        "Ünïcödé 数学",
        "{braces} $x_1$",
    ]
)
texts = st.lists(st.one_of(_PIECES, st.text(max_size=12)), max_size=4).map("".join)
lines = texts.map(clean_line).filter(bool)
words = st.text(st.characters(categories=("Lu", "Ll", "Lo")), min_size=1, max_size=8).map(clean_line).filter(bool)
keywords = lines.map(lambda text: text.replace(";", ",").lstrip("* ").strip()).filter(bool)
names = st.one_of(
    st.builds(lambda given, family: Author(f"{given} {family}", family), words, words),
    st.builds(lambda name: Author(name, name), lines),
    st.builds(lambda given, family: Author(f"{given} {family}"), words, words),
    lines.map(Author),
    st.sampled_from(
        [Author("Ludwig van Beethoven", "van Beethoven"), Author("Martin King Jr.", "King"), Author("X, Inc.")]
    ),
)
days = st.one_of(st.none(), st.dates(min_value=date(1000, 1, 1)).map(date.isoformat), st.just("2026-03"))
urls = st.sampled_from(["https://example.org/a?b=1&c=%20;d", "http://b.example.org/#x", "https://github.com/a/b"])
facts = st.fixed_dictionaries(
    {},
    optional={
        "volume": words,
        "number": words,
        "pages": st.sampled_from(["1–12", "e0815", "7"]),
        "publisher": lines,
        "address": lines,
        "series": lines,
        "edition": words,
        "language": words,
        "issn": st.just("1234-5678"),
        "editor": st.sampled_from(["Bo, Ada", "Bo, Ada and {Sun and Moon Press}"]),
        "entry_type": st.sampled_from(["article", "inproceedings", "book", "thesis", "online", "report"]),
    },
)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    """Draw a paper with nothing but what RIS and CSL-JSON can hold."""
    published = draw(days)
    arxiv_id = draw(st.sampled_from([None, "2401.00001", "hep-th/9901001"]))
    links = {url: Link("code" if "github" in url else "other", url) for url in draw(st.lists(urls, max_size=2))}
    url = draw(st.one_of(st.none(), urls)) if not links else "https://example.org/main"
    note = draw(st.one_of(st.none(), texts)) or ""
    return Paper(
        title=draw(lines),
        abstract=clean_paragraphs(draw(texts)) or None,
        authors=tuple(draw(st.lists(names, max_size=3))),
        published=published,
        year=int(published[:4]) if published else draw(st.sampled_from([None, 950, 2020])),
        venue=draw(st.one_of(st.none(), lines)),
        doi=draw(st.sampled_from([None, "10.1000/x(1)2", "10.1234/a;b"])),
        arxiv_id=arxiv_id,
        version=draw(st.sampled_from([None, "v2"])) if arxiv_id else None,
        url=url,
        links=tuple(links.values()) if url not in links else (),
        keywords=tuple(dict.fromkeys(draw(st.lists(keywords, max_size=3)))),
        note=clean_text(note).strip() or None,
        extra=draw(facts),
    )


FORMATS = ("ris", "csl-json")
HELD = (
    "title",
    "abstract",
    "published",
    "year",
    "venue",
    "doi",
    "arxiv_id",
    "version",
    "url",
    "links",
    "keywords",
    "note",
)
TODAY = date(2026, 3, 12)


def again(paper: Paper, format_name: str) -> Paper:
    """Write a paper, recognise what was written, read it."""
    source = Source("x", data="".join(write([paper], format_name)).encode())
    found = recognise(source)
    assert found is not None
    assert found.name == format_name
    (item,) = read_source(source, today=TODAY)
    assert isinstance(item, Record)
    return item.paper


@pytest.mark.parametrize("format_name", FORMATS)
@settings(max_examples=60, deadline=None)
@given(paper=papers())
def test_what_is_written_is_read_back_equal(format_name: str, paper: Paper) -> None:
    found = again(paper, format_name)
    assert {name: getattr(found, name) for name in HELD} == {name: getattr(paper, name) for name in HELD}
    editors = {"Bo, Ada": ["Ada Bo"], "Bo, Ada and {Sun and Moon Press}": ["Ada Bo", "Sun and Moon Press"]}
    names = [author.name for author in paper.authors] or editors.get(paper.extra.get("editor", ""), [])
    assert [author.name for author in found.authors] == names
    for one, other in zip(paper.authors, found.authors, strict=False):
        assert one.family in (None, other.family)
    assert {name: found.extra.get(name) for name in paper.extra} == paper.extra


@pytest.mark.parametrize("format_name", FORMATS)
def test_many_papers_stay_many(format_name: str) -> None:
    several = [Paper(f"Title {number}\u2028ER  - \nTY  - JOUR") for number in range(20)]
    text = "".join(write(several, format_name)).encode()
    items = list(read_source(Source("x", data=text), today=TODAY))
    assert [item.paper.title for item in items if isinstance(item, Record)] == [
        f"Title {number} ER - TY - JOUR" for number in range(20)
    ]
    assert len(items) == 20


@pytest.mark.parametrize("format_name", FORMATS)
def test_an_empty_list_is_an_empty_file(format_name: str) -> None:
    assert "".join(write([], format_name)).strip() in ("", "[]")


@pytest.mark.parametrize("format_name", FORMATS)
def test_tags_leave_as_keywords_for_other_programs(format_name: str) -> None:
    paper = Paper("Lists", keywords=("order",), tags=frozenset({"to read", "order"}), status=Status.READ)
    found = again(paper, format_name)
    assert found.keywords == ("order", "to read")
    assert found.tags == frozenset()


@pytest.mark.parametrize("format_name", FORMATS)
def test_an_identifier_for_a_title_is_not_written_as_one(format_name: str) -> None:
    paper = Paper("doi:10.1000/x", doi="10.1000/x")
    assert "doi:10" not in "".join(write([paper], format_name))
    assert again(paper, format_name).title == "doi:10.1000/x"


@pytest.mark.parametrize(("one", "other"), [FORMATS, FORMATS[::-1]])
def test_facts_travel_from_one_format_to_the_other(one: str, other: str) -> None:
    paper = Paper("Lists", extra={"volume": "3", "pages": "1–9", "entry_type": "inproceedings", "publisher": "Press"})
    found = again(again(paper, one), other)
    assert {name: found.extra[name] for name in paper.extra} == paper.extra
