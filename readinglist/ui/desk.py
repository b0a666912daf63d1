"""One library at a time: the window on it or, where it cannot be opened, the rescue window; and the way between them.

Putting a backup back needs the library closed: the window goes, the backup takes its place, a new window comes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from readinglist.errors import DiskFull, LibraryBusy, LibraryUnusable, NoRight, ReadingListError
from readinglist.library import in_plain_words
from readinglist.progress import Progress
from readinglist.ui.banner import Notice
from readinglist.ui.jobs import Job, Lane
from readinglist.ui.keeping import chosen_folder
from readinglist.ui.theme import ThemeSwitch
from readinglist.ui.window import MainWindow
from readinglist.ui.wording import told

if TYPE_CHECKING:
    from readinglist.library import Backup, Recovered
    from readinglist.ui.rescue_window import RescueWindow

log = logging.getLogger(__name__)


class Desk(QObject):
    """Opens, puts back, opens again. `window` and `rescue` are what is shown: one of them, or neither at the end."""

    def __init__(
        self,
        folder: Path,
        make_window: Callable[[Path], MainWindow],
        make_switch: Callable[[], ThemeSwitch],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.folder = folder
        self.window: MainWindow | None = None
        self.rescue: RescueWindow | None = None
        self._make_window = make_window
        self._make_switch = make_switch
        self._lane: Lane | None = None
        self._job: Job | None = None
        self._restoring = False
        self.was_open = False
        """Whether the library in `folder` was opened, and may have been changed."""

    @property
    def busy(self) -> bool:
        """Return whether backups are looked for or put back."""
        return self._lane is not None and self._lane.busy

    def open(self) -> MainWindow:
        """Show a window on the library. Raises ReadingListError when it cannot be opened."""
        try:
            window = self._make_window(self.folder)
        except Exception as error:
            if (plain := in_plain_words(error)) is not None:
                raise plain from error
            raise
        window.restore_asked.connect(self.restore)
        window.closed.connect(self._on_window_closed)
        self.window = window
        self.was_open = True
        return window

    def open_or_rescue(self) -> None:
        """Show a window on the library or, when it cannot be opened, the rescue window."""
        try:
            self.open()
        except ReadingListError as error:
            log.warning("the library in %s cannot be opened: %s", self.folder, error)
            self._show_trouble(error)
        else:
            self._end_rescue()

    def restore(self, backup: Path) -> None:
        """Put a backup in the place of the library, and show that; what was replaced is kept, and said."""
        if self._restoring:
            return
        self._restoring = True
        shown = self._rescue_window()
        shown.show_restoring()  # before the other goes: the program ends with its last window
        if self.window is not None and not self.window.close():
            self._restoring = False  # a note could not be saved: the window says so and stays
            self._end_rescue()
            return
        folder = self.folder

        from readinglist.library import rescue

        def call(progress: Progress) -> Recovered:
            return rescue.recover(folder, backup, progress=progress)

        self._job = self._running().run(
            call,
            done=self._on_restored,
            failed=self._on_failed,
            cancelled=lambda: self._on_failed(None),
            progressed=shown.show_step,
        )

    def close(self) -> None:
        """Close whatever is shown; a note that cannot be saved is no reason to stay any more."""
        for _ in range(2):
            if self.window is not None:
                self.window.close()
        self._end_rescue()

    # -- the rescue window ------------------------------------------------------------------------

    def _rescue_window(self) -> RescueWindow:
        from readinglist.ui.rescue_window import RescueWindow

        if self.rescue is None:
            switch = self._make_switch()
            self.rescue = RescueWindow(switch.theme, self.folder)
            switch.setParent(self.rescue)
            switch.theme_changed.connect(self.rescue.set_theme)
            self.rescue.restore_asked.connect(self.restore)
            self.rescue.folder_asked.connect(self._on_folder_asked)
            self.rescue.again_asked.connect(self.open_or_rescue)
            self.rescue.stop_asked.connect(self._on_stop_asked)
        return self.rescue

    def _show_trouble(self, error: ReadingListError) -> None:
        what = told(error.what if isinstance(error, LibraryUnusable) else error)
        shown = self._rescue_window()
        can_restore = not isinstance(error, LibraryBusy | DiskFull | NoRight)
        shown.show_trouble(what, can_restore=can_restore)
        if not can_restore:
            return
        folder = self.folder

        from readinglist.library import rescue

        def call(_progress: Progress) -> tuple[Sequence[Backup], Path | None]:
            others = [chosen] if (chosen := chosen_folder(folder)) is not None else []
            good = rescue.newest_good(folder, others)
            return rescue.backups_of(folder, others), None if good is None else good.path

        def done(found: tuple[Sequence[Backup], Path | None]) -> None:
            shown.show_backups(*found)

        self._running().run(call, done=done, failed=lambda _: shown.show_backups([], None))

    def _end_rescue(self) -> None:
        shown, self.rescue = self.rescue, None
        lane, self._lane = self._lane, None
        if lane is not None:
            lane.close()
            lane.deleteLater()
        if shown is not None:
            shown.close()
            shown.deleteLater()

    def _running(self) -> Lane:
        if self._lane is None:
            self._lane = Lane("rescue", self)
        return self._lane

    # -- what happens -----------------------------------------------------------------------------

    def _on_restored(self, recovered: Recovered) -> None:
        words = self.tr("The backup is in place: %Ln papers.", "", recovered.papers)
        if recovered.replaced is not None:
            words += " " + self.tr("What was there before is kept in {folder}.").format(folder=recovered.replaced)
        self._open_again(Notice(words, good=True))

    def _on_failed(self, error: Exception | None) -> None:
        why = told(error) if error is not None else self.tr("It was stopped.")
        self._open_again(Notice(self.tr("The backup was not put back. {why}").format(why=why)))

    def _open_again(self, notice: Notice) -> None:
        self._restoring = False
        self.open_or_rescue()
        if self.window is not None:
            self.window.keeping.banner.show_notice("restored", notice)
        elif self.rescue is not None and not notice.good:
            self.rescue.show_more(notice.sentence)

    def _on_folder_asked(self, folder: Path) -> None:
        self.folder = folder
        self.was_open = False
        shown, self.rescue = self.rescue, None
        self.open_or_rescue()
        if shown is not None:
            shown.close()
            shown.deleteLater()

    def _on_stop_asked(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_window_closed(self) -> None:
        window, self.window = self.window, None
        if window is not None and self._restoring:
            window.deleteLater()
