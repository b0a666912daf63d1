"""What is suggested, learnt in the background lane while a list of it is shown. Knows no widget.

That is the list of suggestions, and any other that the reader has ordered by suggestion. The list never jumps: while it
is shown, papers that were dealt with leave it, and what is suggested anew comes at its end. In its new order it is when
the reader comes back to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from readinglist.library import Library
from readinglist.paper import Paper, PaperId
from readinglist.progress import Progress
from readinglist.query.marks import Snippet
from readinglist.ui.indexing import SMALL
from readinglist.ui.jobs import Job, Lane
from readinglist.ui.searching import Question, Searching
from readinglist.ui.views import BY_SUGGESTION, SUGGESTED
from readinglist.ui.wording import told

if TYPE_CHECKING:
    from readinglist.library import Suggestion, Suggestions

WAIT_MS = 700
"""After the last edit, so that a reader who goes through papers by key does not have it learn at each."""

SHOWN = 100

RANKED = 500
"""So many of a list that is ordered by suggestion; those that follow are in their usual order."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a paper is suggested, in words, and what the reader has answered (see `Paper.taste`)."""

    words: str
    taste: str | None


class Suggesting(QObject):
    """Keeps the order that is shown, and the reasons."""

    failed = Signal(str)

    def __init__(self, library: Library, lane: Lane, searching: Searching, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._lane = lane
        self._searching = searching
        self._order: list[PaperId] = []
        self._reasons: dict[PaperId, str] = {}
        self._latest: Suggestions | None = None
        self._list = ""
        self._known: dict[str, Suggestions] = {}
        self._outdated = True
        self._reader_acted = False
        self._job: Job | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(WAIT_MS)
        self._soon.timeout.connect(self._learn)
        searching.set_chosen(self._chosen)
        searching.asked.connect(self._on_asked)
        if self.shown:  # the first list is asked for before there is anybody to answer
            self._learn()

    @property
    def shown(self) -> bool:
        """Return whether a list in the order of suggestions is shown, with nothing searched for."""
        question = self._searching.question
        ordered = question.view.key == SUGGESTED or question.sort == BY_SUGGESTION
        return ordered and not question.searching

    @property
    def _wanted(self) -> bool:
        """Return whether what is suggested decides over what is listed: shown in its order, or searched within."""
        question = self._searching.question
        return self.shown or (question.view.key == SUGGESTED and not question.everywhere)

    @property
    def settled(self) -> bool:
        """Return False while something is still to be learnt."""
        return not self._soon.isActive()

    @property
    def ready(self) -> bool:
        """Return whether it is known what to suggest."""
        return self._latest is not None

    def refresh(self) -> None:
        """Learn again, soon, if the list is wanted: papers have changed."""
        self._outdated = self._reader_acted = True
        if self._wanted:
            self._soon.start()

    @property
    def note(self) -> str:
        """Return what the suggestions are learnt from, or that nothing is known yet; "" until that is known."""
        return told(self._latest.note) if self._latest is not None and self._latest.papers else ""

    def snippet(self, paper: Paper) -> Snippet | None:
        """Return why a paper is in the list, as a passage to be shown in its row."""
        words = self._reasons.get(paper.id)
        return Snippet("suggested", words, ()) if words else None

    def reason(self, paper: Paper) -> Reason | None:
        """Return why a paper is suggested; None where the list of suggestions is not shown, or it is not in it."""
        words = self._reasons.get(paper.id) if self.shown else None
        return Reason(words, paper.taste) if words else None

    def _chosen(self) -> Sequence[PaperId] | None:
        """Return the order of the list that is asked for; None: not known, or another list's, as after going back."""
        return self._order if self.ready and self._list == self._searching.question.view.key else None

    def _on_asked(self, question: Question) -> None:
        """Take the newest order when the reader comes to the list."""
        if not self._wanted:
            return
        other = question.view.key != self._list
        if other:
            self._list = question.view.key
            self._latest, self._order, self._reasons, self._outdated = self._known.get(self._list), [], {}, True
        if self.shown or other:
            self._reader_acted = False
            if self._latest is not None:
                self._take(self._latest)
        if self._outdated:
            self._learn()

    def _learn(self) -> None:
        self._soon.stop()
        if self._job is not None:
            self._job.cancel()
        self._outdated = False
        library, view = self._library, self._searching.question.view
        self._list = view.key

        def call(progress: Progress) -> Suggestions:
            if 0 < library.pending() <= SMALL:
                library.update_index(progress)  # what has just come in is to be among them
            if view.key == SUGGESTED:
                return library.suggest(SHOWN, progress=progress)
            among = library.search(view.query).ids if view.papers is None else view.papers
            return library.suggest(RANKED, among=among, progress=progress)

        self._job = self._lane.run(call, done=self._on_learnt, failed=self._on_failed)

    def _on_learnt(self, found: Suggestions) -> None:
        self._job = None
        first = self._latest is None and not self._reader_acted
        self._latest = self._known[self._list] = found
        if not self._order or not self._reader_acted:
            self._take(found)
        else:
            here = set(self._order)
            self._add([one for one in found.papers if one.id not in here])
        if self.shown and first:
            self._searching.show_from_top()
        elif self._wanted:
            self._searching.refresh()
        if self._outdated and self._wanted:
            self._soon.start()

    def _take(self, found: Suggestions) -> None:
        self._order = []
        self._reasons = {}
        self._add(found.papers)

    def _add(self, suggestions: Sequence[Suggestion]) -> None:
        self._order = [*self._order, *(one.id for one in suggestions)]
        self._reasons |= _said(suggestions)

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self.failed.emit(told(error))


def _said(suggestions: Sequence[Suggestion]) -> Mapping[PaperId, str]:
    return {one.id: "; ".join(told(reason) for reason in one.reasons) for one in suggestions}
