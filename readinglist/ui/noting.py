"""What there is to a note beside writing it: its preview, and its earlier versions to look at and take back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from readinglist.library import Library
from readinglist.paper import PaperId
from readinglist.ui.actions import Actions
from readinglist.ui.commands import Commands
from readinglist.ui.editing import Editing
from readinglist.ui.jobs import Job, Lanes
from readinglist.ui.memory import Memory
from readinglist.ui.reader import Reader
from readinglist.ui.sheets import Sheets
from readinglist.ui.wording import told

if TYPE_CHECKING:
    from readinglist.library import NoteVersion
    from readinglist.ui.differing import Piece
    from readinglist.ui.version_sheet import VersionSheet


class Noting(QObject):
    """Turns the preview on and off; opens the sheet of versions for the paper that the commands are for."""

    told = Signal(str)
    """A sentence for the reader."""

    def __init__(
        self,
        library: Library,
        lanes: Lanes,
        actions: Actions,
        sheets: Sheets,
        editing: Editing,
        reader: Reader,
        commands: Commands,
        memory: Memory,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._lanes = lanes
        self._sheets = sheets
        self._editing = editing
        self._reader = reader
        self._commands = commands
        self._memory = memory
        self._of = PaperId(0)
        self._comparing: Job | None = None
        actions["actionNoteVersions"].triggered.connect(self.show_versions)
        actions["actionNotePreview"].setChecked(memory.note_preview)
        reader.set_note_preview(memory.note_preview)
        actions["actionNotePreview"].toggled.connect(self._on_preview_toggled)

    @cached_property
    def _sheet(self) -> VersionSheet:
        sheet = self._sheets.version_sheet
        sheet.comparison_asked.connect(self._compare)
        sheet.take_back_asked.connect(self._take_back)
        return sheet

    def show_versions(self) -> None:
        """Show what the note on the current paper has been; what is being typed is saved first."""
        paper = self._commands.current()
        if paper is None:
            return
        library, sheet = self._library, self._sheet
        self._of = paper.id
        self._reader.leave_note()
        sheet.show_looking(self._commands.quoted(paper.title), can_write=not library.read_only)

        def done(versions: Sequence[NoteVersion]) -> None:
            if self._of == paper.id and sheet.isVisible():
                sheet.show_versions(versions)

        # In the lane that saves notes, so that what was typed last is among them.
        self._lanes.edits.run(
            lambda _progress: library.note_versions(paper.id),
            done=done,
            failed=lambda error: sheet.show_problem(told(error)),
        )

    def _on_preview_toggled(self, on: bool) -> None:
        self._memory.note_preview = on
        self._reader.set_note_preview(on)
        if not self._reader.is_writing_note:
            self.told.emit(
                self.tr("From now on a note is shown formatted beside what you type.")
                if on
                else self.tr("From now on a note is shown formatted only when you have left it.")
            )

    def _compare(self, now: str, then: str) -> None:
        from readinglist.ui.differing import differences

        if self._comparing is not None:
            self._comparing.cancel()

        def done(pieces: Sequence[Piece]) -> None:
            self._sheet.show_comparison(then, pieces)

        self._comparing = self._lanes.background.run(lambda _progress: differences(now, then), done=done)

    def _take_back(self, version: NoteVersion) -> None:
        self._editing.take_back_note(self._of, version.number)
