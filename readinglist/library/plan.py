"""What an import is to do with new papers, and what it has found so far. Knows nothing of how they are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from readinglist.errors import Problem, ReadingListError
from readinglist.formats.item import Record
from readinglist.formats.size import text_chars
from readinglist.library.reports import ImportReport, PreviewItem
from readinglist.library.revising import Revision
from readinglist.paper import Paper, Status
from readinglist.phrase import phrase

_PREVIEWED = 1000
_PREVIEWED_CHARS = 5_000_000
_PROBLEMS_KEPT = 10_000
_MOST_HELD_CHARS = 200_000_000


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
    problems_left_out: int = 0
    updates: dict[int, list[Paper]] = field(default_factory=dict)
    held_chars: int = 0
    met: dict[int, str | None] = field(default_factory=dict)
    revised: list[Revision] = field(default_factory=list)
    items: list[PreviewItem] = field(default_factory=list)
    previewed_chars: int = 0

    @property
    def read(self) -> int:
        """How many papers have been read so far."""
        return self.added + self.updated + self.unchanged

    def tell(self, problem: Problem) -> None:
        """Keep a problem to be told of; of very many the first ones."""
        if len(self.problems) < _PROBLEMS_KEPT:
            self.problems.append(problem)
        else:
            self.problems_left_out += 1

    def notice(self, item: Record, message: str) -> None:
        """Keep something to be told of a record that was taken."""
        self.tell(Problem("notice", self.source, item.line, message))

    def update(self, number: int, paper: Paper) -> None:
        """Keep what a record says of a paper that is here until all is written. Raises ReadingListError."""
        self.held_chars += text_chars(paper)
        if self.held_chars > _MOST_HELD_CHARS:
            raise ReadingListError(
                phrase("This says too much of papers that are here already to be taken in at once; divide it.")
            )
        self.updates.setdefault(number, []).append(paper)

    def told(self, state: str, paper: Paper, gained: tuple[str, ...] = ()) -> None:
        """Count a record and keep it for the preview."""
        if state == "new":
            self.added += 1
        elif state == "filled":
            self.updated += 1
        else:
            self.unchanged += 1
        if len(self.items) < _PREVIEWED and self.previewed_chars < _PREVIEWED_CHARS:
            self.previewed_chars += text_chars(paper)
            self.items.append(PreviewItem(paper.title, state, paper, gained))

    def report(self, import_id: int | None, ids: range, seconds: float) -> ImportReport:
        """Return what was done, to be told."""
        if self.problems_left_out:
            message = phrase("{n:,} more are not listed", n=self.problems_left_out)
            self.problems.append(Problem("notice", self.source, None, message))
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
