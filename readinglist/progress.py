"""How long work tells of itself and is stopped. Knows nothing of who watches."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):
    """Raised by `Progress.step` inside work that was asked to stop."""


class Progress(Protocol):
    """Given to every piece of long work."""

    def step(self, done: int, total: int | None, text: str = "") -> None:
        """Report `done` of `total` (None: unknown) units; raise `Cancelled` when asked to stop.

        Cheap enough to be called a few hundred times a second.
        """


class Silent:
    """A `Progress` that nobody watches and nobody stops."""

    def step(self, done: int, total: int | None, text: str = "") -> None:
        """Do nothing."""
