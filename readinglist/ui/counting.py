"""How many papers are in each list of the sidebar, asked in a lane beside that of the search. Knows no widget.

While something is searched for, how many of what was found; else how many there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from readinglist.errors import QueryError
from readinglist.library import SEARCHES_COUNTED, Counts, Library
from readinglist.paper import PaperId
from readinglist.progress import Progress
from readinglist.ui.jobs import Job, Lane
from readinglist.ui.sidebar import Contents
from readinglist.ui.sidebar_rows import TagRow, tag_rows
from readinglist.ui.wording import told

_WAIT_MS = 30
_PAINTED_MS = 25
"""Counting waits until the list that was found is painted: both at once slow it down by some milliseconds."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers, and how the sidebar is to show them. `colours` go from a tag to its '#rrggbb'."""

    counts: Counts
    contents: Contents
    colours: Mapping[str, str]


class Counting(QObject):
    """Counts again when asked to, once for a burst."""

    counted = Signal(object)
    """`Counted`, after the library has changed."""

    narrowed = Signal(object)
    """The numbers to show by the key of a view, after another search."""

    failed = Signal(str)

    def __init__(self, library: Library, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._lane = lane
        self._within: Sequence[PaperId] | None = None
        self._narrowing: Job | None = None
        self._totals: Mapping[str, int] = {}
        self._shares: Mapping[str, int] = {}
        self._rows: tuple[TagRow, ...] = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_WAIT_MS)
        self._soon.timeout.connect(self._count)
        self._painted = QTimer(self)
        self._painted.setSingleShot(True)
        self._painted.setInterval(_PAINTED_MS)
        self._painted.timeout.connect(self._narrow)

    @property
    def settled(self) -> bool:
        """Return False while counting is still to be begun."""
        return not self._soon.isActive() and not self._painted.isActive()

    def refresh(self) -> None:
        """Count soon."""
        if not self._soon.isActive():
            self._soon.start()

    def narrow(self, ids: Sequence[PaperId] | None) -> None:
        """Show how many of these papers are in each list; None: how many there are."""
        self.hold()
        if ids is None and self._within is None:
            return
        self._within = ids
        if ids is None:
            self.narrowed.emit(self._totals)
            return
        self._painted.start()

    def _narrow(self) -> None:
        library, ids = self._library, self._within or ()

        def call(progress: Progress) -> Mapping[str, int]:
            return shares(library, ids, progress)

        self._narrowing = self._lane.run(call, done=self._on_narrowed, failed=self._on_failed)

    def hold(self) -> None:
        """Give up the numbers of a search that is no longer the newest."""
        self._painted.stop()
        if self._narrowing is not None:
            self._narrowing.cancel()
            self._narrowing = None

    def _on_narrowed(self, numbers: Mapping[str, int]) -> None:
        self._narrowing = None
        self._shares = numbers
        self.narrowed.emit(numbers)

    def _on_counted(self, counted: Counted) -> None:
        self._totals = counted.contents.counts
        self._rows = counted.contents.rows or ()
        if self._within is not None:
            counted = replace(counted, contents=replace(counted.contents, counts=self._shares))
        self.counted.emit(counted)

    def _count(self) -> None:
        library, rows = self._library, self._rows

        def call(progress: Progress) -> Counted:
            return count(library, progress, rows)

        self._lane.run(call, done=self._on_counted, failed=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(told(error))


def count(library: Library, progress: Progress, known_rows: tuple[TagRow, ...] = ()) -> Counted:
    """Return the numbers of every list: the library's own counts, and a question for each that needs one.

    Where the tags are those of `known_rows`, these are returned, so that nobody has to compare thousands again.
    """
    counts = library.counts()
    searches = [(search.name, search.query) for search in library.searches()]
    numbers = _numbers(counts)
    tags = [tag for tag in counts.tags.values() if tag.count]
    parents = {tag.name[:end] for tag in tags for end in _slashes(tag.name)}
    branches = library.tag_branches() if parents else {}
    numbers |= {f"tag:{name}": branches.get(name.casefold(), 0) for name in parents}
    for name, query in searches[:SEARCHES_COUNTED]:
        progress.step(0, None)
        try:
            numbers[f"search:{name}"] = library.search(query, limit=0).total
        except QueryError:
            continue  # a search saved by another version: it is listed, and says what is wrong when chosen
    colours = {tag.name: tag.colour for tag in counts.tags.values()}
    rows = tag_rows(tags)
    return Counted(counts, Contents(numbers, tags, searches, known_rows if rows == known_rows else rows), colours)


def shares(library: Library, ids: Sequence[PaperId], progress: Progress) -> dict[str, int]:
    """Return how many of some papers are in each list, by the key of its view; quick enough for every keystroke."""
    counts = library.counts(within=ids, progress=progress)
    numbers = _numbers(counts)
    numbers |= {f"tag:{name}": count for name, count in counts.branches.items()}
    return numbers | {f"search:{name}": count for name, count in counts.searches.items()}


def _numbers(counts: Counts) -> dict[str, int]:
    return {
        "queue:inbox": counts.inbox,
        "queue:next": counts.next,
        "queue:reading": counts.reading,
        "queue:later": counts.later,
        "queue:read": counts.read,
        "queue:archived": counts.archived,
        "view:all": counts.total,
        "view:starred": counts.starred,
        "view:notes": counts.with_notes,
        "view:week": counts.added_this_week,
        "view:trash": counts.trash,
        **{f"tag:{tag.name}": tag.count for tag in counts.tags.values()},
    }


def _slashes(name: str) -> list[int]:
    return [place for place, character in enumerate(name) if character == "/"]
