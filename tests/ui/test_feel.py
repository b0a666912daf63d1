"""No action may keep the window from its events for 50 ms, with 87,000 papers; see `stalls` for what is measured."""

from __future__ import annotations

import gc
import json
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QMimeData, Qt, QTimer, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from readinglist.paper import PaperId
from readinglist.store.driver import connect
from readinglist.store.restoring import DATABASE
from readinglist.ui.app import open_window
from readinglist.ui.window import MainWindow
from tests.ui.big_library import HIGHLIGHTED, NOTED, PAPERS, Made, make_big_library
from tests.ui.stalls import LIMIT_MS, Turn, Watchdog, slowness

ATTEMPTS = 4
"""So often an action that seemed too slow is done again: it is too slow when it is so every time."""

CTRL = Qt.KeyboardModifier.ControlModifier
NO_KEY = Qt.KeyboardModifier.NoModifier
MANY = 4_000
_PATIENCE_MS = 60_000


class Feel:
    """A window on the big library, worked by keys, with a watchdog on it."""

    def __init__(self, folder: Path, made: Made) -> None:
        self.made = made
        self.folder = folder
        self.imports = 0
        self.watchdog = Watchdog()
        self.window: MainWindow = open_window(folder)
        self.window.resize(1440, 900)
        self.window.activateWindow()
        self.settle()

    def close(self) -> None:
        """Close the window, and let go of it."""
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()

    def settle(self) -> None:
        """Let the event loop run until the window has nothing left to do."""
        for _ in range(2):
            self.run_until(self.window.idle)

    def run_until(self, true: Callable[[], bool]) -> None:
        """Let the event loop run, as in the program, until something holds; ask every 10 ms."""
        loop = QEventLoop()
        looking, patience = QTimer(interval=10), QTimer(interval=_PATIENCE_MS, singleShot=True)
        looking.timeout.connect(lambda: loop.quit() if true() else None)
        patience.timeout.connect(loop.quit)
        looking.start()
        patience.start()
        loop.exec()
        assert patience.isActive(), "the window does not come to rest"

    def run_for(self, pause_ms: int) -> None:
        """Let the event loop run for a while."""
        loop = QEventLoop()
        QTimer.singleShot(pause_ms, loop.quit)
        loop.exec()

    def key(self, key: str | Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY, *, pause_ms: int = 15) -> None:
        """Press a key where the focus is, and let the window answer for some milliseconds."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.run_for(pause_ms)

    def keys(self, keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.key(key)

    def do(self, action: str) -> None:
        """Trigger an action."""
        self.window.actions_by_name[action].trigger()

    def go(self, view: str, select: int | None = None) -> None:
        """Go to a list, and to a paper in it."""
        self.window.navigation.go_to(view, select=PaperId(select) if select is not None else None)
        self.settle()
        self.window.pane.papers.setFocus()

    def go_home(self) -> None:
        """Go where every action begins: the first paper of all papers, nothing open, nothing typed."""
        for _ in range(3):
            QTest.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_Escape)
            self.settle()
        self.go("view:all")
        self.window.pane.papers.select_row(0)
        self.settle()

    def undo_all(self, steps: int) -> None:
        """Take back what an action did."""
        self.go_home()
        for _ in range(steps):
            self.do("actionUndo")
            self.settle()

    def judge(self, action: Callable[[Feel], None], prepare: Callable[[Feel], None], edits: int) -> Turn:
        """Do something until it is quick enough, at most some times; return the best of the worst turns.

        What it was felt for is what it would have been on a quiet machine.
        """
        best: Turn | None = None
        for _ in range(ATTEMPTS):
            self.go_home()
            prepare(self)
            self.settle()
            gc.collect()  # what the tests before have left is not this window's
            slow = slowness()
            self.watchdog.start()
            action(self)
            self.settle()
            worst = self.watchdog.stop()
            worst = replace(worst, felt_ms=worst.felt_ms / max(slow, slowness()))
            self.undo_all(edits)
            if best is None or worst.felt_ms < best.felt_ms:
                best = worst
            if best.felt_ms <= LIMIT_MS:
                break
        assert best is not None
        return best


@pytest.fixture(scope="session")
def big_library(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made]:
    """Return the big library and what is in it. Its index lies beside it, in the cache of the tests."""
    folder = tmp_path_factory.mktemp("big") / "library"
    return folder, make_big_library(folder)


@pytest.fixture(scope="module")
def feel(big_library: tuple[Path, Made], qapp: QApplication) -> Iterator[Feel]:
    """Return a window on the big library; each test takes back what it did."""
    gc.collect()
    gc.freeze()
    made = Feel(*big_library)
    yield made
    made.close()
    gc.unfreeze()


def nothing(feel: Feel) -> None:
    """Begin as everything begins."""


def type_a_search(feel: Feel) -> None:
    feel.key("/")
    feel.keys(f"{feel.made.words[0]} {feel.made.words[30][:3]}")


def type_in_a_view(feel: Feel) -> None:
    feel.do("actionGoRead")
    feel.settle()
    feel.key("/")
    feel.keys(feel.made.words[1][:3])
    feel.key(Qt.Key.Key_Escape)


def walk(feel: Feel) -> None:
    feel.keys("jjjjkkjj")


def scroll(feel: Feel) -> None:
    for key in [Qt.Key.Key_PageDown] * 12 + [Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_Home]:
        feel.key(key)


def drag_the_scroll_bar(feel: Feel) -> None:
    bar = feel.window.pane.papers.verticalScrollBar()
    for step in range(20):
        bar.setValue(bar.maximum() * step // 20)
        feel.run_for(15)


def archive(feel: Feel) -> None:
    feel.keys("e")


def triage_keys(feel: Feel) -> None:
    feel.key("t", CTRL)
    feel.settle()
    for key in "eul":
        feel.key(key)
        feel.settle()


def sort(feel: Feel) -> None:
    for name in ("Title", "Year", "Oldest", "Added", "Default"):
        feel.do(f"actionSort{name}")
        feel.settle()


def switch_views(feel: Feel) -> None:
    for action in ("GoNext", "GoInbox", "GoRead", "GoAll", "Back", "Forward"):
        feel.do(f"action{action}")
        feel.settle()


def switch_views_at_once(feel: Feel) -> None:
    for name in ("Next", "Inbox", "Read", "All"):
        feel.do(f"actionGo{name}")


def select_all(feel: Feel) -> None:
    feel.key("a", CTRL)
    feel.key(Qt.Key.Key_Home)
    feel.key(Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)


def select_many(feel: Feel) -> None:
    papers = feel.window.pane.papers
    papers.select_ids(papers.papers.ids[:MANY], papers.papers.ids[0])


def star_many(feel: Feel) -> None:
    feel.key("s")
    feel.settle()
    feel.key("z", CTRL)


def star_every_paper(feel: Feel) -> None:
    """Star 87,000 papers, reading on meanwhile, and take it back."""
    library = feel.window._library
    starred = library.counts().starred
    feel.key("a", CTRL)
    for key, modifier, count in (("s", NO_KEY, PAPERS), ("z", CTRL, starred)):
        feel.key(key, modifier)
        feel.run_for(300)
        feel.keys("jk")
        feel.settle()
        assert abs(library.counts().starred - count) < 10  # what a test before has put into the trash is not starred


def go_by_keys(feel: Feel) -> None:
    for key in "iurldae":
        feel.keys(f"g{key}")
        feel.settle()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        feel.key(key, Qt.KeyboardModifier.AltModifier)
        feel.settle()


def put_off(feel: Feel) -> None:
    feel.key("l")
    feel.settle()
    feel.key("2")
    feel.settle()
    feel.key("z", CTRL)


def tag_many(feel: Feel) -> None:
    feel.key("t")
    feel.settle()
    feel.keys("new")
    feel.key(Qt.Key.Key_Return)
    feel.settle()
    feel.key(Qt.Key.Key_Return)
    feel.settle()
    feel.key("z", CTRL)


def archive_many(feel: Feel) -> None:
    feel.key("e")
    feel.settle()
    feel.key("z", CTRL)


def put_many_up_next(feel: Feel) -> None:
    feel.key("u")
    feel.settle()
    feel.key("z", CTRL)


def go_to_up_next(feel: Feel) -> None:
    feel.go("queue:next")


def move_in_the_queue(feel: Feel) -> None:
    feel.key(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    feel.settle()
    feel.key(Qt.Key.Key_End, Qt.KeyboardModifier.AltModifier)


def import_papers(feel: Feel) -> None:
    """Look at a file of 1,500 papers, take it in, and go on reading and searching meanwhile."""
    feel.imports += 1
    path = feel.folder.parent / f"more-{feel.imports}.jsonl"  # others each time: what is taken back is in the trash
    title = f"More {feel.imports} {{word}} {{number}}"
    papers = (
        {"title": title.format(word=feel.made.words[n % 50], number=n), "abstract": "Text. " * 110}
        for n in range(1_500)
    )
    path.write_text("\n".join(map(json.dumps, papers)), encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    feel.window._arrivals.take_dropped(data)
    importing = feel.window._arrivals.importing
    while importing.busy:
        feel.keys("jjk")
    feel.settle()
    sheet = feel.window.sheets.import_sheet
    sheet.setFocus()
    feel.key(Qt.Key.Key_Return)
    assert importing.busy
    while importing.busy:
        feel.keys("jk")
        feel.key(Qt.Key.Key_PageDown)
    feel.key("/")
    feel.keys("more ")


def open_and_close(action: str) -> Callable[[Feel], None]:
    def do(feel: Feel) -> None:
        feel.do(action)
        feel.settle()
        feel.key(Qt.Key.Key_Escape)

    return do


def use_the_palette(feel: Feel) -> None:
    feel.key("k", CTRL)
    feel.settle()
    feel.keys("inbox " + feel.made.words[2])
    feel.settle()


def edit_tags(feel: Feel) -> None:
    feel.key("t")
    feel.settle()
    feel.keys(feel.made.words[0][:3])
    feel.settle()
    feel.key(Qt.Key.Key_Escape)


def switch_theme(feel: Feel) -> None:
    feel.do("actionThemeDark")
    feel.settle()
    feel.do("actionThemeLight")


def fold_the_sidebar(feel: Feel) -> None:
    feel.do("actionSidebar")
    feel.settle()
    feel.do("actionSidebar")


def focus(feel: Feel) -> None:
    feel.key("f")
    feel.settle()
    feel.key("f")


def show_the_long_note(feel: Feel) -> None:
    feel.go("view:all", NOTED)


def write_in_the_long_note(feel: Feel) -> None:
    feel.key("n")
    feel.settle()
    feel.keys("abc")
    feel.settle()
    feel.key(Qt.Key.Key_Escape)


def show_the_highlights(feel: Feel) -> None:
    feel.go("view:all", HIGHLIGHTED)


def resize(feel: Feel) -> None:
    feel.window.resize(1000, 700)
    feel.run_for(30)
    feel.window.resize(1440, 900)


ACTIONS: tuple[tuple[Callable[[Feel], None], Callable[[Feel], None], int], ...] = (
    (type_a_search, nothing, 0),
    (type_in_a_view, nothing, 0),
    (walk, nothing, 0),
    (scroll, nothing, 0),
    (drag_the_scroll_bar, nothing, 0),
    (archive, nothing, 1),
    (triage_keys, nothing, 3),
    (sort, nothing, 0),
    (switch_views, nothing, 0),
    (select_all, nothing, 0),
    (star_many, select_many, 0),
    (star_every_paper, nothing, 0),
    (go_by_keys, nothing, 0),
    (put_off, nothing, 0),
    (tag_many, select_many, 0),
    (archive_many, select_many, 0),
    (put_many_up_next, select_many, 0),
    (move_in_the_queue, go_to_up_next, 2),
    (import_papers, nothing, 1),
    (use_the_palette, nothing, 0),
    (edit_tags, nothing, 0),
    (switch_theme, nothing, 0),
    (fold_the_sidebar, nothing, 0),
    (focus, nothing, 0),
    (show_the_long_note, nothing, 0),
    (write_in_the_long_note, show_the_long_note, 1),
    (show_the_highlights, nothing, 0),
    (resize, nothing, 0),
)
SHEETS = (
    "actionKeys",
    "actionSettings",
    "actionPalette",
    "actionDuplicates",
    "actionGoStats",
    "actionGoMorning",
    "actionGoSuggested",
    "actionGoTrends",
    "actionGoMap",
    "actionGoFeeds",
    "actionNoteVersions",
    "actionCheck",
    "actionRestoreBackup",
)


@pytest.mark.parametrize(("action", "prepare", "edits"), ACTIONS, ids=[row[0].__name__ for row in ACTIONS])
def test_the_window_looks_at_its_events(
    feel: Feel, action: Callable[[Feel], None], prepare: Callable[[Feel], None], edits: int
) -> None:
    turn = feel.judge(action, prepare, edits)
    assert turn.felt_ms <= LIMIT_MS, str(turn)


@pytest.mark.parametrize("name", SHEETS)
def test_the_window_looks_at_its_events_when_a_sheet_opens(feel: Feel, name: str) -> None:
    turn = feel.judge(open_and_close(name), nothing, 0)
    assert turn.felt_ms <= LIMIT_MS, str(turn)


def test_nothing_waits_for_another_process_that_has_the_library_locked(feel: Feel) -> None:
    feel.go_home()
    feel.watchdog.start()
    with closing(connect(feel.folder / DATABASE)) as other:
        other.execute("BEGIN IMMEDIATE")
        for act in (walk, archive, type_a_search, select_all, switch_views_at_once):
            act(feel)
        feel.run_for(300)
    worst = feel.watchdog.stop()
    feel.settle()
    feel.undo_all(1)
    # SQLite waits 5 s for a lock; a machine that does other work may be slow, but not for that long.
    assert max(feel.watchdog.clock) < 2_000, str(worst)


def test_a_turn_that_is_too_long_is_seen_and_its_place_named(qapp: QApplication) -> None:
    watchdog, loop = Watchdog(), QEventLoop()

    def compute() -> None:
        until = time.thread_time() + 0.12
        while time.thread_time() < until:
            pass

    QTimer.singleShot(20, compute)
    QTimer.singleShot(40, loop.quit)
    watchdog.start()
    loop.exec()
    worst = watchdog.stop()
    assert worst.felt_ms > 2 * LIMIT_MS
    assert not hasattr(signal, "setitimer") or "in compute" in str(worst) or " compute: " in str(worst)
