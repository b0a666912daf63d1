"""Changes: what leads from one paper to another, and back."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from readinglist.changes import Change, apply_changes, diff
from readinglist.paper import Author, Highlight, Link, Paper, Status

_TEXT = st.none() | st.text(min_size=1, max_size=8)
_HIGHLIGHT = st.builds(
    Highlight,
    id=st.sampled_from("abcd"),
    quote=st.text(min_size=1, max_size=5),
    prefix=st.just(""),
    suffix=st.just(""),
    start=st.none() | st.integers(0, 20),
    end=st.just(25),
    colour=st.just("yellow"),
    comment=_TEXT,
    created=st.just("2026-03-11T09:30:00Z"),
)
_PAPER = st.builds(
    Paper,
    title=st.text(min_size=1, max_size=8),
    uid=st.just("u"),
    abstract=_TEXT,
    authors=st.lists(st.builds(Author, st.text(max_size=4), _TEXT), max_size=3).map(tuple),
    year=st.none() | st.integers(1900, 2030),
    links=st.lists(st.builds(Link, st.just("code"), st.text(max_size=4)), max_size=2).map(tuple),
    status=st.sampled_from(Status),
    starred=st.booleans(),
    tags=st.frozensets(st.sampled_from(["nlp", "to cite", "a/b"])),
    corrected=st.frozensets(st.sampled_from(["title", "year"])),
    note=_TEXT,
    highlights=st.lists(_HIGHLIGHT, max_size=3, unique_by=lambda h: h.id).map(
        lambda hs: tuple(sorted(hs, key=lambda h: (h.start is None, h.start or 0, h.id)))
    ),
    extra=st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
)


@given(_PAPER, _PAPER)
def test_a_diff_leads_there_and_its_reverse_back(before: Paper, after: Paper) -> None:
    changes = diff(before, after)
    there, left_out = apply_changes(before, changes)
    assert (there, left_out) == (after, [])
    back, left_out = apply_changes(there, [change.reversed() for change in reversed(changes)])
    assert (back, left_out) == (before, [])


def test_a_field_that_has_changed_since_is_left_alone() -> None:
    paper = Paper(title="Now", uid="u", tags=frozenset({"kept"}))
    stale = [Change("u", "title", "Before", "Earlier"), Change("u", "tags", "gone", None)]
    changed, left_out = apply_changes(paper, [*stale, Change("u", "year", None, 2024)])
    assert changed == replace(paper, year=2024)
    assert left_out == stale


def test_two_tags_are_two_changes() -> None:
    before = Paper(title="T", uid="u", tags=frozenset({"a"}))
    assert diff(before, replace(before, tags=frozenset({"b"}))) == [
        Change("u", "tags", "a", None),
        Change("u", "tags", None, "b"),
    ]
