"""What was recognised is shown before it is taken."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListView, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from readinglist.errors import Problem
from readinglist.library.reports import ImportReport, Preview, PreviewItem
from readinglist.paper import Paper, Status
from readinglist.ui.import_sheet import ImportSheet
from readinglist.ui.reader_events import ImportChoice
from readinglist.ui.theme import DARK, LIGHT

FILLED = {"new": (), "here": (), "filled": ("abstract", "doi", "keywords", "url")}
FAILED = Problem("failed", "page.txt", 112, "A title without an abstract.")


def preview(
    new: int = 82, here: int = 0, filled: int = 0, problems: tuple[Problem, ...] = (), status: Status = Status.INBOX
) -> Preview:
    """`here` counts those already there, `filled` those of them that would be filled in."""
    states = ["new"] * new + ["filled"] * filled + ["here"] * (here - filled)
    items = [
        PreviewItem(f"Paper {n} <img src=x>", state, Paper(f"Paper {n}", status=status), FILLED[state])
        for n, state in enumerate(states)
    ]
    failed = sum(problem.kind == "failed" for problem in problems)
    report = ImportReport(len(items) + failed, new, filled, here - filled, failed, list(problems), None, 0.1)
    return Preview(report, items[:1_000], ["Page of papers"])


class Bench:
    """A sheet over a window and what it told."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.window.resize(900, 700)
        self.sheet = ImportSheet(LIGHT, self.window)
        self.accepted: list[ImportChoice] = []
        self.cancelled: list[bool] = []
        self.sheet.accepted.connect(self.accepted.append)
        self.sheet.cancelled.connect(lambda: self.cancelled.append(True))
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def child(self, kind: type[Any], name: str) -> Any:
        found = self.sheet.findChild(kind, name)
        assert found is not None
        return found

    @property
    def summary(self) -> str:
        return str(self.child(QLabel, "importSummary").text())

    @property
    def add(self) -> QPushButton:
        button = self.child(QPushButton, "importAdd")
        assert isinstance(button, QPushButton)
        return button

    def said(self, row: int) -> str:
        model = self.child(QListView, "importList").model()
        return str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))

    def rows(self) -> int:
        return int(self.child(QListView, "importList").model().rowCount())


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


@pytest.mark.parametrize(
    ("shown", "summary", "button"),
    [
        (preview(82), "82 papers", "Add 82 papers"),
        (
            preview(79, 3, 2, (FAILED,)),
            "82 papers · 3 already here (2 would be filled in) · 1 could not be taken",
            "Add 79 papers",
        ),
        (preview(1), "1 paper", "Add 1 paper"),
        (preview(0, 82), "82 papers · all already here", "Nothing new"),
        (preview(0, 2, 1), "2 papers · all already here (1 would be filled in)", "Fill in 1 paper"),
        (preview(0, 0, 0, (FAILED,)), "0 papers · 1 could not be taken", "Nothing to add"),
        (preview(1_240), "1,240 papers", "Add 1,240 papers"),
    ],
)
def test_it_says_how_many_there_are(bench: Bench, shown: Preview, summary: str, button: str) -> None:
    bench.sheet.show_preview(shown)
    assert (bench.summary, bench.add.text()) == (summary, button)


def test_of_several_sources_a_problem_names_its_own(bench: Bench) -> None:
    bench.sheet.show_preview(replace(preview(1, problems=(FAILED,)), sources=2))
    assert bench.said(0) == "page.txt: A title without an abstract., line 112"


def test_problems_come_first_with_their_line_then_what_would_be_filled_in(bench: Bench) -> None:
    bench.sheet.show_preview(preview(1, 2, 1, (FAILED, Problem("notice", "page.txt", None, "Left out."))))
    assert [bench.said(row) for row in range(bench.rows())] == [
        "A title without an abstract., line 112",
        "Left out., Please note",
        "Paper 1 <img src=x>, Fills in: Abstract, DOI, Keywords, Address",
        "Paper 0 <img src=x>, New",
        "Paper 2 <img src=x>, Already here",
    ]


def test_what_is_beyond_the_preview_is_counted(bench: Bench) -> None:
    bench.sheet.show_preview(preview(1_240))
    assert bench.said(1_000) == "and 240 more"


def test_a_tooltip_does_not_render_a_title(bench: Bench) -> None:
    bench.sheet.show_preview(preview(1))
    model = bench.child(QListView, "importList").model()
    assert "<img" not in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_enter_adds_with_the_usual_choice(bench: Bench, qtbot: QtBot) -> None:
    bench.sheet.show_preview(preview())
    qtbot.keyClick(bench.window.focusWidget(), Qt.Key.Key_Return)
    assert bench.accepted == [ImportChoice("inbox", ())]
    assert bench.cancelled == []
    assert not bench.sheet.isVisible()


def test_escape_cancels(bench: Bench, qtbot: QtBot) -> None:
    bench.sheet.show_preview(preview())
    qtbot.keyClick(bench.window.focusWidget(), Qt.Key.Key_Escape)
    assert (bench.accepted, bench.cancelled) == ([], [True])


def test_enter_on_cancel_cancels(bench: Bench, qtbot: QtBot) -> None:
    bench.sheet.show_preview(preview())
    button = bench.child(QPushButton, "importCancel")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert (bench.accepted, bench.cancelled) == ([], [True])


def test_a_list_and_tags_are_chosen_by_keys(bench: Bench, qtbot: QtBot) -> None:
    bench.sheet.show_preview(preview())
    target = bench.child(QComboBox, "importTarget")
    target.setFocus()
    qtbot.keyClick(target, Qt.Key.Key_Down)
    bench.sheet.tag_editor.start()
    field = bench.child(QLineEdit, "tagField")
    for tag in ("nlp", "to cite"):
        qtbot.keyClicks(field, tag)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert bench.sheet.isVisible()
    qtbot.mouseClick(bench.add, Qt.MouseButton.LeftButton)
    assert bench.accepted == [ImportChoice("next", ("nlp", "to cite"))]


def test_tags_of_the_last_import_are_forgotten(bench: Bench, qtbot: QtBot) -> None:
    bench.sheet.show_preview(preview())
    bench.sheet.tag_editor.start()
    qtbot.keyClicks(bench.child(QLineEdit, "tagField"), "nlp")
    qtbot.keyClick(bench.child(QLineEdit, "tagField"), Qt.Key.Key_Return)
    bench.sheet.close_sheet()
    bench.sheet.show_preview(preview())
    bench.sheet.accept()
    assert bench.accepted == [ImportChoice("inbox", ())]


def test_papers_with_a_status_of_their_own_keep_it_unless_told(bench: Bench) -> None:
    bench.sheet.show_preview(preview(status=Status.READ))
    assert bench.child(QComboBox, "importTarget").currentText() == "As in the file"
    bench.sheet.accept()
    assert bench.accepted == [ImportChoice(None, ())]


def test_nothing_new_cannot_be_added(bench: Bench, qtbot: QtBot) -> None:
    bench.sheet.show_preview(preview(0, 82))
    assert not bench.add.isEnabled()
    bench.sheet.accept()
    assert bench.accepted == []
    assert bench.sheet.isVisible()
    qtbot.keyClick(bench.window.focusWidget(), Qt.Key.Key_Return)
    assert bench.cancelled == [True]


def test_a_click_beside_the_sheet_cancels(bench: Bench, qtbot: QtBot) -> None:
    bench.sheet.show_preview(preview())
    qtbot.mouseClick(bench.sheet, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert (bench.accepted, bench.cancelled) == ([], [True])


def test_it_is_drawn_in_both_themes_and_in_a_narrow_window(bench: Bench) -> None:
    bench.sheet.show_preview(preview(3, 2, 1, (FAILED,)))
    light = bench.window.grab().toImage()
    bench.sheet.set_theme(DARK)
    assert bench.window.grab().toImage() != light
    bench.window.resize(380, 500)
    card = bench.sheet.card
    assert all(card.rect().contains(b.geometry()) for b in (bench.add, bench.child(QPushButton, "importCancel")))
