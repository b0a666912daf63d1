"""A small card that asks when papers that were put off should come back. Puts nothing off itself.

It takes no focus: the papers are put off already, by what was chosen last, and every other key goes on working. The
digits choose another day while the card is there.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from readinglist.text.days import months_later, read_day
from readinglist.ui.days import day_in_words
from readinglist.ui.editing_keys import focused_widget, give_focus_back, keep_plain_keys
from readinglist.ui.theme import Theme
from readinglist.ui.wording import told

SHOWN_MS = 8_000
ROW_PX = 30
WIDTH_PX = 268
_WIDE_PX = 700
DATE = "date"
CHOICES = ("tomorrow", "week", "month", DATE, "none")
"""The rows of the card, from the top; the key of each is its number."""


def day_of(choice: str, today: date) -> date | None:
    """Return the day a choice means, seen from today; None is without a day.

    >>> [str(day_of(choice, date(2026, 1, 31))) for choice in ("tomorrow", "week", "month", "none")]
    ['2026-02-01', '2026-02-07', '2026-02-28', 'None']
    """
    match choice:
        case "tomorrow":
            return today + timedelta(days=1)
        case "week":
            return today + timedelta(weeks=1)
        case "month":
            return months_later(today, 1)
    return None


class LaterRow(QAbstractButton):
    """One choice: its key, its name, and the day it means."""

    def __init__(self, key: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(name)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._key = key
        self._day = ""
        self._theme: Theme | None = None

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_day(self, day: str) -> None:
        """Show which day the choice means."""
        self._day = day
        self.setAccessibleName(f"{self.text()}, {day}" if day else self.text())
        self.setAccessibleDescription(self.tr("key {key}").format(key=self._key))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a row (QWidget)."""
        px = self._theme.px if self._theme is not None else round
        if self._theme is None:
            return QSize(px(WIDTH_PX - 16), px(ROW_PX))
        name = QFontMetrics(self._theme.font(13, QFont.Weight.DemiBold)).horizontalAdvance(self.text())
        day = QFontMetrics(self._theme.font(12)).horizontalAdvance(self._day)
        return QSize(max(px(WIDTH_PX - 18), px(38) + name + px(12) + day + px(10)), px(ROW_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row (QWidget)."""
        theme = self._theme
        if theme is None:
            return
        px = theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(theme.acc), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
        under = theme.sel if self.isChecked() else theme.hover if self.underMouse() else theme.read
        painter.setBrush(QColor(under))
        painter.drawRoundedRect(ground, px(6), px(6))
        cap = QRectF(px(8), (self.height() - px(20)) / 2, px(20), px(20))
        paint_key_cap(painter, theme, cap, self._key)
        painter.setFont(theme.font(13, QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal))
        painter.setPen(QColor(theme.text))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(px(38), 0, self.width(), self.height()), middle, self.text())
        beside = px(38) + painter.fontMetrics().horizontalAdvance(self.text()) + px(10)
        painter.setFont(theme.font(12))
        room = self.width() - px(10) - beside
        if painter.fontMetrics().horizontalAdvance(self._day) <= room:  # else the day is told in the name alone
            painter.setPen(QColor(theme.sub))
            right = middle | Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(beside, 0, room, self.height()), right, self._day)
        painter.end()


def paint_key_cap(painter: QPainter, theme: Theme, rect: QRectF, key: str) -> None:
    """Draw a key as one sees it on a keyboard."""
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(QColor(theme.list))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
    painter.setPen(QColor(theme.sub))
    painter.setFont(theme.font(11, QFont.Weight.DemiBold))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)


class _DayField(QLineEdit):
    """Takes a day as one writes it; keeps plain keys for itself."""

    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep plain keys (QObject)."""
        return keep_plain_keys(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave at Escape (QWidget)."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class LaterPopup(QFrame):
    """Lies at the bottom of a widget, above the toast, for 8 seconds; longer while it is used."""

    chosen = Signal(str)
    """One of `CHOICES` but `DATE`."""

    day_chosen = Signal(object)
    """A `date`."""

    def __init__(self, theme: Theme, over: QWidget, toast: QWidget) -> None:
        super().__init__(over)
        self._toast = toast
        toast.installEventFilter(self)
        self.setObjectName("laterPopup")
        self.setAccessibleName(self.tr("When to come back"))
        self._over = over
        self._today = date.min
        self._back_to: QWidget | None = None
        self._title = QLabel(self.tr("Comes back"), self)
        self._rows: dict[str, LaterRow] = {}
        self._keys: list[QShortcut] = []
        self._field = _DayField(self)
        self._field.setObjectName("laterDate")
        self._field.setAccessibleName(self.tr("Day to come back"))
        self._field.setPlaceholderText(self.tr("2026-12-24, friday, 3 weeks"))
        self._meant = QLabel(self)
        self._meant.setObjectName("laterDateMeant")
        self._meant.setWordWrap(True)
        for label in (self._title, self._meant):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(1)
        self._column.addWidget(self._title)
        for number, (choice, name) in enumerate(zip(CHOICES, self._names(), strict=True), 1):
            row = LaterRow(str(number), name, self)
            row.setObjectName(f"later{choice.capitalize()}")
            row.clicked.connect(partial(self.choose, choice))
            self._rows[choice] = row
            self._column.addWidget(row)
            self._add_key(str(number), partial(self.choose, choice))
        self._add_key("Esc", self.dismiss)
        self._column.addWidget(self._field)
        self._column.addWidget(self._meant)
        self._field.textChanged.connect(self._show_meant)
        self._field.returnPressed.connect(self._take_day)
        self._field.left.connect(self._leave_field)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._on_time_over)
        self.hide()
        over.installEventFilter(self)
        self.set_theme(theme)

    def _names(self) -> tuple[str, ...]:
        return (
            self.tr("Tomorrow"),
            self.tr("In a week"),
            self.tr("In a month"),
            self.tr("On a day…"),
            self.tr("No date"),
        )

    def _add_key(self, key: str, do: object) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.activated.connect(do)
        shortcut.setEnabled(False)
        self._keys.append(shortcut)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = theme
        px = theme.px
        self._column.setContentsMargins(px(8), px(8), px(8), px(8))
        self._title.setFont(theme.font(11, QFont.Weight.DemiBold))
        self._title.setContentsMargins(px(8), 0, 0, px(3))
        self._meant.setFont(theme.font(12))
        self._meant.setContentsMargins(px(8), px(2), 0, 0)
        self._field.setFont(theme.font(13))
        self._field.setFixedHeight(px(30))
        self.setStyleSheet(
            f"#laterPopup {{ background: {theme.read}; border: 1px solid {theme.line}; border-radius: {px(10)}px; }}"
            f"#laterPopup QLabel {{ color: {theme.faint}; background: transparent; }}"
            f"#laterPopup QLineEdit {{ border: 2px solid {theme.acc}; border-radius: {px(6)}px; padding: 0 {px(8)}px;"
            f" background: {theme.read}; color: {theme.text}; }}"
        )
        for row in self._rows.values():
            row.set_theme(theme)
        self.place()

    def move_over(self, over: QWidget) -> None:
        """Lie over another widget from now on."""
        if over is not self._over:
            self._over.removeEventFilter(self)
            self._over = over
            over.installEventFilter(self)
            self.dismiss()
            self.setParent(over)

    def ask(self, choice: str | None, today: date) -> None:
        """Show the choices, with the one that holds marked; None marks none."""
        self._today = today
        for name, row in self._rows.items():
            day = day_of(name, today)
            row.show_day(day_in_words(day, year=False, weekday=True) if day else "")
            row.setChecked(name == choice)
        self._show_field(False)
        for key in self._keys:
            key.setEnabled(True)
        self.place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def ask_day(self) -> None:
        """Ask for a day in the field, with the focus there."""
        self._back_to = focused_widget(self)
        self._field.clear()
        self._show_meant("")
        self._show_field(True)
        for key in self._keys:
            key.setEnabled(False)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, choice: str) -> None:
        """Take a choice; for a day, ask which."""
        if choice == DATE:
            self._rows[DATE].setChecked(False)
            self.ask_day()
        else:
            self.dismiss()
            self.chosen.emit(choice)

    def dismiss(self) -> None:
        """Take the card away; what was put off stays as it is."""
        if self.isHidden():
            return
        self._timer.stop()
        for key in self._keys:
            key.setEnabled(False)
        inside = self.isAncestorOf(self.window().focusWidget()) if self.window().focusWidget() else False
        self.hide()
        if inside:
            give_focus_back(self._back_to)
        self._back_to = None

    def place(self) -> None:
        """Take the place above the toast: in the middle, or where there is more room in the corner, beside the text."""
        px = self._theme.px
        hint = QFontMetrics(self._field.font()).horizontalAdvance(self._field.placeholderText()) + px(56)
        wanted = max(px(WIDTH_PX), hint, *(row.sizeHint().width() + px(18) for row in self._rows.values()))
        self.setFixedWidth(max(min(wanted, self._over.width() - 16), 120))
        self._meant.setMinimumHeight(max(0, self._meant.heightForWidth(self.width() - px(18))))
        self._column.activate()
        self.resize(self.width(), self._column.sizeHint().height())
        below = px(42) if self._toast.isHidden() else self._toast.height()
        bottom = self._over.height() - px(16) - below - px(8)
        free = self._over.width() - self.width()
        wide = self._over.width() > px(_WIDE_PX)
        self.move(free - px(20) if wide else free // 2, max(4, bottom - self.height()))

    def _show_field(self, shown: bool) -> None:
        for row in self._rows.values():
            row.setVisible(not shown)
        self._field.setVisible(shown)
        self._meant.setVisible(shown)
        self._column.activate()
        self.place()

    def _show_meant(self, text: str) -> None:
        if not text.strip():
            self._say_meant(self.tr("Enter takes the day, Esc goes back."))
            return
        day, problem = self._typed_day()
        shown = problem
        if day is not None:
            shown = self.locale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)
        self._say_meant(shown)

    def _say_meant(self, words: str) -> None:
        self._meant.setText(words)
        self.place()

    def _typed_day(self) -> tuple[date | None, str]:
        try:
            day = read_day(self._field.text(), self._today)
        except ValueError as error:
            return None, told(error.args[0])
        if day <= self._today:
            return None, self.tr("That is not ahead.")
        return day, ""

    def _take_day(self) -> None:
        day, problem = self._typed_day()
        if day is None:
            self._say_meant(problem)
            return
        self.dismiss()
        self.day_chosen.emit(day)

    def _leave_field(self) -> None:
        self._show_field(False)
        give_focus_back(self._back_to)
        for key in self._keys:
            key.setEnabled(True)
        self._timer.start()

    def _on_time_over(self) -> None:
        focus = self.window().focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start(1_000)
        else:
            self.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the place when the widget below, or the toast, changes its size (QObject)."""
        moves = event.type() in (QEvent.Type.Resize, QEvent.Type.Show)
        if moves and watched in (self._over, self._toast) and not self.isHidden():
            self.place()
        return False
