"""Leaving with everything: a library goes out in a format that holds all, and comes in again whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from readinglist.formats.source import Source
from readinglist.library import Library
from readinglist.paper import Author, Paper, PaperId
from readinglist.progress import Silent

ABSTRACT = "We keep lists of papers. They grow, and nobody reads them."


def fill(library: Library) -> None:
    """Put papers in every state into a library."""
    ids = [
        library.add(Paper(title=f"{word} lists", abstract=ABSTRACT, authors=(Author("Ada Quill"), Author(word)))).ids[0]
        for word in ("Red", "Green", "Blue", "White", "Black", "Grey")
    ]
    library.move(ids[:4], "next")
    library.move([ids[2]], "next", place="top")
    library.move([ids[4]], "later", until="2027-01-02")
    library.move([ids[5]], "read")
    library.tag(ids[:2], add=["nlp/bias", "to read, soon", "2026"])
    library.star(ids[1:3])
    library.write_note(ids[0], "# Mine\n\n## Note\n\n- a *list*\n\n---\nand `more`  \n")
    library.highlight(ids[0], "keep lists", comment="Do we?\n\n> who", colour="green")
    library.highlight(ids[0], "nobody reads them", colour="pink")
    library.correct([ids[3]], year=1999, doi="10.1000/x.1")


def everything(library: Library) -> list[Paper]:
    """Return all papers in the order of the queue, then of their titles, without their numbers and keys of order.

    An import puts its papers behind those that are in the queue, in their order, under keys of their own.
    """
    papers = [replace(paper, id=PaperId(0), order_key=None) for paper in library.papers(list(library.search("").ids))]
    return sorted(papers, key=lambda paper: (paper.position or 99, paper.title))


@pytest.mark.parametrize("format_name", ["json", "jsonl", "markdown-folder"])
def test_a_library_goes_out_and_comes_in_whole(tmp_path: Path, format_name: str) -> None:
    out = tmp_path / "out"
    with Library.open(tmp_path / "one") as one, Library.open(tmp_path / "two") as two:
        fill(one)
        if format_name == "markdown-folder":
            assert one.export_folder("", format_name, out, Silent()) == []
        else:
            out.write_text("".join(one.export("", format_name)), encoding="utf-8")
        report = two.import_([out])
        assert (report.added, report.problems) == (6, [])
        assert everything(two) == everything(one)
        assert [paper.position for paper in everything(two)][:4] == [1, 2, 3, 4]


def atom(version: int, title: str) -> Source:
    entry = f"<entry><id>http://arxiv.org/abs/2401.00001v{version}</id><title>{title}</title></entry>"
    return Source("arxiv", data=f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode())


def test_a_later_version_of_arxiv_updates_what_was_not_corrected(tmp_path: Path) -> None:
    with Library.open(tmp_path / "one") as library:
        library.import_([atom(1, "On lists")])
        assert library.import_([atom(1, "On lists")]).unchanged == 1
        assert library.import_([atom(2, "On long lists")]).updated == 1
        assert library.import_([atom(1, "On lists")]).unchanged == 1
        (paper,) = library.papers([PaperId(1)])
        assert (paper.title, paper.version) == ("On long lists", "v2")
        library.correct([PaperId(1)], title="Mine")
        library.import_([atom(3, "On longer lists")])
        (paper,) = library.papers([PaperId(1)])
        assert (paper.title, paper.version) == ("Mine", "v3")
