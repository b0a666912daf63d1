"""Later with a day to come back: asked beside the work, remembered, and kept when the day comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from readinglist.library import Library
from readinglist.paper import Paper, Status
from readinglist.ui.app import open_window
from readinglist.ui.later_popup import LaterRow, day_of
from readinglist.ui.theme import LIGHT
from readinglist.ui.window import MainWindow

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = datetime.now().astimezone().date()


@pytest.fixture
def inbox(make_bench: Callable[[list[dict[str, object]]], Bench]) -> Bench:
    bench = make_bench([{"title": name} for name in ("Alpha", "Beta", "Gamma")])
    bench.go("queue:inbox")
    return bench


def paper(bench: Bench, title: str) -> Paper:
    with bench.library() as library:
        return library.papers(library.search(f"title:{title}").ids)[0]


def put_off(bench: Bench, title: str) -> date | None:
    found = paper(bench, title)
    assert found.status is Status.LATER
    return date.fromisoformat(found.until) if found.until else None


def test_the_card_asks_beside_the_work(inbox: Bench) -> None:
    inbox.key("l")
    inbox.settle()
    assert inbox.find("laterPopup").isVisible()
    assert inbox.window.pane.papers.hasFocus()
    assert inbox.current() == "Beta"
    inbox.key("e")  # any other key goes on working, and ends the question
    inbox.settle()
    assert not inbox.find("laterPopup").isVisible()
    assert (put_off(inbox, "Alpha"), paper(inbox, "Beta").status) == (TODAY + timedelta(days=7), Status.ARCHIVED)


@pytest.mark.parametrize(("key", "choice"), [("1", "tomorrow"), ("2", "week"), ("3", "month"), ("5", "none")])
def test_a_digit_says_when(inbox: Bench, key: str, choice: str) -> None:
    inbox.key("l")
    inbox.key(key)
    inbox.settle()
    assert not inbox.find("laterPopup").isVisible()
    assert put_off(inbox, "Alpha") == day_of(choice, TODAY)


def test_what_was_chosen_is_remembered_also_at_the_next_start(inbox: Bench) -> None:
    inbox.key("l")
    inbox.key("1")
    inbox.settle()
    inbox.key("l")
    inbox.settle()
    assert put_off(inbox, "Beta") == TODAY + timedelta(days=1)
    inbox.window.close()
    inbox.open()
    inbox.window.pane.papers.setFocus()
    inbox.key("l")
    inbox.settle()
    assert put_off(inbox, "Gamma") == TODAY + timedelta(days=1)


def test_the_mouse_says_when_too(inbox: Bench) -> None:
    inbox.key("l")
    inbox.settle()
    QTest.mouseClick(inbox.find("laterNone"), Qt.MouseButton.LeftButton)
    inbox.settle()
    assert put_off(inbox, "Alpha") is None


def test_a_day_is_typed_as_one_writes_it(inbox: Bench) -> None:
    inbox.key("l")
    inbox.key("4")
    meant = inbox.find("laterDateMeant")
    assert isinstance(meant, QLabel)
    QTest.keyClicks(QApplication.focusWidget(), "3 weeks")
    assert str((TODAY + timedelta(weeks=3)).year) in meant.text()
    inbox.key(Qt.Key.Key_Return)
    inbox.settle()
    assert put_off(inbox, "Alpha") == TODAY + timedelta(weeks=3)
    assert inbox.window.pane.papers.hasFocus()
    inbox.key("l")  # a day is for once: the next paper is put off as before
    inbox.settle()
    assert put_off(inbox, "Beta") == TODAY + timedelta(days=7)


def test_a_day_is_typed_with_dots(inbox: Bench) -> None:
    inbox.key("l")
    inbox.key("4")
    ahead = TODAY + timedelta(days=400)
    QTest.keyClicks(QApplication.focusWidget(), f"{ahead.day}.{ahead.month}.{ahead.year}")
    inbox.key(Qt.Key.Key_Return)
    inbox.settle()
    assert put_off(inbox, "Alpha") == ahead


@pytest.mark.parametrize("text", ["2001-01-01", "someday", "today"])
def test_a_day_that_cannot_be_is_refused_in_a_sentence(inbox: Bench, text: str) -> None:
    inbox.key("l")
    inbox.key("4")
    QTest.keyClicks(QApplication.focusWidget(), text)
    inbox.key(Qt.Key.Key_Return)
    inbox.settle()
    assert inbox.find("laterDate").isVisible()
    meant = inbox.find("laterDateMeant")
    assert isinstance(meant, QLabel)
    assert meant.text()
    inbox.key(Qt.Key.Key_Escape)
    inbox.key(Qt.Key.Key_Escape)
    assert not inbox.find("laterPopup").isVisible()
    assert inbox.window.pane.papers.hasFocus()
    assert put_off(inbox, "Alpha") == TODAY + timedelta(days=7)


def test_one_undo_takes_a_paper_back_whatever_day_was_chosen(inbox: Bench) -> None:
    inbox.key("l")
    inbox.key("3")
    inbox.settle()
    inbox.key(Qt.Key.Key_Z, CTRL)
    inbox.settle()
    assert paper(inbox, "Alpha").status is Status.INBOX
    assert inbox.current() == "Alpha"


def test_several_papers_are_put_off_together(inbox: Bench) -> None:
    inbox.key("a", CTRL)
    inbox.key("l")
    inbox.key("1")
    inbox.settle()
    with inbox.library() as library:
        assert {p.until for p in library.papers(library.search("is:later").ids)} == {str(TODAY + timedelta(days=1))}
        assert library.counts().later == 3


def test_the_menu_puts_off_without_asking(inbox: Bench) -> None:
    inbox.do("actionLaterMonth")
    assert put_off(inbox, "Alpha") == day_of("month", TODAY)
    assert not inbox.find("laterPopup").isVisible()
    inbox.do("actionLaterDay")
    QTest.keyClicks(QApplication.focusWidget(), "9d")
    inbox.key(Qt.Key.Key_Return)
    inbox.settle()
    assert put_off(inbox, "Beta") == TODAY + timedelta(days=9)


def test_in_triage_the_card_lies_over_the_abstract_and_asks_the_same(inbox: Bench) -> None:
    inbox.key("t", CTRL)
    inbox.settle()
    inbox.key("l")
    inbox.settle()
    popup = inbox.find("laterPopup")
    assert popup.isVisible()
    assert inbox.find("triageView").isAncestorOf(popup)
    inbox.key("1")
    inbox.settle()
    assert put_off(inbox, "Alpha") == TODAY + timedelta(days=1)
    assert inbox.find("triageLeft").text() == "2 left"  # type: ignore[attr-defined]
    inbox.key("l")
    inbox.key(Qt.Key.Key_Escape)  # the card first, then the triage
    assert inbox.find("triageView").isVisible()


def test_rows_say_the_day(inbox: Bench) -> None:
    inbox.key("l")
    inbox.key("1")
    inbox.settle()
    inbox.go("queue:later")
    papers = inbox.window.pane.papers
    assert "until tomorrow" in str(papers.papers.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))


# -- the day comes ----------------------------------------------------------------------------------


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 11, 23, 59, 50, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def night(qtbot: QtBot, folder: Path, clock: Clock) -> Iterator[MainWindow]:
    """Return a window ten seconds before midnight, on a paper for tomorrow and one for the day after."""
    from tests.ui.conftest import end

    with Library.open(folder, clock=clock) as library:
        for title, until in (("Tomorrow's", "2026-03-12"), ("Friday's", "2026-03-13")):
            library.move(library.add(Paper(title)).ids, Status.LATER, until=until)
        library.wait_for_index()
    window = open_window(folder, clock=clock)
    qtbot.waitUntil(window.idle)
    yield window
    end(window)


def listed(window: MainWindow) -> list[str]:
    model = window.pane.papers.papers
    papers = [model.paper(row) for row in range(model.rowCount())]
    return [paper.title for paper in papers if paper is not None]


def test_due_papers_come_back_when_midnight_passes(night: MainWindow, clock: Clock, qtbot: QtBot) -> None:
    assert night.pane.empty.isVisible()  # the Inbox
    clock.time += timedelta(seconds=20)
    qtbot.waitUntil(lambda: listed(night) == ["Tomorrow's"], timeout=3_000)  # by itself
    qtbot.waitUntil(night.idle)
    assert night.pane.papers.isVisible()
    assert str(night.sidebar._items["queue:inbox"].data(0, Qt.ItemDataRole.AccessibleTextRole)).endswith(", 1")
    words = str(night.pane.papers.papers.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "came back today" in words


def test_in_triage_midnight_leaves_the_reader_in_peace(night: MainWindow, clock: Clock, qtbot: QtBot) -> None:
    night.go_to("queue:later")
    qtbot.waitUntil(night.idle)
    night.actions_by_name["actionTriageList"].trigger()
    label = night.findChild(QLabel, "titleLabel")
    assert label is not None
    before = label.text()
    clock.time += timedelta(seconds=20)
    qtbot.waitUntil(lambda: listed(night) == ["Friday's"], timeout=3_000)
    assert label.text() == before
    assert label.isVisible()


def test_a_day_is_counted_from_the_day_it_is(night: MainWindow, clock: Clock, qtbot: QtBot) -> None:
    night.go_to("view:all")
    clock.time += timedelta(seconds=20)
    qtbot.waitUntil(night.idle)
    night.actions_by_name["actionLaterTomorrow"].trigger()
    qtbot.waitUntil(night.idle)
    with Library.open(night._library.folder) as library:
        assert "2026-03-13" in {p.until for p in library.papers(library.search("").ids)}


def test_what_is_no_day_is_answered_with_how_to_write_one(bench: Bench) -> None:
    bench.go("queue:inbox")
    bench.key("l")
    bench.settle()
    bench.key("4")
    for typed, said in (("some friday", "“some friday” is no date: write"), ("30 feb", "There is no day 30 feb.")):
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit)
        line.selectAll()
        QTest.keyClicks(line, typed)
        bench.key(Qt.Key.Key_Return)
        assert said in " ".join(label.text() for label in bench.window.pane.later.findChildren(QLabel))


@pytest.mark.parametrize("zoom", [1.0, 1.6])
def test_the_toast_covers_no_choice(make_bench: Callable[[list[dict[str, object]]], Bench], zoom: float) -> None:
    bench = make_bench([{"title": f"{name} of very many words, " * 6} for name in "ABC"])
    bench.window.resize(700, 900)
    bench.window._switch.set_zoom(zoom)
    bench.settle()
    bench.go("queue:inbox")
    bench.key("l")
    bench.settle()
    card, toast = bench.find("laterPopup"), bench.find("undoToast")
    assert card.isVisible()
    assert toast.isVisible()
    assert not card.geometry().intersects(toast.geometry())
    assert bench.window.pane.rect().contains(card.geometry())
    assert bench.window.pane.rect().contains(toast.geometry())


@pytest.mark.parametrize(("width", "is_seen"), [(150, False), (300, True)])
def test_the_day_of_a_choice_is_never_written_over_its_name(qtbot: QtBot, width: int, is_seen: bool) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    row = LaterRow("1", "Tomorrow", parent)
    row.set_theme(LIGHT)
    row.resize(width, 30)
    without = row.grab().toImage()
    row.show_day("Wed, December 30")
    assert (row.grab().toImage() != without) == is_seen
