"""The library: what the window and the command line both work with. Knows nothing of either."""

from readinglist.discover.values import Island, Similar, Suggestion, Suggestions, TopicMap
from readinglist.duplicates import Group
from readinglist.feeds.values import Feed
from readinglist.formats.digest import Digest, DigestGroup, DigestPaper
from readinglist.formats.source import Source
from readinglist.library.charting import MapColours
from readinglist.library.completing import NAMED_FIELDS, Known, Names
from readinglist.library.drafts import Draft, Drafts
from readinglist.library.duplicating import Merge
from readinglist.library.feeding import AddedFeeds, Day
from readinglist.library.library import Library
from readinglist.library.refreshing import Outcome, Refreshed
from readinglist.library.rescue import Recovered
from readinglist.library.revising import Revision, revision_of
from readinglist.library.statistics import Age, Queue, Stats, Stretch, TagSeries, Totals
from readinglist.library.suggesting import ToRead
from readinglist.library.trending import Period, Trend, Trends
from readinglist.library.values import (
    SEARCHES_COUNTED,
    Changed,
    Counts,
    Edited,
    ExportFormat,
    Finding,
    Hits,
    ImportReport,
    NoSuchPaper,
    NoteVersion,
    Preview,
    PreviewItem,
    SavedSearch,
    Undone,
)
from readinglist.merging import Rule
from readinglist.query.marks import Snippet
from readinglist.store.backup import Backup
from readinglist.store.history import Entry
from readinglist.store.plain import in_plain_words
from readinglist.store.tags import Tag

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
    "in_plain_words",
    "revision_of",
]
