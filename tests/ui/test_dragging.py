"""Papers dragged with the mouse: within Up next, onto lists and tags, and out of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from readinglist.paper import Status
from readinglist.ui.dragging import PAPERS, PaperDrag

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MOVE = Qt.DropAction.MoveAction
LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def row_point(bench: Bench, row: int, part: float) -> QPoint:
    """Return a point in a row of the list, `part` of the way down."""
    header = bench.window.pane.papers.verticalHeader()
    return QPoint(120, round(header.sectionViewportPosition(row) + part * header.sectionSize(row)))


def sidebar_point(bench: Bench, key: str) -> QPoint:
    sidebar = bench.window.sidebar
    return sidebar.visualItemRect(sidebar._items[key]).center()


def drop(bench: Bench, on: QWidget, point: QPoint, *, data: QMimeData | None = None) -> bool:
    """Drag what is selected in the list over a widget and drop it; say whether it was taken."""
    papers = bench.window.pane.papers
    mime = data if data is not None else papers.drag.begin(papers.selected_ids())
    enter = QDragEnterEvent(point, MOVE, mime, LEFT, NO_KEY)
    on.dragEnterEvent(enter)
    move = QDragMoveEvent(point, MOVE, mime, LEFT, NO_KEY)
    on.dragMoveEvent(move)
    QApplication.processEvents()
    event = QDropEvent(QPointF(point), MOVE, mime, LEFT, NO_KEY)
    event.ignore()
    on.dropEvent(event)
    papers.drag.end()
    bench.settle()
    return bool(event.isAccepted())


def queue(bench: Bench) -> list[str]:
    with bench.library() as library:
        papers = library.papers(library.search("is:next sort:position").ids)
    return [paper.title.split()[0] for paper in papers]


@pytest.mark.parametrize(
    ("moved", "row", "part", "after"),
    [
        (0, 1, 0.8, ["Ropes", "Four", "Knots"]),
        (0, 2, 0.9, ["Ropes", "Knots", "Four"]),
        (2, 0, 0.1, ["Knots", "Four", "Ropes"]),
        (1, 1, 0.9, ["Four", "Ropes", "Knots"]),
    ],
)
def test_a_paper_is_dropped_between_others_of_the_queue(
    bench: Bench, moved: int, row: int, part: float, after: list[str]
) -> None:
    bench.go("queue:next")
    assert bench.titles() == ["Four", "Ropes", "Knots"]
    bench.window.pane.papers.select_row(moved)
    current = bench.current()
    assert drop(bench, bench.window.pane.papers, row_point(bench, row, part))
    assert bench.titles() == queue(bench) == after
    assert bench.current() == current


def test_below_the_last_row_is_the_bottom(bench: Bench) -> None:
    bench.go("queue:next")
    assert drop(bench, bench.window.pane.papers, QPoint(100, bench.window.pane.papers.viewport().height() - 5))
    assert queue(bench) == ["Ropes", "Knots", "Four"]


def test_several_papers_move_as_a_block_and_one_undo_takes_them_back(bench: Bench) -> None:
    bench.go("queue:next")
    papers = bench.window.pane.papers
    QTest.mouseClick(papers.viewport(), LEFT, NO_KEY, row_point(bench, 0, 0.5))
    QTest.mouseClick(papers.viewport(), LEFT, CTRL, row_point(bench, 2, 0.5))
    assert papers.selected_count() == 2
    assert drop(bench, papers, row_point(bench, 1, 0.2))
    assert queue(bench) == ["Four", "Knots", "Ropes"]
    assert papers.selected_count() == 2
    bench.key(Qt.Key.Key_Z, CTRL)
    bench.settle()
    assert queue(bench) == ["Four", "Ropes", "Knots"]


def test_a_line_shows_where_they_would_come_to_stand(bench: Bench) -> None:
    bench.go("queue:next")
    papers = bench.window.pane.papers
    point = row_point(bench, 1, 0.1)
    line = papers.verticalHeader().sectionViewportPosition(1) - 1
    accent = bench.window._switch.theme.acc.lower()

    def has_line() -> bool:
        picture = papers.viewport().grab().toImage()
        near = range(line - 2, line + 3)
        return any(picture.pixelColor(200, y).name() == accent for y in near)

    assert not has_line()
    mime = papers.drag.begin(papers.selected_ids())
    papers.dragMoveEvent(QDragMoveEvent(point, MOVE, mime, LEFT, NO_KEY))
    assert has_line()
    papers.drag.end()
    papers._show_drop(None)
    assert not has_line()


@pytest.mark.parametrize("view", ["view:all", "queue:inbox", "tag:sea"])
def test_where_the_order_is_not_the_queue_s_nothing_can_be_dropped(bench: Bench, view: str) -> None:
    bench.go(view)
    before = bench.titles()
    assert not drop(bench, bench.window.pane.papers, row_point(bench, 1, 0.9))
    assert bench.titles() == before


def test_in_another_order_the_queue_takes_no_drops(bench: Bench) -> None:
    bench.go("queue:next")
    bench.do("actionSortTitle")
    bench.window.pane.papers.select_row(0)
    assert not drop(bench, bench.window.pane.papers, row_point(bench, 2, 0.9))
    assert queue(bench) == ["Four", "Ropes", "Knots"]


def test_a_drop_into_a_filtered_queue_says_why_nothing_moves(bench: Bench) -> None:
    bench.go("queue:next")
    bench.window.pane.search.focus()
    bench.type("history")
    bench.do("actionGoList")
    papers = bench.window.pane.papers
    papers.select_row(0)
    mime = papers.drag.begin(papers.selected_ids())
    move = QDragMoveEvent(row_point(bench, 1, 0.9), MOVE, mime, LEFT, NO_KEY)
    papers.dragMoveEvent(move)
    assert move.isAccepted()  # else Qt would not tell of the drop
    assert move.dropAction() is Qt.DropAction.IgnoreAction
    assert not drop(bench, papers, row_point(bench, 1, 0.9))
    assert "clear the search" in bench.window.pane.toast.text()
    assert queue(bench) == ["Four", "Ropes", "Knots"]


def test_a_drop_into_another_list_is_not_spoken_of(bench: Bench) -> None:
    bench.go("queue:inbox")
    assert not drop(bench, bench.window.pane.papers, row_point(bench, 1, 0.9))
    assert not bench.window.pane.toast.isVisible()


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("queue:next", Status.NEXT),
        ("queue:reading", Status.READING),
        ("queue:later", Status.LATER),
        ("queue:read", Status.READ),
        ("queue:archived", Status.ARCHIVED),
    ],
)
def test_dropping_on_a_list_moves_there(bench: Bench, key: str, status: Status) -> None:
    bench.go("queue:inbox")
    number = bench.window.pane.papers.current_id()
    assert number is not None
    assert drop(bench, bench.window.sidebar, sidebar_point(bench, key))
    with bench.library() as library:
        assert library.paper(number).status is status
    bench.key(Qt.Key.Key_Z, CTRL)
    bench.settle()
    with bench.library() as library:
        assert library.paper(number).status is Status.INBOX


def test_dropping_on_a_tag_adds_it_to_all_of_them(bench: Bench) -> None:
    bench.go("queue:next")
    bench.key(Qt.Key.Key_A, CTRL)
    bench.settle()
    assert drop(bench, bench.window.sidebar, sidebar_point(bench, "tag:sea/tides"))
    with bench.library() as library:
        papers = library.papers(library.search("is:next").ids)
        assert all("sea/tides" in paper.tags for paper in papers)
        assert "food" in papers[0].tags  # what they had stays
    assert "3 papers" in bench.window.pane.toast.text()
    bench.key(Qt.Key.Key_Z, CTRL)
    bench.settle()
    with bench.library() as library:
        assert library.search("tag:sea/tides", limit=0).total == 1


def test_dropping_on_the_stars_and_on_the_trash(bench: Bench) -> None:
    bench.go("queue:inbox")
    number = bench.window.pane.papers.current_id()
    assert number is not None
    assert drop(bench, bench.window.sidebar, sidebar_point(bench, "view:starred"))
    assert drop(bench, bench.window.sidebar, sidebar_point(bench, "view:trash"))
    with bench.library() as library:
        assert (library.paper(number).starred, bool(library.paper(number).trashed)) == (True, True)


def test_a_list_that_is_a_question_takes_nothing(bench: Bench) -> None:
    bench.go("queue:inbox")
    assert not drop(bench, bench.window.sidebar, sidebar_point(bench, "view:week"))
    bench.window.resize(1200, 1400)  # so tall that there is room below the last row
    bench.settle()
    assert not drop(bench, bench.window.sidebar, QPoint(40, bench.window.sidebar.height() - 4))


def test_what_comes_from_another_program_or_window_is_not_taken(bench: Bench) -> None:
    bench.go("queue:next")
    text = QMimeData()
    text.setText("papers")
    forged = QMimeData()
    forged.setData(PAPERS, b"1,2,3")
    for data in (text, forged, PaperDrag().begin([])):
        assert not drop(bench, bench.window.sidebar, sidebar_point(bench, "queue:archived"), data=data)
        assert not drop(bench, bench.window.pane.papers, row_point(bench, 2, 0.9), data=data)
    assert queue(bench) == ["Four", "Ropes", "Knots"]


def test_other_programs_are_given_nothing_that_they_could_read(bench: Bench) -> None:
    bench.go("queue:next")
    data = bench.window.pane.papers.drag.begin(bench.window.pane.papers.selected_ids())
    assert data.formats() == [PAPERS]
    assert not data.hasText()
    assert not data.hasUrls()
    assert len(data.data(PAPERS).data()) == 16  # a token, no paper


def test_pressing_and_moving_the_mouse_drags_what_is_selected(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way of the mouse between press and release is the system's; here it goes straight to the archive."""
    bench.go("queue:next")
    papers, sidebar = bench.window.pane.papers, bench.window.sidebar
    dragged: list[str] = []

    def exec_drag(drag: QDrag, *_actions: object) -> Qt.DropAction:
        dragged.append(drag.mimeData().formats()[0])
        assert not drag.pixmap().isNull()
        point = sidebar_point(bench, "queue:archived")
        sidebar.dropEvent(QDropEvent(QPointF(point), MOVE, drag.mimeData(), LEFT, NO_KEY))
        return MOVE

    monkeypatch.setattr(QDrag, "exec", exec_drag)
    QTest.mouseClick(papers.viewport(), LEFT, NO_KEY, row_point(bench, 0, 0.5))
    QTest.mouseClick(papers.viewport(), LEFT, SHIFT, row_point(bench, 1, 0.5))
    handle, start = bench.window.windowHandle(), papers.viewport().mapTo(bench.window, row_point(bench, 0, 0.5))
    QTest.mousePress(handle, LEFT, NO_KEY, start)
    assert papers.selected_count() == 2  # a press on one of them lets go of none
    for step in range(1, 4):
        QTest.mouseMove(handle, start + QPoint(0, 8 * step))
    QTest.mouseRelease(handle, LEFT, NO_KEY, start + QPoint(0, 24))
    bench.settle()
    assert dragged == [PAPERS]
    assert queue(bench) == ["Knots"]
