"""Settings, by keys and mouse in the real window: seen at once, kept in the file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget

from readinglist.paths import settings_file
from readinglist.settings import Settings, read_settings
from readinglist.ui.key_settings import KeySettings
from readinglist.ui.settings_sheet import SettingsSheet
from tests.ui.conftest import Bench

CTRL = Qt.KeyboardModifier.ControlModifier
LOOK, TRIAGE, FEEDS, SIMILAR, KEYS, FILES = range(6)


def opened(bench: Bench, page: int) -> SettingsSheet:
    bench.key(Qt.Key.Key_Comma, CTRL)
    sheet = bench.find("settingsSheet")
    assert isinstance(sheet, SettingsSheet)
    assert sheet.isVisible()
    for _ in range(page):
        bench.key(Qt.Key.Key_Down)
    return sheet


def saved(bench: Bench) -> Settings:
    bench.settle()
    return read_settings(settings_file()).settings


def choose(box: QComboBox, value: str) -> None:
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    while box.currentData() != value:
        before = box.currentIndex()
        QTest.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() > before, f"no {value}"


def row_height(bench: Bench) -> int:
    return bench.window.pane.papers.verticalHeader().sectionSize(0)


def test_the_look_follows_at_once(bench: Bench) -> None:
    bench.go("view:all")
    high = row_height(bench)
    sheet = opened(bench, LOOK)
    boxes = {box.objectName(): box for box in sheet.findChildren(QComboBox)}
    choose(boxes["settingsTheme"], "dark")
    bench.settle()
    assert bench.window.grab().toImage().pixelColor(20, 2).lightness() < 60
    choose(boxes["settingsDensity"], "compact")
    bench.settle()
    bench.key(Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert row_height(bench) < high * 0.75
    settings = saved(bench)
    assert (settings.theme, settings.density) == ("dark", "compact")
    bench.window.close()
    bench.open()
    bench.go("view:all")
    assert row_height(bench) < high * 0.75


def test_sizes_follow_at_once(bench: Bench) -> None:
    bench.go("view:all")
    abstract = bench.find("abstractView")
    before = abstract.document().defaultFont().pixelSize()  # type: ignore[attr-defined]
    sheet = opened(bench, LOOK)
    spin = sheet.findChild(QSpinBox, "settingsReaderTextSize")
    assert spin is not None
    spin.setFocus()
    for _ in range(4):
        QTest.keyClick(spin, Qt.Key.Key_Up)
    bench.settle()
    assert abstract.document().defaultFont().pixelSize() == before + 4  # type: ignore[attr-defined]
    assert saved(bench).reader_text_size == 21


def test_keys_change_the_size_of_abstracts_alone(bench: Bench) -> None:
    bench.go("view:all")
    abstract = bench.find("abstractView")
    row, before = row_height(bench), abstract.document().defaultFont().pixelSize()  # type: ignore[attr-defined]
    bench.key(Qt.Key.Key_Plus, CTRL | Qt.KeyboardModifier.AltModifier)
    bench.settle()
    assert abstract.document().defaultFont().pixelSize() == before + 1  # type: ignore[attr-defined]
    assert row_height(bench) == row
    bench.key(Qt.Key.Key_Plus, CTRL)
    bench.settle()
    assert row_height(bench) > row
    bench.key(Qt.Key.Key_0, CTRL)
    bench.settle()
    assert (row_height(bench), abstract.document().defaultFont().pixelSize()) == (row, before)  # type: ignore[attr-defined]


def test_later_puts_off_as_chosen(bench: Bench) -> None:
    bench.go("queue:next")
    sheet = opened(bench, TRIAGE)
    box = sheet.findChild(QComboBox, "settingsLater")
    assert box is not None
    choose(box, "none")
    bench.key(Qt.Key.Key_Escape)
    bench.window.pane.papers.setFocus()
    bench.key("l")
    bench.settle()
    assert saved(bench).later == "none"
    with bench.library() as library:
        assert [paper.until for paper in library.papers(library.search("is:later").ids)] == [None]


def keys_page(bench: Bench, action: str) -> KeySettings:
    page = opened(bench, KEYS).keys
    page.select(action)
    page.table.setFocus()
    bench.key(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.field
    return page


def button(bench: Bench, name: str) -> QPushButton:
    found = bench.find(name)
    assert isinstance(found, QPushButton)
    return found


def problem(bench: Bench) -> str:
    label = bench.find("keyProblem")
    assert isinstance(label, QLabel)
    return label.text()


def test_a_key_is_changed_and_works_at_once(bench: Bench) -> None:
    bench.go("queue:next")
    page = keys_page(bench, "actionStar")
    bench.key("x")
    assert problem(bench) == ""
    button(bench, "keySet").click()
    assert page.table.item(page.table.currentRow(), 1).text() == "X"
    bench.key(Qt.Key.Key_Escape)
    bench.window.pane.papers.setFocus()
    bench.key("s")
    bench.key("x")
    bench.settle()
    with bench.library() as library:
        assert library.search("is:starred title:herring", limit=0).total == 1
    assert saved(bench).keys == {"Star": ("X",)}
    assert bench.window.actions_by_name["actionStar"].toolTip() == "Star (X)"
    bench.do("actionKeys")
    assert "X" in bench.find("keyText").toPlainText()  # type: ignore[attr-defined]


def test_a_key_of_another_action_is_named_at_once_and_taken_over(bench: Bench) -> None:
    page = keys_page(bench, "actionStar")
    bench.key("e")
    assert problem(bench) == "E belongs to “Archive”, which loses it if you use it here."
    assert button(bench, "keySet").text() == "Take it over"
    assert bench.window.actions_by_name.keys()["actionToArchived"] == ("E",)  # not yet
    button(bench, "keySet").click()
    keys = bench.window.actions_by_name.keys()
    assert (keys["actionStar"], keys["actionToArchived"]) == (("E",), ())
    assert bench.window.actions_by_name.clashes == []
    assert saved(bench).keys == {"Star": ("E",), "ToArchived": ()}
    page.select("actionToArchived")
    button(bench, "keyUsual").click()
    assert "belongs to “Star”" in problem(bench)  # the reader's own choice goes before what is usual
    button(bench, "keyAllUsual").click()
    assert problem(bench) == ""
    assert bench.window.actions_by_name.keys() == bench.window.actions_by_name.usual_keys()
    assert saved(bench).keys == {}


def test_two_keys_in_a_row_and_a_second_key(bench: Bench) -> None:
    page = keys_page(bench, "actionStar")
    bench.key("g")
    assert "belongs to" in problem(bench)
    bench.key("x")
    assert (page.field.text(), problem(bench)) == ("G, X", "")
    button(bench, "keyAdd").click()
    assert bench.window.actions_by_name.keys()["actionStar"] == ("S", "G, X")
    button(bench, "keyNone").click()
    assert bench.window.actions_by_name.keys()["actionStar"] == ()
    button(bench, "keyUsual").click()
    assert bench.window.actions_by_name.keys()["actionStar"] == ("S",)


def test_escape_leaves_the_key_field_and_then_the_sheet(bench: Bench) -> None:
    page = keys_page(bench, "actionStar")
    bench.key("?", Qt.KeyboardModifier.ShiftModifier)
    assert page.field.key == "?"
    bench.key(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is page.table
    assert page.field.key == ""
    bench.key(Qt.Key.Key_Escape)
    assert not bench.find("settingsSheet").isVisible()


def test_actions_are_found_by_name_and_key(bench: Bench) -> None:
    page = opened(bench, KEYS).keys
    line = bench.find("keySettingsFilter")
    assert isinstance(line, QLineEdit)
    for typed, name in (("archiv", "actionToArchived"), ("ctrl+d", "actionSaveSearch")):
        line.clear()
        QTest.keyClicks(line, typed)
        assert page._selected() == name


def test_the_file_changed_by_hand_is_followed(bench: Bench) -> None:
    file = settings_file()
    file.write_text('theme = "dark"\n[keys]\nStar = "e"\nNewer = "F5"\n')
    bench.qtbot.waitUntil(lambda: bench.window.preferences.settings.theme == "dark")
    bench.settle()
    assert bench.window.grab().toImage().pixelColor(20, 2).lightness() < 60
    assert bench.window.actions_by_name.keys()["actionStar"] == ("E",)
    toast = bench.window.pane.toast
    assert toast.text() == "E belongs to “Star”, so “Archive” does not have it."
    bench.window.preferences.change(density="compact")
    bench.settle()
    assert 'Newer = "F5"' in file.read_text()


def test_a_broken_file_is_told_at_the_start(bench: Bench) -> None:
    bench.window.close()
    settings_file().write_text("theme = \n")
    bench.open()
    assert "cannot be understood" in bench.window.pane.toast.text()
    assert "kept as settings.damaged-1.toml" in bench.window.pane.toast.text()


@pytest.mark.skipif(os.name != "posix", reason="paths are written otherwise")
def test_a_folder_of_backups_must_be_there(bench: Bench, tmp_path: Path) -> None:
    sheet = opened(bench, FILES)
    line = sheet.findChild(QLineEdit, "settingsBackupFolder")
    assert line is not None
    line.setFocus()
    QTest.keyClicks(line, str(tmp_path / "absent"))
    QTest.keyClick(line, Qt.Key.Key_Return)
    label = bench.find("settingsProblem")
    assert isinstance(label, QLabel)
    assert label.isVisible()
    assert "There is no folder" in label.text()
    assert saved(bench).backup_folder == ""
    line.selectAll()
    QTest.keyClicks(line, str(tmp_path))
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert not label.isVisible()
    assert saved(bench).backup_folder == str(tmp_path)


def test_every_control_has_a_name(bench: Bench) -> None:
    sheet = opened(bench, KEYS)
    for widget in [*sheet.findChildren(QComboBox), *sheet.findChildren(QSpinBox), *sheet.findChildren(QPushButton)]:
        assert widget.accessibleName() or (isinstance(widget, QPushButton) and widget.text())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_numbers_stand_in_the_same_frame_as_choices(bench: Bench, theme: str) -> None:
    sheet = opened(bench, LOOK)
    boxes = {box.objectName(): box for box in sheet.findChildren(QComboBox)}
    choose(boxes["settingsTheme"], theme)
    bench.settle()
    numbers = sheet.findChildren(QSpinBox)
    assert len(numbers) == 2
    pictures = [box.grab().toImage() for box in (boxes["settingsDensity"], *numbers)]
    edges = [[picture.pixelColor(x, picture.height() // 2).name() for x in range(4)] for picture in pictures]
    assert edges[1] == edges[0]
    assert edges[2] == edges[0]
    assert [picture.height() for picture in pictures] == [pictures[0].height()] * 3


def test_a_number_is_stepped_with_the_mouse_on_its_arrows(bench: Bench) -> None:
    sheet = opened(bench, LOOK)
    number = sheet.findChild(QSpinBox, "settingsReaderTextSize")
    assert number is not None
    QTest.mouseClick(number, Qt.MouseButton.LeftButton, pos=number.rect().topRight() + QPoint(-8, 6))
    assert number.value() == 18
    QTest.mouseClick(number, Qt.MouseButton.LeftButton, pos=number.rect().bottomRight() + QPoint(-8, -6))
    assert number.value() == 17
    assert saved(bench).reader_text_size == 17


def test_each_page_is_made_when_it_is_first_looked_at(bench: Bench) -> None:
    sheet = opened(bench, LOOK)
    assert sheet.findChild(QComboBox, "settingsTheme") is not None
    others = ("settingsLater", "settingsFeeds", "settingsSimilar", "keyTable", "settingsBackupFolder")
    for page, name in enumerate(others, TRIAGE):
        assert not sheet.findChildren(QWidget, name), "all pages at once hold up the sheet"
        bench.key(Qt.Key.Key_Down)
        assert sheet._pages.currentIndex() == page
        assert sheet.findChild(QWidget, name).isVisibleTo(sheet)
    bench.key(Qt.Key.Key_Home)
    assert [len(sheet.findChildren(QWidget, name)) for name in others] == [1] * len(others)
