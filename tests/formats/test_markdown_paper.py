"""A paper as a Markdown file: everything is in it, it shows as it is, and edits of a person come back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.errors import Problem
from readinglist.formats.item import Record
from readinglist.formats.markdown_paper import is_untouched, items_from_markdown, write_paper
from readinglist.formats.source import Source
from readinglist.formats.table import read_source, recognise
from readinglist.paper import Author, Highlight, Link, Paper, PaperId, Status
from readinglist.text.clean import clean_paragraphs, clean_text
from tests.formats.whole_papers import papers

TODAY = date(2026, 3, 12)
PAPER = Paper(
    title="On Lists: a *Study*",
    uid="7c1f8a52-7f0e-4b6e-9d3b-2f6f2f6f2f6f",
    abstract="We keep lists_of papers where $a_b < c$.\n\n## Note\n\nSee [[them]] at https://github.com/a/b_c.",
    authors=(Author("Ada Quill"), Author("Ludwig van Roe", "van Roe")),
    year=2024,
    published="2024-01",
    doi="10.1000/x.1",
    arxiv_id="2401.10000",
    url="https://example.org/a",
    links=(Link("project", "https://example.org/b"), Link("pdf", "https://example.org/c.pdf")),
    keywords=("no", "2024"),
    status=Status.NEXT,
    order_key="V0000000",
    starred=True,
    tags=frozenset({"nlp/bias", "to read, soon", "2026"}),
    note="# My note\n\n---\n\n> a quote\n\n## Abstract\n\nEnd.  ",
    highlights=(
        Highlight(
            "0b8e3d4e-5b0a-4c9e-8f43-0a0a0a0a0a0a", "keep lists_of", "We ", " papers", 3, 16, "green",
            "Do we?\n\n> they say\n\n# 1", "2026-03-11T09:30:00Z",
        ),
        Highlight("1b8e3d4e-5b0a-4c9e-8f43-0a0a0a0a0a0a", "papers", "", "", None, None, "yellow", None, ""),
    ),
    added="2026-03-10T08:00:00Z",
    changed="2026-03-11T09:30:00Z",
    source="arxiv",
    version="v2",
    corrected=frozenset({"title"}),
    extra={"comment": "12 pages", "x": {"y": [1, None, "no"]}},
)  # fmt: skip


def record_of(text: str) -> Record:
    (item,) = items_from_markdown(text, name="a.md", format_name="markdown-folder")
    assert isinstance(item, Record)
    return item


def paper_of(text: str) -> Paper:
    return record_of(text).paper


@settings(max_examples=150, deadline=None)
@given(papers)
def test_a_file_is_read_back_equal(paper: Paper) -> None:
    record = record_of(write_paper(paper))
    assert record.paper == replace(paper, id=PaperId(0), position=None)
    assert record.reader


PIECES = [
    *("## Note", "## Highlights", "\n", "\n\n", "> q", "^highlight-1", "---", "\\", "\\#", "#", "*", "$", " ", "a"),
    *("[[b]]", "<img src=x>", "![](http://a.example)", "https://b.example/a_b", "%%", "==", "readinglist: 1", "`"),
]
marks = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)


@settings(max_examples=150, deadline=None)
@given(marks, marks, marks.filter(str.strip), marks.filter(str.strip))
def test_text_that_looks_like_ours_is_read_back_equal(abstract: str, quote: str, comment: str, note: str) -> None:
    highlights = [replace(each, quote=clean_text(quote), comment=clean_text(comment)) for each in PAPER.highlights]
    paper = replace(PAPER, abstract=clean_paragraphs(abstract) or None, highlights=tuple(highlights), note=note)
    assert paper_of(write_paper(paper)) == replace(paper, note=clean_text(note))


def test_a_file_reads_well() -> None:
    text = write_paper(PAPER)
    front, body = text.split("\n---\n", 1)
    for line in (
        'title: "On Lists: a *Study*"', "  - Ada Quill", "year: 2024", 'arxiv_id: "2401.10000"', "status: next",
        "starred: true", "  - nlp/bias", "  - to-read-soon", "  - y2026", "published: 2024-01",
        "added: 2026-03-10T08:00:00Z", '  - "no"', '  - "2024"', '  - "https://example.org/c.pdf"',
    ):  # fmt: skip
        assert line in front.split("\n")
    assert "\n> keep lists\\_of\n\n^highlight-1\n\nDo we?\n\n\\> they say\n" in body
    assert body.endswith("\n## Note\n\n" + (PAPER.note or "") + "\n")


def test_an_abstract_opens_nothing_and_makes_no_headings_or_tags() -> None:
    hostile = "# H ![a](http://x.example/p.png) <img src=y> [[Page]] #tag $<img src=z>$ %%hidden%%"
    body = write_paper(Paper(title=hostile, abstract=hostile)).split("\n---\n", 1)[1]
    assert re.search(r"(?<!\\)[<#\[]", body.replace("# \\#", "").replace("## Abstract", "")) is None


def test_the_note_may_be_edited_with_windows_line_ends() -> None:
    text = write_paper(PAPER).replace("End.  \n", "End.\nAnd more.\n").replace("\n", "\r\n")
    assert paper_of(text).note == "# My note\n\n---\n\n> a quote\n\n## Abstract\n\nEnd.\nAnd more."


OBSIDIAN = """---
title: "On Lists: a *Study*"
authors:
  - Ada Quill
  - Bo Added
year: 2024
arxiv_id: "2401.10000"
tags:
  - nlp/bias
  - to-read-soon
  - fresh
tag_names:
  to-read-soon: to read, soon
  y2026: "2026"
status: read
starred: false
cssclasses:
  - wide
highlights:
  - id: 0b8e3d4e-5b0a-4c9e-8f43-0a0a0a0a0a0a
    quote: keep lists
    prefix: "We "
    suffix: " of"
    start: 3
    end: 13
    colour: green
    created: 2026-03-11T09:30:00Z
uid: 7c1f8a52-7f0e-4b6e-9d3b-2f6f2f6f2f6f
---
# On Lists

A thought.

## Abstract

We keep lists of papers.

## Highlights

> keep lists

A new comment.

> papers

## Another heading

More.
"""


def test_what_obsidian_makes_of_a_file_is_read() -> None:
    notice, record = items_from_markdown(OBSIDIAN, name="a.md", format_name="markdown-folder")
    assert isinstance(notice, Problem)
    assert (notice.kind, "put into the note" in notice.message) == ("notice", True)
    assert isinstance(record, Record)
    paper = record.paper
    assert [author.name for author in paper.authors] == ["Ada Quill", "Bo Added"]
    assert paper.tags == {"nlp/bias", "to read, soon", "fresh"}
    assert (paper.status, paper.starred, paper.arxiv_id) == (Status.READ, False, "2401.10000")
    assert paper.extra == {"cssclasses": ["wide"]}
    assert paper.note == "A thought.\n\n## Another heading\n\nMore."
    known, added = paper.highlights
    assert (known.id, known.colour, known.comment) == (PAPER.highlights[0].id, "green", "A new comment.")
    assert (added.quote, added.start, added.end, added.prefix) == ("papers", 17, 23, "We keep lists of ")


def test_a_quote_that_was_taken_out_is_gone() -> None:
    text = write_paper(PAPER)
    begin = text.index("> keep")
    shorter = text[:begin] + text[text.index("> papers", begin) :]
    assert [each.id for each in paper_of(shorter).highlights] == [PAPER.highlights[1].id]


def test_a_file_somebody_wrote_by_hand_is_a_paper_with_a_note() -> None:
    record = record_of("---\ntitle: 1984\ntags: 'nlp, #read'\ndoi: 10.1000/x\n---\nSome thoughts.\n")
    assert (record.paper.title, record.paper.doi, record.paper.note) == ("1984", "10.1000/x", "Some thoughts.")
    assert record.paper.tags == {"nlp", "read"}


@pytest.mark.parametrize(
    "text", ["", "# Title", "---\n", "---\nname: x\n---\n", "---\ntitle: x\n", "text\n---\ntitle: x\n---\n"]
)
def test_what_is_no_paper_gives_nothing(text: str) -> None:
    assert items_from_markdown(text, name="a.md", format_name="markdown-folder") == []


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("title: [a", "not valid YAML"),
        ("title: a\ntitle: b", "twice"),
        ("title: &a x\nyear: *a", "alias"),
        ("title: a\nx: " + "[" * 60 + "]" * 60, "levels deep"),
        ("title:", "no title"),
        ("title: {a: b}", "no title"),
        ("title: a\nx: \x01", "stand for nothing"),
    ],
    ids=lambda value: value[:12],
)
def test_a_broken_front_matter_is_told_of(front: str, said: str) -> None:
    *_, problem = items_from_markdown(f"---\n{front}\n---\n", name="a.md", format_name="markdown-folder")
    assert isinstance(problem, Problem)
    assert (problem.kind, problem.source, problem.line) == ("failed", "a.md", 1)
    assert said in problem.message


def test_whether_a_file_was_edited_can_be_told() -> None:
    text = write_paper(PAPER)
    assert is_untouched(text)
    assert not is_untouched(text.replace("End.", "End!"))
    assert not is_untouched(text.replace("year: 2024", "year: 2025"))
    assert not is_untouched("---\ntitle: a\n---\n")


def test_one_file_is_recognised_and_read() -> None:
    source = Source("a.md", data=write_paper(PAPER).encode())
    found = recognise(source)
    assert found is not None
    assert found.name == "markdown-folder"
    (record,) = read_source(source, today=TODAY)
    assert isinstance(record, Record)
    assert record.paper == PAPER
