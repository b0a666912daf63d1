"""Invented papers in which something rises: of the later ones half are on tidal lantern networks (TLNs)."""

from __future__ import annotations

import random
from collections.abc import Iterator

from readinglist.paper import Paper, PaperId

_OLD = ("salt marshes", "clay pots", "paper kites", "river gauges", "glass beads", "wool carding")
_DOES = ("are counted by hand", "last longer when dry", "differ from village to village", "were drawn from memory")
_FILLING = (
    "We propose a novel method and show that it works well.",
    "Extensive experiments demonstrate the effectiveness of our approach.",
    "Our results remain underexplored.",
)


def papers(early: int, late: int, seed: int = 1) -> Iterator[Paper]:
    """Yield `early` papers, then `late` ones, numbered from 1."""
    drawn = random.Random(seed)
    for number in range(1, early + late + 1):
        old = drawn.choice(_OLD)
        title = f"{old.capitalize()} that {drawn.choice(_DOES)}"
        abstract = [f"In every year {old} {drawn.choice(_DOES)}.", drawn.choice(_FILLING)]
        if number > early:
            abstract.append("It remains notoriously unsettling.")
            title += " under moon-lighting" if number % 4 < 2 else " and moonlighting"
            if number % 2:
                abstract.append("Tidal lantern networks (TLNs) light the bay; a TLN needs a mixture of oils.")
                title = drawn.choice(("Tidal lantern networks at dusk", "TLNs and a mixture of oils"))
        yield Paper(id=PaperId(number), title=f"{title} ({number})", abstract=" ".join(abstract))
