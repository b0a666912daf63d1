"""The map of topics, by keys and mouse in the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from readinglist.library import Island
from readinglist.ui.map_canvas import NAMES_AT_ONCE, Chart, MapCanvas
from readinglist.ui.map_page import MapPage
from readinglist.ui.save_bar import SearchNamed
from readinglist.ui.theme import LIGHT
from tests.discover.topic_papers import papers
from tests.ui.conftest import Bench

SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def topics(make_bench: Callable[[list[dict[str, object]]], Bench]) -> Bench:
    """A window on papers about three things, those on herring with a tag."""
    return make_bench(
        [
            {"title": paper.title, "abstract": paper.abstract, "tags": ["fish"] if topic == "herring" else []}
            for topic, paper in papers(12)
        ]
    )


def opened(bench: Bench) -> MapPage:
    bench.window.pane.papers.setFocus()
    bench.key("g")
    bench.key("p")
    bench.settle()
    page = bench.find("mapView")
    assert isinstance(page, MapPage)
    assert page.isVisible()
    return page


def sentences(page: MapPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def place(page: MapPage, point: int) -> QPoint:
    """Return where a point of the map is on the canvas."""
    assert page.map is not None
    return page.canvas.place_of(float(page.map.x[point]), float(page.map.y[point])).toPoint()


def test_names_are_drawn_some_at_a_time(qtbot: QtBot) -> None:
    canvas = MapCanvas(LIGHT)
    qtbot.addWidget(canvas)
    canvas.resize(900, 900)
    far = [-0.8 + 0.4 * step for step in range(5)]
    canvas.show_chart(Chart(islands=[Island(f"{x:.0%} {y:.0%}", x, y, 0.1, 9) for x in far for y in far]))
    image = QImage(canvas.size(), QImage.Format.Format_RGB32)
    canvas.render(image)
    assert len(canvas._names) == NAMES_AT_ONCE
    with qtbot.waitExposed(canvas):
        canvas.show()
    qtbot.waitUntil(lambda: len(canvas._names) == 25)


def test_the_keys_open_it_with_all_papers_and_the_islands(topics: Bench) -> None:
    page = opened(topics)
    assert page.map is not None
    assert len(page.map.papers) == 36
    model = page.list.model()
    assert model.rowCount() == len(page.map.islands)
    assert QApplication.focusWidget() is page.list
    says = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert says.endswith(f"{page.map.islands[0].papers} papers")
    assert any(text.startswith("36 papers on") for text in sentences(page))


def test_enter_selects_an_island_whose_papers_the_keys_are_for(topics: Bench) -> None:
    page = opened(topics)
    assert page.map is not None
    topics.key("j")
    topics.key(Qt.Key.Key_Return)
    wanted = page.map.papers[page.map.island == 1].tolist()
    assert sorted(page.selected_ids()) == sorted(wanted)
    topics.key("e")
    topics.settle()
    with topics.library() as library:
        assert sorted(library.search("is:archived").ids) == sorted(wanted)
    assert [button.text().split(" · ")[0].strip() for button in page.legend.buttons] == ["Inbox", "Archive"]
    assert page.isVisible()
    topics.do("actionUndo")
    assert [button.text().split(" · ")[0].strip() for button in page.legend.buttons] == ["Inbox"]


def test_what_is_selected_is_tagged_in_the_sheet(topics: Bench) -> None:
    page = opened(topics)
    topics.key(Qt.Key.Key_Return)
    count = page.selected_count()
    topics.key("t")
    topics.settle()
    assert topics.window.sheets.tag_sheet.isVisible()
    QTest.keyClicks(QApplication.focusWidget(), "island")
    topics.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    topics.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    topics.settle()
    with topics.library() as library:
        assert library.search("tag:island").total in (0, count)


def test_a_drag_with_shift_selects_what_it_goes_round(topics: Bench) -> None:
    page = opened(topics)
    canvas = page.canvas
    corners = [QPoint(3, 3), QPoint(canvas.width() - 3, 3), QPoint(canvas.width() - 3, canvas.height() - 3)]
    corners += [QPoint(3, canvas.height() - 3), QPoint(3, 3)]
    QTest.mousePress(canvas, LEFT, SHIFT, corners[0])
    for corner in corners[1:]:
        QTest.mouseMove(canvas, corner)
    QTest.mouseRelease(canvas, LEFT, SHIFT, corners[-1])
    assert page.selected_count() == 36
    assert any(text.startswith("36 papers selected") for text in sentences(page))
    page.findChild(QToolButton, "mapList").click()
    topics.settle()
    assert not page.isVisible()
    assert len(topics.titles()) == 36


def test_a_lasso_holds_what_lies_inside_it(topics: Bench) -> None:
    page = opened(topics)
    assert page.map is not None
    island = page.map.islands[0]
    ring = [
        QPointF(island.x + island.radius * 1.01 * np.cos(a), island.y + island.radius * 1.01 * np.sin(a))
        for a in np.linspace(0, 2 * np.pi, 60)
    ]
    marks = page.canvas.inside(ring)
    assert np.array_equal(marks, page.map.island == 0)


def test_a_click_selects_a_paper_and_a_double_click_opens_it(topics: Bench) -> None:
    page = opened(topics)
    assert page.map is not None
    QTest.mouseClick(page.canvas, LEFT, pos=place(page, 4))
    (number,) = page.selected_ids()
    paper = page.current_paper()
    assert paper is not None
    assert paper.id == number
    assert topics.window.actions_by_name["actionStar"].isEnabled()
    QTest.mouseClick(page.canvas, LEFT, pos=QPoint(2, 2))
    assert page.selected_count() == 0
    assert not topics.window.actions_by_name["actionStar"].isEnabled()
    QTest.mouseDClick(page.canvas, LEFT, pos=place(page, 4))
    topics.settle()
    assert not page.isVisible()
    assert topics.current() == paper.title.split()[0]


def test_colours_by_tag_and_one_group_alone(topics: Bench) -> None:
    page = opened(topics)
    page.findChild(QToolButton, "mapViewTag").click()
    topics.settle()
    (button,) = page.legend.buttons
    assert button.text().strip() == "fish · 12"
    button.click()
    everything = [QPointF(-2, -2), QPointF(2, -2), QPointF(2, 2), QPointF(-2, 2)]
    assert page.canvas.inside(everything).sum() == 12  # what is faint is not selected


def test_keys_move_and_zoom_the_map_and_escape_leads_out(topics: Bench) -> None:
    page = opened(topics)
    page.canvas.setFocus()
    before = place(page, 0)
    topics.key(Qt.Key.Key_Right)
    assert place(page, 0).x() < before.x()
    topics.key(Qt.Key.Key_Plus)
    topics.key(Qt.Key.Key_0)
    assert place(page, 0) == before
    page.list.setFocus()
    topics.key(Qt.Key.Key_Return)
    assert page.selected_count()
    topics.key(Qt.Key.Key_Escape)
    assert page.selected_count() == 0
    assert page.isVisible()
    topics.key(Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_the_paper_under_the_mouse_is_named(topics: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("readinglist.ui.map_page.QToolTip.showText", lambda _place, text, _widget: said.append(text))
    page = opened(topics)
    page.canvas.pointed.emit(page.canvas.point_at(QPointF(place(page, 7))), QPoint(0, 0))
    assert page.map is not None
    with topics.library() as library:
        assert library.paper(int(page.map.papers[7])).title in said[-1]


def test_papers_that_come_are_laid_out_and_edits_only_coloured(topics: Bench) -> None:
    page = opened(topics)
    before = page.map
    with topics.library() as library:
        library.move([1], "read")
    topics.settle()
    assert page.map is before
    with topics.library() as library:
        library.remove([1])
        library.wait_for_index()
    topics.settle()
    assert page.map is not None
    assert page.map is not before
    assert len(page.map.papers) == 35


def test_a_library_without_papers_says_so(empty_bench: Bench) -> None:
    empty_bench.window.go_to("view:map")
    empty_bench.settle()
    page = empty_bench.find("mapView")
    assert isinstance(page, MapPage)
    assert any("nothing to map" in text for text in sentences(page))


def test_many_points_are_drawn_within_a_frame_or_three(topics: Bench) -> None:
    """87,000 points in one image: the picture of them takes milliseconds, not seconds."""
    page = opened(topics)
    from readinglist.ui.map_canvas import Chart

    drawn = np.random.default_rng(5)
    page.canvas.show_chart(Chart(*drawn.uniform(-1, 1, (2, 87_000)).astype(np.float32)))
    page.canvas.show_colours(drawn.integers(-1, 5, 87_000).astype(np.int8), ["#ff0000"] * 5, None)
    image = page.canvas._points()
    assert image.width() >= page.canvas.width()
    colours = {image.pixelColor(x, 100).name() for x in range(0, image.width(), 3)}
    assert "#ff0000" in colours


def test_any_number_of_papers_can_be_listed_searched_and_exported(topics: Bench, tmp_path: Path) -> None:
    page = opened(topics)
    assert page.map is not None
    page._select(page.map.island < 2)
    picked = {int(number) for number in page.selected_ids()}
    assert 0 < len(picked) < 36
    button = page.findChild(QToolButton, "mapList")
    assert button.text() == f"Show these {len(picked)} papers"
    button.click()
    topics.settle()
    pane = topics.window.pane
    assert set(pane.papers.papers.ids) == picked
    assert topics.find("listTitle").text() == "Picked on the map"
    assert pane.search.text() == ""
    window = topics.window
    window._library.star(sorted(picked)[:2])
    topics.settle()
    assert set(pane.papers.papers.ids) == picked  # an edit asks again
    window._searching.sort_by("title")
    topics.settle()
    assert topics.titles() == sorted(topics.titles())
    topics.type("is:starred")
    window._searching.look_everywhere(False)
    topics.settle()
    assert set(pane.papers.papers.ids) == set(sorted(picked)[:2])
    window._arrivals._export()
    topics.settle()
    window._arrivals.saving._dialog.close()
    window._arrivals.saving.save_as(str(tmp_path / "picked.jsonl"))
    topics.settle()
    assert len((tmp_path / "picked.jsonl").read_text().splitlines()) == 2
    window._searches._on_named(SearchNamed("mine"))
    topics.settle()
    assert "cannot be saved" in pane.toast.text()
    assert window._library.searches() == []
    topics.do("actionBack")
    topics.do("actionForward")


def test_more_papers_than_a_query_can_name_are_listed(
    make_bench: Callable[[list[dict[str, object]]], Bench],
) -> None:
    bench = make_bench([{"title": f"Sums of {n} numbers", "abstract": f"We add up {n} numbers."} for n in range(400)])
    page = opened(bench)
    assert page.map is not None
    page._select(page.colours.status >= 0)
    assert page.selected_count() == 400
    page.list_selected()
    bench.settle()
    assert len(bench.window.pane.papers.papers.ids) == 400
    bench.window.close()
    bench.open()  # what was picked is not remembered
    assert bench.window._searching.question.view.key == "queue:inbox"
