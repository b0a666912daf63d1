"""What the pages of news have in common: a sentence, and a list to go through by key, or why there is nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from readinglist.ui.editing_keys import keep_keys
from readinglist.ui.jobs import Lane
from readinglist.ui.labels import plain_label
from readinglist.ui.page import Choice, Page
from readinglist.ui.rows import NO_INDEX, Index, RowList
from readinglist.ui.theme import Theme
from readinglist.ui.welcome import Emptiness, EmptyState

_ON = (Qt.Key.Key_Down, Qt.Key.Key_J)
_BACK = (Qt.Key.Key_Up, Qt.Key.Key_K)
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_FAR = (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class NewsList(RowList):
    """Rows to go through by key; Enter, Space or a click takes one."""

    taken = Signal(QModelIndex)
    reached = Signal(QModelIndex)

    def __init__(self, name: str, says: str, hint: str, parent: QWidget | None = None) -> None:
        """`hint` is what a screen reader adds of the keys."""
        super().__init__(name, says, parent)
        self.setAccessibleDescription(hint)
        self.show_on_ground()

    def step(self, by: int) -> None:
        """Go to the next row that can be taken, or to the one before."""
        model = self.model()
        row = self.currentIndex().row() + by
        while 0 <= row < model.rowCount() and not model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsSelectable:
            row += by
        if 0 <= row < model.rowCount():
            self.setCurrentIndex(model.index(row, 0))
        elif by < 0:
            self.scrollToTop()  # a heading above the first row

    def go_to_row(self, row: int) -> None:
        """Go to a row, or to the next one after it that can be taken."""
        self.setCurrentIndex(NO_INDEX)
        model = self.model()
        while row < model.rowCount() and not model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsSelectable:
            row += 1
        if row < model.rowCount():
            self.setCurrentIndex(model.index(row, 0))

    def currentChanged(  # noqa: N802 - Qt's name
        self, current: Index, previous: Index
    ) -> None:
        """Tell where the reader has gone (QAbstractItemView)."""
        super().currentChanged(current, previous)
        self.reached.emit(self.currentIndex())

    def event(self, event: QEvent) -> bool:
        """Keep the keys that go through the rows (QObject)."""
        return keep_keys(event, (*_ON, *_BACK, *_TAKE, *_FAR)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the rows, or take one (QWidget)."""
        key = Qt.Key(event.key())
        if key in _ON or key in _BACK:
            self.step(1 if key in _ON else -1)
        elif key in _TAKE:
            if self.currentIndex().isValid():
                self.taken.emit(self.currentIndex())
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to_row(0 if key == Qt.Key.Key_Home else self.model().rowCount() - 1)
        elif key in _FAR:
            super().keyPressEvent(event)
            if not self.model().flags(self.currentIndex()) & Qt.ItemFlag.ItemIsSelectable:
                self.step(1)
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the cursor what can be taken (QWidget)."""
        super().mouseMoveEvent(event)
        over = self.indexAt(event.position().toPoint())
        can = over.isValid() and bool(self.model().flags(over) & Qt.ItemFlag.ItemIsSelectable)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if can else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the row that was clicked (QWidget)."""
        super().mouseReleaseEvent(event)
        over = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and over.isValid() and over == self.currentIndex():
            self.taken.emit(over)


class NewsPage(Page):
    """Under the head a sentence, and what has the list; or, where there is nothing, why that is."""

    list: NewsList

    def __init__(self, name: str, title: str, theme: Theme, lane: Lane, choices: Sequence[Choice]) -> None:
        super().__init__(name, title, theme, lane, choices)
        self._sentence = plain_label(self)
        self._sentence.setWordWrap(True)
        self._empty = EmptyState(theme, self, name=f"{name}Empty")
        self._empty.asked.connect(self.action_asked)
        self._empty.hide()
        self._column.addWidget(self._sentence)
        self._column.addWidget(self._empty, 1)

    def add(self, listed: NewsList, content: QWidget | None = None) -> None:
        """Put the list under the sentence, or `content`, in which it stands."""
        self.list = listed
        self._content = content or listed
        self._column.addWidget(self._content, 1)

    def show_content(self, emptiness: Emptiness | None) -> None:
        """Show the list, or why there is nothing in it."""
        self._content.setVisible(emptiness is None)
        self._empty.setVisible(emptiness is not None)
        if emptiness is not None:
            self._empty.show_emptiness(emptiness)

    def focus_first(self) -> None:
        """Put the focus on the list, or on the page where there is nothing."""
        if not self._content.isVisibleTo(self):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.list.currentIndex().isValid():
            self.list.go_to_row(0)

    def rules(self, theme: Theme) -> str:
        """Return the rules of lists without a ground of their own."""
        return f"#{self.objectName()} QListView {{ background: transparent; border: 0; }}"

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        super().set_theme(theme)
        self._sentence.setFont(theme.font(13))
        self._sentence.setStyleSheet(f"color: {theme.sub};")
        self._empty.set_theme(theme)
        self.list.set_theme(theme)
        self._column.setSpacing(theme.px(12))
