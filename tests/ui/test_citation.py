"""Copying references from the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication

from readinglist.paper import Author, Paper
from readinglist.progress import Silent
from readinglist.ui.citation import STYLES, cited

if TYPE_CHECKING:
    from tests.ui.conftest import Bench


@pytest.mark.parametrize("action", sorted(STYLES))
def test_every_action_copies_a_reference(bench: Bench, action: str) -> None:
    QGuiApplication.clipboard().clear()
    bench.do(action)
    copied = QGuiApplication.clipboard().text()
    assert bench.current().lower() in copied.lower().replace("{", "").replace("}", "")
    assert copied.startswith("@") == (action == "actionCopyBibtex")


def test_several_papers_are_copied_a_line_each(bench: Bench) -> None:
    bench.do("actionSelectAll")
    bench.do("actionCopyIeee")
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == len(bench.titles())


def test_styles_differ_and_formats_serve_as_styles() -> None:
    paper = Paper("On Lists", authors=(Author("Ada Bo", "Bo"),), year=2020)
    assert cited([paper], "apa", Silent()) == ["Bo, A. (2020). On Lists."]
    assert cited([paper], "ris", Silent())[0].startswith("TY  - ")


def test_what_the_reader_wrote_is_not_copied() -> None:
    paper = Paper("On Lists", year=2020, note="mine", tags=frozenset({"secret"}), starred=True, abstract="Long.")
    (text,) = cited([paper], "bibtex", Silent())
    assert text.startswith("@")
    assert text.endswith("}")
    assert not any(word in text for word in ("mine", "secret", "rank", "Long", "%"))
