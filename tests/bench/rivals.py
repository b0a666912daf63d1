"""Other engines on the same papers: SQLite's FTS5, tantivy and Whoosh as it comes. Each is left out where it is absent.

They look in the fields that ours looks in, with the same weights, stem English and fold accents, and keep no texts:
an answer is the numbers of the best papers and how many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from corpus import Asked

from readinglist.index.texts import FIELDS
from readinglist.paper import Paper, PaperId

_FILLED = ("title", "abstract", "author", "venue", "keyword")
_FIELDS = [field for field in FIELDS if field.name in _FILLED]
_NAMES = [field.name for field in _FIELDS]
BOOSTS = {field.name: field.boost for field in _FIELDS}


class Engine(Protocol):
    """What is measured. An object is made on an empty folder or on one that it was built in."""

    name: str

    def __init__(self, folder: Path) -> None: ...

    def build(self, papers: Sequence[Paper]) -> None:
        """Take in all papers, searchable afterwards."""

    def tidy(self) -> None:
        """Bring what was built into its best shape."""

    def find(self, asked: Asked, limit: int) -> tuple[int, list[int]]:
        """Return how many papers there are, and the numbers of the best ones in order.

        Raises NotImplementedError for what the engine has not.
        """

    def edit(self, paper: Paper) -> None:
        """Replace one paper; the next search finds it as it is now."""


def _texts(paper: Paper) -> list[str]:
    return ["\n".join(field.values(paper)) for field in _FIELDS]


class Fts5:
    """SQLite's full-text search, through the library's own driver."""

    name = "FTS5"

    def __init__(self, folder: Path) -> None:
        from readinglist.store.driver import connect

        folder.mkdir(parents=True, exist_ok=True)
        self._connection = connect(folder / "fts5.db", mode="rwc")
        self._connection.execute("PRAGMA journal_mode = WAL")

    def build(self, papers: Sequence[Paper]) -> None:
        columns, marks = ", ".join(_NAMES), ", ".join("?" for _ in _NAMES)
        options = "content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2'"
        weights = ", ".join(str(boost) for boost in BOOSTS.values())
        self._connection.execute(f"CREATE VIRTUAL TABLE papers USING fts5({columns}, {options})")
        self._connection.execute(f"INSERT INTO papers (papers, rank) VALUES ('rank', 'bm25({weights})')")
        self._connection.execute("BEGIN")
        rows = ((paper.id, *_texts(paper)) for paper in papers)
        self._connection.executemany(f"INSERT INTO papers (rowid, {columns}) VALUES (?, {marks})", rows)
        self._connection.execute("COMMIT")

    def tidy(self) -> None:
        self._connection.execute("INSERT INTO papers (papers) VALUES ('optimize')")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def find(self, asked: Asked, limit: int) -> tuple[int, list[int]]:
        if asked.fuzzy:
            raise NotImplementedError("FTS5 has no search with typing errors")
        if asked.joined == "phrase":
            text = '"' + " ".join(asked.words) + '"'
        else:
            text = f" {asked.joined.upper()} ".join(f'"{word}"' for word in asked.words)
        text += " *" if asked.prefix else ""
        best = self._connection.execute(
            "SELECT rowid FROM papers WHERE papers MATCH ? ORDER BY rank LIMIT ?", [text, limit]
        ).fetchall()
        total = len(best)
        if total == limit:
            (total,) = self._connection.execute("SELECT count(*) FROM papers WHERE papers MATCH ?", [text]).fetchone()
        return total, [number for (number,) in best]

    def edit(self, paper: Paper) -> None:
        columns, marks = ", ".join(_NAMES), ", ".join("?" for _ in _NAMES)
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("DELETE FROM papers WHERE rowid = ?", [paper.id])
        self._connection.execute(
            f"INSERT INTO papers (rowid, {columns}) VALUES (?, {marks})", [paper.id, *_texts(paper)]
        )
        self._connection.execute("COMMIT")


class Tantivy:
    """The search library in Rust, through its Python package."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._tantivy = tantivy
        folder.mkdir(parents=True, exist_ok=True)
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("id", stored=False, indexed=True, fast=True)
        for name in _NAMES:
            builder.add_text_field(name, stored=False, tokenizer_name="english", index_option="position")
        self._schema = builder.build()
        filters = tantivy.Filter
        self._analyser = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(filters.remove_long(64))
            .filter(filters.lowercase())
            .filter(filters.ascii_fold())
            .filter(filters.stemmer("english"))
            .build()
        )
        self._index = tantivy.Index(self._schema, str(folder))
        self._index.register_tokenizer("english", self._analyser)
        self._index.reload()
        self._writer: Any = None
        self._searcher = self._index.searcher()

    def _add(self, paper: Paper) -> None:
        document = self._tantivy.Document()
        document.add_unsigned("id", paper.id)
        for name, text in zip(_NAMES, _texts(paper), strict=True):
            document.add_text(name, text)
        self._writer.add_document(document)

    def _commit(self) -> None:
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def build(self, papers: Sequence[Paper]) -> None:
        self._writer = self._index.writer(heap_size=512_000_000)
        for paper in papers:
            self._add(paper)
        self._commit()

    def tidy(self) -> None:
        self._writer.wait_merging_threads()
        self._writer = None
        self._index.reload()

    def find(self, asked: Asked, limit: int) -> tuple[int, list[int]]:
        result = self._searcher.search(self._query(asked), limit, count=True)
        addresses = [address for _, address in result.hits]
        return result.count, self._searcher.fast_field_values("id", addresses)

    def _query(self, asked: Asked) -> Any:
        query, occur = self._tantivy.Query, self._tantivy.Occur
        if asked.joined == "phrase":
            stems = [self._stem(word) for word in asked.words]
            return self._in_fields(lambda name: query.phrase_query(self._schema, name, stems))
        last = len(asked.words) - 1
        each = [
            self._word(word, asked.prefix and number == last, asked.fuzzy and number == last)
            for number, word in enumerate(asked.words)
        ]
        how = occur.Must if asked.joined == "and" else occur.Should
        return each[0] if len(each) == 1 else query.boolean_query([(how, one) for one in each])

    def _word(self, word: str, prefix: bool, fuzzy: bool) -> Any:
        query, schema = self._tantivy.Query, self._schema
        if prefix:
            return self._in_fields(lambda name: query.fuzzy_term_query(schema, name, word, distance=0, prefix=True))
        if fuzzy:
            return self._in_fields(lambda name: query.fuzzy_term_query(schema, name, self._stem(word), distance=1))
        return self._in_fields(lambda name: query.term_query(schema, name, self._stem(word)))

    def _in_fields(self, make: Any) -> Any:
        query, should = self._tantivy.Query, self._tantivy.Occur.Should
        return query.boolean_query([(should, query.boost_query(make(name), BOOSTS[name])) for name in _NAMES])

    def _stem(self, word: str) -> str:
        return next(iter(self._analyser.analyze(word)), word)

    def edit(self, paper: Paper) -> None:
        if self._writer is None:
            self._writer = self._index.writer(heap_size=64_000_000)
        self._writer.delete_documents_by_term("id", paper.id)
        self._add(paper)
        self._commit()


class StockWhoosh:
    """Whoosh as it comes: its own files, its stemming analyser with accents folded, its BM25F."""

    name = "Whoosh"

    def __init__(self, folder: Path) -> None:
        from whoosh import fields, index
        from whoosh.analysis import CharsetFilter, StemmingAnalyzer
        from whoosh.support.charset import accent_map

        folder.mkdir(parents=True, exist_ok=True)
        self._analyser = StemmingAnalyzer(cachesize=-1) | CharsetFilter(accent_map)
        texts: dict[str, Any] = {name: fields.TEXT(analyzer=self._analyser) for name in _NAMES}
        schema = fields.Schema(number=fields.ID(stored=True, unique=True), **texts)
        there = index.exists_in(str(folder))
        self._index = index.open_dir(str(folder)) if there else index.create_in(str(folder), schema)
        self._searcher: Any = self._index.searcher()

    def _fields(self, paper: Paper) -> dict[str, str]:
        return {"number": str(paper.id), **dict(zip(_NAMES, _texts(paper), strict=True))}

    def build(self, papers: Iterable[Paper]) -> None:
        writer = self._index.writer(limitmb=1024)
        for paper in papers:
            writer.add_document(**self._fields(paper))
        writer.commit()
        self._searcher = self._index.searcher()

    def tidy(self) -> None:
        pass  # one segment already

    def find(self, asked: Asked, limit: int) -> tuple[int, list[int]]:
        from whoosh.query import NullQuery

        query = self._query(asked)
        if query == NullQuery:
            return 0, []
        results = self._searcher.search(query, limit=limit)
        return len(results), [PaperId(int(hit["number"])) for hit in results]

    def _query(self, asked: Asked) -> Any:
        from whoosh.query import And, FuzzyTerm, NullQuery, Or, Phrase, Prefix, Term

        stems = {word: [token.text for token in self._analyser(word)] for word in asked.words}

        def in_fields(make: Any) -> Any:
            return Or([make(name, BOOSTS[name]) for name in _NAMES])

        if asked.joined == "phrase":
            words = [stem for word in asked.words for stem in stems[word]]
            return in_fields(lambda name, boost: Phrase(name, words, boost=boost))
        each: list[Any] = []
        for number, word in enumerate(asked.words):
            last = number == len(asked.words) - 1
            if last and asked.prefix:
                each.append(in_fields(lambda name, boost, word=word: Prefix(name, word, boost=boost)))
            elif last and asked.fuzzy:
                each.append(in_fields(lambda name, boost, word=word: FuzzyTerm(name, word, boost, 1, 1)))
            else:
                each += [in_fields(lambda name, boost, s=s: Term(name, s, boost=boost)) for s in stems[word]]
        if not each:
            return NullQuery
        return each[0] if len(each) == 1 else (And if asked.joined == "and" else Or)(each)

    def edit(self, paper: Paper) -> None:
        writer = self._index.writer()
        writer.update_document(**self._fields(paper))
        writer.commit()
        self._searcher = self._index.searcher()
