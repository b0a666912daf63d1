"""The map of topics: where papers lie on it, and how they are coloured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readinglist.library.refreshing import Refreshing
from readinglist.progress import Progress, Silent
from readinglist.store import listing
from readinglist.store.statistics import largest_branches, papers_of_branch
from readinglist.store.tags import tag_key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from readinglist.discover.values import TopicMap
    from readinglist.index.snapshot import Snapshot
    from readinglist.library.figures import MapColours

NONE, TRASHED = -1, -2
_TAGS = 8


class Charting(Refreshing):
    """The map of topics."""

    def topic_map(self, query: str = "", *, progress: Progress | None = None) -> TopicMap:
        """Return the map of the papers that a query finds, those left out that the index has not taken in.

        Takes some seconds for 100,000 papers, in which `progress` may cancel it. Raises QueryError.
        """
        import numpy as np

        from readinglist.discover.topics import topic_map

        progress = progress or Silent()
        wanted = np.array(self.search(query, relax=False).ids, np.int64)

        def ask(snapshot: Snapshot) -> TopicMap:
            return topic_map(snapshot, wanted, self.papers, step=lambda: progress.step(0, None))

        return self._look(ask)

    def map_colours(self, papers: NDArray[np.int64]) -> MapColours:
        """Return the status and the tag of each of the papers of a map, as they are now."""
        import json

        import numpy as np

        from readinglist.library.figures import MapColours

        with self._store.reading() as connection:
            standings = np.array(json.loads(listing.standings(connection, self._today(), "~")), np.int64)
            branches = largest_branches(connection, _TAGS)
            members = [papers_of_branch(connection, tag_key(name)) for name, _ in branches]
        size = 1 + max(int(papers.max(initial=0)), int(standings.max(initial=0)) >> listing.STANDING_BITS)
        status, tag = np.full(size, TRASHED, np.int8), np.full(size, NONE, np.int8)
        flags = standings & ((1 << listing.STANDING_BITS) - 1)
        status[standings >> listing.STANDING_BITS] = np.where(
            flags & listing.TRASHED, TRASHED, flags & listing.STATUS
        ).astype(np.int8)
        for number in range(len(branches) - 1, -1, -1):
            tag[[paper for paper in members[number] if paper < size]] = number
        return MapColours(status[papers], listing.STATUSES, tag[papers], branches)
