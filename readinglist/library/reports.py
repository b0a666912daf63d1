"""What the library answers about imports, notes, merges and its own health: frozen values.

They are a module of their own, imported where the first is made, as each class takes half a millisecond of the start.
"""

from __future__ import annotations

from dataclasses import dataclass

from readinglist.errors import Problem
from readinglist.paper import Paper


@dataclass(frozen=True, slots=True)
class NoteVersion:
    """A text that the note on a paper has had from `at` on, "" for none; `number` counts from the oldest, which is 1.

    `label` and `kind` are those of the entry in the history that made it, "" and "edit" when it came with the paper.
    `whole` is False when the disk has damaged it.
    """

    number: int
    at: str
    text: str
    label: str
    kind: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did; `read = added + updated + unchanged + failed`. `ids` are the papers added."""

    read: int
    added: int
    updated: int
    unchanged: int
    failed: int
    problems: list[Problem]
    import_id: int | None
    seconds: float
    ids: range = range(0)


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format that papers can be written in; `suffix` is the usual ending of its file, "" for a folder."""

    name: str
    label: str
    suffix: str
    is_folder: bool


@dataclass(frozen=True, slots=True)
class PreviewItem:
    """One record of a preview; `state` is `new`, `here`, `filled` (here, with something to fill in) or `twice`.

    `gained` names the fields that would be filled in, or replaced by those of a newer version.
    """

    title: str
    state: str
    paper: Paper
    gained: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; `items` are the first thousand records, `sources` is how many were read."""

    report: ImportReport
    items: list[PreviewItem]
    formats: list[str]
    sources: int = 1


@dataclass(frozen=True, slots=True)
class Merge:
    """What merging some papers comes to: `kept` as it was and as it will be, and `others`, which go to the trash."""

    kept: Paper
    result: Paper
    others: tuple[Paper, ...]
