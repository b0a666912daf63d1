"""“This morning”: what is new, in groups with reasons, as `digest` tells it; the keys of triage work on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, cast

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QHideEvent

from readinglist.library import Digest, Library
from readinglist.paper import Paper, PaperId
from readinglist.progress import Progress
from readinglist.ui.jobs import Lane
from readinglist.ui.morning_list import MorningModel, MorningPainter, MorningRow
from readinglist.ui.news_page import NewsList, NewsPage
from readinglist.ui.row_text import day_text, local_day
from readinglist.ui.rows import ROW
from readinglist.ui.theme import Theme
from readinglist.ui.trend_pictures import papers as papers_in_words
from readinglist.ui.welcome import Emptiness
from readinglist.ui.wording import told


@dataclass(frozen=True, slots=True)
class _Answer:
    """A new digest; or, with None, the papers of the one that is shown as they are now."""

    digest: Digest | None
    papers: Mapping[PaperId, Paper]


class MorningPage(NewsPage):
    """The new papers. They stay where they are while the page is open, so that nothing jumps; it is a `Stand`."""

    def __init__(self, library: Library, lane: Lane, theme: Theme) -> None:
        choices = (
            ("suggestion", self.tr("Suggested"), self.tr("What you will like most first, then saved searches")),
            ("search", self.tr("Saved searches"), self.tr("Group by the saved search that finds a paper")),
            ("tag", self.tr("Tags"), self.tr("Group by tag, papers without one by the tags of those they are like")),
        )
        super().__init__("morningView", self.tr("This morning"), theme, lane, choices)
        self._library = library
        self._choice = ""
        self.digest: Digest | None = None
        self._model = MorningModel(self)
        hint = self.tr("Enter goes to the paper; the keys of the list work here too")
        listed = NewsList("morningList", self.tr("New papers"), hint, self)
        listed.set_rows(self._model, MorningPainter(theme, listed))
        listed.taken.connect(self._on_taken)
        listed.reached.connect(self._on_reached)
        self.add(listed)

    # -- gathering --------------------------------------------------------------------------------

    def choose(self, key: str) -> None:
        """Group in another way."""
        self._choice = key
        self.digest = None
        self.refresh()

    def refresh(self) -> None:
        """Look what has become of the papers; gather anew where others have come, or the page was closed."""
        self.give_up()
        library, choice, shown = self._library, self._choice, self.digest
        known = [paper.id for paper in self._model.papers()]
        if shown is None:
            self._sentence.setText(self.tr("Gathering…"))

        def call(progress: Progress) -> _Answer:
            if shown is not None and shown.today == library.today().isoformat():
                base = f"added:{shown.since}.. is:unread"
                if shown.total > len(known) or set(known).issuperset(library.search(base).ids):
                    return _Answer(None, {paper.id: paper for paper in library.papers(known)})
            return _Answer(_gather(library, choice, progress), {})

        self.ask(call, self._on_answer)

    def hideEvent(self, event: QHideEvent) -> None:
        """Have everything gathered anew the next time (QWidget)."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.digest = None

    def _on_answer(self, answer: _Answer) -> None:
        if answer.digest is None:
            self._model.show_papers(answer.papers)
            return
        here = self.selected_ids() if self.digest is not None else []
        digest = self.digest = answer.digest
        self.show_choice(digest.by)
        self._model.show_digest(digest)
        numbers = [row.paper.id if row.paper is not None else None for row in self._model.rows]
        self._sentence.setText(self._told_of(digest) if digest.groups else "")
        self.show_content(None if digest.groups else self._nothing())
        if digest.groups:
            self.list.go_to_row(numbers.index(here[0]) if here and here[0] in numbers else 0)
            self.list.scrollTo(self.list.currentIndex())
            if self.list.currentIndex().row() <= 1:
                self.list.scrollToTop()
        if self.isVisible():
            self.focus_first()
        self.selection_changed.emit()

    def _nothing(self) -> Emptiness:
        words = self.tr("Nothing new is waiting. What you import or fetch stands here, in groups, until you sort it.")
        return Emptiness("sunrise", words, "actionImport", self.tr("Import papers"))

    def _told_of(self, digest: Digest) -> str:
        day = day_text(date.fromisoformat(digest.since), date.fromisoformat(digest.today))
        words = self.tr("{papers} since {day}, neither read nor archived.").format(
            papers=papers_in_words(digest.total), day=day
        )
        if digest.note:
            words += " " + told(digest.note)
        if digest.total > digest.shown:
            words += " " + self.tr("The first {n} are shown.").format(n=f"{digest.shown:,}")
        return words

    def _on_reached(self, _index: QModelIndex) -> None:
        self.selection_changed.emit()

    def _on_taken(self, index: QModelIndex) -> None:
        row: MorningRow | None = index.data(ROW)
        if row is not None and row.paper is not None:
            self.paper_asked.emit(row.paper.id)

    # -- in place of the list ---------------------------------------------------------------------

    @property
    def stand(self) -> MorningPage:
        """Return what commands are for while the page is open."""
        return self

    def selected_ids(self) -> list[PaperId]:
        """Return the paper that the reader is at."""
        paper = self.current_paper()
        return [paper.id] if paper is not None else []

    def selected_count(self) -> int:
        """Return 1, and 0 where there is no paper."""
        return len(self.selected_ids())

    def current_paper(self) -> Paper | None:
        """Return the paper that the reader is at."""
        row: MorningRow | None = self.list.currentIndex().data(ROW)
        return row.paper if row is not None else None

    def paper_called(self, paper_id: PaperId) -> Paper | None:
        """Return one of the papers shown."""
        return next((paper for paper in self._model.papers() if paper.id == paper_id), None)

    def step(self, by: int) -> None:
        """Go to the next paper, or to the one before."""
        self.list.step(1 if by > 0 else -1)

    def step_past_selection(self) -> None:
        """Go on to the next paper."""
        self.list.step(1)


def _gather(library: Library, choice: str, progress: Progress) -> Digest:
    """Return what is new since yesterday; where that is nothing, what came on the last day on which something did."""
    by = cast("Literal['suggestion', 'search', 'tag'] | None", choice or None)
    digest = library.digest(by=by, progress=progress)
    if digest.total:
        return digest
    last = library.papers(library.search("is:unread sort:added", limit=1).ids)
    if not last:
        return digest
    day = local_day(last[0].added) or library.today()
    return library.digest(min(day, library.today() - timedelta(days=1)), by=by, progress=progress)
