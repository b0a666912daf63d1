"""Find papers nobody asked for by name: those like others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from readinglist.library.finding import Finding
from readinglist.store import listing
from readinglist.store.papers import read_papers

if TYPE_CHECKING:
    from readinglist.discover.values import Similar
    from readinglist.index.snapshot import Snapshot

_MOST_ASKED = 200
_MOST_WAITING = 200


class Discovering(Finding):
    """Papers like others."""

    def similar(self, ids: Iterable[int], limit: int = 10) -> list[Similar]:
        """Return the papers most like one paper, or like several together: (id, score, why), the likest first.

        `score` goes from 1 (the same words) to 0; `why` are up to three words or pairs of words that matter most. None
        of `ids`, none in the trash, and none that has nothing telling in common. With many `ids` the first 200
        count. Papers that the index has not taken in are compared too while they are few. Where the reader chose so,
        what the texts mean counts beside their words (see `Meaning`). Raises NoSuchPaper.
        """
        from readinglist.discover.similar import similar

        with self._store.reading() as connection:
            asked = self._wanted(connection, list(dict.fromkeys(ids))[:_MOST_ASKED])
            behind = self._behind(connection, _MOST_WAITING + 1)
            behind = behind if len(behind) <= _MOST_WAITING else []
            waiting = [paper for paper in read_papers(connection, behind) if not paper.trashed]
            trashed = listing.ids_where(connection, "trashed IS NOT NULL", {})
        if not asked or limit < 1:
            return []

        def ask(snapshot: Snapshot) -> list[Similar]:
            nearness = self.nearness([paper.id for paper in asked], snapshot.papers)
            return similar(
                snapshot, asked, self.papers, waiting=waiting, without=trashed, limit=limit, nearness=nearness
            )

        return self._look(ask)
