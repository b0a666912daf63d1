"""Which papers are listed: the chosen view, or what is typed. Asks the library in the search lane.

Only the newest question is answered. A query that cannot be understood leaves the list as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from readinglist.errors import QueryError
from readinglist.library import Hits, Library
from readinglist.paper import PaperId
from readinglist.progress import Progress
from readinglist.query.nodes import And, Everything, Node, conjunction
from readinglist.query.parse import parse
from readinglist.query.printer import node_text, sort_text, to_text
from readinglist.ui.jobs import Lane
from readinglist.ui.views import BY_SUGGESTION, SUGGESTED, View
from readinglist.ui.wording import told

_WARM_UP_AFTER_MS = 250


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be listed.

    `everywhere`: what is typed is searched in all papers, not only in the view. `sort` is the reader's own choice
    (a key of `sort:`), or None. `select` is the paper to select in the answer; `keep_place` leaves the list
    scrolled where it is, for an answer to the same question asked again. `chosen` are the only papers to be listed: of
    papers that were picked, and of suggestions, in that order. `first` are those that stand first, in that order, where
    the list is ordered by suggestion (`BY_SUGGESTION`).
    """

    view: View
    text: str = ""
    everywhere: bool = True
    sort: str | None = None
    select: PaperId | None = None
    keep_place: bool = False
    chosen: tuple[PaperId, ...] | None = None
    first: tuple[PaperId, ...] = ()

    @property
    def searching(self) -> bool:
        """Return whether something is typed."""
        return bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class Listing:
    """A question and its answer; `learning`: what is to be suggested is not known yet.

    `wrong` says why a saved search has no answer: nothing is listed then, least of all what was listed before.
    """

    question: Question
    hits: Hits
    learning: bool = False
    wrong: str = ""


class Searching(QObject):
    """Keeps the question and asks it again when it or the library has changed."""

    sent = Signal()
    """A question, another one or the same again, is on its way."""

    listed = Signal(object)
    """A `Listing`, the newest."""

    asked = Signal(object)
    """A `Question` is being asked; `listed` follows unless a newer one comes."""

    problem_changed = Signal(object)
    """The `QueryError` of what is typed, or None."""

    failed = Signal(str)
    """The library could not answer."""

    def __init__(self, library: Library, lane: Lane, view: View, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._lane = lane
        self.question = Question(view)
        self._answered: Question | None = None
        self._wrong = False
        self._waiting = False
        self._sorts: dict[str, str | None] = {}
        self._chosen: Callable[[], Sequence[PaperId] | None] = lambda: None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._ask_again)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_WARM_UP_AFTER_MS)
        self._quiet.timeout.connect(self._warm_up)

    def set_chosen(self, chosen: Callable[[], Sequence[PaperId] | None]) -> None:
        """Ask `chosen` for what is suggested of the list that is asked for, in order; None: not known yet."""
        self._chosen = chosen

    @property
    def answered(self) -> Question:
        """Return the question whose answer is listed."""
        return self._answered or self.question

    @property
    def settled(self) -> bool:
        """Return False while a question is about to be asked again."""
        return not self._again.isActive()

    @property
    def behind(self) -> bool:
        """Return True while the question has no answer yet."""
        return self._waiting or self._again.isActive()

    def show_view(self, view: View, *, select: PaperId | None = None) -> None:
        """List a view, with nothing typed."""
        self._ask(Question(view, sort=self._sorts.get(view.key), select=select))

    def ask(self, question: Question) -> None:
        """List the answer to a question that was asked before."""
        self._ask(question)

    def search(self, text: str) -> None:
        """List what is typed; the view when nothing is."""
        was = self.question
        if text.strip() == was.text.strip() and (text.endswith(" ") or not was.text.endswith(" ")):
            # A space after the last word would make it a whole one, and mostly a list without it: the next letter asks.
            # The question stays as it was asked, so that it finds the same when it is asked again.
            return
        everywhere = was.everywhere or not text.strip()
        sort = was.sort if was.searching and text.strip() else None
        if not text.strip():
            sort = self._sorts.get(was.view.key)
        self._ask(replace(was, text=text, everywhere=everywhere, sort=sort, select=None, keep_place=False))

    def look_everywhere(self, everywhere: bool) -> None:
        """Search all papers, or only the view."""
        if everywhere != self.question.everywhere:
            self._ask(replace(self.question, everywhere=everywhere, keep_place=False, select=None))

    def sort_by(self, key: str | None) -> None:
        """Order the list by a key of `sort:`; None is the usual order."""
        if not self.question.searching:
            self._sorts[self.question.view.key] = key
        self._ask(replace(self.question, sort=key, keep_place=False, select=None))

    def rename_view(self, view: View) -> None:
        """The view that is shown has another key and title; what it lists is the same."""
        self._sorts[view.key] = self._sorts.get(self.question.view.key)
        self.question = replace(self.question, view=view)

    def refresh(self, *, select: PaperId | None = None) -> None:
        """Ask again: papers have changed. Several calls in a row are one."""
        keep = None if select is None else select
        self.question = replace(self.question, keep_place=True, select=keep or self.question.select)
        self._again.start()

    def show_from_top(self) -> None:
        """Ask again, for a list in another order: the reader stands at its top, as when another order was chosen."""
        self._send(replace(self.question, keep_place=False))

    def _ask_again(self) -> None:
        question = self.question
        if self._wrong and self._answered is not None:
            # What is typed has an error: the list still answers the question before, and that is to be kept true.
            question = replace(self._answered, keep_place=True, select=question.select)
        self._send(question)

    def _ask(self, question: Question) -> None:
        self.question = question
        self._wrong = False  # the question before may have been; of this one nothing is known yet
        self.asked.emit(question)
        self._send(question)

    def _send(self, question: Question) -> None:
        self._again.stop()
        self._quiet.stop()
        self.sent.emit()
        self._waiting = True
        library = self._library
        learning = False
        if question.view.papers is not None:
            question = replace(question, chosen=question.view.papers)
        if question.sort == BY_SUGGESTION:
            question = replace(question, first=tuple(self._chosen() or ()))
        elif question.view.key == SUGGESTED:
            chosen = self._chosen()
            learning = chosen is None
            if chosen is not None or not question.searching:  # else it is searched where they are taken from
                question = replace(question, chosen=tuple(chosen or ()))

        def call(_progress: Progress) -> Listing:
            return Listing(question, answer(library, question), learning)

        self._lane.run_latest(call, done=self._on_listed, failed=self._on_failed)

    def _on_listed(self, listing: Listing) -> None:
        self._waiting = False
        if listing.question.select == self.question.select:  # else it is wanted of an answer still to come
            self.question = replace(self.question, select=None)
        self._answered = listing.question
        if listing.question.text.strip() == self.question.text.strip():
            self._wrong = False
            self.problem_changed.emit(None)
        self.listed.emit(listing)
        if not listing.question.searching:
            self._quiet.start()

    def _warm_up(self) -> None:
        """Be ready for the first letter; in the search lane, because it is for that thread."""
        library = self._library

        def call(_progress: Progress) -> None:
            library.warm_up()

        self._lane.run(call)

    def _on_failed(self, error: Exception) -> None:
        self._waiting = False
        if isinstance(error, QueryError) and self.question.searching:
            self._wrong = True
            self.problem_changed.emit(error)
        elif isinstance(error, QueryError):
            nothing = Hits(self.question.view.query, [], None, 0, 0, False, None, 0.0, Everything())
            self._on_listed(Listing(self.question, nothing, wrong=told(error)))
        else:
            self.failed.emit(told(error))


def written(question: Question) -> str:
    """Return the whole question as a query to be saved: what is typed, in the list it is kept to, in the order chosen.

    Raises QueryError for what cannot be understood.
    """
    text = question.text.strip()
    if not question.everywhere:
        text = in_view(question)
    return f"{text} sort:{question.sort}" if question.sort else text


def in_view(question: Question, *, typing: bool = False) -> str:
    """Return what is typed, kept to the list, as a query: without the papers that are the only ones in it."""
    typed = parse(question.text, typing=typing)
    node = conjunction([parse(question.view.query).node, typed.node])
    words = node_text(node) if node is not None else ""
    return " ".join([words, *map(sort_text, typed.sort)]).strip()


def answer(library: Library, question: Question) -> Hits:
    """Return the papers of a question. Raises QueryError with the place in what is typed, or ReadingListError."""
    view = question.view
    if question.sort == BY_SUGGESTION:
        hits = answer(library, replace(question, sort=None))
        left = dict.fromkeys(hits.ids)
        first = [number for number in question.first if left.pop(number, number) is None]
        return replace(hits, ids=[*first, *left])
    if not question.searching:
        if question.chosen is not None:
            usual = view.sort if view.papers is not None else None  # suggestions have an order of their own
            return _among(library.search(view.query, sort=question.sort or usual), question)
        return library.search(view.query, sort=question.sort or view.sort or None)
    hits = _found(library, question, typing=True)
    if hits.total:
        return hits
    try:
        # Only a finished query is also answered by the papers that have some of its words, or another spelling.
        return _found(library, question, typing=False)
    except QueryError:
        return hits


def _found(library: Library, question: Question, *, typing: bool) -> Hits:
    if question.everywhere:
        return library.search(question.text, typing=typing, sort=question.sort)
    try:
        hits = library.search(in_view(question, typing=typing), sort=question.sort)
    except QueryError:
        library.search(question.text, typing=typing, limit=0)  # says what is wrong with the place in what is typed
        raise
    if question.chosen is not None:
        hits = _among(hits, question)
    return replace(hits, did_you_mean=_typed_part(hits.did_you_mean, question.view))


def _among(hits: Hits, question: Question) -> Hits:
    """Return those of the papers found that are the chosen ones, in their order where no other was asked for."""
    chosen = {number: place for place, number in enumerate(question.chosen or ())}
    scores = hits.scores or [0.0] * len(hits.ids)
    found = [pair for pair in zip(hits.ids, scores, strict=True) if pair[0] in chosen]
    if not question.searching and question.sort is None and question.view.papers is None:
        found.sort(key=lambda pair: chosen[pair[0]])
    numbers = [number for number, _ in found]
    return replace(hits, ids=numbers, scores=hits.scores and [score for _, score in found], total=len(numbers))


def _typed_part(meant: str | None, view: View) -> str | None:
    """Return what of a query belongs in the search field: all but what makes out the view."""
    if meant is None:
        return None
    ours = _members(parse(view.query).node)
    query = parse(meant)
    node = conjunction(member for member in _members(query.node) if member not in ours)
    return to_text(replace(query, node=node)) if node is not None else None


def _members(node: Node) -> tuple[Node, ...]:
    return node.nodes if isinstance(node, And) else (node,)
