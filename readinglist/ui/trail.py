"""The way the reader took through the lists, and back: each view with its search and what was selected in it.

A search belongs to the view it was begun in and is one stop, however long one types at it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from readinglist.paper import PaperId
from readinglist.ui.actions import Actions
from readinglist.ui.list_pane import ListPane
from readinglist.ui.searching import Listing, Question, Searching
from readinglist.ui.sidebar import Sidebar

_STOPS_KEPT = 100
_SELECTED_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Stop:
    """One place on the way: what was listed, the paper with the focus, and what else was selected."""

    question: Question
    current: PaperId | None = None
    selected: tuple[PaperId, ...] = ()


class Trail(QObject):
    """Keeps the stops and goes back and forward on them."""

    went = Signal()
    """The reader goes to another stop."""

    def __init__(
        self, actions: Actions, searching: Searching, pane: ListPane, sidebar: Sidebar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._searching = searching
        self._pane = pane
        self._sidebar = sidebar
        self._stops = [Stop(searching.question)]
        self._at = 0
        self._shown: Question | None = None
        self._restoring: Stop | None = None
        searching.asked.connect(self._on_asked)
        actions["actionBack"].triggered.connect(self.back)
        actions["actionForward"].triggered.connect(self.forward)
        self._update_enabled()

    def back(self) -> None:
        """Go to the list before this one."""
        self._go(-1)

    def forward(self) -> None:
        """Go to the list that one came back from."""
        self._go(1)

    def show(self, listing: Listing) -> None:
        """Take note that an answer is shown; select in it what was selected when it was left."""
        self._shown = listing.question
        stop, self._restoring = self._restoring, None
        if stop is not None and stop.current is not None and _same_place(stop.question, listing.question):
            self._pane.papers.select_ids(stop.selected or (stop.current,), stop.current)

    def _on_asked(self, question: Question) -> None:
        here = self._stops[self._at]
        if _same_place(here.question, question):
            self._stops[self._at] = replace(here, question=question)
            return
        self._leave()
        del self._stops[self._at + 1 :]
        self._stops.append(Stop(question))
        del self._stops[:-_STOPS_KEPT]
        self._at = len(self._stops) - 1
        self._restoring = None
        self._update_enabled()

    def _leave(self) -> None:
        """Remember what is selected here, where the list shows it already."""
        here, papers = self._stops[self._at], self._pane.papers
        if self._shown is not None and _same_place(self._shown, here.question):
            few = 1 < papers.selected_count() <= _SELECTED_KEPT
            selected = tuple(papers.selected_ids()) if few else ()
            self._stops[self._at] = replace(here, current=papers.current_id(), selected=selected)

    def _go(self, by: int) -> None:
        at = self._at + by
        while 0 <= at < len(self._stops) and not self._is_there(self._stops[at].question):
            at += by
        if not 0 <= at < len(self._stops):
            return
        self._leave()
        self._at = at
        stop = self._restoring = self._stops[at]
        self.went.emit()
        self._sidebar.choose(stop.question.view.key)
        self._searching.ask(replace(stop.question, select=None, keep_place=False))
        self._pane.search.set_text(stop.question.text)
        self._pane.show_scope(stop.question)
        self._update_enabled()

    def _is_there(self, question: Question) -> bool:
        """Say whether a view is still there: tags and saved searches go."""
        return question.view.kind not in ("tag", "search") or self._sidebar.view(question.view.key) is not None

    def _update_enabled(self) -> None:
        self._actions["actionBack"].setEnabled(self._at > 0)
        self._actions["actionForward"].setEnabled(self._at < len(self._stops) - 1)


def _same_place(one: Question, other: Question) -> bool:
    return (one.view.key, one.searching) == (other.view.key, other.searching)
