"""The column of lists: queue, views, tags, each with a live count. Knows no library: it is told what to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from readinglist.library import Tag
from readinglist.ui import icons
from readinglist.ui.dragging import PaperDrag
from readinglist.ui.name_line import NameLine
from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.theme import Theme
from readinglist.ui.views import View, built_in_views, queue_views, saved_view, tag_view, takes_papers

_VIEW = Qt.ItemDataRole.UserRole
_COUNT = Qt.ItemDataRole.UserRole + 1
_COLOUR = Qt.ItemDataRole.UserRole + 2
_DEPTH = Qt.ItemDataRole.UserRole + 3

_ROW, _HEADING = 31, 38


@dataclass(frozen=True, slots=True)
class Contents:
    """What the sidebar shows: counts by the key of a view, tags, and saved searches as (name, query)."""

    counts: Mapping[str, int] = field(default_factory=dict)
    tags: Sequence[Tag] = ()
    searches: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Renamed:
    """What a row is to be called."""

    view: View
    name: str


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
        self._items: dict[str, QTreeWidgetItem] = {}
        self._quiet = False
        self._drag: PaperDrag | None = None
        self.setAcceptDrops(True)
        self._queue = self._add_section(self.tr("Queue"))
        self._views = self._add_section(self.tr("Views"))
        self._tags = self._add_section(self.tr("Tags"))
        self._shown_tags: tuple[tuple[str, str], ...] | None = None
        self._shown_searches: tuple[tuple[str, str], ...] | None = None
        for view in queue_views():
            self._add_view(self._queue, view)
        self.show_contents(Contents())
        self.currentItemChanged.connect(self._on_current_changed)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._rows.set_theme(theme)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def views(self) -> list[View]:
        """Return every list there is, from the top down."""
        return [item.data(0, _VIEW) for item in self._items.values()]

    def view(self, key: str) -> View | None:
        """Return the list with a key, or None when it is gone."""
        item = self._items.get(key)
        return item.data(0, _VIEW) if item is not None else None

    def current_view(self) -> View | None:
        """Return the list that is chosen."""
        item = self.currentItem()
        return item.data(0, _VIEW) if item is not None else None

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
        self._show_tags(contents.tags)
        self.show_counts(contents.counts)
        if key is not None and key in self._items:
            self.setCurrentItem(self._items[key])
        self._quiet = False

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show these counts, by the key of a view."""
        for name, item in self._items.items():
            count = counts.get(name)
            if item.data(0, _COUNT) != count:
                item.setData(0, _COUNT, count)
                title = item.data(0, _VIEW).title
                words = title if count is None else self.tr("{title}, {count}").format(title=title, count=count)
                item.setData(0, Qt.ItemDataRole.AccessibleTextRole, words)

    def minimumSizeHint(self) -> QSize:
        """Return a size in which the names of the built-in lists are not cut off (QWidget)."""
        metrics, px = QFontMetrics(self._rows.chosen_font), self._rows.theme.px
        widest = max(metrics.horizontalAdvance(view.title) for view in (*queue_views(), *built_in_views()))
        return QSize(widest + px(10 + 9 + 26 + 40 + 9 + 10), super().minimumSizeHint().height())

    # -- making the tree --------------------------------------------------------------------------

    def _add_section(self, title: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self, [title])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, title)
        item.setExpanded(True)
        return item

    def _add_view(
        self, parent: QTreeWidgetItem, view: View, *, depth: int = 0, colour: str | None = None
    ) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [view.title])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setData(0, _VIEW, view)
        item.setData(0, _DEPTH, depth)
        item.setData(0, _COLOUR, colour)
        item.setToolTip(0, tooltip_text(view.key.split(":", 1)[1] if view.kind == "tag" else view.query))
        self._items[view.key] = item
        return item

    def _show_searches(self, searches: tuple[tuple[str, str], ...]) -> None:
        if searches == self._shown_searches:
            return
        self._shown_searches = searches
        self._clear(self._views)
        for view in built_in_views():
            self._add_view(self._views, view)
            if view.key == "view:all":
                for name, query in searches:
                    self._add_view(self._views, saved_view(name, query))

    def _show_tags(self, tags: Sequence[Tag]) -> None:
        wanted = tuple((tag.name, tag.colour) for tag in tags)
        if wanted == self._shown_tags:
            return
        self._shown_tags = wanted
        folded = {key for key, item in self._items.items() if item.childCount() and not item.isExpanded()}
        self._clear(self._tags)
        self._tags.setHidden(not tags)
        colours = {tag.name.casefold(): tag.colour for tag in tags}
        for tag in sorted(tags, key=_levels):
            parent, path = self._tags, ""
            for depth, level in enumerate(tag.name.split("/")):
                path = f"{path}/{level}" if path else level
                key = f"tag:{path}"
                found = self._tag_item(path)
                parent = found or self._add_view(
                    parent, tag_view(path), depth=depth, colour=colours.get(path.casefold())
                )
        for key, item in self._items.items():
            if item.childCount():
                item.setExpanded(key not in folded)

    def _tag_item(self, path: str) -> QTreeWidgetItem | None:
        folded = f"tag:{path}".casefold()
        return next((item for key, item in self._items.items() if key.casefold() == folded), None)

    def _clear(self, section: QTreeWidgetItem) -> None:
        gone = {view.key for view in _below(section)}
        self._items = {key: item for key, item in self._items.items() if key not in gone}
        section.takeChildren()

    # -- being used -------------------------------------------------------------------------------

    def _on_current_changed(self, item: QTreeWidgetItem | None) -> None:
        if self._quiet or item is None:
            return
        view = item.data(0, _VIEW)
        if view is not None:
            self.view_chosen.emit(view)

    def _ask_menu(self, place: QPoint) -> None:
        item = self.itemAt(place)
        view = item.data(0, _VIEW) if item is not None else None
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
        if item is not None and item.childCount() and item.data(0, _VIEW) is not None:
            arrow = self._rows.arrow_rect(self.visualItemRect(item), item.data(0, _DEPTH))
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
        self.papers_dropped.emit(item.data(0, _VIEW), self._drag.ids_in(event.mimeData()))

    def _drop_item(self, event: QDropEvent) -> QTreeWidgetItem | None:
        """Return the row that papers can be dropped on there, or None."""
        if self._drag is None or not self._drag.ids_in(event.mimeData()):
            return None
        item = self.itemAt(event.position().toPoint())
        view: View | None = item.data(0, _VIEW) if item is not None else None
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


class SidebarRow(QStyledItemDelegate):
    """Paints a heading or a list's row."""

    renamed = Signal(object)
    """A `Renamed`."""

    def __init__(self, theme: Theme, parent: QTreeWidget) -> None:
        super().__init__(parent)
        self._tree = parent
        self._target: QTreeWidgetItem | None = None
        self.set_theme(theme)

    def show_target(self, item: QTreeWidgetItem | None) -> None:
        """Show a row as the one that papers would be dropped on; None: no row."""
        if item is not self._target:
            self._target = item
            self._tree.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme's fonts and colours."""
        self.theme = theme
        self._heading_font = theme.font(11, QFont.Weight.DemiBold)
        self._font = theme.font(13)
        self.chosen_font = theme.font(13, QFont.Weight.DemiBold)
        self._count_font = theme.font(12)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a row (QStyledItemDelegate)."""
        heading = index.data(_VIEW) is None
        return QSize(40, self.theme.px(_HEADING if heading else _ROW))

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Return a line for another name (QStyledItemDelegate)."""
        line = NameLine(parent)
        line.setObjectName("renameLine")
        line.setAccessibleName(self.tr("New name"))
        line.setFont(self._font)
        line.setMaxLength(200)
        return line

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Begin with the name there is, selected (QStyledItemDelegate)."""
        if isinstance(editor, QLineEdit):
            editor.setText(index.data(_VIEW).title)
            editor.selectAll()

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell the new name; the row changes when the library has (QStyledItemDelegate)."""
        view: View = index.data(_VIEW)
        if isinstance(editor, QLineEdit) and editor.text().strip() not in ("", view.title):
            self.renamed.emit(Renamed(view, editor.text().strip()))

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Lay the line over the title (QStyledItemDelegate)."""
        px = self.theme.px
        left = px(9 + 14 * (index.data(_DEPTH) or 0) + 26 + 10 - 5)
        editor.setGeometry(option.rect.adjusted(left, px(2), -px(12), -px(3)))

    def arrow_rect(self, rect: QRect, depth: int) -> QRect:
        """Return where the arrow of a row with rows under it lies."""
        px = self.theme.px
        return QRect(rect.left() + px(3 + 14 * depth), rect.top(), px(18), rect.height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a row (QStyledItemDelegate)."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view: View | None = index.data(_VIEW)
        if view is None:
            self._paint_heading(painter, option.rect, str(index.data()))
        else:
            self._paint_view(painter, option, index, view)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, title: str) -> None:
        px = self.theme.px
        painter.setFont(self._heading_font)
        painter.setPen(QColor(self.theme.faint))
        inner = rect.adjusted(px(19), 0, 0, -px(6))
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, title)

    def _paint_view(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        view: View,
    ) -> None:
        theme, px = self.theme, self.theme.px
        row = QRectF(option.rect.adjusted(px(10), 0, -px(10), -px(1)))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        target = self._target is not None and self._tree.itemFromIndex(index) is self._target
        ground = theme.sel if chosen or target else theme.hover
        if chosen or target or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(row, px(6), px(6))
        if target or (option.state & QStyle.StateFlag.State_HasFocus and self._tree.hasFocus()):
            painter.setPen(QPen(QColor(theme.acc), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), px(6), px(6))
        depth = index.data(_DEPTH) or 0
        left = row.left() + px(9 + 14 * depth)
        self._paint_sign(painter, option, index, view, left, chosen)
        left += px(26)
        right = row.right() - px(9)
        count = index.data(_COUNT)
        if count:
            painter.setFont(self._count_font)
            painter.setPen(QColor(theme.text if chosen else theme.faint))
            text = self._tree.locale().toString(int(count))
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text + "  ")
            right -= QFontMetrics(self._count_font).horizontalAdvance(text) + px(8)
        font = self.chosen_font if chosen else self._font
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        title = QFontMetrics(font).elidedText(view.title, Qt.TextElideMode.ElideRight, int(right - left))
        painter.drawText(QRectF(left, row.top(), right - left, row.height()), Qt.AlignmentFlag.AlignVCenter, title)

    def _paint_sign(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        view: View,
        left: float,
        chosen: bool,
    ) -> None:
        """Paint the icon of a list, or the dot of a tag with the arrow of its branch."""
        theme, px = self.theme, self.theme.px
        device = painter.device()
        dpr = device.devicePixelRatioF() if device is not None else 1.0
        middle = option.rect.center().y() + 0.5
        if view.kind != "tag":
            size = px(16)
            drawn = icons.pixmap(view.icon, theme.acc if chosen else theme.sub, size, dpr)
            painter.drawPixmap(round(left), round(middle - size / 2), drawn)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tag_colour(view.title, index.data(_COLOUR))))
        painter.drawEllipse(QRectF(left + px(4), middle - px(4), px(8), px(8)))
        model = index.model()
        if model is not None and model.hasChildren(index):
            unfolded = self._tree.isExpanded(model.index(index.row(), 0, index.parent()))
            size = px(12)
            drawn = icons.pixmap("chevron-down" if unfolded else "chevron-right", theme.faint, size, dpr)
            painter.drawPixmap(round(left - px(11)), round(middle - size / 2), drawn)


def _levels(tag: Tag) -> list[str]:
    return tag.name.casefold().split("/")


def _below(item: QTreeWidgetItem) -> list[View]:
    views: list[View] = []
    for number in range(item.childCount()):
        child = item.child(number)
        if child is not None:
            views.append(child.data(0, _VIEW))
            views += _below(child)
    return views
