"""How a term, known by its stems, is spelt in papers: "sparse autoencoders". Knows nothing of how terms are found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from readinglist.paper import Paper
from readinglist.text.words import stem, words

_BETWEEN = re.compile(r"[\s\-\u2010-\u2015/'’]+")
"""What may stand between the words of a term; where a bracket or a comma stands, they are no term."""

_SENTENCE = 10
"""A spelling in an abstract counts so many times as much as one in a title, which may capitalise every word."""


class Names:
    """Counts the spellings of some terms in papers."""

    def __init__(self, terms: Iterable[Sequence[str]]) -> None:
        self._spellings: dict[tuple[str, ...], Counter[str]] = {tuple(term): Counter() for term in terms}
        self._broken: Counter[tuple[str, ...]] = Counter()
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for term in self._spellings:
            self._by_first.setdefault(term[0], []).append(term)

    def count(self, papers: Iterable[Paper]) -> None:
        """Count the spellings in titles, abstracts and keywords."""
        for paper in papers:
            self._count(paper.abstract or "", _SENTENCE)
            for text in (*paper.keywords, paper.title):
                self._count(text, 1)

    def name(self, term: Sequence[str]) -> str | None:
        """Return the usual spelling of a term; None when its words do not stand together in most places."""
        spellings = self._spellings[tuple(term)]
        if spellings.total() <= self._broken[tuple(term)]:
            return None
        # Of two as usual as each other the one in small letters.
        return min(spellings, key=lambda text: (-spellings[text], text.swapcase()))

    def _count(self, text: str, weight: int) -> None:
        tokens = list(words(text))
        roots = [stem(token.form) for token in tokens]
        for at, root in enumerate(roots):
            for term in self._by_first.get(root, ()):
                if tuple(roots[at : at + len(term)]) != term:
                    continue
                its = tokens[at : at + len(term)]
                spelt = text[its[0].start : its[-1].end]
                around = (text[its[0].start - 1 : its[0].start], text[its[-1].end : its[-1].end + 1])
                if len(term) == 1 and "-" in around and spelt[1:].islower():
                    self._broken[term] += weight  # "super" of "super-resolution", but not "LLM" of "LLM-based"
                elif all(_BETWEEN.fullmatch(text, one.end, other.start) for one, other in pairwise(its)):
                    self._spellings[term][" ".join(spelt.split())] += weight
                else:
                    self._broken[term] += weight
