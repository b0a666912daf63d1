"""A library that can only be read: said once, everything that reads works, nothing that writes is offered."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from html import escape
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.store.driver import connect
from readinglist.store.restoring import DATABASE
from readinglist.store.schema import SCHEMA_VERSION
from readinglist.ui.actions import TABLE
from readinglist.ui.read_only import changes_library
from tests.ui.conftest import Bench, end


@pytest.fixture
def newer(qtbot: QtBot, folder: Path, six_papers: Path) -> Iterator[Bench]:
    """Return a window on a library that a newer version has written."""
    shutil.copytree(six_papers, folder)
    with closing(connect(folder / DATABASE)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    made = Bench(qtbot, folder)
    yield made
    end(made.window)


@pytest.fixture
def locked(qtbot: QtBot, folder: Path, six_papers: Path) -> Iterator[Bench]:
    """Return a window on a library in a folder that cannot be written."""
    shutil.copytree(six_papers, folder)
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.access(folder / DATABASE, os.W_OK):
        pytest.skip("this user may write everything")
    made = Bench(qtbot, folder)
    yield made
    end(made.window)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o700)


def _reads_and_offers_no_edit(bench: Bench) -> None:
    reason = bench.window.keeping.banner.sentence()
    assert "reading only" in reason
    assert bench.find("banner").isVisible()
    bench.go("queue:next")
    assert bench.titles() == ["Four", "Ropes", "Knots"]
    bench.type("lighthouse")
    assert bench.titles() == ["Lighthouses"]
    bench.window.pane.papers.setFocus()
    for row in TABLE:
        action = bench.window.actions_by_name[row.name]
        if changes_library(row):
            assert not action.isEnabled(), row.name
            assert escape(reason) in action.toolTip()
    assert bench.window.actions_by_name["actionExport"].isEnabled()
    for key in "seurtn":
        bench.key(key)
    bench.key(Qt.Key.Key_Delete)
    bench.settle()
    assert not bench.window.reader.unsaved_notes()
    assert bench.titles() == ["Lighthouses"]
    assert bench.window.pane.toast.isHidden()


def test_a_newer_library_is_read_and_not_written(newer: Bench) -> None:
    _reads_and_offers_no_edit(newer)


def test_a_folder_that_cannot_be_written_is_read(locked: Bench) -> None:
    _reads_and_offers_no_edit(locked)


def test_it_is_said_once_and_stays_closed(newer: Bench) -> None:
    newer.find("bannerClose").click()  # type: ignore[attr-defined]
    newer.go("queue:next")
    newer.window.keeping.checking.timer.timeout.emit()
    newer.settle()
    assert not newer.find("banner").isVisible()


def test_neither_a_click_on_the_note_nor_on_the_tags_begins_an_edit(newer: Bench) -> None:
    newer.go("queue:next")
    note = newer.find("noteEditor")
    QTest.mouseClick(note, Qt.MouseButton.LeftButton, pos=note.rect().center())
    newer.key(Qt.Key.Key_Return)
    assert not newer.find("noteField").isVisible()
    newer.window.reader.edit_tags()
    assert QApplication.focusWidget() is not None
    assert not newer.find("tagField").isVisible()


def test_no_backup_is_made_there_and_none_put_back(newer: Bench) -> None:
    assert not newer.window.keeping.backing_up.timer.isActive()
    for name in ("actionBackUp", "actionRestoreBackup"):
        assert not newer.window.actions_by_name[name].isEnabled()


def test_every_action_of_papers_and_tags_is_known_to_write_or_to_read() -> None:
    reads = {row.name for row in TABLE if row.menu.partition("/")[0] in ("Paper", "Tags") and not changes_library(row)}
    assert reads == {"actionOpenLink", "actionNoteVersions"}
