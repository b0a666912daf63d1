"""The page of reading stats: figures, plots, the year they are of. Counts and imports in the background lane."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from readinglist.library import Library, Stats
from readinglist.progress import Progress
from readinglist.ui import icons
from readinglist.ui.import_turns import import_turns
from readinglist.ui.jobs import Lane
from readinglist.ui.labels import plain_label
from readinglist.ui.page import Page
from readinglist.ui.stats_pictures import Measure, Picture, pictures
from readinglist.ui.theme import Theme
from readinglist.ui.welcome import Emptiness, EmptyState

_SIDE_BY_SIDE_PX = 760
_SMALL = frozenset({"statsReadWeeks", "statsAddedWeeks", "statsQueue", "statsTags"})
"""Plots of which two stand beside each other; one that has no other beside it has the row to itself."""


class StatsPage(Page):
    """Asks for the search of a bar's papers, and for the action that an empty page offers. `refresh` counts again."""

    def __init__(self, library: Library, lane: Lane, theme: Theme) -> None:
        choices = (
            ("read", self.tr("Read"), self.tr("Count what was read")),
            ("added", self.tr("Added"), self.tr("Count what was added")),
        )
        super().__init__("statsView", self.tr("Reading stats"), theme, lane, choices, scrolls=True)
        self._library = library
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
        self._earlier = self._tool("statsEarlier", "", self.tr("The year before"))
        self._later = self._tool("statsLater", "", self.tr("The year after"))
        self._period = plain_label(self._inside, name="statsPeriod")
        self._earlier.clicked.connect(self.go_back)
        self._later.clicked.connect(self.go_on)
        self._figures = QWidget(self._inside)
        self._figures_row = QHBoxLayout(self._figures)
        self._values: list[QLabel] = []
        self._names: list[QLabel] = []
        for _ in range(5):
            value, name = plain_label(self._figures), plain_label(self._figures)
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(value)
            pair.addWidget(name)
            self._figures_row.addLayout(pair, 1)
            self._values.append(value)
            self._names.append(name)
        self._empty = EmptyState(theme, self._inside)
        self._empty.asked.connect(self.action_asked)
        self._empty.hide()
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._head.addSpacing(16)
        for widget in (self._earlier, self._period, self._later):
            self._head.addWidget(widget)
        self._column.setSpacing(16)
        self._column.addWidget(self._figures)
        self._column.addWidget(self._empty)
        self._column.addLayout(self._grid)
        self._column.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        super().set_theme(theme)
        px = theme.px
        self._period.setFont(theme.font(13, QFont.Weight.Medium))
        for value, name in zip(self._values, self._names, strict=True):
            value.setFont(theme.font(24, QFont.Weight.DemiBold))
            name.setFont(theme.font(12))
            name.setStyleSheet(f"color: {theme.sub};")
        self._earlier.setIcon(icons.icon("chevron-left", theme.sub, px(16)))
        self._later.setIcon(icons.icon("chevron-right", theme.sub, px(16)))
        self._empty.set_theme(theme)
        self._grid.setSpacing(px(14))
        self._figures_row.setContentsMargins(0, px(4), 0, px(4))
        self._draw()

    @property
    def settled(self) -> bool:
        """Return False while pictures are still to be shown."""
        return super().settled and not self._next.isActive()

    # -- counting ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Count again in the background, and draw when that is done."""
        library, year, turns = self._library, self._year, import_turns()

        def call(_progress: Progress) -> Stats:
            turns.load("pyqtgraph")

            return library.stats(year)

        self.give_up()
        self.ask(call, self._on_counted)

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

    def _on_counted(self, stats: Stats) -> None:
        self.stats = stats
        if self._measure is None:
            self._measure = "read" if stats.totals.read else "added"
        self._draw()

    def choose(self, key: str) -> None:
        """Count what was read, or what was added."""
        self._measure = "read" if key == "read" else "added"
        self._draw()

    # -- drawing ----------------------------------------------------------------------------------

    def _draw(self) -> None:
        stats = self.stats
        if stats is None:
            return
        measure = self._measure or "read"
        self.show_choice(measure)
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
        """Keep the plots beside each other while there is room (QWidget)."""
        super().resizeEvent(event)
        self._arrange()
