"""Start the window: the application, its font and style, the library, and the loop."""

from __future__ import annotations

import gc
import logging
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from readinglist.assets import resource
from readinglist.library import Library
from readinglist.paths import settings_file, state_file
from readinglist.settings import read_settings
from readinglist.ui.backing_up import back_up_on_quit
from readinglist.ui.collector import Collector
from readinglist.ui.desk import Desk
from readinglist.ui.keeping import chosen_folder
from readinglist.ui.memory import Memory
from readinglist.ui.preferences import Preferences
from readinglist.ui.theme import ThemeSwitch, load_fonts
from readinglist.ui.window import MainWindow
from readinglist.ui.wording import load_translations

log = logging.getLogger(__name__)

_SWITCH_INTERVAL_S = 0.001
_WAKE_MS = 500
_PREPARED = "readinglistPrepared"

Clock = Callable[[], datetime]
"""Gives aware local times."""


def open_window(folder: Path, *, clock: Clock | None = None) -> MainWindow:
    """Return the main window on the library in `folder`, shown. There must be a QApplication.

    `clock` gives aware local times; None is the computer's. Raises ReadingListError when the folder cannot be opened
    as a library.
    """
    return _made_desk(Path(folder), clock).open()


def run(folder: Path, arguments: Sequence[str] = ()) -> int:
    """Open the window on a library and return when it is closed, with the status to exit with.

    Where the library cannot be opened, a window says why and offers what can be done. `arguments` are for Qt
    (`-platform offscreen`).
    """
    app = QApplication.instance() or QApplication([sys.argv[0], *arguments])
    desk = _made_desk(Path(folder))
    desk.open_or_rescue()
    if desk.window is None:
        gc.enable()  # which the start may have put off; a window collects by itself
    log.info("the window is open on %s", folder)
    # Ctrl+C in the terminal, or the end of the session: what is typed is saved as on any quit. Python hears of a signal
    # when it next runs, in the midst of whatever slot that is, so the windows are closed once the slot is done.
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: QTimer.singleShot(0, app.quit))
    waking = QTimer()  # for a window with nothing to do, in which Python would never run
    waking.timeout.connect(lambda: None)
    waking.start(_WAKE_MS)
    status = app.exec()
    desk.close()
    if desk.was_open:
        # Nobody waits for this but a terminal; there a second Ctrl+C ends it, and leaves no half backup.
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, signal.SIG_DFL)
        back_up_on_quit(desk.folder, chosen_folder(desk.folder))
    return status


def _made_desk(folder: Path, clock: Clock | None = None) -> Desk:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("a window needs a QApplication")
    prepare(app)
    return Desk(folder, partial(_made_window, clock), _made_switch, app)


def _made_window(clock: Clock | None, folder: Path) -> MainWindow:
    library = Library.open(folder) if clock is None else Library.open(folder, clock=clock)
    preferences = Preferences(settings_file())
    switch = ThemeSwitch()
    switch.follow(preferences.settings)
    try:
        window = MainWindow(library, Memory(state_file()), preferences, switch)
    except BaseException:
        library.close()
        raise
    preferences.setParent(window)
    switch.setParent(window)
    collector = Collector(window, busy=lambda: window.lanes.busy)
    window.closed.connect(collector.close)
    window.show()
    return window


def _made_switch() -> ThemeSwitch:
    switch = ThemeSwitch()
    switch.follow(read_settings(settings_file()).settings)
    return switch


def prepare(app: QApplication) -> None:
    """Set up what all windows share, once."""
    if app.property(_PREPARED):
        return
    app.setProperty(_PREPARED, True)
    # A worker thread that computes gives way to the window after 1 ms instead of 5.
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    if QLocale().language() == QLocale.Language.C:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    app.setApplicationName("readinglist")
    load_translations(app, resource("translations"))
    app.setApplicationDisplayName(app.translate("MainWindow", "Reading List"))
    app.setDesktopFileName("readinglist")
    app.setStyle("Fusion")
    load_fonts()
    app.setWindowIcon(QIcon(str(resource("icons/app.svg"))))
