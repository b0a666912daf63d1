"""What is new, group by group, a row each paper with why it stands there. Knows no library."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, QRect, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from readinglist.library import Digest, DigestGroup
from readinglist.paper import Paper, PaperId, Status
from readinglist.ui.row_painting import draw_at_right, draw_elided
from readinglist.ui.row_text import meta_line, spoken
from readinglist.ui.rows import Index, RowModel, RowPainter
from readinglist.ui.views import shown_status, status_title, trash_title
from readinglist.ui.wording import told

translate = QCoreApplication.translate

_ROW, _ROW_WITH_WHY, _HEADING = 50, 68, 42


class MorningRow(NamedTuple):
    """A heading (`paper` None), or a paper as it is now with why it stands there."""

    heading: str
    paper: Paper | None = None
    why: str = ""


class MorningModel(RowModel[MorningRow]):
    """Headings and papers; papers stay where they are, whatever becomes of them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.today = date.min

    def show_digest(self, digest: Digest) -> None:
        """Show a digest."""
        self.today = date.fromisoformat(digest.today)
        rows: list[MorningRow] = []
        for group in digest.groups:
            rows.append(MorningRow(heading_of(group)))
            rows += (MorningRow("", entry.paper, "; ".join(map(told, entry.reasons))) for entry in group.papers)
        self.show_rows(rows)

    def show_papers(self, papers: Mapping[PaperId, Paper]) -> None:
        """Show papers as they are now."""
        rows = list(self.rows)
        for number, row in enumerate(rows):
            if row.paper is not None and papers.get(row.paper.id, row.paper) != row.paper:
                rows[number] = row._replace(paper=papers[row.paper.id])
        changed = [number for number, row in enumerate(rows) if row is not self.rows[number]]
        self.rows = rows
        for number in changed:
            self.dataChanged.emit(self.index(number, 0), self.index(number, 0))

    def papers(self) -> list[Paper]:
        """Return the papers shown, from the top."""
        return [row.paper for row in self.rows if row.paper is not None]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say that headings cannot be taken (QAbstractItemModel)."""
        if 0 <= index.row() < len(self.rows) and self.rows[index.row()].paper is None:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def text(self, row: MorningRow) -> str:
        """Return a heading, or the title of a paper."""
        return row.heading if row.paper is None else row.paper.title

    def spoken(self, row: MorningRow) -> str:
        """Return a heading, or a paper and why it stands there."""
        return row.heading if row.paper is None else ". ".join(filter(None, (spoken(row.paper, self.today), row.why)))

    def tip(self, row: MorningRow) -> str:
        """Return the whole title, and why the paper stands there."""
        return "" if row.paper is None else "\n".join(filter(None, (row.paper.title, row.why)))


def heading_of(group: DigestGroup) -> str:
    """Return what stands above a group."""
    suggested, rest = translate("Morning", "Suggested for you"), translate("Morning", "Everything else")
    name = group.name or (suggested if group.kind == "suggestion" else rest)
    return translate("Morning", "{name} · {n}").format(name=name, n=f"{len(group.papers):,}")


class MorningPainter(RowPainter):
    """Paints headings and papers."""

    def height(self, row: MorningRow) -> int:
        """Return how high a row is."""
        return self.theme.px(_HEADING if row.paper is None else _ROW_WITH_WHY if row.why else _ROW)

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: MorningRow) -> None:
        """Draw a heading or a paper."""
        theme, px = self.theme, self.theme.px
        if row.paper is None:
            place = option.rect.adjusted(px(14), px(12), -px(14), 0)
            draw_elided(painter, place, row.heading, theme.font(13, QFont.Weight.DemiBold), theme.sub)
            return
        self.draw_place(painter, option, index)
        self._draw_paper(painter, option.rect.adjusted(px(14), px(6), -px(14), -px(6)), row, row.paper)

    def _draw_paper(self, painter: QPainter, inner: QRect, row: MorningRow, paper: Paper) -> None:
        theme, px = self.theme, self.theme.px
        model = self._view.model()
        today = model.today if isinstance(model, MorningModel) else date.min
        corner, font = place_of(paper, today), theme.font(12)
        line = inner.height() // (3 if row.why else 2)
        upper = QRect(inner.left(), inner.top(), inner.width(), line)
        taken = draw_at_right(painter, upper, corner, font, theme.sub) + px(14) if corner else 0
        title_font = theme.font(14, QFont.Weight.Medium)
        title = upper.adjusted(0, 0, -taken, 0)
        draw_elided(painter, title, paper.title, title_font, theme.sub if corner else theme.text)
        lower = upper.translated(0, line)
        draw_elided(painter, lower, meta_line(paper, today), font, theme.sub)
        draw_elided(painter, lower.translated(0, line), row.why, font, theme.acc)


def place_of(paper: Paper, today: date) -> str:
    """Return what has become of a new paper, in a word; nothing while it is in the Inbox without a star."""
    if paper.trashed is not None:
        return trash_title()
    status = shown_status(paper, today.isoformat())
    words = [] if status is Status.INBOX else [status_title(status)]
    return " · ".join([*words, *(["★"] if paper.starred else [])])
