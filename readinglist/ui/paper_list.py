"""The list of papers: a model of ids that fetches the rows in sight, and the view on it.

The model holds every id of the answer and some pages of 16 papers. It neither writes nor searches.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from readinglist.errors import ReadingListError
from readinglist.paper import Paper, PaperId
from readinglist.ui.row_delegate import RowDelegate
from readinglist.ui.theme import Theme

log = logging.getLogger(__name__)

PAGE_ROWS = 16
"""About a screen: a letter typed into the search shows one, and would wait for more."""

_PAGES_KEPT = 96

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

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a paper's title, or the whole row in words (QAbstractItemModel)."""
        if role not in _TEXT_ROLES:
            return None
        paper = self.paper(index.row())
        if paper is None:
            return None
        return paper.title if role == Qt.ItemDataRole.DisplayRole else self.spoken(paper)

    def _read_page(self, number: int) -> dict[PaperId, Paper]:
        wanted = self._ids[number * PAGE_ROWS : (number + 1) * PAGE_ROWS]
        try:
            return {paper.id: paper for paper in self._fetch(wanted)}
        except ReadingListError as error:
            self.fetch_failed.emit(str(error))
            return {}


_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


def _title(paper: Paper) -> str:
    return paper.title


class PaperList(QTableView):
    """One column of painted rows; rows are as high as their titles need once they have been in sight."""

    selection_settled = Signal()
    """The selection or the current row is another; told once for a burst of changes."""

    escaped = Signal()
    left_upwards = Signal()

    def __init__(self, fetch: Fetch, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paperList")
        self.setAccessibleName(self.tr("Papers"))
        self.papers = PaperModel(fetch, self)
        self.setModel(self.papers)
        self.rows = RowDelegate(self.papers.paper, theme, self)
        self.setItemDelegate(self.rows)
        self.papers.spoken = self.rows.spoken
        self._measured: set[int] = set()
        self._measured_width = 0
        self._quiet = False
        self._measuring = False
        self.painted = True
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self.selection_settled)
        self._set_up()
        self.set_theme(theme)

    def _set_up(self) -> None:
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.selectionModel().currentChanged.connect(self._on_selection_changed)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self.rows.set_theme(theme)
        self.verticalScrollBar().setSingleStep(theme.px(32))
        self._forget_heights()
        self._measure_in_sight()
        self.viewport().update()

    # -- what is shown ----------------------------------------------------------------------------

    def show_ids(self, ids: Sequence[PaperId], *, keep_place: bool) -> None:
        """Show these papers. The selection stays with its papers.

        With `keep_place` the list stays scrolled where it is, and when the current paper is gone the one that
        has taken its row becomes current; otherwise the list starts at its top, with its first paper.
        """
        old_row = self.currentIndex().row()
        current = self.current_id()
        chosen = self.selected_ids() if keep_place else []
        anchor, offset = self._anchor() if keep_place else (None, 0)
        self._quiet = True
        self.painted = False
        self.papers.set_ids(ids)
        self._forget_heights()
        if keep_place and current is not None:
            self._select_again(chosen, current, old_row)
            self._scroll_back(anchor, offset)
        elif ids:
            self._set_current(0)
            self._measure_in_sight()
            self.verticalScrollBar().setValue(0)
        self._quiet = False
        self._settle.start()

    def refresh(self) -> None:
        """Read what is in sight anew: papers were edited."""
        self.papers.forget()
        self.rows.forget()
        self._measured.clear()
        self._measure_in_sight()
        self.viewport().update()
        self._settle.start()

    @property
    def settled(self) -> bool:
        """Return False while a change of the selection has not been told yet."""
        return not self._settle.isActive()

    # -- the selection ----------------------------------------------------------------------------

    def current_id(self) -> PaperId | None:
        """Return the paper with the focus."""
        row = self.currentIndex().row()
        ids = self.papers.ids
        return ids[row] if 0 <= row < len(ids) else None

    def selected_count(self) -> int:
        """Return how many papers are selected; does not look at each."""
        return sum(bottom - top + 1 for top, bottom in self._selected_stretches())

    def selected_ids(self) -> list[PaperId]:
        """Return the selected papers in display order."""
        ids = self.papers.ids
        return [paper_id for top, bottom in self._selected_stretches() for paper_id in ids[top : bottom + 1]]

    def select_id(self, paper_id: int) -> bool:
        """Select one paper alone and bring it into sight; say whether it is in the list."""
        row = self.papers.row_of(paper_id)
        if row >= 0:
            self.select_row(row)
        return row >= 0

    def select_row(self, row: int) -> None:
        """Select the paper in a row alone and bring it into sight; rows beyond the ends mean the ends."""
        count = len(self.papers.ids)
        if not count:
            return
        self._set_current(max(0, min(row, count - 1)))
        self._measure_in_sight()
        self.scrollTo(self.currentIndex())

    def step(self, by: int) -> None:
        """Go `by` rows down (up when negative)."""
        self.select_row(self.currentIndex().row() + by)

    def step_past_selection(self) -> None:
        """Go to the paper after the selection; at the end of the list, to the one before it."""
        stretches = self._selected_stretches()
        if not stretches:
            return
        first, last = stretches[0][0], max(bottom for _, bottom in stretches)
        if last + 1 < len(self.papers.ids):
            self.select_row(last + 1)
        elif first > 0:
            self.select_row(first - 1)

    def _selected_stretches(self) -> list[tuple[int, int]]:
        """Return the first and last row of each selected stretch, from the top down."""
        selection = self.selectionModel().selection()
        parts = [selection.at(number) for number in range(selection.count())]
        return sorted((part.top(), part.bottom()) for part in parts if part.isValid())

    def _set_current(self, row: int) -> None:
        index = self.papers.index(row, 0)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        )

    def _select_again(self, chosen: Iterable[PaperId], current: PaperId, old_row: int) -> None:
        ids = self.papers.ids
        if not ids:
            return
        wanted = set(chosen)
        if len(wanted) <= 1:
            row = self.papers.row_of(current)
            self._set_current(row if row >= 0 else min(old_row, len(ids) - 1))
            return
        rows = [row for row, paper_id in enumerate(ids) if paper_id in wanted]
        if not rows:
            self._set_current(min(old_row, len(ids) - 1))
            return
        selection = QItemSelection()
        for top, bottom in _stretches(rows):
            selection.select(self.papers.index(top, 0), self.papers.index(bottom, 0))
        model = self.selectionModel()
        model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        row = self.papers.row_of(current)
        model.setCurrentIndex(
            self.papers.index(row if row >= 0 else rows[0], 0), QItemSelectionModel.SelectionFlag.NoUpdate
        )

    def _on_selection_changed(self) -> None:
        if not self._quiet:
            self._settle.start()

    # -- heights ----------------------------------------------------------------------------------

    def _forget_heights(self) -> None:
        header = self.verticalHeader()
        usual = self.rows.usual_height
        if header.defaultSectionSize() != usual:
            header.setDefaultSectionSize(usual)
        header.blockSignals(True)
        for row in self._measured:
            if row < header.count():
                header.resizeSection(row, usual)
        header.blockSignals(False)
        self._measured.clear()
        self.rows.forget()

    def _measure_in_sight(self) -> None:
        """Give the rows in sight the height they need, without moving what is on the screen."""
        self._measuring = True
        try:
            self._measure()
        finally:
            self._measuring = False

    def _measure(self) -> None:
        width = self.viewport().width()
        if width != self._measured_width:
            self._measured_width = width
            self._measured.clear()
            self.rows.forget()
        header = self.verticalHeader()
        bar = self.verticalScrollBar()
        for _ in range(3):  # a row that shrinks may let another into sight
            top = header.visualIndexAt(0)
            if top < 0:
                return
            bottom = header.visualIndexAt(self.viewport().height())
            bottom = header.count() - 1 if bottom < 0 else bottom
            missing = [row for row in range(top, bottom + 1) if row not in self._measured]
            if not missing:
                return
            # A row that was in sight before stays where the eye has it.
            seen = next((row for row in range(top, bottom + 1) if row in self._measured), top)
            offset = header.sectionViewportPosition(seen)
            moved = False
            header.blockSignals(True)  # at each of them the table would paint itself once more, later
            for row in missing:
                self._measured.add(row)
                height = self.rows.height(row, width)
                if height != header.sectionSize(row):
                    header.resizeSection(row, height)
                    moved = True
            header.blockSignals(False)
            if moved:
                self.updateGeometries()
                self.viewport().update()
                drift = header.sectionViewportPosition(seen) - offset
                if drift:
                    bar.setValue(bar.value() + drift)

    def _anchor(self) -> tuple[PaperId | None, int]:
        """Return the paper at the top edge and how far above the edge it begins."""
        header = self.verticalHeader()
        top = header.visualIndexAt(0)
        if top < 0 or top >= len(self.papers.ids):
            return None, 0
        return self.papers.ids[top], header.sectionViewportPosition(top)

    def _scroll_back(self, anchor: PaperId | None, offset: int) -> None:
        row = self.papers.row_of(anchor) if anchor is not None else -1
        if row >= 0:
            self.updateGeometries()
            self.verticalScrollBar().setValue(self.verticalHeader().sectionPosition(row) - offset)
        self._measure_in_sight()

    # -- Qt ---------------------------------------------------------------------------------------

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll, then measure what came into sight (QAbstractScrollArea)."""
        super().scrollContentsBy(dx, dy)
        if not self._measuring and not self._quiet:
            self._measure_in_sight()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in sight (QWidget)."""
        super().paintEvent(event)
        self.painted = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows in sight out for the new width (QWidget)."""
        super().resizeEvent(event)
        self._measure_in_sight()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave to the search field upwards from the first row, tell of Escape (QWidget)."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are commands here, and Qt would read every row to find one."""


def _stretches(rows: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Yield (first, last) of each run of neighbours in ascending `rows`."""
    start = previous = rows[0]
    for row in rows[1:]:
        if row != previous + 1:
            yield start, previous
            start = row
        previous = row
    yield start, previous
