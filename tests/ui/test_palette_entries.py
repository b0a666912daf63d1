"""What the palette finds for what is typed, and in which order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow

from readinglist.paper import Author, Paper, PaperId
from readinglist.ui.actions import TABLE, Actions
from readinglist.ui.palette_entries import Entry, action_entries, find, paper_entries, view_entries
from readinglist.ui.theme import LIGHT
from readinglist.ui.views import built_in_views, saved_view, tag_view


@pytest.fixture
def actions(qapp: QApplication) -> Iterator[Actions]:
    window = QMainWindow()  # owns the actions, for as long as the test takes
    yield Actions(LIGHT, window)
    window.deleteLater()


@pytest.fixture
def entries(actions: Actions) -> list[Entry]:
    views = [*built_in_views(), saved_view("to cite soon", "tag:x"), tag_view("sea/tides"), tag_view("archive")]
    papers = [
        Paper("Herring\n in “numbers”", id=PaperId(7), authors=(Author("Ada Brandt"),)),
        Paper("Gone", trashed="x"),
    ]
    return [*action_entries(actions), *view_entries(views, {}), *paper_entries(papers)]


def keys(entries: list[Entry], typed: str, used: tuple[str, ...] = ()) -> list[str]:
    return [found.entry.key for found in find(entries, typed, used)]


def test_every_action_can_be_found_by_its_name(actions: Actions, entries: list[Entry]) -> None:
    for row in TABLE:
        if row.name != "actionPalette":
            name = actions[row.name].text().replace("&", "").rstrip("…")
            assert f"action:{row.name}" in keys(entries, name)[:4], name


def test_an_action_shows_its_key_and_its_menu(entries: list[Entry]) -> None:
    star = next(entry for entry in entries if entry.key == "action:actionStar")
    assert (star.title, star.shortcut, star.detail) == ("Star", "S", "Paper")
    later = next(entry for entry in entries if entry.key == "action:actionLaterMonth")
    assert later.detail == "Paper › Later until"


def test_tags_searches_views_and_papers_are_found(entries: list[Entry]) -> None:
    assert keys(entries, "tides")[0] == "tag:sea/tides"
    assert keys(entries, "seti")[0] == "tag:sea/tides"
    assert keys(entries, "cite")[0] == "search:to cite soon"
    assert keys(entries, "notes")[0] == "view:notes"
    assert keys(entries, "herr")[0] == "paper:7"
    assert keys(entries, "brandt")[0] == "paper:7"
    assert not any(key == "paper:None" for key in keys(entries, "gone"))


def test_what_was_used_goes_before_what_fits_as_well(entries: list[Entry]) -> None:
    assert keys(entries, "archive")[0] == "action:actionToArchived"
    assert keys(entries, "archive", ("tag:archive",))[0] == "tag:archive"


def test_nothing_typed_shows_what_was_used_then_papers_then_all(entries: list[Entry]) -> None:
    shown = keys(entries, "  ", ("tag:sea/tides", "tag:gone", "action:actionStar"))
    assert shown[:3] == ["tag:sea/tides", "action:actionStar", "paper:7"]
    assert set(shown) == {entry.key for entry in entries if entry.enabled}
    assert len(shown) == len(set(shown))


def test_what_cannot_be_done_stands_last(actions: Actions) -> None:
    actions["actionToArchived"].setEnabled(False)
    shown = keys(action_entries(actions), "archive")
    assert shown.index("action:actionToArchived") > shown.index("action:actionGoArchived")


def test_typing_errors_are_forgiven_when_nothing_fits(entries: list[Entry]) -> None:
    assert "action:actionToArchived" in keys(entries, "archvie")
    assert keys(entries, "qqqqqq") == ["query:qqqqqq"]


def test_the_last_row_searches_the_papers(entries: list[Entry]) -> None:
    found = find(entries, " fog bank ", ())[-1].entry
    assert (found.key, found.title) == ("query:fog bank", "Search papers for “fog bank”")
