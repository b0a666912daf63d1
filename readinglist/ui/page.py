"""What every page in place of list and reader has: a head with choices, a column in the middle, work in a lane.

Knows no library. `pages` opens and closes them, `page_table` says which there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from readinglist.progress import Progress
from readinglist.ui.commands import Stand
from readinglist.ui.jobs import Job, Lane
from readinglist.ui.labels import plain_label
from readinglist.ui.theme import Theme
from readinglist.ui.wording import told

T = TypeVar("T")

Choice = tuple[str, str, str]
"""A way to look at a page: its key, the text of its button, and what it does in words."""


class Page(QWidget):
    """A view of kind "page": `refresh` shows how things are now. Whoever opens a page has it dressed (`set_theme`)."""

    search_asked = Signal(str)
    """A search whose papers are to be listed."""

    papers_asked = Signal(object)
    """Papers that were picked (a list of numbers, in no order) and are to be listed."""

    paper_asked = Signal(int)
    """The number of a paper to be shown."""

    action_asked = Signal(str)
    """The name of an action that the page offers."""

    left = Signal()
    told = Signal(str)
    """A sentence for the reader."""

    selection_changed = Signal()
    """The reader has gone to another paper of the `stand`."""

    widest_px = 1040
    """How wide the column becomes."""

    def __init__(
        self, name: str, title: str, theme: Theme, lane: Lane, choices: Sequence[Choice] = (), *, scrolls: bool = False
    ) -> None:
        """`name` begins the object names of the parts; where the page `scrolls` they are in `self._inside`."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._theme = theme
        self._lane = lane
        self._jobs: list[Job] = []
        self._scrolls = scrolls
        self._inside = QWidget() if scrolls else self
        self._title = plain_label(self._inside, title)
        self._group = QButtonGroup(self)
        self._choices: dict[str, QToolButton] = {}
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addStretch(1)
        for key, text, says in choices:
            button = self._tool(f"{name}{key.capitalize()}", text, says)
            button.setCheckable(True)
            button.clicked.connect(self._on_choice_clicked)
            self._group.addButton(button)
            self._choices[key] = button
            self._head.addWidget(button)
        self._column = QVBoxLayout()
        self._column.addLayout(self._head)
        self._middle = QHBoxLayout(self._inside)
        self._middle.addLayout(self._column)
        if scrolls:
            self._scroll()

    def _scroll(self) -> None:
        self._inside.setObjectName(f"{self.objectName()}Inside")
        area = QScrollArea(self)
        area.setObjectName(f"{self.objectName()}Area")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _tool(self, name: str, text: str, says: str) -> QToolButton:
        button = QToolButton(self._inside)
        button.setObjectName(name)
        button.setText(text)
        button.setAccessibleName(says)
        button.setToolTip(says)
        return button

    # -- what a page says of itself ---------------------------------------------------------------

    @property
    def stand(self) -> Stand | None:
        """Return where the reader stands on the page, so that commands are for its papers; None: it has none."""
        return None

    @property
    def settled(self) -> bool:
        """Return False while something is still to be read or drawn."""
        return not self._running()

    def refresh(self) -> None:
        """Ask for what is shown again: papers have changed."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Put the focus where work with the page begins."""
        raise NotImplementedError

    def rules(self, theme: Theme) -> str:
        """Return what a page adds to the rules of the style sheet of all pages."""
        return ""

    # -- ways to look at it -----------------------------------------------------------------------

    def chosen(self) -> str:
        """Return the key of the choice that is marked; "" for none."""
        return next((key for key, button in self._choices.items() if button.isChecked()), "")

    def show_choice(self, key: str) -> None:
        """Mark a choice."""
        if key in self._choices:
            self._choices[key].setChecked(True)

    def _on_choice_clicked(self) -> None:
        self.choose(self.chosen())

    def choose(self, key: str) -> None:
        """Look at the page in another way."""
        raise NotImplementedError

    # -- work in the lane -------------------------------------------------------------------------

    def ask(self, call: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        """Run `call` in the page's lane, then `done` here, unless `give_up` comes first; an error is told."""
        self._jobs = [*self._running(), self._lane.run(call, done=done, failed=self._on_failed)]

    def give_up(self) -> None:
        """Wait no longer for what was asked."""
        for job in self._jobs:
            job.cancel()
        self._jobs = []

    def _running(self) -> list[Job]:
        return [job for job in self._jobs if not job.finished]

    def _on_failed(self, error: Exception) -> None:
        self.told.emit(told(error))

    def hideEvent(self, event: QHideEvent) -> None:
        """Give up what nobody waits for; behind a window that was made small it goes on (QWidget)."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.give_up()

    # -- look -------------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = theme
        px, name = theme.px, self.objectName()
        # First of all: a style sheet sets the fonts of what lies under it back.
        self.setStyleSheet(
            f"#{name}, #{name}Inside, #{name}Area {{ background: {theme.list}; }}"
            f"QLabel {{ color: {theme.text}; }}"
            f"QToolButton {{ border: 1px solid transparent; border-radius: {px(11)}px; padding: {px(4)}px {px(11)}px;"
            f" color: {theme.sub}; background: transparent; }}"
            f"QToolButton:hover {{ background: {theme.hover}; }}"
            f"QToolButton:checked {{ background: {theme.sel}; color: {theme.text}; }}"
            f"QToolButton:focus {{ border: 1px solid {theme.acc}; }}" + self.rules(theme)
        )
        self._title.setFont(theme.font(22, QFont.Weight.DemiBold))
        for button in self._choices.values():
            button.setFont(theme.font(12, QFont.Weight.Medium))
        self._set_margins()

    def _set_margins(self) -> None:
        px = self._theme.px
        side = max(px(24), (self.width() - px(self.widest_px)) // 2)
        self._middle.setContentsMargins(side, px(22), side, px(30 if self._scrolls else 8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle (QWidget)."""
        super().resizeEvent(event)
        self._set_margins()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list with Escape (QWidget)."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
