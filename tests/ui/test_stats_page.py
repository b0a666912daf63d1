"""The page of reading stats, by keys and mouse in the real window."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QToolButton, QWidget

from readinglist.ui.stats_page import StatsPage
from tests.reading_history import history
from tests.ui.conftest import Bench


@pytest.fixture
def reader(make_bench: Callable[[list[dict[str, object]]], Bench]) -> Bench:
    """A window on two years of reading."""
    return make_bench([json.loads(line) for line in history(datetime.now(UTC)).splitlines()])


def opened(bench: Bench) -> StatsPage:
    bench.window.pane.papers.setFocus()
    bench.key("g")
    bench.key("s")
    bench.settle()
    page = bench.find("statsView")
    assert isinstance(page, StatsPage)
    assert page.isVisible()
    return page


def words(plot: QWidget) -> str:
    return plot.findChildren(QLabel)[-1].text()


def texts(page: QWidget) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel)]


def test_the_keys_open_it_and_the_sidebar_shows_where_one_is(reader: Bench) -> None:
    page = opened(reader)
    assert reader.window.sidebar.current_view().title == "Reading stats"  # type: ignore[union-attr]
    assert not reader.window.pane.isVisible()
    assert list(page.plots) == ["statsReadWeeks", "statsAddedWeeks", "statsCalendar", "statsQueue", "statsTags"]
    assert QApplication.focusWidget() is page.plots["statsReadWeeks"]
    with reader.library() as library:
        totals = library.stats().totals
    assert f"{totals.read_in_period}" in texts(page)
    assert f"{totals.added_in_period}" in texts(page)


def test_enter_on_a_bar_lists_its_papers_with_the_search_in_the_field(reader: Bench) -> None:
    page = opened(reader)
    plot = page.plots["statsReadWeeks"]
    assert page.stats is not None
    week = max((week for week in page.stats.weeks), key=lambda week: week.read)
    reader.key(Qt.Key.Key_Home)
    for _ in range(page.stats.weeks.index(week)):
        reader.key(Qt.Key.Key_Right)
    assert words(plot).endswith(f": {week.read} papers")
    assert plot.accessibleDescription().startswith(words(plot))  # what is seen is also said
    reader.key(Qt.Key.Key_Return)
    reader.settle()
    assert not page.isVisible()
    assert reader.window.pane.search.text() == f"finished:{week.first}..{week.last}"
    assert len(reader.titles()) == week.read
    assert reader.window.sidebar.current_view().key == "queue:inbox"  # type: ignore[union-attr]
    assert QApplication.focusWidget() is reader.window.pane.papers


def test_a_click_on_a_bar_lists_its_papers(reader: Bench) -> None:
    page = opened(reader)
    plot = page.plots["statsQueue"]
    page.findChild(QScrollArea).ensureWidgetVisible(plot)
    assert page.stats is not None
    age = page.stats.queue.ages[3]
    assert age.papers
    view = plot._view  # type: ignore[attr-defined]
    box = view.getPlotItem().getViewBox()
    place = view.mapFromScene(box.mapViewToScene(box.viewRect().center().__class__(3.5, age.papers / 2)))
    QTest.mouseMove(view.viewport(), QPoint(place))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    reader.settle()
    assert reader.window.pane.search.text() == f"is:unread added:{age.first}..{age.last}"
    assert len(reader.titles()) == age.papers


def test_arrows_go_through_days_and_tags(reader: Bench) -> None:
    page = opened(reader)
    calendar, tags = page.plots["statsCalendar"], page.plots["statsTags"]
    calendar.setFocus()
    reader.key(Qt.Key.Key_End)
    today = calendar.current()  # type: ignore[attr-defined]
    reader.key(Qt.Key.Key_Left)
    reader.key(Qt.Key.Key_Right)
    assert calendar.current() == today  # type: ignore[attr-defined]
    tags.setFocus()
    reader.key(Qt.Key.Key_Home)
    first = tags.current()  # type: ignore[attr-defined]
    reader.key(Qt.Key.Key_Up)
    above = tags.current()  # type: ignore[attr-defined]
    assert (above.column, above.row, above.y) == (first.column, 1, first.y + first.height)
    reader.key(Qt.Key.Key_Right)
    assert tags.current().column == 1  # type: ignore[attr-defined]


def test_tab_goes_through_the_plots_and_escape_back_to_the_list(reader: Bench) -> None:
    page = opened(reader)
    seen = []
    for _ in range(4):
        seen.append(QApplication.focusWidget().objectName())
        reader.key(Qt.Key.Key_Tab)
    assert seen == ["statsReadWeeks", "statsAddedWeeks", "statsCalendar", "statsQueue"]
    reader.key(Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert QApplication.focusWidget() is reader.window.pane.papers
    assert reader.window.sidebar.current_view().key == "queue:inbox"  # type: ignore[union-attr]


def test_keys_for_papers_do_nothing_while_no_paper_is_seen(reader: Bench) -> None:
    reader.go("queue:next")
    page = opened(reader)
    for key in ("e", "s", "r", "u", Qt.Key.Key_Delete):
        reader.key(key)
    reader.settle()
    assert page.isVisible()
    with reader.library() as library:
        assert [entry.kind for entry in library.history(5)] == ["edit"]  # the import alone
    reader.key("g")
    reader.key("u")
    reader.settle()
    assert not page.isVisible()
    reader.key("s")
    reader.settle()
    with reader.library() as library:
        assert library.search("is:starred", limit=0).total == 1


def test_the_search_key_leads_out_of_it(reader: Bench) -> None:
    page = opened(reader)
    reader.key("/")
    assert not page.isVisible()
    assert QApplication.focusWidget() is reader.window.pane.search.line


def test_what_is_read_meanwhile_is_counted(reader: Bench) -> None:
    page = opened(reader)
    assert page.stats is not None
    before = page.stats.totals.read
    with reader.library() as library:
        library.move(library.search("is:next", limit=1).ids, "read")
    reader.qtbot.waitUntil(
        lambda: reader.window.idle() and page.stats is not None and page.stats.totals.read == before + 1
    )
    assert f"{page.stats.weeks[-1].read}" in texts(page)


def test_other_years_and_what_was_added(reader: Bench) -> None:
    page = opened(reader)
    earlier, later, added = (reader.find(name) for name in ("statsEarlier", "statsLater", "statsViewAdded"))
    assert isinstance(added, QToolButton)
    assert not later.isEnabled()
    year = datetime.now().astimezone().year
    QTest.mouseClick(earlier, Qt.MouseButton.LeftButton)
    reader.settle()
    QTest.mouseClick(earlier, Qt.MouseButton.LeftButton)
    reader.settle()
    assert str(year - 1) in texts(page)
    assert page.stats is not None
    assert page.stats.year == year - 1
    added.setFocus()
    QTest.keyClick(added, Qt.Key.Key_Space)
    reader.settle()
    assert "Added, day by day" in texts(page)
    for _ in range(2):
        QTest.mouseClick(later, Qt.MouseButton.LeftButton)
        reader.settle()
    assert "Last 53 weeks" in texts(page)


def test_without_anything_read_it_says_so_and_offers_a_way(bench: Bench) -> None:
    with bench.library() as library:
        library.move(library.search("is:read").ids, "inbox")
    page = opened(bench)
    assert "statsReadWeeks" not in page.plots
    assert "No paper is marked as read yet" in page._empty.sentence()
    button = page._empty.findChild(QWidget, "emptyStateButton")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    bench.settle()
    assert not page.isVisible()
    assert bench.titles() == ["Four", "Ropes", "Knots"]


def test_it_is_drawn_in_both_themes_and_in_a_narrow_window(reader: Bench) -> None:
    page = opened(reader)
    light = reader.window.grab().toImage()
    reader.window.preferences.change(theme="dark")
    reader.settle()
    dark = reader.window.grab().toImage()
    assert light.pixelColor(700, 12).lightness() > 200 > 80 > dark.pixelColor(700, 12).lightness()
    wide = page.plots["statsAddedWeeks"].geometry()
    reader.window.resize(700, 600)
    reader.settle()
    assert page.plots["statsAddedWeeks"].x() < wide.x()
    assert page.plots["statsAddedWeeks"].width() <= page.width()


def test_pyqtgraph_is_imported_with_the_page_and_not_before(tmp_path: Path) -> None:
    script = f"""
import os, sys, time
from pathlib import Path
for name in ("CONFIG", "CACHE", "STATE"):
    os.environ[f"XDG_{{name}}_HOME"] = {str(tmp_path)!r} + "/" + name
from PySide6.QtWidgets import QApplication
app = QApplication([])
from readinglist.ui.app import open_window
window = open_window(Path({str(tmp_path / "library")!r}))
def settle():
    end = time.monotonic() + 20
    while not window.idle() and time.monotonic() < end:
        app.processEvents()
settle()
print("pyqtgraph" in sys.modules)
window.go_to("view:stats")
settle()
print("pyqtgraph" in sys.modules)
window.close()
"""
    done = subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:readinglist", "-c", script],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout.split(), done.returncode) == (["False", "True"], 0), done.stderr


@pytest.mark.parametrize("width", [1440, 1000, 700])
def test_names_of_months_keep_apart(reader: Bench, width: int) -> None:
    reader.window.resize(width, 700)
    page = opened(reader)
    reader.settle()
    for plot in page.plots.values():
        view = plot._view  # type: ignore[attr-defined]
        axis = view.getPlotItem().getAxis("bottom")
        metrics = QFontMetrics(axis.style["tickFont"])
        scale = (view.viewport().width() - 44) / plot.picture.right  # type: ignore[attr-defined]
        (ticks,) = axis._tickLevels
        assert ticks
        edges = [
            (at * scale - metrics.horizontalAdvance(name) / 2, at * scale + metrics.horizontalAdvance(name) / 2)
            for at, name in ticks
        ]
        assert all(right[0] - left[1] > 2 for left, right in pairwise(edges)), ticks
