"""The columns of the window: how wide they are, and that what they hold is not cut off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QListView, QSplitter

from tests.ui.painted import painted_texts

if TYPE_CHECKING:
    from tests.ui.conftest import Bench


def _list_px(bench: Bench) -> int:
    return bench.window.pane.width()


def test_the_list_has_its_width_back_when_there_is_room_again(bench: Bench) -> None:
    bench.window.resize(1440, 900)
    bench.settle()
    before = _list_px(bench)
    assert before == 404
    for size in ((560, 420), (1000, 700), (1440, 900)):
        bench.window.resize(*size)
        bench.settle()
    assert _list_px(bench) == before


def test_the_width_the_list_was_dragged_to_is_kept_and_remembered(bench: Bench) -> None:
    bench.window.resize(1440, 900)
    bench.settle()
    splitter = bench.window.pane.parentWidget()
    assert isinstance(splitter, QSplitter)
    handle = splitter.handle(1)
    bench.qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(0, 100))
    bench.qtbot.mouseMove(handle, QPoint(60, 100))
    bench.qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(60, 100))
    dragged = _list_px(bench)
    assert dragged > 430
    bench.window.resize(700, 500)
    bench.settle()
    assert _list_px(bench) < dragged
    bench.window.close()  # while it is narrow
    bench.open()
    bench.window.resize(1440, 900)
    bench.settle()
    assert _list_px(bench) == dragged


def test_nothing_is_beyond_the_edge_of_the_smallest_window(bench: Bench) -> None:
    bench.window.resize(bench.window.minimumSize())
    bench.settle()
    right = bench.window.width()
    for name in ("moreButton", "sortButton", "searchField", "listTitle", "abstractView"):
        widget = bench.find(name)
        assert widget.isVisible()
        assert widget.mapTo(bench.window, widget.rect().bottomRight()).x() < right, name


def test_the_field_of_a_comment_covers_nothing_of_the_quote(bench: Bench) -> None:
    with bench.library() as library:
        (number,) = library.search("title:Lighthouses").ids
        library.highlight(number, "a lighthouse for a year")
        library.highlight(number, "Positional bias", comment="which one?")
    bench.go("view:all")
    while bench.current() != "Lighthouses":
        bench.key("j")
        bench.settle()
    rows = bench.find("highlightList")
    assert isinstance(rows, QListView)
    usual = rows.height()
    for row in (0, 1):
        rows.setFocus()
        rows.setCurrentIndex(rows.model().index(row, 0))
        bench.key(Qt.Key.Key_F2)
        bench.settle()
        (field,) = [each for each in rows.findChildren(QLineEdit, "commentField") if each.isVisible()]
        place = rows.visualRect(rows.model().index(row, 0))
        delegate = rows.itemDelegate()
        quote = delegate._places(place, rows.model().index(row, 0).data(Qt.ItemDataRole.UserRole)).quote  # type: ignore[attr-defined]
        assert field.geometry().top() > quote.bottom()
        assert place.contains(field.geometry())
        bench.key(Qt.Key.Key_Escape)
        bench.settle()
        assert rows.height() == usual


def test_the_middle_of_a_link_is_left_out_where_it_is_wider_than_the_column(
    make_bench: Callable[[list[dict[str, object]]], Bench],
) -> None:
    address = "https://example.org/WIDEWIDEWIDE/WIDE_WIDE_WIDE"
    bench = make_bench([{"title": "Ropes", "url": address}])
    for width, whole in ((1440, True), (560, False)):
        bench.window.resize(width, 700)
        bench.settle()
        texts = painted_texts(bench.find("link0"))
        assert any("…" in text for text in texts) is not whole
        assert "".join(texts).endswith("WIDE")
