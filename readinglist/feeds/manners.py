"""How long to wait before a server is asked again. Knows nothing of feeds.

arXiv's API manual §3.2 asks for three seconds between requests. Other servers get one, machines near by none.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from readinglist.feeds.address import is_arxiv, is_near

ARXIV_SECONDS = 3.0
_OTHER_SECONDS = 1.0
_POLL_SECONDS = 0.1


class Manners:
    """Remembers when each server was asked last, in one refresh."""

    def __init__(
        self, *, now: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """`now` and `sleep` are in seconds."""
        self._now = now
        self._sleep = sleep
        self._asked: dict[str, float] = {}

    def asked(self, host: str, *, seconds_ago: float = 0.0) -> None:
        """Keep that a server has been asked."""
        self._asked[server_of(host)] = self._now() - seconds_ago

    def wait(self, host: str, check: Callable[[], None]) -> None:
        """Return when a server may be asked, and take it that it is; `check` may raise meanwhile."""
        last = self._asked.get(server_of(host))
        if last is not None:
            while (left := last + delay_seconds(host) - self._now()) > 0:
                check()
                self._sleep(min(left, _POLL_SECONDS))
        self.asked(host)


def delay_seconds(host: str) -> float:
    """Return how many seconds lie between two requests to a server."""
    return ARXIV_SECONDS if is_arxiv(host) else 0.0 if is_near(host) else _OTHER_SECONDS


def server_of(host: str) -> str:
    """Return whom a machine belongs to: all of arXiv's are asked as one."""
    return "arxiv.org" if is_arxiv(host) else host
