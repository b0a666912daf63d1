"""What the reader's side of the window says has happened: one value a signal. Knows no Qt and no library."""

from __future__ import annotations

from dataclasses import dataclass

from readinglist.paper import PaperId


@dataclass(frozen=True, slots=True)
class TagsEdited:
    """Tags were put on a paper or taken off it; names as typed, trimmed."""

    id: PaperId
    added: frozenset[str]
    removed: frozenset[str]


@dataclass(frozen=True, slots=True)
class NoteEdited:
    """A paper's note as it now stands on the screen; `stretch` is the same for one stretch of writing."""

    id: PaperId
    text: str
    stretch: str


@dataclass(frozen=True, slots=True)
class HighlightMade:
    """A passage was marked; `start` counts code points of the stored abstract, which holds `quote` there."""

    id: PaperId
    quote: str
    start: int
    colour: str
    comment: str | None


@dataclass(frozen=True, slots=True)
class HighlightEdited:
    """A highlight has another comment or colour; both are given as they now are."""

    hid: str
    comment: str | None
    colour: str


@dataclass(frozen=True, slots=True)
class ImportChoice:
    """Where the reader wants the papers of an import: a status word, or None as the file says; tags for all."""

    status: str | None
    tags: tuple[str, ...]
