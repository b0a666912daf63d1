"""What the library says: papers have changed, an edit is done, papers came in. Tells the parts that have to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from readinglist.library import Changed
from readinglist.paper import PaperId, Status
from readinglist.ui.arrivals import Arrivals
from readinglist.ui.completing import Completing
from readinglist.ui.counting import Counting
from readinglist.ui.deduplicating import Deduplicating
from readinglist.ui.editing import Done, Editing, NoteAnswer
from readinglist.ui.feed_keeping import FeedKeeper
from readinglist.ui.importing import said
from readinglist.ui.indexing import IndexKeeper
from readinglist.ui.keeping import Keeping
from readinglist.ui.list_pane import ListPane
from readinglist.ui.modes import Modes
from readinglist.ui.navigation import Navigation
from readinglist.ui.neighbours import Neighbours
from readinglist.ui.pages import Pages
from readinglist.ui.presenter import Presenter
from readinglist.ui.putting_off import PuttingOff
from readinglist.ui.reader import Reader
from readinglist.ui.searching import Searching
from readinglist.ui.sheets import Sheets
from readinglist.ui.suggesting import Suggesting
from readinglist.ui.watch import Watch

if TYPE_CHECKING:
    from readinglist.library import ImportReport, Preview


class Updates(QObject):
    """Passes on what was done, by this window and by others."""

    def __init__(
        self,
        *,
        watch: Watch,
        editing: Editing,
        arrivals: Arrivals,
        feeds: FeedKeeper,
        keeping: Keeping,
        pane: ListPane,
        reader: Reader,
        sheets: Sheets,
        searching: Searching,
        counting: Counting,
        neighbours: Neighbours,
        suggesting: Suggesting,
        indexing: IndexKeeper,
        completing: Completing,
        duplicates: Deduplicating,
        later: PuttingOff,
        modes: Modes,
        pages: Pages,
        navigation: Navigation,
        presenter: Presenter,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._arrivals = arrivals
        self._keeping = keeping
        self._pane = pane
        self._reader = reader
        self._sheets = sheets
        self._searching = searching
        self._indexing = indexing
        self._completing = completing
        self._duplicates = duplicates
        self._later = later
        self._modes = modes
        self._navigation = navigation
        self._presenter = presenter
        self._asking = (searching, counting, neighbours, suggesting, indexing, pages)
        self._failed_notes: dict[PaperId, str] = {}
        watch.changed.connect(self._on_changed)
        watch.changed_elsewhere.connect(self._on_changed_elsewhere)
        watch.day_changed.connect(self._on_changed_elsewhere)
        watch.moved.connect(keeping.show_moved)
        keeping.refresh_asked.connect(self._on_changed_elsewhere)
        keeping.notes.restored.connect(self._on_done)
        editing.done.connect(self._on_done)
        editing.note_answered.connect(self._on_note_answered)
        feeds.done.connect(self._on_done)
        arrivals.preview_ready.connect(self._on_previewed)
        arrivals.imported.connect(self._on_imported)

    @property
    def notes_settled(self) -> bool:
        """Return whether every note is saved, or known to be one that cannot be."""
        unsaved = self._reader.unsaved_notes()
        return all(self._failed_notes.get(number) == text for number, text in unsaved.items())

    # -- papers have changed ----------------------------------------------------------------------

    def _on_changed(self, changed: Changed) -> None:
        if changed.edited:
            self._pane.papers.refresh()
        self._ask_again(changed)

    def _on_changed_elsewhere(self) -> None:
        self._pane.papers.refresh()
        self._ask_again(None)

    def _ask_again(self, changed: Changed | None) -> None:
        self._completing.outdate()
        self._modes.refresh(changed)
        for part in self._asking:
            part.refresh()
        self._keeping.changed()
        self._duplicates.refresh()

    # -- an edit is done --------------------------------------------------------------------------

    def _on_done(self, done: Done) -> None:
        toast = self._pane.toast
        if done.loud:
            toast.show_text(done.words, done.entry)
        elif toast.isVisible() and toast.entry() is not None:
            toast.dismiss()  # its Ctrl+Z would now take back something else
        if done.was_undo:
            self._later.dismiss()
            self._modes.on_done(done)
        if done.was_undo and done.ids:
            self._searching.refresh(select=PaperId(done.ids[0]))

    def _on_note_answered(self, answer: NoteAnswer) -> None:
        self._keeping.notes.hear(answer)
        if answer.problem is None:
            self._failed_notes.pop(answer.id, None)
            self._reader.note_saved(answer.id, answer.text)
        else:
            self._failed_notes[answer.id] = answer.text
            self._reader.note_failed(answer.id, answer.problem)

    # -- papers came in ---------------------------------------------------------------------------

    def _on_previewed(self, preview: Preview) -> None:
        known = self._presenter.known_tags()
        self._sheets.import_sheet.show_preview(preview, known_tags=known, tag_colours=self._presenter.colours)

    def _on_imported(self, report: ImportReport) -> None:
        self._pane.toast.show_text(said(report), report.import_id)
        self._keeping.hear_import(report)
        self._indexing.refresh()
        if not report.added:
            return
        self._presenter.show_welcome(False)
        if self._modes.active:
            return
        if not self._searching.question.searching and self._arrivals.importing.target in (None, Status.INBOX):
            self._navigation.go_to("queue:inbox", select=PaperId(report.ids[0]) if report.ids else None)
