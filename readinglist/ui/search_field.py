"""Where one types a search, and the line that says what is wrong with it. Knows no library."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from readinglist.errors import QueryError
from readinglist.ui import icons
from readinglist.ui.editing_keys import keep_plain_keys
from readinglist.ui.keys import key_here
from readinglist.ui.labels import plain_label
from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.row_delegate import code_point, utf16
from readinglist.ui.save_bar import SaveBar
from readinglist.ui.search_completion import SearchCompletion
from readinglist.ui.theme import Theme
from readinglist.ui.wording import told


class SearchLine(QLineEdit):
    """A line that underlines a place in its text, and keeps the single keys while it is typed into."""

    went_down = Signal()
    escaped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.first_refusal: Callable[[QKeyEvent], bool] | None = None
        """Is offered every key, and says whether it took it."""
        self._place: tuple[int, int] | None = None
        self._colour = QColor()

    def mark_place(self, place: tuple[int, int] | None, colour: str) -> None:
        """Underline from one code point to another; None ends it."""
        self._place = place
        self._colour = QColor(colour)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Keep plain keys from the window's shortcuts (QObject)."""
        if keep_plain_keys(event):
            return True
        # Here and not in `keyPressEvent`: Tab does not get that far.
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and self.first_refusal is not None and self.first_refusal(cast(QKeyEvent, event)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down to the list, or clear with Escape (QWidget)."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.went_down.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, then the wave under the place (QWidget)."""
        super().paintEvent(event)
        if self._place is None:
            return
        start, end = self._place
        text, metrics = self.text(), QFontMetricsF(self.font())
        shown = self.cursorRect()
        cursor = shown.center().x() - metrics.horizontalAdvance(text[: code_point(text, self.cursorPosition())])
        left = cursor + metrics.horizontalAdvance(text[:start])
        right = max(left + 6, cursor + metrics.horizontalAdvance(text[:end]))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(QRectF(shown).adjusted(-1e4, 0, 1e4, 4).intersected(QRectF(self.contentsRect())))
        painter.setPen(QPen(self._colour, 1.6))
        y = shown.center().y() + metrics.height() / 2 + 1.0
        x, up = left, True
        while x < right:
            step = min(3.0, right - x)
            painter.drawLine(QPointF(x, y if up else y + 2), QPointF(x + step, y + 2 if up else y))
            x, up = x + step, not up
        painter.end()


class SearchField(QWidget):
    """The search line with its hint, and under it the problem of the query, if it has one."""

    query_changed = Signal(str)
    """What is typed now; told once for a burst of keys, and whether it is another than before or not.

    It may have been told before and something else been asked since, as by going to another list.
    """

    went_down = Signal()

    save_asked = Signal()
    """The button that saves the search was clicked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = SearchLine(self)
        self.line.setObjectName("searchField")
        self.line.setAccessibleName(self.tr("Search papers and notes"))
        self.line.setMaxLength(2000)
        self._icon = QAction(icons.icon("search", theme.faint), self.tr("Search"), self.line)
        self.line.addAction(self._icon, QLineEdit.ActionPosition.LeadingPosition)
        self._key = plain_label(self.line, "/")
        self._key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._clear = QToolButton(self.line)
        self._clear.setObjectName("clearSearchButton")
        self._clear.setAccessibleName(self.tr("Clear the search"))
        self._clear.setToolTip(self.tr("Clear the search (Esc)"))
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.clicked.connect(self.clear)
        self._save = QToolButton(self.line)
        self._save.setObjectName("bookmarkButton")
        self._save.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._save.setCursor(Qt.CursorShape.ArrowCursor)
        self._save.clicked.connect(self.save_asked)
        self._saved: Mapping[str, str] = {}
        self._shown_as: str | None = None
        self._save_key = ""
        self.save_bar = SaveBar(theme, self)
        self.save_bar.left.connect(self.line.setFocus)
        self.completion = SearchCompletion(self.line, theme)
        self.completion.closed.connect(self._on_completion_closed)
        self._later: QueryError | None = None
        self.has_problem = True  # so that the line begins by showing that it has none
        self.line.first_refusal = self._take_key
        self._below = QWidget(self)
        self._problem = plain_label(self._below, name="searchProblem", wraps=True)
        self._problem.setAccessibleName(self.tr("Problem with the search"))
        self._suggestion = QToolButton(self._below)
        self._suggestion.setObjectName("searchSuggestion")
        self._suggestion.setAccessibleName(self.tr("Search for the suggestion instead"))
        key = key_here(self.tr("Ctrl+Enter"))
        self._suggestion.setToolTip(self.tr("Search for this instead ({key})").format(key=key))
        self._suggestion.setAutoRaise(True)
        self._suggestion.clicked.connect(self.take_suggestion)
        self._offer: tuple[int, int, str] | None = None
        self._theme = theme
        self._hints: tuple[str, ...] = (self.tr("Search"),)
        self._coalesce = QTimer(self)
        self._coalesce.setSingleShot(True)
        self._coalesce.setInterval(0)
        self._coalesce.timeout.connect(self._tell)
        self.line.textChanged.connect(self._on_text_changed)
        self.line.went_down.connect(self.went_down)
        self.line.escaped.connect(self._on_escaped)
        self._build()
        self.show_problem(None)
        self.set_theme(theme)
        self._place_key()

    def _build(self) -> None:
        below = QHBoxLayout(self._below)
        below.setContentsMargins(2, 5, 2, 0)
        below.setSpacing(8)
        below.addWidget(self._problem, 1)
        below.addWidget(self._suggestion, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addWidget(self._below)
        column.addWidget(self.save_bar)
        for after in (self.save_bar.last_stop, self.save_bar.save_button, self.save_bar.name, self._suggestion):
            QWidget.setTabOrder(self.line, after)

    @property
    def last_stop(self) -> QWidget:
        """Return the last widget of the field that Tab goes to."""
        return self.save_bar.last_stop

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = theme
        px = theme.px
        self.line.setFixedHeight(px(34))
        self.line.setFont(theme.font(13))
        self.line.setStyleSheet(
            f"QLineEdit {{ border: 1px solid {theme.line}; border-radius: {px(8)}px; background: {theme.read};"
            f" color: {theme.text}; padding: 0 {px(56)}px 0 {px(6)}px; selection-background-color: {theme.acc};"
            f" selection-color: {theme.acctext}; }}"
            f"QLineEdit:focus {{ border: 1px solid {theme.acc}; }}"
        )
        self._icon.setIcon(icons.icon("search", theme.faint, px(16)))
        self._key.setFont(theme.font(11, QFont.Weight.Medium))
        self._key.setStyleSheet(
            f"color: {theme.faint}; background: {theme.side}; border: 1px solid {theme.line}; border-radius: {px(4)}px;"
        )
        self._clear.setIcon(icons.icon("x", theme.sub, px(14)))
        self._clear.setIconSize(QSize(px(14), px(14)))
        for button in (self._clear, self._save):
            button.setStyleSheet("QToolButton { border: 0; background: transparent; }")
        self._save.setIconSize(QSize(px(15), px(15)))
        self.save_bar.set_theme(theme)
        self.completion.set_theme(theme)
        self._draw_saved(self.saved_as())
        self._problem.setFont(theme.font(12))
        self._problem.setStyleSheet(f"color: {theme.danger};")
        self._suggestion.setFont(theme.font(12, QFont.Weight.DemiBold))
        self._suggestion.setStyleSheet(
            f"QToolButton {{ border: 0; color: {theme.acc}; padding: 0 {px(4)}px; }}"
            f"QToolButton:hover, QToolButton:focus {{ background: {theme.hover}; border-radius: {px(4)}px; }}"
        )
        self._place_key()

    def text(self) -> str:
        """Return what is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put a query into the line, as if it had been typed."""
        self.line.setText(text)

    def set_count(self, papers: int) -> None:
        """Say in the empty line how many papers there are to search."""
        self._hints = (self.tr("Search %Ln papers and notes", "", papers), self.tr("Search"))
        self._show_hint()

    def _show_hint(self) -> None:
        """Say in the empty line what it is for, in as many words as there is room for."""
        room, metrics = self.line.width() - self._theme.px(34 + 62), self.line.fontMetrics()
        fitting = [hint for hint in self._hints if metrics.horizontalAdvance(hint) <= room]
        self.line.setPlaceholderText(next(iter(fitting), self._hints[-1]))

    def set_key(self, key: str) -> None:
        """Say in the empty line which key leads here; longer ones have no room."""
        self._key.setText(key if len(key) <= 2 else "")
        self._place_key()

    def focus(self) -> None:
        """Put the cursor into the line, with what stands there selected."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def clear(self) -> None:
        """Empty the line."""
        self.line.clear()

    # -- saved searches ---------------------------------------------------------------------------

    def set_saved(self, saved: Mapping[str, str]) -> None:
        """Take the saved searches, queries by name: what is typed may be one of them."""
        self._saved = saved
        self.save_bar.set_saved(saved)
        self._show_saved()

    def ask_name(self, name: str, *, editing: str | None = None) -> None:
        """Ask under which name to save what is typed, beginning with `name`; see `SaveBar.open`."""
        self.completion.close()
        self.save_bar.open(name, editing=editing)
        if editing is None:
            self.save_bar.focus()

    def saved_as(self) -> str | None:
        """Return the name under which what is typed is saved, or None."""
        typed = self.line.text().strip()
        return next((name for name, query in self._saved.items() if typed and query == typed), None)

    def set_save_key(self, key: str) -> None:
        """Take the key of saving, to be told of beside the button."""
        self._save_key = key
        self._draw_saved(self.saved_as())

    def _show_saved(self) -> None:
        name = self.saved_as()
        if name != self._shown_as:  # at each letter
            self._draw_saved(name)

    def _draw_saved(self, name: str | None) -> None:
        self._shown_as = name
        theme = self._theme
        colour = theme.acc if name else theme.sub
        self._save.setIcon(icons.icon("bookmark", colour, theme.px(15), filled=name is not None))
        words = self.tr("Saved as “{name}”").format(name=name) if name else self.tr("Save this search")
        self._save.setAccessibleName(words)
        self._save.setToolTip(tooltip_text(f"{words} ({self._save_key})" if self._save_key else words))

    @property
    def settled(self) -> bool:
        """Return False while something typed has not been told yet."""
        return not self._coalesce.isActive()

    # -- what is wrong ----------------------------------------------------------------------------

    def show_problem(self, problem: QueryError | None) -> None:
        """Mark the place of a query's error and say what it is; None: there is none.

        While completions of that very place are shown, the reader is on the way to a sound query and is left alone.
        """
        if problem is None and not self.has_problem:
            return
        self._later = None
        self.has_problem = problem is not None
        if problem is not None and self.completion.completes(problem.end):
            self._later, problem = problem, None
        self._place_key()
        self._below.setVisible(problem is not None)
        self._problem.setVisible(problem is not None)
        self._offer = None
        self._suggestion.hide()
        if problem is None:
            self.line.mark_place(None, "#000000")
            self.line.setAccessibleDescription("")
            self._problem.setText("")
            return
        if self._problem.text() != told(problem):
            self.completion.announce(told(problem))
        self._problem.setText(told(problem))
        self.line.setAccessibleDescription(told(problem))
        self.line.mark_place((problem.start, problem.end), self._theme.danger)
        if problem.suggestion is not None:
            self._offer = (problem.start, problem.end, problem.suggestion)
            words = (
                self.tr("Use {text}").format(text=problem.suggestion) if problem.suggestion else self.tr("Remove it")
            )
            self._suggestion.setText(words)
            self._suggestion.setAccessibleName(words)
            self._suggestion.show()
        self._fit_problem()

    def _fit_problem(self) -> None:
        """Give the problem as many lines as it takes: a layout in a layout forgets that height depends on width."""
        beside = self._suggestion.sizeHint().width() + 8 if not self._suggestion.isHidden() else 0
        self._problem.setMinimumHeight(max(0, self._problem.heightForWidth(max(80, self.width() - 4 - beside))))

    def take_suggestion(self) -> None:
        """Put what is offered in the place of what is wrong, as one step that the line can undo."""
        if self._offer is None:
            return
        start, end, suggestion = self._offer
        text = self.line.text()
        first = utf16(text, start)
        self.line.setFocus()
        self.line.home(False)  # what was typed so far is one step of undo, and this another
        self.line.setSelection(first, utf16(text, end) - first)
        self.line.insert(suggestion)

    def _on_completion_closed(self) -> None:
        if self._later is not None and self._later.query == self.line.text():
            self.show_problem(self._later)

    def _take_key(self, event: QKeyEvent) -> bool:
        if self.completion.take_key(event):
            return True
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._offer is not None:
            self.take_suggestion()
            return True
        return False

    def _on_text_changed(self) -> None:
        self._coalesce.start()
        self._place_key()
        self._show_saved()

    def _tell(self) -> None:
        self.query_changed.emit(self.line.text())

    def _on_escaped(self) -> None:
        if self.save_bar.isVisible():
            self.save_bar.close_bar()
        elif self.line.text():
            self.clear()
        else:
            self.went_down.emit()

    def _place_key(self) -> None:
        px = self._theme.px
        typed = bool(self.line.text())
        self._key.setVisible(not typed and bool(self._key.text()))
        self._clear.setVisible(typed)
        self._save.setVisible(bool(self.line.text().strip()) and not self.has_problem)
        x, y = self.line.width() - px(31), (self.line.height() - px(20)) // 2
        self._key.setGeometry(x, y, px(20), px(20))
        self._clear.setGeometry(x - px(1), y - px(1), px(22), px(22))
        self._save.setGeometry(x - px(25), y - px(1), px(22), px(22))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the hint at the end of the line (QWidget)."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.completion.close()
            self._fit_problem()
            self._show_hint()
        if (layout := self.layout()) is not None:
            layout.activate()
        self._place_key()
