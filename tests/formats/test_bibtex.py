"""BibTeX and BibLaTeX files: everything is taken or told of with its line, and one bad entry costs one."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from readinglist.errors import Problem
from readinglist.formats.item import Record
from readinglist.formats.source import Limits, Source
from readinglist.formats.table import read_source, recognise
from readinglist.paper import Author, Link, Paper, Status
from tests.pace import within

TODAY = date(2026, 3, 12)
BAD = Path(__file__).parent / "bad" / "bibtex"


def items_of(data: str | bytes | Path, **options: Any) -> list[Record | Problem]:
    if isinstance(data, Path):
        source = Source(data.name, path=data)
    else:
        source = Source("some.bib", data=data if isinstance(data, bytes) else data.encode())
    return list(read_source(source, today=TODAY, **options))


def papers_of(data: str | bytes | Path, **options: Any) -> list[Paper]:
    return [item.paper for item in items_of(data, **options) if isinstance(item, Record)]


def paper_of(fields: str, kind: str = "article") -> Paper:
    """Return the paper of an entry with a title and `fields`."""
    items = items_of(f"@{kind}{{key,\n  title = {{T}},\n  {fields}\n}}\n")
    assert [item for item in items if isinstance(item, Problem)] == []
    [record] = items
    assert isinstance(record, Record)
    return record.paper


def told(data: str | bytes | Path) -> list[tuple[str, int | None, str]]:
    return [(item.kind, item.line, item.message) for item in items_of(data) if isinstance(item, Problem)]


def test_good_entries_between_broken_ones_are_taken_and_the_rest_is_told_of() -> None:
    path = BAD / "broken_between_good.bib"
    titles = [paper.title for paper in papers_of(path)]
    assert titles == [
        "Good One",
        "A comma is missing",
        "An equals sign is missing",
        "The end is missing",
        "Good Two",
        "A brace too many",
        "Two signs",
        "The Key Stands Twice",
        "No Key",
        "No Key Nor Comma",
    ]
    lines = path.read_text().splitlines()
    assert [(kind, lines[(line or 0) - 1][:16], message) for kind, line, message in told(path)] == [
        ("failed", "@article{brace,", "it is not closed"),
        ("notice", "@article{comma,", "a comma is missing behind title"),
        ("notice", "@article{equals,", "the equals sign of title is missing"),
        ("failed", "@article{quote,", "the quotation mark that opens title is not closed"),
        ("notice", "@article{end,", "its closing brace is missing"),
        ("failed", "@article nobrace", "behind @article the opening brace is missing"),
        ("failed", "@{title = {The t", "behind @ the type of the entry is missing"),
        ("notice", "@article{many,", "there is a closing brace too many"),
        ("failed", "@article{words, ", "behind title there is “words, year = 2020}” instead of a comma"),
        ("notice", "% @article{comme", "@article behind a percent sign is a comment; it was left out"),
        ("notice", "@comment{", "entries inside a comment were left out"),
        ("notice", "@article{good1, ", "the key “good1” stands for an earlier entry too"),
        ("failed", "@misc{nothing}", "there is no title"),
        ("failed", "@misc{empty, tit", "there is no title"),
    ]


def test_every_bad_file_is_read_to_its_end() -> None:
    files = sorted(BAD.iterdir())
    assert len(files) > 5
    for path in files:
        assert papers_of(path), path.name


def test_windows_line_ends_and_a_byte_order_mark() -> None:
    items = items_of(BAD / "bom_crlf.bib")
    assert [(item.line, item.paper.title) for item in items if isinstance(item, Record)] == [
        (1, "Windows"),
        (6, "Second"),
    ]
    assert papers_of(BAD / "bom_crlf.bib")[0].authors == (Author("Jörg Müller", "Müller"),)


def test_old_encodings_and_line_ends() -> None:
    [paper, _] = papers_of(BAD / "windows_1252.bib")
    assert paper.title == "Café – “naïve”"
    assert paper.authors == (Author("José Muñoz"),)
    assert [item.line for item in items_of(BAD / "mac.bib")] == [1, 5]


def test_characters_that_stand_for_nothing_are_left_out() -> None:
    [paper, good] = papers_of(BAD / "controls.bib")
    assert paper.title == "Bell and turned"
    [nul] = papers_of("@misc{a, title = {N\0ul}}", format_name="bibtex")
    assert nul.title == "Nul"
    assert paper.authors == ()
    assert good.title == "Good"


def test_references_that_run_in_circles_end() -> None:
    titles = {paper.title: paper for paper in papers_of(BAD / "loops.bib")}
    assert titles["X"].year == 2020
    assert titles["A"].venue == "B"
    assert ("notice", 4, "the entry “nowhere” that it refers to is not here") in told(BAD / "loops.bib")
    assert "sstundefined!" in titles


def test_jabrefs_groups_and_marks() -> None:
    one, two, three = papers_of(BAD / "jabref.bib")
    assert one.tags == {"Top/Middle/Deep", "Top", "Own Name/With Slash"}
    assert (one.status, one.starred) == (Status.READ, True)
    assert one.note == "First line.\n\nSecond -- paragraph with 50% and $x$.\n\nAda's."
    assert two.tags == {"skimmed", "Old ;style", "Dyn"}
    assert (two.status, two.starred, two.keywords) == (Status.READ, True, ("Dynamic", "other"))
    assert (three.starred, three.keywords, three.extra["ranking"]) == (False, ("x",), "rank2")
    assert all(item.reader for item in items_of(BAD / "jabref.bib") if isinstance(item, Record) and item.paper.tags)


def test_nesting_paths_and_other_brackets() -> None:
    papers = {paper.title: paper for paper in papers_of(BAD / "nested.bib")}
    assert papers["Path"].extra["file"] == "C:\\papers\\"
    assert papers["One { brace"].year == 2020
    assert papers['Round "quotes"'].published == "2020-01-05"
    assert papers["T"].abstract == 'It says @articleinner, title = Inner and % signs % everywhere and "quotes".'
    assert set(papers) >= {"Deep", "Path", "T"}


@pytest.mark.parametrize(
    ("fields", "year", "published"),
    [
        ("year = 2020", 2020, None),
        ("year = {2020a}", 2020, None),
        ("year = {c. 1850}", 1850, None),
        ("year = {circa 1850?}", 1850, None),
        ("year = {in press}", None, None),
        ("year = {2019/2020}", 2019, None),
        ("year = {2020}, month = may", 2020, "2020-05"),
        ("year = {2020}, month = {5}", 2020, "2020-05"),
        ("year = {2020}, month = {8,}", 2020, "2020-08"),
        ("year = {2020}, month = {Juni}", 2020, "2020-06"),
        ("year = {2020}, month = {MAR}", 2020, "2020-03"),
        ('year = 2020, month = jan # "~5"', 2020, "2020-01-05"),
        ('year = 2020, month = "5~" # jan', 2020, "2020-01-05"),
        ("year = {2020}, month = {Jan.-Feb.}", 2020, "2020-01"),
        ("year = {2020}, month = feb, day = {29}", 2020, "2020-02-29"),
        ("year = {2021}, month = feb, day = {29}", 2021, "2021-02"),
        ("date = {2020}", 2020, None),
        ("date = {2020-05}", 2020, "2020-05"),
        ("date = {2020-05-01/2020-06}", 2020, "2020-05-01"),
        ("date = {2020-05-01T10:00:00Z}", 2020, "2020-05-01"),
        ("date = {/2020-06}", 2020, "2020-06"),
        ("date = {2020-05-01/..}", 2020, "2020-05-01"),
        ("date = {1850~}", 1850, None),
        ("date = {2020-21}", 2020, None),
        ("date = {2020/05/01}", 2020, "2020-05-01"),
        ("date = {01.05.2020}", 2020, "2020-05-01"),
        ("date = {May 1, 2020}", 2020, "2020-05-01"),
        ("date = {forthcoming}", None, None),
        ("date = {2020-13-45}", 2020, None),
        ("date = {2020-05-01}, year = {2021}", 2021, "2020-05-01"),
    ],
)
def test_dates_in_all_their_forms(fields: str, year: int | None, published: str | None) -> None:
    paper = paper_of(fields)
    assert (paper.year, paper.published) == (year, published)


def test_what_is_no_year_is_kept_as_it_is() -> None:
    assert paper_of("year = {in press}").extra["year"] == "in press"
    assert paper_of("date = {2020-05/2020-06}").extra["date"] == "2020-05/2020-06"


@pytest.mark.parametrize(
    ("latex", "names"),
    [
        ("Ada Bo and Cy Du", [("Ada Bo", None), ("Cy Du", None)]),
        ("Bo, Ada and van der Du, Cy", [("Ada Bo", "Bo"), ("Cy van der Du", "van der Du")]),
        ("Bo, Jr., Ada", [("Ada Bo Jr.", "Bo")]),
        ("Bo, Ada, Jr.", [("Ada Bo Jr.", "Bo")]),
        ("{World Health Organization}", [("World Health Organization", "World Health Organization")]),
        ("{Bo and Du Ltd.} and Ada Bo", [("Bo and Du Ltd.", "Bo and Du Ltd."), ("Ada Bo", None)]),
        ("{W.M.P. van der} Aalst", [("W.M.P. van der Aalst", None)]),
        ("Ludwig {van Beethoven}", [("Ludwig van Beethoven", "van Beethoven")]),
        ("Erd{\\H o}s, P{\\'a}l", [("Pál Erdős", "Erdős")]),
        ("D.~E.~Knuth and others", [("D. E. Knuth", None)]),
        ("Ada Bo\n   and\n Cy Du", [("Ada Bo", None), ("Cy Du", None)]),
        ("Bo, A.; Du, C.", [("A. Bo", "Bo"), ("C. Du", "Du")]),
        ("family=Du, given=Cy, prefix=van den, useprefix=true", [("Cy van den Du", "van den Du")]),
        ("and and Ada Bo and", [("Ada Bo", None)]),
        ("Anderson, Sandy", [("Sandy Anderson", "Anderson")]),
    ],
)
def test_names(latex: str, names: list[tuple[str, str | None]]) -> None:
    assert paper_of(f"author = {{{latex}}}").authors == tuple(Author(*name) for name in names)


def test_editors_and_institutions_are_authors_where_there_is_none() -> None:
    assert paper_of("editor = {Bo, Ada}", "proceedings").authors == (Author("Ada Bo", "Bo"),)
    assert paper_of("organization = {{Example Org}}", "manual").authors == (Author("Example Org", "Example Org"),)


def test_identifiers() -> None:
    assert paper_of("eprint = {2401.00001v2}, archivePrefix = {arXiv}, primaryClass = {cs.CL}").arxiv_id == "2401.00001"
    assert paper_of("eprint = {2401.00001v2}, eprinttype = {arxiv}").version == "v2"
    assert paper_of("eprint = {hep-th/9901001}").arxiv_id == "hep-th/9901001"
    assert paper_of("journal = {arXiv preprint arXiv:1401.00001}").arxiv_id == "1401.00001"
    assert paper_of("journal = {CoRR}, volume = {abs/1412.69801}").arxiv_id == "1412.69801"
    assert paper_of("url = {https://arxiv.org/abs/2401.00001}").arxiv_id == "2401.00001"
    assert paper_of("doi = {https://doi.org/10.1000/A\\_b}").doi == "10.1000/a_b"
    assert paper_of("url = {https://doi.org/10.1000/x}").doi == "10.1000/x"
    other = paper_of("eprint = {hal-123}, eprinttype = {hal}")
    assert (other.arxiv_id, other.extra["eprint"], other.extra["eprinttype"]) == (None, "hal-123", "hal")


def test_addresses() -> None:
    paper = paper_of(
        r"url = {https://example.org/a\_b\%20c}, howpublished = {\url{https://example.org/h}}, "
        "bdsk-url-1 = {https://github.com/a/b}, file = {:x.pdf:PDF}"
    )
    assert paper.url == "https://example.org/a_b%20c"
    assert paper.links == (Link("other", "https://example.org/h"), Link("code", "https://github.com/a/b"))
    assert paper.extra["file"] == ":x.pdf:PDF"


def test_a_file_that_an_entry_names_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    path.write_text("secret")
    assert "secret" not in str(paper_of(f"file = {{{path}}}"))


def test_text_of_latex_and_its_mathematics() -> None:
    text = "@article{a, title = {{\\'E}tudes of {BERT} \\& $\\alpha_1$}, abstract = {One.\n\nTwo --- 50\\% of\n it.}}"
    [paper] = papers_of(text)
    assert paper.title == "Études of BERT & $\\alpha_1$"
    assert paper.abstract == "One.\n\nTwo — 50% of it."


def test_notes_of_the_reader_and_of_the_publication() -> None:
    assert paper_of("annote = {Mine.}, note = {To appear}").note == "Mine."
    assert paper_of("annote = {Mine.}, note = {To appear}").extra["note"] == "To appear"
    assert paper_of("note = {Read this again!}").note == "Read this again!"


def test_when_it_was_taken_in() -> None:
    assert paper_of("creationdate = {2020-05-01T10:00:00}").added == "2020-05-01T10:00:00Z"
    assert paper_of("date-added = {2009-02-23 04:41:08 +0100}").added == "2009-02-23T03:41:08Z"
    assert paper_of("timestamp = {2010.01.02}").added == "2010-01-02T00:00:00Z"
    assert paper_of("timestamp = {Mon, 27 Jul 2015 18:21:36 +0200}").added == ""


def test_strings_may_stand_behind_their_use() -> None:
    text = '@article{a, title = {T}, journal = jl # ", " # {B}}\n@STRING{jl = "Journal of Lists"}'
    assert papers_of(text)[0].venue == "Journal of Lists, B"
    assert told("@article{a, title = {T}, journal = jl}") == [
        ("notice", 1, "the abbreviation jl is not defined; its name stands for it")
    ]


def test_crossref_gives_what_is_missing_and_nothing_else() -> None:
    text = """@inproceedings{c, title = {Child}, author = {Ada Bo}, crossref = {P}}
@proceedings{p, title = {Proc. of Lists}, year = {2020}, publisher = {Press}, doi = {10.1000/p}, note = {Mine}}"""
    child, parent = papers_of(text)
    assert (child.title, child.venue, child.year, child.doi, child.note) == (
        "Child",
        "Proc. of Lists",
        2020,
        None,
        None,
    )
    assert child.extra["publisher"] == "Press"
    assert parent.title == "Proc. of Lists"


def test_nothing_that_a_file_says_is_lost() -> None:
    paper = paper_of("volume = {3}, pages = {1--20}, mycustomfield = {x}")
    assert paper.extra == {
        "entry_type": "article",
        "citation_key": "key",
        "volume": "3",
        "pages": "1–20",
        "mycustomfield": "x",
    }


def test_a_text_beyond_measure_costs_its_entry() -> None:
    limits = Limits(field_chars=1_000)
    long, huge = "x " * 600, "y" * 9_000
    entries = {"A": f"abstract = {{{long}}}", "B": "", "C": f"abstract = {{{huge}}}", "D": ""}
    text = "\n".join(f"@misc{{{key}, title = {{{key}}}, {fields}}}" for key, fields in entries.items())
    items = items_of(text, limits=limits)
    assert [item.paper.title for item in items if isinstance(item, Record)] == ["B", "D"]
    messages = [(item.line, item.message) for item in items if isinstance(item, Problem)]
    assert messages == [
        (1, "abstract is longer than 1,000 characters"),
        (3, "abstract is longer than 1,000 characters"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("@article{a,\n title = {T}}", "bibtex"),
        ("% made by a program\n\n  @Book {a, title = {T}}", "bibtex"),
        ("Some words first.\n@misc{a,\n title = {T}}", "bibtex"),
        ("@article{title = {T}}", "bibtex"),
        ("@article{a,\n journaltitle = {T}}", "biblatex"),
        ("@online{a,\n title = {T}}", "biblatex"),
        ("@string{a = {b}}", "bibtex"),
        ('{"title": "On @article{a, title = {x}}"}', "json"),
    ],
)
def test_files_are_recognised_from_their_content(text: str, name: str) -> None:
    found = recognise(Source("x.txt", data=text.encode()))
    assert found is not None
    assert found.name == name


def test_words_with_an_at_sign_are_not_bibtex() -> None:
    found = recognise(Source("x", data=b"Write to @ada or bo@example.org {today}.\n@home (soon)\n"))
    assert found is None or found.name not in ("bibtex", "biblatex")


@pytest.mark.parametrize(
    "piece",
    [
        "{",
        "@",
        '"',
        "@a{",
        "@a{b,c=\n",
        "@a{b,c={",
        '@a{b,c="',
        "\n@a{b,c={",
        "@comment{\n@a{b,\n",
        "@comment(",
        "%",
        "@string{",
        "@a{b}",
    ],
)
def test_a_long_run_of_anything_is_read_in_proportion(piece: str) -> None:
    with within(2):
        items_of(piece * (100_000 // len(piece)), format_name="bibtex")


def test_real_files_are_taken_or_told_of_entry_by_entry(shared_data: Path) -> None:
    for path in sorted((shared_data / "interop" / "bibtex").glob("*.bib")):
        entries = re.findall(
            r"^[ \t]*@(?!comment|string|preamble)\w+[ \t]*\{", path.read_text(), re.MULTILINE | re.IGNORECASE
        )
        items = items_of(path, format_name="bibtex")
        failed = [item for item in items if isinstance(item, Problem) and item.kind == "failed"]
        assert len(entries) == len(failed) + sum(isinstance(item, Record) for item in items), path.name
