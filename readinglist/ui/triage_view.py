"""One abstract at a time: how far one is above it, the keys below it, and a sentence at the end.

Shows what it is told, in the reader that is lent to it, and tells of nothing but its own buttons.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from readinglist.paper import Status
from readinglist.text.mathematics import as_text
from readinglist.ui.actions import Actions, key_text, plain_text, tooltip
from readinglist.ui.labels import plain_label
from readinglist.ui.later_popup import paint_key_cap
from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.theme import Theme
from readinglist.ui.triaging import Standing
from readinglist.ui.views import status_title, trash_title
from readinglist.ui.welcome import Emptiness, EmptyState

KEYS = (
    "actionToArchived",
    "actionToLater",
    "actionToNext",
    "actionToRead",
    "actionToInbox",
    "actionStar",
    "actionTag",
    "actionNote",
    "actionToReading",
    "actionPage",
    "actionPrevious",
    "actionNext",
)
WIDGET_KEYS = ("actionPage", "actionToReading", "actionTrash")
GIVEN = {
    Status.ARCHIVED: "actionToArchived",
    Status.LATER: "actionToLater",
    Status.NEXT: "actionToNext",
    Status.READ: "actionToRead",
    Status.INBOX: "actionToInbox",
}
AGAIN = "again"
_TITLE_PX = 280


class KeyButton(QAbstractButton):
    """A key with what it does under it; or beside it, in one line."""

    def __init__(
        self, action: QAction, name: str, parent: QWidget, *, in_line: bool = False, key: str | None = None
    ) -> None:
        """`key` is shown instead of the action's own."""
        super().__init__(parent)
        self._own_key = key
        self._action = action
        self._theme: Theme | None = None
        self._in_line = in_line
        self._lit = False
        self.setText(name)
        self.setObjectName(action.objectName().replace("action", "triageKey", 1))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(tooltip(self._action))
        self.setAccessibleName(plain_text(self._action))
        self.setAccessibleDescription(self._own_key or key_text(self._action))
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def set_lit(self, lit: bool) -> None:
        """Show whether this is what was done with the paper."""
        if lit != self._lit:
            self._lit = lit
            self.update()

    def _key(self) -> str:
        key = self._own_key or key_text(self._action)
        return "↵" if key in ("Return", "Enter") else key

    def _cap_width(self, theme: Theme) -> int:
        metrics = QFontMetrics(theme.font(11, QFont.Weight.DemiBold))
        return max(theme.px(22), metrics.horizontalAdvance(self._key()) + theme.px(10))

    def sizeHint(self) -> QSize:
        """Return the size of key and name (QWidget)."""
        theme = self._theme
        if theme is None:
            return QSize(48, 48)
        name = QFontMetrics(theme.font(12)).horizontalAdvance(self.text())
        if self._in_line:
            return QSize(self._cap_width(theme) + name + theme.px(22), theme.px(30))
        return QSize(max(self._cap_width(theme), name) + theme.px(10), theme.px(50))

    def minimumSizeHint(self) -> QSize:
        """Return the size of key and name: neither is cut off (QWidget)."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw key and name (QWidget)."""
        theme = self._theme
        if theme is None:
            return
        px = theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        lit = self.isDown() or self._lit
        if lit or self.underMouse() or self.hasFocus():
            painter.setPen(QPen(QColor(theme.acc), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.sel if lit else theme.hover))
            painter.drawRoundedRect(ground, px(8), px(8))
        key, cap = self._key(), self._cap_width(theme)
        if not self.isEnabled():
            painter.setOpacity(0.55)
        if self._in_line:
            paint_key_cap(painter, theme, QRectF(px(6), (self.height() - px(20)) / 2, cap, px(20)), key)
            place, how = QRectF(px(12) + cap, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter
        else:
            paint_key_cap(painter, theme, QRectF((self.width() - cap) / 2, px(5), cap, px(20)), key)
            place, how = QRectF(0, px(26), self.width(), px(20)), Qt.AlignmentFlag.AlignCenter
        painter.setFont(theme.font(12, QFont.Weight.DemiBold if self._lit else QFont.Weight.Normal))
        painter.setPen(QColor(theme.text if lit else theme.sub))
        painter.drawText(place, how, self.text())
        painter.end()


class TriageView(QWidget):
    """The page of triage. `lend` gives it the reader; it has the keys while no editor in it has them."""

    stepped = Signal(int)
    """On by so many papers; back when negative."""

    left = Signal()
    """Out of triage."""

    asked = Signal(str)
    """The name of an action, or `AGAIN`: what is offered at the end."""

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("triageView")
        self.setAccessibleName(self.tr("Triage"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = plain_label(self, name="triageTitle")
        self._left = plain_label(self, name="triageLeft")
        self._given = plain_label(self, name="triageGiven")
        self._bar = QProgressBar(self)
        self._bar.setObjectName("triageProgress")
        self._bar.setAccessibleName(self.tr("Progress of the triage"))
        self._bar.setTextVisible(False)
        self._undo = KeyButton(actions["actionUndo"], self.tr("Undo"), self, in_line=True)
        self._leave = KeyButton(actions["actionTriage"], self.tr("Leave"), self, in_line=True, key="Esc")
        self._pages = QStackedWidget(self)
        self._room = QWidget(self)
        self._room_column = QVBoxLayout(self._room)
        self._room_column.setContentsMargins(0, 0, 0, 0)
        self._end = EmptyState(theme, self, name="triageEnd")
        self._end.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._end.asked.connect(self.asked)
        self._pages.addWidget(self._room)
        self._pages.addWidget(self._end)
        self._keys = {
            name: KeyButton(actions[name], text, self) for name, text in zip(KEYS, self._names(), strict=True)
        }
        for name in WIDGET_KEYS:
            self.addAction(actions[name])
        self._lay_out()
        self.set_theme(theme)

    def _names(self) -> tuple[str, ...]:
        return (
            self.tr("Archive"),
            self.tr("Later"),
            self.tr("Up next"),
            self.tr("Read"),
            self.tr("Inbox"),
            self.tr("Star"),
            self.tr("Tags"),
            self.tr("Note"),
            self.tr("Start"),
            self.tr("Page"),
            self.tr("Back"),
            self.tr("Skip"),
        )

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addWidget(self._left)
        self._head.addWidget(self._bar)
        self._head.addWidget(self._given)
        self._head.addStretch(1)
        self._head.addWidget(self._undo)
        self._head.addWidget(self._leave)
        self._foot = QHBoxLayout()
        self._foot.addStretch(1)
        for button in self._keys.values():
            self._foot.addWidget(button)
        self._foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self._pages, 1)
        column.addLayout(self._foot)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = theme
        px = theme.px
        self._head.setContentsMargins(px(20), px(10), px(14), px(10))
        self._head.setSpacing(px(12))
        self._foot.setContentsMargins(px(6), px(6), px(6), px(8))
        self._foot.setSpacing(px(2))
        self._title.setFont(theme.font(15, QFont.Weight.DemiBold))
        self._left.setFont(theme.font(13))
        self._given.setFont(theme.font(13, QFont.Weight.DemiBold))
        self._bar.setFixedSize(px(140), px(6))
        self.setStyleSheet(
            f"#triageView {{ background: {theme.side}; }}"
            f"#triageTitle {{ color: {theme.text}; }} #triageLeft {{ color: {theme.sub}; }}"
            f"#triageGiven {{ color: {theme.acc}; }}"
            f"#triageEnd {{ background: {theme.read}; }}"
            f"#triageProgress {{ border: 0; border-radius: {px(3)}px; background: {theme.line}; }}"
            f"#triageProgress::chunk {{ border-radius: {px(3)}px; background: {theme.acc}; }}"
        )
        for button in (*self._keys.values(), self._undo, self._leave):
            button.set_theme(theme)
        self._end.set_theme(theme)

    def lend(self, reader: QWidget) -> None:
        """Take the reader in; whoever lent it takes it back."""
        self._room_column.addWidget(reader)
        reader.show()

    def show_standing(self, standing: Standing) -> None:
        """Show how far the reader is, and at the end what came of it; the paper itself is the reader's to show."""
        number = self.locale().toString
        title = self.tr("Triage: {list}").format(list=standing.title)
        room = self._theme.px(_TITLE_PX)
        self._title.setText(QFontMetrics(self._title.font()).elidedText(title, Qt.TextElideMode.ElideRight, room))
        self._title.setToolTip(tooltip_text(title))
        self._left.setText(self.tr("%Ln left", "", standing.left))
        done = standing.total - standing.left
        self._bar.setRange(0, max(1, standing.total))
        self._bar.setValue(done)
        said = self.tr("{done} of {total} done").format(done=number(done), total=number(standing.total))
        self._bar.setToolTip(said)
        self._bar.setAccessibleDescription(said)
        self._given.setText(_given(standing))
        given = GIVEN.get(standing.given) if standing.decided and standing.given is not None else None
        for name, button in self._keys.items():
            starred = standing.paper is not None and standing.paper.starred
            button.set_lit(name == given or (name == "actionStar" and starred))
        if standing.paper is None:
            self._end.show_emptiness(self._ending(standing))
            self._pages.setCurrentWidget(self._end)
            said = self._end.sentence()
        else:
            self._pages.setCurrentWidget(self._room)
            said = as_text(standing.paper.title)
        # The focus stays here from paper to paper: the change of its name is what a screen reader hears.
        self.setAccessibleName(f"{title}. {said}. {self._left.text()}")

    def _ending(self, standing: Standing) -> Emptiness:
        parts = [
            self.tr("%Ln to {list}", "", count).format(list=status_title(status))
            for status in Status
            if (count := standing.done.get(status, 0))
        ]
        if count := standing.done.get(None, 0):
            parts.append(self.tr("%Ln to the trash", "", count))
        counted = ", ".join(parts)
        if standing.left:
            words = self.tr("That was the last one. %Ln are left as they were.", "", standing.left)
            if counted:
                words = self.tr("{words} The others went: {counted}.").format(words=words, counted=counted)
            return Emptiness("layers", words, AGAIN, self.tr("Go through what is left"))
        words = self.tr("All done: {counted}.").format(counted=counted) if counted else self.tr("All done.")
        if standing.done.get(Status.NEXT, 0):
            return Emptiness("circle-check", words, "actionGoNext", self.tr("Go to Up next"))
        return Emptiness("circle-check", words, "actionTriage", self.tr("Back to the list"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Skip and go back with the arrows, leave with Escape (QWidget)."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
        elif plain and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._pages.currentWidget() is self._end:
            self._end.take_offer()
        else:
            super().keyPressEvent(event)


_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


def _given(standing: Standing) -> str:
    if not standing.decided:
        return ""
    place = status_title(standing.given) if standing.given is not None else trash_title()
    return f"✓ {place}"
