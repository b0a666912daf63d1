"""Putting a backup back, and what stands in place of a window where a library cannot be opened."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from readinglist.errors import ReadingListError
from readinglist.library import Library, rescue
from readinglist.store.restoring import DATABASE
from readinglist.ui.app import _made_desk
from readinglist.ui.desk import Desk

if TYPE_CHECKING:
    from tests.ui.conftest import Bench


class Table:
    """A desk with the ways a test works it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.desk: Desk = _made_desk(folder)
        self.desk.open_or_rescue()

    def settle(self) -> None:
        """Wait until whatever is shown has nothing left to do."""

        def settled() -> bool:
            return not self.desk.busy and (self.desk.window is None or self.desk.window.idle())

        self.qtbot.waitUntil(settled, timeout=10_000)

    def press(self, name: str) -> None:
        """Press a button of the rescue window, or of the window."""
        shown = self.desk.rescue or self.desk.window
        assert shown is not None
        button = shown.findChild(QPushButton, name)
        assert button is not None
        assert button.isVisible()
        assert button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def shown(self, name: str) -> bool:
        """Say whether a button of the rescue window is there."""
        assert self.desk.rescue is not None
        button = self.desk.rescue.findChild(QPushButton, name)
        return button is not None and button.isVisible()

    def close(self) -> None:
        """Close everything; harmless when done before."""
        window = self.desk.window
        self.desk.close()
        if window is not None:
            window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()


@pytest.fixture
def set_table(qtbot: QtBot, folder: Path) -> Iterator[Callable[[], Table]]:
    """Return a maker of a desk on the folder."""
    made: list[Table] = []

    def make() -> Table:
        made.append(Table(qtbot, folder))
        made[-1].settle()
        return made[-1]

    yield make
    for table in made:
        table.close()


@pytest.fixture
def backed_up(folder: Path, six_papers: Path) -> Path:
    """Return a library of six papers with a backup of them, and one paper more in it."""
    shutil.copytree(six_papers, folder)
    with Library.open(folder) as library:
        library.back_up()
        library.remove(library.search("ropes").ids)
    return folder


def _total(folder: Path) -> int:
    with Library.open(folder) as library:
        return library.counts().total


# -- from the window ------------------------------------------------------------------------------


def test_a_backup_is_put_back_and_what_it_replaced_is_kept_and_said(
    set_table: Callable[[], Table], backed_up: Path
) -> None:
    table = set_table()
    first = table.desk.window
    assert first is not None
    first.actions_by_name["actionRestoreBackup"].trigger()
    table.settle()
    table.press("backupRestore")
    table.qtbot.waitUntil(lambda: table.desk.window not in (None, first))
    table.settle()
    window = table.desk.window
    assert window is not None
    assert window.isVisible()
    assert table.desk.rescue is None
    said = window.keeping.banner.sentence()
    assert said.startswith("The backup is in place: 6 papers. What was there before is kept in ")
    (replaced,) = (backed_up / "replaced").iterdir()
    assert str(replaced) in said
    assert (replaced / DATABASE).is_file()
    window.go_to("view:all")
    table.settle()
    assert window.pane.papers.papers.rowCount() == 6


def test_a_file_that_is_no_backup_leaves_the_library_as_it_was(
    set_table: Callable[[], Table], backed_up: Path, tmp_path: Path
) -> None:
    (tmp_path / "photo.db").write_bytes(b"a picture" * 1000)
    table = set_table()
    first = table.desk.window
    assert first is not None
    first.keeping.restore_asked.emit(tmp_path / "photo.db")
    table.qtbot.waitUntil(lambda: table.desk.window not in (None, first))
    table.settle()
    assert table.desk.window is not None
    assert table.desk.window.keeping.banner.sentence().startswith("The backup was not put back.")
    table.close()
    assert _total(backed_up) == 5
    assert not (backed_up / "replaced").exists()


def test_a_library_that_is_open_elsewhere_is_not_replaced(set_table: Callable[[], Table], backed_up: Path) -> None:
    table = set_table()
    first = table.desk.window
    assert first is not None
    with Library.open(backed_up):
        first.keeping.restore_asked.emit(rescue.backups_of(backed_up)[0].path)
        table.qtbot.waitUntil(lambda: table.desk.window not in (None, first))
        table.settle()
        assert table.desk.window is not None
        assert "open in another window or program" in table.desk.window.keeping.banner.sentence()


def test_a_note_that_cannot_be_saved_keeps_the_library_in_its_place(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise ReadingListError("The disk is full.")

    bench.do("actionBackUp")
    bench.go("queue:inbox")
    monkeypatch.setattr(bench.window._library, "write_note", fail)
    bench.key("n")
    QTest.keyClicks(QApplication.focusWidget(), "not to be lost")
    bench.window.keeping.restore_asked.emit(rescue.backups_of(bench.folder)[0].path)
    bench.settle()
    assert bench.window.isVisible()
    assert not (bench.folder / "replaced").exists()


# -- where the library cannot be opened ------------------------------------------------------------


def _damage(folder: Path) -> None:
    with (folder / DATABASE).open("r+b") as file:
        file.write(b"\0" * 4096)


def _empty(folder: Path) -> None:
    (folder / DATABASE).write_bytes(b"")


def _take_away(folder: Path) -> None:
    (folder / DATABASE).unlink()


def _swap(folder: Path) -> None:
    (folder / DATABASE).write_bytes(b"SQLite format 3\0" + b"\0" * 4000)


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (_damage, "is not a library, or is damaged."),
        (_empty, "is empty."),
        (_take_away, "has backups but no library.db."),
        (_swap, "belongs to another program."),
    ],
)
def test_a_library_that_cannot_be_opened_is_said_and_its_newest_backup_put_back(
    set_table: Callable[[], Table], backed_up: Path, harm: Callable[[Path], None], what: str
) -> None:
    harm(backed_up)
    table = set_table()
    assert table.desk.window is None
    assert table.desk.rescue is not None
    assert table.desk.rescue.isVisible()
    assert table.desk.rescue.problem().endswith(what)
    assert table.desk.rescue.list.topLevelItemCount() == 1
    table.press("rescueRestore")
    table.qtbot.waitUntil(lambda: table.desk.window is not None)
    table.settle()
    assert table.desk.rescue is None
    table.close()
    assert _total(backed_up) == 6


def test_a_damaged_backup_is_not_the_one_that_is_offered(set_table: Callable[[], Table], backed_up: Path) -> None:
    (good,) = rescue.backups_of(backed_up)
    newer = good.path.with_name("2099-01-01T000000Z-time.db")
    data = bytearray(good.path.read_bytes())
    data[8192:12288] = b"\xff" * 4096
    newer.write_bytes(data)
    _damage(backed_up)
    table = set_table()
    assert table.desk.rescue is not None
    assert table.desk.rescue.list.path() == good.path


def test_without_backups_another_folder_can_be_opened(
    set_table: Callable[[], Table], folder: Path, six_papers: Path, tmp_path: Path
) -> None:
    shutil.copytree(six_papers, tmp_path / "another")
    folder.mkdir()
    (folder / "letter.txt").write_text("no library")
    table = set_table()
    rescue_window = table.desk.rescue
    assert rescue_window is not None
    assert rescue_window.problem() == f"{folder} holds other files and no library."
    assert not table.shown("rescueRestore")
    rescue_window.folder_asked.emit(tmp_path / "another")
    table.settle()
    assert table.desk.window is not None
    assert table.desk.window.isVisible()
    assert table.desk.rescue is None
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_a_library_that_is_being_repaired_can_be_tried_again(set_table: Callable[[], Table], backed_up: Path) -> None:
    from readinglist.store.lock import FolderLock

    with FolderLock(backed_up / "library.lock", alone=True):
        table = set_table()
        assert table.desk.rescue is not None
        assert "try again in a moment" in table.desk.rescue.problem()
        assert not table.shown("rescueChoose")
    table.press("rescueAgain")
    assert table.desk.window is not None
    assert table.desk.rescue is None


def test_a_bad_file_chosen_in_the_rescue_window_is_said_there(
    set_table: Callable[[], Table], backed_up: Path, tmp_path: Path
) -> None:
    (tmp_path / "photo.db").write_bytes(b"a picture" * 1000)
    _damage(backed_up)
    table = set_table()
    assert table.desk.rescue is not None
    table.desk.rescue.restore_asked.emit(tmp_path / "photo.db")
    table.settle()
    assert table.desk.rescue is not None
    assert "The backup was not put back." in table.desk.rescue.problem()
    assert table.shown("rescueRestore")


def test_quitting_the_rescue_window_changes_nothing(set_table: Callable[[], Table], backed_up: Path) -> None:
    _damage(backed_up)
    before = (backed_up / DATABASE).read_bytes()
    table = set_table()
    table.press("rescueQuit")
    assert not any(widget.isVisible() for widget in QApplication.topLevelWidgets())
    assert (backed_up / DATABASE).read_bytes() == before
