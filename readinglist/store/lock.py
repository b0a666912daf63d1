"""A lock that many hold together or one alone, over processes: `library.lock`.

Whoever has a library open holds it shared; recovery and migration take it alone. The operating system lets go of it
when a process ends, however it ends.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType

from readinglist.errors import LibraryBusy

_SLOTS = 64


class FolderLock:
    """A held lock; a context manager that lets go."""

    def __init__(self, path: Path, *, alone: bool = False) -> None:
        """Take the lock without waiting; raise LibraryBusy when another process has it, OSError for what is no lock."""
        self._descriptor = _opened(path, alone)
        try:
            _take(self._descriptor, alone)
        except OSError as error:
            os.close(self._descriptor)
            what = (
                "The library is open in another window or program; close it and try again."
                if alone
                else "The library is being repaired or upgraded by another program; try again in a moment."
            )
            raise LibraryBusy(what) from error

    def release(self) -> None:
        """Let go of the lock; harmless when done before."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> FolderLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _opened(path: Path, alone: bool) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        if alone:
            raise
        return os.open(path, os.O_RDONLY)  # to share it, a file that cannot be written will do


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int, alone: bool) -> None:
        # msvcrt knows no shared lock: each holder takes one of 64 bytes, who wants to be alone takes them all.
        if alone:
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, _SLOTS)
            return
        for slot in range(_SLOTS):
            os.lseek(descriptor, slot, os.SEEK_SET)
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            except OSError:
                continue
            return
        raise OSError("no free slot")

else:
    import fcntl

    def _take(descriptor: int, alone: bool) -> None:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
