"""Tag several papers at once: a small sheet with the tags they share. Knows no library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from readinglist.paper import PaperId
from readinglist.ui.overlay import Sheet
from readinglist.ui.reader_events import TagsEdited
from readinglist.ui.tag_editor import TagEditor
from readinglist.ui.tag_offers import KnownTag
from readinglist.ui.theme import Theme

_ALL_OF_THEM = PaperId(-2)


@dataclass(frozen=True, slots=True)
class TagsForMany:
    """Tags to add to and take from several papers."""

    ids: tuple[PaperId, ...]
    added: frozenset[str]
    removed: frozenset[str]


class TagSheet(Sheet):
    """Shows the tags all the papers have; what is changed there is done to all of them on Enter."""

    accepted = Signal(object)
    """A `TagsForMany`."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, card_width=440, card_height=190)
        self.setObjectName("tagSheet")
        self.setAccessibleName(self.tr("Tags of several papers"))
        self._ids: tuple[PaperId, ...] = ()
        self._before: frozenset[str] = frozenset()
        self._tags: frozenset[str] = frozenset()
        self._colours: Mapping[str, str] = {}
        self._title = QLabel(self)
        self._words = QLabel(self.tr("Shown are the tags they all have. What you change here is done to each."), self)
        self._words.setWordWrap(True)
        for label in (self._title, self._words):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.tag_editor = TagEditor(theme, self)
        self.tag_editor.setObjectName("sheetTagEditor")
        self.tag_editor.tags_changed.connect(self._on_tags_changed)
        self._done = QPushButton(self.tr("Tag them"), self)
        self._done.setObjectName("tagSheetDone")
        self._done.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._done)
        self.body.setContentsMargins(22, 18, 22, 16)
        self.body.setSpacing(8)
        self.body.addWidget(self._title)
        self.body.addWidget(self._words)
        self.body.addWidget(self.tag_editor)
        self.body.addStretch(1)
        self.body.addLayout(buttons)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        super().set_theme(theme)
        px = theme.px
        self._title.setFont(theme.font(16, QFont.Weight.DemiBold))
        self._title.setStyleSheet(f"color: {theme.text};")
        self._words.setFont(theme.font(12))
        self._words.setStyleSheet(f"color: {theme.sub};")
        self._done.setFont(theme.font(13, QFont.Weight.Medium))
        self._done.setStyleSheet(
            f"QPushButton {{ background: {theme.acc}; color: {theme.acctext}; border: 2px solid {theme.acc};"
            f" border-radius: {px(8)}px; padding: {px(5)}px {px(14)}px; }}"
            f"QPushButton:focus {{ border: 2px solid {theme.text}; }}"
        )
        self.tag_editor.set_theme(theme)
        self.tag_editor.setFixedHeight(self.tag_editor.height_for(10_000))

    def show_tags(
        self,
        ids: Sequence[PaperId],
        shared: frozenset[str],
        known_tags: Sequence[KnownTag],
        colours: Mapping[str, str],
    ) -> None:
        """Open for these papers, which have the tags `shared` in common."""
        self._ids = tuple(ids)
        self._before = self._tags = shared
        self._colours = colours
        self._title.setText(self.tr("Tags of %Ln papers", "", len(ids)))
        self.tag_editor.set_known_tags(known_tags)
        self.tag_editor.show_tags(_ALL_OF_THEM, shared, colours)
        self.open_sheet(self._done)
        self.tag_editor.start()

    def accept(self) -> None:
        """Tell what is to be done, and close."""
        self.tag_editor.leave()
        added, removed = self._tags - self._before, self._before - self._tags
        self.close_sheet()
        if added or removed:
            self.accepted.emit(TagsForMany(self._ids, added, removed))

    def _on_tags_changed(self, edit: TagsEdited) -> None:
        self._tags = (self._tags | edit.added) - edit.removed
        self.tag_editor.show_tags(_ALL_OF_THEM, self._tags, self._colours)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do it at Enter, leave it at Escape (QWidget)."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
            return
        super().keyPressEvent(event)
