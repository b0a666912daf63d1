"""Completion while a query is typed: when to offer what, and which keys move in it and take it.

The popup opens by itself where a word begins a field (two letters) or stands after a field's colon. Plain words are
left alone until Ctrl+Space asks. Enter takes a row only when one is chosen, so that it still leads to the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from readinglist.query.complete import Completion, complete, completed
from readinglist.query.fields import FIELDS, Kind
from readinglist.text.words import fold
from readinglist.ui.completing import Completing, Offer
from readinglist.ui.row_delegate import code_point, utf16
from readinglist.ui.theme import Theme

if TYPE_CHECKING:
    from readinglist.ui.search_popup import SearchPopup

_LETTERS_OF_A_FIELD = 2
_ASKING = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.MetaModifier)
"""With Space. On macOS the second is the key Ctrl; ⌘ and Space, the first, are the system's."""
_NARROWEST_PX = 300


class SearchCompletion(QObject):
    """The popup of one line."""

    announced = Signal(str)
    """What a screen reader is told: how much is offered, and the row that is chosen."""

    closed = Signal()
    """The popup is gone, whatever for."""

    def __init__(self, line: QLineEdit, theme: Theme) -> None:
        super().__init__(line)
        self._line = line
        self._theme = theme
        self._source: Completing | None = None
        self._popup: SearchPopup | None = None
        self._found: Completion | None = None
        self._asked = False
        self._closed_at: int | None = None
        self._looked_at: tuple[str, int] | None = None
        self._taking = False
        line.installEventFilter(self)
        line.textEdited.connect(self._on_edited)
        line.textChanged.connect(self._on_changed)
        line.cursorPositionChanged.connect(self._on_cursor_moved)

    def set_source(self, source: Completing) -> None:
        """Take offers from here."""
        self._source = source
        source.names_read.connect(self._on_names_read)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = theme
        if self._popup is not None:
            self._popup.set_theme(theme)

    @property
    def offers(self) -> list[Offer]:
        """Return what is offered now; empty while the popup is closed."""
        return list(self._popup.offers) if self._popup is not None else []

    def completes(self, place: int) -> bool:
        """Say whether what is offered would stand at `place`, a code point of the text."""
        return bool(self.offers) and self._found is not None and self._found.start <= place <= self._found.end

    def close(self) -> None:
        """Close the popup."""
        self._asked = False
        self._hide()

    def _hide(self) -> None:
        if self._popup is not None and self._popup.isVisible():
            self._popup.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close when the line is left (QObject)."""
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.close()
        return False

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means for the popup; say whether it meant something."""
        key, modifiers = event.key(), event.modifiers()
        if key == Qt.Key.Key_Space and modifiers in _ASKING:
            self._closed_at = None
            self._offer(asked=True)
            return True
        popup = self._popup
        plain = modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if popup is None or not popup.isVisible() or not plain:
            return False
        match key:
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                popup.step(1 if key == Qt.Key.Key_Down else -1)
                chosen = popup.current()
                self.announce(chosen.spoken if chosen is not None else self._line.text())
            case Qt.Key.Key_Tab:
                self._take(popup.current() or popup.offers[0])
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if popup.current() is not None:
                self._take(popup.current() or popup.offers[0])
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.close()
                return False
            case Qt.Key.Key_Escape:
                self._closed_at = self._found.start if self._found is not None else None
                self.close()
            case _:
                return False
        return True

    # -- what happens to the line -----------------------------------------------------------------

    def _on_edited(self) -> None:
        self._offer(asked=self._asked)

    def _on_changed(self) -> None:
        # Also told of before `textEdited` of the same key; a text that was put there is not being typed.
        if not self._taking and not (self._line.isModified() and self._line.text()):
            self._closed_at = None
            self.close()

    def _on_cursor_moved(self, _old: int, _new: int) -> None:
        if self.offers and not self._taking and self._looked_at != (self._line.text(), self._line.cursorPosition()):
            self._offer(asked=self._asked)

    def _on_names_read(self, field: str) -> None:
        found = self._found
        waiting = found is not None and (found.field == field or self._asked)
        if waiting and self._line.hasFocus() and self._line.text():
            chosen = self._popup.current() if self._popup is not None and self._popup.isVisible() else None
            if chosen is None:  # a row that was chosen stays where it is
                self._offer(asked=self._asked)

    # -- offering and taking ----------------------------------------------------------------------

    def _offer(self, *, asked: bool) -> None:
        if self._source is None or self._line.hasSelectedText():
            return self.close()
        text = self._line.text()
        self._looked_at = (text, self._line.cursorPosition())
        found = complete(text, code_point(text, self._line.cursorPosition()))
        if found.start != self._closed_at:
            self._closed_at = None
        if self._found is not None and found.start != self._found.start:
            asked = asked and not self._asked  # asked for one word, not for all that follow
        self._found = found
        offers = self._source.offers(found, asked=asked)
        typed = fold(found.typed)
        begun = found.kind == "value" or len(found.typed) >= _LETTERS_OF_A_FIELD
        done = [fold(offer.shown) for offer in offers] == [typed]
        if self._closed_at is not None or not offers or not (asked or (begun and not done)):
            self._asked = asked and self._closed_at is None
            self._hide()
            return None
        self._asked = asked
        self._show(offers, select=asked or self._is_unfinished(found, offers))
        return None

    def _is_unfinished(self, found: Completion, offers: list[Offer]) -> bool:
        """Say whether what is typed is no value yet, so that Enter can only mean the first row."""
        if found.field is None or not found.typed or FIELDS[found.field].kind in (Kind.TEXT, Kind.DATE):
            return False
        return all(fold(offer.shown) != fold(found.typed) for offer in offers)

    def _show(self, offers: list[Offer], *, select: bool) -> None:
        window = self._line.window()
        if self._popup is None or self._popup.parentWidget() is not window:
            from readinglist.ui.search_popup import SearchPopup

            self._popup = SearchPopup(self._theme, window)
            self._popup.chosen.connect(self._take)
        popup = self._popup
        opened = not popup.isVisible()
        corner = self._line.mapTo(window, QPoint(0, self._line.height() + 3))
        popup.show_offers(offers, corner, max(self._theme.px(_NARROWEST_PX), self._line.width()), select=select)
        chosen = popup.current()
        if chosen is not None:
            self.announce(chosen.spoken)
        elif opened:
            words = self.tr("%Ln completions, Tab takes {first}", "", len(offers))
            self.announce(words.format(first=offers[0].spoken))

    def _take(self, offer: Offer) -> None:
        """Put an offer in the place of what is typed, as one step that the line can undo."""
        if self._found is None:
            return
        line, found = self._line, self._found
        before = line.text()
        after, cursor = completed(before, found, offer.text)
        start, end = utf16(before, found.start), utf16(before, found.end)
        self._taking = True
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.home(False)  # what was typed so far is one step of undo, and this another
        line.setSelection(start, end - start)
        line.insert(after[found.start : len(after) - len(before[found.end :])])
        line.setCursorPosition(utf16(after, cursor))
        self._taking = False
        self.close()
        self.announce(offer.shown)
        if found.kind == "field":
            self._offer(asked=False)

    def announce(self, words: str) -> None:
        """Say something to a screen reader, which hears nothing of what happens outside the line."""
        self.announced.emit(words)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._line, words))
