"""What discovering gives back. Knows nothing of how it is found, and loads nothing."""

from __future__ import annotations

from typing import NamedTuple

from readinglist.paper import PaperId


class Similar(NamedTuple):
    """A paper that is like others: `score` is 1 for the same words and near 0 for none; `why` names up to three words
    that matter most, as the papers asked about spell them, two that stand together as one."""

    id: PaperId
    score: float
    why: tuple[str, ...]


class Rising(NamedTuple):
    """A term that rises: `names` are its spellings, what it is called by first (others are abbreviations of it);
    `score` is a z-score; `papers` counts the papers that have it, period by period."""

    names: tuple[str, ...]
    score: float
    papers: tuple[int, ...]
