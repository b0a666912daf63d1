"""The card a note lies on: title and state, the text, beside or below it the preview, and what went wrong.

Places and draws them; what is shown in them and what becomes of it is the editor's.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from readinglist.paper import PaperId
from readinglist.ui.actions import Actions, short_key_text
from readinglist.ui.labels import Role, dress, tint
from readinglist.ui.note_head import NoteHead
from readinglist.ui.note_parts import FONT_PX, NoteField, NoteView
from readinglist.ui.plain_document import height_at
from readinglist.ui.theme import Theme

GAP_PX = 28
BESIDE_PX = 560
"""From this width on text and preview lie side by side."""


class NoteCard(QWidget):
    """As high as it needs to be at the width its parent gives it.

    `page_height`, in pixels, is how much of it can be in sight; its parent sets it.
    """

    caret_moved = Signal(QRect)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._id = PaperId(0)
        self._text = ""
        self._editing = False
        self._forbidden = False
        self._preview = False
        self._key = ""
        self.page_height = 600
        self._head = NoteHead(self)
        self._view = NoteView(self)
        self._view.focus_shown.connect(self.update)
        self._field = NoteField(self)
        self._field.caret_moved.connect(self._on_caret)
        self._field.hide()
        self._banner = QLabel(self)
        self._banner.setObjectName("noteProblem")
        self._banner.setTextFormat(Qt.TextFormat.PlainText)
        self._banner.setWordWrap(True)
        self._again = QPushButton(self.tr("Try again"), self)
        self._again.setObjectName("noteRetry")
        self._again.setCursor(Qt.CursorShape.PointingHandCursor)
        self._banner.hide()
        self._again.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self._head.set_theme(theme)
        self._again.setFont(theme.font(12, QFont.Weight.Medium))
        self._field.document().setDefaultFont(theme.reader_font(FONT_PX))
        dress(self._banner, theme.font(12), theme.danger)
        for text in (self._view, self._field):
            text.setFont(theme.reader_font(FONT_PX))  # of what stands in an empty one
            tint(
                text,
                (Role.Text, theme.text),
                (Role.Highlight, theme.acc),
                (Role.HighlightedText, theme.acctext),
                (Role.Link, theme.acc),
                (Role.PlaceholderText, theme.faint),
            )
        self._again.setStyleSheet(
            f"QPushButton{{border:1px solid {theme.line};border-radius:6px;padding:2px 10px;"
            f"background:{theme.read};color:{theme.text}}}QPushButton:focus{{border:2px solid {theme.acc}}}"
        )
        hint = self.tr("Write a note. Markdown works: **bold**, *italic*, - list")
        self._field.setPlaceholderText(hint)
        self._show_hint()

    def set_actions(self, actions: Actions) -> None:
        """Take the actions for the buttons over the note."""
        self._head.set_actions(actions)
        self.show_keys_of(actions)

    def show_keys_of(self, actions: Actions) -> None:
        """Show the keys that these actions have now."""
        self._key = short_key_text(actions["actionNote"])
        self._show_hint()

    def _show_hint(self) -> None:
        hint = self.tr("Press {key} to write a note").format(key=self._key)
        if not self._key:
            hint = self.tr("Click to write a note")
        self._view.setPlaceholderText("" if self._forbidden else hint)

    @property
    def is_editing(self) -> bool:
        """Say whether the note is being written."""
        return self._editing

    @property
    def _previewing(self) -> bool:
        return self._editing and self._preview

    def _set_banner(self, message: str) -> None:
        self._banner.setText(message)
        self._banner.setVisible(bool(message))
        self._again.setVisible(bool(message))
        self._relayout()

    def tab_order(self) -> list[QWidget]:
        """Return what takes the focus in here, in order."""
        return [*self._head.tab_order(), self._view, self._field, self._again]

    def show_caret(self) -> None:
        """Tell where the caret is, while the note is being written."""
        self._field.tell_caret()

    def _on_caret(self, caret: QRect) -> None:
        self._follow_caret()
        self.caret_moved.emit(caret.translated(self._field.pos()))

    # Sizes, in pixels of the design: a line with title and state, then a card with the text.
    def _head_height(self) -> int:
        return self._head.sizeHint().height() + self._theme.px(5)

    def _inner(self, width: int) -> int:
        return max(40, width - 2 * self._theme.px(16))

    def width_in(self, column: int, room: int) -> int:
        """Return the width this takes where a column has `column` of `room` pixels: a preview lies beside the text."""
        return max(column, min(room, 2 * column)) if self._previewing else column

    def _panes(self, width: int) -> tuple[QRect, QRect, int]:
        """Return where text and preview lie below each other or side by side, from 0, and the height of both."""
        inner, gap = self._inner(width), self._theme.px(GAP_PX)
        if not self._previewing:
            lowest = self._theme.px(66 if self._editing else 20)
            text = self._field if self._editing else self._view
            pane = QRect(0, 0, inner, max(lowest, height_at(text.document(), inner) + 2))
            return pane, pane, pane.height()
        beside = inner >= self._theme.px(BESIDE_PX)
        each = (inner - gap) // 2 if beside else inner
        written = max(self._theme.px(66), height_at(self._field.document(), each) + 2)
        shown = max(self._theme.px(20), height_at(self._view.document(), each) + 2)
        if beside:
            return QRect(0, 0, each, written), QRect(inner - each, 0, each, shown), max(written, shown)
        return QRect(0, 0, each, written), QRect(0, written + gap, each, shown), written + gap + shown

    def _banner_height(self, width: int) -> int:
        if self._banner.isHidden():
            return 0
        room = self._inner(width) - self._again.sizeHint().width() - 12
        return max(self._banner.heightForWidth(room), self._again.sizeHint().height()) + self._theme.px(10)

    def height_for(self, width: int) -> int:
        """Return the height of everything at `width`."""
        card = self._panes(width)[2] + self._banner_height(width) + self._theme.px(24)
        return self._head_height() + card

    def _relayout(self) -> None:
        self._arrange()
        if self.height() != self.height_for(max(1, self.width())):
            self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the parts (QWidget)."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px = self._theme.px
        width = max(1, self.width())
        self._head.offer(versions=bool(self._id) and (self._editing or bool(self._text)), preview=self._editing)
        self._head.setGeometry(0, 0, width, self._head.sizeHint().height())
        y = self._text_top()
        inner = self._inner(width)
        if not self._banner.isHidden():
            button = self._again.sizeHint()
            height = self._banner_height(width)
            self._banner.setGeometry(px(16), y - height, inner - button.width() - 12, height - px(10))
            self._again.setGeometry(px(16) + inner - button.width(), y - height, button.width(), button.height())
        text, shown, _ = self._panes(width)
        self._field.setGeometry(text.translated(px(16), y))
        self._view.setGeometry(shown.translated(px(16), y))
        self._follow_caret()

    def _text_top(self) -> int:
        return self._head_height() + self._theme.px(13) + self._banner_height(max(1, self.width()))

    def _follow_caret(self) -> None:
        """Where a note is higher than what is in sight, keep the preview beside what is being written."""
        if not self._previewing or self._view.x() == self._field.x():
            return
        text, shown = self._field.geometry(), self._view.geometry()
        spare = text.height() - shown.height()
        if spare > 0 and text.height() > self.page_height:
            down = spare * self._field.cursorRect().center().y() // text.height()
            shown.moveTop(text.top() + min(spare, max(0, down)))
        else:
            shown.moveTop(text.top())
        self._view.setGeometry(shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card (QWidget)."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = self.rect().adjusted(1, self._head_height() + 1, -1, -1)
        strong = self._editing or self._view.strong_focus
        painter.setPen(QPen(QColor(self._theme.acc), 2) if strong else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.side))
        painter.drawRoundedRect(card, 10, 10)
        if self._previewing:
            half, top = self._theme.px(GAP_PX) // 2, self._text_top()
            painter.setPen(QPen(QColor(self._theme.line), 1))
            if self._view.x() > self._field.x():
                x = self._view.x() - half
                painter.drawLine(x, top, x, self.height() - self._theme.px(11))
            else:
                y = self._view.y() - half
                painter.drawLine(self._field.x(), y, self._field.geometry().right(), y)
        painter.end()
