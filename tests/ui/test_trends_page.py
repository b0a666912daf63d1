"""The page of what rises, by keys and mouse in the real window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from readinglist.ui.stats_plot import Plot
from readinglist.ui.trends_page import TrendsPage
from tests.discover.rising_papers import papers
from tests.ui.conftest import Bench


@pytest.fixture
def rising(make_bench: Callable[[list[dict[str, object]]], Bench]) -> Bench:
    """A window on papers of two years, brought along at once."""
    return make_bench(
        [
            {"title": paper.title, "abstract": paper.abstract, "year": 2024 if paper.id <= 60 else 2025}
            for paper in papers(60, 30)
        ]
    )


def opened(bench: Bench) -> TrendsPage:
    bench.window.pane.papers.setFocus()
    bench.key("g")
    bench.key("t")
    bench.settle()
    page = bench.find("trendsView")
    assert isinstance(page, TrendsPage)
    assert page.isVisible()
    return page


def shown(page: TrendsPage) -> list[str]:
    model = page.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def sentences(page: TrendsPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_the_keys_open_it_with_the_surest_term_first_and_its_plot(rising: Bench) -> None:
    page = opened(rising)
    assert rising.window.sidebar.current_view().title == "Trends"  # type: ignore[union-attr]
    assert shown(page)[0].casefold() == "tidal lantern networks, tlns"
    assert "30 papers since 2025, against 60 papers of 2024." in sentences(page)
    assert QApplication.focusWidget() is page.list
    assert isinstance(page.plot, Plot)
    assert [cell.words for cell in page.plot.picture.cells] == [
        "2024: 0 of 60 papers (0 %)",
        "2025: 15 of 30 papers (50 %)",
    ]
    assert page.chosen() == "year"


def test_enter_on_a_term_lists_its_papers(rising: Bench) -> None:
    page = opened(rising)
    assert page.trends is not None
    trend = page.trends.terms[0]
    rising.key(Qt.Key.Key_Return)
    rising.settle()
    assert not page.isVisible()
    assert rising.window.pane.search.text() == trend.query
    assert len(rising.titles()) == trend.late == 15
    assert QApplication.focusWidget() is rising.window.pane.papers


def test_a_click_on_a_term_lists_its_papers(rising: Bench) -> None:
    page = opened(rising)
    assert page.trends is not None
    index = page.list.model().index(1, 0)
    QTest.mouseClick(
        page.list.viewport(), Qt.MouseButton.LeftButton, pos=page.list.visualRect(index).center() + QPoint(0, 2)
    )
    rising.settle()
    assert rising.window.pane.search.text() == page.trends.terms[1].query


def test_going_through_the_terms_changes_the_plot_whose_bars_list_papers(rising: Bench) -> None:
    page = opened(rising)
    assert page.trends is not None
    rising.key("j")
    assert isinstance(page.plot, Plot)
    assert page.plot.picture.title == shown(page)[1]
    rising.key("k")
    rising.key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.plot
    rising.key(Qt.Key.Key_End)
    rising.key(Qt.Key.Key_Return)
    rising.settle()
    assert rising.window.pane.search.text() == f"{page.trends.terms[0].words} year:2025"
    assert len(rising.titles()) == 15


def test_another_time_is_compared_when_asked_for(rising: Bench) -> None:
    page = opened(rising)
    page.findChild(QToolButton, "trendsViewMonth").click()
    rising.settle()
    assert page.chosen() == "month"
    assert shown(page) == []
    assert any("nothing to compare" in text for text in sentences(page))
    page.findChild(QToolButton, "trendsViewYear").click()
    rising.settle()
    assert shown(page)[0].casefold().startswith("tidal lantern networks")


def test_it_compares_again_only_when_papers_have_come_or_gone(rising: Bench) -> None:
    page = opened(rising)
    before = page.trends
    with rising.library() as library:
        library.edit("Star", [1], lambda paper: replace(paper, starred=True))
    rising.settle()
    assert page.trends is before
    with rising.library() as library:
        library.remove([90])
    rising.settle()
    assert page.trends is not before
    assert page.trends is not None
    assert page.trends.late == 29


def test_escape_leads_back_to_the_list(rising: Bench) -> None:
    page = opened(rising)
    rising.key(Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert QApplication.focusWidget() is rising.window.pane.papers


def test_rows_say_what_they_show(rising: Bench) -> None:
    page = opened(rising)
    says = page.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert says.endswith("15 papers: 50 % of what came since 2025, 0 % before.")


def test_leaving_while_it_compares_is_no_harm(rising: Bench) -> None:
    rising.window.go_to("view:trends")
    rising.window.go_to("queue:inbox")
    rising.settle()
    page = opened(rising)
    assert shown(page)


def test_a_library_with_little_says_so_and_offers_something(bench: Bench) -> None:
    page = opened(bench)
    assert any("nothing to compare" in text for text in sentences(page))
    assert bench.find("trendsViewEmptyButton").isVisible()
