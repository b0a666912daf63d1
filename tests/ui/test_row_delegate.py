"""A row as it is painted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QColor, QImage, QPainter, QStandardItemModel
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from readinglist.paper import Paper, PaperId
from readinglist.query.marks import Snippet
from readinglist.query.parse import parse
from readinglist.ui.row_delegate import RowDelegate, utf16
from readinglist.ui.theme import DARK, LIGHT, Theme, load_fonts

PAPER = Paper(
    "Lighthouses and fog",
    id=PaperId(1),
    abstract="We watch a lighthouse.\n\nThen fog comes.",
    added="2020-01-01T00:00:00Z",
)
WIDTH = 404


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    load_fonts()


def delegate(paper: Paper | None, theme: Theme = LIGHT) -> RowDelegate:
    return RowDelegate(lambda _row: paper, theme)


def painted(made: RowDelegate, *, selected: bool = False) -> QImage:
    """Return the row as it is painted on the list's ground."""
    image = QImage(WIDTH, made.height(0, WIDTH), QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.list))
    model = QStandardItemModel(1, 1)
    index: QModelIndex = model.index(0, 0)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, image.width(), image.height())
    option.state = QStyle.StateFlag.State_Enabled
    if selected:
        option.state |= QStyle.StateFlag.State_Selected
    painter = QPainter(image)
    made.paint(painter, option, index)
    painter.end()
    return image


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_a_title_of_one_line_takes_85_pixels_of_two_104() -> None:
    assert delegate(PAPER).height(0, WIDTH) == 85
    assert delegate(replace(PAPER, title="Lighthouses and fog " * 9)).height(0, WIDTH) == 104
    assert delegate(replace(PAPER, title="x" * 5_000)).height(0, WIDTH) == 104


def test_a_paper_that_is_gone_is_an_empty_row() -> None:
    made = delegate(None)
    assert made.height(0, WIDTH) == 85
    assert LIGHT.text not in colours(painted(made))


def test_the_passage_found_makes_the_row_higher_and_is_marked() -> None:
    made = delegate(PAPER)
    plain = painted(made)
    made.set_search(parse("fog").node, lambda _: Snippet("abstract", "Then fog comes.", [(5, 8)]))
    assert made.height(0, WIDTH) == 85 + 17 - 19
    assert LIGHT.mark.lower() in colours(painted(made))
    assert LIGHT.mark.lower() not in colours(plain)


def test_a_match_deep_in_a_long_passage_is_brought_into_sight() -> None:
    made = delegate(replace(PAPER, title="Nothing of the kind"))
    text = "word " * 300 + "fog at last"
    made.set_search(parse("fog").node, lambda _: Snippet("note", text, [(1500, 1503)]))
    assert LIGHT.mark.lower() in colours(painted(made))


def test_a_selected_row_lies_on_the_colour_of_the_selection() -> None:
    assert painted(delegate(PAPER), selected=True).pixelColor(200, 4).name() == LIGHT.sel.lower()


def test_a_new_paper_has_a_dot_and_a_starred_one_a_star() -> None:
    new = painted(delegate(replace(PAPER, added="2999-01-01T00:00:00Z")))
    assert LIGHT.acc.lower() in colours(new)
    assert LIGHT.acc.lower() not in colours(painted(delegate(PAPER)))
    assert LIGHT.star.lower() in colours(painted(delegate(replace(PAPER, starred=True))))


def test_tags_are_painted_in_their_colours_as_far_as_there_is_room() -> None:
    made = delegate(replace(PAPER, tags=frozenset({"sea", *(f"a rather long tag {n}" for n in range(30))})))
    made.set_tag_colours({f"a rather long tag {n}": "#ff0000" for n in range(30)} | {"sea": "#00ff00"})
    found = colours(painted(made))
    assert "#ff0000" in found
    assert "#00ff00" not in found


def test_any_text_can_be_painted() -> None:
    for title in ("", "\u202eback\nto\tfront\u2028", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 " * 40, "日本語" * 60, "e\u0301" * 900):
        made = delegate(replace(PAPER, title=title, tags=frozenset({title.strip()[:40] or "x"})), DARK)
        made.set_search(parse("fog").node, lambda _, t=title: Snippet("note", t, [(0, len(t))]))  # type: ignore[misc]
        assert not painted(made).isNull()


def test_a_row_in_a_search_also_speaks_the_passage() -> None:
    made = delegate(PAPER)
    made.set_search(parse("fog").node, lambda _: Snippet("abstract", "Then fog comes.", [(5, 8)]))
    assert made.spoken(PAPER).endswith("Then fog comes.")


def test_places_are_counted_as_qt_counts() -> None:
    assert [utf16("a𝔘b", place) for place in range(4)] == [0, 1, 3, 4]
