"""The versions of a note as a list to choose from: when, how long, how it came about. Knows no library."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from readinglist.library import NoteVersion
from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.table_look import dress_table
from readinglist.ui.theme import Theme
from readinglist.ui.wording import told_label

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class VersionList(QTreeWidget):
    """One row a version, the newest first."""

    chosen = Signal()
    """Another version is selected, or none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("versionList")
        self.setAccessibleName(self.tr("Versions of the note"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHeaderLabels([self.tr("Last written"), self.tr("Length"), self.tr("How")])
        self.headerItem().setTextAlignment(1, _RIGHT)
        self.header().setSectionsMovable(False)
        self.header().setStretchLastSection(True)
        self._versions: Sequence[NoteVersion] = ()
        self.itemSelectionChanged.connect(self.chosen)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        dress_table(self, theme)
        for column, width in enumerate((138, 86)):
            self.setColumnWidth(column, theme.px(width))
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)

    def show_versions(self, versions: Sequence[NoteVersion]) -> None:
        """Show versions, given the oldest first, and select the one before the last, or the only one."""
        self._versions = tuple(reversed(versions))
        self.blockSignals(True)
        self.clear()
        for place, version in enumerate(self._versions):
            item = QTreeWidgetItem([_when(version), self._length(version), self._how(version, newest=not place)])
            item.setTextAlignment(1, _RIGHT)
            item.setToolTip(2, tooltip_text(item.text(2)))
            self.addTopLevelItem(item)
        self.blockSignals(False)
        if (first := self.topLevelItem(min(1, len(self._versions) - 1))) is not None:
            self.setCurrentItem(first)
        self.chosen.emit()

    def version(self) -> NoteVersion | None:
        """Return the version that is selected, or None."""
        selected = self.selectedItems()
        return self._versions[self.indexOfTopLevelItem(selected[0])] if selected else None

    def _length(self, version: NoteVersion) -> str:
        if not version.text:
            return self.tr("no note")
        words = len(version.text.split())
        return self.tr("%Ln words", "", words)

    def _how(self, version: NoteVersion, *, newest: bool) -> str:
        label = self.tr("taken back") if version.label == "Take back note" else told_label(version.label)
        if not version.label:
            how = self.tr("came with the paper")
        elif version.kind == "undo":
            how = self.tr("undone: {label}").format(label=label)
        elif version.kind == "redo":
            how = self.tr("done again: {label}").format(label=label)
        else:
            how = self.tr("written") if version.label == "Note" else label
        if newest:
            how = self.tr("now · {how}").format(how=how)
        return how if version.whole else self.tr("{how} · damaged").format(how=how)


def _when(version: NoteVersion) -> str:
    moment = QDateTime.fromString(version.at, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
