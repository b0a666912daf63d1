"""Measure what a library says unasked: is a misspelt word put right, and are similar papers by the same people?

    python tests/bench/discover.py LIBRARY [--count 300] [--seed 1]

LIBRARY is the folder of an indexed library; it is read only. Spelling: words of titles, five letters and longer, with
one slip each (a letter left out, put in, replaced, or two swapped) that is no word of the library itself; the share
for which `did_you_mean` is the word, and a query of it beside another word of that title. Similar: for papers whose
authors have three to two hundred other papers here, the share of these among the ten nearest (authors are not
looked at by `similar`). Times are of the whole call, p50 and p95.
"""

from __future__ import annotations

import argparse
import random
import string
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from readinglist.library import Library
from readinglist.paper import Paper
from readinglist.text.words import forms

T = TypeVar("T")

_LETTERS = 5


def slip(word: str, drawn: random.Random) -> str:
    """Return a word as a hand may slip: one letter left out, put in, replaced, or swapped with the next."""
    at = drawn.randrange(len(word) - 1)
    letter = drawn.choice(string.ascii_lowercase)
    return drawn.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


def timed(ask: Callable[[], T], into: list[float]) -> T:
    """Return an answer, and note how many milliseconds it took."""
    started = time.perf_counter()
    answer = ask()
    into.append((time.perf_counter() - started) * 1000)
    return answer


def spread(milliseconds: list[float]) -> str:
    """Return p50 and p95 as text."""
    ordered = sorted(milliseconds)
    return f"p50 {ordered[len(ordered) // 2]:.1f} ms, p95 {ordered[int(len(ordered) * 0.95)]:.1f} ms"


def measure_spelling(library: Library, papers: Sequence[Paper], count: int, drawn: random.Random) -> None:
    """Print how many misspelt words are put right."""
    alone = beside = tried = 0
    took: list[float] = []
    base: list[float] = []
    for paper in papers:
        words = [form for form in forms(paper.title) if len(form) >= _LETTERS and form.isascii() and form.isalpha()]
        if len(words) < 2 or tried >= count:
            continue
        word, other = drawn.sample(words, 2)
        wrong = slip(word, drawn)
        if library.search(wrong, limit=0, relax=False).total:
            continue
        tried += 1
        timed(lambda wrong=wrong: library.search(wrong, limit=50, relax=False), base)  # type: ignore[misc]
        hits = timed(lambda wrong=wrong: library.search(wrong, limit=50), took)  # type: ignore[misc]
        alone += hits.did_you_mean == word
        beside += library.search(f"{other} {wrong}", limit=50).did_you_mean == f"{other} {word}"
    print(f"spelling, {tried} words: put right alone {alone / tried:.1%}, beside another word {beside / tried:.1%}")
    print(f"    search with it {spread(took)}; without looking for it {spread(base)}")


def measure_similar(library: Library, papers: Sequence[Paper], everything: Sequence[Paper], count: int) -> None:
    """Print how often similar papers are by the same people."""
    of_author: defaultdict[str, set[int]] = defaultdict(set)
    for paper in everything:
        for author in paper.authors:
            of_author[author.name].add(paper.id)
    shares = []
    took: list[float] = []
    for paper in papers:
        peers = set().union(*(of_author[author.name] for author in paper.authors)) - {paper.id}
        if not 3 <= len(peers) <= 200 or len(shares) >= count:
            continue
        found = timed(lambda paper=paper: library.similar([paper.id]), took)  # type: ignore[misc]
        shares.append(sum(one.id in peers for one in found) / 10)
    print(f"similar, {len(shares)} papers: {sum(shares) / len(shares):.1%} of the ten nearest by one of the authors")
    print(f"    {spread(took)}")


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    drawn = random.Random(asked.seed)
    with Library.open(asked.library, create=False) as library:
        library.wait_for_index()
        everything = list(library.read_all(library.search("").ids))
        papers = drawn.sample(everything, len(everything))
        library.search("warm up")
        measure_spelling(library, papers, asked.count, drawn)
        measure_similar(library, papers, everything, asked.count)


if __name__ == "__main__":
    main()
