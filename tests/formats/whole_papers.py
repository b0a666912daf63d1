"""Invented papers for round trips through the formats that hold everything a paper has."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from readinglist.paper import COLOURS, Author, Highlight, Link, Paper, PaperId, Status
from readinglist.text.clean import clean_line, clean_paragraphs, clean_text

lines = st.text(max_size=30).map(clean_line)
some_line = lines.filter(bool)
optional_line = st.one_of(st.none(), some_line)
prose = st.one_of(st.none(), st.text(max_size=60).map(clean_paragraphs).filter(bool))
layout = st.text(min_size=1, max_size=60).map(clean_text).filter(str.strip)
days = st.one_of(st.none(), st.dates().map(date.isoformat), st.sampled_from(["2026", "2026-03"]))
times = st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat() + "Z")
urls = st.sampled_from(["https://example.org/a", "http://b.example.org/?q=1#x", "https://github.com/a/b"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | lines,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(lines, inner, max_size=3),
    max_leaves=5,
)
tags = st.sampled_from(["nlp", "nlp/bias", "to read, soon", "Ärger", "2026"])
highlights = st.builds(
    Highlight,
    id=st.uuids().map(str),
    quote=layout,
    prefix=st.text(max_size=10).map(clean_text),
    suffix=st.text(max_size=10).map(clean_text),
    start=st.integers(0, 50),
    end=st.integers(51, 99),
    colour=st.sampled_from(COLOURS),
    comment=st.one_of(st.none(), layout),
    created=times,
) | st.builds(
    Highlight,
    st.uuids().map(str),
    layout,
    st.just(""),
    st.just(""),
    st.none(),
    st.none(),
    st.just("green"),
    st.none(),
    times,
)
papers = st.builds(
    Paper,
    title=some_line,
    id=st.integers(0, 10**6).map(PaperId),
    uid=st.uuids().map(str),
    abstract=prose,
    authors=st.lists(st.builds(Author, some_line, optional_line), max_size=3).map(tuple),
    year=st.one_of(st.none(), st.integers(1, 9999)),
    published=days,
    listed=days,
    venue=optional_line,
    doi=st.sampled_from([None, "10.1000/x.1", "10.1000/(a)b"]),
    arxiv_id=st.sampled_from([None, "2401.00001", "hep-th/9901001"]),
    url=st.one_of(st.none(), urls),
    links=st.lists(st.builds(Link, st.sampled_from(["page", "pdf", "code", "project", "other"]), urls), max_size=3).map(
        tuple
    ),
    keywords=st.lists(some_line, max_size=3).map(tuple),
    upvotes=st.one_of(st.none(), st.integers(0, 10**6)),
    submitted_by=optional_line,
    status=st.sampled_from(Status),
    order_key=st.sampled_from([None, "V0000000", "V0000000V"]),
    position=st.one_of(st.none(), st.integers(1, 9)),
    until=st.one_of(st.none(), st.dates().map(date.isoformat)),
    starred=st.booleans(),
    tags=st.frozensets(tags, max_size=3),
    note=st.one_of(st.none(), layout),
    highlights=st.lists(highlights, max_size=2).map(tuple),
    added=times,
    changed=times,
    finished=st.one_of(st.none(), times),
    trashed=st.one_of(st.none(), times),
    taste=st.sampled_from([None, "more", "less"]),
    source=st.sampled_from(["page", "manual", "huggingface"]),
    version=optional_line,
    corrected=st.frozensets(st.sampled_from(["title", "year", "abstract"])),
    extra=st.dictionaries(lines, json_values, max_size=3),
)
