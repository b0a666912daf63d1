"""The lists a reader can look at, each a query with a name. Knows no widget and no library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from readinglist.paper import Paper, PaperId, Status
from readinglist.query.printer import quoted

translate = QCoreApplication.translate

Kind = Literal["queue", "view", "search", "tag", "page"]

STATS = "view:stats"
TRENDS = "view:trends"
MORNING = "view:morning"
FEEDS = "view:feeds"
MAP = "view:map"
"""The keys of views that are no lists but pages."""

SUGGESTED = "view:suggested"
"""The key of the list whose order `suggesting` knows."""

TRASH = "view:trash"

BY_SUGGESTION = "suggested"
"""In place of a key of `sort:`, which it is none of: the order that `suggesting` knows for any list."""


@dataclass(frozen=True, slots=True)
class View:
    """One list: `key` is its lasting name ("queue:next", "tag:nlp"), `query` what is in it.

    `sort` orders it unless the reader chooses otherwise. `status` is set where every paper has the same. `papers` are
    the only ones in it, where they were picked and no query says which they are.
    """

    key: str
    kind: Kind
    title: str
    query: str
    sort: str
    icon: str
    status: Status | None = None
    papers: tuple[PaperId, ...] | None = None


def picked_view(papers: Sequence[PaperId]) -> View:
    """Return a view of papers that were picked on the map, any number; it lasts while the window is open."""
    key = f"picked:{hash(tuple(papers)):x}"
    return View(key, "view", translate("Views", "Picked on the map"), "", "added", "map", papers=tuple(papers))


def queue_views() -> list[View]:
    """Return the six places of the queue, in the order of a paper's way through it."""
    return [
        View("queue:inbox", "queue", translate("Views", "Inbox"), "is:inbox", "added", "inbox", Status.INBOX),
        View("queue:next", "queue", translate("Views", "Up next"), "is:next", "position", "list-ordered", Status.NEXT),
        View(
            "queue:reading",
            "queue",
            translate("Views", "Reading"),
            "is:reading",
            "changed",
            "book-open",
            Status.READING,
        ),
        View("queue:later", "queue", translate("Views", "Later"), "is:later", "until", "calendar-clock", Status.LATER),
        View("queue:read", "queue", translate("Views", "Read"), "is:read", "finished", "circle-check", Status.READ),
        View(
            "queue:archived",
            "queue",
            translate("Views", "Archive"),
            "is:archived",
            "changed",
            "archive",
            Status.ARCHIVED,
        ),
    ]


def built_in_views() -> list[View]:
    """Return the views every library has."""
    return [
        View(MORNING, "page", translate("Views", "This morning"), "", "", "sunrise"),
        View(SUGGESTED, "view", translate("Views", "Suggested"), "is:inbox", "suggested", "sparkles"),
        View("view:all", "view", translate("Views", "All papers"), "", "added", "library"),
        View("view:starred", "view", translate("Views", "Starred"), "is:starred", "added", "star"),
        View("view:notes", "view", translate("Views", "With notes"), "has:note", "changed", "notebook-pen"),
        View("view:week", "view", translate("Views", "Added this week"), "added:<7d", "added", "history"),
        View(TRENDS, "page", translate("Views", "Trends"), "", "", "trending-up"),
        View(MAP, "page", translate("Views", "Topic map"), "", "", "map"),
        View(FEEDS, "page", translate("Views", "Feeds"), "", "", "rss"),
        View(STATS, "page", translate("Views", "Reading stats"), "", "", "chart-column"),
        View(TRASH, "view", translate("Views", "Trash"), "is:trash", "changed", "trash-2"),
    ]


def saved_view(name: str, query: str) -> View:
    """Return the view of a saved search."""
    return View(f"search:{name}", "search", name, query, "", "search")


def tag_view(name: str) -> View:
    """Return the view of a tag and what lies under it."""
    return View(f"tag:{name}", "tag", name.rsplit("/", 1)[-1], f"tag:{quoted(name)}", "added", "tag")


def tag_of(view: View) -> str:
    """Return the tag a view is of, with all its levels."""
    return view.key.partition(":")[2]


def takes_papers(view: View) -> bool:
    """Say whether papers can be dropped on a view: a place of the queue, a tag, the stars, the trash."""
    return view.status is not None or view.kind == "tag" or view.key in ("view:starred", "view:trash")


def status_title(status: Status) -> str:
    """Return what a status is called in the window."""
    return next(view.title for view in queue_views() if view.status is status)


def trash_title() -> str:
    """Return what the trash is called."""
    return next(view.title for view in built_in_views() if view.key == "view:trash")


def shown_status(paper: Paper, today: str) -> Status:
    """Return where a paper is shown: a Later paper whose day has come stands in the Inbox."""
    if paper.status is Status.LATER and paper.until is not None and paper.until <= today:
        return Status.INBOX
    return paper.status
