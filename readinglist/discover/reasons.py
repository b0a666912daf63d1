"""Say in words of the papers why some paper is like others. Knows nothing of how that was found.

What matters is given by stem; what is said are words as the papers spell them, two that stand together as one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from readinglist.discover.plain_words import bare, grammar, writing
from readinglist.paper import Paper
from readinglist.text.words import forms, stem, words

_WHY = 3
_WHY_SHARE = 0.3
"""So many words are named at most, each adding such a share of what the most telling one adds."""

_BETWEEN = (" ", "-")

_LINKS = frozenset(map(stem, ("a", "an", "and", "by", "for", "from", "in", "of", "on", "the", "to", "with")))
"""Words of grammar that may stand within a phrase."""

_SEVERAL = 2
"""In so many papers asked about a phrase stands that is named though it has a word that papers are written with."""

_NOT_WORDS = re.compile(r"(?:https?://|www\.)\S+|\\[A-Za-z]+")
"""Addresses, and the commands of LaTeX."""


Parts = Mapping[str, float]
"""What stems add to a score."""

Roots = tuple[str, ...]
"""The stems of a phrase."""


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
        if form.isdigit():
            continue
        between = text[end:start] if end >= 0 else ""
        tokens.append(Token(stem(form), form, text[start:stop], between if between in _BETWEEN else None))
        end = stop
    return tokens


class Reasons:
    """Says why papers are like those asked about.

    A phrase is said before a word: two or three words that stand together in the paper and in one asked about. A word
    by itself has to be what the paper is about, standing in its title or more than once, and in a paper asked about.
    Where nothing is like that, the word that adds most is said.
    """

    def __init__(self, asked: Sequence[Paper], tokens: Sequence[Sequence[Token]]) -> None:
        spellings: dict[str, Counter[str]] = {}
        for token in chain.from_iterable(tokens):
            spellings.setdefault(token.root, Counter())[token.spelt] += 1
        # Of two spellings as frequent as each other the one seen first stands.
        self._spelt = {root: found.most_common(1)[0][0] for root, found in spellings.items()}
        self._phrases: defaultdict[Roots, Counter[str]] = defaultdict(Counter)
        for some in tokens:
            for roots, spelt in _phrases(some).items():
                self._phrases[roots][spelt] += 1
        self._titles = {stem(form) for paper in asked for form in forms(paper.title)}

    def why(self, paper: Paper, parts: Parts) -> tuple[str, ...]:
        """Return what makes up most of a score, words of a title before others."""
        own_title = {stem(form) for form in forms(paper.title)}
        least = _WHY_SHARE * max(parts.values(), default=0.0)
        plain = grammar() | writing()
        telling = {
            root: part * (2 if root in own_title | self._titles else 1)
            for root, part in parts.items()
            if part >= least and root not in plain and len(root) > 1
        }
        tokens = tokens_of(paper)
        own = {token.root: token.spelt for token in reversed(tokens)}
        often = Counter(token.root for token in tokens)
        shared = [roots for roots in _phrases(tokens) if roots in self._phrases and self._says(roots, telling)]
        known = sorted((root for root in telling if root in own), key=lambda root: (-telling[root], root))
        why: list[str] = []
        said: set[str] = set()
        for root in known:
            if len(why) == _WHY or root.removesuffix("s") in said:
                continue
            phrase = self._phrase_with(root, shared, telling)
            if phrase is not None:
                why.append(self._phrases[phrase].most_common(1)[0][0])
            elif root in self._spelt and root not in bare() and (root in own_title or often[root] > 1):
                why.append(self._spelt[root])
            else:
                continue
            said |= {each.removesuffix("s") for each in phrase or (root,)}
        known.sort(key=lambda root: (root in bare(), root not in self._spelt))
        return tuple(why) or tuple(self._spelt.get(root, own[root]) for root in known[:1])

    def _says(self, roots: Roots, telling: Mapping[str, float]) -> bool:
        """Return whether a phrase is one that may be named."""
        if not telling.keys() & set(roots):
            return False
        return not set(roots) & writing() or self._phrases[roots].total() >= _SEVERAL

    def _phrase_with(self, root: str, shared: Sequence[Roots], telling: Mapping[str, float]) -> Roots | None:
        """Return the phrase with a stem that tells most, made longer where most of those asked about have it so."""
        of_two = [roots for roots in shared if root in roots and len(_content(roots)) == 2]

        def worth(roots: Roots) -> tuple[bool, float, int, Roots]:
            linked = len(_content(roots)) < len(roots)
            return not linked, sum(telling.get(each, 0.0) for each in roots), self._phrases[roots].total(), roots

        best = max(of_two, key=worth, default=None)
        if best is None:
            return None
        usual = self._phrases[best].total()
        longer = [roots for roots in shared if len(_content(roots)) == 3 and set(best) <= set(roots)]
        longer = [roots for roots in longer if 2 * self._phrases[roots].total() > usual]
        return max(longer, key=worth, default=best)


def _content(roots: Roots) -> list[str]:
    return [root for root in roots if root not in _LINKS]


def _phrases(tokens: Sequence[Token]) -> dict[Roots, str]:
    """Return the stems of two and three words that stand side by side, or two with one that links them.

    Beside them how the first is written.
    """
    little = grammar()
    found: dict[Roots, str] = {}
    for one, other in pairwise(tokens):
        if other.before is not None and not {one.root, other.root} & little:
            found.setdefault((one.root, other.root), f"{one.spelt}{other.before}{other.spelt}")
    for one, middle, other in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if middle.before is None or other.before is None or {one.root, other.root} & little:
            continue
        if middle.root not in little or middle.root in _LINKS:
            written = f"{one.spelt}{middle.before}{middle.spelt}{other.before}{other.spelt}"
            found.setdefault((one.root, middle.root, other.root), written)
    return found
