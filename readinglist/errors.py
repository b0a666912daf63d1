"""What goes wrong in words a reader understands. Knows nothing of the rest of the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from readinglist.phrase import phrase

ProblemKind = Literal["failed", "notice"]


class ReadingListError(Exception):
    """Something could not be done; the message is shown to the reader as it stands."""

    @property
    def message(self) -> str:
        """Return what there is to say; where it is a `Phrase`, the window can say it in another language."""
        return self.args[0] if self.args else ""


class QueryError(ReadingListError):
    """A query that cannot be understood.

    `start` and `end` are offsets, in code points, of the place in the query as typed; `suggestion` is a
    replacement for exactly that place, or None.
    """

    def __init__(self, message: str, query: str, start: int, end: int, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.query = query
        self.start = start
        self.end = end
        self.suggestion = suggestion


class LibraryBusy(ReadingListError):
    """Another process kept the library locked for longer than we wait."""


class DiskFull(ReadingListError):
    """There is no room left on a disk: nothing is damaged, and nothing was changed."""


class LibraryDamaged(ReadingListError):
    """Something in the library cannot be read any more."""

    @classmethod
    def by(cls, error: Exception) -> LibraryDamaged:
        """Return what `error`, met on reading, means to a reader."""
        return cls(phrase("The library is damaged ({error}). readinglist doctor says more.", error=error))


class LibraryReadOnly(ReadingListError):
    """The library can be read but not written: its folder, its disk or its newer schema forbids it."""


class NoRight(ReadingListError):
    """This user may not read the library: it is as whole as ever, and nothing is to be put in its place."""


class LibraryMoved(ReadingListError):
    """The file of an open library was deleted, moved or replaced: what is written to it now would be lost."""


class LibraryUnusable(ReadingListError):
    """A folder cannot be opened as a library: `what` is wrong with it. The message says besides what to type then."""

    def __init__(self, what: str, advice: str = "") -> None:
        super().__init__(phrase("{what} {advice}", what=what, advice=advice) if advice else what)
        self.what = what


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about an input that its reader should know.

    `failed`: a record was not taken. `notice`: everything was taken, but something is worth a look.
    `line` is 1-based, or None where the format has no lines.
    """

    kind: ProblemKind
    source: str
    line: int | None
    message: str
