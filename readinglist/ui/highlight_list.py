"""The highlights of a paper under its abstract: quote, comment, colour; jump, comment, recolour, remove.

One list view that paints its rows, however many there are. What the small signs in a row do by mouse, keys and the
context menu do as well. Knows no library: what the reader wants is told by signals.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QListView,
    QMenu,
    QWidget,
)

from readinglist.paper import COLOURS, Highlight
from readinglist.ui.editing_keys import keep_keys
from readinglist.ui.highlight_colours import add_colours
from readinglist.ui.highlight_rows import HighlightModel, HighlightPainter
from readinglist.ui.reader_events import HighlightEdited
from readinglist.ui.rows import Index, RowList
from readinglist.ui.theme import Theme

_ROW_KEYS = frozenset(
    key.value
    for key in (
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_1,
        Qt.Key.Key_2,
        Qt.Key.Key_3,
        Qt.Key.Key_4,
        Qt.Key.Key_5,
    )
)


_ROWS_AT_ONCE = 200
"""So many rows are laid out in one turn of the event loop."""


class HighlightList(RowList):
    """Shows all highlights of a paper, as high as it needs to be; its parent gives it its width and scrolls."""

    jump_wanted = Signal(str)
    """The id of the highlight to be shown in the abstract."""
    removed = Signal(str)
    edited = Signal(object)
    """HighlightEdited."""
    left = Signal()
    """The reader is done here (Esc)."""
    row_reached = Signal(QRect)
    """The row the reader has gone to, in the coordinates of this widget, should be in sight."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("highlightList", self.tr("Highlights"), parent)
        self.setAccessibleDescription(
            self.tr("Enter shows the place, F2 edits the comment, 1 to 5 set the colour, Delete removes")
        )
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)  # a machine may have made thousands
        self.setBatchSize(_ROWS_AT_ONCE)
        self._height: tuple[int, int] | None = None
        self.show_on_ground()
        self._model = HighlightModel(self)
        self._rows = HighlightPainter(theme, self)
        self._rows.comment_edited.connect(self._on_comment_edited)
        self._rows.rows_changed.connect(self._on_rows_changed)
        self.set_rows(self._model, self._rows)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self.finish_comment()  # its field is drawn in the colours that were
        self._height = None
        super().set_theme(theme)

    def _on_rows_changed(self) -> None:
        self._height = None
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

    def show_highlights(self, highlights: Sequence[Highlight]) -> None:
        """Show these highlights; the row at which the reader is stays, and so does a comment being typed."""
        if highlights == self._model.rows:
            return
        at = self.current()
        comment = self._comment_being_typed()
        self._height = None
        self._model.show_rows(highlights)
        row = next((row for row, h in enumerate(highlights) if at is not None and h.id == at.id), None)
        if row is not None:
            self.setCurrentIndex(self._model.index(row, 0))
            if comment is not None:
                self.edit(self._model.index(row, 0))
                self._set_comment_being_typed(comment)
        self.updateGeometry()

    def height_for(self, width: int) -> int:
        """Return the height of all rows at `width`."""
        if self._height is None or self._height[0] != width:
            self._height = width, sum(self._rows.row_height(highlight, width) for highlight in self._model.rows)
        return self._height[1]

    def currentChanged(  # noqa: N802 - Qt's name
        self, current: Index, previous: Index
    ) -> None:
        """Tell where the reader has gone (QAbstractItemView)."""
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus():
            self.row_reached.emit(self.visualRect(current))

    def current(self) -> Highlight | None:
        """Return the highlight at which the reader is."""
        row = self.currentIndex().row()
        return self._model.rows[row] if 0 <= row < len(self._model.rows) else None

    def go_to(self, hid: str) -> None:
        """Make the highlight with this id the current one."""
        for row, highlight in enumerate(self._model.rows):
            if highlight.id == hid:
                self.setCurrentIndex(self._model.index(row, 0))

    def edit_comment(self, hid: str) -> None:
        """Open the field for the comment of a highlight, or go on in it; another comment being typed is told."""
        field, at = self._comment_field(), self.current()
        if field is not None and at is not None and at.id == hid:
            field.setFocus()
            return
        self.finish_comment()
        self.go_to(hid)
        self.edit(self.currentIndex())

    def recolour(self, hid: str, colour: str) -> None:
        """Ask for another colour of a highlight."""
        highlight = next((h for h in self._model.rows if h.id == hid), None)
        if highlight is not None and highlight.colour != colour:
            self.edited.emit(HighlightEdited(hid, highlight.comment, colour))

    def _on_comment_edited(self, hid: str, text: str) -> None:
        highlight = next((h for h in self._model.rows if h.id == hid), None)
        if highlight is not None and (highlight.comment or "") != text:
            self.edited.emit(HighlightEdited(hid, text.strip() or None, highlight.colour))

    def finish_comment(self) -> None:
        """Tell of a comment being typed and close its field: the reader goes on to something else."""
        field, highlight = self._comment_field(), self.current()
        if field is not None and highlight is not None:
            text = field.text()
            self.closeEditor(field, QAbstractItemDelegate.EndEditHint.NoHint)
            self._on_comment_edited(highlight.id, text)

    def _comment_field(self) -> QLineEdit | None:
        field = self.indexWidget(self.currentIndex())
        return field if isinstance(field, QLineEdit) else None

    def _comment_being_typed(self) -> str | None:
        field = self._comment_field()
        return field.text() if field is not None and field.hasFocus() and field.isModified() else None

    def _set_comment_being_typed(self, text: str) -> None:
        field = self._comment_field()
        if field is not None:
            field.setText(text)
            field.setModified(True)

    def closeEditor(  # noqa: N802 - Qt's name
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        """Come back to the row, never on to the next one (QAbstractItemView)."""
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def event(self, event: QEvent) -> bool:
        """Keep the keys a row understands (QObject)."""
        return keep_keys(event, _ROW_KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the current highlight (QWidget)."""
        key = event.key()
        current = self.current()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif current is None:
            event.ignore()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.jump_wanted.emit(current.id)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(current.id)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_5 and not event.modifiers():
            self.recolour(current.id, COLOURS[key - Qt.Key.Key_1])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_F2):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Act on the sign that was clicked; elsewhere in a row jump to its place (QWidget)."""
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        highlight = self._model.rows[index.row()]
        sign = self._rows.sign_at(point, self.visualRect(index), highlight)
        if sign == 0:
            self.edit(index)
        elif sign == 1:
            menu = QMenu(self)
            chosen = highlight.id
            add_colours(menu, self._rows.theme, highlight.colour, lambda c: self.recolour(chosen, c))
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPosition().toPoint())
        elif sign == 2:
            self.removed.emit(highlight.id)
        else:
            self.jump_wanted.emit(highlight.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what is under the mouse, and say what a sign does (QWidget)."""
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        sign = None
        if index.isValid():
            highlight = self._model.rows[index.row()]
            sign = self._rows.sign_at(point, self.visualRect(index), highlight)
            self.update(index)
        said = ("", self.tr("Comment (F2)"), self.tr("Colour (1 to 5)"), self.tr("Remove (Delete)"))
        self.viewport().setToolTip(said[0 if sign is None else sign + 1])
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the parent (QWidget)."""
        event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a highlight (QWidget)."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        menu = self.context_menu(self._model.rows[index.row()])
        at = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def context_menu(self, highlight: Highlight) -> QMenu:
        """Return the menu for a highlight."""
        menu = QMenu(self)
        hid = highlight.id
        show = menu.addAction(self.tr("Show in the abstract"), lambda: self.jump_wanted.emit(hid))
        show.setEnabled(highlight.start is not None)
        menu.addAction(self.tr("Edit the comment"), lambda: self.edit_comment(hid))
        colours = menu.addMenu(self.tr("Colour"))
        add_colours(colours, self._rows.theme, highlight.colour, lambda c: self.recolour(hid, c))
        menu.addSeparator()
        menu.addAction(self.tr("Remove"), lambda: self.removed.emit(hid))
        return menu
