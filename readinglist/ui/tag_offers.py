"""What to offer for the beginning of a tag: pure. Knows tags by name, colour and count only."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from readinglist.text.words import fold

ROWS = 8
"""So many are offered at the most."""


class KnownTag(Protocol):
    """What is known of a tag of the library."""

    @property
    def name(self) -> str: ...

    @property
    def colour(self) -> str | None: ...

    @property
    def count(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Offer:
    """A row of the list: a tag, with `create` a new one of that name, with `refused` a name that no tag can have.

    `start`, `end`: where in the name stands what is typed.
    """

    name: str
    count: int = 0
    start: int = 0
    end: int = 0
    create: bool = False
    refused: bool = False


def clean_tag(text: str) -> str:
    """Return a tag as it is kept: NFC, trimmed, also around each `/`."""
    parts = (" ".join(part.split()) for part in unicodedata.normalize("NFC", text).split("/"))
    return "/".join(part for part in parts if part)


def is_tag(name: str) -> bool:
    """Say whether a clean name can be a tag; `none` and `any` mean something else in a query."""
    return bool(name) and name.casefold() not in ("none", "any")


def offers(typed: str, tags: Sequence[KnownTag], taken: frozenset[str]) -> list[Offer]:
    """Return what to offer for `typed`: tags that begin with it, then others that hold it, often used ones first.

    Tags in `taken` are left out. Last comes the offer to make a new tag, unless there is one of that name. With
    nothing typed, the tags used most.
    """
    wanted = fold(clean_tag(typed))
    used = {name.casefold() for name in taken}
    ranked: list[tuple[int, int, str, Offer]] = []
    for tag in tags:
        if tag.name.casefold() in used:
            continue
        folded = fold(tag.name)
        at = folded.find(wanted)
        if at < 0:
            continue
        # Where folding changes the length the place in the name is unknown; then nothing is shown in bold.
        start, end = (at, at + len(wanted)) if len(folded) == len(tag.name) else (0, 0)
        rank = 0 if folded == wanted else 1 if at == 0 else 2 if not folded[at - 1].isalnum() else 3
        offer = Offer(tag.name, tag.count, start, end)
        ranked.append((rank if wanted else 1, -tag.count, tag.name.casefold(), offer))
    ranked.sort(key=lambda row: row[:3])
    new = clean_tag(typed)
    known = used | {tag.name.casefold() for tag in tags}
    found = [row[3] for row in ranked[: ROWS - 1]]
    if new and new.casefold() not in known:
        found.append(Offer(new, create=is_tag(new), refused=not is_tag(new)))
    return found
