"""The library: what the window and the command line both work with. Knows nothing of either."""

from readinglist.formats.source import Source
from readinglist.library.library import Library
from readinglist.library.values import (
    Changed,
    Counts,
    Edited,
    Finding,
    Hits,
    ImportReport,
    NoSuchPaper,
    Preview,
    PreviewItem,
    SavedSearch,
    Undone,
)
from readinglist.query.marks import Snippet
from readinglist.store.history import Entry
from readinglist.store.tags import Tag

__all__ = [
    "Changed",
    "Counts",
    "Edited",
    "Entry",
    "Finding",
    "Hits",
    "ImportReport",
    "Library",
    "NoSuchPaper",
    "Preview",
    "PreviewItem",
    "SavedSearch",
    "Snippet",
    "Source",
    "Tag",
    "Undone",
]
