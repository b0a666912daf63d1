"""How many papers are in each list of the sidebar, asked in the search lane. Knows no widget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from readinglist.errors import QueryError
from readinglist.library import Counts, Library
from readinglist.progress import Progress
from readinglist.ui.jobs import Lane
from readinglist.ui.sidebar import Contents
from readinglist.ui.views import tag_view

_WAIT_MS = 30
_SEARCHES_COUNTED = 30


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers, and how the sidebar is to show them. `colours` go from a tag to its '#rrggbb'."""

    counts: Counts
    contents: Contents
    colours: Mapping[str, str]


class Counting(QObject):
    """Counts again when asked to, once for a burst."""

    counted = Signal(object)
    failed = Signal(str)

    def __init__(self, library: Library, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._lane = lane
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_WAIT_MS)
        self._soon.timeout.connect(self._count)

    @property
    def settled(self) -> bool:
        """Return False while counting is still to be begun."""
        return not self._soon.isActive()

    def refresh(self) -> None:
        """Count soon."""
        if not self._soon.isActive():
            self._soon.start()

    def _count(self) -> None:
        library = self._library

        def call(progress: Progress) -> Counted:
            return count(library, progress)

        self._lane.run(call, done=self.counted.emit, failed=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(str(error))


def count(library: Library, progress: Progress) -> Counted:
    """Return the numbers of every list: the library's own counts, and a question for each that needs one."""
    counts = library.counts()
    searches = [(search.name, search.query) for search in library.searches()]
    numbers = {
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
    }
    tags = [tag for tag in counts.tags.values() if tag.count]
    numbers |= {f"tag:{tag.name}": tag.count for tag in tags}
    parents = {tag.name[:end] for tag in tags for end in _slashes(tag.name)}
    for name in sorted(parents):
        progress.step(0, None)
        numbers[f"tag:{name}"] = library.search(tag_view(name).query, limit=0).total
    for name, query in searches[:_SEARCHES_COUNTED]:
        progress.step(0, None)
        try:
            numbers[f"search:{name}"] = library.search(query, limit=0).total
        except QueryError:
            continue  # a search saved by another version: it is listed, and says what is wrong when chosen
    colours = {tag.name: tag.colour for tag in counts.tags.values()}
    return Counted(counts, Contents(numbers, tags, searches), colours)


def _slashes(name: str) -> list[int]:
    return [place for place, character in enumerate(name) if character == "/"]
