"""The sheet to put a backup back from: what there is, and what becomes of the library as it is. Knows no library."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from readinglist.library import Backup
from readinglist.ui.backup_list import BackupList
from readinglist.ui.plain_sheet import PlainSheet
from readinglist.ui.theme import Theme


class BackupSheet(PlainSheet):
    """Lists backups; tells which one the reader wants back."""

    restore_asked = Signal(object)
    """The Path of a backup."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, self.tr("Restore a backup"), card_width=660, card_height=480)
        self.setObjectName("backupSheet")
        self.list = BackupList(theme, self.card)
        self._choose = QPushButton(self.tr("Choose a file…"), self.card)
        self._leave = QPushButton(self.tr("Cancel"), self.card)
        self._restore = QPushButton(self.tr("Put it back"), self.card)
        self.fill(
            self.list,
            ("backupChoose", self._choose),
            ("backupLeave", self._leave),
            ("backupRestore", self._restore),
        )
        self.list.chosen.connect(lambda path: self._restore.setEnabled(path is not None))
        self.list.itemActivated.connect(self._on_restore)
        self._choose.clicked.connect(self._on_choose)
        self._leave.clicked.connect(self.close_sheet)
        self._restore.clicked.connect(self._on_restore)
        self._dialog: QFileDialog | None = None
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        super().set_theme(theme)
        self.list.set_theme(theme)

    def show_looking(self) -> None:
        """Open the sheet while it is found out what backups there are."""
        self.words.setText(self.tr("Looking for backups…"))
        self.list.show_backups([])
        self.open_sheet(self.list)

    def show_backups(self, backups: Sequence[Backup]) -> None:
        """Show what there is."""
        self.list.show_backups(backups)
        if backups:
            self.words.setText(
                self.tr(
                    "The library becomes what it was then. What it is now is kept, in the folder “replaced” of the"
                    " library; nothing is deleted."
                )
            )
        else:
            self.words.setText(
                self.tr("There are no backups yet. One is made half an hour after a change, on quitting, and by hand.")
            )

    def show_problem(self, why: str) -> None:
        """Say why the backups cannot be listed."""
        self.words.setText(why)

    def _on_restore(self) -> None:
        if (path := self.list.path()) is not None:
            self._ask(path)

    def _ask(self, path: Path) -> None:
        self.close_sheet()
        self.restore_asked.emit(path)

    def _on_choose(self) -> None:
        dialog = backup_dialog(self)
        dialog.fileSelected.connect(lambda name: self._ask(Path(name)))
        self._dialog = dialog
        dialog.open()


def backup_dialog(parent: QWidget) -> QFileDialog:
    """Return a dialog that asks for the file of a backup."""
    dialog = QFileDialog(parent, parent.tr("Choose a backup"))
    dialog.setObjectName("backupDialog")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setOption(QFileDialog.Option.ReadOnly)  # Qt's own dialog would delete files at Del
    dialog.setNameFilters([parent.tr("Backups (*.db)"), parent.tr("All files (*)")])
    dialog.finished.connect(dialog.deleteLater)
    return dialog
