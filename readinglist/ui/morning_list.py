"""What is new, group by group, a row each paper with why it stands there. Knows no library."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from readinglist.library import Digest, DigestGroup
from readinglist.paper import Paper, PaperId, Status
from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.row_text import meta_line, spoken
from readinglist.ui.theme import Theme
from readinglist.ui.trend_list import paint_ground, write
from readinglist.ui.views import shown_status, status_title, trash_title
from readinglist.ui.wording import told

translate = QCoreApplication.translate

_ROW, _ROW_WITH_WHY, _HEADING = 50, 68, 42
ROW = Qt.ItemDataRole.UserRole


class MorningRow(NamedTuple):
    """A heading (`paper` None), or a paper as it is now with why it stands there."""

    heading: str
    paper: Paper | None = None
    why: str = ""


class MorningModel(QAbstractListModel):
    """Headings and papers; papers stay where they are, whatever becomes of them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[MorningRow] = []
        self.today = date.min

    def show_digest(self, digest: Digest) -> None:
        """Show a digest."""
        self.beginResetModel()
        self.today = date.fromisoformat(digest.today)
        self.rows = []
        for group in digest.groups:
            self.rows.append(MorningRow(heading_of(group)))
            for entry in group.papers:
                self.rows.append(MorningRow("", entry.paper, "; ".join(map(told, entry.reasons))))
        self.endResetModel()

    def show_papers(self, papers: Mapping[PaperId, Paper]) -> None:
        """Show papers as they are now."""
        for number, row in enumerate(self.rows):
            if row.paper is not None and papers.get(row.paper.id, row.paper) != row.paper:
                self.rows[number] = row._replace(paper=papers[row.paper.id])
                place = self.index(number, 0)
                self.dataChanged.emit(place, place)

    def papers(self) -> list[Paper]:
        """Return the papers shown, from the top."""
        return [row.paper for row in self.rows if row.paper is not None]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of rows (QAbstractItemModel)."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Say that headings cannot be taken (QAbstractItemModel)."""
        if 0 <= index.row() < len(self.rows) and self.rows[index.row()].paper is None:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows or says (QAbstractItemModel)."""
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.heading if row.paper is None else row.paper.title
        if row.paper is None:
            return row.heading if role == Qt.ItemDataRole.AccessibleTextRole else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_text("\n".join(part for part in (row.paper.title, row.why) if part))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(part for part in (spoken(row.paper, self.today), row.why) if part)
        return None


def heading_of(group: DigestGroup) -> str:
    """Return what stands above a group."""
    suggested, rest = translate("Morning", "Suggested for you"), translate("Morning", "Everything else")
    name = group.name or (suggested if group.kind == "suggestion" else rest)
    return translate("Morning", "{name} · {n}").format(name=name, n=f"{len(group.papers):,}")


class MorningPainter(QStyledItemDelegate):
    """Paints headings and papers."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._view = parent
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self._heading_font = theme.font(13, QFont.Weight.DemiBold)
        self._title_font = theme.font(14, QFont.Weight.Medium)
        self._font = theme.font(12)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a row (QStyledItemDelegate)."""
        row: MorningRow | None = index.data(ROW)
        height = _HEADING if row is None or row.paper is None else _ROW_WITH_WHY if row.why else _ROW
        return QSize(40, self._theme.px(height))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a row (QStyledItemDelegate)."""
        row: MorningRow | None = index.data(ROW)
        if row is None:
            return
        theme, px = self._theme, self._theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.paper is None:
            place = option.rect.adjusted(px(14), px(12), -px(14), 0)
            write(painter, place, row.heading, self._heading_font, theme.sub)
            painter.restore()
            return
        here = index.row() == self._view.currentIndex().row()
        paint_ground(painter, option, theme, here=here, focused=here and self._view.hasFocus())
        self._paint_paper(painter, option.rect.adjusted(px(14), px(6), -px(14), -px(6)), row, row.paper)
        painter.restore()

    def _paint_paper(self, painter: QPainter, inner: QRect, row: MorningRow, paper: Paper) -> None:
        theme, px = self._theme, self._theme.px
        model = self._view.model()
        today = model.today if isinstance(model, MorningModel) else date.min
        corner = place_of(paper, today)
        painter.setFont(self._font)
        painter.setPen(QColor(theme.sub))
        line = inner.height() // (3 if row.why else 2)
        upper = QRect(inner.left(), inner.top(), inner.width(), line)
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, corner)
        room = inner.width() - (QFontMetrics(self._font).horizontalAdvance(corner) + px(14) if corner else 0)
        title = QRect(inner.left(), inner.top(), room, line)
        write(painter, title, paper.title, self._title_font, theme.sub if corner else theme.text)
        lower = upper.translated(0, line)
        write(painter, lower, meta_line(paper, today), self._font, theme.sub)
        if row.why:
            write(painter, lower.translated(0, line), row.why, self._font, theme.acc)


def place_of(paper: Paper, today: date) -> str:
    """Return what has become of a new paper, in a word; nothing while it is in the Inbox without a star."""
    if paper.trashed is not None:
        return trash_title()
    status = shown_status(paper, today.isoformat())
    words = [] if status is Status.INBOX else [status_title(status)]
    return " · ".join([*words, *(["★"] if paper.starred else [])])
