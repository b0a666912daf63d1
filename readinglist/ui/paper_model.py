"""The papers of the list as a model: every id of the answer, and the papers of the pages last looked at.

It neither writes nor searches; papers come from the function it is given, 16 at a time.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from readinglist.errors import ReadingListError
from readinglist.paper import Paper, PaperId
from readinglist.text.mathematics import as_text
from readinglist.ui.wording import told

log = logging.getLogger(__name__)

PAGE_ROWS = 8
"""About what a window of usual size shows of a search: a letter typed waits for no more papers than are painted."""

_PAGES_KEPT = 192

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[Sequence[PaperId]], list[Paper]]
"""Gives papers by id, in the order asked, missing ones left out."""

NO_INDEX = QModelIndex()


class PaperModel(QAbstractTableModel):
    """Ids in display order, no repeats, and the papers of the pages last looked at."""

    fetch_failed = Signal(str)

    def __init__(self, fetch: Fetch, parent: QWidget) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._ids: Sequence[PaperId] = ()
        self._pages: OrderedDict[int, dict[PaperId, Paper]] = OrderedDict()
        self.spoken: Callable[[Paper], str] = _title

    @property
    def ids(self) -> Sequence[PaperId]:
        """Return the ids shown; do not change them."""
        return self._ids

    def set_ids(self, ids: Sequence[PaperId]) -> None:
        """Show these papers."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def forget(self) -> None:
        """Fetch the papers again when they are next looked at: they have changed."""
        self._pages.clear()

    def paper(self, row: int) -> Paper | None:
        """Return the paper in a row; None when it is gone meanwhile or cannot be read."""
        if not 0 <= row < len(self._ids):
            return None
        number = row // PAGE_ROWS
        page = self._pages.get(number)
        if page is None:
            page = self._read_page(number)
            self._pages[number] = page
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        return page.get(self._ids[row])

    def row_of(self, paper_id: int) -> int:
        """Return the row of a paper, -1 when it is not shown."""
        try:
            return self._ids.index(PaperId(paper_id))
        except ValueError:
            return -1

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return the number of papers (QAbstractItemModel)."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Return 1 (QAbstractItemModel)."""
        return 0 if parent.isValid() else 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every row be selected and dragged (QAbstractItemModel)."""
        return _FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a paper's title, or the whole row in words (QAbstractItemModel)."""
        if role not in _TEXT_ROLES:
            return None
        paper = self.paper(index.row())
        if paper is None:
            return None
        return as_text(paper.title) if role == Qt.ItemDataRole.DisplayRole else self.spoken(paper)

    def _read_page(self, number: int) -> dict[PaperId, Paper]:
        wanted = self._ids[number * PAGE_ROWS : (number + 1) * PAGE_ROWS]
        try:
            return {paper.id: paper for paper in self._fetch(wanted)}
        except ReadingListError as error:
            self.fetch_failed.emit(told(error))
            return {}


_FLAGS = (
    Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


def _title(paper: Paper) -> str:
    return paper.title
