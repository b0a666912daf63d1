"""Suggest what to read, from what the reader has made of other papers; and take their answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from readinglist.library.discovering import Discovering
from readinglist.library.values import Edited
from readinglist.paper import Paper, PaperId
from readinglist.phrase import joined, phrase
from readinglist.progress import Progress, Silent
from readinglist.store import listing
from readinglist.store.driver import Connection
from readinglist.store.judgements import Judgement, facts, judgements

if TYPE_CHECKING:
    from readinglist.discover.values import Opinion, Suggestion, Suggestions
    from readinglist.index.snapshot import Snapshot

_WEIGHTS = {"more": 3.0, "starred": 2.0, "noted": 1.5, "read": 1.0, "tagged": 1.0, "queued": 0.7}
"""How much a paper counts of which the reader wanted more, that they starred …; the first that holds gives the kind."""

_MORE_SIGNS = 0.25
"""What each further sign of liking adds."""

_KNOWN = {"more", "starred", "noted", "read"}
"""What a reader has liked in such a way is nothing to suggest to them."""

_LABELS = {"more": "More like this", "less": "Less like this"}

_LESS, _PASSED = 3.0, 1.0
"""How much a paper counts of which the reader wanted less, and one that they archived unread."""

_INBOX = "(status = 'inbox' OR (status = 'later' AND ifnull(until, '9999') <= :today))"


class ToRead(NamedTuple):
    """What to read now; `place` is where it was found: `next`, `reading`, `due`, `suggested`, and `why` a sentence."""

    paper: Paper
    place: str
    why: str


class Suggesting(Discovering):
    """Suggestions, and what to read now."""

    def suggest(
        self, limit: int = 20, *, among: Iterable[int] | None = None, progress: Progress | None = None
    ) -> Suggestions:
        """Return the papers of the Inbox that this reader will like most, the best first, with reasons.

        Learns anew each time, from stars, tags, notes, highlights, what was read or chosen to be, answers, and what
        was archived unread: 0.2 s at 10,000 papers. Left out are papers of the Inbox that the reader has starred or
        made notes on; `among` names other candidates, those too. Never suggested are papers of which the reader wanted
        less and those in the trash. Raises Cancelled by `progress`.
        """
        from readinglist.discover.suggest import suggest_by_history, suggest_to_new
        from readinglist.discover.values import Facts, Suggestions
        from readinglist.discover.vectors import Vectors

        progress = progress or Silent()
        with self._store.reading() as connection:
            made = judgements(connection)
            where = _INBOX if among is None else "1"
            inbox = listing.ids_where(connection, f"trashed IS NULL AND {where}", {"today": self._today()})
        opinions = [one for each in made if (one := _opinion(each)) is not None]
        known = {one.id for one in opinions if one.kind in _KNOWN} if among is None else set()
        refused = {one.id for one in made if one.taste == "less"}
        wanted = set(inbox if among is None else among) - refused - known
        candidates = [number for number in inbox if number in wanted]
        liked = sum(one.weight > 0 for one in opinions)
        progress.step(0, None)

        def ask(snapshot: Snapshot) -> tuple[list[Suggestion], int]:
            import numpy as np

            numbers = np.array(candidates, np.int64)
            docs = snapshot.docs_of(numbers)
            docs, numbers = docs[docs >= 0], numbers[docs >= 0]
            pending = len(candidates) - len(docs)
            if not len(docs) or limit < 1:
                return [], pending
            vectors = Vectors(snapshot)
            here = snapshot.docs_of(np.array([one.id for one in opinions if one.weight > 0], np.int64))
            if (here >= 0).any():
                return suggest_by_history(vectors, opinions, docs, self.papers, limit), pending
            with self._store.reading() as connection:
                known = [Facts(PaperId(row[0]), *row[1:]) for row in facts(connection, numbers.tolist())]
            return suggest_to_new(vectors, known, limit), pending

        papers, pending = self._look(ask)
        return Suggestions(
            papers=papers,
            basis="history" if liked else "new",
            note=_note(liked, len(opinions) - liked),
            liked=liked,
            passed=len(opinions) - liked,
            pending=pending,
        )

    def answer(self, ids: Iterable[int], taste: str | None, *, progress: Progress | None = None) -> Edited:
        """Note that the reader wants `more` like these papers, or `less`, or (None) has taken that back.

        Raises ReadingListError for another word.
        """
        label = _LABELS.get(taste or "", "Take back an answer")
        return self.edit(label, ids, lambda paper: replace(paper, taste=taste), progress=progress)

    def what_to_read(self) -> ToRead | None:
        """Return the paper to read now, and why; None when nothing waits to be read.

        The first in Up next, for that order the reader made by hand; else what they are in the middle of (the last
        begun or touched); else a paper put off whose day has come; else the best of the Inbox (see `suggest`).
        """
        with self._store.reading() as connection:
            first = {
                "next": _first(connection, "status = 'next'", "order_key, id", self._today()),
                "reading": _first(connection, "status = 'reading'", "changed DESC, id", self._today()),
                "due": _first(connection, f"status = 'later' AND {_INBOX}", "until, id", self._today()),
            }
        for place, number in first.items():
            if number is not None:
                paper = self.paper(number)
                return ToRead(paper, place, _why(place, paper))
        suggested = self.suggest(1)
        if not suggested.papers:
            return None
        best = suggested.papers[0]
        why = phrase("The best of your Inbox.")
        if best.reasons:
            why = phrase("The best of your Inbox: {reasons}.", reasons=joined(best.reasons))
        return ToRead(self.paper(best.id), "suggested", why)


def _first(connection: Connection, where: str, order: str, today: str) -> int | None:
    ids = listing.list_ids(connection, where, {"today": today}, order, limit=1)
    return ids[0] if ids else None


def _why(place: str, paper: Paper) -> str:
    match place:
        case "next":
            return "It is the first in Up next."
        case "reading":
            return "You have begun it, and Up next is empty."
        case _:
            return phrase("You put it off until {day}.", day=paper.until)


def _opinion(made: Judgement) -> Opinion | None:
    """Return how much a paper is liked, and by what that is known; None where nothing says."""
    from readinglist.discover.values import Opinion

    number = PaperId(made.id)
    if made.taste == "less":
        return Opinion(number, -_LESS, "less")
    signs = {
        "more": made.taste == "more",
        "starred": made.starred,
        "noted": made.noted or made.marked,
        "read": made.status == "read" or made.finished,
        "tagged": made.tagged,
        "queued": made.status in ("next", "reading"),
    }
    found = [kind for kind, there in signs.items() if there]
    if found:
        return Opinion(number, _WEIGHTS[found[0]] + _MORE_SIGNS * (len(found) - 1), found[0])
    return Opinion(number, -_PASSED, "passed") if made.status == "archived" else None


def _note(liked: int, passed: int) -> str:
    if liked and passed:
        return phrase(
            "Learnt from what you liked ({liked:,}) and what you archived unread ({passed:,}).",
            liked=liked,
            passed=passed,
        )
    if liked:
        return phrase("Learnt from what you liked ({liked:,}).", liked=liked)
    return phrase(
        "Nothing is known of what you like yet: these have many upvotes or are new, and differ from each other. "
        "Star, tag or read some."
    )
