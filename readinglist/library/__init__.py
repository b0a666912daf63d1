"""The library: what the window and the command line both work with. Knows nothing of either.

What most programs that use it never make is imported when it is asked for (`_LATE`): see `reports`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from readinglist.library.completing import NAMED_FIELDS, Known, Names
from readinglist.library.drafts import Draft, Drafts, base_of
from readinglist.library.library import Library
from readinglist.library.suggesting import ToRead
from readinglist.library.values import (
    SEARCHES_COUNTED,
    Changed,
    Counts,
    Edited,
    Finding,
    Hits,
    NoSuchPaper,
    SavedSearch,
    Undone,
)
from readinglist.merging import Rule
from readinglist.query.marks import Snippet
from readinglist.store.backup import Backup
from readinglist.store.history import Entry
from readinglist.store.plain import in_plain_words
from readinglist.store.tags import Tag

if TYPE_CHECKING:
    from readinglist.discover.values import Island, Similar, Suggestion, Suggestions, TopicMap
    from readinglist.duplicates import Group
    from readinglist.feeds.values import Feed
    from readinglist.formats.digest import Digest, DigestGroup, DigestPaper
    from readinglist.formats.source import Source
    from readinglist.library.feed_reports import AddedFeeds, Day, Outcome, Refreshed
    from readinglist.library.figures import (
        Age,
        MapColours,
        Period,
        Queue,
        Stats,
        Stretch,
        TagSeries,
        Totals,
        Trend,
        Trends,
    )
    from readinglist.library.reports import ExportFormat, ImportReport, Merge, NoteVersion, Preview, PreviewItem
    from readinglist.library.rescue import Recovered
    from readinglist.library.revising import Revision, revision_of

_LATE = {
    "discover.values": ("Island", "Similar", "Suggestion", "Suggestions", "TopicMap"),
    "duplicates": ("Group",),
    "feeds.values": ("Feed",),
    "formats.digest": ("Digest", "DigestGroup", "DigestPaper"),
    "formats.source": ("Source",),
    "library.feed_reports": ("AddedFeeds", "Day", "Outcome", "Refreshed"),
    "library.figures": (
        *("Age", "MapColours", "Period", "Queue", "Stats"),
        *("Stretch", "TagSeries", "Totals", "Trend", "Trends"),
    ),
    "library.reports": ("ExportFormat", "ImportReport", "Merge", "NoteVersion", "Preview", "PreviewItem"),
    "library.rescue": ("Recovered",),
    "library.revising": ("Revision", "revision_of"),
}
_MODULE_OF = {name: module for module, names in _LATE.items() for name in names}


def __getattr__(name: str) -> object:
    """Return what is imported when it is asked for (PEP 562)."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"readinglist.{_MODULE_OF[name]}"), name)


__all__ = [
    "NAMED_FIELDS",
    "SEARCHES_COUNTED",
    "AddedFeeds",
    "Age",
    "Backup",
    "Changed",
    "Counts",
    "Day",
    "Digest",
    "DigestGroup",
    "DigestPaper",
    "Draft",
    "Drafts",
    "Edited",
    "Entry",
    "ExportFormat",
    "Feed",
    "Finding",
    "Group",
    "Hits",
    "ImportReport",
    "Island",
    "Known",
    "Library",
    "MapColours",
    "Merge",
    "Names",
    "NoSuchPaper",
    "NoteVersion",
    "Outcome",
    "Period",
    "Preview",
    "PreviewItem",
    "Queue",
    "Recovered",
    "Refreshed",
    "Revision",
    "Rule",
    "SavedSearch",
    "Similar",
    "Snippet",
    "Source",
    "Stats",
    "Stretch",
    "Suggestion",
    "Suggestions",
    "Tag",
    "TagSeries",
    "ToRead",
    "TopicMap",
    "Totals",
    "Trend",
    "Trends",
    "Undone",
    "base_of",
    "in_plain_words",
    "revision_of",
]
