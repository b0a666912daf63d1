"""Whoosh's view of our segments: a codec that reads them. Knows nothing of how they are written or folded.

With it every query of Whoosh runs on the index, and its scores are what the tests hold our own search to. Segments
are written by `writing`, never by Whoosh: its writer works posting by posting, a tenth as fast, so the codec has no
writers and `ArrayIndex.writer` refuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC, FileIndex
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import byte_to_length

from readinglist.index.schema import INDEX_NAME, schema
from readinglist.index.segment import Postings, Segment
from readinglist.index.snapshot import Part, Snapshot

_BLOCK = 128


class ArraySegment(base.Segment):  # type: ignore[misc]
    """What Whoosh's table of contents says of a segment; never changes."""

    def __init__(self, part: Part) -> None:
        self.indexname = INDEX_NAME
        self.segid = part.segment.segment_id
        self.compound = False
        self._documents = part.segment.documents
        self._gone = frozenset(part.deleted.tolist())

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def should_assemble(self) -> bool:
        """Say no: in a compound file the arrays could not be mapped."""
        return False

    def doc_count_all(self) -> int:
        return self._documents

    def deleted_count(self) -> int:
        return len(self._gone)

    def deleted_docs(self) -> frozenset[int]:
        return self._gone

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._gone


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Reads our segments for Whoosh; has no writers (see above)."""

    def terms_reader(self, storage: ArrayStorage, segment: ArraySegment) -> ArrayTermsReader:
        return ArrayTermsReader(storage.segments[segment.segid])

    def per_document_reader(self, storage: ArrayStorage, segment: ArraySegment) -> ArrayDocumentReader:
        return ArrayDocumentReader(storage.segments[segment.segid], segment)


class ArrayStorage(RamStorage):  # type: ignore[misc]
    """The segments of a snapshot, by their names, where Whoosh expects files."""

    def __init__(self, segments: Mapping[str, Segment]) -> None:
        super().__init__()
        self.segments = segments


class ArrayIndex(FileIndex):  # type: ignore[misc]
    """A Whoosh index of the segments of one snapshot, for Whoosh's own searcher and queries."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.storage = ArrayStorage({part.segment.segment_id: part.segment for part in snapshot.parts})
        self.indexname = INDEX_NAME
        self._schema = schema()
        self._toc = TOC(self._schema, list(map(ArraySegment, snapshot.parts)), 0)

    def _read_toc(self) -> TOC:
        return self._toc

    def writer(self, procs: int = 1, **keywords: Any) -> Any:
        """Refuse: Whoosh's writer would put segments of another form into the index."""
        raise TypeError("segments are written by Index.update")


class ArrayDocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """What Whoosh asks about documents."""

    def __init__(self, segment: Segment, entry: ArraySegment) -> None:
        self._segment = segment
        self._entry = entry

    def doc_count(self) -> int:
        return self._entry.doc_count_all() - self._entry.deleted_count()

    def doc_count_all(self) -> int:
        return self._entry.doc_count_all()

    def has_deletions(self) -> bool:
        return self._entry.deleted_count() > 0

    def is_deleted(self, docnum: int) -> bool:
        return self._entry.is_deleted(docnum)

    def deleted_docs(self) -> frozenset[int]:
        return self._entry.deleted_docs()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        postings = self._segment.fields.get(fieldname)
        return byte_to_length(int(postings.lengths[docnum])) or default if postings else default

    def field_length(self, fieldname: str) -> int:
        postings = self._segment.fields.get(fieldname)
        return postings.total if postings else 0

    def min_field_length(self, fieldname: str) -> int:
        postings = self._segment.fields.get(fieldname)
        return byte_to_length(int(postings.lengths.min(initial=255))) if postings else 0

    def max_field_length(self, fieldname: str) -> int:
        postings = self._segment.fields.get(fieldname)
        return byte_to_length(int(postings.lengths.max(initial=0))) if postings else 0

    def stored_fields(self, docnum: int) -> dict[str, int]:
        return {"id": int(self._segment.papers[docnum])}


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]
    """What Whoosh asks about terms: pairs of a field's name and the form in UTF-8."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def _place(self, fieldname: str, tbytes: bytes) -> tuple[Postings, int] | None:
        postings = self._segment.fields.get(fieldname)
        if postings is None:
            return None
        number = self._segment.find(tbytes.decode("utf-8", "surrogatepass"))
        place = None if number is None else postings.place(number)
        return None if place is None else (postings, place)

    def _required(self, fieldname: str, tbytes: bytes) -> tuple[Postings, int]:
        found = self._place(fieldname, tbytes)
        if found is None:
            raise TermNotFound(f"No term {fieldname}:{tbytes!r}")
        return found

    def info(self, postings: Postings, place: int) -> TermInfo:
        """Return Whoosh's statistics of one term."""
        its = postings.postings(place, place + 1)
        docs, tf = postings.docs[its], postings.tf[its]
        lengths = postings.lengths[docs]
        return TermInfo(
            float(tf.sum(dtype=np.int64)),
            len(docs),
            byte_to_length(int(lengths.min())),
            byte_to_length(int(lengths.max())),
            float(tf.max()),
            int(docs[0]),
            int(docs[-1]),
        )

    def form(self, postings: Postings, place: int) -> bytes:
        """Return a term of a field in UTF-8."""
        return self._segment.form(int(postings.terms[place])).encode("utf-8", "surrogatepass")

    def lower(self, postings: Postings, tbytes: bytes) -> int:
        """Return the place of the first term of the field that does not sort before `tbytes`."""
        number = self._segment.lower(tbytes.decode("utf-8", "surrogatepass"))
        return postings.places(number, number)[0]

    def _from(self, fieldname: str, tbytes: bytes) -> Iterator[tuple[str, Postings, int]]:
        for name in sorted(self._segment.fields):
            if name >= fieldname:
                postings = self._segment.fields[name]
                first = self.lower(postings, tbytes) if name == fieldname else 0
                for place in range(first, len(postings.terms)):
                    yield name, postings, place

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._place(*term) is not None

    def indexed_field_names(self) -> list[str]:
        return list(self._segment.fields)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        return ((name, self.form(postings, place)) for name, postings, place in self._from(fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return self.items_from("", b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return (
            ((name, self.form(postings, place)), self.info(postings, place))
            for name, postings, place in self._from(fieldname, prefix)
        )

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        return self.info(*self._required(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> float:
        found = self._place(fieldname, text)
        return self.info(*found).weight() if found else 0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        found = self._place(fieldname, text)
        return int(found[0].counts()[found[1]]) if found else 0

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        return ArrayMatcher(*self._required(fieldname, text), format_, (fieldname, text), scorer)

    def cursor(self, fieldname: str, fieldobj: Any) -> Any:
        postings = self._segment.fields.get(fieldname)
        return ArrayCursor(self, postings, fieldobj) if postings else base.EmptyCursor()


class ArrayCursor(base.FieldCursor):  # type: ignore[misc]
    """Walks through the terms of one field."""

    def __init__(self, reader: ArrayTermsReader, postings: Postings, field: Any) -> None:
        self._reader = reader
        self._postings = postings
        self._field = field
        self._place = 0

    def is_valid(self) -> bool:
        return self._place < len(self._postings.terms)

    def text(self) -> str | None:
        if not self.is_valid():
            return None
        return str(self._field.from_bytes(self._reader.form(self._postings, self._place)))

    def first(self) -> str | None:
        self._place = 0
        return self.text()

    def next(self) -> str | None:
        self._place += 1
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        text = string if isinstance(string, bytes) else self._field.to_bytes(string)
        self._place = self._reader.lower(self._postings, text)
        return self.text()

    def term_info(self) -> TermInfo | None:
        return self._reader.info(self._postings, self._place) if self.is_valid() else None


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """Walks through the postings of one term, in blocks, which Whoosh skips by their quality."""

    def __init__(self, postings: Postings, place: int, format_: Any, term: tuple[str, bytes], scorer: Any) -> None:
        its = postings.postings(place, place + 1)
        self._postings = postings
        self._docs = postings.docs[its]
        self._tf = postings.tf[its]
        self._at = postings.begin_of_positions(place)
        self._ends: NDArray[np.int64] | None = None
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._start = self._next = 0
        self._ids: list[int] = []
        self._go_to(0)

    def _go_to(self, start: int) -> None:
        """Begin a block at the posting `start`.

        At the end the last block is kept: Whoosh's unions ask a matcher that is done for its block's quality.
        """
        if start < len(self._docs):
            self._start, self._next = start, 0
            self._ids = self._docs[start : start + _BLOCK].tolist()
        else:
            self._next = len(self._ids)

    def _block(self) -> slice:
        return slice(self._start, self._start + len(self._ids))

    def reset(self) -> None:
        self._go_to(0)

    def is_active(self) -> bool:
        return self._next < len(self._ids)

    def id(self) -> int:
        return self._ids[self._next]

    def all_ids(self) -> Iterator[int]:
        return iter(self._docs[self._start + self._next :].tolist())

    def next(self) -> bool:
        self._next += 1
        if self._next < len(self._ids):
            return False
        self._go_to(self._start + len(self._ids))
        return True

    def skip_to(self, target: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        if target > self.id():
            posting = int(np.searchsorted(self._docs, target))
            if posting < len(self._docs):
                start = posting - posting % _BLOCK
                if start != self._start:
                    self._go_to(start)
                self._next = posting - start
            else:
                self._next = len(self._ids)

    def skip_to_quality(self, minquality: float) -> int:
        skipped = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._go_to(self._start + len(self._ids))
            skipped += 1
        return skipped

    def weight(self) -> float:
        return float(self._tf[self._start + self._next])

    def block_max_weight(self) -> float:
        return float(self._tf[self._block()].max())

    def block_min_length(self) -> int:
        return int(byte_to_length(int(self._lengths().min())))

    def block_max_length(self) -> int:
        return int(byte_to_length(int(self._lengths().max())))

    def _lengths(self) -> NDArray[np.uint8]:
        return self._postings.lengths[self._docs[self._block()]]

    def block_min_id(self) -> int:
        return self._ids[0]

    def block_max_id(self) -> int:
        return self._ids[-1]

    def positions(self) -> Sequence[int]:
        """Return where the term stands in the current document."""
        if self._ends is None:
            self._ends = np.cumsum(self._tf, dtype=np.int64) + self._at
        posting = self._start + self._next
        end = int(self._ends[posting])
        places: list[int] = self._postings.pos[end - int(self._tf[posting]) : end].tolist()
        return places

    def value(self) -> bytes:
        return bytes(self.format.encode(self.positions()))

    def value_as(self, astype: str) -> Any:
        return self.positions() if astype == "positions" else super().value_as(astype)
