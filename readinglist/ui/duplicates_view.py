"""The sheet in which papers that are perhaps one are looked at side by side, merged, or kept apart.

Knows no library: it is given groups and comparisons, and tells what the reader wants done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from readinglist.library import Rule
from readinglist.paper import PaperId
from readinglist.ui.choice_box import ChoiceBox
from readinglist.ui.compare_table import CompareTable
from readinglist.ui.comparing import Comparison, summary
from readinglist.ui.group_list import CHOSEN, Found, GroupList, reason
from readinglist.ui.jobs import Step
from readinglist.ui.labels import dress
from readinglist.ui.overlay import Sheet
from readinglist.ui.theme import Theme

_LIST_PX, _NARROW_LIST_PX = 290, 220
_WIDE_PX = 960
_LIST_FITS_PX = 760
_BUTTONS_FIT_PX = 640
_GOES = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Papers to compare or merge: `keep` None leaves the choice to `rule`."""

    group: Found
    keep: PaperId | None
    rule: Rule


class DuplicatesView(Sheet):
    """Shows the search for duplicates, then the groups one at a time."""

    compare_asked = Signal(object)
    """A `Wanted` to be shown by `show_comparison`."""

    merge_asked = Signal(object)
    """A `Wanted` whose `keep` is set."""

    all_asked = Signal(object, object)
    """The groups that are certain, a list of `Found`, to be merged by a `Rule`."""

    apart_asked = Signal(object)
    """A `Found` whose papers are not one."""

    undo_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, card_width=1180, card_height=780)
        self.setObjectName("duplicatesView")
        self.setAccessibleName(self.tr("Duplicates"))
        self._keep: PaperId | None = None
        self._waiting = False
        self._refused = False
        self._labels = {name: self._label(name) for name in ("duplicatesTitle", "duplicatesState", "duplicatesReason")}
        self._summary = self._label("mergeSummary")
        self._message = self._label("duplicatesMessage")
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._bar = QProgressBar(self.card)
        self._bar.setObjectName("duplicatesProgress")
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setTextVisible(False)
        self.groups = GroupList(theme, self.card)
        self.groups.group_chosen.connect(self._on_group_chosen)
        self.table = CompareTable(theme, self.card)
        self.table.keep_chosen.connect(self._on_keep_chosen)
        self._rule_label = self._label("")
        self._rule_label.setText(self.tr("Keep"))
        self._rule = ChoiceBox(theme, self.card)
        self._rule.setObjectName("mergeRule")
        self._rule.setAccessibleName(self.tr("Which paper to keep"))
        for rule, text in (
            (Rule.OLDEST, self.tr("the one added first")),
            (Rule.NEWEST, self.tr("the one added last")),
            (Rule.FULLEST, self.tr("the one most is known of")),
        ):
            self._rule.addItem(text, rule)
        self._rule.currentIndexChanged.connect(self._on_rule_changed)
        self._rule_label.setBuddy(self._rule)
        self._all = self._button("mergeAll", "", self._ask_all)
        self._apart = self._button("notDuplicates", self.tr("Not duplicates (N)"), self.keep_apart)
        self._skip = self._button("skipGroup", self.tr("Skip (S)"), self.skip)
        self._close = self._button("duplicatesClose", self.tr("Close"), self.close_sheet)
        self._merge = self._button("mergeButton", self.tr("Merge"), self.merge)
        self._lay_out()
        self.set_theme(theme)

    def _label(self, name: str) -> QLabel:
        label = QLabel(self.card)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(name in ("mergeSummary", "duplicatesMessage"))
        return label

    def _button(self, name: str, text: str, do: object) -> QPushButton:
        button = QPushButton(text, self.card)
        button.setObjectName(name)
        button.clicked.connect(do)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 18, 24, 14)
        head.setSpacing(10)
        head.addWidget(self._labels["duplicatesTitle"])
        head.addWidget(self._labels["duplicatesState"], 1)
        head.addWidget(self._rule_label)
        head.addWidget(self._rule)
        head.addWidget(self._all)
        waiting = QWidget()
        column = QVBoxLayout(waiting)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(2)
        column.addWidget(self._message)
        column.addSpacing(10)
        column.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        pair = QWidget()
        columns = QHBoxLayout(pair)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        self._lines = [QFrame(self.card) for _ in range(3)]
        self._lines[0].setFixedWidth(1)
        for line in self._lines[1:]:
            line.setFixedHeight(1)
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addWidget(self._labels["duplicatesReason"])
        side.addWidget(self._summary)
        side.addWidget(self.table, 1)
        columns.addWidget(self.groups)
        columns.addWidget(self._lines[0])
        columns.addLayout(side, 1)
        self.middle = QStackedWidget(self.card)
        self.middle.addWidget(waiting)
        self.middle.addWidget(pair)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 14, 24, 16)
        foot.setSpacing(10)
        for button in (self._apart, self._skip):
            foot.addWidget(button)
        foot.addStretch(1)
        for button in (self._close, self._merge):
            foot.addWidget(button)
        self.body.addLayout(head)
        self.body.addWidget(self._lines[1])
        self.body.addWidget(self.middle, 1)
        self.body.addWidget(self._lines[2])
        self.body.addLayout(foot)
        order = (self.groups, self.table, self._merge, self._apart, self._skip, self._close, self._rule, self._all)
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        super().set_theme(theme)
        px = theme.px
        for label, size, colour, weight in (
            (self._labels["duplicatesTitle"], 20, theme.text, QFont.Weight.DemiBold),
            (self._labels["duplicatesState"], 13, theme.sub, QFont.Weight.Normal),
            (self._labels["duplicatesReason"], 13, theme.sub, QFont.Weight.Medium),
            (self._summary, 13, theme.text, QFont.Weight.Normal),
            (self._message, 15, theme.sub, QFont.Weight.Normal),
            (self._rule_label, 13, theme.sub, QFont.Weight.Normal),
        ):
            dress(label, theme.font(size, weight), colour)
        self._labels["duplicatesReason"].setContentsMargins(px(16), px(12), px(16), 0)
        self._summary.setContentsMargins(px(16), px(4), px(16), px(8))
        for line in self._lines:
            line.setStyleSheet(f"background:{theme.line};border:0")
        self._bar.setFixedSize(px(260), px(6))
        self._bar.setStyleSheet(
            f"QProgressBar{{border:0;border-radius:{px(3)}px;background:{theme.line}}}"
            f"QProgressBar::chunk{{border-radius:{px(3)}px;background:{theme.acc}}}"
        )
        self.groups.set_theme(theme)
        self.table.set_theme(theme)
        self._rule.set_theme(theme)
        shape = f"border-radius:{px(8)}px;padding:0 {px(13)}px"
        off = f"QPushButton:disabled{{background:{theme.chip};color:{theme.faint};border-color:{theme.chip}}}"
        for button in (self._all, self._apart, self._skip, self._close):
            button.setStyleSheet(
                f"QPushButton{{background:{theme.read};color:{theme.text};border:2px solid {theme.line};{shape}}}"
                f"QPushButton:hover{{background:{theme.hover}}}QPushButton:focus{{border-color:{theme.acc}}}{off}"
            )
        self._merge.setStyleSheet(
            f"QPushButton{{background:{theme.acc};color:{theme.acctext};border:2px solid {theme.acc};{shape}}}"
            f"QPushButton:focus{{border-color:{theme.text}}}{off}"
        )
        for button in (self._all, self._apart, self._skip, self._close, self._merge):
            button.setFont(theme.font(13, QFont.Weight.Medium))
            button.setFixedHeight(px(34))
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._fit()

    # -- what is shown ----------------------------------------------------------------------------

    def show_looking(self) -> None:
        """Open while duplicates are looked for."""
        self._title(self.tr("Duplicates"), "")
        self.groups.show_groups([])
        self._say(self.tr("Looking for papers that are in the library twice …"))
        self._close.setText(self.tr("Cancel"))
        self._bar.setRange(0, 0)
        self._bar.show()
        self.open_sheet(self._close)

    def show_step(self, step: Step) -> None:
        """Show how far the looking is."""
        if step.total:
            self._bar.setRange(0, step.total)
            self._bar.setValue(min(step.done, step.total))

    def show_groups(self, groups: Sequence[Found], at: int = 0) -> None:
        """Show the groups that were found, or that there is none."""
        had_groups = bool(self.groups.groups)
        self._waiting = False
        self._close.setText(self.tr("Close"))
        if not groups:
            self.groups.show_groups([])
            self._title(self.tr("Duplicates"), "")
            self._say(
                self.tr("That was the last of them.") if had_groups else self.tr("No paper is in the library twice.")
            )
            self._bar.hide()
            self._close.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.middle.setCurrentIndex(1)
        self.groups.show_groups(groups, at)
        if not had_groups:
            self._fit()
            self._first().setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()

    def show_chosen(self, group: Found) -> None:
        """Open with papers that the reader wants to merge."""
        self._close.setText(self.tr("Cancel"))
        self._title(self.tr("Merge %Ln papers", "", len(group.ids)), "")
        self.middle.setCurrentIndex(1)
        self._waiting = False
        self.groups.show_groups([group])
        self._fit()
        self.open_sheet(self.table)

    def show_comparison(self, group: Found, comparison: Comparison) -> None:
        """Show the papers of a group side by side, if it is still the one that is looked at."""
        if group != self.groups.chosen():
            return
        self._keep = comparison.papers[comparison.kept].id
        self._refused = False
        self.table.show_comparison(comparison)
        self._labels["duplicatesReason"].setText(reason(group))
        self._summary.setText(summary(comparison))
        self._fit()

    def show_problem(self, group: Found, words: str) -> None:
        """Say why the papers of a group cannot be merged."""
        if group == self.groups.chosen():
            self._keep = None
            self._refused = True
            self._labels["duplicatesReason"].setText(reason(group))
            self._summary.setText(words)
            self.table.show_comparison(Comparison((), 0, ()))
            self._fit()

    def take_out(self, groups: Sequence[Found]) -> None:
        """Go on without these groups, which have been dealt with."""
        at = self.groups.place()
        self.show_groups([group for group in self.groups.groups if group not in groups], at)

    def put_back(self, groups: Sequence[Found]) -> None:
        """List groups again, and choose the first of them."""
        there = [group for group in groups if group not in self.groups.groups]
        if there:
            self.show_groups(in_order([*self.groups.groups, *there]))
            self.groups.choose(self.groups.groups.index(there[0]))

    def release(self) -> None:
        """Take further wishes: what was asked for could not be done."""
        self._waiting = False

    def _title(self, title: str, state: str) -> None:
        self._labels["duplicatesTitle"].setText(title)
        self._labels["duplicatesState"].setText(state)

    def _say(self, words: str) -> None:
        self._message.setText(words)
        self.middle.setCurrentIndex(0)
        self._keep = None
        self._fit()

    def _first(self) -> QWidget:
        return self.table if self.groups.isHidden() else self.groups

    def _certain(self) -> list[Found]:
        return [group for group in self.groups.groups if group.certain]

    def _fit(self) -> None:
        """Show what there is room and use for."""
        groups = self.groups.groups
        chosen = bool(groups) and groups[0].why == CHOSEN
        width = self.card.width() / max(0.1, self._theme.scale)
        listed = bool(groups) and not chosen
        certain = self._certain()
        self.groups.setFixedWidth(self._theme.px(_LIST_PX if width >= _WIDE_PX else _NARROW_LIST_PX))
        in_list = self.groups.hasFocus()
        self.groups.setVisible(listed and width >= _LIST_FITS_PX)
        self._lines[0].setVisible(not self.groups.isHidden())
        if in_list and self.groups.isHidden():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._skip.setVisible(listed)
        for widget in (self._apart, self._merge):
            widget.setVisible(bool(groups))
        self._labels["duplicatesReason"].setVisible(bool(groups) and (not chosen))
        self._rule.setVisible(bool(groups))
        self._rule_label.setVisible(bool(groups) and width >= _BUTTONS_FIT_PX)
        self._all.setVisible(listed and bool(certain))
        many = self.tr("Merge the %Ln that are certain", "", len(certain))
        short = self.tr("Merge %Ln certain", "", len(certain))
        self._all.setText(many if width >= _LIST_FITS_PX else short)
        self._all.setAccessibleName(many)
        for button in (self._apart, self._merge):
            button.setEnabled(not self._refused)
        if listed:
            found = self.tr("{at} of {n}").format(at=self.groups.place() + 1, n=self.locale().toString(len(groups)))
            self._title(self.tr("Duplicates"), found)

    def _place(self) -> None:
        super()._place()
        self._fit()

    # -- what the reader wants --------------------------------------------------------------------

    def rule(self) -> Rule:
        """Return the rule by which the paper to keep is chosen."""
        return Rule(self._rule.currentData())

    def _on_group_chosen(self) -> None:
        self._ask_comparison(None)

    def _on_rule_changed(self) -> None:
        self._ask_comparison(None)

    def _on_keep_chosen(self, at: int) -> None:
        self._ask_comparison(self.table.comparison().papers[at].id)

    def refresh(self) -> None:
        """Look at the papers anew: somebody has changed some."""
        if self.isVisible() and not self._waiting:
            self._ask_comparison(self._keep)

    def _ask_comparison(self, keep: PaperId | None) -> None:
        group = self.groups.chosen()
        if group is not None:
            if keep is None:
                self._keep = None  # nothing is merged that has not been seen
                self._refused = False
            self._fit()
            self.compare_asked.emit(Wanted(group, keep, self.rule()))

    def merge(self) -> None:
        """Merge the papers that are looked at."""
        group = self.groups.chosen()
        if group is not None and self._keep is not None and not self._waiting:
            self._waiting = True
            self.merge_asked.emit(Wanted(group, self._keep, self.rule()))

    def keep_apart(self) -> None:
        """Say that these papers are not one."""
        group = self.groups.chosen()
        if group is not None and self._keep is not None and not self._waiting:
            self._waiting = True
            self.apart_asked.emit(group)

    def skip(self) -> None:
        """Leave these papers as they are, and go on with the next group."""
        at = self.groups.place()
        self.groups.choose(at + 1 if at + 1 < len(self.groups.groups) else 0)

    def _ask_all(self) -> None:
        if not self._waiting and (certain := self._certain()):
            self._waiting = True
            self._first().setFocus(Qt.FocusReason.OtherFocusReason)  # before the button goes, which would pass it on
            self.all_asked.emit(certain, self.rule())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Merge at Enter, or press the button that has the focus; the other keys are named on the buttons (QWidget)."""
        focus = self.focusWidget()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        key, digit = Qt.Key(event.key()), event.key() - Qt.Key.Key_0.value
        radios = self.table.radios() if self.groups.groups else []
        event.accept()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(focus, QPushButton):
                focus.click()
            else:
                self.merge()
        elif key == Qt.Key.Key_Z and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.undo_asked.emit()
        elif plain and key == Qt.Key.Key_N:
            self.keep_apart()
        elif plain and key == Qt.Key.Key_S and not self._skip.isHidden():
            self.skip()
        elif plain and key in _GOES:
            self.groups.choose(self.groups.place() + _GOES[key])
        elif plain and 1 <= digit <= min(9, len(radios)):
            radios[digit - 1].click()
        else:
            super().keyPressEvent(event)


def in_order(groups: Sequence[Found]) -> list[Found]:
    """Return groups as they are listed: those that are certain first, then the lowest number."""
    return sorted(groups, key=lambda group: (not group.certain, group.ids))
