"""Similar papers by meaning, in the window: chosen in the settings, learnt in the background, shown, stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox

from readinglist.library import Library
from readinglist.ui.settings_sheet import SettingsSheet
from readinglist.ui.similar_list import SimilarList
from tests.meanings import TITLES, StandIn, stand_in
from tests.ui.conftest import Bench

Made = Callable[[list[dict[str, object]]], Bench]


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    monkeypatch.setattr("readinglist.ui.meaning_keeping._WAIT_MS", 1)
    return stand_in(monkeypatch)


@pytest.fixture
def pets(model: StandIn, make_bench: Made) -> Bench:
    return make_bench([{"title": title} for title in TITLES])


def nearest(bench: Bench) -> str:
    found = bench.find("similarList")
    assert isinstance(found, SimilarList)
    return str(found.model().index(0, 0).data())


def open_settings(bench: Bench) -> SettingsSheet:
    """Open the settings at what papers are similar by."""
    bench.do("actionSettings")
    sheet = bench.find("settingsSheet")
    assert isinstance(sheet, SettingsSheet)
    sheet.show_page(3)
    return sheet


def choose(bench: Bench, value: str) -> None:
    """Choose in the settings by what they are similar."""
    open_settings(bench)
    box = bench.find("settingsSimilar")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(value))
    bench.settle()


def show_first(bench: Bench) -> None:
    bench.window.navigation.show_paper(1)
    bench.settle()


def test_it_is_chosen_in_the_settings_and_taken_back_there(pets: Bench, model: StandIn) -> None:
    show_first(pets)
    assert nearest(pets) == TITLES[1]
    choose(pets, "meaning")
    assert len(model.read) == 5
    assert nearest(pets) == TITLES[2]
    choose(pets, "words")
    assert nearest(pets) == TITLES[1]


def test_what_is_edited_and_added_is_learnt(pets: Bench, model: StandIn) -> None:
    choose(pets, "meaning")
    model.read.clear()
    pets.window._library.correct([2], title="The old cat that slept")
    pets.settle()
    assert model.read == ["The old cat that slept. "]
    with Library.open(pets.folder) as other:  # which does not know of it
        other.correct([4], title="A cat of the house")
        other.wait_for_index()
    pets.settle()
    pets.window._library.correct([5], title="Sums of cats")
    pets.settle()
    assert "A cat of the house. " in model.read


def test_it_is_shown_and_can_be_stopped_and_goes_on_at_the_next_start(
    pets: Bench, model: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglist.library.meaning._READ", 1)
    reached, go_on = threading.Event(), threading.Event()
    learn = model.of

    def slow(texts: Sequence[str]) -> Any:
        if len(model.read) == 2:
            reached.set()
            go_on.wait(5)
        return learn(texts)

    monkeypatch.setattr(model, "of", slow)
    pets.window.preferences.change(similar_by="meaning")
    pets.qtbot.waitUntil(reached.is_set)
    pets.qtbot.waitUntil(lambda: "meaning" in pets.window.status.running())
    assert not pets.window.idle()
    pets.window.status.cancel_asked.emit("meaning")
    go_on.set()
    pets.settle()
    assert pets.window.status.running() == ()
    assert len(model.read) == 3
    pets.window.close()
    pets.open()
    assert not pets.window._library.embeddings_behind()


def test_without_the_extra_the_settings_say_how_to_get_it(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readinglist.discover.embedding.is_installed", lambda: False)
    bench.window.preferences.change(similar_by="meaning")
    sheet = open_settings(bench)
    assert any("pip install wordllama" in label.text() for label in sheet._hints)
    assert not bench.window._library.embeddings_behind()
