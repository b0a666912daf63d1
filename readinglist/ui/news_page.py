"""What the pages of news have in common: a title, ways to look at it, a sentence, a list in a column. No library."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from readinglist.ui.editing_keys import keep_keys
from readinglist.ui.pages import Page
from readinglist.ui.theme import Theme
from readinglist.ui.welcome import EmptyState

_ON = (Qt.Key.Key_Down, Qt.Key.Key_J)
_BACK = (Qt.Key.Key_Up, Qt.Key.Key_K)
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_FAR = (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class NewsList(QListView):
    """Rows to go through by key; Enter, Space or a click takes one."""

    taken = Signal(QModelIndex)
    reached = Signal(QModelIndex)

    def __init__(self, name: str, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.viewport().setAutoFillBackground(False)

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
        self.setCurrentIndex(QModelIndex())
        model = self.model()
        while row < model.rowCount() and not model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsSelectable:
            row += 1
        if row < model.rowCount():
            self.setCurrentIndex(model.index(row, 0))

    def currentChanged(  # noqa: N802 - Qt's name
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
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
    """A column in the middle: head, sentence, then what `add` puts there; or, empty, why there is nothing."""

    widest_px = 1040

    def __init__(self, name: str, title: str, choices: Sequence[tuple[str, str, str]], theme: Theme) -> None:
        """`choices` are ways to look at it: key, text, and what it does in words."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._theme = theme
        self._title = _label(title, self)
        self._sentence = _label("", self)
        self._sentence.setWordWrap(True)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        for key, text, says in choices:
            button = QToolButton(self)
            button.setObjectName(f"{name}{key.capitalize()}")
            button.setText(text)
            button.setAccessibleName(says)
            button.setToolTip(says)
            button.setCheckable(True)
            button.clicked.connect(self._on_clicked)
            self._group.addButton(button)
            self._buttons[key] = button
            head.addWidget(button)
        self._empty = EmptyState(theme, self, name=f"{name}Empty")
        self._empty.asked.connect(self.action_asked)
        self._empty.hide()
        self._column = QVBoxLayout()
        self._column.addLayout(head)
        self._column.addWidget(self._sentence)
        self._column.addWidget(self._empty, 1)
        self._row = QHBoxLayout(self)
        self._row.addLayout(self._column)
        self._dressed: list[QWidget] = []

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below what is there."""
        self._column.addWidget(widget, stretch)
        self._dressed.append(widget)

    def chosen(self) -> str | None:
        """Return the way to look at it that is chosen, if one is."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), None)

    def show_choice(self, key: str) -> None:
        """Mark a way to look at it as chosen."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def _on_clicked(self) -> None:
        self.choose(self.chosen() or "")

    def choose(self, key: str) -> None:
        """Look at it in another way."""
        raise NotImplementedError

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = theme
        px = theme.px
        self._title.setFont(theme.font(22, QFont.Weight.DemiBold))
        self._sentence.setFont(theme.font(13))
        self._sentence.setStyleSheet(f"color: {theme.sub};")
        for button in self._buttons.values():
            button.setFont(theme.font(12, QFont.Weight.Medium))
        self._empty.set_theme(theme)
        self._column.setSpacing(px(12))
        name = self.objectName()
        self.setStyleSheet(
            f"#{name} {{ background: {theme.list}; }}"
            f"#{name} QListView {{ background: transparent; border: 0; }}"
            f"QLabel {{ color: {theme.text}; }}"
            f"QToolButton {{ border: 1px solid transparent; border-radius: {px(11)}px; padding: {px(4)}px {px(11)}px;"
            f" color: {theme.sub}; background: transparent; }}"
            f"QToolButton:hover {{ background: {theme.hover}; }}"
            f"QToolButton:checked {{ background: {theme.sel}; color: {theme.text}; }}"
            f"QToolButton:focus {{ border: 1px solid {theme.acc}; }}"
        )
        self._set_margins()

    def _set_margins(self) -> None:
        px = self._theme.px
        side = max(px(24), (self.width() - px(self.widest_px)) // 2)
        self._row.setContentsMargins(side, px(22), side, px(8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle (QWidget)."""
        super().resizeEvent(event)
        self._set_margins()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list with Escape (QWidget)."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


def _label(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
