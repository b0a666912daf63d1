"""What every part of an open library shares: the store, who we are, the clock, and who wants to know of changes."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from readinglist.errors import LibraryReadOnly
from readinglist.library.values import Changed
from readinglist.store.store import Store

log = logging.getLogger(__name__)


class OpenLibrary:
    """An open store with its surroundings. The parts of `Library` build on it."""

    def __init__(self, store: Store, *, actor: str, clock: Callable[[], datetime]) -> None:
        """`actor` is the installation and `clock` gives aware local times."""
        self._store = store
        self._actor = actor
        self._session = str(uuid.uuid4())
        self._clock = clock
        self._subscribers: list[Callable[[Changed], None]] = []

    @property
    def folder(self) -> Path:
        """The library's folder."""
        return self._store.folder

    @property
    def library_id(self) -> str:
        """The library's own random id; it stays when the folder moves."""
        return self._store.library_id

    @property
    def read_only(self) -> bool:
        """Whether the library can only be read."""
        return self._store.read_only

    def read_only_reason(self) -> str | None:
        """Return why the library can only be read, in a sentence; None when it can be written."""
        try:
            self._store.refuse_read_only()
        except LibraryReadOnly as error:
            return str(error)
        return None

    def subscribe(self, callback: Callable[[Changed], None]) -> Callable[[], None]:
        """Call `callback` after every change made through this object, in the thread that made it.

        Return a function that ends it.
        """
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback) if callback in self._subscribers else None

    def today(self) -> date:
        """Return the local day by the library's clock."""
        return self._clock().date()

    def changed_elsewhere(self) -> bool:
        """Say whether another connection or process has written since this was last asked. Takes microseconds."""
        return self._store.changed_elsewhere()

    def _publish(self, changed: Changed) -> None:
        for callback in list(self._subscribers):
            try:
                callback(changed)
            except Exception:  # what is committed stays, whatever a listener makes of it
                log.exception("a listener failed on %s", changed.label)

    def _now(self) -> str:
        """Return the time as RFC 3339 in UTC."""
        return self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _today(self) -> str:
        """Return the local date."""
        return self.today().isoformat()
