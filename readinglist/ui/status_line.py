"""The line at the bottom: work that runs, with progress and cancel; remarks; hints. Knows no library."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QToolButton, QWidget

from readinglist.ui import icons
from readinglist.ui.actions import Actions, short_key_text, tooltip
from readinglist.ui.jobs import Step
from readinglist.ui.labels import plain_label
from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.theme import Theme
from readinglist.ui.wording import told

_NOT_BEGUN = Step(0, None, "")


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work that runs: what it is called, how far it is, whether it can be stopped."""

    title: str
    step: Step = _NOT_BEGUN
    can_cancel: bool = True


@dataclass(frozen=True, slots=True)
class WorkShown:
    """A piece of work by its name, and how it stands; `work` None: it has ended."""

    name: str
    work: Work | None


class StatusLine(QWidget):
    """Shows the work that was begun first, then the next."""

    cancel_asked = Signal(str)
    """The name of the work the reader wants stopped."""

    action_asked = Signal(str)
    """The name of the action of a hint."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._work: dict[str, Work] = {}
        self._said = self._warning = ""
        self._title = plain_label(self)
        self._bar = QProgressBar(self)
        self._bar.setObjectName("progressBar")
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setTextVisible(False)
        self._detail = plain_label(self)
        self._cancel = QToolButton(self)
        self._cancel.setObjectName("cancelButton")
        self._cancel.setAccessibleName(self.tr("Stop"))
        self._cancel.setAutoRaise(True)
        self._cancel.clicked.connect(self._on_cancel)
        self._message = plain_label(self)
        self._message.setObjectName("statusMessage")
        self._message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._commands = self._made_hint("commandsHint", self.tr("Show the command palette"))
        self._keys = self._made_hint("keysHint", self.tr("Show all keys"))
        self._commands.clicked.connect(lambda: self.action_asked.emit("actionPalette"))
        self._keys.clicked.connect(lambda: self.action_asked.emit("actionKeys"))
        row = QHBoxLayout(self)
        row.setSpacing(9)
        for widget in (self._title, self._bar, self._detail, self._cancel):
            row.addWidget(widget)
        self._selected = plain_label(self)
        self._selected.setObjectName("selectedCount")
        row.addWidget(self._message, 1)
        row.addStretch()
        row.addWidget(self._selected)
        row.addWidget(self._commands)
        row.addWidget(self._keys)
        self._row = row
        self._show()
        self.set_theme(theme)

    def _made_hint(self, name: str, says: str) -> QToolButton:
        hint = QToolButton(self)
        hint.setObjectName(name)
        hint.setAutoRaise(True)
        hint.setAccessibleName(says)
        hint.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return hint

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        px = theme.px
        self.setFixedHeight(px(32))
        self._row.setContentsMargins(px(15), 0, px(10), 0)
        self._bar.setFixedSize(px(150), px(6))
        self._cancel.setIcon(icons.icon("x", theme.sub, px(15)))
        self._cancel.setIconSize(QSize(px(15), px(15)))
        self._cancel.setFixedSize(px(24), px(22))
        for label in (self._title, self._detail, self._message, self._selected):
            label.setFont(theme.font(12))
        for hint in (self._commands, self._keys):
            hint.setFont(theme.font(12))
        radius = px(3)
        self.setStyleSheet(
            f"#statusLine {{ background: {theme.side}; border-top: 1px solid {theme.line}; }}"
            f"QLabel {{ color: {theme.sub}; }}"
            f"QToolButton {{ border: 1px solid transparent; border-radius: {px(5)}px; color: {theme.faint};"
            f" padding: 0 {px(5)}px; }}"
            f"QToolButton:hover {{ background: {theme.hover}; color: {theme.text}; }}"
            f"QToolButton:focus {{ border: 1px solid {theme.acc}; }}"
            f"QProgressBar {{ border: 0; border-radius: {radius}px; background: {theme.line}; }}"
            f"QProgressBar::chunk {{ border-radius: {radius}px; background: {theme.acc}; }}"
        )
        self._title.setFont(theme.font(12, QFont.Weight.Medium))

    def show_keys_of(self, actions: Actions) -> None:
        """Show the keys that these actions have now for the palette and the sheet of keys."""
        commands, keys = actions["actionPalette"], actions["actionKeys"]
        self._commands.setText(self.tr("{key}  commands").format(key=short_key_text(commands)).strip())
        self._keys.setText(self.tr("{key}  keys").format(key=short_key_text(keys)).strip())
        self._commands.setToolTip(tooltip(commands))
        self._keys.setToolTip(tooltip(keys))

    def show_work(self, name: str, work: Work) -> None:
        """Show that work called `name` runs, or how far it has come."""
        self._work[name] = work
        self._show()

    def report(self, name: str, step: Step) -> None:
        """Show how far a piece of work is; nothing once it has ended."""
        work = self._work.get(name)
        if work is not None:
            self.show_work(name, Work(work.title, step, work.can_cancel))

    def end_work(self, name: str) -> None:
        """Take a piece of work off the line."""
        self._work.pop(name, None)
        self._show()

    def running(self) -> tuple[str, ...]:
        """Return the names of the work shown or waiting to be shown."""
        return tuple(self._work)

    def say(self, message: str) -> None:
        """Show a quiet remark until the next one."""
        self._said = message
        self._show_message()

    def warn(self, message: str) -> None:
        """Show a remark wherever there is no other, until it is taken away with ""."""
        self._warning = message
        self._show_message()

    def _show_message(self) -> None:
        message = self._said or self._warning
        self._message.setText(message)
        self._message.setToolTip(tooltip_text(message))

    def show_selected(self, count: int) -> None:
        """Show how many papers are selected, where it is more than one."""
        self._selected.setText(self.tr("%Ln selected", "", count) if count > 1 else "")

    def _show(self) -> None:
        work = next(iter(self._work.values()), None)
        for widget in (self._title, self._bar, self._detail):
            widget.setVisible(work is not None)
        self._cancel.setVisible(work is not None and work.can_cancel)
        self._message.setVisible(work is None)
        if work is None:
            return
        self._title.setText(work.title)
        self._cancel.setToolTip(tooltip_text(self.tr("Stop: {what}").format(what=work.title)))
        self._cancel.setAccessibleName(self.tr("Stop: {what}").format(what=work.title))
        done, total = work.step.done, work.step.total
        if total:
            self._bar.setRange(0, total)
            self._bar.setValue(min(done, total))
            number = self.locale().toString
            counted = self.tr("{done} of {total}").format(done=number(done), total=number(total))
            self._detail.setText(counted)
        else:
            self._bar.setRange(0, 0)
            self._detail.setText(told(work.step.text))
        self._bar.setAccessibleDescription(f"{work.title} {self._detail.text()}")

    def _on_cancel(self) -> None:
        name = next(iter(self._work), None)
        if name is not None:
            self.cancel_asked.emit(name)
