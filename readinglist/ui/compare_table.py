"""The table of papers side by side: a column for each, with the choice of the one to keep, and one for the result.

Knows texts only, no library.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHeaderView,
    QRadioButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from readinglist.paper import Paper
from readinglist.ui.comparing import Comparison, Line
from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.row_painting import draw_ground, draw_lines, draw_sign, smooth, text_lines
from readinglist.ui.theme import Theme

TEXT_PX = 13
LINES_SHOWN = 5
LINES_UNFOLDED = 60
DIFFERS = "≠"
_COLUMN_PX = 140
_NAME_PX = 104
_HEAD_PX = 40
_TOOLTIP_CHARACTERS = 2_000
_EMPTY = Comparison((), 0, ())
_NO_INDEX = QModelIndex()


class CompareModel(QAbstractTableModel):
    """A row for each field, a column for each paper, the last one for the result."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.shown = _EMPTY

    def show(self, comparison: Comparison) -> None:
        """Show other papers."""
        self.beginResetModel()
        self.shown = comparison
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        """Return the number of fields (QAbstractItemModel)."""
        return 0 if parent.isValid() else len(self.shown.lines)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        """Return the number of papers and one (QAbstractItemModel)."""
        return 0 if parent.isValid() or not self.shown.papers else len(self.shown.papers) + 1

    def text(self, row: int, column: int) -> str:
        """Return what stands in a cell."""
        line = self.shown.lines[row]
        return line.values[column] if column < len(line.values) else line.result

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows or says (QAbstractItemModel)."""
        row, column = index.row(), index.column()
        if not (0 <= row < self.rowCount() and 0 <= column < self.columnCount()):
            return None
        if role == Qt.ItemDataRole.UserRole:
            return self.shown.lines[row]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_text(self.text(row, column)[:_TOOLTIP_CHARACTERS]) if self.text(row, column) else None
        return None

    def spoken(self, row: int, column: int) -> str:
        """Return a cell as a screen reader says it."""
        line = self.shown.lines[row]
        said = [self.name(column), line.label, self.text(row, column) or self.tr("nothing")]
        if line.differs:
            said.append(self.tr("the papers differ"))
        if line.gained and column == len(line.values):
            said.append(self.tr("taken in"))
        return ", ".join(said)

    def name(self, column: int) -> str:
        """Return what a column is called."""
        if column == len(self.shown.papers):
            return self.tr("Merged")
        number = self.tr("Paper {n}").format(n=column + 1)
        return self.tr("{paper}, kept").format(paper=number) if column == self.shown.kept else number

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name of a field, marked where the papers differ, or of a column (QAbstractItemModel)."""
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return self.name(section)
            # Over the papers stand the buttons that choose the one to keep.
            is_result = section == len(self.shown.papers)
            return self.tr("Merged") if role == Qt.ItemDataRole.DisplayRole and is_result else None
        if not 0 <= section < len(self.shown.lines):
            return None
        line = self.shown.lines[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{line.label} {DIFFERS}" if line.differs else line.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("{field}, differs").format(field=line.label) if line.differs else line.label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        return None


class _Cell(QStyledItemDelegate):
    """Draws a text in a few lines; quieter where all papers say the same, with a sign where a merge takes it in."""

    def __init__(self, theme: Theme, parent: CompareTable) -> None:
        super().__init__(parent)
        self.theme = theme
        self._table = parent

    def inner(self, rect: QRect) -> QRect:
        """Return where the text stands in a cell."""
        px = self.theme.px
        return rect.adjusted(px(10), px(7), -px(8), -px(7))

    def indent(self, line: Line, column: int) -> int:
        """Return how much room the sign before a text takes."""
        return self.theme.px(18) if line.gained and column == len(line.values) else 0

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell (QStyledItemDelegate)."""
        theme = self.theme
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        column = index.column()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_result = column == len(line.values)
        with smooth(painter):
            if is_result:
                painter.fillRect(rect, QColor(theme.side))
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
            if state & QStyle.StateFlag.State_HasFocus and self._table.hasFocus():
                ground = theme.side if is_result else theme.read
                draw_ground(painter, QRectF(rect).adjusted(2, 2, -2, -3), ground, edge=theme.acc)
            inner = self.inner(rect)
            indent = self.indent(line, column)
            if indent:
                draw_sign(painter, "plus", theme.acc, inner.topLeft(), theme.px(14))
            text = self._table.shown_text(index.row(), column)
            loud = line.differs and text and (not is_result or line.gained)
            painter.setPen(QColor(theme.text if loud else theme.sub))
            draw_lines(
                painter,
                text or "–",
                self.font(line, column),
                inner.adjusted(indent, 0, 0, 0),
                self._table.lines_of(index.row()),
            )

    def font(self, line: Line, column: int) -> QFont:
        """Return the font of a cell: what a merge takes in stands out, as does the title."""
        strong = line.name == "title" or (line.gained and column == len(line.values))
        return self.theme.font(TEXT_PX, QFont.Weight.Medium if strong else QFont.Weight.Normal)


class CompareTable(QTableView):
    """Shows a `Comparison`; Space unfolds a row."""

    keep_chosen = Signal(int)
    """The place of the paper that the reader wants to keep."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("compareTable")
        self.setAccessibleName(self.tr("Papers side by side"))
        self._theme = theme
        self._unfolded: set[str] = set()
        self._model = CompareModel(self)
        self._cell = _Cell(theme, self)
        self._radios: list[QRadioButton] = []
        # In front of the header, and not in it: a header keeps the keys that a button has no use for.
        self._radio_row = QWidget(self)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.keep_chosen)
        self.setModel(self._model)
        self.setItemDelegate(self._cell)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(self._on_double_clicked)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
        self.horizontalScrollBar().valueChanged.connect(self._place_radios)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self._cell.theme = theme
        px = theme.px
        side = px(8) * 2
        self.setStyleSheet(
            f"QTableView{{background:{theme.read};border:0}}"
            f"QHeaderView{{background:{theme.read};border:0}}"
            f"QHeaderView::section{{background:{theme.read};color:{theme.sub};border:0;padding:{px(7)}px {px(6)}px}}"
            f"QHeaderView::section:horizontal{{border-bottom:1px solid {theme.line};color:{theme.text};"
            f"padding-left:{px(10)}px}}"
            f"QTableCornerButton::section{{background:{theme.read};border:0;border-bottom:1px solid {theme.line}}}"
            f"QRadioButton{{color:{theme.text};background:{theme.read};padding-left:{px(8)}px;"
            f"border:0;border-bottom:1px solid {theme.line}}}"
            f"QRadioButton:checked{{color:{theme.acc}}}"
            f"QRadioButton::indicator{{width:{side - 4}px;height:{side - 4}px;border:2px solid {theme.faint};"
            f"border-radius:{side // 2}px;background:{theme.read}}}"
            f"QRadioButton::indicator:checked{{width:{side - 10}px;height:{side - 10}px;"
            f"border:5px solid {theme.acc}}}"
            f"QAbstractScrollArea::corner{{background:{theme.read};border:0}}"
            f"QRadioButton:focus{{border:2px solid {theme.acc};border-radius:6px}}"
        )
        self.verticalHeader().setFont(theme.font(12))
        self.horizontalHeader().setFont(theme.font(13, QFont.Weight.DemiBold))
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setFixedHeight(px(_HEAD_PX))
        self.verticalHeader().setFixedWidth(px(_NAME_PX))
        for radio in self._radios:
            radio.setFont(theme.font(13, QFont.Weight.Medium))
        self._fit()

    def show_comparison(self, comparison: Comparison) -> None:
        """Show these papers."""
        others = [paper.id for paper in comparison.papers] != [paper.id for paper in self._model.shown.papers]
        if others:
            self._unfolded.clear()
        at = self.currentIndex().row(), self.currentIndex().column()
        self._model.show(comparison)
        if others:
            self._name_radios(comparison.papers)
            self.scrollToTop()
            self.horizontalScrollBar().setValue(0)
            at = 0, 0
        if comparison.papers:
            self._radios[comparison.kept].setChecked(True)
        self._fit()
        self.setCurrentIndex(self._model.index(max(0, at[0]), max(0, at[1])))

    def comparison(self) -> Comparison:
        """Return what is shown."""
        return self._model.shown

    def radios(self) -> list[QRadioButton]:
        """Return the buttons that choose the paper to keep, in the order of the papers."""
        return self._radios[: len(self._model.shown.papers)]

    def shown_text(self, row: int, column: int) -> str:
        """Return what a cell shows: of a row that is folded, long texts from where they differ."""
        text, line = self._model.text(row, column), self._model.shown.lines[row]
        return text if line.name in self._unfolded else line.shortened(text)

    def lines_of(self, row: int) -> int:
        """Return how many lines of text a row may take."""
        return LINES_UNFOLDED if self._model.shown.lines[row].name in self._unfolded else LINES_SHOWN

    def _name_radios(self, papers: Sequence[Paper]) -> None:
        """Have a button for each paper. Those of an earlier comparison are used again: none is ever deleted."""
        before: QWidget = self
        for at, paper in enumerate(papers):
            if at == len(self._radios):
                radio = QRadioButton(self.tr("Keep {n}").format(n=at + 1), self._radio_row)
                radio.setObjectName(f"keep{at + 1}")
                radio.setFont(self._theme.font(13, QFont.Weight.Medium))
                self._group.addButton(radio, at)
                QWidget.setTabOrder(before, radio)
                self._radios.append(radio)
            before = self._radios[at]
            title = self.tr("Keep paper {n}: {title}").format(n=at + 1, title=paper.title)
            self._radios[at].setAccessibleName(title)
        for at, radio in enumerate(self._radios):
            radio.setVisible(at < len(papers))

    def _fit(self) -> None:
        columns = self._model.columnCount()
        if not columns:
            return
        width = max(self._theme.px(_COLUMN_PX), self.viewport().width() // columns)
        for column in range(columns):
            self.setColumnWidth(column, width)
        for row in range(self._model.rowCount()):
            self.setRowHeight(row, self._row_height(row, width))
        self._place_radios()

    def _row_height(self, row: int, width: int) -> int:
        line = self._model.shown.lines[row]
        most, height = self.lines_of(row), 1
        for column in range(self._model.columnCount()):
            text = self.shown_text(row, column)
            font = self._cell.font(line, column)
            room = self._cell.inner(QRect(0, 0, width, 100)).width() - self._cell.indent(line, column)
            count = max(1, len(text_lines(text, font, room, most))) if text else 1
            height = max(height, count * QFontMetrics(font).lineSpacing())
        return height + self._theme.px(15)

    def _place_radios(self) -> None:
        header = self.horizontalHeader()
        self._radio_row.setGeometry(header.geometry())
        self._radio_row.raise_()
        self._name_oldest(header.sectionSize(0))
        for column, radio in enumerate(self.radios()):
            radio.setGeometry(header.sectionViewportPosition(column), 0, header.sectionSize(column), header.height())

    def _name_oldest(self, room: int) -> None:
        """Say of the first paper that it is the oldest, where there is room."""
        for oldest in self._radios[:1]:
            oldest.setText(self.tr("Keep {n} (oldest)").format(n=1))
            if oldest.sizeHint().width() > room:
                oldest.setText(self.tr("Keep {n}").format(n=1))

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.unfold(index.row())

    def unfold(self, row: int) -> None:
        """Show a row with the whole of its texts, or cut again."""
        if 0 <= row < self._model.rowCount():
            self._unfolded ^= {self._model.shown.lines[row].name}
            self._fit()
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns (QWidget)."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Ask for as much as there is (QWidget)."""
        return QSize(400, 300)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Unfold at Space; leave letters and digits to the sheet (QWidget)."""
        if event.key() == Qt.Key.Key_Space:
            self.unfold(self.currentIndex().row())
            event.accept()
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)
