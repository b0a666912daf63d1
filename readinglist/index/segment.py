"""Look into one segment: its words, their families, their postings. Knows nothing of scores or of other segments.

A form's number is its place in the segment's sorted vocabulary, a family's the place of its stem among those listed
(see `invert`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.index.damaged import IndexDamaged
from readinglist.index.invert import sign_of
from readinglist.index.texts import FIELDS


class Postings:
    """The posting lists of one field; for the arrays see `invert`.

    `total` counts its words over all documents, `reach` is the highest position, `row` where it stands in
    `Segment.lengths`.
    """

    __slots__ = (
        "_at",
        "_crowd_bits",
        "_crowds",
        "_families",
        "_family_df",
        "_ptr",
        "_terms",
        "docs",
        "lengths",
        "pos",
        "reach",
        "row",
        "terms",
        "tf",
        "total",
    )

    def __init__(self, arrays: Mapping[str, NDArray[Any]], name: str, about: Mapping[str, Any]) -> None:
        self.terms: NDArray[np.uint32] = arrays[f"{name}/terms"]
        self.docs: NDArray[np.int32] = arrays[f"{name}/docs"]
        self.tf: NDArray[Any] = arrays[f"{name}/tf"]
        self.pos: NDArray[Any] = arrays[f"{name}/pos"]
        self.lengths: NDArray[np.uint8] = arrays[f"{name}/lengths"]
        self.total = int(about["totals"][name])
        self.reach = int(about["reach"][name])
        self.row = 0
        # Single elements are read from views: an array would make an object of its own for each.
        self._terms = self.terms.data
        self._ptr = arrays[f"{name}/ptr"].data
        self._at = arrays[f"{name}/at"].data
        self._families = arrays[f"{name}/families"].data
        self._family_df = arrays[f"{name}/family_df"].data
        self._crowds: dict[str, int] = {prefix: row for row, prefix in enumerate(about["crowds"][name])}
        row_bytes = -(-len(self.lengths) // 8)
        self._crowd_bits = arrays[f"{name}/crowd_bits"]
        if (
            len(self._ptr) != len(self._terms) + 1
            or len(self._at) != len(self._ptr)
            or not len(self.docs) == len(self.tf) == self._ptr[-1]
            or not len(self.pos) == self.total == self._at[-1]
            or len(self._families) != len(self._family_df)
            or len(self._crowd_bits) != len(self._crowds) * row_bytes
        ):
            raise IndexDamaged(f"the arrays of {name} do not fit together")

    def place(self, number: int) -> int | None:
        """Return where a form stands in `terms`, or None when the field does not have it."""
        place = bisect_left(self._terms, number)
        return place if place < len(self._terms) and self._terms[place] == number else None

    def places(self, first: int, end: int) -> tuple[int, int]:
        """Return the stretch of `terms` that holds the forms from `first` on and before `end`."""
        return bisect_left(self._terms, first), bisect_left(self._terms, end)

    def postings(self, first: int, end: int) -> slice:
        """Return where the postings of a stretch of `terms` stand in `docs` and `tf`."""
        return slice(self._ptr[first], self._ptr[end])

    def counts(self) -> NDArray[np.int64]:
        """Return how many postings each form of `terms` has."""
        return self.counts_of(0, len(self._terms))

    def counts_of(self, first: int, end: int) -> NDArray[np.int64]:
        """Return how many postings each form of a stretch of `terms` has."""
        return np.diff(np.asarray(self._ptr[first : end + 1])).astype(np.int64)

    def begin_of_positions(self, place: int) -> int:
        """Return where the positions of the form at a place of `terms` begin in `pos`."""
        return self._at[place]

    def family_documents(self, family: int) -> int | None:
        """Return how many documents have a form of a family, or None when the field has one form of it at most."""
        place = bisect_left(self._families, family)
        if place < len(self._families) and self._families[place] == family:
            return self._family_df[place]
        return None

    def crowd(self, prefix: str) -> NDArray[np.bool_] | None:
        """Say of each document whether it has a form that begins with `prefix`, if that was worked out before."""
        row = self._crowds.get(prefix)
        if row is None:
            return None
        documents = len(self.lengths)
        row_bytes = -(-documents // 8)
        bits = self._crowd_bits[row * row_bytes : (row + 1) * row_bytes]
        return np.unpackbits(bits, count=documents).view(np.bool_)


class _Sorted:
    """Sorted texts, joined, and where each begins."""

    def __init__(self, joined: NDArray[np.uint8], begins: NDArray[np.uint32]) -> None:
        self._joined = joined.data
        self._begins = begins.data
        self.count = len(begins) - 1

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._joined[self._begins[number] : self._begins[number + 1]])

    def all(self) -> list[bytes]:
        """Return all of them, in order."""
        joined, begins = bytes(self._joined), self._begins.tolist()
        return [joined[begin:end] for begin, end in pairwise(begins)]

    def lower(self, text: bytes) -> int:
        """Return the number of texts that sort before `text`."""
        low, high = 0, self.count
        joined, begins = self._joined, self._begins
        while low < high:
            middle = (low + high) >> 1
            if bytes(joined[begins[middle] : begins[middle + 1]]) < text:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, text: bytes) -> int | None:
        """Return the number of `text`, or None."""
        number = self.lower(text)
        return number if number < self.count and self[number] == text else None


class Segment:
    """One segment of the index, in memory or mapped into it; never changes.

    `segment_id` is its name among segments. Raises IndexDamaged when the arrays do not fit together.
    """

    def __init__(self, segment_id: str, arrays: Mapping[str, NDArray[Any]], about: Mapping[str, Any]) -> None:
        self.segment_id = segment_id
        self.papers: NDArray[np.int64] = arrays["papers"]
        self.documents = len(self.papers)
        self._words = _Sorted(arrays["words"], arrays["words_at"])
        self._sizes: NDArray[np.uint8] = arrays["sizes"]
        self._signs: NDArray[np.uint32] = arrays["signs"]
        self._stems = _Sorted(arrays["stems"], arrays["stems_at"])
        self._family: NDArray[np.uint32] = arrays["family"]
        self._family_at = arrays["family_at"].data
        try:
            self.fields = {
                field.name: Postings(arrays, field.name, about) for field in FIELDS if field.name in about["totals"]
            }
        except (KeyError, TypeError, ValueError) as error:
            raise IndexDamaged(f"{segment_id}: {error}") from error
        if (
            any(len(postings.lengths) != self.documents for postings in self.fields.values())
            or not len(self._signs) == len(self._sizes) == self.forms
            or len(self._family) != self._family_at[-1]
        ):
            raise IndexDamaged(f"{segment_id}: its arrays do not fit together")
        for number, postings in enumerate(self.fields.values()):
            postings.row = number * self.documents

    @cached_property
    def lengths(self) -> NDArray[np.uint16]:
        """The length byte of every field and document, with the field's number (in FIELDS) in the upper byte.

        A field's begin at its `row`, so that weights are looked up for the postings of several fields at once.
        """
        numbers = {field.name: number for number, field in enumerate(FIELDS)}
        rows = [postings.lengths | np.uint16(numbers[name] << 8) for name, postings in self.fields.items()]
        return np.concatenate([np.zeros(0, np.uint16), *rows])

    @property
    def forms(self) -> int:
        """How many forms the vocabulary has."""
        return self._words.count

    def form(self, number: int) -> str:
        """Return a form by its number."""
        return self._words[number].decode("utf-8", "surrogatepass")

    def all_forms(self) -> list[str]:
        """Return all forms in order."""
        return [text.decode("utf-8", "surrogatepass") for text in self._words.all()]

    def all_roots(self) -> list[str]:
        """Return the stem of every form, in their order."""
        roots = self.all_forms()
        ends = np.asarray(self._family_at).tolist()
        members = self._family.tolist()
        for root, (begin, end) in zip(self._stems.all(), pairwise(ends), strict=True):
            text = root.decode("utf-8", "surrogatepass")
            for number in members[begin:end]:
                roots[number] = text
        return roots

    def find(self, form: str) -> int | None:
        """Return the number of a form, or None when the segment does not have it."""
        return self._words.find(_encoded(form))

    def lower(self, form: str) -> int:
        """Return the number of forms that sort before `form`."""
        return self._words.lower(_encoded(form))

    def span(self, prefix: str) -> tuple[int, int]:
        """Return the numbers of the forms that begin with `prefix`: the first, and the first after them."""
        text = _encoded(prefix)
        if not text:
            return 0, self.forms
        # No byte of UTF-8 is 255, so the last can always be raised.
        return self._words.lower(text), self._words.lower(text[:-1] + bytes([text[-1] + 1]))

    def family(self, root: str) -> int | None:
        """Return the number of the family with a stem; None: no form has it, or it is itself the only one."""
        return self._stems.find(_encoded(root))

    def members(self, family: int) -> list[int]:
        """Return the numbers of the forms of a family, ascending."""
        members: list[int] = self._family[self._family_at[family] : self._family_at[family + 1]].tolist()
        return members

    def documents_of(self, number: int, fields: Iterable[str]) -> int:
        """Return in how many documents a form stands in any of some fields, at most: it may stand in several."""
        documents = 0
        for name in fields:
            postings = self.fields.get(name)
            place = postings.place(number) if postings is not None else None
            if postings is not None and place is not None:
                its = postings.postings(place, place + 1)
                documents += its.stop - its.start
        return documents

    def near(self, form: str, edits: int, *, any_first_letter: bool = False) -> list[int]:
        """Return the numbers of the forms within so many edits of `form` (as `query.edits.within` counts them).

        They have its first letter too, unless any will do.
        """
        # Loaded with the first misspelt word: it takes longer to import than to find the word.
        from rapidfuzz.distance import OSA

        first, end = (0, self.forms) if any_first_letter else self.span(form[:1])
        letters = np.uint32(sign_of(form))
        signs = self._signs[first:end]
        likely = np.abs(self._sizes[first:end].astype(np.int16) - len(form)) <= edits
        likely &= _few_bits(letters & ~signs, edits)
        likely &= _few_bits(signs & ~letters, edits)
        numbers = (np.flatnonzero(likely) + first).tolist()
        return [number for number in numbers if OSA.distance(form, self.form(number), score_cutoff=edits) <= edits]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _few_bits(values: NDArray[np.uint32], most: int) -> NDArray[np.bool_]:
    for _ in range(most):
        values = values & (values - np.uint32(1))
    few: NDArray[np.bool_] = values == 0
    return few
