"""Papers side by side as text: what differs, what a merge takes in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from readinglist.library import Merge
from readinglist.merging import merged
from readinglist.paper import Author, Highlight, Paper, PaperId, Status
from readinglist.ui.comparing import Comparison, compared, summary

TODAY = date(2026, 3, 11)
OLD = Paper(
    "Fog and ships",
    id=PaperId(4),
    authors=(Author("Ada Brandt"),),
    year=2023,
    note="Mine.",
    added="2026-03-01T09:00:00Z",
)
NEW = Paper(
    "Fog and Ships",
    id=PaperId(2),
    authors=(Author("Ada Brandt"),),
    year=2023,
    doi="10.1000/fog",
    note="Yours.",
    status=Status.LATER,
    until="2026-03-12",
    added="2026-03-10T09:00:00Z",
)


def side_by_side(kept: Paper, *others: Paper) -> Comparison:
    return compared(Merge(kept, merged(kept, others, lambda: "new"), others), TODAY)


def test_the_oldest_paper_stands_first_whichever_is_kept() -> None:
    for kept, other, place in ((OLD, NEW, 0), (NEW, OLD, 1)):
        comparison = side_by_side(kept, other)
        assert [paper.id for paper in comparison.papers] == [4, 2]
        assert comparison.kept == place


def test_each_field_tells_whether_the_papers_differ_and_what_is_taken_in() -> None:
    found = {line.name: line for line in side_by_side(OLD, NEW).lines}
    assert [name for name, line in found.items() if line.differs] == ["title", "doi", "status", "note", "added"]
    assert [name for name, line in found.items() if line.gained] == ["doi", "status", "note"]
    assert found["doi"].values == ("", "10.1000/fog")
    assert found["status"].result == "Later, until tomorrow"
    assert found["note"].result == "Mine.\n\nYours."


def test_a_field_that_no_paper_has_is_left_out() -> None:
    assert {"venue", "abstract", "tags"}.isdisjoint(line.name for line in side_by_side(OLD, NEW).lines)


def test_a_sentence_tells_what_becomes_of_the_papers() -> None:
    assert summary(side_by_side(OLD, NEW)) == (
        "Paper 1 is kept and takes in: DOI, Status, Note. The other goes to the trash."
    )
    bare = replace(OLD, id=PaperId(9), note=None)
    assert summary(side_by_side(OLD, bare, replace(bare, id=PaperId(10)))) == (
        "Paper 1 is kept as it is; it has everything already. The others go to the trash."
    )


def test_long_texts_are_read_from_where_they_differ() -> None:
    beginning = "The same words in both of them. " * 20
    one, other = (replace(OLD, id=PaperId(n), abstract=beginning + end) for n, end in ((1, "An end."), (2, "A way.")))
    line = next(line for line in side_by_side(one, other).lines if line.name == "abstract")
    assert line.shortened(line.values[0]).endswith("of them. An end.")
    assert len(line.shortened(line.values[1])) < 80
    assert line.values[0] == beginning + "An end."


def test_short_texts_and_equal_ones_are_shown_from_their_beginning() -> None:
    same = "The same words in both of them. " * 20
    one, other = (replace(OLD, id=PaperId(n), abstract=same) for n in (1, 2))
    for line in side_by_side(one, other).lines:
        assert line.alike == 0


def test_highlights_are_told_with_their_comments() -> None:
    mark = Highlight("h", "fog", "", "", 0, 3, "yellow", "whose?", "2026-03-01T09:00:00Z")
    found = {line.name: line for line in side_by_side(replace(OLD, highlights=(mark,)), NEW).lines}
    assert found["highlights"].values == ("“fog” (whose?)", "")
