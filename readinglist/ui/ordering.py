"""Put Up next in order: by keys and by dragging. Shown at once, written in one edit."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from readinglist.ui.editing import Editing
from readinglist.ui.paper_list import PaperList
from readinglist.ui.searching import Searching


class Ordering(QObject):
    """Moves what is selected within the queue, where the list shows it in its order."""

    told = Signal(str)
    """A sentence for the reader."""

    def __init__(self, papers: PaperList, searching: Searching, editing: Editing, parent: QObject) -> None:
        super().__init__(parent)
        self._papers = papers
        self._searching = searching
        self._editing = editing
        papers.takes_drops = self.in_my_order
        papers.explains_drops = self.in_up_next
        papers.dropped_between.connect(self.move_to_row)
        papers.drop_refused.connect(self.tell_why_not)

    def in_my_order(self) -> bool:
        """Say whether the list is the queue in its own order."""
        question = self._searching.question
        return question.view.key == "queue:next" and not question.searching and question.sort in (None, "position")

    def in_up_next(self) -> bool:
        """Say whether the list is the queue, or what of it was found or is shown in another order."""
        return self._searching.question.view.key == "queue:next"

    def tell_why_not(self) -> None:
        """Say why papers cannot be put in order as the list is now."""
        if self._searching.question.searching:
            self.told.emit(self.tr("Up next is put in order as a whole: clear the search first."))
        else:
            self.told.emit(self.tr("Papers are put in order in Up next, while it is shown in “My order”."))

    def move_up(self) -> None:
        """Move the selection one place up in Up next."""
        self._move_by(-1)

    def move_down(self) -> None:
        """Move the selection one place down in Up next."""
        self._move_by(1)

    def move_to_top(self) -> None:
        """Move the selection to the top of Up next."""
        self._move_by(-len(self._papers.papers.ids))

    def move_to_bottom(self) -> None:
        """Move the selection to the bottom of Up next."""
        self._move_by(len(self._papers.papers.ids))

    def move_to_row(self, row: int) -> None:
        """Move the selection before the paper that stands in a row now; behind the last row: to the bottom."""
        moving = set(self._papers.selected_ids())
        self._move(sum(1 for paper_id in self._papers.papers.ids[:row] if paper_id not in moving))

    def _move_by(self, places: int) -> None:
        moving = self._papers.selected_ids()
        if not moving:
            return
        ids = self._papers.papers.ids
        gone = set(moving)
        ahead = sum(1 for paper_id in ids[: ids.index(moving[0])] if paper_id not in gone)
        self._move(ahead + places)

    def _move(self, ahead: int) -> None:
        """Move the selection so that `ahead` of the other papers stand before it."""
        moving = self._papers.selected_ids()
        if not moving:
            return
        if not self.in_my_order():
            self.tell_why_not()
            return
        ids = list(self._papers.papers.ids)
        gone = set(moving)
        others = [paper_id for paper_id in ids if paper_id not in gone]
        place = max(0, min(ahead, len(others)))
        after = others[:place] + moving + others[place:]
        if after == ids:
            return
        # Shown before it is written, so that a key held down moves on from where the eye sees the paper.
        self._papers.show_ids(after, keep_place=True)
        self._papers.scrollTo(self._papers.currentIndex())
        self._editing.order(moving, others[place] if place < len(others) else None, top=place == 0)
