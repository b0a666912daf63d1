"""What papers say is data in every format: no text of theirs ends a field, begins a record, is a formula or a tag."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from readinglist.formats.item import Record
from readinglist.formats.source import Source
from readinglist.formats.table import FORMATS, read_source, write
from readinglist.paper import Author, Highlight, Link, Paper
from readinglist.text.clean import clean_line
from readinglist.text.identifiers import is_web_address

TRICKS = (
    "a}, note = {x",
    "@article{fake, title = {y}}",
    'a", note = "x" # "y',
    "\\input{/etc/passwd} \\write18{touch x} $\\immediate$ 100%",
    "x\nER  - \n\nTY  - JOUR\nTI  - fake",
    "x\nEF\nPMID- 1\nTI  - fake",
    '=HYPERLINK("http://example.org","x")',
    "+1",
    "-2+3",
    "@SUM(1)",
    'a","b\n"c',
    "</h2></article><script>alert(1)</script><img src=x onerror=y>",
    '"><iframe src="file:///etc/passwd"></iframe><!--',
    "![x](file:///etc/passwd) [y](javascript:z) <a href='data:text/html,x'>z</a>",
    "[[link]] #tag ```\n---\ntitle: fake\n---\n## Note\n\nfake",
    "{{template}} <% x %> ${x} %s {0}",
)


def _paper(number: int, trick: str) -> Paper:
    line = clean_line(trick)
    return Paper(
        title=f"{line} number {number}" if number % 2 else line,
        abstract=f"{trick}\n\nAn abstract. {trick}",
        authors=(Author(f"Ada {line}", line), Author(line)),
        year=2024,
        venue=line,
        url=f'https://example.org/{number}?"onclick=x',
        links=(Link("code", f"https://github.com/a/b/<{number}>"),),
        keywords=(line, "plain"),
        submitted_by=line,
        note=f"{trick}\n{trick}",
        tags=frozenset({f"tag {number}"}),
        highlights=(Highlight(f"{number:08x}", trick, "", "", 0, len(trick), "yellow", trick, "2026-01-01T00:00:00Z"),),
    )


PAPERS = [_paper(number, trick) for number, trick in enumerate(TRICKS)]
TEXTS = [name for name, each in FORMATS.items() if each.write]


def written(name: str) -> str:
    return "".join(write(PAPERS, name))


@pytest.mark.parametrize("name", [name for name in TEXTS if FORMATS[name].read])
def test_each_record_comes_back_as_one_with_its_own_title(name: str) -> None:
    source = Source("x", data=written(name).encode())
    items = list(read_source(source, format_name=name, today=date(2026, 3, 12)))
    titles = [item.paper.title for item in items if isinstance(item, Record)]
    assert titles == [paper.title for paper in PAPERS]


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_no_text_ends_a_field_of_bibtex(name: str) -> None:
    text = written(name)
    begun = re.findall(r"^@(\w+)[ \t]*[{(]", text, re.MULTILINE)
    assert len([kind for kind in begun if kind.lower() != "comment"]) == len(PAPERS)
    depth = 0
    for before, char in pairwise(f" {text}"):
        depth += (char == "{") - (char == "}") if before != "\\" else 0
        assert depth >= 0
    assert depth == 0
    assert "\\input" not in text
    assert "\\write18" not in text


def test_no_text_begins_or_ends_a_record_of_ris() -> None:
    lines = written("ris").split("\n")
    for tag in ("TY  - ", "ER  - ", "TI  - "):
        assert sum(line.startswith(tag) for line in lines) == len(PAPERS), tag
    assert all(re.match(r"[A-Z][A-Z0-9]  - | {6}|$", line) for line in lines)


def test_no_cell_of_a_table_is_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(written("csv"), newline="")))
    assert len(rows) == len(PAPERS) + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


class _Page(HTMLParser):
    """Every tag and attribute of a page that could do anything."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag (HTMLParser)."""
        if tag in ("script", "img", "iframe", "object", "embed", "link", "form", "svg", "base", "input"):
            self.wrong.append(tag)
        for name, value in attrs:
            is_link = name in ("href", "src", "action", "background")
            if name.startswith("on") or (is_link and not is_web_address(value or "")):
                self.wrong.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("name", [name for name in TEXTS if name.endswith("html")])
def test_no_text_is_a_tag_of_a_page(name: str) -> None:
    page = _Page()
    page.feed(written(name))
    page.close()
    assert page.wrong == []


def _tokens(tokens: list[Token]) -> list[Token]:
    return [inner for token in tokens for inner in (token, *_tokens(token.children or []))]


def test_no_text_but_a_note_is_a_picture_or_a_tag_of_markdown() -> None:
    """A note is Markdown of the reader's own and stays as it was written."""
    text = "".join(write([replace(paper, note=None) for paper in PAPERS], "markdown"))
    tokens = _tokens(MarkdownIt("commonmark", {"html": True}).parse(text))
    assert {token.type for token in tokens} & {"image", "html_inline", "html_block", "fence"} == set()
    for token in tokens:
        if token.type == "link_open":
            assert is_web_address(str(token.attrGet("href")))


@pytest.mark.parametrize("name", ["json", "csl-json", "annotations"])
def test_json_is_json_without_a_control_or_a_turn_of_direction(name: str) -> None:
    poisoned = [
        Paper("a\u202eb\x1b[31m\x7f", note="n\u2066\x00", authors=(Author("x\x9b31m"),), tags=frozenset({"t\u202e"}))
    ]
    text = "".join(write(poisoned, name))
    json.loads(text)
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text) == []


@pytest.mark.parametrize("name", TEXTS)
def test_the_whole_of_every_format_is_written_of_any_text(name: str) -> None:
    assert written(name)
    assert all(isinstance(piece, str) for piece in write(PAPERS[:1], name))


def test_every_format_is_looked_at_here() -> None:
    looked: set[Any] = {"bibtex", "biblatex", "ris", "csv", "markdown", "json", "csl-json", "annotations", "jsonl"}
    plain = {"apa", "chicago", "harvard", "ieee"}
    assert {name for name in TEXTS if not name.endswith("html")} == looked | plain
