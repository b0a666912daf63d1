"""The feeds as a table, the days of one of them, and the papers that changed: three lists. They know no library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QLocale, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from readinglist.library import Day, Feed, Revision
from readinglist.ui import feed_words
from readinglist.ui.name_line import NameLine
from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.table_look import dress_table
from readinglist.ui.theme import Theme

translate = QCoreApplication.translate

_NUMBER = Qt.ItemDataRole.UserRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROW_PX, _HEAD_PX = 30, 34
_MOST_IDS = 200


class Table(QTreeWidget):
    """A list with columns that is as high as what is in it, up to `most_rows`."""

    def __init__(self, name: str, says: str, heads: Sequence[str], most_rows: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHeaderLabels(list(heads))
        self.header().setSectionsMovable(False)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._most_rows = most_rows
        self._keeps_selection = False
        self._theme: Theme | None = None

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = theme
        dress_table(self, theme)
        self.fit()

    def fit(self) -> None:
        """Take the height of what is in it."""
        if self._theme is not None:
            rows = max(1, min(self.topLevelItemCount(), self._most_rows))
            self.setFixedHeight(self._theme.px(_HEAD_PX + rows * (_ROW_PX + 1) + 6))

    def number(self) -> int | None:
        """Return the number of the current row, or None."""
        current = self.currentItem()
        return int(current.data(0, _NUMBER)) if current is not None else None

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are commands here."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the row that the keys are for (QWidget)."""
        super().focusInEvent(event)
        if (current := self.currentItem()) is not None:
            current.setSelected(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Select nothing where nothing else depends on what is selected (QWidget)."""
        super().focusOutEvent(event)
        if not self._keeps_selection:
            self.clearSelection()

    def set_rows(self, rows: Sequence[tuple[int, Sequence[str], str]]) -> None:
        """Show rows of (number, texts, tooltip); the one that was current stays so, else the first row is."""
        chosen = self.number()
        first: QTreeWidgetItem | None = None
        self.blockSignals(True)
        self.clear()
        for number, texts, tip in rows:
            item = QTreeWidgetItem(list(texts))
            item.setData(0, _NUMBER, number)
            item.setToolTip(0, tooltip_text(tip))
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, texts)))
            for column in range(1, len(texts)):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignVCenter)
            self.addTopLevelItem(item)
            if number == chosen or first is None:
                first = item
        if first is not None:
            self.setCurrentItem(first)
            first.setSelected(self._keeps_selection or self.hasFocus())
        self.blockSignals(False)
        self.fit()


class FeedTable(Table):
    """One row a feed: its name, how it is, when it was refreshed, how many papers were new then."""

    chosen = Signal()
    """Another feed is selected."""

    removed = Signal()
    """Delete was pressed on the feed that is selected."""

    renamed = Signal(str)
    """Another name was typed for the feed that is selected."""

    def __init__(self, parent: QWidget) -> None:
        heads = (
            translate("Feeds", "Feed"),
            translate("Feeds", "State"),
            translate("Feeds", "Refreshed"),
            translate("Feeds", "New"),
        )
        super().__init__("feedTable", translate("Feeds", "Feeds"), heads, 12, parent)
        self._keeps_selection = True  # what is below the table is about that feed
        self._names = _NameDelegate(self)
        self._names.renamed.connect(self.renamed)
        self.setItemDelegateForColumn(0, self._names)
        self.headerItem().setTextAlignment(3, _RIGHT)
        self.itemSelectionChanged.connect(self.chosen)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        super().set_theme(theme)
        self._names.theme = theme
        for column, width in ((1, 150), (2, 170), (3, 64)):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, theme.px(width))

    def show_feeds(self, feeds: Sequence[Feed], notices: Mapping[int, Sequence[str]]) -> None:
        """Show feeds, with what there is to notice of each by its number."""
        if self.state() is QAbstractItemView.State.EditingState:
            return  # a name is being typed; what is new is shown when that is over
        number = QLocale().toString
        self.set_rows(
            [
                (
                    feed.number,
                    (
                        feed.name,
                        feed_words.state(feed, notices.get(feed.number, ())),
                        feed_words.when(feed.state.checked),
                        number(feed.state.new) if feed.state.new else "",
                    ),
                    feed.shown_address,
                )
                for feed in feeds
            ]
        )
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item is not None:
                item.setTextAlignment(3, _RIGHT)

    def select(self, number: int) -> None:
        """Select the feed of a number."""
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item is not None and item.data(0, _NUMBER) == number:
                self.setCurrentItem(item)

    def start_renaming(self) -> None:
        """Let the reader type another name in the place of the one there is."""
        item = self.currentItem()
        if item is not None:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.editItem(item, 0)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove the feed with Delete (QWidget)."""
        if event.key() == Qt.Key.Key_Delete and self.number() is not None:
            self.removed.emit()
            return
        super().keyPressEvent(event)


class _NameDelegate(QStyledItemDelegate):
    """Edits a name in a line that keeps its keys; the row changes when the library has."""

    renamed = Signal(str)
    theme: Theme | None = None

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Return a line for another name (QStyledItemDelegate)."""
        line = NameLine(parent)
        line.setObjectName("feedNameLine")
        line.setAccessibleName(self.tr("New name of the feed"))
        line.setMaxLength(200)
        if self.theme is not None:
            line.setFont(self.theme.font(13))
        return line

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Begin with the name there is, selected (QStyledItemDelegate)."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data() or ""))
            editor.selectAll()

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell the new name (QStyledItemDelegate)."""
        if isinstance(editor, QLineEdit) and editor.text().strip() != str(index.data() or ""):
            self.renamed.emit(editor.text().strip())


class AskingTable(Table):
    """A table whose rows ask for something, by a click or by Enter."""

    def __init__(self, name: str, says: str, heads: Sequence[str], most_rows: int, parent: QWidget) -> None:
        super().__init__(name, says, heads, most_rows, parent)
        self.itemClicked.connect(self.ask)

    def ask(self) -> None:
        """Ask for what the current row stands for."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask with Enter (QWidget)."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ask()
            return
        super().keyPressEvent(event)


class DayTable(AskingTable):
    """The days on which a feed told of papers; one that is clicked asks for the search of its papers."""

    search_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        heads = (translate("Feeds", "Day"), translate("Feeds", "Papers"))
        super().__init__("feedDays", translate("Feeds", "Days with papers"), heads, 7, parent)
        self.headerItem().setTextAlignment(1, _RIGHT)
        self._days: Sequence[Day] = ()

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        super().set_theme(theme)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.setColumnWidth(1, theme.px(90))

    def show_days(self, days: Sequence[Day]) -> None:
        """Show days, the newest first."""
        self._days = days
        number = QLocale().toString
        self.set_rows([(n, (feed_words.day(day.day), number(len(day.ids))), "") for n, day in enumerate(days)])
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item is not None:
                item.setTextAlignment(1, _RIGHT)

    def ask(self) -> None:
        """List the papers of the day."""
        number = self.number()
        if number is not None:
            day = self._days[number]
            ids = ",".join(map(str, day.ids))
            self.search_asked.emit(f"id:{ids}" if len(day.ids) <= _MOST_IDS else f"listed:{day.day}")


class RevisedTable(AskingTable):
    """The papers that changed since they were read; one that is clicked is shown."""

    paper_asked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        heads = (translate("Feeds", "Changed since you read it"), translate("Feeds", "What changed"))
        super().__init__("revisedTable", heads[0], heads, 6, parent)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        super().set_theme(theme)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.setColumnWidth(1, theme.px(260))

    def show_revisions(self, revisions: Sequence[Revision]) -> None:
        """Show papers and what changed in them."""
        self.set_rows([(int(each.paper), (each.title, feed_words.changed(each)), each.title) for each in revisions])

    def ask(self) -> None:
        """Show the paper."""
        number = self.number()
        if number is not None:
            self.paper_asked.emit(number)
