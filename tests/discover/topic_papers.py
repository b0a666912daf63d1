"""Invented papers on three things that have no word in common."""

from __future__ import annotations

import random
from collections.abc import Iterator

from readinglist.paper import Paper, PaperId

TOPICS = {
    "lanterns": ("tidal lanterns", "lantern oil", "harbour lights", "lantern glass"),
    "herring": ("herring shoals", "night films", "shoal turning", "herring scales"),
    "bread": ("rye bread", "yeast cultures", "oven stones", "bread crust"),
}


def papers(each: int, seed: int = 1) -> Iterator[tuple[str, Paper]]:
    """Yield so many papers on each topic, in turn: the topic, and the paper."""
    drawn = random.Random(seed)
    for number in range(each * len(TOPICS)):
        topic = list(TOPICS)[number % len(TOPICS)]
        one, two, three = drawn.sample(TOPICS[topic], 3)
        title = f"{one.capitalize()} and {two} ({number})"
        yield topic, Paper(id=PaperId(number + 1), title=title, abstract=f"We look at {one}, at {two} and {three}.")
