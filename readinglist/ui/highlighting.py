"""Joins the abstract and the list of its highlights: a selected passage becomes one, and each leads to its passage."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel

from readinglist.paper import COLOURS, Paper
from readinglist.ui.abstract_view import AbstractView
from readinglist.ui.highlight_list import HighlightList
from readinglist.ui.reader_events import HighlightEdited, HighlightMade

HINT_MS = 6_000


class Highlighting(QObject):
    """Tells what the reader wants done; the list, its title and the hint are shown while there is need of them."""

    requested = Signal(object)
    """HighlightMade."""
    removed = Signal(str)
    """The id of a highlight."""
    edited = Signal(object)
    """HighlightEdited."""
    rearranged = Signal()
    """The hint has come or gone."""

    def __init__(
        self, abstract: AbstractView, listed: HighlightList, title: QLabel, hint: QLabel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._abstract = abstract
        self._list = listed
        self._title = title
        self._hint = hint
        self._paper: Paper | None = None
        self._colour = COLOURS[0]
        self._key = ""
        self._hint_over = QTimer(self)
        self._hint_over.setSingleShot(True)
        self._hint_over.setInterval(HINT_MS)
        self._hint_over.timeout.connect(self.hide_hint)
        abstract.highlight_wanted.connect(self._highlight)
        abstract.highlight_removed.connect(self.removed)
        abstract.highlight_recoloured.connect(listed.recolour)
        abstract.highlight_clicked.connect(listed.go_to)
        listed.jump_wanted.connect(self._jump_to)
        listed.removed.connect(self.removed)
        listed.edited.connect(self._on_edited)

    def show_key(self, key: str) -> None:
        """Take the key that highlights, as the hint is to name it; "" for none."""
        self._key = key

    def show_paper(self, paper: Paper | None) -> None:
        """Show the highlights of a paper; a comment being typed on another one's is told of first."""
        if paper is None or self._paper is None or paper.id != self._paper.id:
            self._list.finish_comment()
            self.hide_hint()
        self._paper = paper
        if paper is not None:
            self._list.show_highlights(paper.highlights)
            for part in (self._title, self._list):
                part.setVisible(bool(paper.highlights))

    def highlight_selection(self) -> bool:
        """Highlight what is selected in the abstract; with nothing selected say how, and return False."""
        if self._paper is not None and self._abstract.selected() is not None:
            self._highlight(self._colour)
            return True
        if self._paper is not None and not self._abstract.isHidden():
            self._abstract.setFocus(Qt.FocusReason.OtherFocusReason)
            self._hint.setText(self._how_to())
            self._hint.show()
            self._hint_over.start()
            self.rearranged.emit()
        return False

    def hide_hint(self) -> None:
        """Say no longer how to highlight."""
        if not self._hint.isHidden():
            self._hint.hide()
            self.rearranged.emit()

    def _how_to(self) -> str:
        if not self._key:
            return self.tr("Select a passage with the mouse, or with Shift and the arrow keys; then highlight it.")
        words = self.tr("Select a passage with the mouse, or with Shift and the arrow keys; then press {key}.")
        return words.format(key=self._key)

    def _highlight(self, colour: str) -> None:
        passage = self._abstract.selected()
        if self._paper is None or passage is None:
            return
        self._colour = colour
        start, end = passage
        self._abstract.clear_selection()
        same = next((h for h in self._paper.highlights if (h.start, h.end) == passage), None)
        if same is not None:
            self._list.go_to(same.id)
            self._list.recolour(same.id, colour)
            return
        quote = self._abstract.passage(start, end)
        self.requested.emit(HighlightMade(self._paper.id, quote, start, colour, None))

    def _on_edited(self, edit: HighlightEdited) -> None:
        self._colour = edit.colour
        self.edited.emit(edit)

    def _jump_to(self, hid: str) -> None:
        highlights = self._paper.highlights if self._paper is not None else ()
        found = next((highlight for highlight in highlights if highlight.id == hid), None)
        if found is not None and found.start is not None and found.end is not None:
            self._abstract.select(found.start, found.end)
            self._abstract.setFocus(Qt.FocusReason.MouseFocusReason)
