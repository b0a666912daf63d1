"""Which papers are like the one that is read, asked in a lane beside that of the search. Knows no widget."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from readinglist.library import Library, NoSuchPaper
from readinglist.paper import Paper, PaperId
from readinglist.progress import Progress
from readinglist.ui.jobs import Job, Lane
from readinglist.ui.wording import told

WAIT_MS = 150
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A paper like another, and the words they share."""

    paper: Paper
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A paper and those like it, the likest first."""

    of: PaperId
    neighbours: tuple[Neighbour, ...]


class Neighbours(QObject):
    """Keeps to one paper; a paper that is only passed on the way is not asked about."""

    found = Signal(object)
    """A `Neighbourhood`."""

    failed = Signal(str)

    def __init__(self, library: Library, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._lane = lane
        self._of: PaperId | None = None
        self._job: Job | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(WAIT_MS)
        self._soon.timeout.connect(self._ask)

    @property
    def settled(self) -> bool:
        """Return False while a question is still to be asked."""
        return not self._soon.isActive()

    def show_for(self, paper_id: PaperId | None) -> None:
        """Find the papers like this one soon; None: there is none. The same paper again is not asked about anew."""
        if paper_id == self._of:
            return
        self._of = paper_id
        self._give_up()
        if paper_id is not None:
            self._soon.start()

    def put_off(self) -> None:
        """Wait anew: the reader has asked for something that comes before."""
        if self._soon.isActive():
            self._soon.start()

    def refresh(self) -> None:
        """Ask again: papers have changed."""
        if self._of is not None:
            self._soon.start()

    def _give_up(self) -> None:
        self._soon.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _ask(self) -> None:
        self._give_up()
        library, paper_id = self._library, self._of
        if paper_id is None:
            return

        def call(_progress: Progress) -> Neighbourhood:
            return neighbourhood(library, paper_id)

        self._job = self._lane.run(call, done=self.found.emit, failed=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, NoSuchPaper):  # gone meanwhile: there is nothing to show it beside
            self.failed.emit(told(error))


def neighbourhood(library: Library, paper_id: PaperId) -> Neighbourhood:
    """Return the papers most like one."""
    found = library.similar([paper_id], limit=SHOWN)
    papers = {paper.id: paper for paper in library.papers([one.id for one in found])}
    return Neighbourhood(paper_id, tuple(Neighbour(papers[one.id], one.why) for one in found if one.id in papers))
