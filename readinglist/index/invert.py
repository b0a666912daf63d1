"""Turn words into the arrays of a segment. Knows nothing of papers, files or Whoosh's classes.

A segment is a vocabulary that all fields share and, for each field, its posting lists:

    papers              i8[documents]   the paper of each document
    words, words_at     u1[], u4[V+1]   the forms, sorted, as one text in UTF-8 and where each begins
    sizes               u1[V]           how many letters a form has
    signs               u4[V]           which letters these are (see `sign_of`)
    stems, stems_at     u1[], u4[S+1]   the stems that are not simply their only form, sorted, the same way
    family, family_at   u4[], u4[S+1]   the forms of each of these stems, by their numbers
    F/terms             u4[T]           the forms that occur in field F, ascending
    F/ptr               u4[T+1]         where the postings of each begin
    F/docs              i4[P]           the documents of the postings, ascending for a form
    F/tf                u1|u2|u4[P]     how often the form stands there
    F/at                u4[T+1]         where the positions of each form begin
    F/pos               u2|u4[tokens]   positions, ascending for a posting
    F/lengths           u1[documents]   words in the field, as Whoosh's length byte
    F/families          u4[]            the stems of which the field has two forms or more, ascending
    F/family_df         u4[]            in how many documents there is any of them
    F/crowd_bits        u1[]            for the prefixes listed as crowds: which documents have them, a bit each

What is said beside: the number of `documents`, and for each field its `totals` (words over all documents; fields
without any are left out), its `reach` (the highest position) and its `crowds`.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.text.words import stem, stems

LENGTHS: NDArray[np.int64] = np.rint((1.033 ** np.arange(256) - 1) * 27).astype(np.int64)
"""Length byte -> length. Lossy for long fields; Whoosh's own table, so that its queries score as on its codec."""

Arrays = dict[str, NDArray[Any]]

_POSTINGS_AT_ONCE = 1_000_000
_CROWD_PREFIX = 3
_CROWD_DOCUMENTS = 1024
_CROWD_POSTINGS = 2


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one field in any order: a number of the form, a document and a position each."""

    words: NDArray[np.int32]
    docs: NDArray[np.int32]
    positions: NDArray[np.int64]


def segment_arrays(
    papers: NDArray[np.int64], forms: Sequence[str], fields: Mapping[str, Arrays]
) -> tuple[Arrays, dict[str, Any]]:
    """Put a segment together: a sorted vocabulary, and the arrays of fields by `posting_arrays`.

    Returns all arrays, and what is said beside.
    """
    arrays: Arrays = {"papers": papers, **_vocabulary_arrays(forms)}
    family_of = np.full(len(forms), -1, np.int64)
    family_of[arrays["family"]] = np.repeat(np.arange(len(arrays["family_at"]) - 1), np.diff(arrays["family_at"]))
    totals: dict[str, int] = {}
    reach: dict[str, int] = {}
    crowds: dict[str, list[str]] = {}
    for name, field in fields.items():
        if not len(field["docs"]):
            continue
        totals[name] = len(field["pos"])
        reach[name] = int(field["pos"].max())
        crowds[name], bits = _crowds(forms, field, len(papers))
        whole = {**field, **_family_frequencies(field, family_of), "crowd_bits": bits}
        arrays.update({f"{name}/{part}": array for part, array in whole.items()})
    return arrays, {"documents": len(papers), "totals": totals, "reach": reach, "crowds": crowds}


def posting_arrays(tokens: Tokens, ranks: NDArray[np.int64], documents: int) -> Arrays:
    """Return the posting lists of one field; `ranks` maps the numbers in `tokens` to places in the vocabulary.

    Place, document and position are packed into one number each, so that one sort does it all.
    """
    doc_bits = documents.bit_length()
    position_bits = int(tokens.positions.max(initial=0)).bit_length()
    if doc_bits + position_bits + len(ranks).bit_length() > 63:
        raise ValueError("too many words for one segment")
    key = ranks.take(tokens.words)
    key <<= doc_bits
    key |= tokens.docs
    key <<= position_bits
    key |= tokens.positions
    lengths = np.bincount(tokens.docs, minlength=documents)
    del tokens
    key.sort()
    positions = narrow(key & ((1 << position_bits) - 1), np.uint16)
    key >>= position_bits
    first = _firsts(key)
    tf = narrow(np.diff(first, append=len(key)))
    key = key[first]
    docs = (key & ((1 << doc_bits) - 1)).astype(np.int32)
    key >>= doc_bits
    ptr = _firsts(key)
    return {
        "terms": key[ptr].astype(np.uint32),
        "ptr": np.append(ptr, len(docs)).astype(np.uint32),
        "docs": docs,
        "tf": tf,
        "at": np.append(first[ptr], len(positions)).astype(np.uint32),
        "pos": positions,
        "lengths": np.minimum(np.searchsorted(LENGTHS, lengths), 255).astype(np.uint8),
    }


def narrow(values: NDArray[np.int64], smallest: type[np.unsignedinteger[Any]] = np.uint8) -> NDArray[Any]:
    """Return the values in the smallest unsigned type that holds them all."""
    most = int(values.max(initial=0))
    for kind in (np.uint8, np.uint16):
        if np.dtype(kind).itemsize >= np.dtype(smallest).itemsize and most <= np.iinfo(kind).max:
            return values.astype(kind)
    return values.astype(np.uint32)


def sign_of(form: str) -> int:
    """Return the letters of a form as bits, the code point modulo 32.

    Forms within n edits of each other differ by at most n bits either way: a sieve for words with typing errors.
    """
    sign = 0
    for letter in form:
        sign |= 1 << (ord(letter) & 31)
    return sign


def signs_of(forms: Sequence[str], words: NDArray[np.uint8], words_at: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return `sign_of` each form."""
    if not len(forms):
        return np.zeros(0, np.uint32)
    begins = words_at[:-1].astype(np.int64)
    signs = np.bitwise_or.reduceat(np.uint32(1) << (words & 31).astype(np.uint32), begins)
    # A byte is a letter in ASCII only.
    for number in np.flatnonzero(np.bitwise_or.reduceat(words, begins) > 127).tolist():
        signs[number] = sign_of(forms[number])
    return signs


def _vocabulary_arrays(forms: Sequence[str]) -> Arrays:
    families = _families(forms)
    words, words_at = _joined(forms)
    stems, stems_at = _joined(list(families))
    return {
        "words": words,
        "words_at": words_at,
        "sizes": np.fromiter(map(len, forms), np.uint8, len(forms)),
        "signs": signs_of(forms, words, words_at),
        "stems": stems,
        "stems_at": stems_at,
        "family": np.fromiter((number for family in families.values() for number in family), np.uint32),
        "family_at": _starts(map(len, families.values())),
    }


def _families(forms: Sequence[str]) -> dict[str, list[int]]:
    """Return the numbers of the forms by their stem, sorted, without stems that are their only form."""
    families: defaultdict[str, list[int]] = defaultdict(list)
    for number, root in enumerate(stems(forms)):
        if root != forms[number]:
            families[root].append(number)
    for root, members in families.items():
        number = bisect_left(forms, root)
        if number < len(forms) and forms[number] == root and stem(root) == root:
            insort(members, number)
    return dict(sorted(families.items()))


def _family_frequencies(field: Arrays, family_of: NDArray[np.int64]) -> Arrays:
    """Count the documents of families with several forms in a field; with one form the postings tell."""
    family = family_of[field["terms"]]
    members = np.bincount(family[family >= 0], minlength=1)
    places = np.flatnonzero((family >= 0) & (members.take(family, mode="clip") > 1))
    places = places[np.argsort(family[places], kind="stable")]
    begins = field["ptr"][places].astype(np.int64)
    counts = field["ptr"][places + 1] - begins
    families, first = np.unique(family[places], return_index=True)
    df = np.zeros(len(families), np.uint32)
    # Some families at a time: the postings of all would take too much memory.
    ends = np.append(np.cumsum(counts), 0)
    share = ends[first - 1] // _POSTINGS_AT_ONCE
    for low, high in pairwise([*_firsts(share).tolist(), len(families)]):
        some = slice(first[low], first[high] if high < len(families) else len(places))
        key = np.repeat(family[places[some]] << 32, counts[some])
        key |= field["docs"].take(runs(begins[some], counts[some]))
        key.sort()
        df[low:high] = np.unique(key[_firsts(key)] >> 32, return_counts=True)[1]
    return {"families": families.astype(np.uint32), "family_df": df}


def runs(begins: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers of stretches: `counts[i]` of them from `begins[i]` on."""
    numbers = np.repeat(begins - (np.cumsum(counts) - counts), counts)
    numbers += np.arange(len(numbers))
    return numbers


def _crowds(forms: Sequence[str], field: Arrays, documents: int) -> tuple[list[str], NDArray[np.uint8]]:
    """Return the short prefixes that stand in front of a great many postings, and the bits of their documents.

    They are what is typed first; going through all of their postings would take longer than all else.
    """
    if documents < _CROWD_DOCUMENTS or len(field["docs"]) < _CROWD_POSTINGS * documents:
        return [], np.zeros(0, np.uint8)
    rows: list[NDArray[np.uint8]] = []
    prefixes: list[str] = []
    for prefix, postings in _crowded(forms, field, 0, len(forms), 1, _CROWD_POSTINGS * documents):
        marked = np.zeros(documents, np.bool_)
        marked[field["docs"][postings]] = True
        prefixes.append(prefix)
        rows.append(np.packbits(marked))
    return prefixes, np.concatenate([np.zeros(0, np.uint8), *rows])


def _crowded(
    forms: Sequence[str], field: Arrays, first: int, end: int, length: int, least: int
) -> Iterator[tuple[str, slice]]:
    """Yield the prefixes of `length` letters and more of the forms from `first` to `end` with so many postings."""
    while first < end:
        prefix = forms[first][:length]
        after = bisect_left(forms, prefix + "\U0010ffff", first, end)
        places = np.searchsorted(field["terms"], np.array([first, after], np.uint32))
        begin, stop = field["ptr"][places].tolist()
        if stop - begin >= least and len(prefix) == length:
            yield prefix, slice(begin, stop)
            if length < _CROWD_PREFIX:
                yield from _crowded(forms, field, first, after, length + 1, least)
        first = max(after, first + 1)


def _joined(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    return np.frombuffer(b"".join(encoded), np.uint8), _starts(map(len, encoded))


def _starts(lengths: Iterable[int]) -> NDArray[np.uint32]:
    """Return where each of some stretches begins, and at last where the last one ends."""
    ends = np.cumsum(np.fromiter(lengths, np.int64))
    return np.concatenate([np.zeros(1, np.int64), ends]).astype(np.uint32)


def _firsts(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each run of equal values begins."""
    if not len(values):
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.concatenate([np.ones(1, np.bool_), values[1:] != values[:-1]]))
