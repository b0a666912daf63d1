"""The whole window: what a reader does with it, from the first start to the next."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from readinglist.errors import ReadingListError
from readinglist.paper import Status
from readinglist.ui.app import open_window
from readinglist.ui.row_text import today

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

CONTRACT = (
    "sidebar",
    "searchField",
    "searchProblem",
    "paperList",
    "listTitle",
    "sortButton",
    "reader",
    "titleLabel",
    "abstractView",
    "tagEditor",
    "noteEditor",
    "highlightList",
    "undoToast",
    "undoButton",
    "progressBar",
    "cancelButton",
    "keySheet",
    "welcomeView",
)
"""Object names that others may rely on."""

PAGE = """Rain in reading lists

We keep five papers in a list and ask how the weather of the day bears on what is read next.

Positional habits of cats

Cats prefer the first of several boxes. We measure this habit in a café with forty cats.
"""


def test_first_start_shows_three_choices(empty_bench: Bench) -> None:
    assert empty_bench.find("welcomeView").isVisible()
    assert not empty_bench.find("paperList").isVisible()
    for name in ("welcomeImport", "welcomePaste", "welcomeSamples"):
        assert empty_bench.find(name).isVisible()


def test_samples_are_ten_papers_and_one_undo_takes_them_away(empty_bench: Bench) -> None:
    button = empty_bench.find("welcomeSamples")
    assert isinstance(button, QAbstractButton)
    button.click()
    empty_bench.settle()
    with empty_bench.library() as library:
        assert library.counts().total == 10
    assert empty_bench.find("paperList").isVisible()
    undo = empty_bench.find("undoButton")
    assert isinstance(undo, QAbstractButton)
    undo.click()
    empty_bench.settle()
    with empty_bench.library() as library:
        assert library.counts().total == 0


def test_pasted_page_is_shown_before_it_is_taken_in(empty_bench: Bench) -> None:
    QGuiApplication.clipboard().setText(PAGE)
    empty_bench.key(Qt.Key.Key_V, CTRL)
    empty_bench.settle()
    sheet = empty_bench.find("importSheet")
    assert sheet.isVisible()
    assert any("2 papers" in label.text() for label in sheet.findChildren(QLabel))
    with empty_bench.library() as library:
        assert library.counts().total == 0
    add = empty_bench.find("importAdd")
    assert isinstance(add, QAbstractButton)
    add.click()
    empty_bench.settle()
    assert empty_bench.titles() == ["Rain", "Positional"]
    assert empty_bench.window.pane.toast.text() == "Added 2 papers"
    assert empty_bench.current() == "Rain"


def test_papers_that_are_here_already_are_said_to_be(bench: Bench) -> None:
    QGuiApplication.clipboard().setText("Ropes\n\nA short history of ropes.\n\n" + PAGE)
    bench.do("actionPaste")
    assert any("1 already here" in label.text() for label in bench.find("importSheet").findChildren(QLabel))


def test_sheet_that_is_left_takes_nothing(bench: Bench) -> None:
    QGuiApplication.clipboard().setText(PAGE)
    bench.do("actionPaste")
    bench.key(Qt.Key.Key_Escape)
    bench.settle()
    assert not bench.find("importSheet").isVisible()
    with bench.library() as library:
        assert library.counts().total == 6


def test_empty_clipboard_is_told_plainly(bench: Bench) -> None:
    QGuiApplication.clipboard().clear()
    bench.do("actionPaste")
    assert "clipboard" in bench.window.pane.toast.text()


def test_dropped_file_is_previewed(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(PAGE, encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(600, 400),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    bench.window.dropEvent(event)
    bench.settle()
    assert bench.find("importSheet").isVisible()


def test_file_that_holds_no_papers_is_told_plainly(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "picture.bin"
    file.write_bytes(bytes(range(256)) * 8)
    bench.window._arrivals.importing.take_paths([file])
    bench.settle()
    assert "picture.bin" in bench.window.pane.toast.text()


def test_sidebar_counts_follow_an_edit(bench: Bench) -> None:
    def count(key: str) -> str:
        item = bench.window.sidebar._items[key]
        return str(item.data(0, Qt.ItemDataRole.AccessibleTextRole))

    bench.go("queue:inbox")
    assert count("queue:inbox").endswith(", 2")
    bench.key("e")
    bench.settle()
    assert count("queue:inbox").endswith(", 1")
    assert count("queue:archived").endswith(", 1")


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("e", Status.ARCHIVED),
        ("l", Status.LATER),
        ("u", Status.NEXT),
        ("r", Status.READ),
        ("i", Status.INBOX),
    ],
)
def test_status_keys_move_the_paper_and_go_on_to_the_next(bench: Bench, key: str, status: Status) -> None:
    bench.go("view:all")
    bench.window.pane.papers.select_row(0)
    first, second = bench.titles()[:2]
    bench.key(key)
    bench.settle()
    assert bench.current() == second
    with bench.library() as library:
        paper = library.papers(library.search(f"title:{first}").ids)[0]
    assert paper.status is status


def test_later_comes_back_in_a_week_and_says_so(bench: Bench) -> None:
    bench.go("queue:inbox")
    number = bench.window.pane.papers.current_id()
    assert number is not None
    bench.key("l")
    bench.settle()
    with bench.library() as library:
        assert library.paper(number).until == (today() + timedelta(days=7)).isoformat()
    assert "until" in bench.window.pane.toast.text()


def test_last_paper_leaving_a_list_leaves_a_sentence_and_keys_that_work(bench: Bench) -> None:
    bench.go("queue:inbox")
    bench.key("e")
    bench.key("e")
    bench.settle()
    assert bench.find("emptyState").isVisible()
    bench.key(Qt.Key.Key_Z, CTRL)
    bench.settle()
    assert len(bench.titles()) == 1
    bench.key("g")
    bench.key("u")
    bench.settle()
    assert bench.find("listTitle").text() == "Up next"  # type: ignore[attr-defined]


def test_enter_starts_reading_and_follows_the_paper(bench: Bench) -> None:
    bench.go("queue:inbox")
    number = bench.window.pane.papers.current_id()
    bench.key(Qt.Key.Key_Return)
    bench.settle()
    assert bench.window._searching.question.view.key == "queue:reading"
    assert bench.window.pane.papers.current_id() == number
    assert bench.window.reader.isAncestorOf(QApplication.focusWidget())


def test_toast_undoes_its_own_entry_not_the_newest(bench: Bench) -> None:
    bench.go("queue:inbox")
    archived = bench.window.pane.papers.current_id()
    assert archived is not None
    bench.key("e")
    bench.settle()
    with bench.library() as other:
        other.star([archived])
    bench.settle()
    undo = bench.find("undoButton")
    assert isinstance(undo, QAbstractButton)
    undo.click()
    bench.settle()
    with bench.library() as library:
        paper = library.paper(archived)
    assert (paper.status, paper.starred) == (Status.INBOX, True)


def test_undo_key_takes_back_what_this_window_did_and_redo_does_it_again(bench: Bench) -> None:
    bench.go("queue:inbox")
    number = bench.window.pane.papers.current_id()
    assert number is not None
    bench.key("s")
    bench.settle()
    with bench.library() as other:
        other.tag([number], add=["elsewhere"])
    bench.settle()
    bench.key(Qt.Key.Key_Z, CTRL)
    bench.settle()
    with bench.library() as library:
        paper = library.paper(number)
        assert (paper.starred, "elsewhere" in paper.tags) == (False, True)
    bench.key(Qt.Key.Key_Z, CTRL | SHIFT)
    bench.settle()
    with bench.library() as library:
        assert library.paper(number).starred


def test_nothing_to_undo_is_said_plainly(bench: Bench) -> None:
    bench.do("actionUndo")
    assert bench.window.pane.toast.isVisible()
    assert not bench.find("undoButton").isVisible()


def test_many_papers_are_edited_together(bench: Bench) -> None:
    bench.go("view:all")
    bench.key(Qt.Key.Key_A, CTRL)
    bench.settle()
    assert bench.window.pane.papers.selected_count() == 6
    bench.key("u")
    bench.settle()
    with bench.library() as library:
        assert library.counts().next == 6
    assert "6 papers" in bench.window.pane.toast.text()


def test_queue_order_is_changed_by_key_and_kept(bench: Bench) -> None:
    bench.go("queue:next")
    assert bench.titles() == ["Four", "Ropes", "Knots"]
    bench.key(Qt.Key.Key_Down, ALT)
    bench.key(Qt.Key.Key_Down, ALT)
    bench.settle()
    assert bench.titles() == ["Ropes", "Knots", "Four"]
    assert bench.current() == "Four"
    bench.key(Qt.Key.Key_Up, ALT)
    bench.settle()
    with bench.library() as library:
        papers = library.papers(library.search("is:next sort:position").ids)
    assert [paper.title.split()[0] for paper in papers] == ["Ropes", "Four", "Knots"]


@pytest.mark.parametrize(
    ("narrow", "words"), [(lambda bench: bench.type("history"), "clear the search"), (None, "“My order”")]
)
def test_a_queue_that_is_searched_or_in_another_order_says_why_it_is_not_put_in_order(
    bench: Bench, narrow: Callable[[Bench], None] | None, words: str
) -> None:
    bench.go("queue:next")
    if narrow is not None:
        narrow(bench)
    else:
        bench.do("actionSortTitle")
    bench.do("actionGoList")
    before = bench.titles()
    bench.key(Qt.Key.Key_Down, ALT)
    bench.settle()
    assert words in bench.window.pane.toast.text()
    assert bench.titles() == before


def test_several_papers_are_moved_in_the_queue_as_a_block(bench: Bench) -> None:
    bench.go("queue:next")
    bench.window.pane.papers.select_row(1)
    bench.key(Qt.Key.Key_Down, SHIFT)
    bench.do("actionMoveTop")
    assert bench.titles() == ["Ropes", "Knots", "Four"]
    assert bench.window.pane.papers.selected_count() == 2


def test_single_keys_are_letters_in_an_editor(bench: Bench) -> None:
    bench.go("queue:inbox")
    bench.key("n")
    bench.settle()
    QTest.keyClicks(QApplication.focusWidget(), "sure, archive ?")
    bench.settle()
    with bench.library() as library:
        assert library.counts().archived == 0
        number = bench.window.pane.papers.current_id()
        assert number is not None
        assert library.paper(number).note == "sure, archive ?"


def test_closing_saves_what_was_just_typed(bench: Bench) -> None:
    bench.go("queue:inbox")
    number = bench.window.pane.papers.current_id()
    bench.key("n")
    QTest.keyClicks(QApplication.focusWidget(), "the very last words")
    bench.window.close()
    assert number is not None
    with bench.library() as library:
        assert library.paper(number).note == "the very last words"


def test_closing_ends_every_thread(bench: Bench) -> None:
    bench.window.close()
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("lane-")] == []


def test_next_start_shows_the_list_and_paper_where_one_was(bench: Bench) -> None:
    bench.go("tag:sea")
    bench.window.pane.papers.select_row(1)
    bench.settle()
    number = bench.window.pane.papers.current_id()
    bench.window.close()
    bench.open()
    assert bench.find("listTitle").text() == "sea"  # type: ignore[attr-defined]
    assert bench.window.pane.papers.current_id() == number


def test_next_start_without_the_tag_that_was_shown_begins_in_the_inbox(bench: Bench) -> None:
    bench.go("tag:food")
    bench.window.close()
    with bench.library() as library:
        library.delete_tag("food")
    bench.open()
    assert bench.find("listTitle").text() == "Inbox"  # type: ignore[attr-defined]


def test_tag_that_is_deleted_elsewhere_is_left_for_all_papers(bench: Bench) -> None:
    bench.go("tag:food")
    with bench.library() as library:
        library.delete_tag("food")
    bench.settle()
    assert bench.find("listTitle").text() == "All papers"  # type: ignore[attr-defined]
    assert "“food”" in bench.find("statusMessage").text()  # type: ignore[attr-defined]
    bench.go("queue:inbox")
    bench.go("view:all")
    assert bench.find("statusMessage").text() == ""  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["tag:sea/fish", "search:fishy"])
def test_what_was_renamed_elsewhere_is_said_to_be_gone_with_its_whole_name(bench: Bench, key: str) -> None:
    with bench.library() as library:
        library.save_search("fishy", "herring")
    bench.settle()
    bench.go(key)
    with bench.library() as library:
        library.rename_tag("sea/fish", "sea/herring")
        library.rename_search("fishy", "herrings")
    bench.settle()
    name = key.partition(":")[2]
    assert f"“{name}” is there no more" in bench.find("statusMessage").text()  # type: ignore[attr-defined]


def test_a_search_with_a_problem_does_not_speak_of_the_one_before(bench: Bench) -> None:
    bench.type("zzzzqq")
    empty = bench.window.pane.empty
    assert empty.sentence() == "No paper has “zzzzqq”."
    bench.type("year:abc")
    assert bench.window.pane.search.has_problem
    assert "zzzzqq" not in empty.sentence()
    with bench.library() as library:  # the answer before is asked again
        library.star([1], on=True)
    bench.settle()
    assert empty.isVisible()
    assert "zzzzqq" not in empty.sentence()
    bench.type("zzzzqx")
    assert empty.sentence() == "No paper has “zzzzqx”."


def test_change_of_another_process_appears_by_itself(bench: Bench) -> None:
    bench.go("queue:inbox")
    with bench.library() as library:
        library.move(library.search("Knots").ids, Status.INBOX)
    bench.qtbot.waitUntil(lambda: "Knots" in bench.titles(), timeout=1_000)


def test_narrow_window_folds_the_sidebar_away_and_brings_it_back(bench: Bench) -> None:
    bench.window.resize(900, 700)
    bench.settle()
    assert not bench.find("sidebar").isVisible()
    assert bench.find("showSidebarButton").isVisible()
    bench.window.resize(1200, 700)
    bench.settle()
    assert bench.find("sidebar").isVisible()


def test_sidebar_that_was_folded_away_has_its_width_again_at_the_next_start(bench: Bench) -> None:
    width = bench.find("sidebar").width()
    bench.window.resize(800, 600)
    bench.settle()
    bench.window.close()
    bench.open()
    assert bench.find("sidebar").width() == width


def test_theme_changes_while_the_window_is_open(bench: Bench) -> None:
    before = bench.window.grab().toImage().pixelColor(20, 700).name()
    bench.do("actionThemeDark")
    assert bench.window.grab().toImage().pixelColor(20, 700).name() == "#1d1e21"
    assert before == "#f4f4f2"


def test_larger_text_makes_rows_higher(bench: Bench) -> None:
    bench.go("view:all")
    header = bench.window.pane.papers.verticalHeader()
    before = header.sectionSize(0)
    bench.do("actionLarger")
    bench.do("actionLarger")
    assert header.sectionSize(0) > before
    bench.do("actionUsualSize")
    assert header.sectionSize(0) == before


def test_every_control_has_a_name_for_those_who_cannot_see_it(bench: Bench) -> None:
    bench.go("view:all")
    bench.do("actionKeys")
    nameless = [
        widget.objectName()
        for widget in bench.window.findChildren(QAbstractButton)
        if not widget.accessibleName() and not widget.text()
        # Qt's own parts (the corner of a table, the arrow of a menu bar) have no name of ours
        if widget.objectName() and not widget.objectName().startswith("qt_")
    ]
    assert nameless == []


def test_names_of_the_contract_are_there(bench: Bench) -> None:
    bench.do("actionKeys")
    for name in CONTRACT:
        bench.find(name)
    assert bench.window.objectName() == "mainWindow"


def test_folder_that_is_no_library_is_refused(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "something.txt").write_text("mine")
    with pytest.raises(ReadingListError):
        open_window(tmp_path)


def test_note_that_cannot_be_saved_keeps_the_window_open_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise ReadingListError("The disk is full.")

    bench.go("queue:inbox")
    monkeypatch.setattr(bench.window._library, "write_note", fail)
    bench.key("n")
    QTest.keyClicks(QApplication.focusWidget(), "not to be lost")
    bench.window.close()
    assert bench.window.isVisible()
    assert bench.window.reader.unsaved_notes()
    bench.window.close()
    assert not bench.window.isVisible()


def test_sort_is_chosen_from_the_menu(bench: Bench) -> None:
    bench.go("view:all")
    bench.do("actionSortTitle")
    assert bench.titles() == ["A", "Four", "Knots", "Lighthouses", "Old", "Ropes"]
    assert bench.find("sortButton").text() == "Title"  # type: ignore[attr-defined]
    bench.go("queue:next")
    assert bench.find("sortButton").text() == "My order"  # type: ignore[attr-defined]


def test_several_papers_are_tagged_in_a_sheet(bench: Bench) -> None:
    bench.go("queue:next")
    bench.key(Qt.Key.Key_A, CTRL)
    bench.settle()
    bench.key("t")
    assert bench.find("tagSheet").isVisible()
    QTest.keyClicks(QApplication.focusWidget(), "hemp")
    bench.key(Qt.Key.Key_Return, CTRL)
    done = bench.find("tagSheetDone")
    assert isinstance(done, QAbstractButton)
    done.click()
    bench.settle()
    with bench.library() as library:
        assert library.search("tag:hemp", limit=0).total == 3


def test_trash_and_restore(bench: Bench) -> None:
    bench.go("queue:next")
    bench.key(Qt.Key.Key_Delete)
    bench.settle()
    bench.go("view:trash")
    assert bench.titles() == ["Four"]
    bench.do("actionRestore")
    assert bench.find("emptyState").isVisible()
    bench.go("queue:next")
    assert "Four" in bench.titles()


def test_citation_is_copied(bench: Bench) -> None:
    bench.type("lighthouses")
    bench.window.pane.papers.setFocus()
    bench.key("c")
    bench.settle()
    text = QGuiApplication.clipboard().text()
    assert text == "Brandt, A., & Lind, B. (2024). Lighthouses and the fog they cannot see. Journal of Coastal Guesses."


def test_space_goes_past_read_papers(make_bench: Callable[[list[dict[str, object]]], Bench]) -> None:
    bench = make_bench([{"title": "One"}, {"title": "Two", "status": "read"}, {"title": "Three", "status": "later"}])
    bench.go("view:all")
    assert bench.current() == "One"
    bench.key(Qt.Key.Key_Space)
    bench.settle()
    assert bench.current() == "Three"


def test_going_elsewhere_from_a_wrong_query_lists_what_was_gone_to(
    make_bench: Callable[[list[dict[str, object]]], Bench],
) -> None:
    bench = make_bench([{"title": "Waiting"}, {"title": "Done", "status": "read"}])
    window = bench.window
    bench.type("waiting")
    bench.type("auhtor:x")
    assert window.pane.search.has_problem
    window.lanes.search.run(lambda _progress: time.sleep(0.2))  # the list is not there at once
    window.go_to("queue:read")
    with bench.library() as library:
        library.star(library.search("").ids)  # and in the meantime papers change
    bench.settle()
    assert bench.titles() == ["Done"]
    assert not window.pane.search.has_problem
