"""The first run: what is in a choice lies within it, whatever the width."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton

from tests.ui.conftest import Bench


@pytest.mark.parametrize("width", [560, 1000, 1440])
def test_the_words_of_a_choice_lie_within_it(empty_bench: Bench, width: int) -> None:
    empty_bench.window.resize(width, 800)
    empty_bench.settle()
    choices = empty_bench.window.welcome.findChildren(QToolButton)
    assert len(choices) == 3
    for choice in choices:
        for label in choice.findChildren(QLabel):
            assert choice.rect().contains(label.geometry()), f"{choice.objectName()}: {label.text()}"


def test_a_page_opens_also_where_there_are_no_papers_yet(empty_bench: Bench) -> None:
    window = empty_bench.window
    empty_bench.do("actionGoFeeds")
    page = empty_bench.find("feedsView")
    assert page.isVisible()
    empty_bench.window.feeds.add("arxiv:cs.CL")
    empty_bench.settle()
    assert page.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    empty_bench.settle()
    assert window.welcome.isVisible()
    empty_bench.go("view:all")
    assert window.welcome.isVisible()
