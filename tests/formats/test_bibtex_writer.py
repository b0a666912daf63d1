"""BibTeX and BibLaTeX written: read back equal, balanced, and as people who use LaTeX expect it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.errors import Problem
from readinglist.formats.item import Record
from readinglist.formats.source import Source
from readinglist.formats.table import read_source, recognise, write
from readinglist.paper import Author, Highlight, Link, Paper, Status
from readinglist.text.clean import clean_line, clean_paragraphs, clean_text

TODAY = date(2026, 3, 12)
DIALECTS = ("bibtex", "biblatex")


def written(*papers: Paper, dialect: str = "bibtex") -> str:
    return "".join(write(papers, dialect))


def read_back(text: str) -> list[Record]:
    items = list(read_source(Source("x.bib", data=text.encode()), today=TODAY))
    assert [item for item in items if isinstance(item, Problem)] == []
    return [item for item in items if isinstance(item, Record)]


nasty = st.one_of(st.text(max_size=40), st.text(alphabet="\\{}$%&#_^~@\"',;=-`ab AND\n\t", max_size=30))
lines = nasty.map(clean_line)
some_line = lines.filter(bool)
# A name that ends in its family name; others are shown in another order afterwards.
names = st.one_of(
    some_line.map(Author),
    some_line.map(lambda name: Author(name, name)),
    st.builds(lambda given, family: Author(f"{given} {family}", family), some_line, some_line).filter(
        lambda author: not re.fullmatch(r"(?i)(?:jr|sr|i{1,3}|i?v|ph\.?\s?d|m\.?d)\.?", author.name.split()[0])
    ),
)
days = st.one_of(st.none(), st.dates(date(1, 1, 1)).map(date.isoformat), st.sampled_from(["2026", "2026-03"]))
levels = some_line.map(lambda text: clean_line(text.replace("/", ""))).filter(bool)
tags = st.lists(levels, min_size=1, max_size=3).map("/".join).filter(lambda tag: tag.casefold() not in ("none", "any"))
notes = st.one_of(st.none(), nasty.map(clean_text).filter(str.strip))
addresses = st.sampled_from(
    ["https://example.org/a_b%20c#d?e=1&f=~g", "http://b.example.org/?q=1#x", "https://github.com/a/b"]
)
papers = st.builds(
    Paper,
    title=some_line,
    abstract=st.one_of(st.none(), nasty.map(clean_paragraphs).filter(bool)),
    authors=st.lists(names, max_size=3).map(tuple),
    year=st.one_of(st.none(), st.integers(1, 9999)),
    published=days,
    venue=st.one_of(st.none(), some_line),
    doi=st.one_of(st.none(), st.sampled_from(["10.1000/x(1)2_3", "10.1145/abc"])),
    arxiv_id=st.one_of(st.none(), st.sampled_from(["2401.00001", "hep-th/9901001"])),
    url=st.one_of(st.none(), addresses),
    keywords=st.lists(some_line.filter(lambda text: not re.match(r"(?i)rank|prio", text)), max_size=3, unique=True).map(
        tuple
    ),
    tags=st.frozensets(tags, max_size=3),
    note=notes,
    status=st.sampled_from([Status.INBOX, Status.READ]),
    starred=st.booleans(),
    added=st.one_of(st.just(""), st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat() + "Z")),
    source=st.sampled_from(DIALECTS),
    extra=st.fixed_dictionaries(
        {},
        optional={
            "volume": some_line,
            "pages": some_line,
            "file": some_line.filter(lambda path: not set("{}\\") & set(path)),
        },
    ),
)


def held(paper: Paper) -> Paper:
    """What the formats can hold: a year or a date of that year."""
    published = paper.published
    if published and paper.year is not None and int(published[:4]) != paper.year:
        published = None
    year = paper.year if paper.year is not None else int(published[:4]) if published else None
    return replace(paper, year=year, published=published if published and len(published) > 4 else None)


@pytest.mark.parametrize("dialect", DIALECTS)
@given(paper=papers)
def test_what_is_written_is_read_back_equal(dialect: str, paper: Paper) -> None:
    text = written(paper, dialect=dialect)
    [record] = read_back(text)
    extra = {name: value for name, value in record.paper.extra.items() if name in paper.extra}
    found = replace(record.paper, extra=extra, source=paper.source, links=())
    assert found == held(paper)
    assert record.reader == bool(paper.tags or paper.note or paper.starred or paper.status is Status.READ)


@pytest.mark.parametrize("dialect", DIALECTS)
@given(paper=papers)
def test_a_second_trip_changes_nothing_at_all(dialect: str, paper: Paper) -> None:
    [once] = read_back(written(paper, dialect=dialect))
    [twice] = read_back(written(once.paper, dialect=dialect))
    assert twice.paper == once.paper


@given(batch=st.lists(papers, min_size=1, max_size=4))
def test_braces_match_and_every_paper_is_one_entry(batch: list[Paper]) -> None:
    text = written(*batch)
    depth = 0
    for brace in re.findall("[{}]", text):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0
    records = read_back(text)
    assert [record.paper.title for record in records] == [paper.title for paper in batch]
    keys = [str(record.paper.extra["citation_key"]).lower() for record in records]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("paper", "bibtex", "biblatex"),
    [
        (Paper("A", venue="Journal of Lists"), "@article{", "@article{"),
        (Paper("A", venue="Proceedings of Lists"), "@inproceedings{", "@inproceedings{"),
        (Paper("A", venue="NeurIPS 2023"), "@inproceedings{", "@inproceedings{"),
        (Paper("A", arxiv_id="2401.00001"), "@misc{", "@online{"),
        (Paper("A"), "@misc{", "@misc{"),
        (Paper("A", extra={"entry_type": "online"}), "@misc{", "@online{"),
        (Paper("A", extra={"entry_type": "thesis"}), "@phdthesis{", "@thesis{"),
        (Paper("A", extra={"entry_type": "comment"}), "@misc{", "@misc{"),
        (Paper("A", extra={"entry_type": "x{"}), "@misc{", "@misc{"),
    ],
)
def test_types_of_entries(paper: Paper, bibtex: str, biblatex: str) -> None:
    assert bibtex in written(paper)
    assert biblatex in written(paper, dialect="biblatex")


def test_an_entry_as_people_expect_it() -> None:
    paper = Paper(
        "BERT & mRNA: 50% of Vitamin C in $O(n)$",
        authors=(Author("Zoë van der Aa", "van der Aa"), Author("World Bank", "World Bank"), Author("Ada Bo")),
        year=2021,
        published="2021-05-03",
        venue="Journal of R&D",
        doi="10.1000/a_b",
        url="https://example.org/a_b",
        keywords=("order",),
        tags=frozenset({"nlp/bias"}),
        note="Good.",
        starred=True,
        status=Status.READ,
        extra={"volume": "3", "pages": "1–20"},
    )
    assert (
        written(paper)
        == r"""% Encoding: UTF-8

@article{vanderaa2021bert,
  title = {{BERT} \& {mRNA}: 50\% of Vitamin {C} in $O(n)$},
  author = {van der Aa, Zoë and {World Bank} and Ada Bo},
  year = {2021},
  month = may,
  day = {3},
  journal = {Journal of R\&D},
  doi = {10.1000/a_b},
  url = {https://example.org/a_b},
  keywords = {order, nlp/bias},
  groups = {nlp/bias},
  annote = {Good.},
  readstatus = {read},
  ranking = {rank5},
  volume = {3},
  pages = {1--20},
}

@Comment{jabref-meta: databaseType:bibtex;}

@Comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 StaticGroup:nlp\;0\;1\;0x8a8a8aff\;\;\;;
2 StaticGroup:nlp/bias\;0\;1\;0x8a8a8aff\;\;\;;
}
"""
    )
    latex = written(paper, dialect="biblatex")
    assert "  date = {2021-05-03},\n" in latex
    assert "  journaltitle = {Journal of R\\&D},\n" in latex


def test_capitals_that_were_protected_stay_so() -> None:
    [record] = read_back(
        "@article{a, title = {Of {Petri} Nets, {B}ayes and {NASA} by {{Kalman Filters}} {in} \\emph{It}}}"
    )
    assert "title = {Of {Petri} Nets, {Bayes} and {NASA} by {Kalman} {Filters} in It}" in written(record.paper)


def test_an_arxiv_paper_has_its_archive() -> None:
    paper = Paper("A", arxiv_id="2401.00001", extra={"eprintclass": "cs.CL"})
    assert "  eprint = {2401.00001},\n  archiveprefix = {arXiv},\n  primaryclass = {cs.CL},\n" in written(paper)
    assert "  eprint = {2401.00001},\n  eprinttype = {arXiv},\n" in written(paper, dialect="biblatex")


@pytest.mark.parametrize(
    "text",
    ["a}, note = {x", "a\n}\n@article{evil, title = {Evil}", "}}}}", "{{{{", "\\", "%", "@comment{", '"', "$", "\\}"],
)
def test_no_text_leaves_its_field(text: str) -> None:
    line = clean_line(text)
    paper = Paper(
        line,
        abstract=clean_paragraphs(text),
        authors=(Author(line), Author(line, line), Author(f"A {line}", line)),
        venue=line,
        keywords=(line,),
        tags=frozenset({line}),
        note=text,
        extra={"volume": text, "citation_key": text, "entry_type": text, text: text, "file": text, "editor": text},
        source="bibtex",
    )
    after = Paper("After")
    for dialect in DIALECTS:
        first, second = read_back(written(paper, after, dialect=dialect))
        assert (first.paper.title, first.paper.note) == (line, clean_text(text))
        assert second.paper.title == "After"


def test_addresses_cannot_end_their_field() -> None:
    paper = Paper("A", url="https://example.org/{a}\\b", links=(Link("pdf", "https://example.org/}.pdf"),))
    [record] = read_back(written(paper))
    assert record.paper.url == "https://example.org/%7Ba%7D%5Cb"
    assert record.paper.links == (Link("pdf", "https://example.org/%7D.pdf"),)


def test_keys_that_papers_came_with_are_kept_and_none_is_given_twice() -> None:
    given = Paper("On Lists", year=2020, extra={"citation_key": "Lists:2020"})
    text = written(given, replace(given, title="Other"), Paper("On Lists", year=2020), Paper("Lists", year=2020))
    keys = re.findall(r"^@\w+\{([^,]*),", text, re.MULTILINE)
    assert keys[0] == "Lists:2020"
    assert keys[1].startswith("Lists:2020-")
    assert keys[2] == "anon2020lists"
    assert keys[3].startswith("anon2020lists-")


def test_editors_stay_editors() -> None:
    text = "@proceedings{a, title = {Lists}, editor = {Bo, Ada and Cy Du}, year = {2020}}"
    [record] = read_back(text)
    assert [author.name for author in record.paper.authors] == ["Ada Bo", "Cy Du"]
    again = written(record.paper)
    assert "  editor = {Bo, Ada and Cy Du},\n" in again
    assert "author" not in again


def test_a_file_of_no_papers_is_still_of_its_format() -> None:
    for dialect in DIALECTS:
        found = recognise(Source("x", data=written(dialect=dialect).encode()))
        assert found is not None
        assert found.name == dialect


def test_highlights_are_left_out() -> None:
    mark = Highlight("1", "marked", "", "", None, None, "yellow", "comment", "2026-01-01T00:00:00Z")
    assert "marked" not in written(Paper("A", highlights=(mark,)))


def test_writing_takes_papers_one_by_one() -> None:
    taken = []

    def endless():  # type: ignore[no-untyped-def]
        n = 0
        while True:
            taken.append(n)
            yield Paper(f"Paper {n}")
            n += 1

    pieces = write(endless(), "bibtex")
    for _ in range(4):
        next(pieces)
    assert len(taken) <= 4
