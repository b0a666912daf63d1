"""How long the window is kept from its events by what is done for the first time, and by the same thing done again.

    python tests/bench/first_times.py LIBRARY [NAME…]

LIBRARY is an existing library; work on a copy: a tag of 10,000 papers, a paper with 2,000 highlights and others are put
into it, and edits are made and undone. Each action (or each whose name contains a NAME) has a process of its own, so
that its first time is one. Prints the longest turn of the event loop at the first time and at later ones, as felt (see
`tests/ui/stalls.py`) and divided by what the machine is slower than a quiet one, how long by the clock, and where the
window's thread was. What took over 50 ms is tried again in another process, twice: it is marked when it is slow
each time. With -v the calls are shown in which its thread was seen.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from readinglist.library import Library, Source
from readinglist.paper import PaperId
from readinglist.ui.app import open_window
from readinglist.ui.window import MainWindow
from tests.ui.stalls import LIMIT_MS, Watchdog, slowness

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NO_KEY = Qt.KeyboardModifier.NoModifier
TIMES, PROCESSES, MANY, IMPORTED, HIGHLIGHTS = 3, 3, 10_000, 30_000, 2_000
TAG, MARKED = "bench/ten thousand", "A paper with two thousand highlights"
_UID = "11111111-1111-4111-8111-111111111111"


class Run:
    """A window that is worked by keys."""

    def __init__(self, folder: Path) -> None:
        self.app = QApplication([])
        self.folder = folder
        self.imports = 0
        self.marked = PaperId(0)
        self.file = Path()
        self.watchdog = Watchdog()
        self.window: MainWindow = open_window(folder)
        self.window.resize(1440, 900)
        self.window.activateWindow()
        self.papers = self.window.pane.papers
        self.settle()

    def wait(self, true: Callable[[], bool], patience_s: float = 120) -> None:
        """Let the event loop run as in the program until something holds; it is asked every 5 ms."""
        loop = QEventLoop()
        until = time.monotonic() + patience_s
        looking = QTimer(interval=5)
        looking.timeout.connect(lambda: loop.quit() if true() or time.monotonic() > until else None)
        looking.start()
        loop.exec()

    def settle(self) -> None:
        """Wait until the window has nothing left to do."""
        for _ in range(2):
            self.wait(self.window.idle)

    def pause(self, pause_ms: int) -> None:
        """Let the event loop run for a while."""
        loop = QEventLoop()
        QTimer.singleShot(pause_ms, loop.quit)
        loop.exec()

    def key(self, key: str | Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY, pause_ms: int = 15) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget() or self.window, key, modifier)
        self.pause(pause_ms)

    def keys(self, keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.key(key)

    def do(self, *actions: str) -> None:
        """Trigger actions, each when all that followed the one before is done."""
        for action in actions:
            self.window.actions_by_name[action].trigger()
            self.settle()
            self.pause(40)

    def go(self, view: str) -> None:
        """Go to a list."""
        self.window.go_to(view)
        self.settle()
        self.papers.setFocus()

    def go_home(self) -> None:
        """Close what is open; go to one of all papers, which has nothing special about it."""
        for _ in range(4):
            if (popup := QApplication.activePopupWidget()) is not None:
                popup.close()
            elif isinstance(dialog := QApplication.activeModalWidget(), QDialog):
                dialog.reject()
            QTest.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_Escape)
            self.settle()
        self.go("view:all")
        self.papers.select_row(5)
        self.settle()

    def select(self, count: int) -> None:
        """Select the first papers of the list."""
        self.papers.select_ids(self.papers.papers.ids[:count], self.papers.papers.ids[0])
        self.settle()

    def write_file(self) -> None:
        """Write a file of many papers that are not here yet."""
        self.imports += 1
        self.file = self.folder.parent / f"first-times-{os.getpid()}-{self.imports}.jsonl"
        with self.file.open("w", encoding="utf-8") as file:
            for n in range(IMPORTED):
                title = f"Imported {time.time_ns()} and paper {n}"
                file.write(json.dumps({"title": title, "abstract": "Some text of it. " * 60, "tags": ["new"]}) + "\n")


Act = Callable[[Run], object]


@dataclass(frozen=True, slots=True)
class Action:
    """What is measured, after what is not; and how many edits it leaves to be undone."""

    do: Act
    before: Act = Run.settle
    edits: int = 0
    times: int = TIMES


@dataclass(frozen=True, slots=True)
class Time:
    """What doing it took: the longest turn as felt on a quiet machine and by the clock, and where that was."""

    felt_ms: float
    clock_ms: float
    slow: float
    place: str
    told: str


def triggered(*actions: str) -> Act:
    """Return what triggers actions."""
    return lambda run: run.do(*actions)


def in_all_views(run: Run) -> None:
    """Go through the lists and pages of the sidebar."""
    for view in [view.key for view in run.window.sidebar.views()][:40]:
        run.window.go_to(view)
        run.settle()


def through_settings(run: Run) -> None:
    """Look at each page of the settings."""
    run.do("actionSettings")
    for number in range(6):
        run.window.sheets.settings_sheet.show_page(number)
        run.pause(60)


def rename(merges: bool) -> Act:
    """Return what gives a tag of many papers another name, takes it back, and does both again."""

    def act(run: Run) -> None:
        name = "other" if merges else "elsewhere/renamed"
        run.window._editing.rename_tag(TAG, name, merges=merges, then=lambda: None)
        run.settle()
        run.do("actionUndo", "actionRedo", "actionUndo")

    return act


def hold(key: str | Qt.Key, times: int) -> Act:
    """Return what presses a key as it repeats when it is held down."""

    def act(run: Run) -> None:
        for _ in range(times):
            run.key(key, pause_ms=2)

    return act


def go_to_the_end(run: Run) -> None:
    """Go to the end and back, in pages and at once."""
    for key in (Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp, Qt.Key.Key_Home):
        run.key(key)
        run.settle()
    bar = run.papers.verticalScrollBar()
    while bar.value() < bar.maximum():
        bar.setValue(bar.value() + 6 * bar.pageStep())
        run.pause(0)


def preview(run: Run) -> None:
    """Open the preview of an import and go through it."""
    importing = run.window._arrivals.importing
    importing.take_paths([run.file])
    run.wait(lambda: not importing.busy)
    run.settle()
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Home):
        run.key(key)


def import_while_reading(run: Run) -> None:
    """Go on reading, selecting and searching while many papers are taken in."""
    importing = run.window._arrivals.importing
    importing._import([run.file], run.file.name, None, ())
    step = 0
    while importing.busy:
        step += 1
        run.keys("jjk")
        run.key(Qt.Key.Key_PageDown)
        run.key(Qt.Key.Key_Down, SHIFT)
        if step % 10 == 0:
            run.key("a", CTRL)
            run.key("/")
            run.keys("neur")
            run.key(Qt.Key.Key_Escape)
            run.key(Qt.Key.Key_Escape)
    run.settle()


def show_marked(run: Run) -> None:
    """Show the paper with the many highlights."""
    run.window.navigation.go_to("view:all", select=run.marked)
    run.settle()
    run.pause(100)


def find_marked(run: Run) -> None:
    """Find the paper with the many highlights."""
    run.marked = run.window._library.search(f'title:"{MARKED}"').ids[0]


def menu_of_a_tag(run: Run) -> None:
    """Open the menu of a tag in the sidebar."""
    view = next(view for view in run.window.sidebar.views() if view.key == f"tag:{TAG}")
    run.window._view_menu.open_menu(view, QPoint(200, 300))
    run.pause(60)
    for _ in range(3):
        run.key(Qt.Key.Key_Down)


def open_menus(run: Run) -> None:
    """Open each menu of the menu bar."""
    for action in run.window._menu_bar.actions():
        run.window._menu_bar.setActiveAction(action)
        run.pause(60)
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()


def tag_many(run: Run) -> None:
    """Tag the papers selected by the sheet, and take it back."""
    run.key("t")
    run.settle()
    run.keys("new")
    run.key(Qt.Key.Key_Return)
    run.settle()
    run.key(Qt.Key.Key_Return)
    run.settle()
    run.do("actionUndo")


def type_keys(*keys: str) -> Act:
    """Return what types, each text when all that followed the one before is done."""

    def act(run: Run) -> None:
        for text in keys:
            run.keys(text)
            run.settle()
            run.pause(40)

    return act


def many(run: Run) -> None:
    """Select many papers."""
    run.select(MANY)


SHEETS = (
    "Keys",
    "Settings",
    "Palette",
    "Duplicates",
    "NoteVersions",
    "Check",
    "RestoreBackup",
    "About",
    "Export",
    "Import",
    "Triage",
    "Focus",
    "Highlight",
    "LaterDay",
    "SaveSearch",
    "FeedsImport",
)
PAGES = ("Stats", "Morning", "Trends", "Map", "Feeds", "Suggested")

ACTIONS: dict[str, Action] = {
    **{f"open {name}": Action(triggered(f"action{name}")) for name in SHEETS},
    **{f"go to {name}": Action(triggered(f"actionGo{name}")) for name in PAGES},
    "the pages of the settings": Action(through_settings),
    "merge two papers' sheet": Action(type_keys("m"), lambda run: run.select(2)),
    "write a note": Action(type_keys("n", "abc"), edits=1),
    "edit tags": Action(type_keys("t", "ne")),
    "put off": Action(type_keys("l")),
    "search": Action(type_keys("/", "neur", "al ne")),
    "search with a field": Action(type_keys("/", "tag:", "be")),
    "palette, typed": Action(lambda run: (run.key("k", CTRL), run.settle(), run.keys("neural"), run.settle())),
    "star, archive, undo": Action(type_keys("s", "e"), edits=2),
    "theme": Action(triggered("actionThemeDark", "actionThemeLight")),
    **{
        f"theme with {name} open": Action(triggered("actionThemeDark", "actionThemeLight"), triggered(f"action{name}"))
        for name in ("Keys", "Settings", "Palette", "Duplicates", *(f"Go{page}" for page in PAGES), "Triage")
    },
    "text size": Action(triggered("actionLarger", "actionUsualSize")),
    "all views of the sidebar": Action(in_all_views),
    "menus": Action(open_menus),
    "menu of a tag": Action(menu_of_a_tag),
    "sort": Action(triggered("actionSortTitle", "actionSortYear", "actionSortAdded", "actionSortDefault")),
    "j held down": Action(hold("j", 3_000), times=2),
    "page down held down": Action(hold(Qt.Key.Key_PageDown, 400), times=2),
    "to the end": Action(go_to_the_end, times=2),
    "tag many": Action(tag_many, many),
    "rename a tag of many": Action(rename(merges=False), lambda run: run.go(f"tag:{TAG}")),
    "merge a tag of many": Action(rename(merges=True), lambda run: run.go(f"tag:{TAG}")),
    "delete a tag of many": Action(
        triggered("actionDeleteTag", "actionUndo", "actionRedo", "actionUndo"), lambda run: run.go(f"tag:{TAG}")
    ),
    "archive many": Action(triggered("actionToArchived", "actionUndo", "actionRedo", "actionUndo"), many),
    "a paper with many highlights": Action(show_marked, find_marked),
    "preview of an import": Action(preview, Run.write_file, times=2),
    "import while reading": Action(import_while_reading, Run.write_file, edits=1, times=2),
}


def prepare(folder: Path) -> None:
    """Put into the library what the actions need."""
    with Library.open(folder) as library:
        if not library.search(f'title:"{MARKED}"').ids:
            marks = [
                {"id": f"{number:08x}{_UID[8:]}", "quote": "word", "start": number * 5, "end": number * 5 + 4}
                for number in range(HIGHLIGHTS)
            ]
            paper = {"title": MARKED, "uid": _UID, "abstract": "word " * 10_000, "highlights": marks, "tags": ["other"]}
            library.import_([Source("marked.jsonl", data=json.dumps(paper).encode())])
            usual = {"title": "A paper like others, which stands before it", "abstract": "Some text. " * 100}
            library.import_([Source("usual.jsonl", data=json.dumps(usual).encode())])
        if library.search(f'tag:"{TAG}"').total < MANY:
            ids = library.search(f'-title:"{MARKED}"', limit=MANY).ids
            library.tag(ids, add=[TAG])
        library.wait_for_index()


def measure(folder: Path, name: str) -> None:
    """Do one thing some times; print each as a line of JSON."""
    action = ACTIONS[name]
    run = Run(folder)
    for _ in range(action.times):
        run.go_home()
        action.before(run)
        run.settle()
        slow = slowness()
        run.watchdog.start()
        action.do(run)
        run.settle()
        run.pause(60)
        worst = run.watchdog.stop()
        slow = max(slow, slowness())
        told = Time(worst.felt_ms / slow, max(run.watchdog.clock), slow, worst.place(), str(worst))
        print(json.dumps(asdict(told)), flush=True)
        for _ in range(action.edits):
            run.go_home()
            run.do("actionUndo")
    run.go_home()
    run.window.close()


def main(folder: Path, wanted: list[str]) -> None:
    """Measure each action in a process of its own."""
    prepare(folder)
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # would compile every module again in every process
    print("  longest turn, ms                    first / clock   later / clock   machine   where")
    for name in ACTIONS:
        if wanted and not any(part in name for part in wanted):
            continue
        runs: list[list[Time]] = []
        while len(runs) < PROCESSES and not any(max(each.felt_ms for each in run) <= LIMIT_MS for run in runs):
            runs.append(_in_a_process(folder, name, environment))
        first = min((run[0] for run in runs), key=_felt)
        later = min((max(run[1:] or run, key=_felt) for run in runs), key=_felt)
        worst = max(first, later, key=_felt)
        print(
            f"{'*' if worst.felt_ms > LIMIT_MS else ' '} {name:34} {first.felt_ms:6.1f} /{first.clock_ms:6.0f} "
            f" {later.felt_ms:6.1f} /{later.clock_ms:6.0f}   {worst.slow:6.1f}   {worst.place}",
            flush=True,
        )
        if worst.felt_ms > LIMIT_MS and "-v" in sys.argv:
            print(worst.told, flush=True)


def _in_a_process(folder: Path, name: str, environment: dict[str, str]) -> list[Time]:
    done = subprocess.run(
        [sys.executable, __file__, str(folder), "--one", name], env=environment, capture_output=True, text=True
    )
    times = [Time(**json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{")]
    if not times or done.returncode:
        print(f"! {name}: {done.stderr.strip()[-800:]}", flush=True)
    return times or [Time(0, 0, 1, "not measured", "")]


def _felt(time: Time) -> float:
    return time.felt_ms


if __name__ == "__main__":
    if "--one" in sys.argv:
        measure(Path(sys.argv[1]), sys.argv[-1])
    else:
        main(Path(sys.argv[1]), [word for word in sys.argv[2:] if word != "-v"])
