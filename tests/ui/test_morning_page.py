"""What is new, group by group, by keys and mouse in the real window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from readinglist.library import Library
from readinglist.paper import Paper
from readinglist.ui.morning_page import MorningPage
from readinglist.ui.rows import ROW
from tests.ui.conftest import Bench, taken_in


def opened(bench: Bench, by: str = "") -> MorningPage:
    """Open the page, and group by what is named."""
    bench.window.pane.papers.setFocus()
    bench.key("g")
    bench.key("m")
    bench.settle()
    page = bench.find("morningView")
    assert isinstance(page, MorningPage)
    assert page.isVisible()
    if by:
        page.findChild(QToolButton, f"morningView{by}").click()
        bench.settle()
        page.list.setFocus()
    return page


def shown(page: MorningPage) -> list[str]:
    """Return headings as they stand, and the first words of titles."""
    model = page.list.model()
    rows = [model.index(row, 0).data(ROW) for row in range(model.rowCount())]
    return [row.heading if row.paper is None else row.paper.title.split()[0] for row in rows]


def current(page: MorningPage) -> str:
    return str(page.list.currentIndex().data()).split()[0]


def sentences(page: MorningPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def save(bench: Bench, name: str, query: str) -> None:
    with bench.library() as library:
        library.save_search(name, query)
    bench.settle()


def test_new_papers_stand_in_groups_with_reasons(bench: Bench) -> None:
    save(bench, "Fishing", "bias")
    page = opened(bench, "Search")
    assert bench.window.sidebar.current_view().title == "This morning"  # type: ignore[union-attr]
    assert shown(page)[0] == "Fishing · 2"
    assert set(shown(page)[1:3]) == {"Lighthouses", "Four"}
    assert shown(page)[3] == "Everything else · 3"
    assert "Old" not in shown(page)  # it is read
    assert "5 papers since yesterday, neither read nor archived." in sentences(page)
    assert QApplication.focusWidget() is page.list
    assert current(page) in ("Lighthouses", "Four")
    assert page.list.model().index(1, 0).data(ROW).why == "“bias”"


def test_they_can_be_grouped_by_tag(bench: Bench) -> None:
    page = opened(bench, "Tag")
    assert page.chosen() == "tag"
    assert {"food · 1", "sea/tides · 1"} <= set(shown(page)) or {"sea/fish · 1", "sea/tides · 1"} <= set(shown(page))
    save(bench, "Fishing", "bias")
    page.findChild(QToolButton, "morningViewSearch").click()
    bench.settle()
    assert shown(page)[0] == "Fishing · 2"


def test_what_the_reader_will_like_comes_first(bench: Bench) -> None:
    page = opened(bench)
    assert page.chosen() == "suggestion"
    assert shown(page)[0].startswith("Suggested for you · ")
    assert page.list.model().index(1, 0).data(ROW).why
    assert any("Learnt from" in text for text in sentences(page))


def test_headings_are_passed_over(bench: Bench) -> None:
    save(bench, "Fishing", "bias")
    page = opened(bench, "Search")
    seen = []
    for _ in range(6):
        seen.append(current(page))
        bench.key("j")
    assert seen == [*(title for title in shown(page) if "·" not in title), shown(page)[-1]]
    bench.key(Qt.Key.Key_Home)
    assert current(page) == shown(page)[1]


def test_the_keys_of_triage_work_and_nothing_jumps(bench: Bench) -> None:
    page = opened(bench)
    before = shown(page)
    first = page.current_paper()
    assert first is not None
    bench.key("e")
    bench.settle()
    assert shown(page) == before
    assert page.current_paper() != first
    assert bench.window.pane.toast.isVisible()  # with its undo, over the page
    second = page.current_paper()
    assert second is not None
    bench.key("s")
    bench.settle()
    with bench.library() as library:
        assert library.paper(first.id).status == "archived"
        assert library.paper(second.id).starred
    archived = page.paper_called(first.id)
    assert archived is not None
    assert archived.status == "archived"
    bench.do("actionUndo")
    bench.do("actionUndo")
    undone = page.paper_called(first.id)
    assert undone is not None
    assert undone.status == first.status


def test_tags_of_one_paper_are_edited_in_the_sheet_where_no_reader_is(bench: Bench) -> None:
    page = opened(bench)
    assert not bench.window.actions_by_name["actionNote"].isEnabled()
    assert bench.window.actions_by_name["actionTag"].isEnabled()
    bench.key("t")
    bench.settle()
    sheet = bench.window.sheets.tag_sheet
    assert sheet.isVisible()
    bench.key(Qt.Key.Key_Escape)
    bench.settle()
    assert page.isVisible()


def test_enter_leads_to_the_paper(bench: Bench) -> None:
    page = opened(bench)
    paper = page.current_paper()
    assert paper is not None
    bench.key(Qt.Key.Key_Return)
    bench.settle()
    assert not page.isVisible()
    assert bench.current() == paper.title.split()[0]
    assert bench.window.actions_by_name["actionNote"].isEnabled()
    bench.key("s")
    bench.settle()
    with bench.library() as library:
        assert library.paper(paper.id).starred != paper.starred


def test_a_click_leads_to_the_paper(bench: Bench) -> None:
    page = opened(bench)
    row = next(n for n, text in enumerate(shown(page)) if text == "Ropes")
    where = page.list.visualRect(page.list.model().index(row, 0)).center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    bench.settle()
    assert bench.current() == "Ropes"


def test_what_comes_meanwhile_is_taken_in(bench: Bench) -> None:
    page = opened(bench)
    with bench.library() as library:
        library.add(Paper(title="Anchors"))
    bench.settle()
    assert "Anchors" in shown(page)


def test_opened_again_it_leaves_out_what_was_sorted(bench: Bench) -> None:
    page = opened(bench)
    first = current(page)
    bench.key("e")
    bench.settle()
    bench.key(Qt.Key.Key_Escape)
    bench.settle()
    assert QApplication.focusWidget() is bench.window.pane.papers
    page = opened(bench)
    assert first not in shown(page)


def test_after_some_days_without_anything_the_last_that_came_is_shown(bench: Bench) -> None:
    bench.window.close()
    with Library.open(bench.folder, clock=lambda: datetime.now(UTC) - timedelta(days=400)) as library:
        library.remove(library.search().ids)
        library.add(Paper(title="Old news"))
        library.wait_for_index()
    bench.open()
    assert shown(opened(bench)) == ["Everything else · 1", "Old"]


def test_a_library_without_anything_new_says_so(bench: Bench) -> None:
    with bench.library() as library:
        library.move(library.search().ids, "archived")
    bench.settle()
    page = opened(bench)
    assert shown(page) == []
    assert any("Nothing new is waiting" in text for text in sentences(page))
    assert bench.find("morningViewEmptyButton").isVisible()


def test_rows_say_what_they_show(bench: Bench) -> None:
    save(bench, "Fishing", "herring")
    page = opened(bench, "Search")
    says = [page.list.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in (0, 1)]
    assert says[0] == "Fishing · 1"
    assert says[1].startswith("Four notes on the herring")
    assert says[1].endswith("“herring”")


def test_another_library_of_papers_opens_too(bench: Bench) -> None:
    """A thousand papers: the first two hundred are shown, and said to be that."""
    with bench.library() as library:
        library.move(library.search().ids, "archived")
    taken_in(bench.folder, [{"title": f"Wave {number}"} for number in range(300)])
    bench.settle()
    page = opened(bench)
    assert sum("·" not in text for text in shown(page)) == 200
    assert any("The first 200 are shown." in text for text in sentences(page))
