"""Taking papers in: preview, progress, cancel, one at a time."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from readinglist.library import Preview, Source
from readinglist.ui.importing import Importing, said
from readinglist.ui.status_line import WorkShown

if TYPE_CHECKING:
    from tests.ui.conftest import Bench


def importing(bench: Bench) -> Importing:
    return bench.window._arrivals.importing


def lines(count: int) -> Source:
    papers = [{"title": f"Invented paper number {n}", "abstract": "Text."} for n in range(count)]
    return Source("many.jsonl", data="\n".join(map(json.dumps, papers)).encode())


def test_cancelling_an_import_takes_nothing_in(bench: Bench) -> None:
    shown: list[WorkShown] = []
    importing(bench).work_changed.connect(shown.append)
    importing(bench)._import([lines(20_000)], "many.jsonl", None, ())
    bench.qtbot.waitUntil(lambda: any(s.work is not None and s.work.step.done for s in shown), timeout=10_000)
    assert bench.find("progressBar").isVisible()
    button = bench.find("cancelButton")
    assert isinstance(button, QAbstractButton)
    button.click()
    bench.settle()
    with bench.library() as library:
        assert library.counts().total == 6
    assert "stopped" in bench.window.pane.toast.text()
    assert not bench.find("progressBar").isVisible()


def test_the_window_goes_on_while_a_preview_is_read(bench: Bench) -> None:
    previews: list[Preview] = []
    importing(bench).previewed.connect(previews.append)
    importing(bench).preview([lines(3_000)], "many.jsonl")
    bench.key("j")
    assert importing(bench).busy
    bench.settle()
    assert previews[0].report.added == 3_000


def test_a_second_import_while_one_runs_is_refused_in_words(bench: Bench) -> None:
    gate = threading.Event()
    bench.window.lanes.background.run(lambda _: gate.wait(5))
    importing(bench).preview([lines(1)], "one")
    importing(bench).preview([lines(2)], "two")
    assert "One import at a time" in bench.window.pane.toast.text()
    gate.set()
    bench.settle()


def test_a_folder_and_nothing_are_refused_in_words(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    importing(bench).take_paths([tmp_path / "other"])
    bench.settle()
    assert "no Markdown files of papers in this folder" in bench.window.pane.toast.text()
    assert not importing(bench).take_mime(QMimeData(), "the clipboard")
    distant = QMimeData()
    distant.setUrls([QUrl("https://example.org/page")])
    assert not importing(bench).take_mime(distant, "the dropped text")


def test_papers_go_where_the_reader_chose(bench: Bench) -> None:
    from readinglist.ui.reader_events import ImportChoice

    bench.go("queue:next")
    importing(bench).preview([lines(2)], "two")
    bench.settle()
    bench.window.sheets.import_sheet.close_sheet()
    importing(bench).accept(ImportChoice("next", ("fresh",)))
    bench.settle()
    assert bench.titles() == ["Four", "Ropes", "Knots", "Invented", "Invented"]
    with bench.library() as library:
        assert library.search("tag:fresh is:next", limit=0).total == 2


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((82, 0, 0, 0), "Added 82 papers"),
        ((1, 0, 3, 0), "Added 1 paper · 3 already here"),
        ((0, 2, 80, 1), "Nothing new · 2 filled in · 80 already here · 1 could not be taken"),
        ((1_240, 0, 0, 0), "Added 1,240 papers"),
    ],
)
def test_a_report_is_said_in_a_line(bench: Bench, counts: tuple[int, int, int, int], words: str) -> None:
    from readinglist.library import ImportReport

    added, updated, unchanged, failed = counts
    report = ImportReport(sum(counts), added, updated, unchanged, failed, [], 1, 0.1)
    assert said(report) == words


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("https://arxiv.org/abs/2401.00001v2", "arXiv:2401.00001"),
        ("https://huggingface.co/papers/2401.00001", "arXiv:2401.00001"),
        ("https://doi.org/10.1000/182", "doi:10.1000/182"),
    ],
)
def test_a_link_to_a_paper_is_a_paper(bench: Bench, address: str, title: str) -> None:
    link = QMimeData()
    link.setUrls([QUrl(address)])
    link.setText(address)
    previews: list[Preview] = []
    importing(bench).previewed.connect(previews.append)
    assert importing(bench).take_mime(link, "the dropped text")
    bench.settle()
    assert [item.title for item in previews[0].items] == [title]


def test_a_file_that_vanishes_after_the_preview_is_said_and_nothing_is_taken(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "papers.jsonl"
    file.write_text('{"title": "Here and gone"}')
    importing(bench).take_paths([file])
    bench.settle()
    file.unlink()
    bench.key(Qt.Key.Key_Return)
    bench.settle()
    assert bench.window.pane.toast.text() == "papers.jsonl: there is no such file"
    with bench.library() as library:
        assert library.counts().total == 6


def test_the_dialog_for_files_may_change_none(bench: Bench) -> None:
    bench.window.actions_by_name["actionImport"].trigger()
    dialog = bench.find("importDialog")
    assert isinstance(dialog, QFileDialog)
    assert dialog.testOption(QFileDialog.Option.ReadOnly)
    dialog.reject()
    bench.settle()
