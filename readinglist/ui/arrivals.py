"""How papers come into the window and leave it: file dialogs, the clipboard, what is dropped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from readinglist.library import Library
from readinglist.ui.actions import Actions
from readinglist.ui.importing import IMPORT, PREVIEW, Importing
from readinglist.ui.jobs import Lanes
from readinglist.ui.saving import EXPORT, Saving
from readinglist.ui.searching import Question, in_view
from readinglist.ui.sheets import Sheets
from readinglist.ui.status_line import StatusLine, WorkShown


class Arrivals(QObject):
    """Asks, shows the preview and the progress, and tells what came of it."""

    imported = Signal(object)
    """An `ImportReport`."""

    preview_ready = Signal(object)
    """A `Preview` to be shown in the import sheet."""

    told = Signal(str)

    def __init__(
        self,
        library: Library,
        lanes: Lanes,
        actions: Actions,
        sheets: Sheets,
        status: StatusLine,
        question: Callable[[], Question],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._status = status
        self._question = question
        self._dialog: QFileDialog | None = None
        self.importing = Importing(library, lanes.background, self)
        self.saving = Saving(library, lanes, window)
        self.importing.work_changed.connect(self.show_work)
        self.importing.previewed.connect(self.preview_ready)
        self.importing.imported.connect(self.imported)
        self.importing.told.connect(self.told)
        self.saving.work_changed.connect(self.show_work)
        self.saving.told.connect(self.told)
        sheets.import_accepted.connect(self.importing.accept)
        status.cancel_asked.connect(self._on_cancel_asked)
        actions["actionImport"].triggered.connect(self.ask_for_files)
        actions["actionPaste"].triggered.connect(self.paste)
        actions["actionExport"].triggered.connect(self._export)

    def ask_for_files(self) -> None:
        """Ask which files to import."""
        dialog = QFileDialog(self._window, self.tr("Import papers"))
        dialog.setObjectName("importDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setOption(QFileDialog.Option.ReadOnly)  # Qt's own dialog would delete files at Del
        dialog.filesSelected.connect(self._on_files_chosen)
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    def paste(self) -> None:
        """Look at what is on the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        if data is None or not self.importing.take_mime(data, self.tr("pasted text")):
            self.told.emit(self.tr("There is nothing on the clipboard to take in. Copy a page of papers first."))

    def take_dropped(self, data: QMimeData) -> bool:
        """Look at what was dropped; say whether there was anything to look at."""
        taken = self.importing.take_mime(data, self.tr("dropped text"))
        if not taken:
            self.told.emit(self.tr("Nothing in this can be taken in: drop files of this computer, or text."))
        return taken

    def stop(self) -> None:
        """Stop whatever runs."""
        self.importing.cancel()
        self.saving.cancel()

    def show_work(self, shown: WorkShown) -> None:
        """Show in the status line how a piece of work stands."""
        if shown.work is None:
            self._status.end_work(shown.name)
        else:
            self._status.show_work(shown.name, shown.work)

    def _on_files_chosen(self, names: list[str]) -> None:
        self.importing.take_paths([Path(name) for name in names])

    def _on_cancel_asked(self, name: str) -> None:
        if name in (IMPORT, PREVIEW):
            self.importing.cancel()
        elif name == EXPORT:
            self.saving.cancel()

    def _export(self) -> None:
        question = self._question()
        whole = question.searching and question.everywhere
        title = self.tr("Papers") if whole else question.view.title
        if whole:
            self.saving.ask(question.text.strip(), title)
            return
        query = in_view(question) if question.searching else question.view.query
        self.saving.ask(query, title, question.chosen)
