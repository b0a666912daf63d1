"""The note on a paper: Markdown as its reader typed it, drawn formatted while it is not being written.

The text is only ever what was typed; the formatted view is made from it and never the other way round. A note is
told of 400 ms after the last key, every second while typing goes on, and on leaving; it counts as saved when the
library says so. What has not been saved stays here, also while another paper is shown. Knows no library.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from readinglist.paper import PaperId
from readinglist.text.clean import clean_text
from readinglist.ui.editing_keys import focused_widget, give_focus_back
from readinglist.ui.note_card import NoteCard
from readinglist.ui.plain_document import RENDERED_CHARS, is_renderable
from readinglist.ui.reader_events import NoteEdited
from readinglist.ui.theme import Theme

QUIET_MS = 400
LONGEST_MS = 1_000
"""With the half second after which a note goes to a file, and a slow disk's time, a crash loses two seconds at most."""
JUST_NOW_MS = 60_000
PREVIEW_MS = 120
"""So often the preview follows the typing; to draw one takes 25 ms at most."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A note that the library has not confirmed yet; `failed`: it has said that it could not save it."""

    text: str
    stretch: str
    failed: bool = False


class NoteEditor(NoteCard):
    """Shows a paper's note and lets it be written."""

    note_changed = Signal(object)
    """NoteEdited."""
    link_opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("noteEditor")
        self.setAccessibleName(self.tr("Note"))
        self._saved = ""
        self._stretch = ""
        self._dirty = False
        self._back_to: QWidget | None = None
        self._unsaved: dict[PaperId, _Draft] = {}
        self._view.edit_wanted.connect(self.start)
        self._view.link_opened.connect(self.link_opened)
        self._field.leave_wanted.connect(self.leave)
        self._field.left.connect(self._on_left)
        self._field.textChanged.connect(self._on_typed)
        self._field.filled.connect(self._relayout)
        self._again.clicked.connect(self._emit)
        self._quiet = self._timer(QUIET_MS, self.flush)
        self._drawing = self._timer(PREVIEW_MS, self._draw_preview)
        self._longest = self._timer(LONGEST_MS, self.flush)
        self._just_now = self._timer(JUST_NOW_MS, self._on_minute_passed)
        self.set_theme(theme)

    def _timer(self, interval_ms: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(slot)
        return timer

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        super().set_theme(theme)
        self._render()
        self._draw_preview()
        self._relayout()

    def show_note(self, paper_id: PaperId, note: str | None) -> None:
        """Show the note of a paper as the library has it; what the reader is typing is never replaced."""
        text = note or ""
        if paper_id != self._id:
            self.flush()
            self._close()
            self._id = paper_id
            self._begin(text)
            return
        draft = self._unsaved.get(paper_id)
        if self._dirty or draft is not None:
            if draft is not None and not self._dirty and _is_kept_as(draft.text, text):
                self.note_saved(paper_id, draft.text)
            return
        if text != self._saved and not (self._editing and _is_kept_as(self.text(), text)):
            self._saved = text
            self._fill(text)
            self._say_state("")

    def _begin(self, text: str) -> None:
        """Start with a paper: its note, or what was typed on it before and could not be saved."""
        draft = self._unsaved.get(self._id)
        self._saved = text
        self._dirty = draft is not None and draft.failed
        self._stretch = draft.stretch if draft is not None else ""
        self._set_banner("")
        self._just_now.stop()
        self._fill(text if draft is None else draft.text)
        self._say_state("" if draft is None else self.tr("Not saved yet"))

    def _fill(self, text: str) -> None:
        """Show a text; while writing the caret stays as near to where it was as can be."""
        self._text = text
        if self._editing:
            place = self._field.textCursor().position()
            self._field.show_text(self._text, place)
        self._render()
        self._relayout()

    def _render(self) -> None:
        if not self._editing:
            self._view.show_markdown(self._text, self._theme)

    def text(self) -> str:
        """Return the note as it stands on the screen."""
        return self._field.typed() if self._editing else self._text

    def set_preview(self, on: bool) -> None:
        """Show the note formatted while it is written, or not."""
        self._preview = on
        self._view.set_quiet(self._previewing)
        if self._editing:
            self._view.setVisible(on)
            if on:
                self._draw_preview()
            self.updateGeometry()
            self._relayout()

    def _draw_preview(self) -> None:
        """Show what has been typed formatted, unless that would hold up the typing."""
        if self._previewing:
            if self._field.document().characterCount() > RENDERED_CHARS or not is_renderable(self.text()):
                self._view.show_sentence(self.tr("This note is too long for a preview."))
            else:
                self._view.show_markdown(self.text(), self._theme)
            self._relayout()

    @property
    def settled(self) -> bool:
        """Return False while a long note is being put into the field."""
        return not (self._editing and self._field.filling)

    def unsaved(self) -> dict[PaperId, str]:
        """Return the notes that the library has not confirmed, by paper."""
        texts = {paper_id: draft.text for paper_id, draft in self._unsaved.items()}
        if self._dirty:
            texts[self._id] = self.text()
        return texts

    def forbid_writing(self) -> None:
        """Only show notes from now on."""
        self._forbidden = True
        self._show_hint()

    def start(self) -> None:
        """Begin writing, with the caret at the end."""
        if not self._id or self._forbidden:
            return
        if not self._editing:
            self._back_to = focused_widget(self)
            self._editing = True
            self._stretch = uuid.uuid4().hex
            self._view.set_quiet(self._preview)
            self._view.setVisible(self._preview)
            self._field.show()
            self._take_room()
            self._field.show_text(self._text, None)
            self._draw_preview()
            self._relayout()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take_room(self) -> None:
        """Let the parent give the width that is wanted now, before a text is laid out that may be long."""
        if (parent := self.parentWidget()) is not None:
            QApplication.sendEvent(parent, QEvent(QEvent.Type.LayoutRequest))

    def focus_note(self) -> None:
        """Put the focus on the note without beginning to write."""
        (self._field if self._editing else self._view).setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Stop writing, save, and go back to where the reader was."""
        if not self._editing:
            return
        back = self._back_to
        self.flush()
        self._close()
        if not give_focus_back(back):
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_left(self, elsewhere: bool) -> None:
        """Save when the focus goes; the field stays open where only the window has become inactive."""
        self.flush()
        if elsewhere:
            self._close()

    def _close(self) -> None:
        if not self._editing:
            return
        self._field.stop_filling()
        self._text = self._field.typed()
        self._editing = False
        self._back_to = None
        self._field.hide()
        self._field.empty()
        self._view.set_quiet(False)
        self._render()
        self._view.show()
        self.updateGeometry()
        self._relayout()

    def _on_typed(self) -> None:
        if self._field.filling:
            return
        if not self._dirty:
            self._dirty = True
            self._just_now.stop()
            self._say_state(self.tr("Markdown"))
        if not self._longest.isActive():  # also while a save that failed keeps it dirty
            self._longest.start()
        self._quiet.start()
        if self._preview and not self._drawing.isActive():
            self._drawing.start()
        self._relayout()

    def flush(self) -> None:
        """Tell of what was typed and not yet told."""
        self._field.type_held()
        self._quiet.stop()
        self._longest.stop()
        if self._dirty:
            self._emit()

    def _emit(self) -> None:
        text = self.text()
        self._dirty = False
        draft = self._unsaved.get(self._id)
        if draft is None and text == self._saved:
            self._say_state("")
            return
        if not self._stretch:
            self._stretch = uuid.uuid4().hex
        self._unsaved[self._id] = _Draft(text, self._stretch)
        self._say_state(self.tr("Saving…"))
        self.note_changed.emit(NoteEdited(self._id, text, self._stretch))

    def note_saved(self, paper_id: PaperId, text: str) -> None:
        """Take note that the library has `text`; what was typed since counts as unsaved still."""
        draft = self._unsaved.get(paper_id)
        if draft is not None and draft.text == text:
            del self._unsaved[paper_id]
        if paper_id != self._id:
            return
        self._saved = text
        if draft is not None and draft.text == text:
            self._set_banner("")
            if self._dirty and self.text() == text:
                self._dirty = False
            if not self._dirty:
                self._say_state(self.tr("Saved just now"), self._kind())
                self._just_now.start()

    def note_failed(self, paper_id: PaperId, message: str) -> None:
        """Take note that the library could not save; the text stays and `message` is shown over it."""
        draft = self._unsaved.get(paper_id)
        if draft is not None:
            self._unsaved[paper_id] = replace(draft, failed=True)
        if paper_id == self._id:
            self._dirty = True
            self._set_banner(message)
            self._say_state(self.tr("Not saved"))

    def retry(self) -> None:
        """Tell once more of the notes on other papers that could not be saved."""
        for paper_id, draft in list(self._unsaved.items()):
            if draft.failed and paper_id != self._id:
                self.note_changed.emit(NoteEdited(paper_id, draft.text, draft.stretch))

    def _on_minute_passed(self) -> None:
        if not self._dirty and self._id not in self._unsaved:
            self._say_state(self.tr("Saved"), self._kind())

    def _kind(self) -> str:
        """Return what the note is: Markdown, where it is too long for that as it was typed."""
        if self._editing or is_renderable(self._text):
            return self.tr("Markdown")
        return self.tr("too long to be shown formatted")

    def _say_state(self, text: str, kind: str = "") -> None:
        if not text and (self._editing or self._text):
            text = self._kind()
        self._head.say_state(text, kind)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin writing at a click on the card beside the text (QWidget)."""
        if event.position().y() > self._head_height() and event.button() == Qt.MouseButton.LeftButton:
            self.start()


def _is_kept_as(typed: str, kept: str) -> bool:
    """Say whether `kept` is what the library makes of `typed`: composed, without what is unsafe, blanks as nothing."""
    return kept in (typed, clean_text(typed)) or not (kept or typed.strip())
