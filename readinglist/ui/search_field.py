"""Where one types a search, and the line that says what is wrong with it. Knows no library."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from readinglist.errors import QueryError
from readinglist.ui import icons
from readinglist.ui.editing_keys import keep_plain_keys
from readinglist.ui.row_delegate import utf16
from readinglist.ui.theme import Theme


class SearchLine(QLineEdit):
    """A line that underlines a place in its text, and keeps the single keys while it is typed into."""

    went_down = Signal()
    escaped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
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
        cursor = shown.center().x() - metrics.horizontalAdvance(text[: self.cursorPosition()])
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
    """What is typed now; told once for a burst of keys."""

    went_down = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = SearchLine(self)
        self.line.setObjectName("searchField")
        self.line.setAccessibleName(self.tr("Search papers and notes"))
        self.line.setMaxLength(2000)
        self._icon = self.line.addAction(icons.icon("search", theme.faint), QLineEdit.ActionPosition.LeadingPosition)
        self._key = QLabel("/", self.line)
        self._key.setTextFormat(Qt.TextFormat.PlainText)
        self._key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._clear = QToolButton(self.line)
        self._clear.setObjectName("clearSearchButton")
        self._clear.setAccessibleName(self.tr("Clear the search"))
        self._clear.setToolTip(self.tr("Clear the search (Esc)"))
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.clicked.connect(self.clear)
        self._below = QWidget(self)
        self._problem = QLabel(self._below)
        self._problem.setObjectName("searchProblem")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.setAccessibleName(self.tr("Problem with the search"))
        self._suggestion = QToolButton(self._below)
        self._suggestion.setObjectName("searchSuggestion")
        self._suggestion.setAccessibleName(self.tr("Search for the suggestion instead"))
        self._suggestion.setToolTip(self.tr("Search for this instead"))
        self._suggestion.setAutoRaise(True)
        self._suggestion.clicked.connect(self._take_suggestion)
        self._offer: tuple[int, int, str] | None = None
        self._told = ""
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

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = theme
        px = theme.px
        self.line.setFixedHeight(px(34))
        self.line.setFont(theme.font(13))
        self.line.setStyleSheet(
            f"QLineEdit {{ border: 1px solid {theme.line}; border-radius: {px(8)}px; background: {theme.read};"
            f" color: {theme.text}; padding: 0 {px(32)}px 0 {px(6)}px; selection-background-color: {theme.acc};"
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
        self._clear.setStyleSheet("QToolButton { border: 0; background: transparent; }")
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
        number = self.locale().toString(papers)
        self.line.setPlaceholderText(
            self.tr("Search {number} papers and notes").format(number=number)
            if papers != 1
            else self.tr("Search 1 paper and its notes")
        )

    def focus(self) -> None:
        """Put the cursor into the line, with what stands there selected."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def clear(self) -> None:
        """Empty the line."""
        self.line.clear()

    @property
    def settled(self) -> bool:
        """Return False while something typed has not been told yet."""
        return not self._coalesce.isActive()

    def show_problem(self, problem: QueryError | None) -> None:
        """Mark the place of a query's error and say what it is; None: there is none."""
        self._below.setVisible(problem is not None)
        self._problem.setVisible(problem is not None)
        self._offer = None
        self._suggestion.hide()
        if problem is None:
            self.line.mark_place(None, "#000000")
            self._problem.setText("")
            return
        self._problem.setText(str(problem))
        self.line.mark_place((problem.start, problem.end), self._theme.danger)
        if problem.suggestion:
            self._offer = (problem.start, problem.end, problem.suggestion)
            self._suggestion.setText(problem.suggestion)
            self._suggestion.setAccessibleName(self.tr("Search for {text} instead").format(text=problem.suggestion))
            self._suggestion.show()

    def _take_suggestion(self) -> None:
        if self._offer is None:
            return
        start, end, suggestion = self._offer
        text = self.line.text()
        self.line.setText(text[:start] + suggestion + text[end:])
        self.line.setCursorPosition(utf16(self.line.text(), start + len(suggestion)))
        self.line.setFocus()

    def _on_text_changed(self) -> None:
        self._coalesce.start()
        self._place_key()

    def _tell(self) -> None:
        text = self.line.text()
        if text != self._told:
            self._told = text
            self.query_changed.emit(text)

    def _on_escaped(self) -> None:
        if self.line.text():
            self.clear()
        else:
            self.went_down.emit()

    def _place_key(self) -> None:
        px = self._theme.px
        typed = bool(self.line.text())
        self._key.setVisible(not typed)
        self._clear.setVisible(typed)
        x, y = self.line.width() - px(31), (self.line.height() - px(20)) // 2
        self._key.setGeometry(x, y, px(20), px(20))
        self._clear.setGeometry(x - px(1), y - px(1), px(22), px(22))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the hint at the end of the line (QWidget)."""
        super().resizeEvent(event)
        if (layout := self.layout()) is not None:
            layout.activate()
        self._place_key()
