"""The backups of a library as a list to choose from. Knows no library."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from readinglist.library import Backup
from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.table_look import dress_table
from readinglist.ui.theme import Theme

_PATH = Qt.ItemDataRole.UserRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class BackupList(QTreeWidget):
    """One row a backup: when, how many papers, how large, why. One that cannot be read cannot be chosen."""

    chosen = Signal(object)
    """The Path of the backup that is selected, or None."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("backupList")
        self.setAccessibleName(self.tr("Backups"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHeaderLabels([self.tr("Made"), self.tr("Papers"), self.tr("Size"), self.tr("Why")])
        for column in (1, 2):
            self.headerItem().setTextAlignment(column, _RIGHT)
        self.header().setSectionsMovable(False)
        self.header().setStretchLastSection(True)
        self.itemSelectionChanged.connect(lambda: self.chosen.emit(self.path()))
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        px = theme.px
        dress_table(self, theme)
        for column, width in enumerate((200, 140, 110)):
            self.setColumnWidth(column, px(width))
        for column in (1, 2):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)

    def show_backups(self, backups: Sequence[Backup], best: Path | None = None) -> None:
        """Show backups, the newest first, and select the `best`, or the newest that can be read."""
        self.clear()
        locale = QLocale()
        first: QTreeWidgetItem | None = None
        for backup in backups:
            number = self.tr("cannot be read") if backup.papers is None else locale.toString(backup.papers)
            size = self.tr("{n} MB").format(n=locale.toString(backup.size_bytes / 1_000_000, "f", 1))
            item = QTreeWidgetItem([when(backup), number, size, self._reason(backup.reason)])
            item.setData(0, _PATH, str(backup.path))
            item.setToolTip(0, tooltip_text(str(backup.path)))
            for column in (1, 2):
                item.setTextAlignment(column, _RIGHT)
            item.setDisabled(backup.papers is None)
            self.addTopLevelItem(item)
            if backup.path == best or (first is None and best is None and backup.papers is not None):
                first = item
        if first is not None:
            self.setCurrentItem(first)
        self.chosen.emit(self.path())

    def path(self) -> Path | None:
        """Return the backup that is selected, or None."""
        selected = self.selectedItems()
        return Path(str(selected[0].data(0, _PATH))) if selected else None

    def _reason(self, reason: str) -> str:
        return {
            "manual": self.tr("by hand"),
            "time": self.tr("by itself"),
            "quit": self.tr("on quitting"),
            "upgrade": self.tr("before an upgrade"),
            "import": self.tr("before an import"),
            "repair": self.tr("before a repair"),
            "recover": self.tr("before a recovery"),
        }.get(reason, "")


def when(backup: Backup) -> str:
    """Return when a backup was made, in the reader's own time and way of writing it."""
    moment = QDateTime.fromString(backup.at, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
