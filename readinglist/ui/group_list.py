"""The list of groups of papers that are perhaps one: a title, why, and whether it is certain. Knows no library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, QRect, QRectF, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from readinglist.paper import PaperId
from readinglist.ui.row_painting import draw_elided, draw_ground, draw_sign
from readinglist.ui.rows import Index, RowList, RowModel, RowPainter
from readinglist.ui.theme import Theme

translate = QCoreApplication.translate

ROW_PX = 50
CHOSEN = "chosen"
"""The reason of a group that the reader has put together."""


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


class GroupModel(RowModel[Found]):
    """The groups, those that are certain first."""

    def text(self, row: Found) -> str:
        """Return the title of a paper of a group."""
        return row.title

    def spoken(self, row: Found) -> str:
        """Return a title, and why and how certainly its papers are one."""
        return f"{row.title}, {reason(row)}"

    def tip(self, row: Found) -> str:
        """Return the whole title."""
        return row.title


class _GroupPainter(RowPainter):
    """Draws a title and under it the reason, with a sign for certain or not."""

    def height(self, _row: Found) -> int:
        return self.theme.px(ROW_PX)

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, _index: Index, row: Found) -> None:
        theme, px = self.theme, self.theme.px
        if option.state & QStyle.StateFlag.State_Selected:
            edge = theme.acc if self._view.hasFocus() else None
            draw_ground(painter, QRectF(option.rect).adjusted(7, 1.5, -7, -1.5), theme.sel, edge=edge)
        inner = option.rect.adjusted(px(18), px(6), -px(16), -px(6))
        side = px(15)
        sign = ("circle-check", theme.acc) if row.certain else ("circle-help", theme.star)
        half = inner.height() // 2
        draw_sign(painter, *sign, QPoint(inner.left(), inner.top() + (half - side) // 2 + 1), side)
        room = QRect(inner.left() + side + px(9), inner.top(), inner.width() - side - px(9), half)
        draw_elided(painter, room, row.title, theme.font(13, QFont.Weight.Medium), theme.text)
        draw_elided(painter, room.translated(0, half), reason(row), theme.font(12), theme.sub)


class GroupList(RowList):
    """Lists the groups; one is chosen."""

    group_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("duplicateGroups", self.tr("Groups of papers that are perhaps one"), parent)
        self._model = GroupModel(self)
        self.set_rows(self._model, _GroupPainter(theme, self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        super().set_theme(theme)
        self.setStyleSheet(f"#duplicateGroups{{background:{theme.list};padding:{theme.px(6)}px 0}}")

    @property
    def groups(self) -> Sequence[Found]:
        """Return the groups in the order they are listed."""
        return self._model.rows

    def show_groups(self, groups: Sequence[Found], at: int = 0) -> None:
        """Show these, the one at `at` chosen, or the last."""
        self._model.show_rows(tuple(groups))
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
