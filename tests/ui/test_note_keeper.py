"""Notes that the library does not take at once: kept elsewhere, saved when they can be, offered after a crash."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from readinglist.errors import ReadingListError
from readinglist.library import Drafts, Library, base_of
from readinglist.paper import PaperId
from readinglist.paths import recovery_folders
from readinglist.store.driver import connect
from readinglist.store.restoring import DATABASE

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

FULL = "The disk is full: nothing was changed. Make room and try again."


def _kept() -> list[str]:
    """Return the texts of the notes in files, wherever these are."""
    files = [file for folder in recovery_folders() for file in sorted(folder.glob("*/*/*.json"))]
    return [json.loads(file.read_text())["text"] for file in files]


def _write(bench: Bench, text: str) -> None:
    bench.key("n")
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


def _press_banner(bench: Bench) -> None:
    button = bench.find("bannerButton")
    assert isinstance(button, QPushButton)
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    bench.settle()


def _note(bench: Bench, title: str) -> str | None:
    with bench.library() as library:
        (paper,) = library.papers(library.search(title).ids)
    return paper.note


def _fail(*_args: object, **_more: object) -> None:
    raise ReadingListError(FULL)


def test_a_note_that_is_saved_at_once_goes_to_no_file(bench: Bench) -> None:
    bench.go("queue:next")
    _write(bench, "a thought")
    bench.settle()
    assert not any(folder.exists() for folder in recovery_folders())
    assert _note(bench, "herring") == "a thought"


def test_on_a_full_disk_the_text_stays_is_kept_in_a_file_and_saved_when_there_is_room(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.go("queue:next")
    with monkeypatch.context() as patched:
        patched.setattr(bench.window._library, "write_note", _fail)
        _write(bench, "a thought")
        bench.qtbot.waitUntil(lambda: _kept() == ["a thought"])
        bench.settle()
        banner = bench.find("banner")
        assert banner.isVisible()
        said = bench.window.keeping.banner.sentence()
        assert said.startswith(FULL)
        assert "“Four notes on the herring" in said
        assert "is kept in a file and will be saved as soon as it can be." in said
        assert bench.window.reader.unsaved_notes() == {3: "a thought"}
        assert not bench.find("bannerClose").isVisible()
        # On with another paper: what was typed on the first one is not forgotten.
        bench.key(Qt.Key.Key_Escape)
        bench.key("j")
        bench.settle()
        _press_banner(bench)
        assert banner.isVisible()
    _press_banner(bench)
    assert not banner.isVisible()
    assert _note(bench, "herring") == "a thought"
    bench.qtbot.waitUntil(lambda: _kept() == [])
    assert not bench.window.reader.unsaved_notes()


def test_what_could_not_be_saved_is_tried_again_by_itself(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.go("queue:next")
    with monkeypatch.context() as patched:
        patched.setattr(bench.window._library, "write_note", _fail)
        _write(bench, "a thought")
        bench.qtbot.waitUntil(lambda: _kept() == ["a thought"])
    bench.window.keeping.notes._again.setInterval(10)
    bench.qtbot.waitUntil(lambda: not bench.find("banner").isVisible())
    bench.settle()
    assert _note(bench, "herring") == "a thought"
    assert not bench.window.keeping.notes._again.isActive()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody move a folder with open files")
def test_a_library_that_is_taken_away_is_said_and_the_note_is_kept_until_it_is_back(bench: Bench) -> None:
    bench.go("queue:next")
    away = bench.folder.with_name("away")
    bench.folder.rename(away)
    bench.window._watch.look()
    assert "not in its place" in bench.window.keeping.banner.sentence()
    bench.settle()
    (copy,) = recovery_folders()[0].glob("*/*-library.db")
    assert str(copy) in bench.window.keeping.banner.sentence()
    _write(bench, "a thought")
    bench.qtbot.waitUntil(lambda: _kept() == ["a thought"])
    bench.do("actionStar")
    assert bench.window.reader.unsaved_notes() == {3: "a thought"}
    assert "is kept in a file" in bench.window.keeping.banner.sentence()
    away.rename(bench.folder)
    bench.window._watch.look()
    bench.settle()
    assert not bench.find("banner").isVisible()
    assert _note(bench, "herring") == "a thought"
    bench.qtbot.waitUntil(lambda: _kept() == [])
    with bench.library() as library:
        assert not library.paper(3).starred
    assert not copy.exists()


def test_while_another_program_writes_the_note_is_kept_and_saved_afterwards(bench: Bench) -> None:
    bench.go("queue:next")
    with closing(connect(bench.folder / DATABASE)) as other:
        other.execute("BEGIN IMMEDIATE")
        _write(bench, "a tho")
        bench.qtbot.waitUntil(lambda: _kept() == ["a tho"], timeout=3_000)
        assert bench.window.keeping.banner.sentence().startswith("The library is busy. What you wrote on “Four")
        QTest.keyClicks(QApplication.focusWidget(), "ught")
        bench.qtbot.waitUntil(lambda: _kept() == ["a thought"], timeout=3_000)
        other.execute("ROLLBACK")
    bench.settle()
    assert _note(bench, "herring") == "a thought"
    assert not bench.find("banner").isVisible()
    bench.qtbot.waitUntil(lambda: _kept() == [])


def test_where_no_file_can_be_written_either_that_is_said(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.go("queue:next")
    monkeypatch.setattr(bench.window._library, "write_note", _fail)
    monkeypatch.setattr(bench.window.keeping.notes._drafts, "keep", _fail)
    _write(bench, "a thought")
    bench.qtbot.waitUntil(lambda: "on this screen only" in bench.window.keeping.banner.sentence())
    bench.window.close()
    assert bench.window.isVisible()
    assert "Copy it" in bench.window.pane.toast.text()


def test_a_note_that_was_left_unsaved_is_offered_at_the_next_start(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.go("queue:next")
    with monkeypatch.context() as patched:
        patched.setattr(bench.window._library, "write_note", _fail)
        _write(bench, "a thought")
        bench.window.close()
        assert "offered at the next start" in bench.window.pane.toast.text()
        bench.window.close()
        assert not bench.window.isVisible()
    bench.window.deleteLater()
    bench.open()
    bench.qtbot.waitUntil(bench.find("banner").isVisible, timeout=5_000)
    sentence = bench.window.keeping.banner.sentence()
    assert sentence.startswith("A note on “Four notes on the herring")
    assert sentence.endswith("was not saved when the program last ended.")
    _press_banner(bench)
    assert _note(bench, "herring") == "a thought"
    assert _kept() == []
    bench.do("actionUndo")
    assert _note(bench, "herring") is None


def _left(folder: Path, number: int, text: str, uid: str = "") -> None:
    """Leave a note as a session that has ended."""
    with Library.open(folder) as library:
        drafts = Drafts(library.library_id)
    drafts.keep(PaperId(number), uid, "A paper", text)
    drafts.close()


def _offered(bench: Bench) -> str:
    bench.window.keeping.notes._on_look()
    bench.settle()
    return bench.window.keeping.banner.sentence()


def test_what_is_in_the_library_after_all_is_not_offered(bench: Bench) -> None:
    _left(bench.folder, 6, "kept for the margins")
    assert _offered(bench) == ""
    assert _kept() == []


def test_a_note_written_since_is_kept_above_what_was_left(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    _left(bench.folder, 6, "from before")
    with Library.open(bench.folder) as library:
        monkeypatch.setattr(library, "_now", lambda: "2099-01-01T00:00:00Z")
        library.write_note(6, "written since")
    assert _offered(bench).startswith("A note on “A paper”")
    _press_banner(bench)
    assert _note(bench, "charts") == "written since\n\n---\n\nfrom before"


@pytest.mark.parametrize(("now", "since"), [("2001-01-01T00:00:00Z", True), ("2099-01-01T00:00:00Z", False)])
def test_what_was_written_on_tells_what_came_later_and_no_clock(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, now: str, since: bool
) -> None:
    with Library.open(bench.folder) as library:
        drafts = Drafts(library.library_id)
        monkeypatch.setattr(library, "_now", lambda: now)
        base = base_of(library.paper(PaperId(6)).note)
        library.write_note(6, "by somebody else")
        drafts.keep(PaperId(6), "", "A paper", "what I wrote", base=base if since else base_of("by somebody else"))
    drafts.close()
    _offered(bench)
    _press_banner(bench)
    assert _note(bench, "charts") == ("by somebody else\n\n---\n\nwhat I wrote" if since else "what I wrote")


def test_a_note_of_a_paper_that_is_gone_is_left_in_its_file_and_said(bench: Bench) -> None:
    _left(bench.folder, 6, "of another paper", uid="another")
    _offered(bench)
    _press_banner(bench)
    assert "not in this library any more" in bench.window.pane.toast.text()
    assert _kept() == ["of another paper"]
    assert _note(bench, "charts") == "kept for the margins"


def test_the_banner_shows_the_most_urgent_of_several(bench: Bench) -> None:
    from readinglist.ui.banner import Notice

    banner = bench.window.keeping.banner
    banner.show_notice("read-only", Notice("Read only."))
    banner.show_notice("notes", Notice("A note.", can_close=False))
    assert banner.sentence() == "A note."
    label = bench.find("bannerSentence")
    assert isinstance(label, QLabel)
    assert label.text() == "A note."
    banner.show_notice("notes", None)
    assert banner.sentence() == "Read only."
    bench.find("bannerClose").click()  # type: ignore[attr-defined]
    assert banner.sentence() == ""
