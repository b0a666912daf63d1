"""What an import is to do with new papers, and what it has found so far. Knows nothing of how they are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from readinglist.errors import Problem
from readinglist.formats.item import Record
from readinglist.library.revising import Revision
from readinglist.library.values import ImportReport, PreviewItem
from readinglist.paper import Paper, Status

_PREVIEWED = 1000


@dataclass(slots=True)
class Plan:
    """What is to be done, then what was found. `source` is being read.

    Of papers that are not here, those that are `only_known` are left out and counted in `left_out`; `listed` gives a
    new paper the day of its list, where it brings none. `met` are the papers that were here already, each with the day
    that the record had. `revised` are those that the reader has read and that changed.
    """

    status: Status | None
    tags: frozenset[str]
    source: str = ""
    only_known: Callable[[Paper], bool] = lambda _: False
    listed: Callable[[Paper], str | None] = lambda _: None
    tells_of_trash: bool = True
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    left_out: int = 0
    problems: list[Problem] = field(default_factory=list)
    updates: dict[int, list[Paper]] = field(default_factory=dict)
    met: dict[int, str | None] = field(default_factory=dict)
    revised: list[Revision] = field(default_factory=list)
    items: list[PreviewItem] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many papers have been read so far."""
        return self.added + self.updated + self.unchanged

    def notice(self, item: Record, message: str) -> None:
        """Keep something to be told of a record that was taken."""
        self.problems.append(Problem("notice", self.source, item.line, message))

    def told(self, state: str, paper: Paper, gained: tuple[str, ...] = ()) -> None:
        """Count a record and keep it for the preview."""
        if state == "new":
            self.added += 1
        elif state == "filled":
            self.updated += 1
        else:
            self.unchanged += 1
        if len(self.items) < _PREVIEWED:
            self.items.append(PreviewItem(paper.title, state, paper, gained))

    def report(self, import_id: int | None, ids: range, seconds: float) -> ImportReport:
        """Return what was done, to be told."""
        return ImportReport(
            read=self.read + self.failed,
            added=self.added,
            updated=self.updated,
            unchanged=self.unchanged,
            failed=self.failed,
            problems=self.problems,
            import_id=import_id,
            seconds=round(seconds, 3),
            ids=ids,
        )
