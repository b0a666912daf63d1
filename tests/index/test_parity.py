"""Our search finds what Whoosh finds: the same papers, in the same segments, asked with Whoosh's own queries.

Scores are of another formula than Whoosh's (see `test_scoring`). That Whoosh's own queries score the same on our
segments as on its own is in `test_codec`.
"""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from whoosh import query as q
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex
from whoosh.scoring import BM25F

from readinglist.index.index import Index
from readinglist.index.schema import APART, schema
from readinglist.index.scoring import K1
from readinglist.index.snapshot import B
from readinglist.index.stamp import Stamp
from readinglist.index.texts import FIELDS
from readinglist.paper import Author, Highlight, Paper, PaperId
from readinglist.query.nodes import And, Node, Or, Text

BOOSTS = {field.name: field.boost for field in FIELDS}

# Each is the only form of its stem, so that a word of ours is one term of Whoosh's.
WORDS = [
    "tea",
    "bias",
    "sparse",
    "logit",
    "lens",
    "graph",
    "круг",
    "注",
    "机",
    "kruger",
    "moon",
    "the",
    "of",
    "x2",
    "gpt",
]


def drawn_paper(number: int, drawn: random.Random) -> Paper:
    def some(least: int, most: int) -> str:
        return " ".join(drawn.choices(WORDS, range(len(WORDS), 0, -1), k=drawn.randint(least, most)))

    return Paper(
        id=PaperId(number),
        title=some(1, 6),
        abstract=some(0, 60) or None,
        authors=tuple(Author(some(1, 3)) for _ in range(drawn.randint(0, 4))),
        note=some(0, 10) if drawn.random() < 0.2 else None,
        keywords=tuple(some(1, 2) for _ in range(drawn.randint(0, 3))),
        highlights=(Highlight("h", some(2, 5), "", "", None, None, "yellow", some(0, 2), ""),) * drawn.randint(0, 1),
    )


class Both:
    """An index of ours and one of Whoosh's with the same papers in the same segments."""

    def __init__(self, folder: Path, segments: int, deleted: int) -> None:
        drawn = random.Random(segments)
        self.ours = Index.open(folder, Stamp("a library"))
        theirs = FileIndex.create(RamStorage(), schema(), "MAIN")
        number = 0
        # Segments of 40 and more are left apart.
        for batch in range(segments):
            papers = []
            for _ in range(40 + 7 * batch):
                number += 1
                papers.append(drawn_paper(number, drawn))
            self.ours.update(papers, [], last_seq=batch)
            writer = theirs.writer()
            for paper in papers:
                values = {field.name: APART.join(field.values(paper)) for field in FIELDS}
                writer.add_document(id=paper.id, **{name: value for name, value in values.items() if value})
            writer.commit(merge=False)
        gone = drawn.sample(range(1, number + 1), deleted)
        self.ours.update([], map(PaperId, gone), last_seq=99)
        writer = theirs.writer()
        for paper_id in gone:
            writer.delete_document(paper_id - 1)
        writer.commit(merge=False)
        self.searcher = theirs.searcher(weighting=BM25F(B=B, K1=K1))
        assert len(self.searcher.leaf_searchers()) == segments if segments > 1 else True

    def scores(self, node: Node) -> dict[int, float]:
        found = self.ours.search(node, filters=lambda leaf: np.array([]), everything=lambda: np.array([]))
        return dict(zip(found.ids.tolist(), found.scores.tolist(), strict=True))

    def whooshs(self, query: q.Query) -> dict[int, float]:
        # With a limit Whoosh can lose a hit that it would rank within it.
        hits = self.searcher.search(query, limit=None)
        return {self.searcher.stored_fields(doc)["id"]: score for score, doc in hits.top_n}


@pytest.fixture(scope="module", params=[(1, 0), (4, 30)], ids=["one segment", "four segments with deletions"])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Both:
    return Both(tmp_path_factory.mktemp("index"), *request.param)


def term(word: str) -> q.Query:
    return q.Or([q.Term(name, word) for name in BOOSTS])


def phrase(*words: str) -> q.Query:
    return q.Or([q.Phrase(name, list(words)) for name in BOOSTS])


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_found_where_whoosh_finds_it(both: Both, word: str) -> None:
    assert both.scores(Text(word)).keys() == both.whooshs(term(word)).keys()


@pytest.mark.parametrize("name", sorted(BOOSTS))
def test_a_word_of_one_field_ranks_as_with_whoosh(both: Both, name: str) -> None:
    # Our weights of fields are within the sum that is dampened, Whoosh's outside, so only a weight of 1 ranks alike.
    ours, theirs = both.scores(Text("tea", name)), both.whooshs(q.Term(name, "tea"))
    assert ours.keys() == theirs.keys()
    if BOOSTS[name] == 1 and theirs:
        # The idf is another, but one number for all.
        first = next(iter(theirs))
        assert ours == pytest.approx({n: score * ours[first] / theirs[first] for n, score in theirs.items()}, rel=1e-5)


PAIRS = [("tea", "bias"), ("moon", "注"), ("gpt", "x2"), ("kruger", "tea"), ("the", "of")]


@pytest.mark.parametrize("words", PAIRS)
def test_words_joined_find_what_whoosh_finds(both: Both, words: tuple[str, str]) -> None:
    leaves, terms = tuple(map(Text, words)), [term(word) for word in words]
    assert both.scores(And(leaves)).keys() == both.whooshs(q.And(terms)).keys()
    assert both.scores(Or(leaves)).keys() == both.whooshs(q.Or(terms)).keys()


@pytest.mark.parametrize("words", [*PAIRS, ("tea", "tea"), ("tea", "bias", "sparse"), ("注", "机")])
def test_a_phrase_finds_what_whoosh_finds(both: Both, words: tuple[str, ...]) -> None:
    ours = both.scores(Text(" ".join(words)))
    assert ours.keys() == both.whooshs(phrase(*words)).keys()
    assert ours or words == ("gpt", "x2")
