"""The map of topics: papers as points, coloured by where they stand or by tag, to be gone over, selected, tagged.

Laid out in the background lane. The list of islands beside it does by keys what the mouse does on the map.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolTip, QVBoxLayout, QWidget

from readinglist.errors import ReadingListError
from readinglist.library import Library, MapColours, TopicMap
from readinglist.paper import Paper, PaperId, Status
from readinglist.progress import Progress
from readinglist.ui.island_list import IslandModel, IslandPainter, IslandRow, Legend
from readinglist.ui.jobs import Lane
from readinglist.ui.labels import plain_label
from readinglist.ui.map_canvas import Chart, MapCanvas, Marks
from readinglist.ui.news_page import NewsList, NewsPage
from readinglist.ui.plain_document import tooltip_text
from readinglist.ui.row_text import meta_line
from readinglist.ui.rows import ROW
from readinglist.ui.theme import Theme
from readinglist.ui.trend_pictures import papers as papers_in_words
from readinglist.ui.views import shown_status, status_title
from readinglist.ui.welcome import Emptiness

_SIDE_PX = 250
_STATUS_COLOURS = ("blue", "orange", "purple", "teal", "green", "grey")


@dataclass(frozen=True, slots=True)
class _Laid:
    """A map and its colours; without a map, the colours of the one that is shown."""

    state: tuple[object, ...]
    chart: TopicMap | None
    colours: MapColours


class MapPage(NewsPage):
    """The map, its legend, its islands; what is selected on it is what commands are for (a `Stand`)."""

    widest_px = 1600

    def __init__(self, library: Library, lane: Lane, theme: Theme) -> None:
        choices = (
            ("status", self.tr("By status"), self.tr("Colour papers by where they stand")),
            ("tag", self.tr("By tag"), self.tr("Colour papers by their tags")),
        )
        super().__init__("mapView", self.tr("Topic map"), theme, lane, choices)
        self._library = library
        self._state: tuple[object, ...] = ()
        self._only: int | None = None
        self.map: TopicMap | None = None
        self.colours: MapColours | None = None
        self._selected: Marks = np.zeros(0, np.bool_)
        self.show_choice("status")
        self.canvas = MapCanvas(theme, self)
        self.canvas.setAccessibleName(self.tr("Map of topics"))
        self.canvas.setAccessibleDescription(
            self.tr("Arrows move it, plus and minus zoom, 0 shows all of it; the list of islands selects papers")
        )
        self.canvas.lassoed.connect(self._on_lassoed)
        self.canvas.pointed.connect(self._on_pointed)
        self.canvas.opened.connect(self._on_opened)
        self.legend = Legend(self)
        self.legend.chosen.connect(self._on_group_chosen)
        self._model = IslandModel(self)
        hint = self.tr("Enter selects the papers of an island")
        self._islands = NewsList("islandList", self.tr("Islands"), hint, self)
        self._islands.set_rows(self._model, IslandPainter(theme, self._islands))
        self._islands.reached.connect(self._on_reached)
        self._islands.taken.connect(self._on_taken)
        self._lasso = self._tool("mapLasso", self.tr("Select"), self.tr("Drag round papers to select them (or Shift)"))
        self._lasso.setCheckable(True)
        self._lasso.toggled.connect(self._on_lasso_toggled)
        self._whole = self._tool("mapWhole", self.tr("Whole map"), self.tr("Show the whole map again"))
        self._whole.clicked.connect(self.canvas.show_whole)
        self._list_them = self._tool("mapList", self.tr("Show them"), self.tr("List the papers that are selected"))
        self._list_them.clicked.connect(self.list_selected)
        self._clear = self._tool("mapClear", self.tr("Clear"), self.tr("Select nothing"))
        self._clear.clicked.connect(self.clear)
        self._words = plain_label(self)
        self._words.setWordWrap(True)
        self._build()

    def _build(self) -> None:
        all_of_it = QWidget(self)
        bar = QHBoxLayout()
        bar.addStretch(1)
        for button in (self._list_them, self._clear, self._lasso, self._whole):
            bar.addWidget(button)
        left = QVBoxLayout()
        left.addWidget(self.canvas, 1)
        left.addWidget(self._words)
        left.addLayout(bar)
        self._side = QWidget(all_of_it)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.legend)
        side.addWidget(self._islands, 1)
        row = QHBoxLayout(all_of_it)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(left, 1)
        row.addWidget(self._side)
        self.add(self._islands, all_of_it)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        super().set_theme(theme)
        self.canvas.set_theme(theme)
        self._side.setFixedWidth(theme.px(_SIDE_PX))
        self._words.setFont(theme.font(12))
        for button in (self._lasso, self._whole, self._list_them, self._clear):
            button.setFont(theme.font(12, QFont.Weight.Medium))
        self._show_colours()
        self._show_selected()

    # -- laying out -------------------------------------------------------------------------------

    def choose(self, key: str) -> None:
        """Colour papers in another way."""
        self._only = None
        self.show_choice(key)
        self._show_colours()

    def refresh(self) -> None:
        """Lay the map out where papers have come or gone; else colour it as papers stand now."""
        self.give_up()
        library, known, shown = self._library, self._state, self.map
        if shown is None:
            self._sentence.setText(self.tr("Laying out the map…"))

        def call(progress: Progress) -> _Laid:
            state = (library.counts().total, library.pending())
            chart = library.topic_map(progress=progress) if shown is None or state != known else None
            papers = chart.papers if chart is not None else shown.papers if shown is not None else np.zeros(0, np.int64)
            return _Laid(state, chart, library.map_colours(papers))

        self.ask(call, self._on_laid)

    def _on_laid(self, laid: _Laid) -> None:
        self._state, self.colours = laid.state, laid.colours
        if laid.chart is not None:
            self._show_map(laid.chart)
        self._show_colours()

    def _show_map(self, chart: TopicMap) -> None:
        self.map = chart
        self.canvas.show_chart(Chart(chart.x, chart.y, chart.islands))
        self._model.show_rows(
            [
                IslandRow(number, each.name or self.tr("Without a name"), each.papers)
                for number, each in enumerate(chart.islands)
            ]
        )
        self._selected = np.zeros(len(chart.papers), np.bool_)
        has_papers = bool(len(chart.papers))
        islands = len(chart.islands)
        words = self.tr("{papers} on %Ln islands: what is near each other is about the same.", "", islands)
        self._sentence.setText(words.format(papers=papers_in_words(len(chart.papers))) if has_papers else "")
        nothing = self.tr("There is nothing to map yet: no paper is searchable.")
        offer = Emptiness("map", nothing, "actionImport", self.tr("Import papers"))
        self.show_content(None if has_papers else offer)
        self._show_selected()
        if self.isVisible():
            self.focus_first()

    def _show_colours(self) -> None:
        """Colour the points, and say by what."""
        if self.map is None or self.colours is None:
            return
        theme, colours = self._theme, self.colours
        if self.chosen() == "tag":
            group = np.where(colours.status < -1, np.int8(-2), colours.tag)
            drawn = [theme.tag_colour(name, colour) for name, colour in colours.tags]
            names = [name for name, _ in colours.tags]
        else:
            group = colours.status
            drawn = [theme.tags[name] for name in _STATUS_COLOURS]
            names = [status_title(Status(name)) for name in colours.statuses]
        counts = np.bincount(group[group >= 0], minlength=len(names)).tolist()
        groups = [
            (number, name, colour, count)
            for number, (name, colour, count) in enumerate(zip(names, drawn, counts, strict=True))
            if count
        ]
        self.legend.show_groups(groups, theme, self._only)
        self.canvas.show_colours(group, drawn, self._only)

    # -- selecting --------------------------------------------------------------------------------

    def _on_lassoed(self, marks: Marks, adds: bool) -> None:
        self._select(self._selected | marks if adds else marks)

    def _on_taken(self, index: QModelIndex) -> None:
        row: IslandRow | None = index.data(ROW)
        if row is not None and self.map is not None and self.colours is not None:
            marks = (self.map.island == row.number) & (self.colours.status >= 0)
            self.canvas.go_to_island(row.number)
            self._select(marks)

    def _on_reached(self, index: QModelIndex) -> None:
        row: IslandRow | None = index.data(ROW)
        self.canvas.show_island(row.number if row is not None else None)

    def _on_group_chosen(self, group: int | None) -> None:
        self._only = group
        self._show_colours()

    def _on_lasso_toggled(self, on: bool) -> None:
        self.canvas.lasso = on

    def clear(self) -> None:
        """Select nothing."""
        self._select(np.zeros(len(self._selected), np.bool_))

    def _select(self, marks: Marks) -> None:
        self._selected = marks
        self._show_selected()
        self.selection_changed.emit()

    def _show_selected(self) -> None:
        count = self.selected_count()
        self.canvas.show_selected(self._selected)
        self._list_them.setEnabled(count > 0)
        shown = self.tr("Show these %Ln papers", "", count) if count else self.tr("Show them")
        self._list_them.setText(shown)
        self._list_them.setAccessibleName(shown)
        self._clear.setEnabled(count > 0)
        if not count:
            words = self.tr("Drag to move, turn the wheel to zoom; with Shift, drag round papers to select them.")
        else:
            words = self.tr("{papers} selected: what the keys of the list do is done to them.")
        self._words.setText(words.format(papers=papers_in_words(count)))

    def list_selected(self) -> None:
        """List the papers that are selected, any number."""
        if self.selected_count():
            self.papers_asked.emit(self.selected_ids())

    # -- one paper --------------------------------------------------------------------------------

    def _on_pointed(self, point: int, place: QPoint) -> None:
        paper = self._paper(point)
        if paper is None or self.map is None:
            QToolTip.hideText()
            return
        day = self._library.today()
        standing = status_title(shown_status(paper, day.isoformat()))
        lines = [paper.title, meta_line(paper, day), " · ".join([standing, *sorted(paper.tags)])]
        QToolTip.showText(place, tooltip_text("\n".join(line for line in lines if line)), self.canvas)

    def _on_opened(self, point: int) -> None:
        if self.map is not None and 0 <= point < len(self.map.papers):
            self.paper_asked.emit(int(self.map.papers[point]))

    def _paper(self, point: int) -> Paper | None:
        if self.map is None or not 0 <= point < len(self.map.papers):
            return None
        return self.paper_called(PaperId(int(self.map.papers[point])))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take back the selection with Escape, then leave (QWidget)."""
        if event.key() == Qt.Key.Key_Escape and self.selected_count():
            self.clear()
            return
        super().keyPressEvent(event)

    # -- in place of the list ---------------------------------------------------------------------

    @property
    def stand(self) -> MapPage:
        """Return what commands are for while the page is open."""
        return self

    def selected_ids(self) -> list[PaperId]:
        """Return the papers that are selected."""
        numbers: Sequence[int] = self.map.papers[self._selected].tolist() if self.map is not None else ()
        return [PaperId(number) for number in numbers]

    def selected_count(self) -> int:
        """Return how many papers are selected."""
        return int(np.count_nonzero(self._selected))

    def current_paper(self) -> Paper | None:
        """Return the paper that is selected, if it is one."""
        return self.paper_called(self.selected_ids()[0]) if self.selected_count() == 1 else None

    def paper_called(self, paper_id: PaperId) -> Paper | None:
        """Return a paper of the map."""
        try:
            papers = self._library.papers([paper_id])
        except ReadingListError:  # purged meanwhile
            return None
        return papers[0] if papers else None

    def step(self, by: int) -> None:
        """Go to another island."""
        self.list.step(1 if by > 0 else -1)

    def step_past_selection(self) -> None:
        """Stay: what is done with the papers of an island is seen on it."""
