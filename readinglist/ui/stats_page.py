"""The page of reading stats: figures, plots, the year they are of. Counts and imports in the background lane."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from readinglist.library import Library, Stats
from readinglist.progress import Progress
from readinglist.ui import icons
from readinglist.ui.jobs import Lane
from readinglist.ui.pages import Page
from readinglist.ui.stats_pictures import Measure, Picture, pictures
from readinglist.ui.theme import Theme
from readinglist.ui.welcome import Emptiness, EmptyState
from readinglist.ui.wording import told

_WIDEST_PX = 1040
_SIDE_BY_SIDE_PX = 760
_SMALL = frozenset({"statsReadWeeks", "statsAddedWeeks", "statsQueue", "statsTags"})
"""Plots of which two stand beside each other; one that has no other beside it has the row to itself."""


class StatsPage(Page):
    """Asks for the search of a bar's papers, and for the action that an empty page offers. `refresh` counts again."""

    def __init__(self, library: Library, lane: Lane, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("statsView")
        self.setAccessibleName(self.tr("Reading stats"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._library = library
        self._lane = lane
        self._theme = theme
        self._year: int | None = None
        self._measure: Measure | None = None
        self.stats: Stats | None = None
        self._wanted: list[Picture] = []
        self._drawn = 0
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._show_next)
        self.plots: dict[str, QWidget] = {}
        self._title = _label(self.tr("Reading stats"), self)
        self._earlier = self._button("statsEarlier", self.tr("The year before"), "chevron-left")
        self._later = self._button("statsLater", self.tr("The year after"), "chevron-right")
        self._period = _label("", self)
        self._period.setObjectName("statsPeriod")
        self._earlier.clicked.connect(self.go_back)
        self._later.clicked.connect(self.go_on)
        self._read = self._choice("statsRead", self.tr("Read"), self.tr("Count what was read"))
        self._added = self._choice("statsAdded", self.tr("Added"), self.tr("Count what was added"))
        self._choices = QButtonGroup(self)
        for button in (self._read, self._added):
            self._choices.addButton(button)
            button.clicked.connect(self._on_measure_chosen)
        self._figures = QWidget(self)
        self._figures_row = QHBoxLayout(self._figures)
        self._values: list[QLabel] = []
        self._names: list[QLabel] = []
        for _ in range(5):
            value, name = _label("", self._figures), _label("", self._figures)
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(value)
            pair.addWidget(name)
            self._figures_row.addLayout(pair, 1)
            self._values.append(value)
            self._names.append(name)
        self._empty = EmptyState(theme, self)
        self._empty.asked.connect(self.action_asked)
        self._empty.hide()
        self._inside = QWidget()
        self._inside.setObjectName("statsInside")
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._build()
        self.set_theme(theme)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        for widget in (self._read, self._added):
            head.addWidget(widget)
        head.addSpacing(16)
        head.addWidget(self._earlier)
        head.addWidget(self._period)
        head.addWidget(self._later)
        column = QVBoxLayout()
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self._figures)
        column.addWidget(self._empty)
        column.addLayout(self._grid)
        column.addStretch(1)
        middle = QHBoxLayout(self._inside)
        middle.addStretch(1)
        middle.addLayout(column, 1000)
        middle.addStretch(1)
        self._middle = middle
        self._area = QScrollArea(self)
        self._area.setObjectName("statsArea")
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)

    def _button(self, name: str, says: str, icon: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(says)
        button.setToolTip(says)
        button.setProperty("icon_name", icon)
        return button

    def _choice(self, name: str, text: str, says: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setAccessibleName(says)
        button.setToolTip(says)
        button.setCheckable(True)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = theme
        px = theme.px
        self._title.setFont(theme.font(22, QFont.Weight.DemiBold))
        self._period.setFont(theme.font(13, QFont.Weight.Medium))
        for value, name in zip(self._values, self._names, strict=True):
            value.setFont(theme.font(24, QFont.Weight.DemiBold))
            name.setFont(theme.font(12))
            value.setStyleSheet(f"color: {theme.text};")
            name.setStyleSheet(f"color: {theme.sub};")
        for button in (self._read, self._added):
            button.setFont(theme.font(12, QFont.Weight.Medium))
        for button in (self._earlier, self._later):
            button.setIcon(icons.icon(str(button.property("icon_name")), theme.sub, px(16)))
        self._empty.set_theme(theme)
        self._grid.setSpacing(px(14))
        self._figures_row.setContentsMargins(0, px(4), 0, px(4))
        self.setStyleSheet(
            f"#statsView, #statsInside, #statsArea {{ background: {theme.list}; }}"
            f"QLabel {{ color: {theme.text}; }}"
            f"QToolButton {{ border: 1px solid transparent; border-radius: {px(11)}px; padding: {px(4)}px {px(11)}px;"
            f" color: {theme.sub}; background: transparent; }}"
            f"QToolButton:hover {{ background: {theme.hover}; }}"
            f"QToolButton:checked {{ background: {theme.sel}; color: {theme.text}; }}"
            f"QToolButton:focus {{ border: 1px solid {theme.acc}; }}"
        )
        self._draw()

    @property
    def settled(self) -> bool:
        """Return False while pictures are still to be shown."""
        return not self._next.isActive()

    # -- counting ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Count again in the background, and draw when that is done."""
        library, year = self._library, self._year

        def call(_progress: Progress) -> Stats:
            import pyqtgraph  # noqa: F401 - takes 140 ms, which the window's thread has not got

            return library.stats(year)

        self._lane.run(call, done=self._on_counted, failed=self._on_failed)

    def go_back(self) -> None:
        """Show the year before."""
        if self.stats is not None:
            self._year = (self._year or int(self.stats.today[:4])) - (1 if self._year else 0)
            self.refresh()

    def go_on(self) -> None:
        """Show the year after; after this year come the last weeks."""
        if self.stats is not None and self._year is not None:
            self._year = self._year + 1 if self._year < int(self.stats.today[:4]) else None
            self.refresh()

    def _on_failed(self, error: Exception) -> None:
        self.told.emit(told(error))

    def _on_counted(self, stats: Stats) -> None:
        if stats.year != self._year:
            return
        self.stats = stats
        if self._measure is None:
            self._measure = "read" if stats.totals.read else "added"
        self._draw()

    def _on_measure_chosen(self) -> None:
        self._measure = "read" if self._read.isChecked() else "added"
        self._draw()

    # -- drawing ----------------------------------------------------------------------------------

    def _draw(self) -> None:
        stats = self.stats
        if stats is None:
            return
        measure = self._measure or "read"
        (self._read if measure == "read" else self._added).setChecked(True)
        self._period.setText(self.tr("Last 53 weeks") if stats.year is None else str(stats.year))
        self._later.setEnabled(stats.year is not None)
        self._show_figures(stats)
        self._show_empty(stats)
        wanted = pictures(stats, self._theme, measure) if stats.totals.papers else []
        if not stats.totals.read:
            wanted = [picture for picture in wanted if picture.name != "statsReadWeeks"]
        self._show_pictures(wanted)

    def _show_pictures(self, wanted: list[Picture]) -> None:
        for name in self.plots.keys() - {picture.name for picture in wanted}:
            self.plots.pop(name).deleteLater()
        self._wanted = wanted
        self._drawn = 0
        self._next.start()

    def _show_next(self) -> None:
        """Show one more picture: all of them at once would hold the window up for a tenth of a second."""
        from readinglist.ui.stats_plot import Plot

        if self._drawn < len(self._wanted):
            picture = self._wanted[self._drawn]
            plot = self.plots.get(picture.name)
            if isinstance(plot, Plot):
                plot.show_picture(picture, self._theme)
            else:
                had_focus = not self.plots and self.hasFocus()
                plot = Plot(picture, self._theme, self._inside)
                plot.chosen.connect(self.search_asked)
                self.plots[picture.name] = plot
                self._arrange()
                if had_focus:
                    plot.setFocus(Qt.FocusReason.OtherFocusReason)
            self._drawn += 1
        if self._drawn < len(self._wanted):
            self._next.start()

    def _arrange(self) -> None:
        """Lay the plots out, two small ones beside each other where there is room, and Tab through them in order."""
        names = [picture.name for picture in self._wanted if picture.name in self.plots]
        beside = self._inside.width() >= self._theme.px(_SIDE_BY_SIDE_PX)
        row = 0
        before: QWidget = self._later
        while names:
            pair = names[:2] if beside and len(names) > 1 and _SMALL.issuperset(names[:2]) else names[:1]
            for column, name in enumerate(pair):
                self._grid.addWidget(self.plots[name], row, column, 1, 3 - len(pair))
                self.plots[name].show()
                QWidget.setTabOrder(before, self.plots[name])
                before = self.plots[name]
            row += 1
            del names[: len(pair)]

    def _show_figures(self, stats: Stats) -> None:
        number = self.locale().toString
        totals = stats.totals
        figures = (
            (totals.read_in_period, self.tr("read") if stats.year else self.tr("read in 53 weeks")),
            (totals.added_in_period, self.tr("added") if stats.year else self.tr("added in 53 weeks")),
            (stats.weeks[-1].read if stats.year is None else totals.read, ""),
            (stats.queue.papers, self.tr("waiting")),
            (totals.highlights + totals.with_notes, self.tr("highlights and notes")),
        )
        for at, (value, name) in enumerate(figures):
            words = name or (self.tr("read this week") if stats.year is None else self.tr("read in all"))
            self._values[at].setText(number(value))
            self._names[at].setText(words)
            self._values[at].setAccessibleName(f"{number(value)} {words}")

    def _show_empty(self, stats: Stats) -> None:
        self._figures.setVisible(bool(stats.totals.papers))
        self._empty.setVisible(not stats.totals.read)
        if not stats.totals.papers:
            words = self.tr("There is nothing to count yet: the library has no papers.")
            self._empty.show_emptiness(Emptiness("chart-column", words, "actionImport", self.tr("Import papers")))
        elif not stats.totals.read:
            words = self.tr("No paper is marked as read yet. Once you mark one, your weeks of reading stand here.")
            self._empty.show_emptiness(Emptiness("circle-check", words, "actionGoNext", self.tr("Go to Up next")))

    def focus_first(self) -> None:
        """Put the focus on the first plot, or on what there is before there are any."""
        if self.plots:
            next(iter(self.plots.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle, and the plots beside each other while there is room (QWidget)."""
        super().resizeEvent(event)
        px = self._theme.px
        side = max(px(24), (self.width() - px(_WIDEST_PX)) // 2)
        self._middle.setContentsMargins(side, px(22), side, px(30))
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list with Escape (QWidget)."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


def _label(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
