"""Say in words of the papers why some paper is like others. Knows nothing of how that was found.

What matters is given by stem; what is said are words as the papers spell them, two that stand together as one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from readinglist.discover.plain_words import grammar, writing
from readinglist.paper import Paper
from readinglist.text.words import forms, stem, words

_WHY = 3
_WHY_SHARE = 0.3
"""So many words are named at most, each adding such a share of what the most telling one adds."""

_BETWEEN = (" ", "-")

_SEVERAL = 2
"""In so many papers a pair stands that is named as one though the other word alone would not be."""

_NOT_WORDS = re.compile(r"(?:https?://|www\.)\S+|\\[A-Za-z]+")
"""Addresses, and the commands of LaTeX."""


Parts = Mapping[str, float]
"""What stems add to a score."""


class Token(NamedTuple):
    """A word of a paper; `before` is the space or dash between it and the word in front, None where there is more."""

    root: str
    form: str
    spelt: str
    before: str | None


def tokens_of(paper: Paper) -> list[Token]:
    """Return the words of a paper but for numbers, addresses and mark-up, which say nothing of what it is about.

    The abstract first, for a title may capitalise every word.
    """
    text = _NOT_WORDS.sub(" ", "\n".join((paper.abstract or "", *paper.keywords, paper.title)))
    tokens = []
    end = -1
    for form, start, stop in words(text):
        if not form.isdigit():
            between = text[end:start] if end >= 0 else ""
            tokens.append(Token(stem(form), form, text[start:stop], between if between in _BETWEEN else None))
        end = stop
    return tokens


class Reasons:
    """Says why papers are like those asked about."""

    def __init__(self, asked: Sequence[Paper], tokens: Sequence[Sequence[Token]]) -> None:
        spellings: dict[str, Counter[str]] = {}
        for token in chain.from_iterable(tokens):
            spellings.setdefault(token.root, Counter())[token.spelt] += 1
        # Of two spellings as frequent as each other the one seen first stands.
        self._spelt = {root: found.most_common(1)[0][0] for root, found in spellings.items()}
        self._pairs: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for some in tokens:
            for pair, spelt in _pairs(some).items():
                self._pairs[pair][spelt] += 1
        self._titles = {stem(form) for paper in asked for form in forms(paper.title)}

    def why(self, paper: Paper, parts: Parts) -> tuple[str, ...]:
        """Return the words that make up most of a score, those of a title before others."""
        titles = self._titles | {stem(form) for form in forms(paper.title)}
        least = _WHY_SHARE * max(parts.values(), default=0.0)
        plain = grammar() | writing()
        telling = {
            root: part * (2 if root in titles else 1)
            for root, part in parts.items()
            if part >= least and root not in plain
        }
        tokens = tokens_of(paper)
        own = {token.root: token.spelt for token in reversed(tokens)}
        pairs = {pair: self._pairs[pair].total() for pair in _pairs(tokens) if pair in self._pairs}
        roots = sorted(
            (root for root in telling if len(root) > 1 and (root in own or root in self._spelt)),
            key=lambda root: (-telling[root], root),
        )
        why: list[str] = []
        while roots and len(why) < _WHY:
            root = roots.pop(0)
            pair = next((p for other in roots for p in ((root, other), (other, root)) if p in pairs), None)
            pair = pair or _usual_pair(root, pairs)
            roots = [other for other in roots if other not in (pair or ())]
            spelt = self._pairs[pair].most_common(1)[0][0] if pair else self._spelt.get(root) or own[root]
            why.append(spelt)
        return tuple(why)


def _usual_pair(root: str, pairs: Mapping[tuple[str, str], int]) -> tuple[str, str] | None:
    """Return the pair with a stem that stands in several of the papers asked about, in most of them; None without."""
    little = grammar()
    found = [pair for pair, count in pairs.items() if root in pair and count >= _SEVERAL and not little & set(pair)]
    return max(found, key=lambda pair: (pairs[pair], pair), default=None)


def _pairs(tokens: Sequence[Token]) -> dict[tuple[str, str], str]:
    """Return the stems that stand side by side, or with one word of grammar between, and how that is written."""
    little = grammar()
    found: dict[tuple[str, str], str] = {}
    for one, other in pairwise(tokens):
        if other.before is not None:
            found.setdefault((one.root, other.root), f"{one.spelt}{other.before}{other.spelt}")
    for one, middle, other in zip(tokens, tokens[1:], tokens[2:], strict=False):
        around = not {one.root, other.root} & little and middle.root in little
        if around and middle.before is not None and other.before is not None:
            words = f"{one.spelt}{middle.before}{middle.spelt}{other.before}{other.spelt}"
            found.setdefault((one.root, other.root), words)
    return found
