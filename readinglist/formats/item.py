"""What a format reader yields: a record that was taken, or a problem that its reader should know of."""

from __future__ import annotations

from dataclasses import dataclass

from readinglist.errors import Problem
from readinglist.paper import Paper


@dataclass(frozen=True, slots=True)
class Record:
    """A paper as one record of a source gives it.

    `line` is where the record starts, 1-based, or None where the source has no lines. `reader` says that the
    record carries the reader's own fields (status, tags, note, star, highlights, added): it comes from an
    export of this program or from somebody who writes such.
    """

    line: int | None
    paper: Paper
    reader: bool = False


Item = Record | Problem
