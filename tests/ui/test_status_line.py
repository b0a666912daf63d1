"""The status line: work with progress and a way to stop it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QProgressBar, QToolButton
from pytestqt.qtbot import QtBot

from readinglist.ui.jobs import Step
from readinglist.ui.status_line import StatusLine, Work
from readinglist.ui.theme import LIGHT
from tests.ui.conftest import Bench


@pytest.fixture
def line(qtbot: QtBot) -> StatusLine:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    made = StatusLine(LIGHT)
    qtbot.addWidget(made)
    made.resize(900, 32)
    made.show()
    return made


def bar(line: StatusLine) -> QProgressBar:
    found = line.findChild(QProgressBar, "progressBar")
    assert found is not None
    return found


def stop(line: StatusLine) -> QToolButton:
    found = line.findChild(QToolButton, "cancelButton")
    assert found is not None
    return found


def test_work_is_shown_while_it_runs(line: StatusLine) -> None:
    assert not bar(line).isVisible()
    line.show_work("import", Work("Importing thesis.bib", Step(812, 1240, "")))
    assert bar(line).isVisible()
    assert (bar(line).value(), bar(line).maximum()) == (812, 1240)
    assert line._detail.text() == "812 of 1,240"
    line.end_work("import")
    assert not bar(line).isVisible()


def test_work_of_unknown_length_says_what_it_does(line: StatusLine) -> None:
    line.show_work("preview", Work("Looking at a page", Step(5, None, "5 papers read")))
    assert bar(line).maximum() == 0
    assert line._detail.text() == "5 papers read"


def test_the_button_stops_what_is_shown(line: StatusLine, qtbot: QtBot) -> None:
    line.show_work("import", Work("Importing"))
    line.show_work("index", Work("Indexing", can_cancel=False))
    with qtbot.waitSignal(line.cancel_asked) as heard:
        stop(line).click()
    assert heard.args == ["import"]
    line.end_work("import")
    assert line.running() == ("index",)
    assert not stop(line).isVisible()


def test_a_remark_gives_way_to_work(line: StatusLine) -> None:
    line.say("Searched in 3 ms")
    line.show_work("index", Work("Indexing"))
    assert not line._message.isVisible()
    line.end_work("index")
    assert line._message.isVisible()


def test_the_hints_tell_the_keys_in_force_and_do_what_they_say(bench: Bench) -> None:
    commands, keys = bench.find("commandsHint"), bench.find("keysHint")
    assert isinstance(commands, QToolButton)
    assert isinstance(keys, QToolButton)
    assert (commands.text(), keys.text()) == ("Ctrl+K  commands", "?  keys")
    bench.window.preferences.change(keys={"Palette": ("Ctrl+Shift+P",)})
    bench.settle()
    assert commands.text() == "Ctrl+Shift+P  commands"
    commands.click()
    assert bench.find("commandPalette").isVisible()
