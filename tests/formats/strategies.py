"""Invented papers for round trips: what a bibliography can say of them, with everything that could break a writer."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from readinglist.paper import Author, Link, Paper
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
days = st.one_of(
    st.none(), st.dates(min_value=date(1000, 1, 1)).map(date.isoformat), st.sampled_from(["2026", "2026-03"])
)
urls = st.sampled_from(["https://example.org/a?b=1&c=%20;d", "http://b.example.org/#x", "https://github.com/a/b"])
facts = st.fixed_dictionaries(
    {},
    optional={
        "volume": words,
        "number": words,
        "pages": st.sampled_from(["1-12", "e0815", "7"]),
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
        year=int(published[:4]) if published else None,
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
