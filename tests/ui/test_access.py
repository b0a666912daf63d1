"""The window for those who do not see it, use no mouse, or need it larger: asked of everything one can come to see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QMenuBar,
    QScrollArea,
    QSplitter,
    QWidget,
)

from readinglist.ui.overlay import Sheet
from tests.ui.scenes import GREEK, SCENES, close_all, go_home, press, settle_in, shown_widgets

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

CTRL = Qt.KeyboardModifier.ControlModifier


FOCUSED = (
    "paper",
    "import sheet",
    "keys",
    "settings",
    "statistics",
    "palette",
    "check of the library",
    "backups",
    "triage",
)
"""Scenes that together have every kind of control."""


@pytest.fixture
def greek(make_bench: Callable[[list[dict[str, object]]], Bench]) -> Bench:
    bench = make_bench(GREEK)
    settle_in(bench)
    return bench


def _focusable(bench: Bench) -> Iterator[QWidget]:
    for widget in shown_widgets():
        focus = widget.focusPolicy()
        if focus != Qt.FocusPolicy.NoFocus and widget.isEnabled() and not isinstance(widget, QScrollArea):
            yield widget


def _nameless(bench: Bench) -> Iterator[str]:
    for widget in _focusable(bench):
        text = widget.text() if isinstance(widget, (QAbstractButton, QLabel)) else ""
        if not (widget.accessibleName() or text).strip() and not widget.objectName().startswith("qt_"):
            yield f"{type(widget).__name__} {widget.objectName()}"
    for widget in shown_widgets():
        if isinstance(widget, QSplitter) and not widget.accessibleName():
            yield f"splitter in {widget.parentWidget().objectName()}"
        if isinstance(widget, QAbstractButton):
            known = QAccessible.queryAccessibleInterface(widget)
            if known is not None and not known.text(QAccessible.Text.Name).strip():
                yield f"button {type(widget).__name__} in {widget.parentWidget().objectName()}"
        if isinstance(widget, QAbstractItemView):
            model = widget.model()
            for row in range(model.rowCount(QModelIndex())):
                index = model.index(row, 0)
                if not str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "").strip():
                    yield f"row {row} of {widget.objectName()}"


def _out_of_order(bench: Bench) -> Iterator[str]:
    """Yield each step of Tab that goes back within one panel: to the left, or up and not into a column beside."""
    panels: dict[str, list[tuple[int, int, str]]] = {}
    first: QWidget = bench.window
    widget = first
    focusable = set(_focusable(bench))
    for _ in range(2_000):
        holds_others = any(widget.isAncestorOf(other) for other in focusable)
        if widget in focusable and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not holds_others:
            panel = _panel_of(widget, bench)
            place = widget.mapTo(bench.window, QPoint(0, 0))
            middle = place.y() + widget.height() // 2
            panels.setdefault(panel, []).append((middle, place.x(), widget.objectName() or type(widget).__name__))
        widget = widget.nextInFocusChain()
        if widget is first:
            break
    for panel, steps in panels.items():
        for (y, x, name), (next_y, next_x, then) in pairwise(steps):
            same_line = abs(next_y - y) <= 12
            if (same_line and next_x < x) or (not same_line and next_y < y and next_x <= x + 40):
                yield f"{panel}: {then} after {name}"


def _panel_of(widget: QWidget, bench: Bench) -> str:
    panels = {"sidebar", "listPane", "readerBar", "readerColumn", "triageView", "statusLine", "importCard", "keyCard"}
    up: QWidget | None = widget
    while up is not None and up is not bench.window:
        if up.objectName() in panels:
            return up.objectName()
        up = up.parentWidget()
    return "window"


def test_every_control_and_row_has_a_name(greek: Bench) -> None:
    faults: dict[str, list[str]] = {}
    for name, scene in SCENES.items():
        go_home(greek)
        scene(greek)
        for fault in _nameless(greek):
            faults.setdefault(fault, []).append(name)
        for fault in _out_of_order(greek):
            faults.setdefault(fault, []).append(name)
        close_all(greek)
    assert faults == {}, "\n".join(f"{fault}: {', '.join(names[:3])}" for fault, names in faults.items())


@pytest.mark.parametrize("zoom", [1.5])
def test_larger_text_makes_rows_larger_and_cuts_nothing_off(greek: Bench, zoom: float) -> None:
    papers = greek.window.pane.papers
    go_home(greek)
    before = papers.visualRect(papers.currentIndex()).height()
    greek.window.resize(1440, 900)
    greek.window._switch.set_zoom(zoom)
    greek.settle()
    assert papers.visualRect(papers.currentIndex()).height() >= 1.3 * before
    short = []
    for widget in shown_widgets():
        if isinstance(widget, (QLabel, QAbstractButton)) and not isinstance(widget, QMenuBar) and widget.text():
            text_height = widget.fontMetrics().height()
            if widget.height() < text_height - 2:
                short.append(f"{widget.objectName()}: {widget.height()} for {text_height}")
    assert short == []


def test_the_focus_is_seen_on_everything_that_takes_it(greek: Bench) -> None:
    greek.window.resize(1440, 900)
    unseen: dict[str, str] = {}
    looked_at: set[str] = set()
    for name in FOCUSED:
        go_home(greek)
        SCENES[name](greek)
        sheet = next((each for each in shown_widgets() if isinstance(each, Sheet)), None)
        for widget in list(_focusable(greek)):
            called = f"{type(widget).__name__} {widget.objectName()}"
            covered = sheet is not None and not sheet.isAncestorOf(widget)
            if covered or called in looked_at or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                continue
            looked_at.add(called)
            top = widget.window()
            before = QApplication.focusWidget()
            if before is widget:
                widget.clearFocus()
            plain = _picture(top)
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
            if QApplication.focusWidget() is widget and _picture(top) == plain:
                unseen[called] = name
        close_all(greek)
    assert unseen.keys() <= {"TriageView triageView"}  # one paper on the whole page: the focus is where it always is
    assert len(looked_at) > 60, len(looked_at)


def _picture(top: QWidget) -> QImage:
    return top.grab().toImage()


def test_focus_goes_through_the_whole_window_with_tab_and_comes_back(greek: Bench) -> None:
    go_home(greek)
    papers = greek.window.pane.papers
    papers.setFocus()
    seen = []
    for _ in range(60):
        press(greek, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(focus.objectName())
        if focus is papers:
            break
    assert seen[-1] == "paperList"
    assert {"sidebar", "searchField", "sortButton", "moreButton"} <= set(seen)


def test_columns_grow_with_the_text_and_the_sidebar_folds_away_where_they_have_no_room(greek: Bench) -> None:
    sidebar = greek.find("sidebar")
    greek.window.resize(1440, 900)
    greek.settle()
    usual = greek.window.frame.widths()
    greek.window._switch.set_zoom(1.3)
    greek.settle()
    assert greek.window.frame.widths()[0] == round(usual[0] * 1.3)
    assert greek.window.frame.widths()[1] == pytest.approx(usual[1] * 1.3, abs=2)
    assert sidebar.isVisible()
    greek.window.resize(1000, 700)
    greek.settle()
    assert not sidebar.isVisible()
    greek.window._switch.set_zoom(1.0)
    greek.settle()
    assert sidebar.isVisible()
    assert greek.window.frame.widths()[0] == pytest.approx(usual[0], abs=2)
