"""What is said where a list has no paper: a sentence, how papers come there, and one thing to do. Draws nothing."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from readinglist.errors import QueryError
from readinglist.ui.actions import Actions, short_key_text
from readinglist.ui.searching import Listing
from readinglist.ui.welcome import Emptiness
from readinglist.ui.wording import told

translate = QCoreApplication.translate


def N(_context: str, text: str) -> str:  # noqa: N802 - short, for a table
    """Mark a text for translation (`lupdate -tr-function-alias QT_TRANSLATE_NOOP+=N`)."""
    return text


class _Empty(NamedTuple):
    """The sentence of an empty view, what `key` of which action brings papers there, and the action that is offered."""

    icon: str
    words: str
    action: str
    offer: str
    by: str = ""
    hint: str = ""


_INBOX = N("Emptiness", "Go to the Inbox")
_NEXT = N("Emptiness", "Go to Up next")
_ALL = N("Emptiness", "See all papers")
_IMPORT = N("Emptiness", "Import papers")

_VIEWS = {
    "queue:inbox": _Empty(
        "inbox", N("Emptiness", "The Inbox is empty: everything new has been looked at."), "actionImport", _IMPORT
    ),
    "queue:next": _Empty(
        "list-ordered",
        N("Emptiness", "Nothing is up next."),
        "actionGoInbox",
        _INBOX,
        "actionToNext",
        N("Emptiness", "Press {key} on a paper to put it here."),
    ),
    "queue:reading": _Empty(
        "book-open",
        N("Emptiness", "You are not reading anything."),
        "actionGoNext",
        _NEXT,
        "actionToReading",
        N("Emptiness", "Press {key} on a paper to start."),
    ),
    "queue:later": _Empty(
        "calendar-clock",
        N("Emptiness", "Nothing is put off."),
        "actionGoInbox",
        _INBOX,
        "actionToLater",
        N("Emptiness", "Press {key} on a paper, and it comes back on the day you say."),
    ),
    "queue:read": _Empty(
        "circle-check",
        N("Emptiness", "No paper is marked as read yet."),
        "actionGoNext",
        _NEXT,
        "actionToRead",
        N("Emptiness", "Press {key} when you have read one."),
    ),
    "queue:archived": _Empty(
        "archive",
        N("Emptiness", "The archive is empty."),
        "actionGoInbox",
        _INBOX,
        "actionToArchived",
        N("Emptiness", "Press {key} on a paper you need not see again."),
    ),
    "view:notes": _Empty(
        "notebook-pen",
        N("Emptiness", "No paper has a note yet."),
        "actionGoAll",
        _ALL,
        "actionNote",
        N("Emptiness", "Press {key} on a paper to write one."),
    ),
    "view:starred": _Empty(
        "star",
        N("Emptiness", "No paper is starred yet."),
        "actionGoAll",
        _ALL,
        "actionStar",
        N("Emptiness", "Press {key} on one that matters."),
    ),
    "view:suggested": _Empty(
        "sparkles", N("Emptiness", "Nothing in the Inbox is left to suggest."), "actionGoInbox", _INBOX
    ),
    "view:week": _Empty("history", N("Emptiness", "Nothing was added this week."), "actionImport", _IMPORT),
    "view:trash": _Empty("trash-2", N("Emptiness", "The trash is empty."), "actionGoAll", _ALL),
}


def emptiness(listing: Listing, actions: Actions, problem: QueryError | None = None) -> Emptiness:
    """Return what to say of a list without papers; keys are those that are in force.

    `problem` is that of what is typed now: the list then answers what was typed before, of which nothing is to be said.
    """
    question, view = listing.question, listing.question.view
    if problem is not None:
        return Emptiness("search", told(problem), "clear", translate("Emptiness", "Clear the search"))
    if listing.wrong:
        return Emptiness("search", listing.wrong, "actionEditSearch", translate("Emptiness", "Edit this search"))
    if question.searching:
        return _nothing_found(listing)
    if question.chosen is not None and listing.learning:
        return Emptiness(view.icon, translate("Emptiness", "Looking through the Inbox…"))
    empty = _VIEWS.get(view.key)
    if empty is None:
        words = translate("Emptiness", "There is no paper in {list}.").format(list=view.title)
        return Emptiness(view.icon, words, "actionGoAll", _tr(_ALL))
    words = _tr(empty.words)
    if empty.by and (key := short_key_text(actions[empty.by])):
        words = f"{words} {_tr(empty.hint).format(key=key)}"
    return Emptiness(empty.icon, words, empty.action, _tr(empty.offer))


def _nothing_found(listing: Listing) -> Emptiness:
    question, hits = listing.question, listing.hits
    text = question.text.strip()
    if hits.pending:
        words = translate("Emptiness", "Nothing found yet: %Ln papers are still being indexed.", "", hits.pending)
        return Emptiness("search", words)
    nowhere = translate("Emptiness", "No paper has “{text}”.").format(text=text)
    if hits.did_you_mean:
        offer = translate("Emptiness", "Search for “{text}”").format(text=hits.did_you_mean)
        return Emptiness("search", nowhere, f"search:{hits.did_you_mean}", offer)
    if not question.everywhere:
        words = translate("Emptiness", "Nothing in {list} has “{text}”.").format(list=question.view.title, text=text)
        return Emptiness("search", words, "everywhere", translate("Emptiness", "Search all papers"))
    return Emptiness("search", nowhere, "clear", translate("Emptiness", "Clear the search"))


def _tr(text: str) -> str:
    return translate("Emptiness", text)
