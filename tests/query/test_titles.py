"""Titles pasted as they stand: every one is a query, and finds its own paper."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readinglist.paper import Paper
from readinglist.query.match import Context, match
from readinglist.query.parse import parse

SAMPLE = 3_000
NOW = Context(datetime(2026, 3, 11, tzinfo=UTC))

INVENTED = [
    "Shelf: A Study of Shelves (and What They Hide)",
    "(2.5+1)D Shelves for Very Large Rooms",
    "(Un)ordered Lists, (Re)ordered Readers",
    "One Shelf Does NOT Hold All: A Study",
    "To Read OR Not to Read | A Question",
    "Robust Shelves -A Method for Rooms with Many Books-",
    "Ordering with A*",
    'Reading "Small" Books and "Yes" or "No" Questions?',
    'Learning in Higher-Order "Artificial Garden Trees',
    'A 12" Disk of Books ~ A Memory of 8" Disks',
    "Lists|Trees: 10:30 at http://example.org/a(b)?tag:x",
    "On Schr\\\"odinger's Shelf -- Where Books Are AND Are Not",
    "図書の順序について (日本語)",
    "O'Reilly's “Order” of «Books» – 100% of §4.2 & more…",
]


@pytest.mark.parametrize("title", INVENTED)
def test_a_title_finds_its_paper(title: str) -> None:
    for typing in (False, True):
        assert match(parse(title, typing=typing).node, Paper(title), NOW)


@pytest.mark.parametrize("title", INVENTED)
def test_a_title_can_be_typed_letter_by_letter(title: str) -> None:
    for end in range(len(title)):
        parse(title[:end], typing=True)


def test_real_titles_find_their_papers(shared_data: Path) -> None:
    with gzip.open(shared_data / "abstracts_87k.jsonl.gz", "rt", encoding="utf-8") as lines:
        every = [json.loads(line)["title"] for line in lines]
    # Spread over the whole file, and all that have what the language gives a meaning to.
    sample = every[:: len(every) // SAMPLE]
    sample += [title for title in every if any(sign in title for sign in ('"', "|", "~", "*", " -", " NOT ", " OR "))]
    assert len(sample) > SAMPLE
    missed = [title for title in sample if not match(parse(title).node, Paper(title), NOW)]
    assert missed == []


def test_titles_of_a_copied_page_find_their_papers(shared_data: Path) -> None:
    blocks = (shared_data / "papers_page.txt").read_text(encoding="utf-8").split("\n\n")
    titles = [block for block in blocks if block.strip() and len(block) <= 300]
    assert len(titles) > 80
    assert [title for title in titles if not match(parse(title).node, Paper(title), NOW)] == []
