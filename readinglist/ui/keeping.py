"""Everything in the window that keeps the library safe: backups, checks, notes, the banner. Made and joined here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from readinglist.errors import ReadingListError
from readinglist.library import Backup, Finding, Library
from readinglist.library.safety import BACKUP_SOURCE
from readinglist.paper import Paper, PaperId
from readinglist.paths import backup_folder, settings_file
from readinglist.progress import Progress
from readinglist.settings import read_settings
from readinglist.ui.actions import Actions
from readinglist.ui.backing_up import BACKUP, BackingUp
from readinglist.ui.banner import Banner, Notice
from readinglist.ui.checking import Checking
from readinglist.ui.jobs import Lanes
from readinglist.ui.note_keeper import NoteKeeper
from readinglist.ui.read_only import ReadOnly
from readinglist.ui.status_line import StatusLine, WorkShown
from readinglist.ui.theme import Theme, ThemeSwitch
from readinglist.ui.wording import told

if TYPE_CHECKING:
    from readinglist.library import ImportReport
    from readinglist.ui.backup_sheet import BackupSheet
    from readinglist.ui.check_sheet import CheckSheet


log = logging.getLogger(__name__)


class Keeping(QObject):
    """The window tells it of changes and notes; it tells what the reader should hear and what has to be done."""

    restore_asked = Signal(object)
    """The Path of a backup that is to take the place of the library."""

    refresh_asked = Signal()
    """Papers are gone for good: what is shown is to be looked at anew."""

    told = Signal(str)

    def __init__(
        self,
        library: Library,
        lanes: Lanes,
        actions: Actions,
        switch: ThemeSwitch,
        status: StatusLine,
        paper_of: Callable[[PaperId], Paper | None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._library = library
        self._lanes = lanes
        self._switch = switch
        self._status = status
        self._window = window
        self._found: Sequence[Finding] = ()
        self._moved: ReadingListError | None = None
        self._copy: Path | None = None
        self.banner = Banner(switch.theme, window)
        self.notes = NoteKeeper(library, lanes, self.banner, paper_of, self)

        def chosen() -> Path | None:
            return chosen_folder(library.folder)

        self.backing_up = BackingUp(library, lanes.background, chosen, self)
        self.checking = Checking(library, lanes, chosen, self)
        self.read_only: ReadOnly | None = None
        if (reason := library.read_only_reason()) is not None:
            self.read_only = ReadOnly(actions, reason, self)
            self.banner.show_notice("read-only", Notice(reason, good=True))
        self._connect(actions)

    def _connect(self, actions: Actions) -> None:
        actions["actionBackUp"].triggered.connect(self.backing_up.back_up_now)
        actions["actionRestoreBackup"].triggered.connect(self.show_backups)
        actions["actionCheck"].triggered.connect(self.check)
        for name in ("actionBackUp", "actionRestoreBackup"):
            actions[name].setEnabled(self.read_only is None)
        self.banner.asked.connect(self._on_banner_asked)
        self.notes.told.connect(self.told)
        self.backing_up.told.connect(self.told)
        self.backing_up.warned.connect(self._status.warn)
        self.backing_up.work_changed.connect(self._on_work_changed)
        self._status.cancel_asked.connect(self._on_cancel_asked)
        self.checking.found_at_start.connect(self._on_found_at_start)
        self.checking.purged.connect(self.refresh_asked)

    @cached_property
    def backup_sheet(self) -> BackupSheet:
        """The sheet to put a backup back from."""
        from readinglist.ui.backup_sheet import BackupSheet

        sheet = BackupSheet(self._switch.theme, self._window)
        sheet.restore_asked.connect(self.restore_asked)
        return sheet

    @cached_property
    def check_sheet(self) -> CheckSheet:
        """The sheet of what is wrong with the library."""
        from readinglist.ui.check_sheet import CheckSheet

        sheet = CheckSheet(self._switch.theme, self._window)
        sheet.repair_asked.connect(self._on_repair_asked)
        sheet.stop_asked.connect(self.checking.cancel)
        sheet.restore_asked.connect(self.show_backups)
        self.checking.progressed.connect(sheet.show_step)
        self.checking.checked.connect(self._on_checked)
        self.checking.failed.connect(sheet.show_problem)
        self.checking.stopped.connect(lambda: sheet.show_problem(self.tr("Stopped. Nothing was changed by the check.")))
        return sheet

    @property
    def settled(self) -> bool:
        """Return True when no note is being put into a file."""
        return not self.notes.busy

    def changed(self) -> None:
        """Take note that the library was changed."""
        self.backing_up.changed()

    def hear_import(self, report: ImportReport) -> None:
        """Say when no backup could be made before an import."""
        for problem in report.problems:
            if problem.source == BACKUP_SOURCE:
                self._status.warn(told(problem.message))

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self.banner.set_theme(theme)
        for name in ("backup_sheet", "check_sheet"):
            if name in self.__dict__:
                getattr(self, name).set_theme(theme)

    def show_backups(self) -> None:
        """Open the sheet of backups."""
        sheet = self.backup_sheet
        sheet.show_looking()
        library = self._library

        def call(_progress: Progress) -> list[Backup]:
            return library.backups(chosen_folder(library.folder))

        self._lanes.background.run(call, done=sheet.show_backups, failed=lambda error: sheet.show_problem(told(error)))

    def check(self) -> None:
        """Check the library, before the reader's eyes."""
        self.check_sheet.show_running()
        self.checking.check()

    def stop(self) -> None:
        """Begin nothing more; before the lanes end."""
        self.backing_up.close()
        self.checking.close()

    def close(self) -> None:
        """Let go of the notes that wait; after the lanes have ended."""
        self.notes.close()

    def show_moved(self, error: ReadingListError | None) -> None:
        """Say that the library is not in its place; None: it is again, and what could not be saved is."""
        self._moved = error
        self.banner.show_notice("moved", Notice(told(error), can_close=False) if error is not None else None)
        if error is None:
            copy, self._copy = self._copy, None
            if copy is not None:
                self._lanes.background.run(lambda _progress: copy.unlink(missing_ok=True))
            self.notes.retry()
        elif self._copy is None:  # a system lets go of a deleted file when it is closed: what is in it is kept before
            library = self._library
            self._lanes.background.run(
                lambda _progress: library.keep_copy(), done=self._on_copied, failed=_on_not_copied
            )

    def _on_copied(self, file: Path) -> None:
        self._copy = file
        if self._moved is not None:
            words = self.tr("All that was in it is kept in {file}, from where it can be put back.").format(file=file)
            self.banner.show_notice("moved", Notice(f"{told(self._moved)} {words}", can_close=False))

    def _on_repair_asked(self) -> None:
        self.check_sheet.show_running(repairing=True)
        self.checking.check(repair=True)

    def _on_checked(self, findings: Sequence[Finding]) -> None:
        self.check_sheet.show_findings(findings)
        wrong = [finding for finding in findings if not finding.ok]
        if len(wrong) < len(self._found) or not wrong:
            self._on_found_at_start([finding for finding in wrong if finding in self._found])
        if any(finding.repaired for finding in findings):
            self.refresh_asked.emit()

    def _on_found_at_start(self, wrong: Sequence[Finding]) -> None:
        self._found = wrong
        if not wrong:
            self.banner.show_notice("damage", None)
            return
        sentence = told(wrong[0].message)
        if len(wrong) > 1:
            sentence += " " + self.tr("%Ln things more were found.", "", len(wrong) - 1)
        mended = all(finding.ok for finding in wrong)
        self.banner.show_notice("damage", Notice(sentence, self.tr("Details…"), good=mended))

    def _on_banner_asked(self, about: str) -> None:
        if about == "notes":
            self.notes.retry()
        elif about == "left":
            self.notes.save_left()
        elif about == "damage":
            self.check()

    def _on_work_changed(self, shown: WorkShown) -> None:
        if shown.work is None:
            self._status.end_work(shown.name)
        else:
            self._status.show_work(shown.name, shown.work)

    def _on_cancel_asked(self, name: str) -> None:
        if name == BACKUP:
            self.backing_up.cancel()


def chosen_folder(library: Path) -> Path | None:
    """Return the folder for backups of this library that the settings name, or None."""
    return backup_folder(read_settings(settings_file()).settings.backup_folder, library)


def _on_not_copied(error: Exception) -> None:
    log.error("what was in a library that is gone is not kept: %s", error)
