"""Triage in the window: one abstract at a time, by keys and by mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QProgressBar, QWidget

from readinglist.paper import Status
from readinglist.ui.tag_chip import TagChip

if TYPE_CHECKING:
    from tests.ui.conftest import Bench

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def morning(make_bench: Callable[[list[dict[str, object]]], Bench]) -> Bench:
    """Return a window with five new papers, and one up next; the first of the Inbox is Alpha."""
    names = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon")
    papers: list[dict[str, object]] = [
        {"title": f"{name} waves", "abstract": f"{name} is about waves.\n\nMore of it."} for name in names
    ]
    bench = make_bench([*papers, {"title": "Queued", "status": "next"}])
    bench.go("queue:inbox")
    assert bench.current() == "Alpha"
    return bench


def shown(bench: Bench) -> str:
    """Return the first word of the title that a person sees, "" when there is no paper."""
    label = bench.find("titleLabel")
    assert isinstance(label, QLabel)
    return label.text().split()[0] if label.isVisible() else ""


def left(bench: Bench) -> str:
    label = bench.find("triageLeft")
    assert isinstance(label, QLabel)
    return label.text()


def status(bench: Bench, title: str) -> Status:
    with bench.library() as library:
        return library.papers(library.search(f"title:{title}").ids)[0].status


def start(bench: Bench) -> QWidget:
    bench.key(Qt.Key.Key_T, CTRL)
    bench.settle()
    view = bench.find("triageView")
    assert view.isVisible()
    return view


def click(bench: Bench, name: str) -> None:
    button = bench.find(name)
    assert isinstance(button, QAbstractButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    bench.settle()


def test_one_abstract_fills_the_window_with_the_keys_under_it(morning: Bench) -> None:
    view = start(morning)
    assert shown(morning) == "Alpha"
    assert left(morning) == "5 left"
    assert not morning.find("paperList").isVisible()
    assert not morning.find("sidebar").isVisible()
    abstract = morning.find("abstractView")
    assert view.isAncestorOf(abstract)
    keys = morning.find("triageKeyToArchived")
    assert keys.isVisible()
    assert keys.mapTo(view, keys.rect().topLeft()).y() > abstract.mapTo(view, abstract.rect().topLeft()).y()


def test_every_triage_key_moves_the_paper_and_shows_the_next(morning: Bench) -> None:
    start(morning)
    for key, before, after in (("e", "Alpha", "Beta"), ("u", "Beta", "Gamma"), ("r", "Gamma", "Delta")):
        assert shown(morning) == before
        morning.key(key)
        assert shown(morning) == after  # at once, before anything is written
    morning.key("l")
    morning.settle()
    assert left(morning) == "1 left"
    wanted = [Status.ARCHIVED, Status.NEXT, Status.READ, Status.LATER, Status.INBOX]
    assert [status(morning, name) for name in ("Alpha", "Beta", "Gamma", "Delta", "Epsilon")] == wanted


def test_the_buttons_do_what_the_keys_do(morning: Bench) -> None:
    start(morning)
    click(morning, "triageKeyToArchived")
    click(morning, "triageKeyToNext")
    assert shown(morning) == "Gamma"
    assert (status(morning, "Alpha"), status(morning, "Beta")) == (Status.ARCHIVED, Status.NEXT)
    click(morning, "triageKeyUndo")
    assert shown(morning) == "Beta"
    assert status(morning, "Beta") is Status.INBOX


def test_star_tag_and_note_stay_with_the_paper(morning: Bench) -> None:
    start(morning)
    morning.key("s")
    morning.settle()
    assert shown(morning) == "Alpha"
    morning.key("t")
    QTest.keyClicks(QApplication.focusWidget(), "sea")
    morning.key(Qt.Key.Key_Return, CTRL)
    morning.key(Qt.Key.Key_Escape)
    morning.settle()
    morning.key("n")
    QTest.keyClicks(QApplication.focusWidget(), "eel")
    morning.key(Qt.Key.Key_Escape)
    morning.settle()
    assert morning.find("triageView").isVisible()
    with morning.library() as library:
        paper = library.papers(library.search("title:Alpha").ids)[0]
    assert (paper.starred, paper.tags, paper.note, paper.status) == (True, {"sea"}, "eel", Status.INBOX)
    morning.key("e")  # the keys are the triage's again
    morning.settle()
    assert shown(morning) == "Beta"


def test_a_new_tag_has_the_colour_in_triage_that_the_library_gave_it(morning: Bench) -> None:
    start(morning)
    morning.key("t")
    QTest.keyClicks(QApplication.focusWidget(), "sea")
    morning.key(Qt.Key.Key_Return, CTRL)
    morning.key(Qt.Key.Key_Escape)
    morning.settle()
    with morning.library() as library:
        colour = QColor(next(tag.colour for tag in library.tags() if tag.name == "sea"))
    chip = next(chip for chip in morning.window.findChildren(TagChip) if chip.isVisible() and chip.name == "sea")
    image = chip.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert colour.name() in seen


@pytest.mark.parametrize(
    ("on", "back"),
    [("j", "k"), (Qt.Key.Key_Right, Qt.Key.Key_Left), (Qt.Key.Key_Down, Qt.Key.Key_Up)],
)
def test_skipping_and_going_back_change_nothing(morning: Bench, on: str | Qt.Key, back: str | Qt.Key) -> None:
    start(morning)
    morning.key(on)
    morning.key(on)
    assert shown(morning) == "Gamma"
    morning.key(back)
    morning.settle()
    assert shown(morning) == "Beta"
    assert left(morning) == "5 left"
    with morning.library() as library:
        assert library.counts().inbox == 5


def test_going_back_says_what_was_done_and_lets_it_be_changed(morning: Bench) -> None:
    start(morning)
    morning.key("e")
    morning.settle()
    morning.key("k")
    given = morning.find("triageGiven")
    assert isinstance(given, QLabel)
    assert shown(morning) == "Alpha"
    assert "Archive" in given.text()
    morning.key("u")
    morning.settle()
    assert given.text() == ""
    assert (shown(morning), left(morning)) == ("Beta", "4 left")
    assert status(morning, "Alpha") is Status.NEXT


def test_space_pages_and_then_goes_on(morning: Bench) -> None:
    start(morning)
    morning.key(Qt.Key.Key_Space)
    morning.settle()
    assert shown(morning) == "Beta"


def test_undo_comes_back_to_the_paper_and_redo_does_it_again(morning: Bench) -> None:
    start(morning)
    morning.key("e")
    morning.key("e")
    morning.settle()
    morning.key(Qt.Key.Key_Z, CTRL)
    morning.settle()
    assert (shown(morning), left(morning)) == ("Beta", "4 left")
    morning.key(Qt.Key.Key_Z, CTRL | SHIFT)
    morning.settle()
    assert left(morning) == "3 left"
    assert status(morning, "Beta") is Status.ARCHIVED


def test_the_end_is_a_sentence_and_one_action(morning: Bench) -> None:
    start(morning)
    for key in "eueee":
        morning.key(key)
    morning.settle()
    assert morning.find("triageEnd").isVisible()
    assert shown(morning) == ""
    sentence = " ".join(label.text() for label in morning.find("triageEnd").findChildren(QLabel))
    assert "All done" in sentence
    assert "4 to Archive" in sentence
    bar = morning.find("triageProgress")
    assert isinstance(bar, QProgressBar)
    assert (bar.value(), bar.maximum()) == (5, 5)
    morning.key("e")  # does nothing, and breaks nothing
    morning.key(Qt.Key.Key_Return)
    morning.settle()
    assert not morning.find("triageView").isVisible()
    assert morning.titles() == ["Queued", "Beta"]


def test_undo_at_the_end_goes_back_into_it(morning: Bench) -> None:
    start(morning)
    for key in "eeeee":
        morning.key(key)
    morning.settle()
    morning.key(Qt.Key.Key_Z, CTRL)
    morning.settle()
    assert (shown(morning), left(morning)) == ("Epsilon", "1 left")
    morning.key("u")
    morning.settle()
    assert status(morning, "Epsilon") is Status.NEXT


def test_what_was_skipped_is_offered_again_at_the_end(morning: Bench) -> None:
    start(morning)
    for key in "jeeee":
        morning.key(key)
    morning.settle()
    assert morning.find("triageEnd").isVisible()
    click(morning, "triageEndButton")
    assert shown(morning) == "Alpha"
    morning.key("e")
    morning.settle()
    with morning.library() as library:
        assert library.counts().inbox == 0


def test_escape_leaves_the_list_where_the_reader_stopped(morning: Bench) -> None:
    start(morning)
    widths = morning.window.frame.widths()
    morning.key("e")
    morning.key("j")
    morning.settle()
    morning.key(Qt.Key.Key_Escape)
    morning.settle()
    assert not morning.find("triageView").isVisible()
    assert morning.find("paperList").isVisible()
    assert morning.titles() == ["Beta", "Gamma", "Delta", "Epsilon"]
    assert morning.current() == "Gamma"
    assert shown(morning) == "Gamma"
    assert morning.window.frame.widths() == widths
    morning.key("e")  # the keys are the list's again
    morning.settle()
    assert morning.current() == "Delta"


def test_it_begins_at_the_paper_the_list_stands_at(morning: Bench) -> None:
    morning.window.pane.papers.select_row(2)
    start(morning)
    assert shown(morning) == "Gamma"


def test_enter_starts_reading_and_leaves_the_triage(morning: Bench) -> None:
    start(morning)
    morning.key(Qt.Key.Key_Return)
    morning.settle()
    assert not morning.find("triageView").isVisible()
    assert morning.find("listTitle").text() == "Reading"  # type: ignore[attr-defined]
    assert status(morning, "Alpha") is Status.READING


def test_from_up_next_it_goes_to_the_inbox(morning: Bench) -> None:
    morning.go("queue:next")
    start(morning)
    title = morning.find("triageTitle")
    assert isinstance(title, QLabel)
    assert title.text() == "Triage: Inbox"
    assert shown(morning) == "Alpha"


def test_this_list_is_gone_through_whatever_it_is(morning: Bench) -> None:
    morning.go("queue:next")
    morning.do("actionTriageList")
    assert shown(morning) == "Queued"


def test_a_search_is_gone_through_once_though_nothing_leaves_it(morning: Bench) -> None:
    morning.type("waves")
    morning.window.pane.papers.setFocus()
    order = morning.titles()
    start(morning)
    seen = []
    while shown(morning):
        seen.append(shown(morning))
        morning.key("e")
        morning.settle()
    assert seen == order
    assert left(morning) == "0 left"
    morning.key(Qt.Key.Key_Escape)
    morning.settle()
    assert len(morning.titles()) == 5  # archived papers are found all the same


def test_several_papers_that_are_selected_are_gone_through_alone(morning: Bench) -> None:
    morning.key("j")
    morning.key(Qt.Key.Key_Down, SHIFT)
    morning.settle()
    start(morning)
    assert (shown(morning), left(morning)) == ("Beta", "2 left")
    assert morning.find("selectedCount").text() == ""  # type: ignore[attr-defined]
    morning.key("e")
    morning.key("e")
    morning.settle()
    assert morning.find("triageEnd").isVisible()
    with morning.library() as library:
        assert library.counts().inbox == 3


def test_screen_reader_is_told_of_each_paper(morning: Bench) -> None:
    view = start(morning)
    assert "Alpha waves" in view.accessibleName()
    morning.key("e")
    assert "Beta waves" in view.accessibleName()
    assert "4 left" in view.accessibleName()


def test_empty_inbox_is_said_plainly(make_bench: Callable[[list[dict[str, object]]], Bench]) -> None:
    bench = make_bench([{"title": "Queued", "status": "next"}])
    bench.key(Qt.Key.Key_T, CTRL)
    bench.settle()
    assert bench.window.findChild(QWidget, "triageView") is None
    assert "nothing to go through" in bench.window.pane.toast.text()


def test_toast_lies_over_the_abstract_and_its_undo_works(morning: Bench) -> None:
    start(morning)
    morning.key("e")
    morning.settle()
    toast = morning.window.pane.toast
    assert toast.isVisible()
    click(morning, "undoButton")
    assert shown(morning) == "Alpha"
    assert status(morning, "Alpha") is Status.INBOX


def test_change_of_another_process_is_shown(morning: Bench) -> None:
    start(morning)
    with morning.library() as library:
        library.remove(library.search("title:Alpha").ids)
        library.correct(library.search("title:Beta").ids, title="Better")
    morning.qtbot.waitUntil(lambda: morning.window.idle(), timeout=3_000)
    morning.key("j")
    assert shown(morning) == "Better"


@pytest.mark.parametrize("keys", ["gu", "/"])
def test_going_elsewhere_leaves_it(morning: Bench, keys: str) -> None:
    start(morning)
    for key in keys:
        morning.key(key)
    morning.settle()
    assert not morning.find("triageView").isVisible()
    assert morning.find("paperList").isVisible()


def test_every_button_says_its_name_and_key(morning: Bench) -> None:
    view = start(morning)
    buttons = [b for b in view.findChildren(QAbstractButton) if b.objectName().startswith("triageKey")]
    assert len(buttons) >= 10
    assert all(b.accessibleName() and b.accessibleDescription() and b.toolTip() for b in buttons)


def test_nothing_is_cut_off_in_a_narrow_window(morning: Bench) -> None:
    start(morning)
    morning.window.resize(600, 500)
    morning.settle()
    view = morning.find("triageView")
    for button in view.findChildren(QAbstractButton):
        if button.isVisible() and button.objectName().startswith("triageKey"):
            assert button.width() >= button.sizeHint().width()
            assert view.rect().contains(button.mapTo(view, button.rect().bottomRight()))


def test_the_next_start_is_where_the_triage_was(morning: Bench) -> None:
    before = morning.window.frame.widths()
    start(morning)
    morning.key("j")
    morning.key("j")
    morning.window.close()
    morning.open()
    assert morning.current() == "Gamma"
    assert morning.window.frame.widths() == before


def test_theme_and_size_of_text_change_in_triage_too(morning: Bench) -> None:
    start(morning)
    size = morning.find("factsLabel").font().pixelSize()
    assert size == morning.window._switch.theme.px(15)  # larger than beside a list
    morning.do("actionThemeDark")
    assert morning.find("factsLabel").font().pixelSize() == size
    assert morning.window.grab().toImage().pixelColor(300, 60).name() == "#1d1e21"
    morning.do("actionLarger")
    assert morning.find("factsLabel").font().pixelSize() > size
    morning.key(Qt.Key.Key_Escape)
    morning.do("actionUsualSize")
    assert morning.find("factsLabel").font().pixelSize() == morning.window._switch.theme.px(13)
