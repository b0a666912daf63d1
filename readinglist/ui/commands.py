"""What the actions do to the papers that are selected, and where they take the reader.

Knows the list, the reader and the doors to the library; lays nothing out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from readinglist.paper import Paper, PaperId, Status
from readinglist.text.identifiers import is_web_address
from readinglist.text.mathematics import as_text
from readinglist.ui.actions import Actions
from readinglist.ui.citation import STYLES, Citing
from readinglist.ui.editing import Editing
from readinglist.ui.list_pane import SORTS, ListPane
from readinglist.ui.ordering import Ordering
from readinglist.ui.paper_links import paper_links
from readinglist.ui.putting_off import PuttingOff
from readinglist.ui.reader import Reader
from readinglist.ui.searching import Searching
from readinglist.ui.views import FEEDS, MAP, MORNING, STATS, SUGGESTED, TRENDS, View, tag_of

if TYPE_CHECKING:
    from readinglist.ui.tag_sheet import TagsForMany

_TITLE_CHARS = 120
_LOOK_AHEAD = 500
_CITED = 200

MOST_MERGED = 10
"""So many papers can be looked at side by side."""

NEEDS_PAPER = (
    *STYLES,
    "actionToReading",
    "actionToInbox",
    "actionToNext",
    "actionToLater",
    "actionLaterTomorrow",
    "actionLaterWeek",
    "actionLaterMonth",
    "actionLaterDay",
    "actionLaterSomeday",
    "actionToRead",
    "actionToArchived",
    "actionStar",
    "actionMoreLike",
    "actionLessLike",
    "actionTrash",
    "actionRestore",
    "actionTag",
)
NEEDS_ONE = ("actionNote", "actionNoteVersions", "actionHighlight", "actionOpenLink")
NEEDS_READER = ("actionNote", "actionNoteVersions", "actionHighlight")
MOVES = ("actionMoveUp", "actionMoveDown", "actionMoveTop", "actionMoveBottom")
PLACES = {
    "actionGoInbox": "queue:inbox",
    "actionGoNext": "queue:next",
    "actionGoReading": "queue:reading",
    "actionGoLater": "queue:later",
    "actionGoRead": "queue:read",
    "actionGoArchived": "queue:archived",
    "actionGoAll": "view:all",
    "actionGoMorning": MORNING,
    "actionGoSuggested": SUGGESTED,
    "actionGoTrends": TRENDS,
    "actionGoFeeds": FEEDS,
    "actionGoMap": MAP,
    "actionGoStats": STATS,
}


class Stand(Protocol):
    """Where the reader stands: what a command is for, and where it goes on. The list, or triage."""

    def selected_ids(self) -> list[PaperId]: ...

    def selected_count(self) -> int: ...

    def current_paper(self) -> Paper | None: ...

    def paper_called(self, paper_id: PaperId) -> Paper | None: ...

    def step(self, by: int) -> None: ...

    def step_past_selection(self) -> None: ...


class Commands(QObject):
    """Connects every action that has to do with papers."""

    list_wanted = Signal()
    """The reader goes to the list: whatever lies in front of it gives way."""

    view_asked = Signal(str)
    """The key of a view to go to."""

    tags_asked = Signal()
    """Tags of several papers are to be edited."""

    told = Signal(str)
    """A sentence for the reader."""

    def __init__(
        self,
        actions: Actions,
        pane: ListPane,
        reader: Reader,
        searching: Searching,
        editing: Editing,
        later: PuttingOff,
        citing: Citing,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._later = later
        self.ordering = Ordering(pane.papers, searching, editing, self)
        self.ordering.told.connect(self.told)
        self._at: Stand = pane.papers
        self._with_reader = True
        self._actions = actions
        self._pane = pane
        self._papers = pane.papers
        self._reader = reader
        self._searching = searching
        self._editing = editing
        self._citing = citing
        citing.told.connect(self.told)
        self._connect()

    def _connect(self) -> None:
        doers: dict[str, Callable[[], None]] = {
            "actionToReading": self.start_reading,
            "actionToInbox": self.to_inbox,
            "actionToNext": self.to_next,
            "actionToLater": self.to_later,
            "actionLaterTomorrow": self.to_tomorrow,
            "actionLaterWeek": self.to_week,
            "actionLaterMonth": self.to_month,
            "actionLaterDay": self.to_day,
            "actionLaterSomeday": self.to_some_day,
            "actionToRead": self.to_read,
            "actionToArchived": self.to_archived,
            "actionStar": self.star,
            "actionMoreLike": self.want_more,
            "actionLessLike": self.want_less,
            "actionTag": self.tag,
            "actionNote": self._reader.edit_note,
            "actionHighlight": self.highlight,
            "actionOpenLink": self.open_link,
            "actionTrash": self.remove,
            "actionRestore": self.restore,
            "actionMoveUp": self.ordering.move_up,
            "actionMoveDown": self.ordering.move_down,
            "actionMoveTop": self.ordering.move_to_top,
            "actionMoveBottom": self.ordering.move_to_bottom,
            "actionSelectAll": self._papers.selectAll,
            "actionNext": self.go_next,
            "actionPrevious": self.go_previous,
            "actionPage": self.page,
            "actionSearch": self.search,
            "actionUndo": self.undo,
            "actionRedo": self.redo,
            "actionGoList": self.focus_list,
        }
        for name, do in doers.items():
            self._actions[name].triggered.connect(do)
        for name in STYLES:
            self._actions[name].triggered.connect(self._on_copy)
        for name in PLACES:
            self._actions[name].triggered.connect(self._on_go)
        for name in SORTS:
            self._actions[name].triggered.connect(self._on_sort)

    # -- what is meant ----------------------------------------------------------------------------

    def stand_at(self, stand: Stand | None, *, with_reader: bool = True) -> None:
        """Let the commands be for the papers of another place than the list; None: of the list again.

        `with_reader`: the reader is in sight there, and shows the paper.
        """
        self._at = stand if stand is not None else self._papers
        self._with_reader = with_reader or stand is None
        self.update_enabled(self._at.selected_count())

    def current(self) -> Paper | None:
        """Return the paper with the focus."""
        return self._at.current_paper()

    def selected(self) -> list[PaperId]:
        """Return the papers that a command is for."""
        return self._at.selected_ids()

    def named(self, ids: Sequence[PaperId]) -> str:
        """Return the papers as they stand in a sentence: “Title”, or 12 papers."""
        if len(ids) != 1:
            return self.tr("%Ln papers", "", len(ids))
        paper = self._at.paper_called(ids[0])
        return self.quoted(paper.title if paper is not None else str(ids[0]))

    def quoted(self, title: str) -> str:
        """Return a title as it stands in a sentence."""
        title = as_text(title)
        if len(title) > _TITLE_CHARS:
            title = title[: _TITLE_CHARS - 1].rstrip() + "…"
        return f"“{title}”"

    def update_enabled(self, count: int) -> None:
        """Grey out what cannot be done with `count` papers selected."""
        for name in NEEDS_PAPER:
            self._actions[name].setEnabled(count > 0)
        for name in NEEDS_ONE:
            self._actions[name].setEnabled(count == 1 and (self._with_reader or name not in NEEDS_READER))
        in_trash = self._searching.question.view.key == "view:trash"
        self._actions["actionMerge"].setEnabled(1 < count <= MOST_MERGED and not in_trash)
        for name in MOVES:
            self._actions[name].setEnabled(count > 0 and self._at is self._papers and self.ordering.in_up_next())
        self._actions["actionTrash"].setVisible(not in_trash)
        self._actions["actionRestore"].setVisible(in_trash)

    # -- status -----------------------------------------------------------------------------------

    def start_reading(self) -> None:
        """Move to Reading, and go there with the paper when it leaves the list that is shown."""
        ids = self.selected()
        paper = self.current()
        if not ids:
            return
        if len(ids) == 1 and paper is not None:
            if paper.status is not Status.READING:
                self._editing.move(ids, Status.READING, self.named(ids))
            self.list_wanted.emit()
            if self._leaves_list(Status.READING):
                self.view_asked.emit("queue:reading")
                self._searching.refresh(select=paper.id)
            self._reader.focus_abstract()
            return
        self._move(Status.READING)

    def to_inbox(self) -> None:
        """Move back to the Inbox."""
        self._move(Status.INBOX)

    def to_next(self) -> None:
        """Move to the bottom of Up next."""
        self._move(Status.NEXT)

    def to_later(self) -> None:
        """Put off as the last papers were, and ask for another day."""
        if ids := self._leaving():
            self._later.put_off(*ids)

    def to_tomorrow(self) -> None:
        """Put off until tomorrow."""
        self._put_off_as("tomorrow")

    def to_week(self) -> None:
        """Put off for a week."""
        self._put_off_as("week")

    def to_month(self) -> None:
        """Put off for a month."""
        self._put_off_as("month")

    def to_day(self) -> None:
        """Put off until a day that is asked for."""
        if ids := self._leaving():
            self._later.put_off_until_day(*ids)

    def to_some_day(self) -> None:
        """Put off without a day to come back."""
        self._put_off_as("none")

    def _put_off_as(self, choice: str) -> None:
        if ids := self._leaving():
            self._later.put_off_as(*ids, choice)

    def to_read(self) -> None:
        """Mark as read."""
        self._move(Status.READ)

    def to_archived(self) -> None:
        """Archive."""
        self._move(Status.ARCHIVED)

    def _move(self, status: Status) -> None:
        if ids := self._leaving():
            self._later.dismiss()
            self._editing.move(ids[0], status, ids[1])

    def _leaving(self) -> tuple[list[PaperId], str] | None:
        """Return what is selected and how it is named, and go on to what comes after it; None: nothing is."""
        ids = self.selected()
        if not ids:
            return None
        words = self.named(ids)
        self._at.step_past_selection()
        return ids, words

    def _leaves_list(self, status: Status) -> bool:
        question = self._searching.question
        return (
            not (question.searching and question.everywhere)
            and question.view.status is not None
            and question.view.status is not status
        )

    # -- the rest of what is done to papers -------------------------------------------------------

    def star(self) -> None:
        """Star what is selected; take the star away when the current paper has one."""
        ids = self.selected()
        paper = self.current()
        if ids:
            self._editing.star(ids, paper is None or not paper.starred, self.named(ids))

    def want_more(self) -> None:
        """Have more suggested like what is selected, or take that back."""
        self._answer("more")

    def want_less(self) -> None:
        """Have less suggested like what is selected, or take that back."""
        self._answer("less")

    def _answer(self, taste: str) -> None:
        ids = self.selected()
        paper = self.current()
        if ids:
            same = paper is not None and paper.taste == taste
            self._editing.answer(ids, None if same else taste, self.named(ids))

    def tag(self) -> None:
        """Edit the tags: of one paper in the reader, of several, or where no reader is in sight, in a sheet."""
        count = self._at.selected_count()
        if count == 1 and self._with_reader:
            self._reader.edit_tags()
        elif count:
            self.tags_asked.emit()

    def tag_many(self, wanted: TagsForMany) -> None:
        """Add and remove tags of several papers."""
        what = self.named(wanted.ids)
        if wanted.added:
            self._editing.tag(wanted.ids, wanted.added, frozenset(), what)
        if wanted.removed:
            self._editing.tag(wanted.ids, frozenset(), wanted.removed, what)

    def highlight(self) -> None:
        """Highlight what is selected in the abstract."""
        self._reader.highlight_selection()

    def remove(self) -> None:
        """Put into the trash."""
        if ids := self._leaving():
            self._later.dismiss()
            self._editing.remove(*ids)

    def drop_on(self, view: View, ids: Sequence[PaperId]) -> None:
        """Do with papers what dropping them on a list of the sidebar means."""
        what = self.named(ids)
        if view.status is Status.LATER:
            self._later.put_off(ids, what)
        elif view.status is not None:
            self._editing.move(ids, view.status, what)
        elif view.kind == "tag":
            self._editing.tag(ids, frozenset([tag_of(view)]), frozenset(), what)
        elif view.key == "view:starred":
            self._editing.star(ids, True, what)
        elif view.key == "view:trash":
            self._editing.remove(ids, what)

    def restore(self) -> None:
        """Take out of the trash."""
        ids = self.selected()
        if ids:
            self._editing.restore(ids, self.named(ids))

    def open_link(self) -> None:
        """Open the paper's first link in the browser."""
        paper = self.current()
        links = paper_links(paper) if paper is not None else []
        if links:
            self.open_address(links[0].url)
        elif paper is not None:
            self.told.emit(self.tr("This paper has no link."))

    def open_address(self, address: str) -> None:
        """Open an address in the browser; nothing but http and https."""
        if is_web_address(address):
            QDesktopServices.openUrl(QUrl(address))

    def _on_copy(self) -> None:
        """Put references of what is selected on the clipboard, in the style of the action."""
        action = self.sender()
        ids = self.selected()
        found = [self._at.paper_called(paper_id) for paper_id in ids[:_CITED]]
        papers = [paper for paper in found if paper is not None]
        if papers and action is not None:
            self._citing.copy(action.objectName(), papers, len(ids))

    def undo(self) -> None:
        """Take back what was done last in this window."""
        self._reader.flush()
        self._editing.undo()

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._editing.redo()

    # -- going about ------------------------------------------------------------------------------

    def go_next(self) -> None:
        """Go to the next paper."""
        self._at.step(1)

    def go_previous(self) -> None:
        """Go to the previous paper."""
        self._at.step(-1)

    def page(self) -> None:
        """Show the next page of the paper; at its end, the next paper that is neither read nor archived."""
        if self._reader.page_down():
            return
        if self._at is not self._papers:
            self._at.step(1)
            return
        row = self._papers.currentIndex().row()
        for ahead in range(row + 1, min(row + _LOOK_AHEAD, len(self._papers.papers.ids))):
            paper = self._papers.papers.paper(ahead)
            if paper is not None and paper.status not in (Status.READ, Status.ARCHIVED):
                self._papers.select_row(ahead)
                return

    def search(self) -> None:
        """Put the focus on the search field."""
        self.list_wanted.emit()
        self._pane.search.focus()

    def focus_list(self) -> None:
        """Put the focus on the list."""
        self.list_wanted.emit()
        self._papers.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_go(self) -> None:
        self.view_asked.emit(PLACES[self.sender().objectName()])
        if self._papers.isVisible():
            self.focus_list()

    def _on_sort(self) -> None:
        self._searching.sort_by(SORTS[self.sender().objectName()])
