"""The rows of the sidebar: what one says, and how it is painted. Knows no library and no tree of lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
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
from readinglist.ui.name_line import NameLine
from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.theme import Theme
from readinglist.ui.views import View

VIEW, COUNT, COLOUR, DEPTH = (int(Qt.ItemDataRole.UserRole) + number for number in range(4))
"""Roles of a row: its `View`, its number or None, a tag's '#rrggbb' or None, how many levels lie above a tag."""

_ROW, _HEADING = 31, 38
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Renamed:
    """What a row is to be called."""

    view: View
    name: str


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag as it stands in the tree: its name with all levels, the `key` of the row above it ("": none)."""

    path: str
    above: str
    depth: int
    colour: str | None

    @property
    def key(self) -> str:
        """Return what two spellings of the tag have in common."""
        return self.path.casefold()


def tag_rows(tags: Sequence[Tag]) -> tuple[TagRow, ...]:
    """Return the rows of tags and of the levels above them, from the top down; the first spelling of a level counts."""
    colours = {tag.name.casefold(): tag.colour for tag in tags}
    rows: dict[str, TagRow] = {}
    for tag in sorted(tags, key=lambda tag: tag.name.casefold().split("/")):
        path = above = ""
        for depth, level in enumerate(tag.name.split("/")):
            path = f"{path}/{level}" if path else level
            key = path.casefold()
            if key not in rows:
                rows[key] = TagRow(path, above, depth, colours.get(key))
            above = key
    return tuple(rows.values())


class ViewItem(QTreeWidgetItem):
    """The row of a list. It looks up what it shows when asked: thousands are counted anew at each letter."""

    def __init__(self, view: View, counts: Mapping[str, int], *, depth: int = 0, colour: str | None = None) -> None:
        super().__init__([view.title])
        self.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self.view = view
        self._counts = counts
        self._depth = depth
        self._colour = colour

    def data(self, column: int, role: int) -> object:
        """Return what is kept for a role (QTreeWidgetItem)."""
        if role == VIEW:
            return self.view
        if role == COUNT:
            return self._counts.get(self.view.key)
        if role == COLOUR:
            return self._colour
        if role == DEPTH:
            return self._depth
        if role == _SPOKEN:
            count = self._counts.get(self.view.key)
            words = translate("Sidebar", "{title}, {count}")
            return self.view.title if count is None else words.format(title=self.view.title, count=count)
        if role == _TOOLTIP:
            view = self.view
            return tooltip_text(view.key.split(":", 1)[1] if view.kind == "tag" else view.query)
        return super().data(column, role)


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
        self._row_size, self._heading_size = (QSize(40, theme.px(height)) for height in (_ROW, _HEADING))
        self._heading_font = theme.font(11, QFont.Weight.DemiBold)
        self._font = theme.font(13)
        self.chosen_font = theme.font(13, QFont.Weight.DemiBold)
        self._count_font = theme.font(12)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a row (QStyledItemDelegate)."""
        # Asked for every row, thousands of them, whenever the tree is laid out: hence no look at the row itself.
        return self._row_size if index.parent().isValid() else self._heading_size

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
            editor.setText(index.data(VIEW).title)
            editor.selectAll()

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell the new name; the row changes when the library has (QStyledItemDelegate)."""
        view: View = index.data(VIEW)
        if isinstance(editor, QLineEdit) and editor.text().strip() not in ("", view.title):
            self.renamed.emit(Renamed(view, editor.text().strip()))

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Lay the line over the title (QStyledItemDelegate)."""
        px = self.theme.px
        left = px(9 + 14 * (index.data(DEPTH) or 0) + 26 + 10 - 5)
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
        view: View | None = index.data(VIEW)
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
        depth = index.data(DEPTH) or 0
        left = row.left() + px(9 + 14 * depth)
        self._paint_sign(painter, option, index, view, left, chosen)
        left += px(26)
        right = row.right() - px(9)
        count = index.data(COUNT)
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
        painter.setBrush(QColor(theme.tag_colour(view.title, index.data(COLOUR))))
        painter.drawEllipse(QRectF(left + px(4), middle - px(4), px(8), px(8)))
        model = index.model()
        if model is not None and model.hasChildren(index):
            unfolded = self._tree.isExpanded(model.index(index.row(), 0, index.parent()))
            size = px(12)
            drawn = icons.pixmap("chevron-down" if unfolded else "chevron-right", theme.faint, size, dpr)
            painter.drawPixmap(round(left - px(11)), round(middle - size / 2), drawn)
