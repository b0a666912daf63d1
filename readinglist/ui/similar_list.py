"""What stands at the end of the reader: papers like the one that is read. Knows no library."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from readinglist.text.mathematics import as_text
from readinglist.ui.editing_keys import keep_keys
from readinglist.ui.neighbours import Neighbour
from readinglist.ui.row_painting import draw_at_right, draw_elided, draw_ground
from readinglist.ui.row_text import meta_line, spoken, today
from readinglist.ui.rows import Index, RowList, RowModel, RowPainter
from readinglist.ui.theme import Theme
from readinglist.ui.views import shown_status, status_title

_ROW = 46
_ROW_KEYS = frozenset(
    key.value for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
)


class SimilarList(RowList):
    """Up to five papers; its parent gives it its width and scrolls."""

    paper_wanted = Signal(int)
    """The number of the paper to go to."""
    left = Signal()
    """The reader is done here (Esc)."""
    row_reached = Signal(QRect)
    """The row the reader has gone to, in the coordinates of this widget, should be in sight."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("similarList", self.tr("Close to this in your library"), parent)
        self.setAccessibleDescription(self.tr("Enter goes to the paper"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_on_ground()
        self._model = _Model(self)
        self._rows = _Painter(theme, self)
        self.set_rows(self._model, self._rows)

    def show_neighbours(self, neighbours: Sequence[Neighbour]) -> None:
        """Show these papers; the row at which the reader is stays."""
        at = self.currentIndex().row()
        self._model.show_rows(neighbours)
        if 0 <= at < len(neighbours):
            self.setCurrentIndex(self._model.index(at, 0))
        self.updateGeometry()

    def count(self) -> int:
        """Return how many papers are shown."""
        return len(self._model.rows)

    def height_for(self, _width: int) -> int:
        """Return the height of all rows."""
        return self.count() * self._rows.height()

    def go_to(self, index: Index) -> None:
        """Ask for the paper of a row."""
        if index.isValid():
            self.paper_wanted.emit(self._model.rows[index.row()].paper.id)

    def currentChanged(  # noqa: N802 - Qt's name
        self, current: Index, previous: Index
    ) -> None:
        """Tell where the reader has gone (QAbstractItemView)."""
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus():
            self.row_reached.emit(self.visualRect(current))

    def event(self, event: QEvent) -> bool:
        """Keep the keys a row understands (QObject)."""
        return keep_keys(event, _ROW_KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the current paper with Enter, leave with Escape (QWidget)."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.go_to(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the paper that was clicked (QWidget)."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.go_to(self.indexAt(event.position().toPoint()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the parent (QWidget)."""
        event.ignore()


class _Model(RowModel[Neighbour]):
    """The papers, the likest first."""

    def text(self, row: Neighbour) -> str:
        return as_text(row.paper.title)

    def spoken(self, row: Neighbour) -> str:
        return f"{spoken(row.paper, today())}. {self._shared(row)}"

    def tip(self, row: Neighbour) -> str:
        return f"{self.text(row)}\n{self._shared(row)}"

    def _shared(self, row: Neighbour) -> str:
        return self.tr("Both have: {words}").format(words=", ".join(row.why))


class _Painter(RowPainter):
    """Paints a paper: its title with where it stands, and under it authors, year and the words both have."""

    def height(self, _row: Neighbour | None = None) -> int:
        return self.theme.px(_ROW)

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: Neighbour) -> None:
        theme, px = self.theme, self.theme.px
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        reached = self._view.hasFocus() and self.is_here(index)
        if over or reached:
            ground = theme.hover if over else "transparent"
            edge = theme.acc if reached else None
            draw_ground(painter, QRectF(option.rect).adjusted(1, 1, -1, -1), ground, radius=px(6), edge=edge)
        inner = option.rect.adjusted(px(8), px(4), -px(8), -px(4))
        line = inner.height() // 2
        day = today()
        upper = QRect(inner.left(), inner.top(), inner.width(), line)
        corner = status_title(shown_status(row.paper, day.isoformat()))
        taken = draw_at_right(painter, upper, corner, theme.font(12), theme.faint)
        room = upper.adjusted(0, 0, -taken - px(14), 0)
        draw_elided(painter, room, as_text(row.paper.title), theme.font(14, QFont.Weight.Medium), theme.acc)
        under = " · ".join((meta_line(row.paper, day), ", ".join(row.why)))
        draw_elided(painter, upper.translated(0, line), under, theme.font(12), theme.sub)
