"""What is too much of a file is a failed record, told of, and costs no other."""

from __future__ import annotations

import json
from datetime import date

import pytest

from readinglist.errors import Problem
from readinglist.formats.item import Record
from readinglist.formats.source import Limits, Source
from readinglist.formats.table import FORMATS, read_source, write
from readinglist.paper import Author, Paper
from tests.pace import within

TODAY = date(2026, 3, 12)
LIMITS = Limits(field_chars=2_000)
GOOD = Paper("A good one that stands beside it", authors=(Author("Ada Bo"),), year=2021)
LONG = {
    "abstract": Paper("A long one", abstract="words and more " * 200),
    "authors": Paper("A long one", authors=tuple(Author(f"Ada Number{n}") for n in range(200))),
    "keywords": Paper("A long one", keywords=tuple(f"a keyword {n}" for n in range(250))),
}
_LONG_ITEM = "<description>{long}</description></item>\n<item>"
SEVERAL = ["json", "jsonl", "bibtex", "biblatex", "ris", "csl-json"]


def read(data: str, name: str, limits: Limits = LIMITS) -> tuple[list[str], list[Problem]]:
    items = list(read_source(Source("long", data=data.encode()), format_name=name, today=TODAY, limits=limits))
    failed = [item for item in items if isinstance(item, Problem) and item.kind == "failed"]
    return [item.paper.title for item in items if isinstance(item, Record)], failed


@pytest.mark.parametrize("name", SEVERAL)
@pytest.mark.parametrize("field", LONG)
def test_a_record_with_too_long_a_field_costs_itself_and_is_told_of(name: str, field: str) -> None:
    data = "".join(write([GOOD, LONG[field], GOOD], name))
    titles, failed = read(data, name)
    assert titles == [GOOD.title, GOOD.title]
    assert [("longer than" in problem.message, problem.line is not None) for problem in failed] == [(True, True)]
    assert len(read(data, name, Limits(field_chars=20_000))[0]) == 3


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("medline", "PMID- 1\nTI  - Long\nAB  - {long}\n\nPMID- 2\nTI  - " + GOOD.title + "\n\n"),
        ("web-of-science", "FN x\nVR 1.0\nPT J\nTI Long\nAB {long}\nER\n\nPT J\nTI " + GOOD.title + "\nER\n\nEF\n"),
        (
            "feed",
            f'<rss version="2.0"><channel><item><title>Long</title>{_LONG_ITEM}<title>{GOOD.title}</title></item>',
        ),
        ("csv", 'title,abstract\nLong,"{long}"\n' + GOOD.title + ",short\n"),
        ("page", "Long\n\n{long}\n\n\n" + GOOD.title + "\n\nAn abstract that says enough to be one, at some length.\n"),
        (
            "huggingface",
            '[{{"paper": {{"id": "2403.00001", "title": "Long", "summary": "{long}"}}}}, '
            '{{"paper": {{"id": "2403.00002", "title": "' + GOOD.title + '"}}}}]',
        ),
    ],
)
def test_formats_that_are_only_read_hold_fields_to_the_limit_too(name: str, text: str) -> None:
    long = "We go on and on about it. " * 200
    data = text.replace("{long}", long).replace("{{", "{").replace("}}", "}")
    titles, failed = read(data, name)
    assert titles == [GOOD.title]
    assert len(failed) == 1
    assert "longer than" in failed[0].message


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("json", '[{"title": "Deep", "more": ' + "[" * 60 + "]" * 60 + '}, {"title": "Good"}]'),
        ("jsonl", '{"title": "Deep", "more": ' + '{"a":' * 60 + "1" + "}" * 60 + '}\n{"title": "Good"}\n'),
        ("csl-json", '[{"type": "book", "title": "Deep", "x": ' + "[" * 99 + "]" * 99 + '}, {"title": "Good"}]'),
        (
            "feed",
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Deep</title><summary type="xhtml">'
            + "<div>" * 60
            + "</div>" * 60
            + "</summary></entry><entry><title>Good</title></entry></feed>",
        ),
    ],
)
def test_a_record_that_nests_too_deeply_costs_itself(name: str, text: str) -> None:
    titles, failed = read(text, name)
    assert titles == ["Good"]
    assert ["50 levels" in problem.message for problem in failed] == [True]


def test_yaml_that_nests_too_deeply_is_a_failed_record() -> None:
    titles, failed = read("---\ntitle: Deep\nmore: " + "[" * 60 + "]" * 60 + "\n---\n", "markdown-folder")
    assert titles == []
    assert ["50 levels" in problem.message for problem in failed] == [True]


def test_braces_of_bibtex_nest_as_deep_as_they_like_and_take_no_stack() -> None:
    titles, failed = read("@misc{a, title = {Deep " + "{" * 900 + "}" * 900 + "}}\n@misc{b, title = {Good}}", "bibtex")
    assert (titles[-1], failed) == ("Good", [])


def test_every_format_that_is_read_is_tried_here() -> None:
    tried = {*SEVERAL, "medline", "web-of-science", "feed", "csv", "page", "huggingface", "markdown-folder"}
    same_reader = {"arxiv"}  # as feed
    only_a_line_each = {"identifiers"}
    assert {name for name, each in FORMATS.items() if each.read} == tried | same_reader | only_a_line_each


@pytest.mark.parametrize(
    "record",
    [
        {"title": "Quill, Ada", "authors": ["Zoë van ,der Aa"]},
        {"title": "A", "tags": ["a"], "status": {}},
        {"title": "A", "note": "\x00 \x00", "status": []},
        {"title": "A", "extra": {"editor": "Bo, Ada and { space}"}},
    ],
)
def test_records_that_a_fuzzer_made_up_are_kept_clean(record: dict[str, object]) -> None:
    (item,) = (
        each
        for each in read_source(Source("x", data=json.dumps([record]).encode()), format_name="json", today=TODAY)
        if isinstance(each, Record)
    )
    paper = item.paper
    assert paper.note is None
    assert [author.family for author in paper.authors if author.family != (author.family or "").strip()] == []


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"title": "T" * 10_001}, "title is longer than 10,000 characters"),
        ({"title": "V", "venue": "v" * 10_001}, "venue is longer than 10,000 characters"),
        ({"title": "N", "authors": ["n" * 10_001]}, "one of its authors is longer than 10,000 characters"),
        ({"title": "A", "authors": ["A B"] * 20_001}, "it has more than 20,000 authors"),
        ({"title": "G", "tags": [f"t{n}" for n in range(501)]}, "it has more than 500 tags"),
        ({"title": "K", "keywords": [f"k{n}" for n in range(5_001)]}, "it has more than 5,000 keywords"),
    ],
)
def test_what_nobody_could_be_shown_is_a_failed_record(record: dict[str, object], said: str) -> None:
    titles, failed = read(json.dumps([record, {"title": "Good"}]), "json", Limits())
    assert titles == ["Good"]
    assert [problem.message for problem in failed] == [said]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bibtex", "@article{{a, title = {{T}}, author = {{Ada Bo{run}x and Cy Du}}, keywords = {{a;{run}x}}}}"),
        ("bibtex", "@article{{{run}"),
        ("bibtex", "@article{{{run}\n  title = {{T}},{run}\n}}"),
        ("feed", '<rss version="2.0"><channel><item><title>T</title><author>{run}x</author></item></channel></rss>'),
        ("csl-json", '[{{"type": "book", "title": "T", "note": "PMID:{run}1{run}"}}]'),
        ("ris", "TY  - BOOK\nTI  - T\nUR  - a{run}x\nKW  - a{run}x;b\nSN  - a{run}x\nER  - \n"),
        ("csl-json", '[{{"type": "book", "title": "T", "keyword": "a{run}x;b", "author": [{{"family": "B{run}x"}}]}}]'),
        ("medline", "PMID- 1\nTI  - T\nAID - a{run}x\nFAU - Bo, A{run}x\n\n"),
        ("web-of-science", "FN x\nVR 1.0\nPT J\nTI T\nDE a{run}x; b\nER\n\nEF\n"),
        ("page", "A title of some length\n\nAda Bo,{run}x\n\nAn abstract that says enough to be one: {run}x\n"),
        ("identifiers", "2403.00001{run}x\n10.1000/a{run}x\n"),
    ],
    ids=lambda text: text.split()[0][:12],
)
@pytest.mark.parametrize("unit", [" ", "\t", "\u00a0", "; ", ";", "http://", ", ", "@"])
def test_the_same_again_and_again_is_read_in_time_that_grows_with_its_length(name: str, text: str, unit: str) -> None:
    with within(1):
        read(text.format(run=unit * 30_000), name, Limits())
