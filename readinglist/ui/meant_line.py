"""The line over the list that offers a query spelt otherwise. Knows no library."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.theme import Theme


class MeantLine(QWidget):
    """“Did you mean …?” Hidden while there is nothing to offer."""

    chosen = Signal(str)
    """The query the reader takes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("meantLine")
        self._query = ""
        self._label = QLabel(self.tr("Did you mean"), self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._button = _Link(self)
        self._button.setObjectName("meantButton")
        self._button.setAccessibleName(self.tr("Did you mean"))
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._button.setFlat(True)
        self._button.clicked.connect(self._on_clicked)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        self._row.addWidget(self._label)
        self._row.addWidget(self._button, 1)
        self.setFocusProxy(self._button)
        self.hide()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        px = theme.px
        self._row.setContentsMargins(px(18), px(8), px(10), 0)
        self._label.setFont(theme.font(13))
        self._button.setFont(theme.font(13, QFont.Weight.DemiBold))
        self.setStyleSheet(
            f"#meantLine QLabel {{ color: {theme.sub}; }}"
            f"#meantButton {{ color: {theme.acc}; background: transparent; text-align: left;"
            f" border: 1px solid transparent; border-radius: {px(5)}px; padding: {px(2)}px {px(5)}px; }}"
            "#meantButton:hover { text-decoration: underline; }"
            f"#meantButton:focus {{ border: 1px solid {theme.acc}; }}"
        )

    def show_query(self, query: str | None) -> None:
        """Offer a query; None: there is none."""
        self._query = query or ""
        if query:
            words = self.tr("Did you mean “{query}”?").format(query=query)
            self._button.setAccessibleName(words)
            self._button.setToolTip(tooltip_text(words))
            self._button.show_whole(query)
        self.setVisible(bool(query))

    def query(self) -> str:
        """Return the query that is offered, empty when there is none."""
        return self._query

    def _on_clicked(self) -> None:
        self.chosen.emit(self._query)


class _Link(QPushButton):
    """A button that gives way where its words are longer than the line, and is pressed with Enter too."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_whole(self, text: str) -> None:
        self._whole = " ".join(text.split())
        self._elide()

    def minimumSizeHint(self) -> QSize:
        """Return no width at all (QWidget)."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for (QWidget)."""
        super().resizeEvent(event)
        self._elide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter as with Space (QWidget)."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _elide(self) -> None:
        metrics = QFontMetrics(self.font())
        room = self.width() - 2 * metrics.averageCharWidth()
        shown = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
