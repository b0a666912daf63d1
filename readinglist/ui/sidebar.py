"""The column of lists: queue, views, tags, each with a live count. Knows no library: it is told what to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from readinglist.library import Tag
from readinglist.ui.dragging import PaperDrag
from readinglist.ui.sidebar_rows import DEPTH, VIEW, SidebarRow, TagRow, ViewItem, tag_rows
from readinglist.ui.theme import Theme
from readinglist.ui.views import View, built_in_views, queue_views, saved_view, tag_view, takes_papers


@dataclass(frozen=True, slots=True)
class Contents:
    """What the sidebar shows: counts by the key of a view, tags, and saved searches as (name, query).

    `rows` are those of the tags where somebody has made them already; for thousands that takes a while.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    tags: Sequence[Tag] = ()
    searches: Sequence[tuple[str, str]] = ()
    rows: tuple[TagRow, ...] | None = None


class Sidebar(QTreeWidget):
    """A tree of three sections; choosing a row asks for its list."""

    view_chosen = Signal(object)
    """A `View` the reader has chosen."""

    menu_asked = Signal(object, QPoint)
    """A `View` and where on the screen its menu should open."""

    left = Signal()
    """Enter: on to the list."""

    renamed = Signal(object)
    """A `Renamed`: another name was typed in the place of a row's title."""

    delete_asked = Signal(object)
    """Delete was pressed on the row of a `View`."""

    papers_dropped = Signal(object, object)
    """A `View`, and the ids of the papers that were dropped on it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAccessibleName(self.tr("Lists"))
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self._rows = SidebarRow(theme, self)
        self.setItemDelegate(self._rows)
        self._rows.renamed.connect(self.renamed)
        self._counts: dict[str, int] = {}
        self._items: dict[str, ViewItem] = {}
        self._view_items: dict[str, ViewItem] = {}
        self._tag_items: dict[str, ViewItem] = {}
        self._quiet = False
        self._least_width = 0
        self._drag: PaperDrag | None = None
        self.setAcceptDrops(True)
        self._queue = self._add_section(self.tr("Queue"))
        self._views = self._add_section(self.tr("Views"))
        self._tags = self._add_section(self.tr("Tags"))
        self._shown_tags: tuple[TagRow, ...] = ()
        self._shown_searches: tuple[tuple[str, str], ...] | None = None
        self._queue_items = {view.key: self._add_view(self._queue, view) for view in queue_views()}
        self._tags.setHidden(True)
        self.show_contents(Contents())
        self.currentItemChanged.connect(self._on_current_changed)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._rows.set_theme(theme)
        metrics = QFontMetrics(self._rows.chosen_font)
        widest = max(metrics.horizontalAdvance(view.title) for view in (*queue_views(), *built_in_views()))
        self._least_width = widest + theme.px(10 + 9 + 26 + 40 + 9 + 10)
        self.setUniformRowHeights(False)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def await_theme(self) -> None:
        """Be ready for `set_theme`: another style sheet has the tree lay itself out, over and over, for nothing."""
        self.setUniformRowHeights(True)  # one row is measured instead of thousands

    def views(self) -> list[View]:
        """Return every list there is, from the top down."""
        return [item.view for item in self._items.values()]

    def view(self, key: str) -> View | None:
        """Return the list with a key, or None when it is gone."""
        item = self._items.get(key)
        return item.view if item is not None else None

    def current_view(self) -> View | None:
        """Return the list that is chosen."""
        item = self.currentItem()
        return item.data(0, VIEW) if item is not None else None

    def choose(self, key: str) -> None:
        """Mark a list as the one that is shown, without asking for it."""
        item = self._items.get(key)
        self._quiet = True
        if item is None:
            self.setCurrentIndex(QModelIndex())
        elif item is not self.currentItem():
            self.setCurrentItem(item)
        self._quiet = False

    def start_renaming(self, key: str) -> None:
        """Let the reader type another name in the place of a row's title."""
        item = self._items.get(key)
        if item is None:
            return
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self.scrollToItem(item)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.editItem(item, 0)
        item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)

    def show_contents(self, contents: Contents) -> None:
        """Show these counts, tags and saved searches; what is chosen stays chosen."""
        key = view.key if (view := self.current_view()) is not None else None
        self._quiet = True
        self._show_searches(tuple(contents.searches))
        self._show_tags(tag_rows(contents.tags) if contents.rows is None else contents.rows)
        self.show_counts(contents.counts)
        if key is not None and key in self._items:
            self.setCurrentItem(self._items[key])
        self._quiet = False

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show these counts, by the key of a view."""
        if counts != self._counts:
            self._counts.clear()
            self._counts.update(counts)
            self.viewport().update()

    def count_of(self, key: str) -> int | None:
        """Return the number beside a list; None where there is none, or no such list."""
        return self._counts.get(key) if key in self._items else None

    def minimumSizeHint(self) -> QSize:
        """Return a size in which the names of the built-in lists are not cut off (QWidget)."""
        return QSize(self._least_width, super().minimumSizeHint().height())

    # -- making the tree --------------------------------------------------------------------------

    def _add_section(self, title: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self, [title])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, title)
        item.setExpanded(True)
        return item

    def _add_view(self, section: QTreeWidgetItem, view: View) -> ViewItem:
        item = ViewItem(view, self._counts)
        section.addChild(item)
        return item

    def _show_searches(self, searches: tuple[tuple[str, str], ...]) -> None:
        if searches == self._shown_searches:
            return
        self._shown_searches = searches
        self._views.takeChildren()
        for item in self._view_items.values():
            self._views.removeChild(item)  # see `_show_tags`
        views: list[View] = []
        for view in built_in_views():
            views.append(view)
            if view.key == "view:all":
                views += [saved_view(name, query) for name, query in searches]
        self._view_items = {view.key: self._add_view(self._views, view) for view in views}
        self._gather()

    def _show_tags(self, rows: tuple[TagRow, ...]) -> None:
        """Show these tags; rows that stay as they are are not made anew, and what is folded stays so."""
        if rows is self._shown_tags or rows == self._shown_tags:
            return
        folded = {row.key for row in self._shown_tags if self._is_folded(self._tag_items[row.key])}
        kept = {row.key: self._tag_items[row.key] for row in set(self._shown_tags).intersection(rows)}
        at, scrolled = self.indexOfTopLevelItem(self._tags), self.verticalScrollBar().value()
        # Out of the tree, or it would lay itself out at each of thousands of rows.
        self.takeTopLevelItem(at)
        for item in (self._tags, *self._tag_items.values()):
            item.takeChildren()
        # WORKAROUND PySide6 6.11: what takeChildren takes is held by the row it was taken from; removeChild lets go.
        for row in self._shown_tags:
            (self._tag_items[row.above] if row.above else self._tags).removeChild(self._tag_items[row.key])
        self._tag_items = {}
        below: dict[str, list[QTreeWidgetItem]] = {}
        for row in rows:
            item = kept.get(row.key) or ViewItem(tag_view(row.path), self._counts, depth=row.depth, colour=row.colour)
            self._tag_items[row.key] = item
            below.setdefault(row.above, []).append(item)
        for key, items in below.items():
            (self._tag_items[key] if key else self._tags).addChildren(items)
        self.insertTopLevelItem(at, self._tags)
        self._tags.setHidden(not rows)
        self._tags.setExpanded(True)
        for key in below:
            if key and key not in folded:
                self._tag_items[key].setExpanded(True)
        self.verticalScrollBar().setValue(scrolled)
        self._shown_tags = rows
        self._gather()

    def _is_folded(self, item: QTreeWidgetItem) -> bool:
        return item.childCount() > 0 and not item.isExpanded()

    def _gather(self) -> None:
        """Take note of every row by the key of its view, from the top down."""
        tags = {item.view.key: item for item in self._tag_items.values()}
        self._items = {**self._queue_items, **self._view_items, **tags}

    # -- being used -------------------------------------------------------------------------------

    def _on_current_changed(self, item: QTreeWidgetItem | None) -> None:
        if self._quiet or item is None:
            return
        view = item.data(0, VIEW)
        if view is not None:
            self.view_chosen.emit(view)

    def _ask_menu(self, place: QPoint) -> None:
        item = self.itemAt(place)
        view = item.data(0, VIEW) if item is not None else None
        if view is not None:
            self.menu_asked.emit(view, self.viewport().mapToGlobal(place))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold and unfold at the arrow; a click on what is chosen already asks for it anew (QWidget).

        The buttons that go back and forward are the window's.
        """
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()
            return
        item = self.itemAt(event.position().toPoint())
        if item is not None and item.childCount() and item.data(0, VIEW) is not None:
            arrow = self._rows.arrow_rect(self.visualItemRect(item), item.data(0, DEPTH))
            if arrow.contains(event.position().toPoint()):
                item.setExpanded(not item.isExpanded())
                return
        again = item is not None and item is self.currentItem()
        super().mousePressEvent(event)
        if again and event.button() == Qt.MouseButton.LeftButton and item is not None:
            self._on_current_changed(item)

    # -- papers dragged here ----------------------------------------------------------------------

    def set_drag(self, drag: PaperDrag) -> None:
        """Take what is dragged from there."""
        self._drag = drag

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome papers of this window (QWidget)."""
        if self._drag is not None and self._drag.ids_in(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show the list that they would be dropped on (QWidget)."""
        item = self._drop_item(event)
        self._rows.show_target(item)
        if item is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show it no longer (QWidget)."""
        self._rows.show_target(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped on which list (QWidget)."""
        item = self._drop_item(event)
        self._rows.show_target(None)
        if item is None or self._drag is None:
            event.ignore()
            return
        event.acceptProposedAction()
        self.papers_dropped.emit(item.data(0, VIEW), self._drag.ids_in(event.mimeData()))

    def _drop_item(self, event: QDropEvent) -> QTreeWidgetItem | None:
        """Return the row that papers can be dropped on there, or None."""
        if self._drag is None or not self._drag.ids_in(event.mimeData()):
            return None
        item = self.itemAt(event.position().toPoint())
        view: View | None = item.data(0, VIEW) if item is not None else None
        return item if view is not None and takes_papers(view) else None

    # -- being used -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the list with Enter (QWidget)."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
            return
        view = self.current_view()
        if event.key() == Qt.Key.Key_Delete and view is not None and view.kind == "search":
            self.delete_asked.emit(view)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are commands here."""

    def drawBranches(  # noqa: N802 - Qt's name
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw nothing: the rows draw their own arrows (QTreeView)."""
