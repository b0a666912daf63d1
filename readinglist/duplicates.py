"""Find papers that are in a library twice, among many at once. Pure; knows nothing of where papers are kept.

`dedup.same_paper` tells whether two records are one paper. Here are the pairs worth asking it about: papers that share
an identifier or a title, and papers whose titles are nearly the same, which blocking finds: only titles that share one
of their rarest words are compared (Christen, Data Matching, 2012, §4). A word that hundreds of titles have as one of
their rarest tells little and is passed over.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from readinglist.dedup import family_key, same_paper
from readinglist.paper import Paper
from readinglist.progress import Progress

SIMILAR_TITLES = 92.0
"""Per cent of similarity from which two titles are perhaps of one paper (rapidfuzz's ratio of the sorted words)."""
YEARS_APART = 3
"""A preprint may come out so many years before the article."""

_RAREST = 3
_LARGEST_BLOCK = 60
_LARGEST_GROUP = 100
"""Thousands of papers may be called "Editorial": so many of them, the newest, are compared with each other."""
_FEWEST_WORDS = 3
_STEP = 5_000

# What makes two titles that are nearly the same those of two papers: a part, a year, the number of a task, a "not".
_TELLS_APART = re.compile(r".*\d.*|[ivxl]+|[b-d]|one|two|three|four|five|first|second|third|not|no|un\w+|non\w*")


class Brief(NamedTuple):
    """What candidates are found by: see `dedup.Keys`."""

    id: int
    title_key: str
    doi_key: str | None
    arxiv_key: str | None
    family_key: str
    year: int | None


class Pair(NamedTuple):
    """Two papers that may be one. `why` is `doi`, `arxiv`, `title` or `similar`."""

    one: int
    other: int
    why: str


class Group(NamedTuple):
    """Numbers of papers that are one, ascending. `certain`: by the rules of `dedup`, and not only by similar titles."""

    ids: tuple[int, ...]
    why: str
    certain: bool


def candidates(briefs: Sequence[Brief], progress: Progress) -> Iterator[Pair]:
    """Yield the pairs worth a closer look, those that share a key first."""
    for why, key in (("doi", "doi_key"), ("arxiv", "arxiv_key"), ("title", "title_key")):
        together: defaultdict[str, list[int]] = defaultdict(list)
        for brief in briefs:
            if value := getattr(brief, key):
                together[value].append(brief.id)
        for ids in together.values():
            if len(ids) > 1:
                yield from (Pair(one, other, why) for one, other in combinations(ids[-_LARGEST_GROUP:], 2))
    yield from _similar(briefs, progress)


def _similar(briefs: Sequence[Brief], progress: Progress) -> Iterator[Pair]:
    from rapidfuzz import fuzz  # takes 8 ms to import

    titles = [brief.title_key.split() for brief in briefs]
    frequency = Counter(word for words in titles for word in set(words))
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for n, words in enumerate(titles):
        if len(words) >= _FEWEST_WORDS:
            shared = sorted((word for word in set(words) if frequency[word] > 1), key=lambda w: (frequency[w], w))
            for word in shared[:_RAREST]:
                blocks[word].append(n)
    ordered = [" ".join(sorted(words)) for words in titles]
    seen: set[tuple[int, int]] = set()
    for done, block in enumerate(blocks.values()):
        if done % _STEP == 0:
            progress.step(done, len(blocks), "Comparing titles")
        if not 1 < len(block) <= _LARGEST_BLOCK:
            continue
        for n, m in combinations(block, 2):
            one, other = briefs[n], briefs[m]
            if (n, m) in seen or one.title_key == other.title_key or not _may_be_one(one, other):
                continue
            seen.add((n, m))
            alike = fuzz.ratio(ordered[n], ordered[m], score_cutoff=SIMILAR_TITLES)
            if (alike or _has_subtitle(one.title_key, other.title_key)) and not _told_apart(titles[n], titles[m]):
                yield Pair(one.id, other.id, "similar")


def _may_be_one(one: Brief, other: Brief) -> bool:
    if one.family_key and other.family_key and one.family_key != other.family_key:
        return False
    return one.year is None or other.year is None or abs(one.year - other.year) <= YEARS_APART


def _has_subtitle(one: str, other: str) -> bool:
    """Say whether one title is the beginning of the other, and long enough to tell something."""
    short, long = sorted((one, other), key=len)
    return len(short.split()) >= _FEWEST_WORDS and long.startswith(f"{short} ")


def _told_apart(one: Sequence[str], other: Sequence[str]) -> bool:
    differing = (Counter(one) - Counter(other)) + (Counter(other) - Counter(one))
    return any(_TELLS_APART.fullmatch(word) for word in differing)


def are_one(one: Paper, other: Paper, why: str) -> bool:
    """Say whether two candidates are one paper, or, with similar titles only, may well be."""
    if why != "similar":
        return same_paper(one, other)
    if not one.authors or not other.authors:
        # Titles alone say little when nobody is named.
        return bool(one.abstract and other.abstract) and _alike(one.abstract or "", other.abstract or "")
    families = [{family_key(author) for author in paper.authors} for paper in (one, other)]
    if not families[0] & families[1]:
        return False
    if one.abstract and other.abstract:
        return _alike(one.abstract, other.abstract)
    return True


_COMPARED_CHARACTERS = 2_000


def _alike(one: str, other: str) -> bool:
    """Say whether two abstracts are of one text: editors change words here and there."""
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(one[:_COMPARED_CHARACTERS], other[:_COMPARED_CHARACTERS], score_cutoff=70) > 0


def groups(pairs: Iterable[Pair]) -> list[Group]:
    """Put papers together that are one directly or by way of others, the group with the lowest number first."""
    parent: dict[int, int] = {}
    why: dict[int, str] = {}
    guessed: set[int] = set()

    def root(n: int) -> int:
        while parent.setdefault(n, n) != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for pair in sorted(pairs, key=lambda pair: pair.why == "similar"):
        low, high = sorted((root(pair.one), root(pair.other)))
        if low != high:
            parent[high] = low
            why[low] = why.pop(low, why.pop(high, pair.why))
            if pair.why == "similar" or high in guessed:
                guessed.add(low)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for n in parent:
        members[root(n)].append(n)
    return [Group(tuple(sorted(ids)), why[first], first not in guessed) for first, ids in sorted(members.items())]
