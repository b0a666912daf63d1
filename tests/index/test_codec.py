"""Whoosh reads our segments as it reads its own: the same terms, postings, statistics and answers."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from whoosh import query as q
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex
from whoosh.reading import TermNotFound
from whoosh.scoring import BM25F

from readinglist.index.index import Index
from readinglist.index.schema import APART, schema
from readinglist.index.stamp import Stamp
from readinglist.index.texts import FIELDS
from readinglist.paper import PaperId

if TYPE_CHECKING:
    from tests.index.conftest import Invent


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, invented: Invent) -> tuple[Any, Any]:
    """Two searchers: Whoosh's codec under the one, ours under the other."""
    ours = Index.open(tmp_path_factory.mktemp("index"), Stamp("a library"))
    theirs = FileIndex.create(RamStorage(), schema(), "MAIN")
    for batch in range(3):
        papers = [invented(batch * 150 + number) for number in range(1, 151)]
        ours.update(papers, [], last_seq=batch)
        writer = theirs.writer()
        for paper in papers:
            values = {field.name: APART.join(field.values(paper)) for field in FIELDS}
            writer.add_document(id=paper.id, **{name: value for name, value in values.items() if value})
        writer.commit(merge=False)
    gone = random.Random(1).sample(range(1, 451), 60)
    ours.update([], map(PaperId, gone), last_seq=9)
    writer = theirs.writer()
    for number in gone:
        writer.delete_document(number - 1)
    writer.commit(merge=False)
    weighting = BM25F(B=0.75, K1=1.2)
    return ours.whoosh().searcher(weighting=weighting), theirs.searcher(weighting=weighting)


QUERIES = [
    q.Term("abstract", "model"),
    q.And([q.Term("abstract", "model"), q.Term("title", "the")]),
    q.Or([q.Term("abstract", "model"), q.Term("title", "robots"), q.Term("note", "tea")]),
    q.Phrase("abstract", ["the", "model"]),
    q.Phrase("abstract", ["state", "the"], slop=3),
    q.Prefix("abstract", "lan"),
    q.Wildcard("abstract", "m*d*l"),
    q.FuzzyTerm("abstract", "modle", maxdist=2, prefixlength=1),
    q.TermRange("title", "a", "m"),
    q.AndNot(q.Term("abstract", "model"), q.Term("abstract", "tea")),
    q.AndMaybe(q.Term("abstract", "model"), q.Term("abstract", "tea")),
    q.Term("keyword", "注"),
    q.Phrase("keyword", ["注", "意"]),
    q.Not(q.Term("abstract", "model")),
    q.Every(),
]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_queries_have_the_same_answers_and_scores(both: tuple[Any, Any], query: q.Query) -> None:
    answers = [
        {searcher.stored_fields(doc)["id"]: score for score, doc in searcher.search(query, limit=None).top_n}
        for searcher in both
    ]
    assert answers[0]
    assert answers[0] == pytest.approx(answers[1], rel=1e-12)


@pytest.mark.parametrize("limit", [1, 5, 50])
def test_the_best_are_the_best_of_all(both: tuple[Any, Any], limit: int) -> None:
    """Whoosh skips blocks by their quality here, which the postings must tell truly."""
    ours, _ = both
    query = q.Or([q.Term("abstract", "model"), q.Term("abstract", "tea")])
    whole = sorted((-score for score, _ in ours.search(query, limit=None).top_n))
    assert [-score for score, _ in ours.search(query, limit=limit).top_n] == pytest.approx(whole[:limit])


def test_terms_and_their_statistics_are_the_same(both: tuple[Any, Any]) -> None:
    ours, theirs = (searcher.reader() for searcher in both)
    assert list(ours.all_terms()) == list(theirs.all_terms())
    for name, text in theirs.all_terms():
        infos = [reader.term_info(name, text) for reader in (ours, theirs)]
        assert len({
            (i.weight(), i.doc_frequency(), i.min_length(), i.max_length(), i.max_weight(), i.min_id(), i.max_id())
            for i in infos
        }) == 1, (name, text)  # fmt: skip
        assert ours.frequency(name, text) == theirs.frequency(name, text)
        assert ours.doc_frequency(name, text) == theirs.doc_frequency(name, text)


def test_postings_and_positions_are_the_same(both: tuple[Any, Any]) -> None:
    def postings(reader: Any, name: str, text: bytes) -> list[Any]:
        matcher = reader.postings(name, text)
        found = []
        while matcher.is_active():
            found.append((matcher.id(), matcher.weight(), matcher.value_as("positions"), len(matcher.spans())))
            matcher.next()
        return found

    ours, theirs = (searcher.reader() for searcher in both)
    for name, text in theirs.all_terms():
        assert postings(ours, name, text) == postings(theirs, name, text), (name, text)


def test_lengths_and_stored_numbers_are_the_same(both: tuple[Any, Any]) -> None:
    ours, theirs = (searcher.reader() for searcher in both)
    assert ours.doc_count() == theirs.doc_count()
    assert ours.doc_count_all() == theirs.doc_count_all()
    assert sorted(ours.all_doc_ids()) == sorted(theirs.all_doc_ids())
    for field in FIELDS:
        assert ours.field_length(field.name) == theirs.field_length(field.name)
        assert ours.max_field_length(field.name) == theirs.max_field_length(field.name)
        for doc in range(ours.doc_count_all()):
            lengths = [reader.doc_field_length(doc, field.name) or 0 for reader in (ours, theirs)]
            assert lengths[0] == lengths[1]
    for doc in ours.all_doc_ids():
        assert ours.stored_fields(doc) == theirs.stored_fields(doc)


def test_prefixes_and_misspelt_words_expand_the_same(both: tuple[Any, Any]) -> None:
    ours, theirs = (searcher.reader() for searcher in both)
    assert list(ours.expand_prefix("abstract", "mo")) == list(theirs.expand_prefix("abstract", "mo"))
    for word in ("modle", "langage", "te"):
        expanded = [sorted(reader.terms_within("abstract", word, 1)) for reader in (ours, theirs)]
        assert expanded[0] == expanded[1]


def test_what_is_not_there_is_said_as_whoosh_says_it(both: tuple[Any, Any]) -> None:
    reader = both[0].reader()
    assert ("title", b"nowhere") not in reader
    assert reader.doc_frequency("title", "nowhere") == reader.frequency("title", "nowhere") == 0
    with pytest.raises(TermNotFound):
        reader.postings("title", "nowhere")
    assert not both[0].search(q.Term("title", "nowhere"))


def test_whooshs_own_writer_is_refused(tmp_path: Path) -> None:
    index = Index.open(tmp_path / "index", Stamp("a library"))
    with pytest.raises(TypeError, match=r"Index\.update"):
        index.whoosh().writer()
