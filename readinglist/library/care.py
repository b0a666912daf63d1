"""Look after a library: what `doctor` finds, says and repairs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

from readinglist.index.damaged import IndexDamaged
from readinglist.library.finding import Finding
from readinglist.library.values import Finding as Found
from readinglist.store import driver
from readinglist.store.opening import DATABASE

_LOW_DISK_BYTES = 200_000_000


class Care(Finding):
    """Checks and repairs."""

    def doctor(self, repair: bool = False) -> list[Found]:
        """Look at everything that can be wrong; with `repair`, mend what can be mended and say so."""
        return [*self._database(), *self._rights(repair), *self._disk(), *self._index_agrees(repair)]

    def _database(self) -> Iterator[Found]:
        connection = self._store.reader()
        try:
            answers = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)")]
        except driver.DatabaseError as error:
            answers = [str(error)]
        sound = answers == ["ok"]
        yield Found(
            "database",
            sound,
            "The database is sound." if sound else f"The database is damaged: {'; '.join(answers)}.",
        )
        if not sound:
            return
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        yield Found(
            "references",
            not broken,
            "Every tag, link and highlight has its paper."
            if not broken
            else f"{len(broken)} tags, links or highlights point at papers that are not there.",
        )

    def _rights(self, repair: bool) -> Iterator[Found]:
        if os.name != "posix":
            return
        for path, wanted in ((self.folder, 0o700), (self.folder / DATABASE, 0o600)):
            mode = path.stat().st_mode & 0o777
            good = mode & 0o077 == 0
            if not good and repair and not self.read_only:
                path.chmod(wanted)
                yield Found("rights", True, f"{path.name} can be read by you alone now.", None, True)
            else:
                yield Found(
                    "rights",
                    good,
                    f"{path.name} can be read by you alone."
                    if good
                    else f"{path.name} can be read by others (rights {mode:o}).",
                    None if good else f"sets its rights to {wanted:o}",
                )

    def _disk(self) -> Iterator[Found]:
        free = shutil.disk_usage(self.folder).free
        yield Found(
            "disk",
            free > _LOW_DISK_BYTES,
            f"{free // 1_000_000:,} MB are free on the library's disk."
            if free > _LOW_DISK_BYTES
            else f"Only {free // 1_000_000:,} MB are free on the library's disk; make room before you go on.",
        )

    def _index_agrees(self, repair: bool) -> Iterator[Found]:
        waiting = self.pending()
        agrees = self._index_is_sound() and (waiting > 0 or self._opened_index().count == self._live_papers())
        if repair and (waiting or not agrees):
            count = self.update_index() if agrees else self.rebuild_index()
            yield Found("index", True, f"The search index has taken in {_papers(count)}.", None, True)
        elif not agrees:
            message = "The search index does not agree with the library."
            yield Found("index", False, message, "builds the search index again")
        elif waiting:  # as after any edit; searches know of them
            yield Found("index", True, f"{_papers(waiting)} still to be taken into the search index.")
        else:
            yield Found("index", True, "The search index holds every paper.")

    def _index_is_sound(self) -> bool:
        try:
            self._opened_index().verify()
        except IndexDamaged:
            return False
        return True


def _papers(count: int) -> str:
    return "1 paper" if count == 1 else f"{count:,} papers"
