"""The whole of the main job without a mouse, from an empty library to the next start: nothing but keys is used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from readinglist.paper import Paper, Status
from tests.ui.scenes import press

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PAGE = """\
Lighthouses That Listen to the Fog

We ask what a lighthouse hears when it sees nothing. Twelve towers were given microphones for one winter. Our results
suggest that fog is a sound before it is a sight.

A Census of Forgotten Bookmarks

Bookmarks are left where readers stopped. This paper counts them in four libraries and shows that most books are left
before page forty.

Tide Tables for Impatient Readers

We print the tides of reading: when it is easy, and when nothing goes in. The tables hold for a year.

Knots, Considered as Promises

A knot says that somebody will come back. We propose a theory of knots in three parts and an appendix on string.
"""


def _focus() -> str:
    focus = QApplication.focusWidget()
    return focus.objectName() if focus is not None else ""


def _write(bench: Bench, text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)
    bench.settle()


def _go(bench: Bench, key: str) -> None:
    press(bench, "g")
    press(bench, key)


def _tab_to(bench: Bench, name: str) -> None:
    """Press Tab until the focus is on a widget."""
    for _ in range(60):
        if _focus() == name:
            return
        press(bench, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {name}")


def _paper(bench: Bench, query: str) -> Paper:
    with bench.library() as library:
        (paper,) = library.papers(library.search(query).ids)
        return paper


def test_from_an_empty_library_to_the_next_start(empty_bench: Bench, tmp_path: Path) -> None:
    bench = empty_bench
    # Paste a page, see what it is, put it into the Inbox.
    QGuiApplication.clipboard().setText(PAGE)
    press(bench, Qt.Key.Key_V, CTRL)
    sheet = bench.find("importSheet")
    assert any(label.text().startswith("4 papers") for label in sheet.findChildren(QLabel))
    press(bench, Qt.Key.Key_Return)
    assert not sheet.isVisible()
    assert bench.titles() == ["Lighthouses", "A", "Tide", "Knots,"]

    # Triage: two up next, one archived, and that taken back; one left for later.
    press(bench, Qt.Key.Key_T, CTRL)
    press(bench, "u")
    press(bench, "e")
    press(bench, Qt.Key.Key_Z, CTRL)
    press(bench, "u")
    press(bench, "u")
    press(bench, "l")
    press(bench, Qt.Key.Key_Return)  # the card of days: the first choice
    press(bench, Qt.Key.Key_Escape)

    # Order what is up next.
    _go(bench, "u")
    assert bench.titles() == ["Lighthouses", "A", "Tide"]
    press(bench, Qt.Key.Key_Home)
    press(bench, Qt.Key.Key_Down, ALT)
    assert bench.titles() == ["A", "Lighthouses", "Tide"]

    # Read: select the first words of the abstract by keys, highlight them.
    press(bench, Qt.Key.Key_Return)
    _go(bench, "r")
    assert bench.titles() == ["Lighthouses"]
    _tab_to(bench, "abstractView")
    press(bench, Qt.Key.Key_Home, CTRL)
    for _ in range(4):
        press(bench, Qt.Key.Key_Right, CTRL | SHIFT)
    press(bench, "h")
    (highlight,) = _paper(bench, "title:lighthouses").highlights
    assert highlight.quote.strip() == "We ask what a"

    # Note and tag.
    press(bench, "n")
    _write(bench, "Ask them about bells.")
    press(bench, Qt.Key.Key_Escape)
    press(bench, "t")
    _write(bench, "sea/fog")
    press(bench, Qt.Key.Key_Return, CTRL)
    press(bench, Qt.Key.Key_Escape)
    press(bench, "r")
    paper = _paper(bench, "title:lighthouses")
    assert (paper.status, paper.tags, paper.note) == (Status.READ, {"sea/fog"}, "Ask them about bells.")

    # Find another by a word of its abstract; leave the search by Escape.
    press(bench, "/")
    _write(bench, "bookmarks")
    press(bench, Qt.Key.Key_Return)
    assert bench.titles() == ["A"]
    press(bench, "s")
    assert _paper(bench, "title:bookmarks").starred

    # The palette: a tag by a few of its letters.
    press(bench, Qt.Key.Key_K, CTRL)
    _write(bench, "seafog")
    press(bench, Qt.Key.Key_Return)
    title = bench.find("listTitle")
    assert isinstance(title, QLabel)
    assert title.text() == "fog"
    assert bench.titles() == ["Lighthouses"]

    # Export everything, to a file that is named by typing.
    _go(bench, "e")
    target = tmp_path / "mine.jsonl"
    press(bench, Qt.Key.Key_E, CTRL | SHIFT)
    QTest.keySequence(QApplication.focusWidget(), "Ctrl+A")
    _write(bench, str(target))
    press(bench, Qt.Key.Key_Return)
    bench.settle()
    titles = [json.loads(line)["title"].split()[0] for line in target.read_text(encoding="utf-8").splitlines()]
    assert sorted(titles) == ["A", "Knots,", "Lighthouses", "Tide"]

    bench.window.activateWindow()  # as the system does when a dialog is gone
    bench.settle()

    # Quit, start again: everything is there.
    press(bench, Qt.Key.Key_Q, CTRL)
    assert not bench.window.isVisible()
    bench.open()
    paper = _paper(bench, "title:lighthouses")
    assert (paper.status, paper.tags, len(paper.highlights)) == (Status.READ, {"sea/fog"}, 1)
    _go(bench, "u")
    assert bench.titles() == ["A", "Tide"]
