"""The column in which a paper is read: its parts under each other, and the area that scrolls it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from readinglist.ui.abstract_view import AbstractView
from readinglist.ui.highlight_list import HighlightList
from readinglist.ui.labels import Role, tint
from readinglist.ui.note_editor import NoteEditor
from readinglist.ui.paper_head import PaperHead
from readinglist.ui.revised_line import RevisedLine
from readinglist.ui.similar_list import SimilarList
from readinglist.ui.tag_editor import TagEditor
from readinglist.ui.theme import Theme

COLUMN_PX = 620


class Column(QWidget):
    """What is read, in a column in the middle: parts under each other, each as high as it needs at that width."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("readerColumn")
        self._theme = theme
        self._parts: list[tuple[QWidget, int]] = []
        self.ring: AbstractView | None = None

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.update()

    def add(self, part: QWidget, gap_px: int) -> None:
        """Add a part, `gap_px` pixels of the design below the one before."""
        part.setParent(self)
        self._parts.append((part, gap_px))

    def arrange(self, width: int) -> None:
        """Place the parts for a column area of `width`, and take the height they need."""
        px = self._theme.px
        margin = px(34) if width >= px(560) else px(20)
        column = max(120, min(px(COLUMN_PX * self._theme.reader_scale), width - 2 * margin))
        y = px(28)
        for part, gap in self._parts:
            if part.isHidden():
                continue
            y += px(gap)
            room = part.width_in(column, width - 2 * margin) if isinstance(part, NoteEditor) else column
            height = part_height(part, room)
            part.setGeometry((width - room) // 2, y, room, height)
            y += height
        self.resize(width, y + px(40))
        self.update()

    def event(self, event: QEvent) -> bool:
        """Place the parts anew when one of them needs another height (QObject)."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.arrange(self.width())
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, and a frame round the abstract while it has the focus by key (QWidget)."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._theme.read))
        if self.ring is not None and self.ring.strong_focus and not self.ring.isHidden():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._theme.acc), 2))
            painter.drawRoundedRect(self.ring.geometry().adjusted(-10, -6, 10, 6), 8, 8)
        painter.end()


class ReaderArea(QScrollArea):
    """Scrolls the column; tells when the room for it changes, also because a scroll bar has come or gone."""

    width_changed = Signal()

    def __init__(self, column: Column, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("readerArea")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(column)
        self.verticalScrollBar().setSingleStep(30)
        self._line_px = 20

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._line_px = theme.px(20)
        tint(self.viewport(), (Role.Window, theme.read))

    def page_down(self) -> bool:
        """Go a page down, three lines less than all of it; False at the end, where nothing moved."""
        bar = self.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + max(60, self.viewport().height() - 3 * self._line_px))
        return bar.value() != before

    def show_part(self, part: QWidget) -> None:
        """Scroll so that a part of the column is in sight, its beginning where it is higher than the page."""
        top = part.y()
        self.ensureVisible(0, top + min(part.height(), self.viewport().height()), 0, 24)
        self.ensureVisible(0, top, 0, 24)

    def follow(self, part: QWidget, moved: SignalInstance) -> None:
        """Keep in sight what a signal of a part tells of: a QRect in the part's coordinates, a caret or a row."""
        moved.connect(lambda rect: self._keep_in_sight(rect.translated(part.pos())))

    def _keep_in_sight(self, rect: QRect) -> None:
        self.ensureVisible(0, rect.center().y(), 0, rect.height() // 2 + self._line_px)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell of a new width (QWidget)."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.width_changed.emit()


def part_height(part: QWidget, width: int) -> int:
    """Return how high a part of the column has to be at `width`."""
    if isinstance(part, QLabel):
        return part.heightForWidth(width) if part.wordWrap() else part.sizeHint().height()
    if isinstance(part, (PaperHead, RevisedLine, TagEditor, AbstractView, HighlightList, NoteEditor, SimilarList)):
        return part.height_for(width)
    return part.sizeHint().height()
