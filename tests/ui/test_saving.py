"""Exporting a list to a file."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from readinglist.errors import ReadingListError
from readinglist.library import Library
from readinglist.progress import Cancelled, Silent
from readinglist.ui.saving import write_papers

if TYPE_CHECKING:
    from tests.ui.conftest import Bench


class Impatient:
    """A progress that stops the work at its second step."""

    def __init__(self) -> None:
        self.steps = 0

    def step(self, done: int, total: int | None, text: str = "") -> None:
        self.steps += 1
        if self.steps > 1:
            raise Cancelled


def test_the_window_does_not_import_the_formats_itself(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    formats = Library.export_formats

    def noted() -> object:
        asked.append(threading.current_thread() is threading.main_thread())
        return formats()

    monkeypatch.setattr(Library, "export_formats", staticmethod(noted))
    bench.do("actionExport")
    assert asked == [False]
    dialog = bench.window._arrivals.saving._dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()


def test_the_list_that_is_shown_is_written(bench: Bench, tmp_path: Path) -> None:
    bench.go("queue:next")
    bench.window._arrivals._export()
    bench.settle()
    dialog = bench.window._arrivals.saving._dialog
    assert dialog is not None
    dialog.close()
    bench.window._arrivals.saving.save_as(str(tmp_path / "next.json"))
    bench.settle()
    papers = json.loads((tmp_path / "next.json").read_text(encoding="utf-8"))
    assert [paper["title"].split()[0] for paper in papers] == ["Four", "Ropes", "Knots"]
    assert "3 papers" in bench.window.pane.toast.text()


def test_every_format_can_be_chosen_and_is_what_is_written(bench: Bench, tmp_path: Path) -> None:
    bench.window._arrivals._export()
    bench.settle()
    saving = bench.window._arrivals.saving
    dialog = saving._dialog
    assert dialog is not None
    filters = dialog.nameFilters()
    assert len(filters) == len(saving._library.export_formats())
    assert filters[0] == "JSON (*.json)"
    dialog.selectNameFilter("HTML page (*.html)")
    saving._on_filter_selected("HTML page (*.html)")
    assert dialog.defaultSuffix() == "html"
    saving._on_file_selected(str(tmp_path / "list.html"))
    dialog.close()
    bench.settle()
    assert (tmp_path / "list.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_ending_that_is_typed_goes_before_the_format_that_is_chosen(bench: Bench, tmp_path: Path) -> None:
    bench.window._arrivals._export()
    bench.settle()
    saving = bench.window._arrivals.saving
    assert saving._dialog is not None
    saving._dialog.selectNameFilter("JSON (*.json)")
    saving._on_file_selected(str(tmp_path / "mine.bib"))
    saving._dialog.close()
    bench.settle()
    assert (tmp_path / "mine.bib").read_text(encoding="utf-8").count("@article") >= 1


def test_a_folder_is_written_and_what_was_edited_is_left(bench: Bench, tmp_path: Path) -> None:
    with bench.library() as library:
        (chosen,) = (each for each in library.export_formats() if each.is_folder)
        assert write_papers(library, "", tmp_path / "papers", Silent(), chosen) == 6
        file = next((tmp_path / "papers").iterdir())
        file.write_text("---\n" + file.read_text(encoding="utf-8").removeprefix("---\n") + "Edited.", encoding="utf-8")
        assert write_papers(library, "", tmp_path / "papers", Silent(), chosen) == 5


def test_lines_are_written_for_jsonl(bench: Bench, tmp_path: Path) -> None:
    with bench.library() as library:
        assert write_papers(library, "", tmp_path / "all.jsonl", Silent()) == 6
    assert len((tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()) == 6


def test_a_stopped_export_leaves_what_was_there(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    file.write_text("before")
    with bench.library() as library, pytest.raises(Cancelled):
        write_papers(library, "", file, Impatient())
    assert [path.name for path in tmp_path.glob("*all*")] == ["all.jsonl"]
    assert file.read_text() == "before"


def test_a_folder_that_is_not_there_is_said_plainly(folder: Path, tmp_path: Path) -> None:
    with Library.open(folder) as library, pytest.raises(ReadingListError, match="cannot be written"):
        write_papers(library, "", tmp_path / "no" / "all.json", Silent())
