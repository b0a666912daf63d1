"""The sheet of a note's versions: which there are, what each would change, one to take back. Knows no library."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QLabel, QPushButton, QTextEdit, QVBoxLayout, QWidget

from readinglist.library import NoteVersion
from readinglist.ui.differing import Kind, Piece
from readinglist.ui.labels import Role, tint
from readinglist.ui.note_parts import spacing
from readinglist.ui.plain_document import SafeDocument
from readinglist.ui.plain_sheet import PlainSheet
from readinglist.ui.theme import Theme
from readinglist.ui.version_list import VersionList

SHOWN_CHARS = 60_000
"""So much of a text is shown: more takes long to lay out."""

AROUND_CHARS = 400
"""So much of what is the same is left at each side of a change in a text that is too long."""

_STACKED_BELOW_PX = 880


class VersionSheet(PlainSheet):
    """Lists versions; asks how the one that is selected differs from the note as it is; tells which is wanted back."""

    comparison_asked = Signal(object, object)
    """The note as it is and a version, as text."""

    take_back_asked = Signal(object)
    """A `NoteVersion`."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, self.tr("Versions of the note"), card_width=980, card_height=620)
        self.setObjectName("versionSheet")
        self._now = ""
        self._can_write = True
        self._paper = ""
        self._pieces: Sequence[Piece] = ()
        self.list = VersionList(theme, self.card)
        self._text = _VersionText(self.card)
        self._summary = QLabel(self.card)
        self._summary.setObjectName("versionSummary")
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._summary.setWordWrap(True)
        self._compare = QCheckBox(self.tr("Show what differs from the note as it is now"), self.card)
        self._compare.setObjectName("versionCompare")
        self._compare.setChecked(True)
        self._leave = QPushButton(self.tr("Close"), self.card)
        self._take = QPushButton(self.tr("Take this version back"), self.card)
        self._middle = _Middle(theme, self.list, self._right())
        self.fill(self._middle, ("versionLeave", self._leave), ("versionTake", self._take))
        self.list.chosen.connect(self._on_chosen)
        self.list.itemActivated.connect(self._on_taken)
        self._compare.toggled.connect(self._on_chosen)
        self._leave.clicked.connect(self.close_sheet)
        self._take.clicked.connect(self._on_taken)
        self.set_theme(theme)

    def _right(self) -> QWidget:
        right = QWidget(self.card)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._compare)
        column.addWidget(self._text, 1)
        column.addWidget(self._summary)
        return right

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        super().set_theme(theme)
        self._middle.theme = theme
        self.list.set_theme(theme)
        self._text.set_theme(theme)
        self._compare.setFont(theme.font(13))
        palette = QPalette(theme.palette())
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.faint))  # Fusion makes the frame of the box of it
        palette.setColor(QPalette.ColorRole.Base, QColor(theme.read))
        self._compare.setPalette(palette)
        self._summary.setFont(theme.font(12))
        self._summary.setStyleSheet(f"color: {theme.sub};")
        self._draw()

    def show_looking(self, paper: str, *, can_write: bool) -> None:
        """Open the sheet while it is found out which versions the note on a paper has."""
        self._paper = paper
        self._can_write = can_write
        self.words.setText(paper)
        self._show([])
        self.open_sheet(self.list)

    def show_versions(self, versions: Sequence[NoteVersion]) -> None:
        """Show the versions, given the oldest first; the last one is the note as it is."""
        self._show(versions)
        if not versions:
            self.words.setText(self.tr("There has never been a note on {paper}.").format(paper=self._paper))
        elif len(versions) == 1:
            self.words.setText(self.tr("{paper} · there is no earlier version yet").format(paper=self._paper))

    def show_problem(self, why: str) -> None:
        """Say why there is nothing to be shown."""
        self.words.setText(why)

    def _show(self, versions: Sequence[NoteVersion]) -> None:
        self._now = versions[-1].text if versions else ""
        self.list.show_versions(versions)

    def _on_chosen(self) -> None:
        version = self.list.version()
        self._take.setEnabled(self._can_write and version is not None and version.text != self._now)
        self._pieces = ()
        if version is not None and self._compare.isChecked() and version.text != self._now:
            self._summary.clear()
            self._text.clear()
            self.comparison_asked.emit(self._now, version.text)
        else:
            self._pieces = [Piece(Kind.SAME, version.text)] if version is not None else []
            self._draw()

    def show_comparison(self, text: str, pieces: Sequence[Piece]) -> None:
        """Show what taking `text` back would change; another one may have been selected since."""
        version = self.list.version()
        if version is not None and version.text == text and self._compare.isChecked():
            self._pieces = pieces
            self._draw()

    def _draw(self) -> None:
        shown = shortened(self._pieces)
        self._text.show_pieces(shown)
        self._summary.setText(self._said(self.list.version()))
        self._text.setAccessibleDescription(self._summary.text())

    def _said(self, version: NoteVersion | None) -> str:
        if version is None:
            return ""
        if version.text == self._now:
            return self.tr("This is the note as it is now.")
        if not self._compare.isChecked():
            return "" if version.text else self.tr("There was no note then.")
        return self.tr("Underlined: would come back ({come}). Struck through: would go ({go}).").format(
            come=self._words(Kind.NEW), go=self._words(Kind.GONE)
        )

    def _words(self, kind: Kind) -> str:
        count = sum(len(piece.text.split()) for piece in self._pieces if piece.kind is kind)
        return self.tr("%Ln words", "", count)

    def _on_taken(self) -> None:
        version = self.list.version()
        if version is not None and self._take.isEnabled():
            self.close_sheet()
            self.take_back_asked.emit(version)


class _Middle(QWidget):
    """Two parts beside each other where there is room, else below each other."""

    def __init__(self, theme: Theme, left: QWidget, right: QWidget) -> None:
        super().__init__()
        self.theme = theme
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(14)
        self._layout.addWidget(left, 6)
        self._layout.addWidget(right, 5)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose how the parts lie (QWidget)."""
        super().resizeEvent(event)
        wide = event.size().width() >= self.theme.px(_STACKED_BELOW_PX)
        self._layout.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)


class _VersionText(QTextEdit):
    """A text that can be read, scrolled and copied, with what differs marked by more than colour."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("versionText")
        self.setAccessibleName(self.tr("Text of the version"))
        self.setDocument(SafeDocument(self))
        self.document().setDocumentMargin(10)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self._formats: dict[Kind, QTextCharFormat] = {}

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self.document().setDefaultFont(theme.reader_font(14))
        px = theme.px
        self.setStyleSheet(
            f"#versionText {{ background: {theme.list}; color: {theme.text}; border: 1px solid {theme.line};"
            f" border-radius: {px(8)}px; }}"
            f"#versionText:focus {{ border: 1px solid {theme.acc}; }}"
        )
        tint(
            self,
            (Role.Highlight, theme.acc),
            (Role.HighlightedText, theme.acctext),
        )
        same, gone, new = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        for changed, colour in ((gone, theme.highlights["pink"]), (new, theme.highlights["green"])):
            changed.setBackground(QColor(colour))
        gone.setFontStrikeOut(True)
        new.setFontUnderline(True)
        self._formats = {Kind.SAME: same, Kind.GONE: gone, Kind.NEW: new}

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show pieces of text, the first change in sight."""
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        first: int | None = None
        for kind, text in pieces:
            if kind is not Kind.SAME and first is None:
                first = cursor.position()
            cursor.insertText(text, self._formats[kind])
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing())
        cursor.endEditBlock()
        cursor.setPosition(first or 0)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()


def shortened(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with as much text as can be laid out at once, what is the same left out first."""
    if sum(len(piece.text) for piece in pieces) <= SHOWN_CHARS:
        return list(pieces)
    kept: list[Piece] = []
    room = SHOWN_CHARS
    for at, (kind, text) in enumerate(pieces):
        if kind is Kind.SAME and len(pieces) > 1 and len(text) > 2 * AROUND_CHARS:
            head = text[:AROUND_CHARS] if at else ""
            tail = text[-AROUND_CHARS:] if at + 1 < len(pieces) else ""
            text = f"{head}\n…\n{tail}"
        if len(text) > room:
            kept.append(Piece(kind, f"{text[:room]}\n…"))
            break
        kept.append(Piece(kind, text))
        room -= len(text)
    return kept
