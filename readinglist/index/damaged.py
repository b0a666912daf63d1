"""The one error of the index. Knows nothing of what can break."""

from __future__ import annotations

from readinglist.errors import ReadingListError


class IndexDamaged(ReadingListError):
    """The files of the index are not what was written; whoever has the papers builds it anew."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The search index is damaged and has to be built anew ({what}).")


class IndexBusy(ReadingListError):
    """Another process is writing the index."""

    def __init__(self) -> None:
        super().__init__("Another process is updating the search index.")
