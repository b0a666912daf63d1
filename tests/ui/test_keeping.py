"""Backups, the check and the sheets, in a real window on a real library."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from readinglist.errors import ReadingListError
from readinglist.library import Finding, Library, Source, rescue
from readinglist.paths import settings_file
from readinglist.store.driver import connect
from readinglist.store.restoring import DATABASE
from readinglist.ui import checking, keeping
from readinglist.ui.backing_up import back_up_on_quit
from readinglist.ui.theme import DARK

if TYPE_CHECKING:
    from tests.ui.conftest import Bench


def _reasons(folder: Path) -> list[str]:
    return [backup.reason for backup in rescue.backups_of(folder)]


def _press(bench: Bench, name: str) -> None:
    button = bench.find(name)
    assert isinstance(button, QPushButton)
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    bench.settle()


def _spoil_note(folder: Path) -> None:
    """Turn over a byte of the one note, as a disk may."""
    with closing(connect(folder / DATABASE)) as connection:
        connection.execute("UPDATE paper SET note = 'kept for the marginz' WHERE note = 'kept for the margins'")


# -- backups by themselves ------------------------------------------------------------------------


def test_half_an_hour_after_a_change_there_is_a_backup_of_it_and_none_without(bench: Bench) -> None:
    timer = bench.window.keeping.backing_up.timer
    assert timer.isActive()
    assert timer.interval() == 30 * 60 * 1000
    for _ in range(2):
        timer.timeout.emit()
        bench.settle()
    assert _reasons(bench.folder) == ["time"]
    timer.stop()
    bench.go("queue:inbox")
    bench.do("actionStar")
    assert timer.isActive()
    timer.timeout.emit()
    bench.settle()
    assert _reasons(bench.folder) == ["time", "time"]


def test_a_backup_by_itself_that_fails_is_one_line_that_stays_until_one_works(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise ReadingListError("There is no room.")

    backing_up = bench.window.keeping.backing_up
    with monkeypatch.context() as patched:
        patched.setattr(bench.window._library, "back_up_if_changed", fail)
        backing_up.timer.timeout.emit()
        bench.settle()
    message = bench.window.status.findChild(QLabel, "statusMessage")
    assert message is not None
    bench.go("queue:next")  # another list, another remark
    assert message.text() == "No backup could be made: There is no room."
    assert not bench.window.keeping.banner.isVisible()
    assert backing_up.timer.isActive()
    backing_up.timer.timeout.emit()
    bench.settle()
    assert message.text() == ""


def test_backups_go_to_the_chosen_folder_too_and_one_that_is_away_keeps_no_other(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(f'backup_folder = "{elsewhere.as_posix()}"\n')
    bench.window.keeping.backing_up.timer.timeout.emit()
    bench.settle()
    assert len(list(elsewhere.glob("*/*-time.db"))) == 1
    assert _reasons(bench.folder) == ["time"]
    bench.go("queue:inbox")
    bench.do("actionStar")
    monkeypatch.setattr(keeping, "chosen_folder", lambda library: library / DATABASE / "no folder")
    bench.window.keeping.backing_up.timer.timeout.emit()
    bench.settle()
    assert _reasons(bench.folder) == ["time", "time"]
    message = bench.window.status.findChild(QLabel, "statusMessage")
    assert message is not None
    assert message.text().startswith("No backup could be made:")


def test_on_quit_a_changed_library_is_backed_up_and_an_unchanged_one_is_not(bench: Bench) -> None:
    bench.go("queue:inbox")
    bench.do("actionStar")
    bench.window.close()
    for _ in range(2):
        back_up_on_quit(bench.folder, None)
    assert _reasons(bench.folder) == ["quit"]


def test_what_fails_on_quit_keeps_nobody(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"no database at all" * 100)
    back_up_on_quit(tmp_path, None)
    back_up_on_quit(tmp_path / "nowhere", None)
    assert not (tmp_path / "nowhere").exists()


def test_a_backup_by_hand_is_made_and_said(bench: Bench) -> None:
    bench.do("actionBackUp")
    assert _reasons(bench.folder) == ["manual"]
    assert bench.window.pane.toast.text().startswith("Made a backup of 6 papers")


# -- the check ------------------------------------------------------------------------------------


def test_a_sound_library_is_checked_after_the_start_without_a_word(bench: Bench) -> None:
    bench.window.keeping.checking.timer.timeout.emit()
    bench.settle()
    assert bench.window.keeping.banner.sentence() == ""


def test_what_is_wrong_at_the_start_stands_over_the_list_and_is_repaired_from_there(bench: Bench) -> None:
    bench.do("actionBackUp")
    _spoil_note(bench.folder)
    bench.window.keeping.checking.timer.timeout.emit()
    bench.settle()
    banner = bench.find("banner")
    assert banner.isVisible()
    assert "The note of “Old charts” (paper 6) is not as it was written." in bench.window.keeping.banner.sentence()

    _press(bench, "bannerButton")
    finding = bench.find("finding-notes")
    assert isinstance(finding, QLabel)
    assert "A repair puts back its last whole version" in finding.text()

    _press(bench, "checkRepair")
    assert not banner.isVisible()
    sheet = bench.window.keeping.check_sheet
    assert sheet.words.text() == "Repaired; what was done stands first."
    assert sheet.isVisible()
    with bench.library() as library:
        (paper,) = library.papers(library.search("charts").ids)
        assert paper.note == "kept for the margins"
    assert "repair" in _reasons(bench.folder)


def test_what_was_put_right_on_opening_is_told_once_and_its_details_are_there(bench: Bench) -> None:
    bench.window._library._store.mended.stale_wal = bench.folder / "replaced" / "2026"
    bench.window.keeping.checking.timer.timeout.emit()
    bench.settle()
    assert bench.window.keeping.banner.sentence().startswith("Beside the database lay a file of changes")
    _press(bench, "bannerButton")
    finding = bench.find("finding-wal")
    assert isinstance(finding, QLabel)
    assert "2026" in finding.text()
    assert bench.window.keeping.banner.sentence() == ""
    assert bench.window.keeping.check_sheet.words.text() == "Repaired; what was done stands first."


def test_a_notice_that_is_closed_is_gone(bench: Bench) -> None:
    _spoil_note(bench.folder)
    bench.window.keeping.checking.timer.timeout.emit()
    bench.settle()
    bench.find("bannerClose").click()  # type: ignore[attr-defined]
    assert not bench.find("banner").isVisible()


def test_a_damaged_database_offers_a_backup_in_place_of_a_repair(bench: Bench) -> None:
    sheet = bench.window.keeping.check_sheet
    bench.do("actionBackUp")
    sheet.show_findings([Finding("database", False, "The database is damaged: row 7.", "puts back a backup")])
    assert not bench.find("checkRepair").isVisible()
    _press(bench, "checkRestore")
    assert bench.find("backupSheet").isVisible()
    assert not sheet.isVisible()


def test_the_check_after_the_start_waits_while_a_search_is_typed(
    make_bench: Callable[[list[dict[str, object]]], Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_GIVES_WAY_S", 3_600)
    bench = make_bench([{"title": "Herring"}])
    window = bench.window
    told: list[object] = []
    window.keeping.checking.found_at_start.connect(told.append)
    window.lanes.search.given_s = time.monotonic()
    window.keeping.checking.timer.timeout.emit()
    bench.qtbot.wait(200)
    assert window.lanes.background.busy
    assert told == []
    monkeypatch.setattr(checking, "_GIVES_WAY_S", 0)
    bench.settle()
    assert told == [[]]


def test_a_check_can_be_stopped(bench: Bench) -> None:
    bench.window.actions_by_name["actionCheck"].trigger()
    bench.window.keeping.checking.cancel()
    bench.settle()
    assert bench.window.keeping.check_sheet.words.text().startswith("Stopped.")
    bench.key(Qt.Key.Key_Escape)
    assert not bench.find("checkSheet").isVisible()


def test_papers_long_in_the_trash_are_gone_after_the_start(bench: Bench) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=31)
    with Library.open(bench.folder, clock=lambda: long_ago) as library:
        library.remove(library.search("ropes").ids)
    bench.settle()
    bench.go("view:trash")
    assert bench.titles() == ["Ropes"]
    bench.window.keeping.checking.timer.timeout.emit()
    bench.settle()
    assert bench.titles() == []


# -- sheets and look ------------------------------------------------------------------------------


def test_backups_are_listed_with_date_papers_size_and_why(bench: Bench) -> None:
    bench.do("actionBackUp")
    damaged = bench.folder / "backups" / "2020-01-01T000000Z-time.db"
    damaged.write_bytes(b"nothing")
    bench.do("actionRestoreBackup")
    rows = bench.window.keeping.backup_sheet.list
    assert rows.topLevelItemCount() == 2
    first, second = rows.topLevelItem(0), rows.topLevelItem(1)
    assert first is not None
    assert second is not None
    assert (first.text(1), first.text(3)) == ("6", "by hand")
    assert "MB" in first.text(2)
    assert second.isDisabled()
    assert second.text(1) == "cannot be read"
    assert rows.path() is not None
    assert rows.path().name.endswith("-manual.db")  # type: ignore[union-attr]


def test_without_backups_the_sheet_says_how_there_will_be_some(bench: Bench) -> None:
    bench.do("actionRestoreBackup")
    assert bench.window.keeping.backup_sheet.words.text().startswith("There are no backups yet.")
    assert not bench.find("backupRestore").isEnabled()


def test_banner_and_sheets_follow_the_theme(bench: Bench) -> None:
    bench.do("actionCheck")
    bench.window.keeping.set_theme(DARK)
    assert DARK.chip in bench.window.keeping.banner.styleSheet()
    assert DARK.text in bench.window.keeping.check_sheet.title.styleSheet()


# -- before a bulk import --------------------------------------------------------------------------


def _many(count: int, what: str) -> Source:
    return Source("many.jsonl", data="\n".join(f'{{"title": "{what} number {n}"}}' for n in range(count)).encode())


def test_many_papers_are_taken_in_after_a_backup_and_a_few_without(bench: Bench) -> None:
    importing = bench.window._arrivals.importing
    importing._import([_many(5, "A small wave")], "a few", None, ())
    bench.settle()
    assert _reasons(bench.folder) == []
    importing._import([_many(1_001, "A great wave")], "many", None, ())
    bench.settle()
    assert _reasons(bench.folder) == ["import"]
    with bench.library() as library:
        assert library.counts().total == 6 + 5 + 1_001
    assert rescue.backups_of(bench.folder)[0].papers == 11


def test_many_papers_are_taken_in_where_no_backup_can_be_made_and_that_is_said(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise ReadingListError("There is no room.")

    monkeypatch.setattr(bench.window._library, "back_up_if_changed", fail)
    bench.window._arrivals.importing._import([_many(1_001, "A great wave")], "many", None, ())
    bench.settle()
    message = bench.window.status.findChild(QLabel, "statusMessage")
    assert message is not None
    assert message.text() == "There is no backup from before this import: There is no room."
    with bench.library() as library:
        assert library.counts().total == 6 + 1_001
