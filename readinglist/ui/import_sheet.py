"""What was recognised in files or a paste, shown before it is taken: counts, titles, problems, where they go.

Knows no library: it shows a preview and tells what the reader chose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from readinglist.errors import Problem
from readinglist.library.reports import Preview, PreviewItem
from readinglist.paper import PaperId, Status
from readinglist.text.mathematics import as_text
from readinglist.ui.choice_box import ChoiceBox
from readinglist.ui.comparing import field_labels
from readinglist.ui.import_rows import ImportRow, ImportRowPainter, ImportRows
from readinglist.ui.labels import dress
from readinglist.ui.overlay import Sheet
from readinglist.ui.reader_events import ImportChoice, TagsEdited
from readinglist.ui.rows import RowList
from readinglist.ui.tag_chip import CHIP_PX
from readinglist.ui.tag_editor import TagEditor
from readinglist.ui.tag_offers import KnownTag
from readinglist.ui.theme import Theme
from readinglist.ui.wording import told

_FIELDS_SHOWN = 3
_EVERY_PAPER = PaperId(-1)


class ImportSheet(Sheet):
    """Lies over the window until the reader adds the papers or cancels."""

    accepted = Signal(object)
    """ImportChoice."""
    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, card_width=720, card_height=620)
        self.setObjectName("importSheet")
        self.card.setObjectName("importCard")
        self.setAccessibleName(self.tr("Add papers"))
        self._tags: frozenset[str] = frozenset()
        self._chosen = False
        self._taking = True
        self._colours: dict[str, str] = {}
        self._title = self._label("importTitle")
        self._summary = self._label("importSummary")
        self._model = ImportRows(self)
        self._list = RowList("importList", self.tr("What was recognised"), self.card)
        self._list.setLayoutMode(QListView.LayoutMode.Batched)  # each of many thousand records may be a problem
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.set_rows(self._model, ImportRowPainter(theme, self._list))
        self._target = ChoiceBox(theme, self.card)
        self._target.setObjectName("importTarget")
        self._target.setAccessibleName(self.tr("Put them into"))
        self._target_label = self._label("")
        self._target_label.setText(self.tr("Put them into"))
        self._target_label.setBuddy(self._target)
        self._tag_label = self._label("")
        self._tag_label.setText(self.tr("Tags"))
        self.tag_editor = TagEditor(theme, self.card)
        self.tag_editor.setObjectName("importTags")
        self.tag_editor.tags_changed.connect(self._on_tags_changed)
        self._add = QPushButton(self.card)
        self._add.setObjectName("importAdd")
        self._cancel = QPushButton(self.tr("Cancel"), self.card)
        self._cancel.setObjectName("importCancel")
        self._add.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.close_sheet)
        self._lay_out()
        QWidget.setTabOrder(self._cancel, self._add)
        self.closed.connect(self._on_closed)
        self.set_theme(theme)

    def _label(self, name: str) -> QLabel:
        label = QLabel(self.card)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(bool(name))
        return label

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(24, 22, 24, 14)
        head.setSpacing(5)
        head.addWidget(self._title)
        head.addWidget(self._summary)
        self.body.addLayout(head)
        self._lines = [QFrame(self.card), QFrame(self.card)]
        for line in self._lines:
            line.setFixedHeight(1)
        self.body.addWidget(self._lines[0])
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._lines[1])
        top = Qt.AlignmentFlag.AlignTop
        where = QHBoxLayout()
        where.setContentsMargins(24, 16, 24, 0)
        where.setSpacing(10)
        where.addWidget(self._target_label, 0, top)
        where.addWidget(self._target, 0, top)
        where.addSpacing(10)
        where.addWidget(self._tag_label, 0, top)
        where.addWidget(self.tag_editor, 1)
        self.body.addLayout(where)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 16, 24, 18)
        foot.setSpacing(10)
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self._add)
        self.body.addLayout(foot)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        super().set_theme(theme)
        self._list.set_theme(theme)
        dress(self._title, theme.font(20, QFont.Weight.DemiBold), theme.text)
        for label in (self._summary, self._target_label, self._tag_label):
            dress(label, theme.font(13), theme.sub)
        for line in self._lines:
            line.setStyleSheet(f"background:{theme.line};border:0")
        self._list.setStyleSheet(f"#importList{{background:{theme.read}}}")
        for button in (self._add, self._cancel):
            button.setFont(theme.font(13, QFont.Weight.Medium))
            button.setFixedHeight(theme.px(34))
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        shape = "border-radius:8px;padding:0 14px"
        self._add.setStyleSheet(
            f"QPushButton{{background:{theme.acc};color:{theme.acctext};border:2px solid {theme.acc};{shape}}}"
            f"QPushButton:focus{{border-color:{theme.text}}}"
            f"QPushButton:disabled{{background:{theme.chip};color:{theme.faint};border-color:{theme.chip}}}"
        )
        self._cancel.setStyleSheet(
            f"QPushButton{{background:{theme.read};color:{theme.text};border:1px solid {theme.line};{shape}}}"
            f"QPushButton:hover{{background:{theme.hover}}}"
            f"QPushButton:focus{{border:2px solid {theme.acc}}}"
        )
        self._target.set_theme(theme)
        for label in (self._target_label, self._tag_label):
            label.setFixedHeight(theme.px(CHIP_PX))
        self.tag_editor.set_theme(theme)

    def show_preview(
        self,
        preview: Preview,
        *,
        known_tags: Sequence[KnownTag] = (),
        tag_colours: Mapping[str, str] | None = None,
    ) -> None:
        """Show what would be taken, and wait for the reader."""
        report = preview.report
        taken = report.read - report.failed
        self._chosen = False
        self._colours = dict(tag_colours or {})
        self._title.setText(self.tr("Add papers"))
        if preview.formats:
            named = ", ".join(map(told, preview.formats))
            self._title.setText(self.tr("Add papers from: {formats}").format(formats=named))
        self._summary.setText(self.summary(preview))
        self._model.show_rows(self._rows(preview))
        self._list.scrollToTop()
        own = any(item.paper.status != Status.INBOX for item in preview.items)
        self._fill_targets(own=own)
        self._tags = frozenset()
        self.tag_editor.set_known_tags(known_tags)
        self.tag_editor.show_tags(_EVERY_PAPER, self._tags, self._colours)
        self._add.setEnabled(bool(report.added or report.updated))
        self._add.setText(self._button_text(report.added, report.updated, taken))
        self._cancel.setText(self.tr("Cancel") if self._add.isEnabled() else self.tr("Close"))
        self._taking = bool(report.added)
        self._fit()
        self.open_sheet(self._add if self._add.isEnabled() else self._cancel)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the names of the fields out where there is little room (QWidget)."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for field in (self._target, self.tag_editor):
            field.setVisible(self._taking)
        for label in (self._target_label, self._tag_label):
            label.setVisible(self._taking and self.card.width() >= self._theme.px(480))

    def summary(self, preview: Preview) -> str:
        """Return the counts as a line: "82 papers · 3 already here (2 would be filled in) · 1 could not be taken"."""
        report = preview.report
        taken = report.read - report.failed
        here = report.updated + report.unchanged
        said = [self.tr("%Ln papers", "", taken)]
        if here:
            text = self.tr("all already here") if here == taken else self.tr("%Ln already here", "", here)
            if report.updated:
                filled = self.tr("(%Ln would be filled in)", "", report.updated)
                text = f"{text} {filled}"
            said.append(text)
        if report.failed:
            said.append(self.tr("%Ln could not be taken", "", report.failed))
        return " · ".join(said)

    def _button_text(self, added: int, updated: int, taken: int) -> str:
        if added:
            return self.tr("Add %Ln papers", "", added)
        if updated:
            return self.tr("Fill in %Ln papers", "", updated)
        return self.tr("Nothing new") if taken else self.tr("Nothing to add")

    def _rows(self, preview: Preview) -> list[ImportRow]:
        report = preview.report
        several = preview.sources > 1
        worst_first = sorted(report.problems, key=lambda problem: problem.kind != "failed")
        rows = [self._problem_row(problem, several=several) for problem in worst_first]
        filled_first = sorted(preview.items, key=lambda item: item.state != "filled")
        rows += map(self._paper_row, filled_first)
        beyond = report.read - report.failed - len(preview.items)
        if beyond > 0:
            rows.append(ImportRow("more", self.tr("and %Ln more", "", beyond)))
        return rows

    def _paper_row(self, item: PreviewItem) -> ImportRow:
        if item.state != "filled":
            return ImportRow(item.state, as_text(item.title))
        labels = field_labels()
        named = [labels[name] for name in item.gained if name in labels] or [self.tr("Details")]
        said = self.tr("Fills in: {fields}")
        shown = named if len(named) <= _FIELDS_SHOWN else [*named[: _FIELDS_SHOWN - 1], "…"]
        return ImportRow(
            item.state, as_text(item.title), said.format(fields=", ".join(shown)), said.format(fields=", ".join(named))
        )

    def _problem_row(self, problem: Problem, *, several: bool) -> ImportRow:
        where = "" if problem.line is None else self.tr("line {n}").format(n=problem.line)
        text = told(problem.message)
        return ImportRow(problem.kind, f"{problem.source}: {text}" if several else text, where)

    def _fill_targets(self, *, own: bool) -> None:
        self._target.clear()
        if own:
            self._target.addItem(self.tr("As in the file"), None)
        for status, text in (
            (Status.INBOX, self.tr("Inbox")),
            (Status.NEXT, self.tr("Up next")),
            (Status.READING, self.tr("Reading")),
            (Status.LATER, self.tr("Later")),
            (Status.READ, self.tr("Read")),
            (Status.ARCHIVED, self.tr("Archive")),
        ):
            self._target.addItem(text, status.value)

    def accept(self) -> None:
        """Tell what the reader chose, and close."""
        if not self.isVisible() or not self._add.isEnabled():
            return
        self._chosen = True
        choice = ImportChoice(self._target.currentData(), tuple(sorted(self._tags, key=str.casefold)))
        self.tag_editor.leave()
        self.close_sheet()
        self.accepted.emit(choice)

    def _on_closed(self) -> None:
        self.tag_editor.leave()
        if not self._chosen:
            self.cancelled.emit()

    def _on_tags_changed(self, edit: TagsEdited) -> None:
        self._tags = (self._tags | edit.added) - edit.removed
        self.tag_editor.show_tags(_EVERY_PAPER, self._tags, self._colours)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add at Enter, cancel at Escape (QWidget)."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._cancel.hasFocus():
                self.close_sheet()
            else:
                self.accept()
            event.accept()
        else:
            super().keyPressEvent(event)
