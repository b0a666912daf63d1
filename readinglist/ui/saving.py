"""Save a list of papers to a file or folder the reader chooses. Nothing of an unfinished one is left behind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from readinglist.errors import ReadingListError
from readinglist.library import Library
from readinglist.paths import write_whole
from readinglist.phrase import phrase
from readinglist.progress import Progress
from readinglist.ui.jobs import Job, Lanes, Step
from readinglist.ui.status_line import Work, WorkShown
from readinglist.ui.wording import told

if TYPE_CHECKING:
    from readinglist.library import ExportFormat

EXPORT = "export"
_FIRST = "json"


class Saving(QObject):
    """Asks for a file and writes the papers of a query into it, in the background lane."""

    work_changed = Signal(object)
    """A `WorkShown`."""

    told = Signal(str)

    def __init__(self, library: Library, lanes: Lanes, window: QWidget) -> None:
        super().__init__(window)
        self._library = library
        self._lanes = lanes
        self._window = window
        self._query = ""
        self._among: Collection[int] | None = None
        self._job: Job | None = None
        self._dialog: QFileDialog | None = None
        self._formats: dict[str, ExportFormat] = {}  # by what the dialog says of them

    def ask(self, query: str, title: str, among: Collection[int] | None = None) -> None:
        """Ask where to save the papers of `query`, of those `among` them only."""
        self._query, self._among = query, among
        library = self._library

        def call(_progress: Progress) -> list[ExportFormat]:
            return library.export_formats()  # imports every format: a tenth of a second, which the window has not got

        self._lanes.search.run(call, done=lambda formats: self._open_dialog(formats, title))

    def _open_dialog(self, formats: Sequence[ExportFormat], title: str) -> None:
        dialog = QFileDialog(self._window, self.tr("Export this list"))
        dialog.setObjectName("exportDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._formats = {
            f"{told(each.label)} (*{each.suffix})": each
            for each in sorted(formats, key=lambda each: each.name != _FIRST)
        }
        dialog.setNameFilters(list(self._formats))
        dialog.setDefaultSuffix(_FIRST)
        dialog.selectFile(f"{title}.{_FIRST}")
        dialog.filterSelected.connect(self._on_filter_selected)
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    def _on_filter_selected(self, said: str) -> None:
        if self._dialog is not None and said in self._formats:
            self._dialog.setDefaultSuffix(self._formats[said].suffix.removeprefix("."))

    def _on_file_selected(self, name: str) -> None:
        chosen = self._formats.get(self._dialog.selectedNameFilter()) if self._dialog is not None else None
        suffix = Path(name).suffix.lower()
        known = bool(suffix) and any(each.suffix == suffix for each in self._formats.values())
        if chosen is not None and not chosen.is_folder and known and suffix != chosen.suffix:
            chosen = None  # what is typed goes before what is chosen in the list below it: mine.bib is BibTeX
        self.save_as(name, chosen)

    def save_as(self, name: str, chosen: ExportFormat | None = None) -> None:
        """Write the papers into a file or folder of this name; without a format its ending says which."""
        path = Path(name)
        library, query, among = self._library, self._query, self._among
        title = self.tr("Exporting to {name}").format(name=path.name)
        self.work_changed.emit(WorkShown(EXPORT, Work(title)))

        def call(progress: Progress) -> int:
            return write_papers(library, query, path, progress, chosen, among)

        def stepped(step: Step) -> None:
            self.work_changed.emit(WorkShown(EXPORT, Work(title, step)))

        def done(count: int) -> None:
            self._end(self.tr("Exported %Ln papers to {name}.", "", count).format(name=path.name))

        def failed(error: Exception) -> None:
            self._end(told(error))

        def cancelled() -> None:
            self._end(self.tr("The export was stopped."))

        self._job = self._lanes.background.run(call, done=done, failed=failed, cancelled=cancelled, progressed=stepped)

    def cancel(self) -> None:
        """Stop."""
        if self._job is not None:
            self._job.cancel()

    def _end(self, words: str) -> None:
        self.work_changed.emit(WorkShown(EXPORT, None))
        self.told.emit(words)


def write_papers(
    library: Library,
    query: str,
    path: Path,
    progress: Progress,
    chosen: ExportFormat | None = None,
    among: Collection[int] | None = None,
) -> int:
    """Write the papers of a query, whole or not at all; return how many. Raises ReadingListError.

    Without a format the ending of the name says which. `among`: no others are written.
    """
    ids = library.search(query, relax=False).ids
    if among is not None:
        only = set(among)
        ids = [number for number in ids if number in only]
    total = len(ids)
    if chosen is not None and chosen.is_folder:
        return total - len(library.export_folder(query, chosen.name, path, progress, ids=ids))
    format_name = chosen.name if chosen is not None else _by_suffix(library, path)

    def pieces() -> Iterator[str]:
        for number, text in enumerate(library.export(query, format_name, ids=ids)):
            yield text
            progress.step(min(number, total), total)

    write_text(path, pieces())
    return total


def write_text(path: Path, pieces: Iterable[str]) -> None:
    """Write a file, whole or not at all. Raises ReadingListError, and what `pieces` raises."""
    try:
        write_whole(path, pieces)
    except OSError as error:
        raise ReadingListError(phrase("“{name}” cannot be written: {reason}.", name=path.name, reason=error)) from error


def _by_suffix(library: Library, path: Path) -> str:
    suffix = path.suffix.lower()
    return next((each.name for each in library.export_formats() if suffix and each.suffix == suffix), _FIRST)
