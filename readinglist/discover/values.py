"""What discovering gives back. Knows nothing of how it is found, and loads nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from readinglist.paper import PaperId

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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


class Opinion(NamedTuple):
    """What a reader makes of a paper: `weight` is above 0 for one they like, below for one they do not; `kind` says
    by what that is known (see `discover.suggest.NEAR`)."""

    id: PaperId
    weight: float
    kind: str


class Facts(NamedTuple):
    """What is known of a paper that nobody has judged: `day` is when it appeared or was listed, as far as is known
    ("2026-03", or ""), `added` when it came into the library."""

    id: PaperId
    upvotes: int | None
    day: str
    added: str


class Suggestion(NamedTuple):
    """A paper to look at: `score` goes from -1 (like what was passed over) to 1 (like what was liked).

    `reasons` are for people: words of the paper, papers it is close to. `why` are those words alone, `near` the papers
    that were liked and that it is close to, the nearest first.
    """

    id: PaperId
    score: float
    reasons: tuple[str, ...]
    why: tuple[str, ...]
    near: tuple[PaperId, ...]


class Suggestions(NamedTuple):
    """Papers to look at, the best first, and what they were chosen by.

    `basis` is `history` or, where the reader has not liked anything yet, `new`; `note` says so in a sentence. `liked`
    and `passed` count the papers learnt from. `pending`: candidates that the index has not taken in and that are
    therefore not among them.
    """

    papers: list[Suggestion]
    basis: str
    note: str
    liked: int
    passed: int
    pending: int


class Island(NamedTuple):
    """A cluster of papers on a map: its name ("" where it has none), where its disc lies, how many papers it has."""

    name: str
    x: float
    y: float
    radius: float
    papers: int


class TopicMap(NamedTuple):
    """`papers` by number, each with its place (x, y between -1 and 1, y downwards) and the number of its island.

    The largest of the islands comes first.
    """

    papers: NDArray[np.int64]
    x: NDArray[np.float32]
    y: NDArray[np.float32]
    island: NDArray[np.int32]
    islands: Sequence[Island]
