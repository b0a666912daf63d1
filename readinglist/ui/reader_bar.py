"""The tool bar over the paper: buttons for the actions one needs while reading. Does nothing itself."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStyleOptionToolButton, QToolButton, QWidget

from readinglist.ui.action_button import ActionButton
from readinglist.ui.actions import Actions
from readinglist.ui.icons import icon
from readinglist.ui.theme import Theme

HEIGHT_PX = 52
NAMED = ("actionToReading", "actionOpenLink")
SIGNS = (
    "actionStar",
    "actionTag",
    "actionNote",
    "actionHighlight",
    "actionCopyCitation",
    "actionToLater",
    "actionToArchived",
    "actionFocus",
)
MORE = (
    ("actionToNext", "actionToRead", "actionToInbox"),
    ("actionLaterTomorrow", "actionLaterWeek", "actionLaterMonth", "actionLaterDay", "actionLaterSomeday"),
    ("actionTrash", "actionRestore"),
)
_LEFT_OUT_FIRST = ("actionCopyCitation", "actionHighlight", "actionTag", "actionNote")


class BarButton(ActionButton):
    """Shows an action, its text a little apart from its sign."""

    def initStyleOption(self, option: QStyleOptionToolButton) -> None:  # noqa: N802 - Qt's name
        """Put room between sign and text (QToolButton)."""
        super().initStyleOption(option)
        option.text = " " + option.text


class ReaderBar(QWidget):
    """Shows names and signs where there is room, signs alone where there is little, fewer where there is less."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("readerBar")
        self._theme = theme
        self._starred = False
        self._buttons: dict[str, QToolButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(18, 0, 14, 0)
        self._row.setSpacing(2)
        self._row.addStretch(1)
        self._more = QToolButton(self)
        self._more.setObjectName("moreButton")
        self._more.setAccessibleName(self.tr("More"))
        self._more.setToolTip(self.tr("More"))
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.clicked.connect(self._show_menu)
        self._menu = QMenu(self._more)
        self._menu.setObjectName("moreMenu")
        self._row.addWidget(self._more)
        self.set_theme(theme)

    def set_actions(self, actions: Actions) -> None:
        """Make a button for each action of the bar that there is."""
        there = {action.objectName(): action for action in actions}
        actions.draw_for_buttons((*NAMED, *SIGNS))
        named = [there[name] for name in NAMED if name in there]
        for place, action in enumerate(named):
            self._row.insertWidget(place, self._made(action))
        for action in (there[name] for name in SIGNS if name in there):
            self._row.insertWidget(self._row.count() - 1, self._made(action))
        before: QWidget = self
        for button in (*self._buttons.values(), self._more):
            QWidget.setTabOrder(before, button)
            before = button
        for group in MORE:
            for action in (there[name] for name in group if name in there):
                self._menu.addAction(action)
            self._menu.addSeparator()
        if "actionStar" in there:
            there["actionStar"].changed.connect(self._draw_star)
        self.set_theme(self._theme)

    def tab_order(self) -> list[QWidget]:
        """Return what takes the focus in here, in order."""
        return [*self._buttons.values(), self._more]

    def _made(self, action: QAction) -> QToolButton:
        button = BarButton(self)
        button.setObjectName(action.objectName().replace("action", "button", 1))
        button.setDefaultAction(action)
        button.setAccessibleName(action.iconText())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._buttons[action.objectName()] = button
        return button

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.setFixedHeight(theme.px(HEIGHT_PX))
        self._more.setIcon(icon("ellipsis", theme.sub, theme.px(17)))
        side = theme.px(17)
        for button in (*self._buttons.values(), self._more):
            button.setIconSize(QSize(side, side))
            button.setFixedHeight(theme.px(30))
            button.setFont(theme.font(13, QFont.Weight.Medium))
            button.setStyleSheet(
                f"QToolButton{{border:2px solid transparent;border-radius:6px;padding:0 {theme.px(5)}px;"
                f"color:{theme.text};background:transparent}}"
                f"QToolButton:hover{{background:{theme.hover}}}"
                f"QToolButton:focus{{border-color:{theme.acc}}}"
                f"QToolButton:disabled{{color:{theme.faint}}}"
            )
        self._draw_star()
        self._fit()

    def _show_menu(self) -> None:
        """Open the menu under its button, without waiting for what is chosen."""
        corner = self._more.rect().bottomRight()
        self._menu.popup(self._more.mapToGlobal(corner) - QPoint(self._menu.sizeHint().width(), 0))

    def show_star(self, starred: bool) -> None:
        """Show whether the paper is starred."""
        if starred != self._starred:
            self._starred = starred
            self._draw_star()

    def _draw_star(self) -> None:
        button = self._buttons.get("actionStar")
        if button is None:
            return
        theme = self._theme
        colour = theme.star if self._starred else theme.sub
        button.setIcon(icon("star", colour, theme.px(17), filled=self._starred))
        button.setAccessibleDescription(self.tr("starred") if self._starred else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for (QWidget)."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.width()
        for button in self._buttons.values():
            button.setVisible(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        named = [self._buttons[name] for name in NAMED if name in self._buttons]
        for button in named:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if self._needed() > width:
            for button in named:
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        for name in _LEFT_OUT_FIRST:
            if self._needed() > width and name in self._buttons:
                self._buttons[name].setVisible(False)

    def _needed(self) -> int:
        shown = [b for b in (*self._buttons.values(), self._more) if not b.isHidden()]
        margins = self._row.contentsMargins()
        gaps = self._row.spacing() * len(shown)
        return sum(b.sizeHint().width() for b in shown) + gaps + margins.left() + margins.right()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the line below (QWidget)."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.read))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(self._theme.line))
        painter.end()
