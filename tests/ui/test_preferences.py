"""Choices are in force at once, in the file soon, and heard when the file is changed by hand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.settings import Settings, read_settings, write_settings
from readinglist.ui import preferences as module
from readinglist.ui.preferences import Preferences


class Ears:
    """Keeps what preferences say."""

    def __init__(self, preferences: Preferences) -> None:
        self.settings: list[Settings] = []
        self.words: list[str] = []
        preferences.changed.connect(self.settings.append)
        preferences.told.connect(self.words.append)


@pytest.fixture
def parent(qapp: QApplication) -> Iterator[QObject]:
    """Own what a test makes, and let go of it in this thread: garbage is collected in any."""
    owner = QObject()
    yield owner
    owner.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def test_a_choice_is_told_at_once_and_written_soon(file: Path, qtbot: QtBot, parent: QObject) -> None:
    preferences = Preferences(file, parent)
    ears = Ears(preferences)
    preferences.change(theme="dark")
    preferences.change(theme="dark")
    assert [settings.theme for settings in ears.settings] == ["dark"]
    assert not file.exists()
    qtbot.waitUntil(lambda: preferences.settled)
    assert read_settings(file).settings.theme == "dark"
    preferences.close()


def test_the_window_does_not_wait_for_the_disk(
    file: Path, qtbot: QtBot, parent: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, written = threading.Event(), []

    def slowly(before: Settings, after: Settings, path: Path) -> Path | None:
        written.append(threading.current_thread() is threading.main_thread())
        goes_on.wait(10)
        return write_settings(before, after, path)

    monkeypatch.setattr(module, "write_settings", slowly)
    preferences = Preferences(file, parent)
    preferences.change(theme="dark")
    qtbot.waitUntil(lambda: bool(written))
    assert not preferences.settled
    preferences.change(density="compact")  # meanwhile
    goes_on.set()
    preferences.close()
    assert written[0] is False
    settings = read_settings(file).settings
    assert (settings.theme, settings.density) == ("dark", "compact")


def test_nothing_is_written_when_nothing_was_chosen(file: Path, parent: QObject) -> None:
    Preferences(file, parent).close()
    assert not file.exists()


def test_a_change_by_hand_is_heard(file: Path, qtbot: QtBot, parent: QObject) -> None:
    preferences = Preferences(file, parent)
    ears = Ears(preferences)
    file.write_text('theme = "dark"\n')
    qtbot.waitUntil(lambda: preferences.settings.theme == "dark")
    other = file.with_name("other")
    other.write_text('theme = "light"\n')
    other.replace(file)  # as editors save
    qtbot.waitUntil(lambda: preferences.settings.theme == "light")
    file.unlink()
    qtbot.waitUntil(lambda: preferences.settings == Settings())
    assert [settings.theme for settings in ears.settings] == ["dark", "light", "system"]
    assert ears.words == []
    preferences.close()


def test_what_is_being_written_by_hand_is_not_moved_away(file: Path, qtbot: QtBot, parent: QObject) -> None:
    preferences = Preferences(file, parent)
    preferences.change(theme="dark")
    preferences.flush()
    ears = Ears(preferences)
    file.write_text("theme = \n")
    qtbot.waitUntil(lambda: bool(ears.words))
    assert "line 1" in ears.words[0]
    assert "stay as they were" in ears.words[0]
    assert preferences.settings.theme == "dark"
    assert file.read_text() == "theme = \n"
    preferences.change(density="compact")
    preferences.close()
    assert "kept as settings.damaged-1.toml" in ears.words[-1]
    assert (file.parent / "settings.damaged-1.toml").read_text() == "theme = \n"


def test_a_broken_file_is_put_aside_at_the_start_and_said(file: Path, parent: QObject) -> None:
    file.parent.mkdir()
    file.write_text("broken")
    preferences = Preferences(file, parent)
    assert preferences.settings == Settings()
    assert len(preferences.problems) == 2
    assert "cannot be understood" in preferences.problems[0]
    assert preferences.problems[1] == "It is kept as settings.damaged-1.toml."
    assert (file.parent / "settings.damaged-1.toml").read_text() == "broken"
    preferences.close()


def test_a_choice_not_yet_written_goes_before_the_file(file: Path, qtbot: QtBot, parent: QObject) -> None:
    preferences = Preferences(file, parent)
    preferences.change(theme="dark")
    file.write_text('theme = "light"\ndensity = "compact"\n')
    qtbot.waitUntil(lambda: preferences.settings.density == "compact")
    assert preferences.settings.theme == "dark"
    preferences.close()
    assert read_settings(file).settings.theme == "dark"
    assert read_settings(file).settings.density == "compact"


def test_a_disk_that_takes_nothing_is_told(tmp_path: Path, parent: QObject) -> None:
    (tmp_path / "file").write_text("")
    preferences = Preferences(tmp_path / "file" / "settings.toml", parent)
    ears = Ears(preferences)
    preferences.change(theme="dark")
    preferences.close()
    assert preferences.settings.theme == "dark"
    assert "cannot be" in ears.words[0]


def test_everything_that_is_wrong_in_a_file_changed_by_hand_is_told(file: Path, qtbot: QtBot, parent: QObject) -> None:
    preferences = Preferences(file, parent)
    ears = Ears(preferences)
    file.write_text('theme = "dark"\ntext_size = 99\nfont = 3\n', "utf-8")
    qtbot.waitUntil(lambda: ears.words != [])
    (said,) = ears.words
    assert "text_size" in said
    assert "font" in said
    assert preferences.settings.theme == "dark"
    file.write_text('theme = "pink"\ntext_size = 99\nfont = 3\ndensity = 1\nlater = 2\n', "utf-8")
    qtbot.waitUntil(lambda: len(ears.words) == 2)
    assert "2 more" in ears.words[1]
    preferences.close()
