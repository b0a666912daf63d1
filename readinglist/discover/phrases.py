"""Find the terms of papers: frequent phrases of one to four words, and which papers have them. Works on word streams.

Found level by level as frequent sequences are: a phrase is frequent only if both of its shorter halves are (Agrawal,
Srikant 1994, "Fast algorithms for mining association rules"). What makes a term of a frequent phrase: it neither begins
nor ends with a word of grammar, is not made of the words that all papers are written with, and stands in titles or
among keywords often enough. That last tells "diffusion models" from "remains underexplored" without a list of either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import nlargest
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from readinglist.discover.plain_words import grammar, writing
from readinglist.discover.streams import Ints, Stream
from readinglist.index.scoring import distinct

Term = tuple[int, ...]
"""A phrase by the numbers of its stems."""

LONGEST = 4

_IN_TITLES = 0.04
_IN_TITLES_ALONE = 0.16
"""Of the papers that have a term such a share has it in the title or as a keyword; of a single word a larger one."""

_LEADING = frozenset(("in", "out", "on", "off", "few", "non"))
"""Words of grammar that a longer term may begin with: "in-context learning", "out of distribution"."""

_LEAST_LETTERS = 3
_MOST_TERMS = 8_000
_BITS = 15
"""For the number of a stem among those of all terms; four of them fit into one number."""

_AT_ONCE = 1_000_000


def find_terms(
    heads: Stream, bodies: Stream, stems: Sequence[str], least: int, step: Callable[[], None] = lambda: None
) -> list[Term]:
    """Return the terms that `least` documents have, the most frequent ones if there are thousands.

    `heads` are titles and keywords, `bodies` the other texts of the same documents.
    """
    codes = np.concatenate([heads.codes, bodies.codes]).astype(np.int64)
    docs = np.concatenate([heads.docs, bodies.docs]).astype(np.int64)
    is_head = np.arange(len(codes)) < len(heads.codes)
    level: list[Term] = [(number,) for number in range(len(stems))]
    sieve = _Sieve(stems)
    found: list[tuple[int, Term]] = []
    for length in range(1, LONGEST + 1):
        step()
        counts, in_heads = _documents(codes, docs, is_head, len(level))
        frequent = np.flatnonzero(counts >= least)
        if not len(frequent):
            break
        number_of = np.full(len(level) + 1, -1, np.int64)
        number_of[frequent] = np.arange(len(frequent))
        codes = number_of[codes]
        level = [level[number] for number in frequent.tolist()]
        counts = counts[frequent]
        share = _IN_TITLES_ALONE if length == 1 else _IN_TITLES
        often = (in_heads[frequent] >= share * counts).tolist()
        found += [
            (count, term)
            for count, term, is_often in zip(counts.tolist(), level, often, strict=True)
            if is_often and sieve.passes(term)
        ]
        if length < LONGEST:
            step()
            codes, level = _longer(codes, level)
    return [term for _, term in nlargest(_MOST_TERMS, found)]


def _documents(
    codes: NDArray[np.int64], docs: NDArray[np.int64], is_head: NDArray[np.bool_], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many documents have each phrase, and how many have it in a head."""
    span = int(docs.max(initial=0)) + 1

    def count(places: NDArray[np.int64]) -> NDArray[np.int64]:
        pairs = codes.take(places) * span
        pairs += docs.take(places)
        pairs.sort()  # `np.unique` holds Python's lock all the while
        pairs = distinct(pairs)
        pairs //= span
        return np.bincount(pairs, minlength=size)

    there = codes >= 0
    return count(np.flatnonzero(there)), count(np.flatnonzero(there & is_head))


def _longer(codes: NDArray[np.int64], level: Sequence[Term]) -> tuple[NDArray[np.int64], list[Term]]:
    """Return the phrases that are one word longer: two that overlap in all but a word are one."""
    size = len(level)
    first, second = codes[:-1], codes[1:]
    places = np.flatnonzero((first >= 0) & (second >= 0))
    each = first.take(places) * size
    each += second.take(places)
    keys = distinct(np.sort(each))
    longer = np.full(len(codes), -1, np.int64)
    longer[places] = keys.searchsorted(each)
    return longer, [level[key // size] + level[key % size][-1:] for key in keys.tolist()]


class _Sieve:
    """Says which phrases may be terms by their words."""

    def __init__(self, stems: Sequence[str]) -> None:
        functional, plain = grammar(), writing()
        self._grammar = [stem in functional for stem in stems]
        self._leads = [stem in _LEADING for stem in stems]
        self._plain = [stem in functional or stem in plain or stem.isdigit() for stem in stems]
        self._short = [sum(map(str.isalpha, stem)) < _LEAST_LETTERS and stem.isascii() for stem in stems]

    def passes(self, term: Term) -> bool:
        first = self._grammar[term[0]] and not (len(term) > 2 and self._leads[term[0]])
        if first or self._grammar[term[-1]] or all(self._plain[word] for word in term):
            return False
        return not all(self._short[word] or self._plain[word] for word in term)


def documents_of(
    terms: Sequence[Term], texts: Sequence[Stream], stems: int, step: Callable[[], None] = lambda: None
) -> list[Ints]:
    """Return the documents that have each term in any of the texts, ascending; `stems` is how many stems there are."""
    known = sorted(set(chain.from_iterable(terms)))
    assert len(known) < 1 << _BITS, "there are no more terms than find_terms gives"
    small = np.zeros(stems + 1, np.int16)  # 0: no word of a term, which the gap (-1) is too
    small[known] = np.arange(1, len(known) + 1)
    found: list[Ints] = [np.zeros(0, np.int32)] * len(terms)
    words = [np.concatenate([small[text.codes], np.zeros(LONGEST, np.int16)]) for text in texts]
    span = 1 + max((int(text.docs.max(initial=0)) for text in texts), default=0)
    for length in range(1, LONGEST + 1):
        numbers = [number for number, term in enumerate(terms) if len(term) == length]
        if not numbers:
            continue
        keys = np.array([_packed(small[list(terms[number])]) for number in numbers])
        order = np.argsort(keys)
        each = []
        for text, small_words in zip(texts, words, strict=True):
            where, which = _places(small_words, keys[order], length, step)
            each.append(which * span + text.docs.take(where))
        step()
        pairs = np.sort(np.concatenate(each))
        pairs = distinct(pairs)
        ends = pairs.searchsorted(np.arange(1, len(numbers)) * span)
        for at, docs in zip(order.tolist(), np.split((pairs % span).astype(np.int32), ends), strict=True):
            found[numbers[at]] = docs
    return found


def _places(
    words: NDArray[np.int16], keys: NDArray[np.int64], length: int, step: Callable[[], None]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where phrases begin among `words`, and which of the ascending `keys` each is."""
    may_stand = [np.zeros(1 << _BITS, np.bool_) for _ in range(length)]
    for offset, table in enumerate(may_stand):
        table[keys >> _BITS * (length - 1 - offset) & ((1 << _BITS) - 1)] = True
    where: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    which: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    for begin in range(0, len(words) - LONGEST, _AT_ONCE):
        step()
        end = min(begin + _AT_ONCE, len(words) - LONGEST)
        places = np.flatnonzero(may_stand[0].take(words[begin:end])) + begin
        for offset in range(1, length):
            places = places[may_stand[offset].take(words.take(places + offset))]
        packed = np.zeros(len(places), np.int64)
        for offset in range(length):
            packed = packed << _BITS | words.take(places + offset).astype(np.int64)
        numbers = keys.searchsorted(packed)
        here = keys.take(numbers, mode="clip") == packed
        where.append(places[here])
        which.append(numbers[here])
    return np.concatenate(where), np.concatenate(which)


def _packed(words: NDArray[np.int16]) -> int:
    key = 0
    for word in words.tolist():
        key = key << _BITS | word
    return key
