"""Simulated readers for the benchmark of suggestions: what they care for is made of what the models are not shown.

A reader wants the papers of one to three keywords (of one to two venues, of one to three authors), and has judged some:
two fifths of them wanted, the others drawn from all. Names of keywords, venues and authors are shared out once and for
all: those of `held_out` readers were never looked at while a model was being made.
"""

from __future__ import annotations

import random
import re
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readinglist.paper import Paper

KINDS = ("keyword", "venue", "author")

_SIZES = {"keyword": (20, 300), "venue": (100, 3_000), "author": (40, 400)}
"""How many papers an interest has, at least and at most."""

_NUMBERS = {"keyword": (1, 2, 3), "venue": (1, 1, 2), "author": (1, 2, 3)}
_LEAST_WANTED = 80
_WANTED_SHARE = 0.4
_UNWANTED = 1_000


@dataclass(frozen=True, slots=True)
class SimulatedReader:
    """Who wants some papers (`wanted`, a mask) among those that they may be shown (`shown`, a mask).

    `judged` maps a number of papers judged to their places and whether the reader said they like each: a noisy one
    errs, so that is not always what they want.
    """

    kind: str
    interests: tuple[str, ...]
    wanted: NDArray[np.bool_]
    shown: NDArray[np.bool_]
    judged: Mapping[int, Mapping[int, bool]]


class Interests:
    """What papers have in common that a model is not shown."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._papers = papers
        found: dict[str, defaultdict[str, set[int]]] = {kind: defaultdict(set) for kind in KINDS}
        for place, paper in enumerate(papers):
            for keyword in paper.keywords:
                for part in re.split("[:,]", keyword.lower()):
                    if len(part.strip()) > 3:
                        found["keyword"][part.strip()].add(place)
            for author in paper.authors:
                found["author"][author.name].add(place)
            if paper.venue:
                found["venue"][paper.venue].add(place)
        self._of = {
            kind: {name: places for name, places in sorted(of.items()) if _fits(kind, len(places))}
            for kind, of in found.items()
        }
        self._with_keywords = np.array([bool(paper.keywords) for paper in papers])

    def reader(
        self, kind: str, seed: int, sizes: Sequence[int], *, held_out: bool, noise: float = 0.0
    ) -> SimulatedReader:
        """Return one reader; `noise` is the share of papers that they judge against their interests."""
        drawn = random.Random(f"{kind} {seed} {held_out}")
        names = [name for name in self._of[kind] if zlib.crc32(name.encode()) % 2 == held_out]
        number = drawn.choice(_NUMBERS[kind])
        places: set[int] = set()
        while len(places) < _LEAST_WANTED:
            chosen = tuple(drawn.sample(names, min(number, len(names))))
            places = set().union(*(self._of[kind][name] for name in chosen))
            number = min(number + drawn.randrange(2), 3)
        wanted = np.zeros(len(self._papers), np.bool_)
        wanted[list(places)] = True
        # Only papers with keywords can be known to lack one.
        shown = self._with_keywords if kind == "keyword" else np.ones(len(self._papers), np.bool_)
        liked = drawn.sample(sorted(places), len(places))
        others = drawn.sample(np.flatnonzero(shown & ~wanted).tolist(), _UNWANTED)
        judged = {}
        for size in sizes:
            count = round(size * _WANTED_SHARE)
            true = {**dict.fromkeys(liked[:count], True), **dict.fromkeys(others[: size - count], False)}
            said = {place: likes != (drawn.random() < noise) for place, likes in true.items()}
            if not any(said.values()):
                said[liked[0]] = True
            judged[size] = said
        return SimulatedReader(kind, chosen, wanted, shown, judged)


def _fits(kind: str, papers: int) -> bool:
    least, most = _SIZES[kind]
    return least <= papers <= most
