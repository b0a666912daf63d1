"""Real windows on real small libraries, driven as a reader would."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from readinglist.library import Library, Source
from readinglist.ui.app import open_window, prepare
from readinglist.ui.window import MainWindow
from readinglist.ui.wording import LOCALE_VARIABLE, load_translations
from tests.scripts import script

ROOT = Path(__file__).resolve().parent.parent.parent

PAPERS: list[dict[str, object]] = [
    {
        "title": "Lighthouses and the fog they cannot see",
        "abstract": "We watch a lighthouse for a year. Positional bias of ships explains the rest.",
        "authors": ["Ada Brandt", "Bo Lind"],
        "year": 2024,
        "venue": "Journal of Coastal Guesses",
    },
    {
        "title": "A tide table for readers",
        "abstract": "Reading comes in tides. We print a table. Code: https://github.com/example/tides",
        "authors": ["Cleo Okafor"],
        "year": 2025,
        "tags": ["sea/tides"],
    },
    {
        "title": "Four notes on the herring, with a very long title that cannot possibly stand in one line of a list",
        "abstract": "The herring is a fish. We give four notes, of which the second is on bias.",
        "tags": ["sea/fish", "food"],
        "status": "next",
    },
    {"title": "Ropes", "abstract": "A short history of ropes.", "status": "next", "starred": True},
    {"title": "Knots", "abstract": "A long history of knots.", "status": "next"},
    {"title": "Old charts", "status": "read", "note": "kept for the margins"},
]


class Bench:
    """A window with the ways a test looks at it and works it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.window = self.open()

    def open(self) -> MainWindow:
        """Open a window on the library, as starting the program does."""
        self.window = open_window(self.folder)
        self.window.resize(1200, 800)
        self.qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.settle()
        return self.window

    def settle(self) -> None:
        """Wait until the window has nothing left to do."""
        self.qtbot.waitUntil(self.window.idle, timeout=10_000)
        QApplication.processEvents()
        self.qtbot.waitUntil(self.window.idle, timeout=10_000)

    def do(self, action: str) -> None:
        """Trigger an action and wait for what follows."""
        self.window.actions_by_name[action].trigger()
        self.settle()

    def key(self, key: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def type(self, text: str) -> None:
        """Type a search as a whole, and wait for the list."""
        self.window.pane.search.focus()
        self.window.pane.search.line.selectAll()
        QTest.keyClicks(self.window.pane.search.line, text)
        self.settle()

    def go(self, view: str) -> None:
        """Go to a view by its key."""
        self.window.go_to(view)
        self.settle()
        self.window.pane.papers.setFocus()

    def titles(self) -> list[str]:
        """Return the titles in the list, from the top."""
        model = self.window.pane.papers.papers
        papers = [model.paper(row) for row in range(model.rowCount())]
        return [paper.title.split()[0] for paper in papers if paper is not None]

    def current(self) -> str:
        """Return the first word of the current paper's title."""
        model = self.window.pane.papers.papers
        paper = model.paper(self.window.pane.papers.currentIndex().row())
        return paper.title.split()[0] if paper is not None else ""

    def find(self, name: str) -> QWidget:
        """Return the one widget of the window called `name`."""
        found = self.window.findChild(QWidget, name)
        assert found is not None, f"there is no {name}"
        return found

    def library(self) -> Library:
        """Open the library once more, as another process would."""
        return Library.open(self.folder)


@pytest.fixture(scope="session", autouse=True)
def english(qapp: QApplication) -> None:
    """Let every test see the window in English, as the program shows it: with its plural forms."""
    QLocale.setDefault(QLocale("en_US"))
    prepare(qapp)


@pytest.fixture(scope="session")
def pseudo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the pseudo-locale in it."""
    folder = tmp_path_factory.mktemp("translations")
    script("translations").make_pseudo(folder)
    return folder


@pytest.fixture
def pseudo(pseudo_folder: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the program speak the pseudo-locale."""
    monkeypatch.setenv(LOCALE_VARIABLE, "en_XA")
    before = QLocale()
    installed = load_translations(qapp, pseudo_folder)
    yield
    for translator in installed:
        QCoreApplication.removeTranslator(translator)
    QLocale.setDefault(before)


def taken_in(folder: Path, papers: list[dict[str, object]] = PAPERS) -> None:
    """Make a library of these papers, indexed."""
    data = "\n".join(json.dumps(paper) for paper in papers).encode()
    with Library.open(folder) as library:
        library.import_([Source("papers.jsonl", data=data)])
        library.wait_for_index()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the library of this test lies; its settings and cache are its own too."""
    monkeypatch.setattr("readinglist.ui.neighbours.WAIT_MS", 1)  # a test need not wait for a reader to stay
    for name in ("CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    return tmp_path / "library"


@pytest.fixture(scope="session")
def six_papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library of the six papers, to be copied."""
    folder = tmp_path_factory.mktemp("six-papers") / "library"
    taken_in(folder)
    return folder


@pytest.fixture
def bench(qtbot: QtBot, folder: Path, six_papers: Path) -> Iterator[Bench]:
    """Return a window on the six papers."""
    shutil.copytree(six_papers, folder)
    made = Bench(qtbot, folder)
    yield made
    end(made.window)


@pytest.fixture
def empty_bench(qtbot: QtBot, folder: Path) -> Iterator[Bench]:
    """Return a window on a library without papers."""
    made = Bench(qtbot, folder)
    yield made
    end(made.window)


@pytest.fixture
def make_bench(qtbot: QtBot, folder: Path) -> Iterator[Callable[[list[dict[str, object]]], Bench]]:
    """Return a maker of a window on other papers."""
    made: list[Bench] = []

    def make(papers: list[dict[str, object]]) -> Bench:
        taken_in(folder, papers)
        made.append(Bench(qtbot, folder))
        return made[-1]

    yield make
    for bench in made:
        end(bench.window)


def end(window: MainWindow) -> None:
    """Close a window and let go of it."""
    window.close()
    window.close()  # a note that cannot be saved keeps it open once
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()
