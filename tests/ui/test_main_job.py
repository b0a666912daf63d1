"""The main job on the real page, by keys alone, from the clipboard to the next start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from readinglist.paper import Paper

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def _press(bench: Bench, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    bench.key(key, modifier)
    bench.settle()


def _write(bench: Bench, text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)
    bench.settle()


def _papers(bench: Bench, query: str) -> list[Paper]:
    with bench.library() as library:
        return library.papers(library.search(query).ids)


def test_a_morning_with_the_page_is_there_the_next_day(empty_bench: Bench, shared_data: Path) -> None:
    bench = empty_bench
    QGuiApplication.clipboard().setText((shared_data / "papers_page.txt").read_text(encoding="utf-8"))
    _press(bench, Qt.Key.Key_V, CTRL)
    sheet = bench.find("importSheet")
    assert any(label.text().startswith("82 papers") for label in sheet.findChildren(QLabel))
    _press(bench, Qt.Key.Key_Return)
    assert not sheet.isVisible()
    assert bench.window.pane.papers.papers.rowCount() == 82
    assert bench.titles()[:3] == ["Anchored", "Contrastive", "The"]

    # Through the Inbox a key at a time: up next, up next, archive, later, read.
    for key in (Qt.Key.Key_U, Qt.Key.Key_U, Qt.Key.Key_E, Qt.Key.Key_L, Qt.Key.Key_R):
        _press(bench, key)
    assert bench.window.pane.papers.papers.rowCount() == 77
    assert [len(_papers(bench, f"is:{status}")) for status in ("next", "archived", "later", "read")] == [2, 1, 1, 1]

    # Find one again; star, tag and note it.
    _press(bench, Qt.Key.Key_Slash)
    _write(bench, "positional bias")
    assert bench.titles() == ["Anchored"]
    _press(bench, Qt.Key.Key_Return)
    _press(bench, Qt.Key.Key_S)
    _press(bench, Qt.Key.Key_T)
    _write(bench, "interpretability")
    _press(bench, Qt.Key.Key_Return)
    _press(bench, Qt.Key.Key_Escape)
    _press(bench, Qt.Key.Key_N)
    _write(bench, "Compare with our own logit lens.")
    _press(bench, Qt.Key.Key_Escape)

    # Order what to read next.
    bench.go("queue:next")
    assert bench.titles() == ["Anchored", "Contrastive"]
    _press(bench, Qt.Key.Key_Down, ALT)
    assert bench.titles() == ["Contrastive", "Anchored"]

    bench.window.close()
    bench.open()
    assert bench.titles() == ["Contrastive", "Anchored"]
    assert bench.current() == "Anchored"
    (paper,) = _papers(bench, "positional bias")
    assert (paper.starred, paper.tags, paper.position) == (True, {"interpretability"}, 2)
    assert paper.note == "Compare with our own logit lens."
    assert paper.submitted_by == "AK"
    assert (paper.listed or "").endswith("-03-11")  # of the year that the day of the test makes it


def test_every_title_of_the_page_pasted_into_the_search_finds_its_paper(empty_bench: Bench, shared_data: Path) -> None:
    bench = empty_bench
    with bench.library() as library:
        library.import_([shared_data / "papers_page.txt"])
        library.wait_for_index()
        titles = [paper.title for paper in library.papers(library.search().ids)]
        assert len(titles) == 82
        for title in titles:
            hits = library.search(title)
            assert library.paper(hits.ids[0]).title == title
            assert not hits.relaxed
    bench.settle()
    bench.type(titles[0])
    assert bench.titles()[0] == titles[0].split()[0]
