"""The two ways of having a paper to oneself: triage, and focus. Lends the reader out and takes it back.

Knows the window's parts by what they show; what is done to papers is done elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from readinglist.library import Changed
from readinglist.ui.actions import Actions
from readinglist.ui.commands import Commands
from readinglist.ui.editing import Done, Editing
from readinglist.ui.layout import Frame
from readinglist.ui.list_pane import ListPane
from readinglist.ui.reader import Reader
from readinglist.ui.searching import Listing, Searching
from readinglist.ui.theme import Theme
from readinglist.ui.triaging import Standing, Triaging

if TYPE_CHECKING:
    from readinglist.ui.triage_view import TriageView

SORTED_OUT = ("queue:next", "queue:reading", "queue:read", "queue:archived", "view:trash")
"""Lists of papers that were dealt with: from there `actionTriage` goes to the Inbox."""


class Modes(QObject):
    """Begins and ends triage and focus; one at a time."""

    paper_shown = Signal(object)
    """The `Paper` that the reader is to show in triage, or None."""

    inbox_wanted = Signal()
    told = Signal(str)

    def __init__(
        self,
        *,
        actions: Actions,
        frame: Frame,
        pane: ListPane,
        reader: Reader,
        commands: Commands,
        editing: Editing,
        searching: Searching,
        triaging: Triaging,
        theme: Callable[[], Theme],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._frame = frame
        self._pane = pane
        self._reader = reader
        self._commands = commands
        self._searching = searching
        self._triaging = triaging
        self._theme = theme
        self._view: TriageView | None = None
        self._listing: Listing | None = None
        self._begin_when_listed = False
        actions["actionTriage"].triggered.connect(self.triage)
        actions["actionTriageList"].triggered.connect(self.triage_list)
        actions["actionFocus"].triggered.connect(self.toggle_focus)
        triaging.changed.connect(self._on_standing)
        triaging.failed.connect(self.told)
        editing.moved.connect(triaging.decide)
        commands.list_wanted.connect(self.leave)

    @property
    def triaging(self) -> bool:
        """Return whether papers are gone through one at a time."""
        return self._triaging.running

    @property
    def active(self) -> bool:
        """Return whether the list is out of sight."""
        return self.triaging or self._frame.alone

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        if self._view is not None:
            self._view.set_theme(theme)

    # -- triage -----------------------------------------------------------------------------------

    def triage(self) -> None:
        """Go through what is listed, or through the Inbox where that was dealt with; in triage, leave it."""
        if self.triaging:
            self.leave()
            return
        question = self._searching.question
        listing = self._listing
        empty = listing is not None and listing.question == question and not listing.hits.ids
        if not question.searching and (question.view.key in SORTED_OUT or empty) and question.view.key != "queue:inbox":
            self.inbox_wanted.emit()
        self._begin()

    def triage_list(self) -> None:
        """Go through what is listed, whatever that is."""
        if not self.triaging:
            self._begin()

    def show_listing(self, listing: Listing) -> None:
        """Take note of what is listed; begin the triage that waits for it."""
        self._listing = listing
        if self._begin_when_listed:
            self._begin()

    def refresh(self, changed: Changed | None) -> None:
        """Papers have changed; None: nobody knows which."""
        ids = None if changed is None else changed.edited | changed.removed | changed.added
        self._triaging.refresh(ids)

    def on_done(self, done: Done) -> None:
        """Go back to what was undone."""
        if done.was_undo and self.triaging:
            self._triaging.reconsider(done.ids)

    def _begin(self) -> None:
        listing = self._listing
        if listing is None or self._searching.behind:
            self._begin_when_listed = True
            return
        self._begin_when_listed = False
        papers = self._pane.papers
        # Several papers that were selected are what is meant, else everything from where the list stands.
        chosen = papers.selected_ids() if papers.selected_count() > 1 else []
        ids, start = (chosen, 0) if chosen else (listing.hits.ids, papers.currentIndex().row())
        if not ids:
            self.told.emit(
                self.tr("There is nothing to go through in {list}.").format(list=listing.question.view.title)
            )
            return
        self.leave()
        question = listing.question
        title = f"“{question.text.strip()}”" if question.searching else question.view.title
        view = self._made_view()
        self._frame.show_page(view)
        view.lend(self._reader)
        self._reader.set_alone(True)
        self._lay_over(self._reader)
        self._triaging.begin(ids, start, title)
        self._commands.stand_at(self._triaging)
        self._take_focus()

    def _made_view(self) -> TriageView:
        from readinglist.ui.triage_view import TriageView

        if self._view is None:
            self._view = TriageView(self._theme(), self._actions)
            self._view.stepped.connect(self._triaging.step)
            self._view.left.connect(self.leave)
            self._view.asked.connect(self._on_asked)
        return self._view

    def _on_standing(self, standing: Standing) -> None:
        if self._view is None:
            return
        self._view.show_standing(standing)
        self.paper_shown.emit(standing.paper)
        self._commands.update_enabled(self._triaging.selected_count())

    def _on_asked(self, what: str) -> None:
        from readinglist.ui.triage_view import AGAIN

        if what == AGAIN:
            self._triaging.again()
            self._take_focus()
        else:
            self._actions[what].trigger()

    def _take_focus(self) -> None:
        if self._view is not None:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- focus ------------------------------------------------------------------------------------

    def toggle_focus(self) -> None:
        """Show nothing but the paper, or everything again."""
        if self._frame.alone:
            self.leave()
        elif not self.triaging and not self._frame.welcoming:
            self._reader.set_alone(True)
            self._frame.leave_reader_alone(True)
            self._lay_over(self._reader)
            self._reader.focus_page()

    # -- out of both ------------------------------------------------------------------------------

    def leave(self) -> None:
        """Go back to the list, which stands where the reader stopped."""
        self._begin_when_listed = False
        if not self.active:
            return
        here = self._triaging.end() if self.triaging else None
        self._commands.stand_at(None)
        self._lay_over(self._pane)
        self._frame.leave_reader_alone(False)
        self._frame.show_columns()
        self._reader.set_alone(False)
        if here is not None:
            self._pane.papers.select_id(here)
        self._pane.focus_list()
        self._pane.papers.refresh()

    def _lay_over(self, over: QWidget) -> None:
        """Put what lies over the list over another part."""
        self._pane.later.move_over(over)
        self._pane.toast.move_over(over)
