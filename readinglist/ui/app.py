"""Start the window: the application, its font and style, the library, and the loop."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from readinglist.assets import resource
from readinglist.library import Library
from readinglist.paths import settings_file, state_file
from readinglist.ui.collector import Collector
from readinglist.ui.memory import Memory
from readinglist.ui.preferences import Preferences
from readinglist.ui.theme import ThemeSwitch, load_fonts
from readinglist.ui.window import MainWindow

log = logging.getLogger(__name__)

_SWITCH_INTERVAL_S = 0.001
_PREPARED = "readinglistPrepared"


def open_window(folder: Path, *, clock: Callable[[], datetime] | None = None) -> MainWindow:
    """Return the main window on the library in `folder`, shown. There must be a QApplication.

    `clock` gives aware local times; None is the computer's. Raises ReadingListError when the folder cannot be opened
    as a library.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("open_window needs a QApplication")
    _prepare(app)
    library = Library.open(Path(folder)) if clock is None else Library.open(Path(folder), clock=clock)
    preferences = Preferences(settings_file())
    switch = ThemeSwitch()
    switch.follow(preferences.settings)
    window = MainWindow(library, Memory(state_file()), preferences, switch)
    preferences.setParent(window)
    switch.setParent(window)
    collector = Collector(window)
    window.closed.connect(collector.close)
    window.show()
    return window


def run(folder: Path, arguments: Sequence[str] = ()) -> int:
    """Open the window on a library and return when it is closed, with the status to exit with.

    `arguments` are for Qt (`-platform offscreen`). Raises ReadingListError like `open_window`.
    """
    app = QApplication.instance() or QApplication([sys.argv[0], *arguments])
    window = open_window(folder)
    log.info("the window is open on %s", folder)
    # Ctrl+C in the terminal, or the end of the session: what is typed is saved as on any quit. Python hears of a signal
    # when it next runs, in the midst of whatever slot that is, so the windows are closed once the slot is done.
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: QTimer.singleShot(0, app.quit))
    status = app.exec()
    if not window.isHidden():
        window.close()
    return status


def _prepare(app: QApplication) -> None:
    """Set up what all windows share, once."""
    if app.property(_PREPARED):
        return
    app.setProperty(_PREPARED, True)
    # A worker thread that computes gives way to the window after 1 ms instead of 5.
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    if QLocale().language() == QLocale.Language.C:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    app.setApplicationName("readinglist")
    app.setApplicationDisplayName(app.tr("Reading List"))
    app.setDesktopFileName("readinglist")
    app.setStyle("Fusion")
    load_fonts()
    app.setWindowIcon(QIcon(str(resource("icons/app.svg"))))
