"""The list of papers: painted rows, a selection of any size, dragging. It neither writes nor searches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView, QWidget

from readinglist.paper import Paper, PaperId
from readinglist.text.mathematics import as_text
from readinglist.ui.dragging import PaperDrag
from readinglist.ui.paper_model import Fetch, PaperModel
from readinglist.ui.row_delegate import RowDelegate
from readinglist.ui.theme import Theme

_SCROLL_EDGE, _SCROLL_EVERY_MS = 36, 30


class PaperList(QTableView):
    """One column of painted rows; rows are as high as their titles need once they have been in sight."""

    selection_settled = Signal()
    """The selection or the current row is another; told once for a burst of changes."""

    escaped = Signal()
    left_upwards = Signal()

    dropped_between = Signal(int)
    """What is selected was dropped before this row, or behind the last one."""

    drop_refused = Signal()
    """It was dropped where it cannot be put in order, though it seems so (`explains_drops`)."""

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
        self.drag = PaperDrag()
        self.takes_drops: Callable[[], bool] = _never
        self.explains_drops: Callable[[], bool] = _never
        self._drop_row: int | None = None
        self._scroll_by = 0
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(_SCROLL_EVERY_MS)
        self._scrolling.timeout.connect(self._scroll_on)
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
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)  # we draw our own
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.selectionModel().currentChanged.connect(self._on_selection_changed)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = theme
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

    def current_paper(self) -> Paper | None:
        """Return the paper with the focus."""
        return self.papers.paper(self.currentIndex().row())

    def paper_called(self, paper_id: PaperId) -> Paper | None:
        """Return a paper of the list."""
        return self.papers.paper(self.papers.row_of(paper_id))

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

    def select_ids(self, ids: Iterable[PaperId], current: PaperId) -> None:
        """Select several papers, those of them that are in the list, with the focus on one of them."""
        self._select_again(ids, current, 0)
        self._measure_in_sight()
        self.scrollTo(self.currentIndex())

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
        for _ in range(3):  # keeping the place may let another row into sight
            top = header.visualIndexAt(0)
            if top < 0:
                return
            bottom = header.visualIndexAt(self.viewport().height())
            bottom = header.count() - 1 if bottom < 0 else bottom
            # A row that was in sight before stays where the eye has it.
            seen = next((row for row in range(top, bottom + 1) if row in self._measured), top)
            offset = header.sectionViewportPosition(seen)
            measured, moved = self._measure_from(top, width)
            if moved:
                self.updateGeometries()
                self.viewport().update()
                drift = header.sectionViewportPosition(seen) - offset
                if drift:
                    bar.setValue(bar.value() + drift)
            if not measured:
                return

    def _measure_from(self, top: int, width: int) -> tuple[bool, bool]:
        """Give the rows from `top` to the lower edge their heights; say whether one was new, and one has changed."""
        header, edge = self.verticalHeader(), self.viewport().height()
        measured = moved = False
        y = header.sectionViewportPosition(top)
        header.blockSignals(True)  # at each row the table would paint itself once more, later
        for row in range(top, header.count()):
            if y > edge:
                break
            if row not in self._measured:
                self._measured.add(row)
                measured = True
                height = self.rows.height(row, width)
                if height != header.sectionSize(row):
                    header.resizeSection(row, height)
                    moved = True
            y += header.sectionSize(row)
        header.blockSignals(False)
        return measured, moved

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

    # -- dragging ---------------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with what is selected, by key at the current row (QWidget)."""
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions())
        menu.popup(place)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N802, N803 - Qt's names
        """Drag what is selected (QAbstractItemView)."""
        ids = self.selected_ids()
        paper = self.current_paper()
        if not ids:
            return
        one = len(ids) == 1
        words = as_text(paper.title) if paper is not None and one else self.tr("%Ln papers", "", len(ids))
        self.drag.run(self, ids, words, self._theme)
        self._show_drop(None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome our own papers where they can be put in order (QWidget)."""
        self._on_dragged(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where they would come to stand (QWidget)."""
        self._on_dragged(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show it no longer (QWidget)."""
        self._show_drop(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell where they were dropped (QWidget)."""
        row = self._drop_row_at(event)
        self._show_drop(None)
        if row is None:
            event.ignore()
            if self._explains(event):
                self.drop_refused.emit()
            return
        event.acceptProposedAction()
        self.dropped_between.emit(row)

    def _on_dragged(self, event: QDragMoveEvent) -> None:
        row = self._drop_row_at(event)
        self._show_drop(row)
        if row is None:
            event.ignore()
            if self._explains(event):
                event.setDropAction(Qt.DropAction.IgnoreAction)  # nothing will come of it, but it is told of the drop
                event.accept()
            return
        event.acceptProposedAction()
        y, edge = event.position().y(), self._theme.px(_SCROLL_EDGE)
        self._scroll_by = -1 if y < edge else 1 if y > self.viewport().height() - edge else 0
        if self._scroll_by and not self._scrolling.isActive():
            self._scrolling.start()

    def _explains(self, event: QDropEvent) -> bool:
        """Return whether a drop that is not taken is to be spoken of."""
        return bool(self.drag.ids_in(event.mimeData())) and self.explains_drops()

    def _drop_row_at(self, event: QDropEvent) -> int | None:
        """Return the row before which a drop would put papers, or None: they cannot be dropped here."""
        if not self.drag.ids_in(event.mimeData()) or not self.takes_drops():
            return None
        header, y = self.verticalHeader(), round(event.position().y())
        row = header.visualIndexAt(y)
        if row < 0:
            return len(self.papers.ids)
        return row + (y > header.sectionViewportPosition(row) + header.sectionSize(row) // 2)

    def _show_drop(self, row: int | None) -> None:
        if row is None:
            self._scrolling.stop()
            self._scroll_by = 0
        if row != self._drop_row:
            self._drop_row = row
            self.viewport().update()

    def _scroll_on(self) -> None:
        if not self._scroll_by:
            self._scrolling.stop()
            return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self._scroll_by * bar.singleStep() // 2)

    def _paint_drop(self, row: int) -> None:
        header, px = self.verticalHeader(), self._theme.px
        y = header.sectionViewportPosition(row) if row < header.count() else header.length() - header.offset()
        y = max(px(4), y - 1)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.acc), px(2)))
        painter.setBrush(QColor(self._theme.list))
        painter.drawLine(px(16), y, self.viewport().width() - px(10), y)
        painter.drawEllipse(QPoint(px(13), y), px(4), px(4))
        painter.end()

    # -- Qt ---------------------------------------------------------------------------------------

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll, then measure what came into sight (QAbstractScrollArea)."""
        super().scrollContentsBy(dx, dy)
        if not self._measuring and not self._quiet:
            self._measure_in_sight()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in sight (QWidget)."""
        super().paintEvent(event)
        if self._drop_row is not None:
            self._paint_drop(self._drop_row)
        self.painted = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows in sight out for the new width (QWidget)."""
        super().resizeEvent(event)
        self._measure_in_sight()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave the buttons that go back and forward to the window (QWidget)."""
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()
        else:
            super().mousePressEvent(event)

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


def _never() -> bool:
    return False


def _stretches(rows: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Yield (first, last) of each run of neighbours in ascending `rows`."""
    start = previous = rows[0]
    for row in rows[1:]:
        if row != previous + 1:
            yield start, previous
            start = row
        previous = row
    yield start, previous
