"""The reader's choices while the window is open: changed here or in the file by hand, heard by whoever looks like them.

Knows no widget. What is chosen is written a moment later, in a lane of its own: a disk may take its time until it has
a file for good. `flush` writes it now.
"""

from __future__ import annotations

import logging
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from readinglist.errors import ReadingListError
from readinglist.settings import Reading, Settings, read_settings, set_aside, write_settings
from readinglist.ui.jobs import Lane
from readinglist.ui.wording import told

log = logging.getLogger(__name__)

_WRITE_AFTER_MS = 300
_TOLD_AT_ONCE = 3
_READ_AFTER_MS = 60


class Preferences(QObject):
    """Holds the settings; `settings` is always what is in force."""

    changed = Signal(object)
    """The new `Settings`."""

    told = Signal(str)
    """A sentence for the reader about the file."""

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.file = file
        reading = read_settings(file)
        self.problems = [told(problem) for problem in reading.problems]
        """What was wrong with the file at the start, a sentence each."""
        if reading.broken and (kept := set_aside(file)) is not None:
            self.problems.append(self.tr("It is kept as {name}.").format(name=kept.name))
        self.settings: Settings = reading.settings
        self._written = self.settings
        self._told: list[str] = list(reading.problems)
        self._lane = Lane("settings", self)
        self._write_soon = self._timer(_WRITE_AFTER_MS, self._write)
        self._read_soon = self._timer(_READ_AFTER_MS, self._read_again)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_file_changed)
        self._watcher.fileChanged.connect(self._on_file_changed)
        self._watch()

    def _timer(self, after_ms: int, do: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(do)
        return timer

    @property
    def settled(self) -> bool:
        """Return False while a choice waits to be written, or the file to be read."""
        return not self._write_soon.isActive() and not self._read_soon.isActive() and not self._lane.busy

    def change(self, **values: Any) -> None:
        """Choose; whoever listens follows at once."""
        settings = replace(self.settings, **values)
        if settings != self.settings:
            self.settings = settings
            self._write_soon.start()
            self.changed.emit(settings)

    def flush(self) -> None:
        """Write what was chosen; a disk that cannot take it is no reason to stop (told)."""
        self._write_soon.stop()
        self._lane.settle()
        if self.settings == self._written:
            return
        try:
            kept = write_settings(self._written, self.settings, self.file)
        except ReadingListError as error:
            self._on_failed(error)
        else:
            self._on_written(self._written, self.settings, kept)

    def _write(self) -> None:
        before, after, file = self._written, self.settings, self.file
        if after != before:
            self._lane.run(
                lambda _progress: write_settings(before, after, file),
                done=lambda kept: self._on_written(before, after, kept),
                failed=self._on_failed,
            )

    def _on_failed(self, error: Exception) -> None:
        log.warning("%s", error)
        self.told.emit(told(error))

    def _on_written(self, before: Settings, after: Settings, kept: Path | None) -> None:
        if self._written == before:  # else the file was read since
            self._written = after
        self._watch()
        if kept is not None:
            words = self.tr("The settings could not be understood and are kept as {name}.")
            self.told.emit(words.format(name=kept.name))

    def write_all(self) -> None:
        """Write a file with every setting where there is none yet, for the reader to edit."""
        self.flush()
        if not self.file.exists():
            try:
                write_settings(self.settings, self.settings, self.file)
            except ReadingListError as error:
                self.told.emit(told(error))
            self._watch()

    def close(self) -> None:
        """Write what was chosen and listen no more."""
        self.flush()
        self._lane.close()
        self._read_soon.stop()
        paths = self._watcher.files() + self._watcher.directories()
        if paths:
            self._watcher.removePaths(paths)

    # -- changed by hand --------------------------------------------------------------------------

    def _watch(self) -> None:
        """Watch the file and its folder: editors replace a file, and then its folder is what changes."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            log.warning("changes of the settings are not heard: %s", error)
            return
        real = self.file.resolve()
        wanted = {str(path) for path in (self.file.parent, real.parent, real) if path.exists()}
        new = wanted - set(self._watcher.files()) - set(self._watcher.directories())
        if new:
            self._watcher.addPaths(sorted(new))

    def _on_file_changed(self) -> None:
        self._read_soon.start()

    def _read_again(self) -> None:
        self._watch()
        reading = read_settings(self.file)
        if reading.broken or reading.settings == self._written:
            self._tell_problems(reading)
            return
        # What was chosen here and is not written yet goes before what was written by hand.
        chosen = {
            f.name: getattr(self.settings, f.name)
            for f in fields(Settings)
            if getattr(self.settings, f.name) != getattr(self._written, f.name)
        }
        self._written = reading.settings
        settings = replace(reading.settings, **chosen)
        if settings != self.settings:
            self.settings = settings
            self.changed.emit(settings)
        self._tell_problems(reading)  # last, so that nothing that is told of the keys takes their place

    def _tell_problems(self, reading: Reading) -> None:
        """Tell all that is wrong with the file, unless that was told before."""
        problems = list(reading.problems)
        if problems and problems != self._told:
            said = " ".join(told(problem) for problem in problems[:_TOLD_AT_ONCE])
            if (more := len(problems) - _TOLD_AT_ONCE) > 0:
                said = self.tr("{problems} And %Ln more.", "", more).format(problems=said)
            words = self.tr("{problem} The settings stay as they were.") if reading.broken else "{problem}"
            self.told.emit(words.format(problem=said))
        self._told = problems
