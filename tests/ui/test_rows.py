"""What the models of small lists answer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from readinglist.ui.rows import ROW, RowModel


class _Words(RowModel[str]):
    """Words, of which long ones are told whole."""

    def text(self, row: str) -> str:
        return row[:5]

    def tip(self, row: str) -> str:
        return row if len(row) > 5 else ""


@pytest.fixture
def words(qapp: QObject) -> _Words:
    model = _Words(qapp)
    model.show_rows(["eel", "<b>herring</b>"])
    return model


def test_a_row_has_its_value_and_its_words(words: _Words) -> None:
    index = words.index(0, 0)
    assert (index.data(ROW), index.data()) == ("eel", "eel")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "eel"


def test_what_is_told_is_told_plainly_and_nothing_where_there_is_nothing(words: _Words) -> None:
    assert words.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) is None
    assert words.index(1, 0).data(Qt.ItemDataRole.ToolTipRole) == "<qt>&lt;b&gt;herring&lt;/b&gt;</qt>"


def test_it_keeps_to_the_rules_of_models(words: _Words, qtbot: QtBot) -> None:
    QAbstractItemModelTester(words, QAbstractItemModelTester.FailureReportingMode.Fatal)
    with qtbot.waitSignal(words.modelReset):
        words.show_rows(["cod"])
    assert words.rowCount() == 1
    assert words.data(words.createIndex(3, 0)) is None
