"""All keys and the search language on one sheet, made from the tables the program itself works by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QTextBrowser, QToolButton, QWidget

from readinglist.query.fields import HelpRow, help_rows
from readinglist.text.words import fold
from readinglist.ui.actions import Actions, menu_title, plain_text
from readinglist.ui.icons import icon
from readinglist.ui.keys import key_here
from readinglist.ui.labels import dress
from readinglist.ui.overlay import Sheet
from readinglist.ui.plain_document import SafeDocument
from readinglist.ui.theme import Theme
from readinglist.ui.wording import told

_SCROLL_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class KeySheet(Sheet):
    """Lies over the window; what is typed narrows it down."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, card_width=940, card_height=760)
        self.setObjectName("keySheet")
        self.card.setObjectName("keyCard")
        self.setAccessibleName(self.tr("Keys and search language"))
        self._drawn_narrow = False
        self._drawn: tuple[object, ...] = ()
        """What decided how the text on the sheet looks."""
        self._groups: list[tuple[str, list[tuple[str, str]]]] = []
        self._title = QLabel(self.tr("Keys and search"), self.card)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._filter = QLineEdit(self.card)
        self._filter.setObjectName("keyFilter")
        self._filter.setAccessibleName(self.tr("Find a key or a command"))
        self._filter.setPlaceholderText(self.tr("Find a key or a command"))
        self._filter.textChanged.connect(self._draw)
        self._filter.installEventFilter(self)
        self._close = QToolButton(self.card)
        self._close.setObjectName("keyClose")
        self._close.setAccessibleName(self.tr("Close"))
        self._close.setToolTip(self.tr("Close (Esc)"))
        self._close.clicked.connect(self.close_sheet)
        self._text = QTextBrowser(self.card)
        self._text.setObjectName("keyText")
        self._text.setAccessibleName(self.tr("Keys and search language"))
        self._text.setDocument(SafeDocument(self._text))
        self._text.setOpenLinks(False)
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        # There is always more than fits; a bar that comes when that is known has everything laid out once more.
        self._text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        head = QHBoxLayout()
        head.setContentsMargins(24, 18, 16, 12)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._filter)
        head.addWidget(self._close)
        self.body.addLayout(head)
        self.body.setContentsMargins(1, 1, 1, 12)
        self.body.addWidget(self._text, 1)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        super().set_theme(theme)
        dress(self._title, theme.font(20, QFont.Weight.DemiBold), theme.text)
        self._filter.setFont(theme.font(13))
        self._filter.setFixedSize(theme.px(260), theme.px(32))
        self._filter.setStyleSheet(
            f"QLineEdit{{border:1px solid {theme.line};border-radius:8px;padding:0 10px;"
            f"background:{theme.read};color:{theme.text}}}QLineEdit:focus{{border:2px solid {theme.acc}}}"
        )
        self._close.setIcon(icon("x", theme.sub, theme.px(17)))
        self._close.setStyleSheet(
            "QToolButton{border:2px solid transparent;border-radius:6px;padding:5px}"
            f"QToolButton:hover{{background:{theme.hover}}}QToolButton:focus{{border-color:{theme.acc}}}"
        )
        self._text.setStyleSheet(f"#keyText{{background:{theme.read};color:{theme.text};padding:0 14px 10px 24px}}")
        if self.isVisible():
            self._draw()

    def set_actions(self, actions: Actions) -> None:
        """Take the keys from these actions, in groups by their menu."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for row in actions.rows:
            action = actions[row.name]
            keys = [key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()]
            if keys:
                menu = menu_title(row.menu.partition("/")[0])
                groups.setdefault(menu, []).append(("   ".join(keys), plain_text(action).rstrip("…")))
        self._groups = list(groups.items())
        if self.isVisible():
            self._draw()

    def show_keys(self) -> None:
        """Open the sheet."""
        self._filter.clear()
        self.open_sheet(self._filter)
        self._text.verticalScrollBar().setValue(0)
        if self._drawn == self._deciding():
            return
        QTimer.singleShot(0, self, self._draw)  # in another turn of the event loop: the two together take too long

    def _draw(self) -> None:
        wanted = fold(self._filter.text().strip())
        known = (*self._groups, *self._editor_keys())
        groups = [(name, [row for row in rows if _agrees(wanted, *row)]) for name, rows in known]
        spoken = [replace(row, finds=told(row.finds)) for row in help_rows()]
        language = [row for row in spoken if _agrees(wanted, row.write, row.finds)]
        left = "".join(self._table(name, rows) for name, rows in groups if rows)
        right = self._language(language)
        if not left and not right:
            nothing = self.tr("Nothing here is called that.")
            left = f"<p>{escape(nothing)}</p>"
        self._text.document().setDefaultFont(self._theme.font(13))
        if self._is_narrow() or not left or not right:
            self._text.setHtml(left + right)
        else:
            self._text.setHtml(
                f"<table width='100%' cellspacing='0'><tr><td width='46%' valign='top'>{left}</td>"
                f"<td width='3%'></td><td width='51%' valign='top'>{right}</td></tr></table>"
            )
        self._drawn_narrow = self._is_narrow()
        self._drawn = self._deciding()

    def _deciding(self) -> tuple[object, ...]:
        return self._filter.text(), self._theme, self._is_narrow(), self._groups

    def _is_narrow(self) -> bool:
        return self.card.width() < self._theme.px(700)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put keys and language under each other where there is little room (QWidget)."""
        super().resizeEvent(event)
        if self._drawn_narrow != self._is_narrow():
            self._draw()

    def _editor_keys(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the keys that are no actions: those of the editors themselves."""
        groups = [
            (
                self.tr("In the search field"),
                [
                    (self.tr("Ctrl+Space"), self.tr("Complete the word: fields, tags, names")),
                    (self.tr("Tab"), self.tr("Take the first completion, or the chosen one")),
                    (self.tr("↓ ↑").replace(" ", "\u00a0"), self.tr("Choose another; else go to the list")),
                    (self.tr("Ctrl+Enter"), self.tr("Mend the error as suggested")),
                    (self.tr("Esc"), self.tr("Close the completions, then clear")),
                ],
            ),
            (
                self.tr("While editing tags"),
                [
                    (self.tr("Enter"), self.tr("Take the tag that is offered")),
                    (self.tr("Ctrl+Enter"), self.tr("Make a new tag")),
                    (self.tr("Backspace"), self.tr("Remove the last tag")),
                    (self.tr("Esc"), self.tr("Leave; also leaves a note")),
                ],
            ),
            (
                self.tr("In triage"),
                [
                    (self.tr("→ ↓"), self.tr("Skip the paper")),
                    (self.tr("← ↑"), self.tr("Back to the paper before")),
                    (self.tr("Esc"), self.tr("Leave; also leaves focus")),
                ],
            ),
            (
                self.tr("After Later"),
                [(self.tr("1 … 5").replace(" ", "\u00a0"), self.tr("Say when the paper comes back"))],
            ),
            (
                self.tr("In the list of highlights"),
                [
                    (self.tr("Enter"), self.tr("Show the place in the abstract")),
                    (self.tr("F2"), self.tr("Edit the comment")),
                    (self.tr("1 … 5").replace(" ", "\u00a0"), self.tr("Set the colour")),
                    (self.tr("Delete"), self.tr("Remove the highlight")),
                ],
            ),
        ]
        return [(name, [(key_here(keys), text) for keys, text in rows]) for name, rows in groups]

    def _table(self, name: str, rows: Sequence[tuple[str, str]]) -> str:
        lines = "".join(
            f"<tr><td width='68%' style='padding:3px 0'>{escape(text)}</td>"
            f"<td style='padding:3px 0'>{self._keys(keys)}</td></tr>"
            for keys, text in rows
        )
        return f"{self._heading(name)}<table width='100%' cellspacing='0'>{lines}</table>"

    def _language(self, rows: Sequence[HelpRow]) -> str:
        if not rows:
            return ""
        theme = self._theme
        lines = "".join(
            f"<tr><td width='46%' style='padding:3px 0;color:{theme.acc}'>{escape(row.write)}</td>"
            f"<td style='padding:3px 0'>{escape(row.finds)}</td></tr>"
            for row in rows
        )
        heading = self._heading(self.tr("Search"))
        return f"{heading}<table width='100%' cellspacing='0'>{lines}</table>"

    def _heading(self, name: str) -> str:
        px = self._theme.px(11)
        return (
            f"<p style='margin-top:14px;margin-bottom:4px;font-size:{px}px;font-weight:600;"
            f"color:{self._theme.faint}'>{escape(name)}</p>"
        )

    def _keys(self, keys: str) -> str:
        theme = self._theme
        return "&nbsp; ".join(
            f"<span style='background-color:{theme.chip};color:{theme.chiptext};font-weight:500'>"
            f"&nbsp;{escape(key).replace(' ', '&nbsp;')}&nbsp;</span>"
            for key in keys.split("   ")
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Scroll the sheet from the field (QObject)."""
        if (
            watched is self._filter
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _SCROLL_KEYS
        ):
            bar = self._text.verticalScrollBar()
            step = bar.singleStep() * 3 if event.key() in _SCROLL_KEYS[:2] else bar.pageStep()
            down = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown)
            bar.setValue(bar.value() + (step if down else -step))
            return True
        return super().eventFilter(watched, event)


def _agrees(wanted: str, *texts: str) -> bool:
    return not wanted or any(wanted in fold(text) for text in texts)
