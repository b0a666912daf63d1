"""The list of groups of papers that are perhaps one: a title, why, and whether it is certain. Knows no library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from readinglist.paper import PaperId
from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.row_painting import draw_elided, draw_ground, draw_sign, smooth
from readinglist.ui.theme import Theme

translate = QCoreApplication.translate

ROW_PX = 50
CHOSEN = "chosen"
"""The reason of a group that the reader has put together."""

_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class Found:
    """Papers that are perhaps one (see `duplicates.Group`), and the title of one of them."""

    ids: tuple[PaperId, ...]
    why: str
    certain: bool
    title: str


def reason(found: Found) -> str:
    """Return in words why papers stand together, how certain that is, and how many they are."""
    why = {
        "doi": translate("GroupList", "The same DOI"),
        "arxiv": translate("GroupList", "The same arXiv id"),
        "title": translate("GroupList", "The same title"),
        "similar": translate("GroupList", "Similar titles"),
        CHOSEN: translate("GroupList", "Chosen by you"),
    }.get(found.why, found.why)
    parts = [why]
    if found.why != CHOSEN:
        parts.append(translate("GroupList", "certain") if found.certain else translate("GroupList", "look closely"))
    if len(found.ids) > 2:
        parts.append(translate("GroupList", "%Ln papers", "", len(found.ids)))
    return " · ".join(parts)


class GroupModel(QAbstractListModel):
    """The groups, those that are certain first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.groups: list[Found] = []

    def show(self, groups: Sequence[Found]) -> None:
        """Show other groups."""
        self.beginResetModel()
        self.groups = list(groups)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        """Return the number of groups (QAbstractItemModel)."""
        return 0 if parent.isValid() else len(self.groups)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows or says (QAbstractItemModel)."""
        if not 0 <= index.row() < len(self.groups):
            return None
        group = self.groups[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return group
        if role == Qt.ItemDataRole.DisplayRole:
            return group.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{group.title}, {reason(group)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_text(group.title)
        return None


class _GroupRow(QStyledItemDelegate):
    """Draws a title and under it the reason, with a sign for certain or not."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self.theme = theme
        self._view = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of every row (QStyledItemDelegate)."""
        return QSize(10, self.theme.px(ROW_PX))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row (QStyledItemDelegate)."""
        theme, px = self.theme, self.theme.px
        group: Found = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        with smooth(painter):
            if chosen:
                edge = theme.acc if self._view.hasFocus() else None
                draw_ground(painter, QRectF(rect).adjusted(7, 1.5, -7, -1.5), theme.sel, edge=edge)
            inner = rect.adjusted(px(18), px(6), -px(16), -px(6))
            side = px(15)
            sign = ("circle-check", theme.acc) if group.certain else ("circle-help", theme.star)
            half = inner.height() // 2
            draw_sign(painter, *sign, QPoint(inner.left(), inner.top() + (half - side) // 2 + 1), side)
            room = QRect(inner.left() + side + px(9), inner.top(), inner.width() - side - px(9), half)
            draw_elided(painter, room, group.title, theme.font(13, QFont.Weight.Medium), theme.text)
            draw_elided(painter, room.translated(0, half), reason(group), theme.font(12), theme.sub)


class GroupList(QListView):
    """Lists the groups; one is chosen."""

    group_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("duplicateGroups")
        self.setAccessibleName(self.tr("Groups of papers that are perhaps one"))
        self._model = GroupModel(self)
        self._row = _GroupRow(theme, self)
        self.setModel(self._model)
        self.setItemDelegate(self._row)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._row.theme = theme
        self.setStyleSheet(f"#duplicateGroups{{background:{theme.list};padding:{theme.px(6)}px 0}}")
        self.scheduleDelayedItemsLayout()

    @property
    def groups(self) -> list[Found]:
        """Return the groups in the order they are listed."""
        return self._model.groups

    def show_groups(self, groups: Sequence[Found], at: int = 0) -> None:
        """Show these, the one at `at` chosen, or the last."""
        self._model.show(groups)
        self.choose(at)

    def choose(self, at: int) -> None:
        """Choose the group at `at`, or the one at the end on that side."""
        if self.groups:
            at = min(max(0, at), len(self.groups) - 1)
            self.setCurrentIndex(self._model.index(at, 0))

    def place(self) -> int:
        """Return where the chosen group stands; -1 without one."""
        return self.currentIndex().row()

    def chosen(self) -> Found | None:
        """Return the chosen group, or None."""
        return self.groups[self.place()] if 0 <= self.place() < len(self.groups) else None

    def _on_current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.group_chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave letters and digits to the sheet (QWidget)."""
        if event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)
