"""Ask several feeds at a time, and give what came in the order of the feeds. Knows nothing of the library.

A server is asked one thing at a time, whatever the number of threads, and as `Manners` allow. Threads are some feeds
ahead of who takes the answers, at most: what waits is held in memory.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from types import TracebackType

from readinglist.feeds.manners import Manners, server_of
from readinglist.feeds.values import Feed
from readinglist.library.answers import Answer, Version, answer_of
from readinglist.progress import Cancelled, Progress

THREADS = 6
AHEAD = 12
_POLL_SECONDS = 0.05


class Gathering:
    """Asks `feeds` while it is entered; `seen` are the versions of papers that some of them told of before.

    Cancelled by `progress` or left, it stops asking within a moment.
    """

    def __init__(
        self,
        feeds: Sequence[Feed],
        seen: Mapping[int, Collection[Version]],
        manners: Manners,
        today: date,
    ) -> None:
        self._feeds = feeds
        self._seen = seen
        self._manners = manners
        self._today = today
        self._changed = threading.Condition()
        self._left = list(range(len(feeds)))
        self._busy: set[str] = set()
        self._came: dict[int, Answer | Exception | None] = {}
        self._taken = 0
        self._stopped = False
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Gathering:
        servers = {_server(feed) for feed in self._feeds}
        for _ in range(min(THREADS, len(servers))):
            thread = threading.Thread(target=self._work, name="gather", daemon=True)
            self._threads.append(thread)
            thread.start()
        return self

    def __exit__(self, *_: tuple[type[BaseException] | None, BaseException | None, TracebackType | None]) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def next(self, progress: Progress) -> Answer | None:
        """Wait for the answer of the next feed and return it; None: it has nothing new.

        Raises FeedError where it could not be fetched, and Cancelled.
        """
        with self._changed:
            place = self._taken
            while place not in self._came:
                progress.step(0, None)
                self._changed.wait(_POLL_SECONDS)
            came = self._came.pop(place)
            self._taken += 1
            self._changed.notify_all()
        if isinstance(came, Exception):
            raise came
        return came

    # -- the threads ------------------------------------------------------------------------------

    def _work(self) -> None:
        while (place := self._begun()) is not None:
            feed = self._feeds[place]
            came: Answer | Exception | None
            try:
                came = answer_of(feed, self._seen.get(feed.number, ()), self._manners, self._today, _Until(self))
            except Exception as error:  # noqa: BLE001 - raised where the answer is taken
                came = error
            with self._changed:
                self._came[place] = came
                self._busy.remove(_server(feed))
                self._changed.notify_all()

    def _begun(self) -> int | None:
        """Wait for a feed that may be asked now, the first that may; None: there are no more."""
        with self._changed:
            while self._left and not self._stopped:
                for place in self._left:
                    if place >= self._taken + AHEAD:
                        break
                    if (server := _server(self._feeds[place])) not in self._busy:
                        self._left.remove(place)
                        self._busy.add(server)
                        return place
                self._changed.wait()
            return None

    @property
    def stopped(self) -> bool:
        """Whether nobody waits for answers any more."""
        return self._stopped


class _Until:
    """The progress of a thread: only looks whether to stop."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering

    def step(self, done: int, total: int | None, text: str = "") -> None:
        """Raise Cancelled when nobody waits any more."""
        if self._gathering.stopped:
            raise Cancelled


def _server(feed: Feed) -> str:
    return server_of(feed.address.host) or feed.address.text
