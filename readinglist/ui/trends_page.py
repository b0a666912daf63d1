"""The page of what rises. Compares in the background lane; a term lists its papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from readinglist.library import Library, Trends
from readinglist.progress import Progress
from readinglist.ui.import_turns import import_turns
from readinglist.ui.jobs import Lane
from readinglist.ui.news_page import NewsList, NewsPage
from readinglist.ui.rows import ROW
from readinglist.ui.theme import Theme
from readinglist.ui.trend_list import TrendModel, TrendPainter, TrendRow
from readinglist.ui.trend_pictures import compared, is_late, trend_picture
from readinglist.ui.welcome import Emptiness

_DAYS = {"month": 28, "quarter": 91}
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class _Compared:
    """What was compared: of a library in such a state."""

    state: tuple[object, ...]
    trends: Trends | None


class TrendsPage(NewsPage):
    """Terms with small plots; the one that the reader is at has a larger one above, by whose bars papers are listed."""

    def __init__(self, library: Library, lane: Lane, theme: Theme) -> None:
        choices = (
            ("month", self.tr("4 weeks"), self.tr("What rises in what came in the last 4 weeks")),
            ("quarter", self.tr("3 months"), self.tr("What rises in what came in the last 3 months")),
            ("year", self.tr("Years"), self.tr("What rises in the papers of the last years")),
        )
        super().__init__("trendsView", self.tr("Trends"), theme, lane, choices)
        self._library = library
        self._choice = ""
        self._state: tuple[object, ...] = ()
        self.trends: Trends | None = None
        self.plot: QWidget | None = None
        self._model = TrendModel(self)
        listed = NewsList("trendList", self.tr("Terms that rise"), self.tr("Enter lists the papers"), self)
        listed.set_rows(self._model, TrendPainter(theme, listed))
        listed.taken.connect(self._on_taken)
        listed.reached.connect(self._on_reached)
        self.add(listed)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        super().set_theme(theme)
        self._show()

    # -- comparing --------------------------------------------------------------------------------

    def choose(self, key: str) -> None:
        """Compare other times."""
        self._choice = key
        self._state = ()
        self.refresh()

    def refresh(self) -> None:
        """Compare in the background, where papers have come or gone since that was last done."""
        self.give_up()
        library, choice, known, turns = self._library, self._choice, self._state, import_turns()
        if self.trends is None or not known:
            self._sentence.setText(self.tr("Comparing…"))

        def call(progress: Progress) -> _Compared:
            turns.load("pyqtgraph")

            state = (choice, library.today(), library.counts().total, library.pending())
            if state == known:
                return _Compared(state, None)
            by: Literal["day", "year"] | None = "year" if choice == "year" else "day" if choice else None
            since = library.today() - timedelta(days=_DAYS[choice] - 1) if choice in _DAYS else None
            return _Compared(state, library.trends(since, by=by, limit=_SHOWN, progress=progress))

        self.ask(call, self._on_compared)

    def _on_compared(self, compared: _Compared) -> None:
        if compared.trends is not None:
            self._state, self.trends = compared.state, compared.trends
            self._show()
            self.list.go_to_row(0)

    # -- showing ----------------------------------------------------------------------------------

    def _show(self) -> None:
        trends = self.trends
        if trends is None:
            return
        self.show_choice(self._choice or _default_choice(trends))
        row = max(0, self.list.currentIndex().row())
        rows = [TrendRow(trend, trend_picture(trends, trend, self._theme)) for trend in trends.terms]
        self._model.show_rows(rows)
        self._sentence.setText(compared(trends) if trends.since is not None else "")
        had_focus = self.isAncestorOf(self.window().focusWidget() or self)
        self.show_content(None if rows else self._emptiness(trends))
        if self.plot is not None:
            self.plot.setVisible(bool(rows))
        if rows:
            self.list.go_to_row(min(row, len(rows) - 1))
        if had_focus:
            self.focus_first()

    def _emptiness(self, trends: Trends) -> Emptiness:
        if trends.since is not None:
            return Emptiness("trending-up", self.tr("No term rises for certain in this time. Try a longer one."))
        words = self.tr("There is nothing to compare: too few papers came in this time, or before it.")
        return Emptiness("trending-up", words, "actionImport", self.tr("Import papers"))

    def _on_reached(self, index: QModelIndex) -> None:
        row: TrendRow | None = index.data(ROW)
        if row is None:
            return
        from readinglist.ui.stats_plot import Plot

        if isinstance(self.plot, Plot):
            self.plot.show_picture(row.picture, self._theme)
            return
        plot = Plot(row.picture, self._theme, self)
        plot.chosen.connect(self.search_asked)
        self.plot = plot
        self._column.insertWidget(self._column.indexOf(self.list), plot)
        QWidget.setTabOrder(self.list, plot)

    def _on_taken(self, index: QModelIndex) -> None:
        row: TrendRow | None = index.data(ROW)
        if row is not None:
            self.search_asked.emit(row.trend.query)


def _default_choice(trends: Trends) -> str:
    """Return the choice that is the same as what was compared."""
    if trends.by == "year":
        return "year"
    late = sum(is_late(trends, period) for period in trends.periods)
    return "month" if late <= 4 else "quarter"
