"""Which pages there are, and what makes each: the one place that knows them all. Each is imported when it is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from readinglist.library import Library
from readinglist.ui.feed_keeping import FeedKeeper
from readinglist.ui.jobs import Lanes
from readinglist.ui.preferences import Preferences
from readinglist.ui.theme import Theme
from readinglist.ui.views import FEEDS, MAP, MORNING, STATS, TRENDS

if TYPE_CHECKING:
    from readinglist.ui.page import Page


def page_makers(
    library: Library, lanes: Lanes, keeper: FeedKeeper, preferences: Preferences
) -> dict[str, Callable[[Theme], Page]]:
    """Return what makes a page in a theme, by the key of its view (see `views.built_in_views`)."""

    def stats(theme: Theme) -> Page:
        from readinglist.ui.stats_page import StatsPage

        return StatsPage(library, lanes.background, theme)

    def trends(theme: Theme) -> Page:
        from readinglist.ui.trends_page import TrendsPage

        return TrendsPage(library, lanes.background, theme)

    def morning(theme: Theme) -> Page:
        from readinglist.ui.morning_page import MorningPage

        return MorningPage(library, lanes.background, theme)

    def feeds(theme: Theme) -> Page:
        from readinglist.ui.feeds_page import FeedsPage

        return FeedsPage(library, lanes.search, keeper, preferences, theme)

    def topic_map(theme: Theme) -> Page:
        from readinglist.ui.map_page import MapPage

        return MapPage(library, lanes.background, theme)

    return {MORNING: morning, TRENDS: trends, MAP: topic_map, FEEDS: feeds, STATS: stats}
