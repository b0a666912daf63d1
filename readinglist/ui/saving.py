"""Save a list of papers to a file the reader chooses. Nothing of an unfinished file is left behind."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from readinglist.errors import ReadingListError
from readinglist.library import Library
from readinglist.progress import Progress
from readinglist.ui.jobs import Job, Lane, Step
from readinglist.ui.status_line import Work, WorkShown

EXPORT = "export"
_FORMATS = {".json": "json", ".jsonl": "jsonl"}


class Saving(QObject):
    """Asks for a file and writes the papers of a query into it, in the background lane."""

    work_changed = Signal(object)
    """A `WorkShown`."""

    told = Signal(str)

    def __init__(self, library: Library, lane: Lane, window: QWidget) -> None:
        super().__init__(window)
        self._library = library
        self._lane = lane
        self._window = window
        self._query = ""
        self._job: Job | None = None
        self._dialog: QFileDialog | None = None

    def ask(self, query: str, title: str) -> None:
        """Ask where to save the papers of `query`."""
        self._query = query
        dialog = QFileDialog(self._window, self.tr("Export this list"))
        dialog.setObjectName("exportDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("JSON, one list (*.json)"), self.tr("JSON lines, one paper a line (*.jsonl)")])
        dialog.setDefaultSuffix("json")
        dialog.selectFile(f"{title}.json")
        dialog.fileSelected.connect(self.save_as)
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    def save_as(self, name: str) -> None:
        """Write the papers into a file of this name; its ending says the format."""
        path = Path(name)
        library, query = self._library, self._query
        title = self.tr("Exporting to {name}").format(name=path.name)
        self.work_changed.emit(WorkShown(EXPORT, Work(title)))

        def call(progress: Progress) -> int:
            return write_papers(library, query, path, progress)

        def stepped(step: Step) -> None:
            self.work_changed.emit(WorkShown(EXPORT, Work(title, step)))

        def done(count: int) -> None:
            self._end(self.tr("Exported {n} papers to {name}.").format(n=f"{count:,}", name=path.name))

        def failed(error: Exception) -> None:
            self._end(str(error))

        def cancelled() -> None:
            self._end(self.tr("The export was stopped."))

        self._job = self._lane.run(call, done=done, failed=failed, cancelled=cancelled, progressed=stepped)

    def cancel(self) -> None:
        """Stop."""
        if self._job is not None:
            self._job.cancel()

    def _end(self, words: str) -> None:
        self.work_changed.emit(WorkShown(EXPORT, None))
        self.told.emit(words)


def write_papers(library: Library, query: str, path: Path, progress: Progress) -> int:
    """Write the papers of a query into a file, whole or not at all; return how many. Raises ReadingListError."""
    format_name = _FORMATS.get(path.suffix.lower(), "json")
    total = library.search(query, limit=0).total
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            for number, text in enumerate(library.export(query, format_name)):
                file.write(text)
                progress.step(min(number, total), total)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise ReadingListError(f"“{path.name}” cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
    return total
