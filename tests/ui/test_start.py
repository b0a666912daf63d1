"""What the start may import before the first list is painted."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

UNWANTED = (
    *("asyncio", "citeproc", "click", "concurrent", "ctypes", "email", "hashlib", "http", "lxml", "markdown_it"),
    *("multiprocessing", "numpy", "psutil", "pylatexenc", "pyqtgraph", "rapidfuzz", "socket", "sqlite3"),
    *("sqlite_utils", "ssl", "subprocess", "tomlkit", "truststore", "urllib.request", "whoosh", "yaml"),
    *("PySide6.QtNetwork", "PySide6.QtOpenGL", "PySide6.QtPrintSupport", "PySide6.QtTest"),
    *(f"readinglist.{name}" for name in ("anchor", "cli", "discover", "duplicates", "feeds")),
    *(f"readinglist.formats.{name}" for name in ("digest", "item", "markdown_text", "source", "table")),
    *(f"readinglist.index.{name}" for name in ("codec", "index", "segment")),
    *(f"readinglist.library.{name}" for name in ("feed_reports", "figures", "plan", "ranking", "reports")),
    *(f"readinglist.ui.{name}" for name in ("backup_sheet", "check_sheet", "comparing", "differing", "feeds_page")),
    *(f"readinglist.ui.{name}" for name in ("duplicates_view", "import_sheet", "key_sheet", "map_page")),
    *(f"readinglist.ui.{name}" for name in ("morning_page", "palette", "palette_entries", "rescue_window")),
    *(f"readinglist.ui.{name}" for name in ("settings_sheet", "stats_page", "tag_sheet", "trends_page")),
    *(f"readinglist.ui.{name}" for name in ("triage_view", "version_sheet")),
)
"""Modules, with what lies under them, that the first list is painted without. Import them where they are needed."""

_SCRIPT = """
import builtins, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractItemView, QApplication
app = QApplication([])
from readinglist.ui import indexing, searching
from readinglist.ui.app import open_window
# What begins so long after the list has come is over before it is painted where the machine is slow.
searching._WARM_UP_AFTER_MS = indexing._WAIT_MS = 60_000
window = open_window(Path(sys.argv[1]))
view = window.findChild(QAbstractItemView, "paperList")
loaded = []
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and view.model().rowCount():
            loaded[:] = loaded or sys.modules  # now: what the threads do later is theirs to choose
            app.exit(0)
        return False
watch = Watch()
view.viewport().installEventFilter(watch)
app.exec()
print(*loaded)
print(builtins.__import__.__name__)
view.viewport().removeEventFilter(watch)
window.close()
"""


@pytest.fixture
def started(folder: Path, six_papers: Path) -> list[str]:
    shutil.copytree(six_papers, folder)
    command = [sys.executable, "-c", _SCRIPT, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_first_list_is_painted_without_what_it_does_not_need(started: list[str]) -> None:
    loaded = started[0].split()
    assert "readinglist.ui.window" in loaded
    assert [name for name in loaded if any(name == one or name.startswith(f"{one}.") for one in UNWANTED)] == []


def test_pyside_does_not_read_the_source_of_what_is_imported(started: list[str]) -> None:
    assert started[1] != "__feature_import__"
