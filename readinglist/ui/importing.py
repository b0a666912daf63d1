"""Take papers in: files, dropped or pasted text. First a preview, then what the reader chose, with progress.

Knows no widget; it tells what there is to show.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMimeData, QObject, Signal

from readinglist.assets import resource
from readinglist.library import Library
from readinglist.progress import Progress
from readinglist.text.identifiers import normal_arxiv, normal_doi, stand_in_title
from readinglist.ui.jobs import Job, Lane, Step
from readinglist.ui.reader_events import ImportChoice
from readinglist.ui.status_line import Work, WorkShown
from readinglist.ui.wording import told

if TYPE_CHECKING:
    from readinglist.library import ImportReport, Preview, Source

    Sources = Sequence[Source | Path]

translate = QCoreApplication.translate

IMPORT, PREVIEW = "import", "preview"


class Importing(QObject):
    """One import at a time, from what was dropped to the papers in the library."""

    work_changed = Signal(object)
    """A `WorkShown`."""

    previewed = Signal(object)
    """A `Preview` for the reader to look at."""

    imported = Signal(object)
    """An `ImportReport`."""

    told = Signal(str)
    """A sentence for the reader: why nothing was taken in."""

    def __init__(self, library: Library, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._lane = lane
        self._sources: Sources = ()
        self._title = ""
        self._job: Job | None = None
        self.target: str | None = None
        """Where the papers of the last import went: a status word, or None for their own or the Inbox."""

    @property
    def busy(self) -> bool:
        """Return whether a preview or an import runs."""
        return self._job is not None and not self._job.finished

    def take_mime(self, data: QMimeData, name: str) -> bool:
        """Look at what was dropped or pasted; say whether there was anything to look at. `name` is for messages."""
        from readinglist.library import Source

        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.take_paths(paths)
            return True
        addresses = {url.toString(): None for url in data.urls()}
        text = data.text() if data.hasText() else ""
        if addresses.keys() >= set(text.split()):  # links: those that name a paper
            text = "\n".join(filter(None, map(_named_by, addresses)))
        if text:
            self.preview([Source(name, data=text.encode("utf-8", "replace"))], name)
        return bool(text)

    def take_paths(self, paths: Sequence[Path]) -> None:
        """Look at files, or at folders of Markdown files."""
        title = paths[0].name if len(paths) == 1 else self.tr("%Ln files", "", len(paths))
        self.preview(paths, title)

    def preview(self, sources: Sources, title: str) -> None:
        """See what is in these sources; `previewed` follows, or `told`."""
        if self.busy:
            self.told.emit(self.tr("One import at a time: the one that runs can be stopped below."))
            return
        self._sources, self._title = sources, title
        library = self._library
        self._show(PREVIEW, Work(self.tr("Looking at {name}").format(name=title)))

        def call(progress: Progress) -> Preview:
            return library.preview(sources, progress=progress)

        self._job = self._lane.run(
            call,
            done=self._on_previewed,
            failed=self._on_preview_failed,
            cancelled=self._on_preview_cancelled,
            progressed=self._on_preview_step,
        )

    def accept(self, choice: ImportChoice) -> None:
        """Take in what was previewed, as the reader chose."""
        self._import(self._sources, self._title, choice.status, choice.tags)

    def take_samples(self) -> None:
        """Take in the ten sample papers."""
        self._import([resource("samples/papers.jsonl")], self.tr("sample papers"), None, ())

    def cancel(self) -> None:
        """Stop what runs; nothing of it is kept."""
        if self._job is not None:
            self._job.cancel()

    def _import(self, sources: Sources, title: str, status: str | None, tags: Sequence[str]) -> None:
        if self.busy:
            return
        self.target = status
        library = self._library
        self._show(IMPORT, Work(self.tr("Importing {name}").format(name=title)))

        def call(progress: Progress) -> ImportReport:
            return library.import_(sources, to=status, tags=tags, progress=progress)

        self._job = self._lane.run(
            call,
            done=self._on_imported,
            failed=self._on_import_failed,
            cancelled=self._on_import_cancelled,
            progressed=self._on_import_step,
        )

    def _show(self, name: str, work: Work | None) -> None:
        self.work_changed.emit(WorkShown(name, work))

    def _on_preview_step(self, step: Step) -> None:
        self._show(PREVIEW, Work(self.tr("Looking at {name}").format(name=self._title), step))

    def _on_previewed(self, preview: Preview) -> None:
        self._show(PREVIEW, None)
        self.previewed.emit(preview)

    def _on_preview_failed(self, error: Exception) -> None:
        self._show(PREVIEW, None)
        self.told.emit(told(error))

    def _on_preview_cancelled(self) -> None:
        self._show(PREVIEW, None)

    def _on_import_step(self, step: Step) -> None:
        self._show(IMPORT, Work(self.tr("Importing {name}").format(name=self._title), step))

    def _on_imported(self, report: ImportReport) -> None:
        self._show(IMPORT, None)
        self.imported.emit(report)

    def _on_import_failed(self, error: Exception) -> None:
        self._show(IMPORT, None)
        self.told.emit(told(error))

    def _on_import_cancelled(self) -> None:
        self._show(IMPORT, None)
        self.told.emit(self.tr("The import was stopped; nothing was taken in."))


def _named_by(address: str) -> str | None:
    """Return the DOI or arXiv id that an address is of, as it stands in a list of them."""
    arxiv = normal_arxiv(address)
    return stand_in_title(normal_doi(address), arxiv[0] if arxiv else None)


def said(report: ImportReport) -> str:
    """Return an import's report as a sentence: "Added 82 papers · 3 already here · 1 could not be taken"."""
    parts = []
    if report.added:
        parts.append(translate("Importing", "Added %Ln papers", "", report.added))
    else:
        parts.append(translate("Importing", "Nothing new"))
    if report.updated:
        parts.append(translate("Importing", "%Ln filled in", "", report.updated))
    if report.unchanged:
        parts.append(translate("Importing", "%Ln already here", "", report.unchanged))
    if report.failed:
        parts.append(translate("Importing", "%Ln could not be taken", "", report.failed))
    return " · ".join(parts)
