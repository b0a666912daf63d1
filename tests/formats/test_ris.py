"""RIS in the dialects of other programs: every record is taken, or told of with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from readinglist.errors import Problem
from readinglist.formats.item import Record
from readinglist.formats.ris_text import write_ris
from readinglist.formats.source import Limits, Source
from readinglist.formats.table import read_source, recognise
from readinglist.paper import Author, Link, Paper
from tests.pace import within

TODAY = date(2026, 3, 12)


def items_of(text: str | bytes, **options: Limits) -> list[Record | Problem]:
    data = text if isinstance(text, bytes) else text.encode()
    found = recognise(Source("a", data=data))
    assert found is not None
    assert found.name == "ris"
    return list(read_source(Source("a.txt", data=data), today=TODAY, **options))


def papers(text: str | bytes) -> list[Paper]:
    items = items_of(text)
    assert [item for item in items if isinstance(item, Problem)] == []
    return [item.paper for item in items if isinstance(item, Record)]


def one(fields: str) -> Paper:
    (paper,) = papers(f"TY  - JOUR\nTI  - On Lists\n{fields}\nER  - \n")
    return paper


def test_a_record_becomes_a_paper() -> None:
    (item,) = items_of(
        "1.\nTY  - JOUR\nAU  - Lovelace, Ada\nAU  - World Lists Organization,\nTI  - On lists\nT2  - Journal of Lists\n"
        "PY  - 1843/07//\nVL  - 3\nIS  - 2\nSP  - 1\nEP  - 9\nDO  - https://doi.org/10.1000/L.1\nAB  - We list.\n"
        "KW  - order\nKW  - queues; *lists\nUR  - https://example.org/l\nL1  - https://example.org/l.pdf\nER  - \n"
    )
    assert isinstance(item, Record)
    assert item.line == 2
    assert item.paper == Paper(
        title="On lists",
        abstract="We list.",
        authors=(Author("Ada Lovelace", "Lovelace"), Author("World Lists Organization", "World Lists Organization")),
        year=1843,
        published="1843-07",
        venue="Journal of Lists",
        doi="10.1000/l.1",
        url="https://example.org/l",
        links=(Link("pdf", "https://example.org/l.pdf"),),
        keywords=("order", "queues", "lists"),
        source="ris",
        extra={"entry_type": "article", "volume": "3", "number": "2", "pages": "1–9"},
    )


@pytest.mark.parametrize(
    "text",
    [
        "TY - JOUR\nAU - Bo, Ada\nTI - Lists\nER -\n",
        "TY  -JOUR\nAU  -Bo, Ada\nTI  -Lists\nER  -\n",
        "TY-JOUR\nAU-Bo, Ada\nTI-Lists\nER-\n",
        "ty  - jour\nau  - Bo, Ada\nti  - Lists\ner  - \n",
        "ty - jour\nau - Bo, Ada\nti - Lists\n",
        "TY\t-\tJOUR\nAU\t-\tBo, Ada\nTI\t-\tLists\nER\t-\n",
        "TY  - JOUR\r\nAU  - Bo, Ada\r\nTI  - Lists\r\nER  - \r\n",
        "TY  - JOUR\rAU  - Bo, Ada\rTI  - Lists\rER  - \r",
        "\n\nTY  - Journal Article\nA1  - Bo, Ada\nT1  - Lists\n\n",
        "\ufeffTY  - JOUR\nAU  - Bo, Ada\nTI  - Lists\nER  - ",
        "AU  - Bo, Ada\nTI  - Lists\nER  - \n",
        "TY  - \nAU  - Bo, Ada\nTI  - Lists\nER  - \n",
    ],
)
def test_every_dialect_says_the_same(text: str) -> None:
    (paper,) = papers(text)
    assert (paper.title, paper.authors) == ("Lists", (Author("Ada Bo", "Bo"),))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_encodings_are_told_apart(encoding: str) -> None:
    (paper,) = papers("TY  - JOUR\nTI  - Über Größen\nER  - \n".encode(encoding))
    assert paper.title == "Über Größen"


def test_a_missing_end_loses_nothing() -> None:
    found = papers("TY  - JOUR\nTI  - One\n\nTY  - BOOK\nTI  - Two\nTY  - JOUR\nTI  - Three")
    assert [paper.title for paper in found] == ["One", "Two", "Three"]


def test_lines_go_on_with_the_value_above() -> None:
    paper = one("AB  - First\n      line,\nER then another: US - so.\n\nSecond paragraph.\nKW  - a\nb, c\nPY  - 2001")
    assert paper.abstract == "First line, ER then another: US - so.\n\nSecond paragraph."
    assert paper.keywords == ("a", "b, c")
    assert paper.year == 2001


def test_one_bad_record_costs_one_record() -> None:
    items = items_of(
        "Record #1 of 4\nProvider: X\nTY  - JOUR\nTI  - Good\nER  - \nTY  - JOUR\nAU  - Nobody\nER  - \n"
        "what is this\nand this\n"
        "TY  - JOUR\nTI  - " + "x" * 2000 + "\nER  - \nTY  - JOUR\nTI  - Fine\nER  - \n",
        limits=Limits(field_chars=1000),
    )
    assert [item.paper.title for item in items if isinstance(item, Record)] == ["Good", "Fine"]
    told = [(item.kind, item.line, item.message) for item in items if isinstance(item, Problem)]
    assert [(kind, line) for kind, line, _ in told] == [("failed", 6), ("notice", 9), ("failed", 11)]
    assert "there is no title" in told[0][2]
    assert "this line and 1 more belong to no record" in told[1][2]
    assert "longer than 1,000 characters" in told[2][2]


def test_what_stands_before_a_first_line_belongs_to_it_unless_an_empty_line_parts_them() -> None:
    (paper,) = papers("ID  - 1\nAU  - Bo, Ada\nTY  - BOOK\nTI  - Lists\nER  - \n")
    assert (paper.title, [author.name for author in paper.authors]) == ("Lists", ["Ada Bo"])
    _, failed, record = items_of("TX  - BOOK\nPY  - 1999\n\nTY  - BOOK\nTI  - Lists\nER  - \n")
    assert isinstance(failed, Problem)
    assert (failed.line, failed.kind) == (2, "failed")
    assert isinstance(record, Record)
    assert (record.line, record.paper.year) == (4, None)


@pytest.mark.parametrize("rest", ["AU  - Bo, Ada{}\n", "T2  - Journal{}\nPY  - 1999\n", "AU  - Bo\n{}\n"])
def test_what_is_left_of_a_broken_record_does_not_cost_the_next_one(rest: str) -> None:
    items = items_of(rest.format("x" * 15_000) + "TY  - BOOK\nTI  - Lists\nPY  - 2001\nER  - \n")
    failed, record = items
    assert isinstance(failed, Problem)
    assert (failed.line, failed.kind) == (1, "failed")
    assert "longer than" in failed.message
    assert isinstance(record, Record)
    assert (record.paper.title, record.paper.year) == ("Lists", 2001)
    assert record.line == rest.count("\n") + 1


def test_a_line_too_long_before_a_first_line_costs_only_itself() -> None:
    text = "AU  - Bo\n" + "x" * 5000 + "\nTY  - BOOK\nTI  - Lists\nER  - \n"
    failed, record = items_of(text, limits=Limits(field_chars=1000))
    assert isinstance(failed, Problem)
    assert failed.kind == "failed"
    assert isinstance(record, Record)
    assert (record.line, record.paper.authors) == (3, ())


def test_an_endless_record_is_given_up_and_the_next_one_read() -> None:
    items = items_of(
        "TY  - JOUR\nTI  - One\nAB  - x\n" + "word\n" * 5000 + "ER  - \nTY  - JOUR\nTI  - Two\nER  - \n",
        limits=Limits(field_chars=1000),
    )
    assert isinstance(items[0], Problem)
    assert (items[0].line, items[0].message) == (1, "this record is too long")
    assert isinstance(items[1], Record)


@pytest.mark.parametrize(
    ("fields", "year", "published"),
    [
        ("PY  - 2014///Spring", 2014, None),
        ("PY  - 2014/12/24/", 2014, "2014-12-24"),
        ("PY  - 2004\nDA  - Jun 8", 2004, "2004-06-08"),
        ("PY  - 2004\nDA  - 2004/06/08/", 2004, "2004-06-08"),
        ("PY  - 2004\nDA  - 2019-01-02", 2004, None),
        ("Y1  - May 2001", 2001, "2001-05"),
        ("DA  - 2001-05-06", 2001, "2001-05-06"),
        ("PY  - 1999/02/30/", 1999, "1999-02"),
        ("PY  -", None, None),
    ],
)
def test_dates_are_as_exact_as_is_known(fields: str, year: int | None, published: str | None) -> None:
    paper = one(fields)
    assert (paper.year, paper.published) == (year, published)


def test_what_is_no_date_is_told_of() -> None:
    notice, record = items_of("TY  - JOUR\nTI  - Lists\nPY  - in press\nER  - \n")
    assert isinstance(notice, Problem)
    assert notice.message == "'in press' is no date and was left out"
    assert isinstance(record, Record)


def test_identifiers_are_found_where_programs_put_them() -> None:
    assert one("M3  - 10.1000/x").doi == "10.1000/x"
    assert one("UR  - https://doi.org/10.1000/X").doi == "10.1000/x"
    assert one("L3  - 10.1000/x").doi == "10.1000/x"
    assert one("M1  - arXiv:2401.00001v2").arxiv_id == "2401.00001"
    assert one("UR  - https://arxiv.org/abs/hep-th/9901001").arxiv_id == "hep-th/9901001"
    assert one("JO  - arXiv preprint arXiv:2401.00001").arxiv_id == "2401.00001"
    assert one("DO  - 10.48550/arXiv.2401.00001").arxiv_id == "2401.00001"
    assert one("M3  - Article").doi is None


def test_an_identifier_stands_for_a_missing_title() -> None:
    (paper,) = papers("TY  - JOUR\nDO  - 10.1000/x\nER  - \n")
    assert paper.title == "doi:10.1000/x"


def test_addresses_are_parted_and_paths_stay_text() -> None:
    paper = one(
        "UR  - http://a.example/1; http://b.example/2;x\nL1  - file:///C:/a.pdf\nL4  - /home/ada/b.png\n"
        "UR  - www.c.example"
    )
    assert paper.url == "http://a.example/1"
    assert [link.url for link in paper.links] == ["http://b.example/2;x", "https://www.c.example"]
    assert paper.extra["file"] == "file:///C:/a.pdf; /home/ada/b.png"


def test_notes_keep_their_layout_and_html_becomes_text() -> None:
    assert (
        one("N1  - first\n      * second\n        third\n\n      fourth").note == "first\n* second\n  third\n\nfourth"
    )
    assert one("N1  - <p>One &amp; <b>two</b></p><ul><li>three</li></ul>").note == "One & two\nthree"
    assert one("N1  - one\nRN  - two").note == "one\n\ntwo"


def test_what_has_no_place_is_kept() -> None:
    paper = one("JP  - CRISPR\nJP  - Direct\nAN  - 17\nT2  - Long Name\nJA  - L. N.\nVL  - 1\nVL  - 2\nTY2 - x")
    assert paper.venue == "Long Name"
    assert paper.extra["ris"] == {"JP": ["CRISPR", "Direct"], "AN": ["17"], "JA": ["L. N."], "VL": ["2\nTY2 - x"]}


def test_editors_stand_for_authors_only_where_there_are_none() -> None:
    assert one("A2  - Du, Cy").authors == (Author("Cy Du", "Du"),)
    chapter = one("AU  - Bo, Ada\nED  - Du, Cy\nBT  - Book of Lists")
    assert (chapter.authors, chapter.extra["editor"], chapter.venue) == (
        (Author("Ada Bo", "Bo"),),
        "Du, Cy",
        "Book of Lists",
    )


def test_a_whole_book_is_called_by_its_book_title() -> None:
    (paper,) = papers("TY  - BOOK\nBT  - Book of Lists\nSN  - 978-3-16-148410-0\nER  - \n")
    assert (paper.title, paper.venue, paper.extra["isbn"]) == ("Book of Lists", None, "978-3-16-148410-0")


@pytest.mark.parametrize(
    "text",
    [
        "On the Order of Lists\nWe keep lists and ask in which order they are best kept.\n",
        "def f():\n    pass\n",
        '{"title": "TY  - JOUR"}',
        "@article{a,\n title = {TY}\n}",
        "TY  - \n",
    ],
)
def test_other_texts_are_not_taken_for_ris(text: str) -> None:
    found = recognise(Source("a", data=text.encode()))
    assert found is None or found.name != "ris"


def test_a_megabyte_of_continued_lines_is_read_in_no_time() -> None:
    text = "TY  - JOUR\nTI  - Lists\nAB  - x\n" + "lorem ipsum dolor sit amet\n" * 37_000 + "ER  - \n"
    with within(2):
        items = items_of(text, limits=Limits(field_chars=2_000_000))
    assert isinstance(items[0], Record)
    assert len(items[0].paper.abstract or "") > 900_000


def test_written_records_have_a_line_for_each_fact() -> None:
    paper = Paper(
        "On\nLists",
        authors=(Author("Ada Lovelace"), Author("CERN", "CERN")),
        published="2021-05",
        year=2021,
        arxiv_id="2401.00001",
        version="v2",
        url="https://example.org",
        note="one\nER  - \n\ntwo",
        extra={
            "volume": "3",
            "pages": "1--9",
            "entry_type": "article",
            "ris": {"JP": ["x"], "bad tag": ["y"], "ER": ["z"]},
        },
    )
    assert "".join(write_ris([paper])) == (
        "TY  - JOUR\nTI  - On Lists\nAU  - Lovelace, Ada\nAU  - CERN,\nPY  - 2021/05//\nVL  - 3\nSP  - 1\nEP  - 9\n"
        "M1  - arXiv:2401.00001v2\nUR  - https://example.org\nN1  - one\n      ER  - \n      \n      two\nJP  - x\n"
        "ER  - \n\n"
    )


INTEROP = {  # how many records each file has, counted by hand: taken, told of
    "basic": (1, 0),
    "bom": (1, 0),
    "custom_list_tags": (0, 1),
    "empty_tag": (1, 0),
    "extraneous_data": (2, 0),
    "full": (2, 0),
    "full_without_whitespace": (2, 0),
    "full_write": (2, 0),
    "multi_unknown_tags": (1, 0),
    "multiline": (0, 3),
    "single_unknown_tag": (1, 0),
    "starting_newlines": (1, 0),
    "urls": (4, 0),
    "utf_chars": (1, 0),
}


@pytest.mark.parametrize("name", sorted(INTEROP))
def test_files_of_others_are_read(name: str, shared_data: Path) -> None:
    path = shared_data / "interop" / "ris" / f"example_{name}.ris"
    items = items_of(path.read_bytes())
    told = [item for item in items if isinstance(item, Problem)]
    assert (len(items) - len(told), len(told)) == INTEROP[name]
