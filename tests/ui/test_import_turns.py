"""A package that makes Qt classes is imported by a lane while the window's thread waits."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from readinglist.progress import Progress
from readinglist.ui.import_turns import import_turns
from readinglist.ui.jobs import Lane

NAME = "package_for_turns"
MODULE = """
import threading, time
from PySide6.QtCore import QObject
time.sleep(0.05)
class Made(QObject):
    pass
thread = threading.get_ident()
began, ended = time.monotonic() - 0.05, time.monotonic()
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    folder = tmp_path / NAME
    folder.mkdir()
    (folder / "__init__.py").write_text(MODULE + "from . import one\nfrom . import two\n")
    (folder / "one.py").write_text(MODULE)
    (folder / "two.py").write_text(MODULE)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield NAME
    for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[name]


def test_no_module_runs_while_the_window_looks_at_its_events(qtbot: QtBot, package: str) -> None:
    turns = import_turns()
    lane = Lane("imports")
    beats: list[float] = []
    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: beats.append(time.monotonic()))
    timer.start()
    loaded: list[object] = []
    lane.run(lambda _: turns.load(package), done=loaded.append)
    qtbot.waitUntil(lambda: bool(loaded), timeout=10_000)
    timer.stop()
    lane.close()
    modules = [sys.modules[name] for name in (package, f"{package}.one", f"{package}.two")]
    assert loaded == modules[:1]
    for module in modules:
        assert module.thread != threading.get_ident()
        assert [beat for beat in beats if module.began < beat < module.ended] == []
    for before, after in ((modules[0], modules[1]), (modules[1], modules[2])):
        assert [beat for beat in beats if before.ended <= beat <= after.began] != []
    assert not [finder for finder in sys.meta_path if type(finder).__module__.endswith("import_turns")]


def test_a_package_that_is_there_is_given_at_once_and_one_that_is_not_is_told_of(qtbot: QtBot) -> None:
    lane = Lane("imports")
    answers: list[object] = []
    turns = import_turns()
    lane.run(lambda _: turns.load("json"), done=answers.append)
    lane.run(lambda _: turns.load("no_such_package"), failed=lambda error: answers.append(type(error)))
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=10_000)
    lane.close()
    assert answers == [sys.modules["json"], ModuleNotFoundError]


def test_a_lane_that_is_closed_meanwhile_does_not_wait_for_ever(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readinglist.ui.import_turns._LONGEST_S", 0.1)
    turns = import_turns()
    lane = Lane("imports")
    begun = threading.Event()

    def call(_progress: Progress) -> None:
        begun.set()
        turns.load(package)

    lane.run(call)
    assert begun.wait(10)
    lane.close()  # this thread waits, and gives no turns
    assert package in sys.modules
