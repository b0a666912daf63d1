"""Papers that are in the library twice: looked for in the background, shown, merged, and taken back. Draws nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from readinglist.library import Edited, Library, Rule
from readinglist.paper import PaperId
from readinglist.progress import Progress
from readinglist.ui.actions import Actions
from readinglist.ui.commands import Commands
from readinglist.ui.editing import Done, Editing
from readinglist.ui.jobs import Job, Lanes
from readinglist.ui.list_pane import ListPane
from readinglist.ui.sheets import Sheets
from readinglist.ui.wording import told

if TYPE_CHECKING:
    from readinglist.library import Merge
    from readinglist.ui.duplicates_view import DuplicatesView, Wanted
    from readinglist.ui.group_list import Found


@dataclass(frozen=True, slots=True)
class _Dealt:
    """Groups that were dealt with by one entry of the history."""

    entry: int
    groups: Sequence[Found]


class Deduplicating(QObject):
    """Opens the sheet for the whole library or for chosen papers, and does what the reader wants there."""

    told = Signal(str)
    """A sentence for the reader."""

    def __init__(
        self,
        library: Library,
        lanes: Lanes,
        actions: Actions,
        sheets: Sheets,
        commands: Commands,
        editing: Editing,
        pane: ListPane,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._lanes = lanes
        self._sheets = sheets
        self._commands = commands
        self._editing = editing
        self._pane = pane
        self._looking: Job | None = None
        self._comparing: Job | None = None
        self._dealt: list[_Dealt] = []
        self._undoing: int | None = None
        actions["actionDuplicates"].triggered.connect(self.look)
        actions["actionMerge"].triggered.connect(self.merge_selected)
        pane.toast.undo_asked.connect(self._on_undo_asked)
        editing.done.connect(self._on_done)
        editing.failed.connect(self._on_failed)

    @cached_property
    def _view(self) -> DuplicatesView:
        view = self._sheets.duplicates_view
        view.compare_asked.connect(self._compare)
        view.merge_asked.connect(self._merge)
        view.all_asked.connect(self._merge_all)
        view.apart_asked.connect(self._keep_apart)
        view.undo_asked.connect(self._undo_newest)
        view.closed.connect(self._on_closed)
        return view

    # -- opening it -------------------------------------------------------------------------------

    def look(self) -> None:
        """Look for duplicates in the whole library, and show them."""
        library = self._library
        self._open()
        self._view.show_looking()

        from readinglist.ui.group_list import Found

        def call(progress: Progress) -> list[Found]:
            groups = library.duplicates(progress=progress)
            titles = {paper.id: paper.title for paper in library.papers(group.ids[0] for group in groups)}
            return [
                Found(tuple(PaperId(n) for n in g.ids), g.why, g.certain, titles.get(PaperId(g.ids[0]), ""))
                for g in groups
            ]

        self._looking = self._lanes.background.run(
            call,
            done=self._on_found,
            failed=self._on_looking_failed,
            progressed=self._view.show_step,
        )

    def _on_found(self, found: Sequence[Found]) -> None:
        from readinglist.ui.duplicates_view import in_order

        self._view.show_groups(in_order(found))

    def merge_selected(self) -> None:
        """Show the papers that are selected side by side."""
        from readinglist.ui.group_list import CHOSEN, Found

        ids = self._commands.selected()
        if len(ids) > 1:
            title = self._commands.named(ids[:1])
            self._open()
            self._view.show_chosen(Found(tuple(ids), CHOSEN, certain=False, title=title))

    def refresh(self) -> None:
        """Papers have changed."""
        if "_view" in self.__dict__:
            self._view.refresh()

    def _open(self) -> None:
        self._commands.list_wanted.emit()
        self._dealt.clear()
        self._undoing = None
        self._pane.toast.dismiss()
        self._pane.toast.move_over(self._view.middle)

    def _on_closed(self) -> None:
        for job in (self._looking, self._comparing):
            if job is not None:
                job.cancel()
        self._pane.toast.move_over(self._pane)

    def _on_looking_failed(self, error: Exception) -> None:
        self._view.close_sheet()
        self.told.emit(told(error))

    # -- what the reader wants --------------------------------------------------------------------

    def _compare(self, wanted: Wanted) -> None:
        from readinglist.ui.comparing import compared

        library, group = self._library, wanted.group
        if self._comparing is not None:
            self._comparing.cancel()

        def call(_progress: Progress) -> Merge:
            return library.preview_merge(group.ids, keep=wanted.keep, rule=wanted.rule)

        self._comparing = self._lanes.search.run(
            call,
            done=lambda merge: self._view.show_comparison(group, compared(merge, library.today())),
            failed=lambda error: self._view.show_problem(group, told(error)),
        )

    def _merge(self, wanted: Wanted) -> None:
        if wanted.keep is not None:
            group = wanted.group
            what = self._commands.quoted(group.title)
            self._editing.merge(group.ids, wanted.keep, what, lambda edited: self._on_dealt(edited, [group]))

    def _merge_all(self, groups: Sequence[Found], rule: Rule) -> None:
        self._editing.merge_each([group.ids for group in groups], rule, lambda edited: self._on_dealt(edited, groups))

    def _keep_apart(self, group: Found) -> None:
        self._editing.keep_apart(group.ids, lambda edited: self._on_dealt(edited, [group]))

    def _on_dealt(self, edited: Edited, groups: Sequence[Found]) -> None:
        from readinglist.ui.group_list import CHOSEN

        if edited.entry is not None:
            self._dealt.append(_Dealt(edited.entry, groups))
        if groups[0].why == CHOSEN:
            self._view.close_sheet()
        elif self._view.isVisible():
            self._view.take_out(groups)

    def _on_failed(self, _words: str) -> None:
        self._undoing = None
        if "_view" in self.__dict__:
            self._view.release()

    # -- taking it back ---------------------------------------------------------------------------

    def _undo_newest(self) -> None:
        if self._dealt and self._undoing is None:
            self._undoing = self._dealt[-1].entry
            self._editing.undo(self._undoing)

    def _on_undo_asked(self, entry: int) -> None:
        self._undoing = entry

    def _on_done(self, done: Done) -> None:
        if not done.was_undo:
            return
        back = [dealt for dealt in self._dealt if dealt.entry == self._undoing]
        self._undoing = None
        for dealt in back:
            self._dealt.remove(dealt)
            if self._view.isVisible():
                self._view.put_back(dealt.groups)
