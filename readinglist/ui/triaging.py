"""Go through papers one at a time: which one it is, which are left, what became of the others.

Knows no widget: it stands in for the list, and tells what is to be shown. The papers are those that were listed
when it began, in that order, so that the way through them stays the same while they leave the list.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal

from readinglist.errors import ReadingListError
from readinglist.paper import Paper, PaperId, Status
from readinglist.ui.paper_model import Fetch
from readinglist.ui.views import shown_status
from readinglist.ui.wording import told

log = logging.getLogger(__name__)

_AHEAD = 8
_READ = 64
_KEPT = 8 * _READ
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the reader is.

    `paper` is the one to look at, None at the end. `number` counts from 1 in `total`; `left` are those that nothing
    was done with yet. `given`: where this paper was put here; None is the trash. At the end `done` counts the places.
    """

    title: str
    paper: Paper | None
    number: int
    left: int
    total: int
    decided: bool = False
    given: Status | None = None
    done: Mapping[Status | None, int] = field(default_factory=dict)


class Triaging(QObject):
    """The way through some papers. Begun by `begin`; tells of every change until `end`."""

    changed = Signal(object)
    """A `Standing`."""

    failed = Signal(str)

    def __init__(self, fetch: Fetch, today: Callable[[], str], parent: QObject | None = None) -> None:
        """`fetch` gives papers by id, `today` the local ISO date."""
        super().__init__(parent)
        self._fetch = fetch
        self._today = today
        self._title = ""
        self._ids: Sequence[PaperId] = ()
        self._row = 0
        self._done: dict[PaperId, Status | None] = {}
        self._first: dict[PaperId, tuple[Status, bool]] = {}
        self._papers: dict[PaperId, Paper] = {}
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(0)
        self._ahead.timeout.connect(self._fetch_ahead)

    @property
    def running(self) -> bool:
        """Return whether it has begun and not ended."""
        return bool(self._ids)

    def begin(self, ids: Sequence[PaperId], start: int, title: str) -> None:
        """Go through papers from row `start` on, then through those before it."""
        start = max(0, min(start, len(ids) - 1))
        self._title, self._ids, self._row = title, [*ids[start:], *ids[:start]], 0
        self._done, self._first, self._papers = {}, {}, {}
        self._show()

    def end(self) -> PaperId | None:
        """End it; return the paper where the reader stopped, None at the end of the way."""
        self._ahead.stop()
        here = self._ids[self._row] if self._row < len(self._ids) else None
        self._ids = ()
        self._papers.clear()
        return here

    def again(self) -> None:
        """Go through those that nothing was done with once more."""
        self._row = self._next_row(-1)
        self._show()

    def refresh(self, ids: Iterable[int] | None = None) -> None:
        """Read papers anew: these have changed; None: nobody knows which."""
        if not self._ids:
            return
        if ids is None:
            self._papers.clear()
        else:
            for paper_id in ids:
                self._papers.pop(PaperId(paper_id), None)
        self._show()

    def reconsider(self, ids: Sequence[int]) -> None:
        """Look whether something is done with papers that were undone or done again, and go to the first of them."""
        mine = [PaperId(i) for i in ids[:_LOOKED_AT] if PaperId(i) in self._first]
        for paper_id in mine:
            self._papers.pop(paper_id, None)
            row = self._ids.index(paper_id)
            paper = self._paper(row)
            if paper is None or self._place(paper) == self._first[paper_id]:
                self._done.pop(paper_id, None)
            else:
                self._done[paper_id] = None if paper.trashed else paper.status
        if mine:
            self._row = self._ids.index(mine[0])
            self._show()

    # -- in place of the list ---------------------------------------------------------------------

    def selected_ids(self) -> list[PaperId]:
        """Return the paper that is looked at."""
        return [self._ids[self._row]] if self._row < len(self._ids) else []

    def selected_count(self) -> int:
        """Return 1, and 0 at the end."""
        return len(self.selected_ids())

    def current_paper(self) -> Paper | None:
        """Return the paper that is looked at."""
        return self._paper(self._row)

    def paper_called(self, paper_id: PaperId) -> Paper | None:
        """Return a paper that was looked at."""
        return self._papers.get(paper_id)

    def step(self, by: int) -> None:
        """Skip this paper, or go back, also to one that something was done with."""
        if by > 0:
            self.step_past_selection()
        elif self._row > 0:
            self._row = min(self._row, len(self._ids)) - 1
            self._show()

    def step_past_selection(self) -> None:
        """Go on to the next paper that nothing was done with yet."""
        self._row = self._next_row(self._row)
        self._show()

    def decide(self, ids: Sequence[PaperId], status: Status | None) -> None:
        """Take note of where papers are being put; None is the trash."""
        for paper_id in ids:
            if paper_id in self._first:
                self._done[paper_id] = status
        self._tell()

    # -- the way ----------------------------------------------------------------------------------

    def _next_row(self, row: int) -> int:
        rows = range(row + 1, len(self._ids))
        return next((row for row in rows if self._ids[row] not in self._done), len(self._ids))

    def _show(self) -> None:
        while (paper := self._paper(self._row)) is None and self._row < len(self._ids):  # it is gone meanwhile
            self._done.setdefault(self._ids[self._row], None)
            self._row = self._next_row(self._row)
        if paper is not None:
            self._first.setdefault(paper.id, self._place(paper))
            self._ahead.start()
        self._tell()

    def _tell(self) -> None:
        here = self.selected_ids()
        decided = bool(here) and here[0] in self._done
        self.changed.emit(
            Standing(
                self._title,
                self._paper(self._row),
                min(self._row + 1, len(self._ids)),
                len(self._ids) - len(self._done),
                len(self._ids),
                decided,
                self._done[here[0]] if decided else None,
                Counter(self._done.values()) if not here else {},
            )
        )

    def _place(self, paper: Paper) -> tuple[Status, bool]:
        return shown_status(paper, self._today()), paper.trashed is not None

    # -- the papers -------------------------------------------------------------------------------

    def _paper(self, row: int) -> Paper | None:
        """Return the paper in a row, reading it with those that come after it when it is not there yet."""
        if not 0 <= row < len(self._ids):
            return None
        paper_id = self._ids[row]
        if paper_id not in self._papers:
            self._read(row)
        return self._papers.get(paper_id)

    def _fetch_ahead(self) -> None:
        """Read the next papers while the reader looks at this one, so that no key waits for them."""
        row = self._row + _AHEAD
        if row < len(self._ids) and self._ids[row] not in self._papers:
            self._read(self._row)

    def _read(self, row: int) -> None:
        if len(self._papers) > _KEPT:
            self._papers.clear()
        try:
            papers = self._fetch(self._ids[row : row + _READ])
        except ReadingListError as error:
            self.failed.emit(told(error))
            self._row = len(self._ids)  # a library that cannot be read has no next paper
            return
        self._papers.update((paper.id, paper) for paper in papers)
