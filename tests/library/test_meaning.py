"""Whatever a query asks, the library answers what the query plainly means: `query.match` is the oracle."""

from __future__ import annotations

import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.library import Library
from readinglist.paper import REVISED, Author, Link, Paper, Status
from readinglist.query.match import Context, match
from readinglist.query.nodes import Node
from readinglist.query.parse import parse
from readinglist.query.searches import expand

_NOW = datetime(2026, 3, 11, 9, 30, tzinfo=UTC)
_WORDS = (
    *("sparse", "sparsity", "auto", "encoders", "encoder", "café", "Модель", "модели", "注意", "機構", "GPT-4"),
    *("logit", "lens", "bias", "biased", "the", "of"),
)
_TAGS = ["nlp", "nlp/parsing", "to cite", "Ärger"]
_STATUSES = list(Status)
_FILTERS = (
    [f"is:{s}" for s in _STATUSES]
    + [f"is:{s}" for s in ("starred", "unread", "due", "revised")]
    + [f"has:{s}" for s in ("note", "highlight", "tag", "abstract", "code", "pdf", "doi", "arxiv")]
    + ["tag:nlp", "tag:NLP/parsing", 'tag:"to cite"', "tag:ärger", "tag:none", "tag:any", "tag:np", "tags:>1", "tags:0"]
    + ["year:2020", "year:2019..2021", "year:>=2021", "year:<2020", "upvotes:>3", "upvotes:0..3"]
    + ["added:today", "added:<7d", "added:>1w", "added:2026-03", "changed:today", "finished:<1y", "finished:>=2026"]
    + ["listed:2026-03-01..", "listed:<2w", "until:<2w", "until:today", "until:>2026-03-11"]
    + ["doi:10.1000/x1", "arxiv:2401.00001v2", "id:2", "id:1,3,99", "source:manual", "source:hf", "search:mine"]
)


def _paper(rng: random.Random, number: int) -> Paper:
    def text(most: int) -> str:
        return " ".join(rng.choices(_WORDS, k=rng.randint(1, most)))

    def maybe(value: object) -> object:
        return value if rng.random() < 0.5 else None

    status = rng.choice(_STATUSES)
    day = (_NOW + timedelta(days=rng.randint(-20, 20))).date().isoformat()
    return Paper(
        title=f"{text(4)} {number}",
        abstract=maybe(text(12)),  # type: ignore[arg-type]
        authors=tuple(Author(text(2)) for _ in range(rng.randint(0, 3))),
        year=rng.choice([None, 2018, 2019, 2020, 2021, 2022]),
        listed=maybe(day),  # type: ignore[arg-type]
        venue=maybe(text(2)),  # type: ignore[arg-type]
        doi=maybe(f"10.1000/x{number}"),  # type: ignore[arg-type]
        arxiv_id=maybe(f"2401.0000{number}"),  # type: ignore[arg-type]
        links=tuple(Link(kind, "https://x.org") for kind in rng.sample(["code", "pdf", "page"], rng.randint(0, 2))),
        keywords=tuple(text(2) for _ in range(rng.randint(0, 2))),
        upvotes=rng.choice([None, 0, 3, 9]),
        status=status,
        until=day if status is Status.LATER else None,
        starred=rng.random() < 0.3,
        extra={REVISED: {"from": "v1"}} if rng.random() < 0.2 else {"note": f'"{REVISED}":'},
        tags=frozenset(rng.sample(_TAGS, rng.randint(0, 3))),
        note=maybe(text(4)),  # type: ignore[arg-type]
    )


def _fill(library: Library, rng: random.Random, count: int) -> None:
    for number in range(1, count + 1):
        library.add(_paper(rng, number))
    for paper in library.papers(range(1, count + 1)):
        if paper.abstract and rng.random() < 0.5:
            library.highlight(paper.id, paper.abstract.split()[0], start=0, comment=rng.choice(["", *_WORDS]))
    library.save_search("mine", "is:starred OR title:sparse")


@pytest.fixture(scope="module")
def libraries() -> dict[int, Library]:
    """Filled libraries by seed, one of them with half of its papers not yet in the index."""
    opened = {}
    for seed in (1, 2):
        folder = Path(tempfile.mkdtemp())
        library = Library.open(folder, clock=lambda: _NOW)
        rng = random.Random(seed)
        _fill(library, rng, 9)
        library.wait_for_index()
        if seed == 2:
            for paper in library.papers([1, 3, 5]):
                library.write_note(paper.id, "sparse lens " + (paper.note or ""))
            library.add(_paper(rng, 10))
        library.remove([4])
        opened[seed] = library
    yield opened  # type: ignore[misc]
    for library in opened.values():
        library.close()


_word = st.sampled_from(
    [*_WORDS, "spars*", "encodr~", "моделью", "意 機", "gpt", '"logit lens"', '"auto encoders"', "zzz"]
)
_field = st.sampled_from(["title:", "abstract:", "author:", "note:", "highlight:", "venue:", "keyword:"])
_leaf = st.one_of(_word, st.builds(str.__add__, _field, _word), st.sampled_from(_FILTERS))
_query = st.recursive(
    _leaf,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
        inner.map(lambda part: f"-{part}"),
    ),
    max_leaves=6,
).filter(lambda query: "--" not in query and not query.startswith("((("))


@settings(max_examples=400)
@given(query=_query, seed=st.sampled_from([1, 2]))
def test_a_search_finds_what_the_query_means(libraries: dict[int, Library], query: str, seed: int) -> None:
    library = libraries[seed]
    hits = library.search(query)
    assert len(set(hits.ids)) == len(hits.ids) == hits.total
    expected = _meant(library, hits.node)
    assert sorted(hits.ids) == expected
    if not hits.relaxed:
        saved = {search.name: search.query for search in library.searches()}
        assert expected == _meant(library, expand(parse(query), saved).node)


def _meant(library: Library, node: Node) -> list[int]:
    context = Context(now=_NOW)
    papers = library.papers(range(1, 20))
    return sorted(paper.id for paper in papers if not paper.trashed and match(node, paper, context))
