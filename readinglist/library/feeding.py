"""Subscriptions: which feeds there are, lists of them in and out, which papers they told of. Opens no connection."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from readinglist.changes import Change
from readinglist.errors import Problem, ReadingListError
from readinglist.library.digesting import Digesting
from readinglist.library.revising import Revision, revision_of, seen
from readinglist.library.values import Edited
from readinglist.paper import REVISED
from readinglist.phrase import phrase
from readinglist.store import feeds as store
from readinglist.store.driver import Connection
from readinglist.text.clean import clean_line

if TYPE_CHECKING:
    from readinglist.feeds.address import Address
    from readinglist.feeds.values import Feed
    from readinglist.formats.source import Source
    from readinglist.library.feed_reports import AddedFeeds, Day

_MOST_FEEDS = 2000
_NAME_CHARS = 200


class Feeding(Digesting):
    """The feeds of a library."""

    def feeds(self) -> list[Feed]:
        """Return the feeds in the order they were added."""
        from readinglist.feeds.values import feed_of_row

        return [feed_of_row(*row) for row in store.list_feeds(self._store.reader())]

    def feed(self, number: int) -> Feed:
        """Return one feed. Raises ReadingListError when there is none of that number."""
        found = next((feed for feed in self.feeds() if feed.number == number), None)
        if found is None:
            raise ReadingListError(phrase("There is no feed {number}.", number=number))
        return found

    def feed_notices(self, feed: Feed) -> list[str]:
        """Return what the reader should know of a feed, a sentence each: it is quiet, came short, has moved."""
        from readinglist.feeds.rhythm import noticed

        return noticed(feed, self.today())

    def add_feed(self, typed: str, *, name: str | None = None, folder: Path | None = None) -> tuple[Edited, Feed]:
        """Subscribe to a feed, see `feeds.address`; a file is looked for in `folder`. Nothing is fetched.

        Raises ReadingListError for what is no address, and when the feed is here already.
        """
        from readinglist.feeds.address import read_address

        address = read_address(typed, folder=folder)
        if address.path is not None and not address.path.is_file():
            raise ReadingListError(phrase("{file} is a folder or a device, not a file.", file=address.path.name))
        with self._store.writing() as connection:
            known = _by_address(connection)
            if (here := known.get(address.text)) is not None:
                raise ReadingListError(phrase("“{name}” is here already: feed {n}.", name=here.name, n=here.number))
            new, change = self._new_feed(connection, address, name)
            edited, changed = self._apply(connection, f"Add feed {new.name}", [], now=new.added, wide=[change])
        self._publish(changed)
        return edited, new

    def remove_feed(self, number: int) -> Edited:
        """Unsubscribe from a feed; its papers stay. Raises ReadingListError when there is none of that number."""
        with self._store.writing() as connection:
            feed = next((feed for feed in _by_address(connection).values() if feed.number == number), None)
            if feed is None:
                raise ReadingListError(phrase("There is no feed {number}.", number=number))
            before = store.definition_of(connection, feed.uid)
            store.set_definition(connection, feed.uid, None)
            wide = [Change("", f"feed:{feed.uid}", before, None)]
            edited, changed = self._apply(connection, f"Remove feed {feed.name}", [], now=self._now(), wide=wide)
        self._publish(changed)
        return edited

    def rename_feed(self, number: int, name: str | None) -> Edited:
        """Give a feed a name of the reader's own, or (None, "") let it have its own again."""
        name = clean_line(name or "")[:_NAME_CHARS] or None
        feed = self.feed(number)
        with self._store.writing() as connection:
            before = store.definition_of(connection, feed.uid)
            if before is None or before["name"] == name:
                return Edited("Rename feed", 0, [], None)
            after = {**before, "name": name}
            store.set_definition(connection, feed.uid, after)
            wide = [Change("", f"feed:{feed.uid}", before, after)]
            edited, changed = self._apply(connection, "Rename feed", [], now=self._now(), wide=wide)
        self._publish(changed)
        return edited

    def import_feeds(self, source: Source | Path) -> AddedFeeds:
        """Subscribe to the feeds of an OPML list that are not here yet, as one entry of the history.

        Raises ReadingListError when it is no such list.
        """
        from readinglist.feeds.opml import read_opml  # with it comes urllib, 20 ms of every start
        from readinglist.formats.source import Source
        from readinglist.library.feed_reports import AddedFeeds

        opened = source if isinstance(source, Source) else Source(source.name, path=source)

        items = read_opml(opened)
        problems = [item for item in items if isinstance(item, Problem)]
        listed = [item for item in items if not isinstance(item, Problem)]
        with self._store.writing() as connection:
            known = _by_address(connection)
            if len(known) + len(listed) > _MOST_FEEDS:
                raise ReadingListError(phrase("More than {most:,} feeds are too many.", most=_MOST_FEEDS))
            new = [
                self._new_feed(connection, item.address, item.name) for item in listed if item.address.text not in known
            ]
            edited, changed = self._apply(
                connection, f"Add feeds of {opened.name}", [], now=self._now(), wide=[change for _, change in new]
            )
        self._publish(changed)
        return AddedFeeds(edited, [feed for feed, _ in new], len(listed) - len(new), problems)

    def export_feeds(self) -> str:
        """Return the feeds as an OPML list; files of this machine are not in it, secrets in addresses are."""
        from readinglist.feeds.opml import write_opml

        return write_opml(self.feeds())

    def announcements(self, number: int, limit: int = 60) -> list[Day]:
        """Return the newest `limit` days on which a feed told of papers, the newest first."""
        from readinglist.library.feed_reports import Day

        return [Day(day, ids) for day, ids in store.announced_days(self._store.reader(), number, limit)]

    def revisions(self) -> list[Revision]:
        """Return the papers that have changed since the reader read them, by number."""
        papers = self.papers(store.revised_papers(self._store.reader()))
        return [told for paper in papers if (told := revision_of(paper)) is not None]

    def mark_seen(self, ids: Iterable[int]) -> Edited:
        """Say that the reader has looked at what changed in papers."""
        return self.edit("See what changed", ids, lambda paper: seen(paper) if REVISED in paper.extra else paper)

    def _new_feed(self, connection: Connection, address: Address, name: str | None) -> tuple[Feed, Change]:
        from readinglist.feeds.values import Feed

        given = clean_line(name or "")[:_NAME_CHARS] or None
        new = Feed(store.next_number(connection), str(uuid.uuid4()), address, self._now(), given)
        definition = {"number": new.number, "address": address.text, "name": given, "added": new.added}
        store.set_definition(connection, new.uid, definition)
        return new, Change("", f"feed:{new.uid}", None, definition)


def _by_address(connection: Connection) -> dict[str, Feed]:
    from readinglist.feeds.values import feed_of_row

    return {row.address: feed_of_row(*row) for row in store.list_feeds(connection)}
